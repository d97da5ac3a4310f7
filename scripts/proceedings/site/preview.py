"""Responses of `scripts/serve`: the last good site, newer pages of it, and current problems.

Pages are modified on their way to the browser only; the files of the site are unchanged.
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

# Path of the preview's own files. No page, picture or asset of a site has a path that begins with two hyphens.
FOLDER = "/--xem-thu/"
ASK = f"{FOLDER}hoi"
_OWN = {"preview.css": "text/css", "preview.js": "text/javascript"}
_MOST = 20  # problems shown in the banner at most
_BODY = re.compile(rb"<body\b[^>]*>")
_NONE = ('<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8"><title>Xem thử</title></head>'
         "<body><p>Chưa có trang để xem.</p></body></html>\n").encode()


@dataclass(frozen=True)
class Answer:
    """A response to a browser."""

    status: int
    type: str
    data: bytes

    @property
    def tag(self) -> str:
        """The checksum of the data, as an HTTP ETag."""
        return f'"{_digest(self.data)}"'


@dataclass(frozen=True)
class View:
    """What browsers are shown.

    `folder` is the last complete site, or None; `pages` are pages rendered later, by path in the site; `problems`
    must be fixed, one line each. `current` is true if the texts are current in spite of them. `looks` changes with
    the styles and scripts that pages load.
    """

    folder: Path | None = None
    pages: Mapping[str, bytes] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    current: bool = True
    looks: str = ""

    @property
    def ready(self) -> bool:
        """Whether there is anything to show."""
        return self.folder is not None or bool(self.problems)

    def answer(self, path: str) -> Answer:
        """Return the response for a decoded path, which begins with "/"."""
        if path.startswith(FOLDER):
            return _own(path.removeprefix(FOLDER))
        name = _name(path)
        data = None if name.endswith(".html") else self._read(name)
        if data is not None:
            return Answer(200, mimetypes.guess_type(name)[0] or "application/octet-stream", data)
        status, page = self._page(name)
        return Answer(status, "text/html; charset=utf-8", self._decorated(path, page))

    def version(self, path: str) -> str:
        """Return a checksum of what the page of a path shows."""
        return self._version(self._page(_name(path))[1])

    def _page(self, name: str) -> tuple[int, bytes]:
        page = self._read(name)
        return (404, self._read("404.html") or _NONE) if page is None else (200, page)

    def _version(self, page: bytes) -> str:
        return _digest(page + repr((self.problems, self.current, self.looks)).encode())

    def _read(self, name: str) -> bytes | None:
        if name in self.pages:
            return self.pages[name]
        try:
            return (self.folder / name).read_bytes() if self.folder else None
        except (OSError, ValueError):  # missing, or its name contains a NUL
            return None

    def _decorated(self, path: str, page: bytes) -> bytes:
        """Return the page with the problem banner, and the script that polls for changes."""
        ask = f"{ASK}?trang={quote(path, safe='')}&ban={self._version(page)}"
        added = banner(self.problems, current=self.current)
        added += f'<script src="{FOLDER}preview.js" data-ask="{escape(ask)}" defer></script>'
        body = _BODY.search(page)
        end = body.end() if body else len(page)
        return page[:end] + added.encode() + page[end:]


def banner(problems: tuple[str, ...], *, current: bool) -> str:
    """Return the problems as HTML, or ""."""
    if not problems:
        return ""
    shown = "" if current else " Cho đến lúc đó, trang dưới đây vẫn là bản trước khi có lỗi."
    lines = "".join(f"<li>{escape(problem)}</li>" for problem in problems[:_MOST])
    more = f"<p>Còn {len(problems) - _MOST} lỗi khác.</p>" if len(problems) > _MOST else ""
    return (f'<link rel="stylesheet" href="{FOLDER}preview.css"><aside class="preview" role="alert">'
            f"<p>Có lỗi phải sửa; hãy sửa rồi lưu tệp, trang sẽ tự cập nhật.{shown}</p><ul>{lines}</ul>{more}</aside>")


def _name(path: str) -> str:
    """Return the path in the site for a request, never outside the site."""
    return posixpath.normpath(f"/{path}/index.html" if path.endswith("/") else f"/{path}").lstrip("/")


def _own(name: str) -> Answer:
    if name not in _OWN:
        return Answer(404, "text/plain", b"")
    return Answer(200, f"{_OWN[name]}; charset=utf-8", (Path(__file__).parent / name).read_bytes())


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:20]
