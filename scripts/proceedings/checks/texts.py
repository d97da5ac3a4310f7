"""Is the text itself fit to publish: its encoding, its markup?"""

import re
import unicodedata
from collections.abc import Iterator

from proceedings import schema
from proceedings.checks.registry import rule
from proceedings.model import Conference
from proceedings.problems import Problem, Severity
from proceedings.source import Kind

_BAR = re.compile(r"(?<!\\)\|")
_HTML = re.compile(
    r"</?(?:a|abbr|audio|b|body|button|center|code|div|em|embed|font|form|h[1-6]|head|hr|html|i|iframe|img|input|li|link"
    r"|meta|object|ol|p|pre|s|script|small|span|strike|strong|style|sub|sup|svg|table|tbody|td|th|thead|tr|u|ul|video)"
    r"(?:\s[^<>]*)?/?>", re.IGNORECASE)


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
