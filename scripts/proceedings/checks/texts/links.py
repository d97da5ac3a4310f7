"""Rules on links, anchors and pictures, and on pages missing in the navigation."""

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile
from posixpath import basename, dirname, join, normpath, relpath
from urllib.parse import unquote, urlsplit

from proceedings import schema
from proceedings.checks.engine.registry import rule
from proceedings.checks.engine.walk import ALL, Text
from proceedings.conference.model import Conference
from proceedings.conference.navigation import navigation
from proceedings.problems import Problem, Severity
from proceedings.text.addresses import is_own_picture
from proceedings.text.shown import decoded
from proceedings.text.slugs import fold, nearest
from proceedings.text.source import Document, Link

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_OUTSIDE = frozenset({"http", "https", "mailto"})
# What the site's renderer accepts as a link or picture although its address contains a space; other parsers do not.
_CUT = re.compile(r"(?P<image>!?)\[(?P<text>[^\[\]]{0,300})\]\((?P<target>[^()]{0,300}\s[^()]{0,300})\)")


@rule("lien-ket-hong", Severity.BLOCKING, ALL)
def dead_link(conference: Conference, texts: Iterable[Text]) -> Iterator[Problem]:
    """Liên kết trỏ tới tệp không có trong bộ tài liệu, hoặc có đường dẫn viết bằng mã.

    Sai: `[Sở Mẫu](so_mau.md)`, `[Sở Mẫu](so mau.md)`, `[Sở Mẫu](so&#45;mau.md)`.
    Đúng: `[Sở Mẫu](so-mau.md)`: đường dẫn tính từ thư mục của tệp đang viết, có đuôi `.md`, không có dấu cách.
    """
    yield from _cut(texts, image="")
    known = (*conference.documents, *conference.files)
    for text, link, path, anchor in _links(texts):
        there, coded = path in conference.documents or path in conference.files, _is_coded(text.document, link)
        if link.image or (there and not coded):
            continue
        # The intended file is one with the same name elsewhere, else the most similar.
        namesakes = [each for each in known if basename(each) == basename(path)]
        near = path if there else namesakes[0] if len(namesakes) == 1 else nearest(fold(path), known)
        right = relpath(near, dirname(text.path) or ".") if near else ""
        fault = f"Liên kết \"{unquote(decoded(link.target))}\""
        if there:
            fault += f" viết bằng mã nên trang không dựng được; hãy viết thẳng \"{right}{anchor and f'#{anchor}'}\"."
        else:
            fault += f"{' viết bằng mã và' if coded else ''} không trỏ tới tệp nào; " + (
                f"có phải là {right}?" if right else "hãy sửa lại đường dẫn hoặc bỏ liên kết.")
        yield text.at(link.line).problem(fault, link.target, kind="coded" if coded else "", proposed=right)


@rule("neo-hong", Severity.BLOCKING, ALL)
def dead_anchor(conference: Conference, texts: Iterable[Text]) -> Iterator[Problem]:
    """Liên kết trỏ tới một mục không có trong trang đích.

    Sai: `[mục VI](../ke-hoach.md#phan-cong)`.
    Đúng: `[mục VI](../ke-hoach.md#phan-cong-tham-luan)`.
    """
    for text, link, path, anchor in _links(texts):
        target = conference.documents.get(path)
        if target and anchor and not target.unread and anchor not in target.anchors:
            near = nearest(anchor, target.anchors)
            yield text.at(link.line).problem(
                f"Trang {path} không có mục #{anchor}"
                + (f"; có phải là #{near}?" if near else "; hãy sửa phần sau dấu #."), link.target, proposed=near or "")


@rule("neo-trung", Severity.BLOCKING, ALL)
def repeated_anchor(texts: Iterable[Text]) -> Iterator[Problem]:
    """Hai chỗ trong một trang mang cùng một neo, nên liên kết không biết trỏ tới chỗ nào.

    Sai: hai tiêu đề cùng có `{#ket-qua}`.
    Đúng: `{#ket-qua}` và `{#ket-qua-nam-2}`, hoặc bỏ neo ở chỗ không cần.
    """
    for text in texts:
        first: dict[str, int] = {}
        for block in text.blocks:
            if block.anchor and first.setdefault(block.anchor, block.line) != block.line:
                yield text.at(block.line).problem(
                    f"Neo #{block.anchor} đã dùng ở dòng {first[block.anchor]}; hãy đổi tên hoặc bỏ một neo.",
                    block.anchor)


@rule("thieu-anh", Severity.BLOCKING, ALL)
def missing_image(conference: Conference, texts: Iterable[Text]) -> Iterator[Problem]:
    """Ảnh không có trong bộ tài liệu, ở trang mạng khác, hoặc không phải ảnh PNG, JPEG, GIF, WebP.

    Sai: `![Biểu đồ](https://example.org/bieu-do.png)`.
    Đúng: `![Biểu đồ](so-mau/bieu-do.png)`, với tệp ảnh đặt trong thư mục cùng tên với bài.
    """
    yield from _cut(texts, image="!")
    for text in texts:
        for link in text.document.links:
            path = _path(text.document, link)
            if not link.image:
                continue
            if _is_coded(text.document, link):
                yield text.at(link.line).problem(
                    f"Đường dẫn của ảnh viết bằng mã nên trang không dựng được; hãy viết thẳng "
                    f"\"{unquote(decoded(link.target))}\".", link.target, kind="coded")
            elif not (path in conference.files and is_own_picture(link.target)):
                right = unquote(link.target).replace("\\", "/")  # Windows paths
                meant = normpath(join(dirname(text.path), right)) in conference.files
                yield text.at(link.line).problem(
                    f"Không có ảnh \"{unquote(link.target)}\"; "
                    + (f"hãy viết \"{right}\", với dấu gạch chéo xuôi." if meant and "\\" in unquote(link.target) else
                       "hãy tải tệp ảnh (PNG, JPEG, GIF, WebP) lên thư mục cùng tên với bài và sửa đường dẫn."),
                    link.target)


@rule("anh-thieu-mo-ta", Severity.BLOCKING, ALL)
def image_without_description(texts: Iterable[Text]) -> Iterator[Problem]:
    """Ảnh không có lời mô tả, nên người dùng máy đọc màn hình không biết ảnh nói gì.

    Sai: `![](so-mau/bieu-do.png)`.
    Đúng: `![Biểu đồ số lượt phục vụ từng năm](so-mau/bieu-do.png)`.
    """
    for text in texts:
        for link in text.document.links:
            if link.image and not link.text:
                yield text.at(link.line).problem(
                    f"Ảnh \"{unquote(link.target)}\" chưa có lời mô tả; hãy ghi vào giữa hai dấu [ ] ảnh cho thấy gì.",
                    link.target)


@rule("ngoai-muc-luc", Severity.BLOCKING)
def page_outside_navigation(conference: Conference) -> Iterator[Problem]:
    """Trang không thuộc phần nào của bộ tài liệu nên không có trong mục lục.

    Sai: `docs/ghi-chu.md`, `docs/tham-luan/so-mau/nhap.md`.
    Đúng: đặt trang trong `phu-luc/` hoặc `bien-tap/`, hoặc bỏ tệp.
    """
    listed = {path for entry in navigation(conference) for path in entry.paths()}
    speech_folder = f"{schema.SPEECH_FOLDER}/"
    for path in conference.documents:
        stray_speech = path.startswith(speech_folder) and path.count("/") == 1  # reported by the rules on speeches
        if path not in listed and not stray_speech:
            yield conference.place(path).problem(
                "Trang này không có trong mục lục; hãy chuyển vào phu-luc/ hoặc bien-tap/, hoặc xóa tệp.")


def _is_coded(document: Document, link: Link) -> bool:
    """Return whether the target is written with entities, which neither site nor print resolves.

    The parser resolves all but those with many leading zeros, so the target is searched in the source lines.
    """
    if decoded(link.target) != link.target:
        return True
    lines = list(takewhile(str.strip, document.lines[link.line - 1:]))
    if not any("&" in line for line in lines):
        return False
    written = "\n".join(lines)
    return not any(unquote(link.target) in unquote(each) for each in (written, _ESCAPED.sub(r"\1", written)))


def _links(texts: Iterable[Text]) -> Iterator[tuple[Text, Link, str, str]]:
    """Yield every link within the documents, with its target's path and anchor."""
    for text in texts:
        for link in text.document.links:
            target = urlsplit(decoded(link.target))
            if target.scheme not in _OUTSIDE:
                yield text, link, _path(text.document, link), unquote(target.fragment)


def _cut(texts: Iterable[Text], image: str) -> Iterator[Problem]:
    """Report links or pictures whose address contains a space."""
    for text in texts:
        if "](" not in text.markdown:
            continue
        for block in text.blocks:
            for found in _CUT.finditer(block.prose) if "](" in block.prose else ():
                line = _line_of(f"[{found['text']}](", text, block.line)
                if found["image"] == image and line:
                    yield text.at(line).problem(
                        f"Đường dẫn \"{found['target']}\" có dấu cách nên không trỏ tới {'ảnh' if image else 'tệp'} "
                        "nào; hãy đổi tên tệp thành tên không có dấu cách, rồi sửa đường dẫn.", found["target"],
                        kind="cut")


def _line_of(opening: str, text: Text, first: int) -> int:
    """Return the line of a link's opening bracket, from line `first` on; 0 if the bracket is escaped."""
    for number, line in enumerate(text.lines[first - 1:], first):
        before, bracket, _ = line.partition(opening)
        if bracket:
            return 0 if before.endswith("\\") else number
    return first


def _path(document: Document, link: Link) -> str:
    target = urlsplit(decoded(link.target))
    if target.scheme or target.netloc or target.path.startswith("/"):
        return link.target
    return normpath(join(dirname(document.path), unquote(target.path))) if target.path else document.path
