"""PDFs of arbitrary HTML, with the print styles and the dimensions they need."""

from pathlib import Path

from conftest import PROJECT
from proceedings.print import pdf
from proceedings.print.measures import VOLUME, Paper


def typeset(html: str, target: Path, folders: tuple[Path, ...] = ()) -> int:
    """Lay out HTML and write it as PDF; return the number of pages."""
    layout = pdf.lay_out(html, folders)
    layout.write(target)
    return layout.pages


def styles(*names: str, paper: Paper = VOLUME) -> str:
    """Return the elements that print templates put into the head of a page."""
    links = (f'<link rel="stylesheet" href="{(PROJECT / "overrides/print" / name).as_uri()}">' for name in names)
    return f"<style>{paper.style}</style>{''.join(links)}"
