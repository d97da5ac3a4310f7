"""Print HTML to PDF. The only module that imports WeasyPrint; whatever WeasyPrint warns of is a failure."""

import logging
from pathlib import Path
from urllib.parse import unquote, urlsplit

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from proceedings import outputs
from proceedings.complaints import heard

_LOGGERS = ("weasyprint", "weasyprint.progress", "fontTools")
# Layout and writing each read some of these.
_OPTIONS = {
    "pdf_variant": "pdf/ua-1",
    "optimize_images": True,
    "presentational_hints": True,  # or a list that starts at 3 would start at 1
}


class PrintError(RuntimeError):
    """WeasyPrint complained, so that the PDF might lack something; the message is what it said."""


class _OnlyOurFiles(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Serves files below the given folders, symbolic links resolved, and nothing else."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        super().__init__(allowed_protocols=("file",))
        self._folders = tuple(folder.resolve() for folder in folders)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        path = Path(unquote(urlsplit(url).path)).resolve()
        if not any(path.is_relative_to(folder) for folder in self._folders):
            raise PermissionError(f"{path} is outside the documents")
        return super().fetch(path.as_uri(), headers)


def write(html: str, target: Path, folders: tuple[Path, ...]) -> int:
    """Lay out the HTML, write it as tagged PDF/UA-1 and return its number of pages.

    Styles and pictures are read from below `folders` only. The file is written aside and moved into place; on a
    PrintError nothing is left behind.
    """
    with heard(logging.WARNING, *_LOGGERS) as complaints:
        document = HTML(string=html, url_fetcher=_OnlyOurFiles(folders)).render(
            font_config=FontConfiguration(), cache={}, **_OPTIONS)
        data = document.write_pdf(**_OPTIONS)
    if complaints or data is None:
        raise PrintError("; ".join(dict.fromkeys(complaints)) or "WeasyPrint wrote nothing")
    outputs.write(target, data)
    return len(document.pages)
