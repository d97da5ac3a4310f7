"""What `scripts/serve` answers with: the last good site, newer pages of it, and on top of them what is wrong now.

Pages are decorated on their way to the browser only; the files of the site stay as they were built.
"""

import hashlib
import mimetypes
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from urllib.parse import quote

# Where the preview's own files are. No page, picture or asset of a site has a path that begins with two hyphens.
FOLDER = "/--xem-thu/"
ASK = f"{FOLDER}hoi"
_OWN = {"preview.css": "text/css", "preview.js": "text/javascript"}
_MOST = 20  # problems in the banner
_BODY = re.compile(rb"<body\b[^>]*>")
_EMPTY = b'<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8"><title>-</title></head><body></body></html>\n'


@dataclass(frozen=True)
class Answer:
    """One answer to a browser."""

    status: int
    type: str
    data: bytes

    @property
    def tag(self) -> str:
        """The data's checksum, in the form of HTTP's ETag."""
        return f'"{_digest(self.data)}"'


@dataclass(frozen=True)
class View:
    """What browsers are shown.

    `folder` holds the last complete site, None before there is one; `pages` were rendered later than that, by path in
    the site; `problems` are what must be mended, a line each. `current` says that texts are shown in spite of them.
    `looks` changes with the styles and scripts that pages load.
    """

    folder: Path | None = None
    pages: Mapping[str, bytes] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    current: bool = True
    looks: str = ""

    def answer(self, path: str) -> Answer:
        """The answer to a request for a path, which is decoded and begins with "/"."""
        if path.startswith(FOLDER):
            return _own(path.removeprefix(FOLDER))
        name = _name(path)
        data = None if name.endswith(".html") else self._read(name)
        if data is not None:
            return Answer(200, mimetypes.guess_type(name)[0] or "application/octet-stream", data)
        status, page = self._page(name)
        return Answer(status, "text/html; charset=utf-8", self._decorated(path, page))

    def version(self, path: str) -> str:
        """A checksum of what the page of a path shows."""
        return self._version(self._page(_name(path))[1])

    def _page(self, name: str) -> tuple[int, bytes]:
        page = self._read(name)
        return (404, self._read("404.html") or _EMPTY) if page is None else (200, page)

    def _version(self, page: bytes) -> str:
        return _digest(page + repr((self.problems, self.current, self.looks)).encode())

    def _read(self, name: str) -> bytes | None:
        if name in self.pages:
            return self.pages[name]
        try:
            return (self.folder / name).read_bytes() if self.folder else None
        except (OSError, ValueError):  # there is none, or its name has a NUL
            return None

    def _decorated(self, path: str, page: bytes) -> bytes:
        """The page with the problems on top of it, and the script that asks whether it has changed."""
        ask = f"{ASK}?trang={quote(path, safe='')}&ban={self._version(page)}"
        added = banner(self.problems, current=self.current)
        added += f'<script src="{FOLDER}preview.js" data-ask="{escape(ask)}" defer></script>'
        body = _BODY.search(page)
        end = body.end() if body else len(page)
        return page[:end] + added.encode() + page[end:]


def banner(problems: tuple[str, ...], *, current: bool) -> str:
    """The problems as HTML, "" where there are none."""
    if not problems:
        return ""
    shown = "" if current else " Cho đến lúc đó, trang dưới đây vẫn là bản trước khi có lỗi."
    lines = "".join(f"<li>{escape(problem)}</li>" for problem in problems[:_MOST])
    more = f"<p>Còn {len(problems) - _MOST} lỗi khác.</p>" if len(problems) > _MOST else ""
    return (f'<link rel="stylesheet" href="{FOLDER}preview.css"><aside class="preview" role="alert">'
            f"<p>Có lỗi phải sửa; hãy sửa rồi lưu tệp, trang sẽ tự cập nhật.{shown}</p><ul>{lines}</ul>{more}</aside>")


def _name(path: str) -> str:
    """The path in the site of what is asked for; never above the site."""
    return posixpath.normpath(f"/{path}/index.html" if path.endswith("/") else f"/{path}").lstrip("/")


def _own(name: str) -> Answer:
    if name not in _OWN:
        return Answer(404, "text/plain", b"")
    return Answer(200, f"{_OWN[name]}; charset=utf-8", (Path(__file__).parent / name).read_bytes())


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:20]
