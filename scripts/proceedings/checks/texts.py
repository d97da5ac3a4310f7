"""Is the text itself fit to publish: its encoding, its abbreviations, and no mark of secrecy?"""

import html
import re
import unicodedata
from collections.abc import Iterator

from proceedings import schema
from proceedings.checks.prose import lines_of_words, printed
from proceedings.checks.registry import rule
from proceedings.model import Conference
from proceedings.naming import fold
from proceedings.problems import Place, Problem, Severity
from proceedings.source import Kind

_WORD = re.compile(r"[^\W\d_][^\W_]*(?:-[^\W\d_]+)*")
_ROMAN = re.compile(r"(?:X[LC]|L?X{0,3})(?:I[XV]|V?I{0,3})")
_SYLLABLE = re.compile(
    r"(?:b|ch?|d|gh?|gi|h|kh?|l|m|n|ngh?|nh|ph?|qu|r|s|t|th|tr|v|x)?[aeiouy]{1,3}(?:ch?|k|m|n|ng|nh|p|t)?")
_TAG = re.compile(r"</?[a-z][a-z0-9-]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--|-->")
_BAR = re.compile(r"(?<!\\)\|")
_HTML = re.compile(
    r"</?(?:a|abbr|audio|b|body|button|center|code|div|em|embed|font|form|h[1-6]|head|hr|html|i|iframe|img|input|li|link"
    r"|meta|object|ol|p|pre|s|script|small|span|strike|strong|style|sub|sup|svg|table|tbody|td|th|thead|tr|u|ul|video)"
    r"(?:\s[^<>]*)?/?>", re.IGNORECASE)
_MARKUP = re.compile(r"[&<{]")
_ATTRIBUTES = re.compile(r"\{[:#.][^{}]*\}")
_BRACKETED = re.compile(r"[\[(]([^\[\]()]*)[\])]")
_SEPARATOR = re.compile(r"\s[-–—]\s|/")
_NUMBERING = re.compile(r"^\W*(?:\d{1,2}|[a-zđ])\\?[.)]\s+")
_LEVELS = frozenset(level.replace(" ", "") for level in schema.SECRECY_LEVELS)


@rule("khong-nfc", Severity.BLOCKING, strict=True)
def not_nfc(conference: Conference) -> Iterator[Problem]:
    """Chữ có dấu ở dạng tổ hợp (NFD), thường do chép từ máy Mac hoặc tệp PDF; tìm kiếm sẽ không thấy.

    Sai: chữ "ế" ghép từ ba ký tự "e", "^", "´".
    Đúng: chữ "ế" là một ký tự dựng sẵn (NFC); gõ lại, hoặc dán qua một trình soạn thảo chuyển mã NFC.
    """
    for document in conference.documents.values():
        for number, line in enumerate(document.lines, 1):
            if not unicodedata.is_normalized("NFC", line):
                words = [word for word in line.split() if not unicodedata.is_normalized("NFC", word)]
                found = f"chữ ở dạng tổ hợp (\"{unicodedata.normalize('NFC', words[0])}\")" if words else "dấu cách lạ"
                yield conference.place(document.path, number).problem(
                    f"Dòng này có {found}; hãy chuyển cả dòng sang Unicode dựng sẵn (NFC).")


@rule("viet-tat-la", Severity.BLOCKING)
def unknown_abbreviation(conference: Conference) -> Iterator[Problem]:
    """Chữ viết tắt chưa có trong bảng chữ viết tắt.

    Sai: bài viết "PCCC" mà bảng `phu-luc/tu-viet-tat.md` không có dòng này.
    Đúng: thêm một dòng vào bảng, hoặc viết đầy đủ trong bài.
    """
    known = {entry.short for entry in conference.abbreviations}
    # The register of abbreviations explains them, so it is not asked; one that can't be read is a fault of its own.
    for document in printed(conference, but=(schema.ABBREVIATIONS,)) if known else ():
        reported = set[str]()
        for line, text in lines_of_words(document):
            for word in _abbreviations(text):
                if word not in reported and not _explained(word, known):
                    reported.add(word)
                    yield conference.place(document.path, line).problem(
                        f"Chữ viết tắt \"{word}\" chưa có trong {schema.ABBREVIATIONS}; "
                        "hãy thêm vào bảng hoặc viết đầy đủ.")


@rule("the-html", Severity.ADVISORY)
def html_tag(conference: Conference) -> Iterator[Problem]:
    """Thẻ HTML trong bài không có tác dụng: trang và bản in hiện nguyên các chữ của thẻ.

    Sai: `<b>kết quả</b>`, `<img src="anh.png">`.
    Đúng: `**kết quả**`, `![Lời mô tả](anh.png)`; riêng `<br>` để xuống dòng thì được dùng.
    """
    for document in conference.documents.values():
        for block in document.blocks:
            for tag in dict.fromkeys(_HTML.findall(block.prose)):
                yield conference.place(document.path, block.line).problem(
                    f"Thẻ {tag} sẽ hiện nguyên chữ trên trang và bản in; hãy viết theo cách của Markdown hoặc bỏ thẻ.")


@rule("o-thua", Severity.BLOCKING)
def surplus_cells(conference: Conference) -> Iterator[Problem]:
    r"""Dòng của bảng có nhiều ô hơn dòng tiêu đề; các ô thừa không hiện trên trang và bản in.

    Sai: tiêu đề `| Việc | Số |` mà dòng dưới là `| Mua sách | 12 | đã xong |`.
    Đúng: thêm cột vào dòng tiêu đề, hoặc gộp ô; dấu | trong chữ thì viết là `\|`.
    """
    for document in conference.documents.values():
        for block in document.blocks:
            line = document.lines[block.line - 1].strip()
            cells = len(_BAR.split(line.removeprefix("|").removesuffix("|"))) if block.kind is Kind.ROW else 0
            if cells > len(block.cells):
                yield conference.place(document.path, block.line).problem(
                    f"Dòng này có {cells} ô nhưng bảng chỉ có {len(block.cells)} cột nên ô thừa sẽ không hiện; "
                    "hãy thêm cột vào dòng tiêu đề hoặc bỏ bớt ô.")


@rule("bang-la", Severity.BLOCKING)
def unknown_marker(conference: Conference) -> Iterator[Problem]:
    """Dòng gọi bảng tự lập không đúng cách viết hoặc gọi bảng không có.

    Sai: `<!-- bang: tiendo -->`, hoặc viết lẫn trong một đoạn văn.
    Đúng: `<!-- bang: tien-do -->`, đứng riêng một dòng.
    """
    for document in conference.documents.values():
        for number, line in enumerate(document.lines, 1):
            alone = schema.MARKER.match(line)
            for marker in schema.ANY_MARKER.finditer(line):
                if not alone or alone[1] not in tuple(schema.Table):
                    yield conference.place(document.path, number).problem(
                        f"Không có bảng \"{marker[1]}\" hoặc dòng gọi bảng không đứng riêng; hãy để riêng một dòng "
                        f"và dùng một trong các tên: {', '.join(schema.Table)}.")


@rule("dau-mat", Severity.BLOCKING, strict=True)
def secrecy_mark(conference: Conference) -> Iterator[Problem]:
    """Tài liệu mang dấu chỉ độ mật đứng riêng. Tài liệu mật không được soạn, lưu, gửi trên hệ thống này.

    Sai: một dòng chỉ có chữ chỉ độ mật, hoặc chữ đó đóng trong ngoặc, trong ô bảng, ở phần đầu tệp.
    Đúng: không đưa tài liệu vào. Nếu đã lỡ đưa lên: ngắt máy khỏi mạng, giữ nguyên, báo ngay người phụ trách bảo vệ bí
    mật nhà nước của cơ quan; không tự xóa hay hoàn tác, vì bản cũ vẫn còn trong lịch sử.
    """
    pages = [(conference.place(path).path, document) for path, document in conference.documents.items()]
    settings = [(conference.settings.path, conference.settings)] if conference.settings else []
    for path, document in pages + settings:
        for number, line in enumerate(document.lines, 1):
            if is_secrecy_mark(line):
                yield Place(path, number).problem(
                    "Có dấu chỉ độ mật; hãy dừng mọi việc, không đưa tài liệu mật vào đây và báo ngay người phụ trách "
                    "bảo vệ bí mật nhà nước của cơ quan.")


def is_secrecy_mark(line: str) -> bool:
    """Whether a line, a cell or a value in it is nothing but a level of secrecy, or sets one off.

    A level is set off, in capitals, by brackets, by a slash or by spaced dashes ("… - HỎA TỐC").
    """
    if not _MARKUP.search(line):
        bare = _bare(unicodedata.normalize("NFC", line)).upper()
        if not any(level in bare for level in _LEVELS):
            return False  # as nearly all lines are: nothing could hide or cut a level in it
    text = _ATTRIBUTES.sub(" ", _COMMENT.sub(" ", unicodedata.normalize("NFC", html.unescape(line))))
    # A tag may stand within a word or between two cells.
    parts = (*_TAG.sub(" ", text).split("|"), *_TAG.sub("|", text).split("|"))
    values = (value for part in parts for value in (part, part.partition(":")[2], part.rpartition(":")[2]))
    plain = _TAG.sub(" ", text)
    set_off = (*_BRACKETED.findall(plain), *_SEPARATOR.split(plain))
    return (any(_bare(_NUMBERING.sub("", value)).upper() in _LEVELS for value in values)
            or any(_bare(part) in _LEVELS for part in set_off))


def _bare(text: str) -> str:
    """Its letters and digits alone, without decoration or spacing."""
    return re.sub(r"[\W_]+", "", text)


def _abbreviations(text: str) -> Iterator[str]:
    if sum(map(str.isupper, text)) < 2:
        return  # as many lines are: they need no closer look
    words = _WORD.findall(unicodedata.normalize("NFC", text))
    for before, word, after in zip(("", *words), words, (*words[1:], ""), strict=False):
        letters = [char for char in word if char.isalpha()]
        if len(letters) < 2 or not word.isupper() or _roman(word):
            continue
        # A word of a heading in capitals is no abbreviation; "UBND" among such words is, being no syllable.
        in_capitals = any(len(other) > 1 and other.isupper() and (_pronounceable(other) or _roman(other))
                          for other in (before, after))
        if _pronounceable(word) and (in_capitals or _marked(word)):
            continue
        yield word


def _roman(word: str) -> bool:
    return all(map(_ROMAN.fullmatch, word.split("-")))


def _pronounceable(word: str) -> bool:
    return all(map(_SYLLABLE.fullmatch, fold(word).split("-")))


def _marked(word: str) -> bool:
    """Whether it carries tone or vowel marks, which abbreviations of initials hardly ever do."""
    return fold(word) != word.lower().replace("đ", "d")


def _explained(word: str, known: set[str]) -> bool:
    return word in known or ("-" in word and all(part in known for part in word.split("-")))
