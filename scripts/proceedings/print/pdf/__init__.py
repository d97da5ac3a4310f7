"""Conversion of print HTML to PDF. The only package that imports WeasyPrint; its warnings are errors."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from weasyprint import HTML, Attachment
from weasyprint.urls import URLFetcher, URLFetcherResponse

from proceedings.print import time_limit
from proceedings.print.pdf.archive import Labels, declare, describe_attachments, label_pages
from proceedings.print.pdf.edges import unreadable
from proceedings.print.pdf.engine import made_with
from proceedings.print.pdf.fonts import OwnFonts
from proceedings.print.pdf.painting import MarkedPage, name_pictures, srgb, turn_into_artifacts, use_pure_black
from proceedings.print.pdf.tag_tree import build
from proceedings.print.pdf.tags import POINT, write_tags
from proceedings.system import outputs, pictures
from proceedings.system.logs import captured
from proceedings.system.picture_parts import published

__all__ = ["Labels", "Layout", "PrintError", "SlowError", "SourceFile", "lay_out", "made_with", "stopped_after"]
_LOOKS = frozenset({".css", ".woff2"})
_LOGGERS = ("weasyprint", "weasyprint.progress", "fontTools")
# Options read by layout, by writing, or by both. The variant is PDF/A-3 without WeasyPrint's own tags.
_COLOURS = "sRGB2014"
_OPTIONS = {
    "output_intent": _COLOURS,
    "pdf_variant": "pdf/a-3u",
    "pdf_tags": False,
    "optimize_images": True,
    "presentational_hints": True,  # honours the `start` attribute of lists
}
_NO_DAY = date(1980, 1, 1)  # the conventional "unknown" date; PDF/A requires a date for each attached file


class PrintError(RuntimeError):
    """WeasyPrint logged a warning, so the PDF might be incomplete; the message is that warning."""


class SlowError(PrintError):
    """Layout or writing exceeded the time limit and was stopped."""


@dataclass(frozen=True)
class SourceFile:
    """A source document to be attached to the PDF; `day` is the date of its revision."""

    name: str
    text: str
    description: str = ""
    day: date | None = None


class _OnlyOurFiles(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """URL fetcher that serves only theme files and pictures below given folders; symlinks are resolved.

    Anything that is neither a style sheet nor a font must be a raster picture by its content, whatever its name:
    WeasyPrint would treat other files as SVG, which may refer to external resources and take unlimited time.
    """

    def __init__(self, folders: tuple[Path, ...]) -> None:
        super().__init__(allowed_protocols=("file",))
        self._folders = tuple(folder.resolve() for folder in folders)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        address = urlsplit(url)
        path = Path(unquote(address.path)).resolve()
        ours = address.scheme == "file" and not address.netloc
        if not ours or not any(path.is_relative_to(folder) for folder in self._folders):
            raise PermissionError(f"{path} is outside the documents")
        if path.suffix in _LOOKS:
            return super().fetch(path.as_uri(), headers)
        return URLFetcherResponse("", _picture(path), {"Content-Type": "image/png"})


def _picture(path: Path) -> bytes:
    """Return a picture as the site publishes it; raise ValueError if it is invalid, damaged or too large."""
    with path.open("rb") as file:
        picture = pictures.inspect(file)
    if picture is None:
        raise ValueError(f"{path} is no PNG, JPEG, GIF or WebP picture")
    if picture.width * picture.height > pictures.MOST_PIXELS:
        raise ValueError(f"{path} has {picture.width} x {picture.height} pixels, more than {pictures.MOST_PIXELS}")
    if picture.fault:
        raise ValueError(f"{path}: {picture.fault}")
    return published(path.read_bytes())


class Layout:
    """A document laid out in pages, not yet written."""

    def __init__(self, document: Any, seconds: float) -> None:
        self._document = document
        self._seconds = seconds

    @property
    def pages(self) -> int:
        """Number of pages."""
        return len(self._document.pages)

    @property
    def places(self) -> Mapping[str, int]:
        """The index of the first page on which each id occurs."""
        places: dict[str, int] = {}
        for number, page in enumerate(self._document.pages):
            for anchor in page.anchors:
                places.setdefault(anchor, number)
        return places

    def write(self, target: Path, sources: Sequence[SourceFile] = (), labels: Sequence[Labels] = ()) -> None:
        """Write a PDF/A-3a and PDF/UA-1 file with its sources attached.

        Raises PrintError before anything is written.
        """
        self._document.pages = [MarkedPage(page) for page in self._document.pages]
        with _complaints_are_errors(), stopped_after(self._seconds):
            data = self._document.write_pdf(
                finisher=lambda document, pdf: _finish(document, pdf, labels),
                attachments=[_attachment(source) for source in sources], **_OPTIONS)
        outputs.write(target, data)


def lay_out(html: str, folders: tuple[Path, ...]) -> Layout:
    """Lay out HTML; style sheets, fonts and pictures are read only from below `folders`."""
    seconds = time_limit.allowed(len(html))
    with _complaints_are_errors(), stopped_after(seconds):
        source = HTML(string=html, url_fetcher=_OnlyOurFiles(folders))
        document = source.render(font_config=OwnFonts(), color_profiles={_COLOURS: srgb()}, cache={}, **_OPTIONS)
        fault = unreadable(source.etree_element, document.pages)
    if fault:
        raise PrintError(f"{fault}; hãy chia chữ dài bằng dấu cách, tách bảng hoặc rút ngắn chú thích")
    return Layout(document, seconds)


@contextmanager
def _complaints_are_errors() -> Iterator[None]:
    with captured(logging.WARNING, *_LOGGERS) as complaints:
        yield
    if complaints:
        raise PrintError("; ".join(dict.fromkeys(complaints)))


@contextmanager
def stopped_after(seconds: float) -> Iterator[None]:
    """Raise SlowError if the block uses more than `seconds` of processor time."""
    try:
        with time_limit.limited(seconds):
            yield
    except time_limit.TooSlowError:
        raise SlowError(f"quá {seconds:.0f} giây máy chạy mà chưa xong nên đã dừng, chưa ghi gì; hãy tìm trong bài "
                        "bảng rất lớn hoặc đoạn dày đặc dấu *, _ để tách nhỏ; nếu máy quá chậm, hãy tăng SECONDS trong "
                        "scripts/proceedings/print/time_limit.py") from None


def _attachment(source: SourceFile) -> Attachment:
    made = datetime.combine(source.day or _NO_DAY, time(), UTC)
    return Attachment(string=source.text, name=source.name, description=source.description, created=made,
                      modified=made, relationship="Source")


def _finish(document: Any, pdf: Any, labels: Sequence[Labels]) -> None:
    """Add tags, page labels and metadata that WeasyPrint has no options for, before the file is written."""
    pages = [found for found in pdf.objects if isinstance(found, dict) and found.get("Type") == "/Page"]
    structure = build([(page.page_box, page.marks) for page in document.pages])
    for number, page in enumerate(pages):
        page["Tabs"], page["StructParents"] = "/S", number
        content = pdf.objects[int(page["Contents"].split()[0])]
        turn_into_artifacts(content.stream, structure.artifacts[number])
    name_pictures(pdf)
    for found in pdf.objects:
        use_pure_black(getattr(found, "stream", []))
    write_tags(pdf, structure.root, [page.height * POINT for page in document.pages])
    describe_attachments(pdf)
    declare(pdf)
    if labels:
        label_pages(pdf, labels)
