"""Rule on marks of secrecy in lines, file names, picture metadata and commit messages.

A mark is distinguished from a mention of secrecy by standing alone or being set off. Messages never repeat its words.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, takewhile, zip_longest
from pathlib import PurePosixPath
from urllib.parse import unquote

from proceedings import schema
from proceedings.checks.engine.registry import CHECKS, rule
from proceedings.checks.engine.walk import ALL_AND_SETTINGS, Text
from proceedings.checks.words.lookalikes import plain_letters
from proceedings.conference.model import Conference
from proceedings.problems import Place, Problem, Severity
from proceedings.text.shown import Shown, decoded
from proceedings.text.slugs import slug
from proceedings.text.source import Document, Kind

RULE = "dau-mat"
_REMEDY = ("hãy dừng mọi việc, giữ nguyên, không tự xóa hay hoàn tác, và báo ngay người phụ trách bảo vệ bí mật "
           "nhà nước của cơ quan.")

# --- Vocabulary ------------------------------------------------------------------------
# The levels as written, without diacritics, and as TCVN3 and VNI encodings appear when read as Unicode.
_LEVELS = frozenset({*(level.replace(" ", "") for level in schema.SECRECY_LEVELS), "TOIMAT", "TUYETMAT",
                     "MËT", "TÈIMËT", "TUYÖTMËT", "MAÄT", "TOÁIMAÄT", "TUYEÄTMAÄT",
                     "MÂT", "TỐIMÂT", "TUYỆTMÂT", "TUYÊTMÂT"})  # these spellings do not occur in Vietnamese
_AGAIN = re.compile(r"(.{3,8}?)\1+")  # a repeated stamp
_LONG_LEVELS = frozenset(level.replace(" ", "") for level in schema.SECRECY_LEVELS if " " in level)
_UNCERTAIN = "toimat"  # without diacritics it also reads "tối mất"
_BARE_LEVELS = frozenset(slug(level) for level in schema.SECRECY_LEVELS)
_LABELS = frozenset({"do-mat", "muc-do-mat", "cap-do-mat", "dau-mat", "dau-do-mat", "dau-chi-do-mat"})
# Degrees of urgency, which do not imply secrecy but may stand beside a level of secrecy.
_URGENCY = re.compile(r"\b(?:h(?:ỏa|oả) tốc(?: hẹn giờ)?|thượng khẩn|khẩn)\b", re.IGNORECASE)
# Other text beside a level at the head of a document: copy number, document number.
_BESIDE = re.compile(r"\bbản(?: số)?[\s:]{0,9}\d{1,4}(?:\s{0,9}/\s{0,9}\d{1,4})?(?!\w)"
                     r"|\bsố\s{0,9}:\s{0,9}[\d…/.][\w…/.-]*", re.IGNORECASE)
_ORGANS = re.compile(r"\bgan\W{1,3}mật\b(?:\W{1,3}tụy\b)?|\bmật\W{1,3}tụy\b", re.IGNORECASE)
# Syllables that form another word with the one before or after: "bảo mật", "túi mật", "mật độ", "mật ong".
_BEFORE = frozenset("bảo bí cơ cẩn nghiêm thân chu trù hiểm tinh trí đường túi sỏi ống dịch gan nước rỉ tuyến lấy hút"
                    .split())
_AFTER = frozenset("độ khẩu ong mã thiết thám vụ đàm ước hiệu lệnh danh báo chỉ phục tập kích mía nghị tông viện thư"
                   .split())
# Kinds of documents, as in file names without diacritics, that may be called secret.
_PAPERS = "to do dau tai-lieu van-ban cong-van bao-cao ke-hoach ho-so phu-luc ban-do so-do".split()

# --- Patterns --------------------------------------------------------------------------
_MAYBE = re.compile(r"[Mm][\W_]*(?:[ẬậÂâËë]|[Aa][Ää]?)[\W_]*[Tt]")  # occurs in all levels
_MARKUP = re.compile(r"[&<{\\]|%[0-9A-Fa-f]{2}")  # markup that could hide or split a level
_TAG = re.compile(r"</?[a-z][a-z0-9-]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--|-->")
_ATTRIBUTES = re.compile(r"\{[:#.][^{}]*\}")
_CELL = re.compile(r"[|│┃║¦]")
_BRACKETED = re.compile(r"[\[(【〔]([^\[\]()【】〔〕]*)[\])】〕]")
_QUOTED = re.compile(r"[«‹《〈「『{]([^«»‹›《》〈〉「」『』{}]*)[»›》〉」』}]")
# Separators; symbols such as arrows, box drawings and stars separate text as dashes do.
_SEPARATOR = re.compile(r"\s[-#]\s|--+|[–—;/\t|•·※\u2190-\u2bff\U0001f000-\U0001faff]| {4}")
_NUMBERING = re.compile(
    r"^\W*(?:(?:hình|ảnh|bảng|biểu|sơ đồ|phụ lục)\s+)?(?:\d{1,2}|[ivx]{1,5}|[a-zđ])\\?[.)]\s+", re.IGNORECASE)
_TITLED = re.compile(r'!\[([^\[\]]*)\]|(?<=\])\([^()"]*"([^"]*)"\)|^\s*(?:!!!|\?\?\?)[^"]*"([^"]*)"')
_OPENING = " \t#>*+-"  # Markdown markers at the start of a line
_BETWEEN = "\0"  # occurs in no text: YAML refuses it, Markdown replaces it
_MOST_PIECES = 9  # into which a level is split, letter by letter
_LONGEST_PIECE = 8
_LONGEST_LINE = 200  # considered as a piece; each letter may be written as an entity
_UNMARKED = re.compile(rf"(?:(?:.*[-_ ])?(?:{'|'.join(_PAPERS)})[-_ ])?[\d_ -]*mat[\d_ -]*")
_SPLIT = re.compile(r"[\W_]+")
_MARKS_APART = re.compile(r"[-_.]")
# For commit messages: characters that are invisible or that some programs treat as line ends; the shortest level
# letter by letter; additions after the words of the subject.
_BREAKS = "\t\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_CONTROLS = {**dict.fromkeys(range(32)), **dict.fromkeys(map(ord, _BREAKS), "\t"), ord("\n"): "\n"}
_SPACED = re.compile(r"(?<!\w)M([\s._*~-]{1,3})Ậ\1T(?!\w)", re.IGNORECASE)
_ADDED = re.compile(r"(?:\s*\[[^\[\]()]*\]|\s*\([^\[\]()]*\)|\s+#\d+|[,;:]?\s+bản số \d+)+[\s.]*$", re.IGNORECASE)
_MOST_OF_SUBJECT = 300
_MOST_LETTERS = 8  # of the longest level, if each is a word


@rule(RULE, Severity.BLOCKING, ALL_AND_SETTINGS, strict=True)
def secrecy_mark(conference: Conference, texts: Iterable[Text]) -> Iterator[Problem]:
    """Tài liệu mang dấu chỉ độ mật đứng riêng. Tài liệu mật không được soạn, lưu, gửi trên hệ thống này.

    Dấu được tìm trong từng dòng, ô bảng, lời mô tả ảnh, phần đầu tệp, tên tệp và thư mục (kể cả thư mục ẩn), thông tin
    kèm theo ảnh; viết bằng mã (`&#7852;`), bằng chữ trông giống, tách từng chữ hay xuống dòng giữa chừng cũng được nhận
    ra. Dấu chỉ độ khẩn ("HỎA TỐC") không phải dấu chỉ độ mật.

    Sai: một dòng chỉ có chữ chỉ độ mật, hoặc chữ đó đóng trong ngoặc, trong ô bảng, ở phần đầu tệp, ở tên tệp.
    Đúng: không đưa tài liệu vào. Nếu đã lỡ đưa lên: ngắt máy khỏi mạng, giữ nguyên, báo ngay người phụ trách bảo vệ bí
    mật nhà nước của cơ quan; không tự xóa hay hoàn tác, vì bản cũ vẫn còn trong lịch sử.
    """
    for place in _marked_lines(texts):
        yield place.problem(f"Có dấu chỉ độ mật; {_REMEDY}")
    for path in _held(conference):
        if is_marked_name(path):
            yield conference.place(path).problem(f"Tên tệp hoặc thư mục có dấu chỉ độ mật; {_REMEDY}", kind="name")
    for path, file in conference.stored.items():
        found = next(marked_lines(file.words), 0)
        if found:
            yield conference.place(path, 1 if file.format else found).problem(
                f"Trong tệp, hoặc trong thông tin kèm theo ảnh, có dấu chỉ độ mật; {_REMEDY}", kind="attached")


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
    """Yield the marks in commit messages, given as hash and full text.

    They have the same rule and severity as marks in files. The path of a problem is "commit " and the hash cut to ten
    digits, which is not a valid file; the line counts within the message.
    """
    for name, text in messages:
        seen = plain_letters(text.translate(_CONTROLS))
        lines = seen.split("\n")
        marked = {*marked_lines(seen), *(number for number, line in enumerate(lines, 1) if _is_marked_message(line))}
        subject = list(takewhile(str.strip, lines))
        if _ends_in_mark(" ".join(subject)):
            marked.add(len(subject))
        for number in sorted(marked):
            yield CHECKS[RULE].rule.at(Place(f"commit {name[:10]}", number),
                                       f"Lời ghi của lần gửi thay đổi có dấu chỉ độ mật; {_REMEDY}")


# --- Texts ------------------------------------------------------------------------------
def _marked_lines(texts: Iterable[Text]) -> Iterator[Place]:
    for text in texts:
        lines = _marked_in(text.document, list(text.shown()))
        columns = _marked_columns(text.document) if not lines else ()
        yield from map(text.at, (*lines, *columns))


def _marked_in(document: Document, pieces: Sequence[Shown]) -> list[int]:
    """Return the lines of a file with a mark.

    A piece counts at its first line if none of its lines has one.
    """
    told = list(dict.fromkeys(marked_lines(document.text)))
    for number in _marked_pieces(pieces, document.lines):
        length = sum(1 for _ in takewhile(str.strip, document.lines[number - 1:]))
        if not any(number <= line < number + length for line in told):
            told.append(number)
    return told


def marked_lines(text: str) -> Iterator[int]:
    """Yield the lines of a text with a mark, and the first of lines that spell one letter by letter."""
    plain, lines = plain_letters(text), text.split("\n")
    marked_up, maybe = _MARKUP.search(text), _MAYBE.search(plain)
    if marked_up or maybe:
        for number, (line, letters) in enumerate(zip(lines, plain.split("\n"), strict=True), 1):
            if is_secrecy_mark(line) if marked_up and _MARKUP.search(line) else maybe and _bears_mark(letters):
                yield number
    whole = decoded(text) if marked_up else text
    if _may_spell(plain_letters(whole)) if whole != text else maybe and _may_spell(plain):
        yield from _spelled(enumerate(lines, 1))


def _marked_pieces(pieces: Sequence[Shown], lines: Sequence[str]) -> Iterator[int]:
    """As `marked_lines`, for visible text pieces that do not occur literally in the lines."""
    plain = plain_letters(_BETWEEN.join(piece.text for piece in pieces))
    if _MAYBE.search(plain):
        yield from (piece.line for piece, letters in zip(pieces, plain.split(_BETWEEN), strict=True)
                    if _MAYBE.search(letters) and lines[piece.line - 1].lstrip(_OPENING) != piece.text
                    and is_secrecy_mark(piece.text))
    if _may_spell(plain):
        yield from _spelled((piece.line, piece.text) for piece in pieces)


def _marked_columns(document: Document) -> Iterator[int]:
    """Yield the lines of tables on which a column begins to spell a level."""
    rows = [block for block in document.blocks if block.kind is Kind.ROW]
    columns = list(zip_longest(*(row.cells for row in rows), fillvalue=""))
    if _may_spell(plain_letters("\n".join(map("\n".join, columns)))):
        for column in columns:
            yield from _spelled(zip((row.line for row in rows), column, strict=True))


def _may_spell(plain: str) -> bool:
    """Return whether the letters of a level follow each other over several lines or pieces."""
    return any("\n" in found[0] or _BETWEEN in found[0] for found in _MAYBE.finditer(plain))


def _spelled(lines: Iterable[tuple[int, str]]) -> Iterator[int]:
    """Yield where a level begins that is spelled over several lines or texts, ignoring blank ones."""
    run: list[tuple[int, str]] = []
    for number, line in lines:
        letters = _bare(_NUMBERING.sub("", plain_letters(decoded(line)))).upper() if len(line) < _LONGEST_LINE else line
        if len(letters) > _LONGEST_PIECE:
            run = []
        elif letters:
            run = [*run, (number, letters)][-_MOST_PIECES:]
            starts = range(len(run) - 1)
            yield from (run[start][0] for start in starts if "".join(piece for _, piece in run[start:]) in _LEVELS)


# --- Lines ------------------------------------------------------------------------------
def is_secrecy_mark(line: str) -> bool:
    """Return whether a line, a cell or a value in it is only a level of secrecy, or sets one off.

    A level in capitals is set off by brackets, angle quotes, a slash, a semicolon, a symbol, wide spaces or dashes
    ("… - HỎA TỐC"); one of two syllables also in lower case by brackets.
    """
    if not _MARKUP.search(line):
        return _bears_mark(plain_letters(line))
    text = decoded(line)
    text = plain_letters(unquote(text) if "%" in text else text)
    if "<" not in text and "{" not in text:
        return _bears_mark(text)
    # A mark may be inside a comment, alone beside one, or on both sides of one.
    parts = _COMMENT.split(_ATTRIBUTES.sub(" ", text))
    return any(map(_bears_mark, {" ".join(parts), "".join(parts[::2]), *parts}))


def _bears_mark(text: str) -> bool:
    plain = _TAG.sub(" ", text) if "<" in text else text
    if not _MAYBE.search(plain):
        return False
    apart = _ORGANS.sub(" ", plain)
    return (any(map(_is_level, set(_values(text))))
            or any(_bare(part) in _LEVELS for part in set(_set_off(apart)) if _MAYBE.search(part))
            or any(_bare(part).upper() in _LONG_LEVELS for part in _BRACKETED.findall(plain)))


def _values(text: str) -> Iterator[str]:
    """Yield the values in a line: the line, its cells, text after a colon, alternative texts of pictures."""
    yield text  # its cells may have one letter each
    for apart in (" ", "|"):  # a tag may be within a word or between two cells
        for part in _CELL.split(_TAG.sub(apart, text)):
            label, _, value = part.partition(":")
            yield from (part, value, part.rpartition(":")[2])
            if len(part) < 60 and slug(label) in _LABELS and slug(value) in _BARE_LEVELS:
                yield schema.SECRECY_LEVELS[0]  # certainly a level, although without diacritics
    yield from (title for titles in _TITLED.findall(text) for title in titles)


def _is_level(value: str) -> bool:
    if not _MAYBE.search(value):
        return False
    letters = _bare(_BESIDE.sub("", _URGENCY.sub("", _NUMBERING.sub("", value)))).upper()
    again = _AGAIN.fullmatch(letters)
    return (again[1] if again else letters) in _LEVELS


def _set_off(text: str) -> Iterator[str]:
    """Yield what brackets or separators set off in a line, and the rest of the line without brackets."""
    yield from _BRACKETED.findall(text)
    yield from _QUOTED.findall(text)
    yield from _SEPARATOR.split(text)
    yield _BRACKETED.sub(" ", text)
    yield _QUOTED.sub(" ", text)


def _bare(text: str) -> str:
    """Return the letters and digits of a text only."""
    return _SPLIT.sub("", text)


def _is_marked_message(line: str) -> bool:
    """Like `is_secrecy_mark`, or a level in capitals before a colon, or the name of a marked file."""
    words = (word.strip(".,;:!?\"'()[]`") for word in line.split())
    return (is_secrecy_mark(line) or _bare(line.partition(":")[0]) in _LEVELS or bool(_SPACED.search(line))
            or any(is_marked_name(part) for word in words if _MARKS_APART.search(word) for part in word.split("/")))


def _ends_in_mark(subject: str) -> bool:
    """Return whether a subject ends in a level in capitals, apart from additions ("(#12)", "bản số 01")."""
    subject = _ADDED.sub("", subject[-_MOST_OF_SUBJECT:])
    words = [word for word in subject.split() if _bare(word)][-_MOST_LETTERS - 1:]
    for first in range(max(len(words) - _MOST_LETTERS, 0), len(words)):
        before = words[first - 1].lower() if first else ""
        if _bare("".join(words[first:])) in _LEVELS and before not in _BEFORE:
            return True
    return False


# --- Names --------------------------------------------------------------------------------
def is_marked_name(path: str) -> bool:
    """Return whether a file or folder name certainly has a mark: a level set off, or one of two syllables."""
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
    """Return whether a name may have a mark: the shortest level in lower case or without diacritics.

    It must be alone or follow a kind of document.
    """
    stem = _stem(path)
    if _UNCERTAIN in _pairs(_SPLIT.split(stem)):
        return True
    return "mật" in map(str.lower, _alone(_SPLIT.split(stem))) or bool(_UNMARKED.fullmatch(stem.lower()))


def _pairs(syllables: Sequence[str]) -> set[str]:
    """Return each syllable joined with the next; mixed case is lowered."""
    pairs = (f"{first}{second}" for first, second in pairwise(syllables))
    return {pair if pair.isupper() else pair.lower() for pair in pairs}


def _alone(syllables: list[str]) -> Iterator[str]:
    """Yield the syllables that do not form a word unrelated to secrecy with a neighbour."""
    for before, word, after in zip(("", *syllables), syllables, (*syllables[1:], ""), strict=False):
        if before.lower() not in _BEFORE and after.lower() not in _AFTER:
            yield word


def _stem(path: str) -> str:
    return plain_letters(unquote(PurePosixPath(path).stem))


def _held(conference: Conference) -> dict[str, None]:
    """Return every file and folder by path."""
    return dict.fromkeys(held.as_posix() for path in conference.stored
                         for held in (*[*PurePosixPath(path).parents][-2::-1], PurePosixPath(path)))
