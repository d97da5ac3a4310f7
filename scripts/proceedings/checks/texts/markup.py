"""Rules on encoding and markup of a text."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from proceedings import schema
from proceedings.checks.engine.registry import rule
from proceedings.checks.engine.walk import ALL, Text
from proceedings.problems import Edit, Problem, Severity
from proceedings.text.shown import coded, shown
from proceedings.text.source import Block, Document, Kind, without_comments

_BAR = re.compile(r"(?<!\\)\|")
# Prefixes of lines in quotations, items and footnotes.
_WITHIN = re.compile(r"(?:[ \t>]|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])|\[\^[^\]\n]+\]:)*")
_IN_ITEM = re.compile(r"[ \t>]*(?:[-*+]|\d{1,9}[.)]|\[\^[^\]\n]+\]:)[ \t]")
_LIKE_A_ROW = re.compile(r"\|(?:[ \t].*)?(?<!\\)\|[ \t]*$")
_RULE_OF_TABLE = frozenset("|-: \t>")  # characters of the delimiter row of a table
_GLUED_BELOW = "Dòng này dính vào bảng ở trên; hãy thêm một dòng trống giữa bảng và dòng này."
# What ends a table in the renderer as well, or is reported by the rules on lists.
_BEGINS_BLOCK = re.compile(r"[ \t]*(?:>|#{1,6}(?:\s|$)|!!!|(?:[-*+]|\d{1,9}[.)])[ \t])|[ \t>]*$")
# What a table may directly follow: headings, thematic breaks, the first line of a box.
_ENDS_ABOVE = re.compile(r"#{1,6}(?:\s|$)|=+\s*$|(?:[-*_][ \t]*){3,}$|!!!")
_HTML = re.compile(
    r"</?(?:a|abbr|audio|b|body|button|center|code|div|em|embed|font|form|h[1-6]|head|hr|html|i|iframe|img|input|li|link"
    r"|meta|object|ol|p|pre|s|script|small|span|strike|strong|style|sub|sup|svg|table|tbody|td|th|thead|tr|u|ul|video)"
    r"(?:\s[^<>]*)?/?>", re.IGNORECASE)


@rule("khong-nfc", Severity.BLOCKING, ALL, strict=True)
def not_nfc(texts: Iterable[Text]) -> Iterator[Problem]:
    """Chữ có dấu ở dạng tổ hợp (NFD), thường do chép từ máy Mac hoặc tệp PDF; tìm kiếm sẽ không thấy.

    Sai: chữ "ế" ghép từ ba ký tự "e", "^", "´".
    Đúng: chữ "ế" là một ký tự dựng sẵn (NFC); gõ lại, hoặc dán qua một trình soạn thảo chuyển mã NFC.
    """
    for text in texts:
        in_code = ((piece.line, piece.text) for piece in coded(text.document, shown(text.document)))
        for number, line in (*enumerate(text.lines, 1), *in_code):
            if not unicodedata.is_normalized("NFC", line):
                words = [word for word in line.split() if not unicodedata.is_normalized("NFC", word)]
                found = f"chữ ở dạng tổ hợp (\"{unicodedata.normalize('NFC', words[0])}\")" if words else "dấu cách lạ"
                yield text.at(number).problem(
                    f"Dòng này có {found}; hãy chuyển cả dòng sang Unicode dựng sẵn (NFC).", " ".join(words))


@rule("the-html", Severity.ADVISORY, ALL)
def html_tag(texts: Iterable[Text]) -> Iterator[Problem]:
    """Thẻ HTML trong bài không có tác dụng: trang và bản in hiện nguyên các chữ của thẻ.

    Sai: `<b>kết quả</b>`, `<img src="anh.png">`.
    Đúng: `**kết quả**`, `![Lời mô tả](anh.png)`; riêng `<br>` để xuống dòng thì được dùng.
    """
    for text in texts:
        for block in text.blocks:
            for tag in dict.fromkeys(_HTML.findall(block.prose)):
                yield text.at(block.line).problem(
                    f"Thẻ {tag} sẽ hiện nguyên chữ trên trang và bản in; hãy viết theo cách của Markdown hoặc bỏ thẻ.",
                    tag)


@rule("thuoc-tinh-la", Severity.ADVISORY, ALL)
def attributes(texts: Iterable[Text]) -> Iterator[Problem]:
    """Phần trong ngoặc nhọn không phải là neo, nên trang và bản in hiện nguyên các chữ đó.

    Trong ngoặc nhọn chỉ đặt được neo, không đặt được kiểu chữ, màu, cỡ. Neo gồm chữ thường không dấu, chữ số và dấu
    gạch nối; đặt ở cuối dòng đề mục, sau một dấu cách, hoặc trên dòng riêng ngay dưới đoạn. Vài tên như `menu` là của
    trang, không dùng làm neo được.

    Sai: `[Xem](ke-hoach.md){: .to }`, `## Kết quả {#Kết_Quả}`.
    Đúng: `[Xem](ke-hoach.md)`, `## Kết quả {#ket-qua}`.
    """
    for text in texts:
        for passage in text.body if "{" in text.markdown else ():
            for found in schema.ANY_ATTRIBUTES.finditer(passage.words) if "{" in passage.words else ():
                reason = ("có tên mà trang mạng tự dùng" if found[0].strip("{}:# ") in schema.RESERVED_IDS else
                          "không phải là neo hoặc đặt sai chỗ")
                yield text.at(passage.line_of(found)).problem(
                    f"Phần {found[0]} {reason}, nên trang và bản in sẽ hiện nguyên các chữ này; hãy bỏ đi, hoặc đặt "
                    "neo như {#ten-neo} ở cuối đề mục, trên dòng riêng dưới đoạn.", found[0])


@rule("khung-la", Severity.ADVISORY, ALL)
def frames(texts: Iterable[Text]) -> Iterator[Problem]:
    """Dòng mở khung ghi chú hoặc khung mã viết theo cách không dùng ở đây.

    Khung ghi chú có bốn loại: `note`, `info`, `tip`, `warning`; tên khung đặt trong ngoặc kép. Viết khác thì không
    thành khung, chữ của dòng mở hiện nguyên. Sau ba dấu mở khung mã chỉ ghi tên ngôn ngữ; phần còn lại không hiện ra.

    Sai: `!!! danger "Lưu ý"`, `??? note "Lưu ý"`, `!!! note Lưu ý`.
    Đúng: `!!! note "Lưu ý"`, các dòng dưới lùi vào bốn dấu cách.
    """
    for text in texts:
        boxes = "!!!" in text.markdown or "???" in text.markdown
        for block in text.blocks if boxes or "```" in text.markdown or "~~~" in text.markdown else ():
            for number, line in _openings(text, block):
                yield text.at(number).problem(
                    f"Dòng \"{line[:60]}\" không mở khung ghi chú nào nên hiện nguyên chữ; hãy viết như "
                    f"!!! note \"Tên khung\", với một trong các loại: {', '.join(schema.BOXES)}.", line)
            option = schema.FENCE.search(text.lines[block.line - 1]) if block.kind is Kind.CODE else None
            if option and option[0].strip() not in block.text:
                yield text.at(block.line).problem(
                    f"Phần \"{option[1][:60]}\" sau dấu mở khung mã không có tác dụng; hãy chỉ ghi tên ngôn ngữ hoặc "
                    "bỏ.", option[1], kind="option")


def _openings(text: Text, block: Block) -> Iterator[tuple[int, str]]:
    """Yield the lines of a block that look like the first line of a box.

    Those that are one do not belong to a block.
    """
    if "!!!" not in block.prose and "???" not in block.prose:
        return
    for number, line in enumerate(text.lines[block.line - 1:], block.line):
        if not line.strip():
            return
        words = line.strip(" \t>")
        if schema.ANY_BOX.fullmatch(words):
            yield number, words


@rule("o-thua", Severity.BLOCKING, ALL)
def surplus_cells(texts: Iterable[Text]) -> Iterator[Problem]:
    r"""Dòng của bảng có nhiều ô hơn dòng tiêu đề; các ô thừa không hiện trên trang và bản in.

    Sai: tiêu đề `| Việc | Số |` mà dòng dưới là `| Mua sách | 12 | đã xong |`.
    Đúng: thêm cột vào dòng tiêu đề, hoặc gộp ô; dấu | trong chữ thì viết là `\|`.
    """
    for text in texts:
        for block in text.blocks:
            line = _WITHIN.sub("", text.lines[block.line - 1], count=1).strip()
            cells = len(_BAR.split(line.removeprefix("|").removesuffix("|"))) if block.kind is Kind.ROW else 0
            if cells > len(block.cells):
                yield text.at(block.line).problem(
                    f"Dòng này có {cells} ô nhưng bảng chỉ có {len(block.cells)} cột nên ô thừa sẽ không hiện; "
                    "hãy thêm cột vào dòng tiêu đề hoặc bỏ bớt ô.", block.text)


@rule("bang-hong", Severity.BLOCKING, ALL)
def broken_table(texts: Iterable[Text]) -> Iterator[Problem]:
    """Bảng không thành bảng, hoặc dòng chữ dính vào bảng thành một dòng của bảng.

    Bảng có một dòng trống phía trên và phía dưới; dưới dòng tiêu đề là dòng `| --- | --- |` có đủ số cột. Nếu không,
    trang và bản in hiện nguyên các dấu gạch đứng, dù trang xem trước có thể vẫn hiện bảng.

    Sai: dòng `| Việc | Số |` ngay dưới dòng "Kết quả như sau:"; dòng "Nguồn: báo cáo năm 2034." ngay dưới bảng.
    Đúng: để một dòng trống giữa bảng và các dòng đó.
    """
    for text in texts:
        if "|" in text.markdown:
            lines = without_comments(text.markdown).split("\n")
            for number, kind, message in (*_no_tables(text.document, lines), *_glued_tables(text.document, lines)):
                apart = kind == "above" and lines[number - 1][:1] not in (" ", "\t", ">")
                yield text.at(number).problem(message, lines[number - 1].strip(), kind=kind,
                                              edits=[Edit(number, 0, 0, "\n")] if apart else ())


def _no_tables(document: Document, lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Yield the first line of each text block that looks like a table row, except in registers."""
    for block in document.blocks if document.path not in (*schema.REGISTERS, schema.THEMES) else ():
        if block.kind in (Kind.ROW, Kind.CODE, Kind.HEADING) or "|" not in block.text:
            continue
        own = takewhile(str.strip, lines[block.line - 1:])
        row = next((number for number, line in enumerate(own, block.line)
                    if _LIKE_A_ROW.match(_WITHIN.sub("", line, count=1))), 0)
        if row:
            yield row, "none", (
                "Dòng này và các dòng dưới không thành bảng nên hiện nguyên các dấu |; hãy để một dòng trống "
                "phía trên bảng, và ngay dưới dòng tiêu đề một dòng như | --- | --- | có đủ số cột.")


def _glued_tables(document: Document, lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Yield tables that directly follow other text, and text that directly follows a table."""
    rows = dict.fromkeys(block.line for block in document.blocks if block.kind is Kind.ROW)
    starts = sorted({block.line for block in document.blocks})
    table = set[int]()
    for number in rows:
        head = not {number - 1, number - 2} & table or not lines[number - 2].strip(" \t>")
        if head and not _stands_apart(starts, lines, number):
            yield number, "above", (
                "Bảng này dính vào dòng trên nên không thành bảng, hiện nguyên các dấu |; hãy thêm một dòng "
                "trống phía trên bảng.")
        table = {number} if head else table
        table.add(number)
        below = "".join(lines[number: number + 1])
        if not _BAR.search(lines[number - 1]) and not schema.ANY_ATTRIBUTES.fullmatch(lines[number - 1].strip(" \t>")):
            yield number, "below", _GLUED_BELOW
        elif not head and _RULE_OF_TABLE.issuperset(lines[number - 1]):
            yield number - 1, "between", "Bảng này dính vào bảng ở trên; hãy thêm một dòng trống giữa hai bảng."
        elif number + 1 not in rows and not (head and _BAR.search(below)) and not _BEGINS_BLOCK.match(below):
            yield number + 1, "below", _GLUED_BELOW


def _stands_apart(starts: Sequence[int], lines: Sequence[str], number: int) -> bool:
    """Return whether a table may begin here after the line above.

    The first line of an item or a footnote has no line above.
    """
    if _IN_ITEM.match(lines[number - 1]):
        return True
    above = "".join(lines[number - 2: number - 1]).strip(" \t>")
    block = bisect_left(starts, number)  # number of blocks that begin above
    indented = block > 0 and lines[starts[block - 1] - 1].startswith("    ") and lines[number - 1][:1] not in " \t>"
    return not above or bool(_ENDS_ABOVE.match(above)) or indented


@rule("bang-la", Severity.BLOCKING, ALL)
def unknown_marker(texts: Iterable[Text]) -> Iterator[Problem]:
    """Dòng gọi bảng tự lập không đúng cách viết hoặc gọi bảng không có.

    Sai: `<!-- bang: tiendo -->`, hoặc viết lẫn trong một đoạn văn.
    Đúng: `<!-- bang: tien-do -->`, đứng riêng một dòng.
    """
    for text in texts:
        for number, line in enumerate(text.lines, 1):
            alone = schema.MARKER.match(line)
            for marker in schema.ANY_MARKER.finditer(line):
                if not alone or alone[1] not in tuple(schema.Table):
                    yield text.at(number).problem(
                        f"Không có bảng \"{marker[1].strip()}\" hoặc dòng gọi bảng không đứng riêng; hãy để riêng một "
                        f"dòng và dùng một trong các tên: {', '.join(schema.Table)}.", marker[0])
