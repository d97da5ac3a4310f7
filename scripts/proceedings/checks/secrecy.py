"""Does anything bear a mark of secrecy: a line, a name, what is attached to a picture, a commit's message?

A mark is told from a word about secrecy by standing alone or being set off; its words are never repeated.
"""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, takewhile
from pathlib import PurePosixPath

from proceedings import schema
from proceedings.checks.disguise import plain
from proceedings.checks.registry import CHECKS, rule
from proceedings.model import Conference
from proceedings.naming import slug
from proceedings.problems import Place, Problem, Severity

RULE = "dau-mat"
_REMEDY = ("hãy dừng mọi việc, giữ nguyên, không tự xóa hay hoàn tác, và báo ngay người phụ trách bảo vệ bí mật "
           "nhà nước của cơ quan.")

# --- The words ------------------------------------------------------------------------
# The levels as they are written, without marks, and as TCVN3 and VNI fonts leave them in a Unicode text.
_LEVELS = frozenset({*(level.replace(" ", "") for level in schema.SECRECY_LEVELS), "TOIMAT", "TUYETMAT",
                     "MËT", "TÈIMËT", "TUYÖTMËT", "MAÄT", "TOÁIMAÄT", "TUYEÄTMAÄT"})
_LONG_LEVELS = frozenset(level.replace(" ", "") for level in schema.SECRECY_LEVELS if " " in level)
_UNCERTAIN = "toimat"  # without its marks it is "tối mất" as well
_BARE_LEVELS = frozenset(slug(level) for level in schema.SECRECY_LEVELS)
_LABELS = frozenset({"do-mat", "muc-do-mat", "cap-do-mat", "dau-mat", "dau-do-mat", "dau-chi-do-mat"})
# What must be done fast is not secret for that; such stamps stand beside a level of secrecy.
_URGENCY = re.compile(r"\b(?:h(?:ỏa|oả) tốc(?: hẹn giờ)?|thượng khẩn|khẩn)\b", re.IGNORECASE)
# Syllables that make another word with the one before or after them: "bảo mật", "túi mật", "mật độ", "mật ong".
_BEFORE = frozenset("bảo bí cơ cẩn nghiêm thân chu trù hiểm tinh trí đường túi sỏi ống dịch gan nước rỉ tuyến lấy hút"
                    .split())
_AFTER = frozenset("độ khẩu ong mã thiết thám vụ đàm ước hiệu lệnh danh báo chỉ phục tập kích mía nghị tông viện thư"
                   .split())
# Kinds of papers that are called secret, as unmarked names of files have them.
_PAPERS = "to do dau tai-lieu van-ban cong-van bao-cao ke-hoach ho-so phu-luc ban-do so-do".split()

# --- The forms ------------------------------------------------------------------------
_MAYBE = re.compile(r"[Mm][\W_]*(?:[ẬậËë]|[Aa][Ää]?)[\W_]*[Tt]")  # all levels have it
_MARKUP = re.compile(r"[&<{]")  # what could hide or cut a level
_NO_LETTER = re.compile(r"&#\d{8,}")  # beyond any letter, and beyond what Python makes a number of
_TAG = re.compile(r"</?[a-z][a-z0-9-]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--|-->")
_ATTRIBUTES = re.compile(r"\{[:#.][^{}]*\}")
_CELL = re.compile(r"[|│┃║¦]")
_BRACKETED = re.compile(r"[\[(]([^\[\]()]*)[\])]")
_SEPARATOR = re.compile(r"\s[-–—]\s|/|\t| {4}")
_NUMBERING = re.compile(
    r"^\W*(?:(?:hình|ảnh|bảng|biểu|sơ đồ|phụ lục)\s+)?(?:\d{1,2}|[ivx]{1,5}|[a-zđ])\\?[.)]\s+", re.IGNORECASE)
_TITLED = re.compile(r'!\[([^\[\]]*)\]|(?<=\])\([^()"]*"([^"]*)"\)|^\s*(?:!!!|\?\?\?)[^"]*"([^"]*)"')
_UNMARKED = re.compile(rf"(?:(?:.*[-_ ])?(?:{'|'.join(_PAPERS)})[-_ ])?[\d_ -]*mat[\d_ -]*")
_SPLIT = re.compile(r"[\W_]+")
_MARKS_APART = re.compile(r"[-_.]")
# In the messages of commits: the shortest level letter by letter, and what stands behind the subject's own words.
_SPACED = re.compile(r"(?<!\w)M([\s._*~-]{1,3})Ậ\1T(?!\w)", re.IGNORECASE)
_ADDED = re.compile(r"(?:\s*\[[^\[\]()]*\]|\s*\([^\[\]()]*\)|\s+#\d+|[,;:]?\s+bản số \d+)+[\s.]*$", re.IGNORECASE)
_MOST_OF_SUBJECT = 300
_MOST_LETTERS = 8  # of the longest level, should each be a word


@rule(RULE, Severity.BLOCKING, strict=True)
def secrecy_mark(conference: Conference) -> Iterator[Problem]:
    """Tài liệu mang dấu chỉ độ mật đứng riêng. Tài liệu mật không được soạn, lưu, gửi trên hệ thống này.

    Dấu được tìm trong từng dòng, ô bảng, lời mô tả ảnh, phần đầu tệp, tên tệp và thư mục, thông tin kèm theo ảnh. Dấu
    chỉ độ khẩn ("HỎA TỐC") không phải dấu chỉ độ mật.

    Sai: một dòng chỉ có chữ chỉ độ mật, hoặc chữ đó đóng trong ngoặc, trong ô bảng, ở phần đầu tệp, ở tên tệp.
    Đúng: không đưa tài liệu vào. Nếu đã lỡ đưa lên: ngắt máy khỏi mạng, giữ nguyên, báo ngay người phụ trách bảo vệ bí
    mật nhà nước của cơ quan; không tự xóa hay hoàn tác, vì bản cũ vẫn còn trong lịch sử.
    """
    for place in _marked_lines(conference):
        yield place.problem(f"Có dấu chỉ độ mật; {_REMEDY}")
    for path in _held(conference):
        if is_marked_name(path):
            yield conference.place(path).problem(f"Tên tệp hoặc thư mục có dấu chỉ độ mật; {_REMEDY}")
    for path, file in conference.stored.items():
        lines = enumerate(file.words.split("\n"), 1)
        found = next((number for number, line in lines if is_secrecy_mark(line)), 0)
        if found:
            yield conference.place(path, 1 if file.format else found).problem(
                f"Trong tệp, hoặc trong thông tin kèm theo ảnh, có dấu chỉ độ mật; {_REMEDY}")


@rule("ten-nghi-mat", Severity.ADVISORY)
def doubtful_name(conference: Conference) -> Iterator[Problem]:
    """Tên tệp hoặc thư mục có thể chỉ tài liệu mật: tên không dấu nên không biết chắc.

    Sai: `bao-cao-mat.png`, `mat/so-do.png`, nếu đó là tài liệu mật.
    Đúng: `so-do-mat-bang.png`, `mat-do-dan-cu.png`: tên nói rõ nội dung, không nhầm với độ mật.
    """
    for path in _held(conference):
        if _is_doubtful(path) and not is_marked_name(path):
            yield conference.place(path).problem(
                "Tên này có thể hiểu là tài liệu mật; nếu đúng là tài liệu mật, hãy dừng mọi việc và báo ngay người "
                "phụ trách bảo vệ bí mật nhà nước của cơ quan; nếu không phải, hãy đổi thành tên rõ nghĩa hơn.")


def in_messages(messages: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """The marks in the messages of commits, each given as its hash and its whole text.

    They come under the same rule as those in files and block as they do. A problem's path is "commit " and the hash cut
    to ten signs, which names no file; its line counts within the message.
    """
    for name, text in messages:
        lines = plain(text).split("\n")
        marked = {number for number, line in enumerate(lines, 1) if _is_marked_message(line)}
        subject = list(takewhile(str.strip, lines))
        if _ends_in_mark(" ".join(subject)):
            marked.add(len(subject))
        for number in sorted(marked):
            yield CHECKS[RULE].rule.at(Place(f"commit {name[:10]}", number),
                                       f"Lời ghi của lần gửi thay đổi có dấu chỉ độ mật; {_REMEDY}")


# --- Lines ------------------------------------------------------------------------------
def _marked_lines(conference: Conference) -> Iterator[Place]:
    pages = [(conference.place(path).path, document.lines) for path, document in conference.documents.items()]
    settings = [(conference.settings.path, conference.settings.lines)] if conference.settings else []
    for path, lines in pages + settings:
        yield from (Place(path, number) for number, line in enumerate(lines, 1) if is_secrecy_mark(line))


def is_secrecy_mark(line: str) -> bool:
    """Whether a line, a cell or a value in it is nothing but a level of secrecy, or sets one off.

    A level is set off, in capitals, by brackets, by a slash, by wide spaces or by spaced dashes ("… - HỎA TỐC"); one of
    two syllables by brackets in small letters too.
    """
    text = unicodedata.normalize("NFKC", line)
    if not _MARKUP.search(text):
        return _bears_mark(text)
    text = unicodedata.normalize("NFKC", html.unescape(_NO_LETTER.sub(" ", line)))
    # A mark may stand in a comment, alone beside one, or on both sides of one.
    parts = _COMMENT.split(_ATTRIBUTES.sub(" ", text))
    return any(map(_bears_mark, {" ".join(parts), "".join(parts[::2]), *parts}))


def _bears_mark(text: str) -> bool:
    plain = _TAG.sub(" ", text) if "<" in text else text
    return bool(_MAYBE.search(plain)) and (any(map(_is_level, set(_values(text))))
                                           or any(_bare(part) in _LEVELS for part in _set_off(plain))
                                           or any(_bare(part).upper() in _LONG_LEVELS
                                                  for part in _BRACKETED.findall(plain)))


def _values(text: str) -> Iterator[str]:
    """All that a line gives as a value: itself, its cells, what stands behind a colon, what a picture is called."""
    for apart in (" ", "|"):  # a tag may stand within a word or between two cells
        for part in _CELL.split(_TAG.sub(apart, text)):
            label, _, value = part.partition(":")
            yield from (part, value, part.rpartition(":")[2])
            if len(part) < 60 and slug(label) in _LABELS and slug(value) in _BARE_LEVELS:
                yield schema.SECRECY_LEVELS[0]  # it is a level for sure, though without marks
    yield from (title for titles in _TITLED.findall(text) for title in titles)


def _is_level(value: str) -> bool:
    return _bare(_URGENCY.sub("", _NUMBERING.sub("", value))).upper() in _LEVELS


def _set_off(text: str) -> Iterator[str]:
    """What brackets or separators set off in a line, and what is left of it without its brackets."""
    yield from _BRACKETED.findall(text)
    yield from _SEPARATOR.split(text)
    yield _BRACKETED.sub(" ", text)


def _bare(text: str) -> str:
    """Its letters and digits alone, without decoration or spacing."""
    return _SPLIT.sub("", text)


def _is_marked_message(line: str) -> bool:
    """As any line, or with a level in capitals before a colon, or naming a file that is marked."""
    words = (word.strip(".,;:!?\"'()[]`") for word in line.split())
    return (is_secrecy_mark(line) or _bare(line.partition(":")[0]) in _LEVELS or bool(_SPACED.search(line))
            or any(is_marked_name(part) for word in words if _MARKS_APART.search(word) for part in word.split("/")))


def _ends_in_mark(subject: str) -> bool:
    """Whether the last words are a level in capitals, before what a forge or a writer adds ("(#12)", "bản số 01")."""
    subject = _ADDED.sub("", subject[-_MOST_OF_SUBJECT:])
    words = [word for word in subject.split() if _bare(word)][-_MOST_LETTERS - 1:]
    for first in range(max(len(words) - _MOST_LETTERS, 0), len(words)):
        before = words[first - 1].lower() if first else ""
        if _bare("".join(words[first:])) in _LEVELS and before not in _BEFORE:
            return True
    return False


# --- Names --------------------------------------------------------------------------------
def is_marked_name(path: str) -> bool:
    """Whether the last part of a path says for certain that it is secret: a level set off, or one of two syllables."""
    stem = _stem(path)
    if not _MAYBE.search(stem):
        return False
    syllables = _SPLIT.split(stem)
    pairs = _pairs(syllables)
    certain = {pair.upper() for pair in pairs if pair != _UNCERTAIN}
    last = [syllable for syllable in syllables if not syllable.isdigit()][-2:]
    return (is_secrecy_mark(stem.replace("_", " ")) or bool(certain & (_LEVELS - {"MẬT"}))
            or "".join(last).lower() == _UNCERTAIN or any(word == "MẬT" for word in _alone(syllables)))


def _is_doubtful(path: str) -> bool:
    """Whether it may say so: the shortest level in small letters, or without marks, alone or after a kind of paper."""
    stem = _stem(path)
    if _UNCERTAIN in _pairs(_SPLIT.split(stem)):
        return True
    return "mật" in map(str.lower, _alone(_SPLIT.split(stem))) or bool(_UNMARKED.fullmatch(stem.lower()))


def _pairs(syllables: Sequence[str]) -> set[str]:
    """Each syllable with the next; what is not in capitals is in small letters."""
    pairs = (f"{first}{second}" for first, second in pairwise(syllables))
    return {pair if pair.isupper() else pair.lower() for pair in pairs}


def _alone(syllables: list[str]) -> Iterator[str]:
    """Those that make no word with their neighbours which has nothing to do with secrets."""
    for before, word, after in zip(("", *syllables), syllables, (*syllables[1:], ""), strict=False):
        if before.lower() not in _BEFORE and after.lower() not in _AFTER:
            yield word


def _stem(path: str) -> str:
    return unicodedata.normalize("NFKC", PurePosixPath(path).stem)


def _held(conference: Conference) -> dict[str, None]:
    """Every file and every folder, by path."""
    return dict.fromkeys(held.as_posix() for path in conference.stored
                         for held in (*[*PurePosixPath(path).parents][-2::-1], PurePosixPath(path)))
