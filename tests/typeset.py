"""PDFs made of any HTML, and the styles of print with the measures that they need."""

from pathlib import Path

from conftest import PROJECT
from proceedings.print import pdf
from proceedings.print.measures import VOLUME, Paper


def typeset(html: str, target: Path, folders: tuple[Path, ...] = ()) -> int:
    """Lay the HTML out and write it; its number of pages."""
    layout = pdf.lay_out(html, folders)
    layout.write(target)
    return layout.pages


def styles(*names: str, paper: Paper = VOLUME) -> str:
    """The elements for the head of a page that the templates of print would put there."""
    links = (f'<link rel="stylesheet" href="{(PROJECT / "overrides/print" / name).as_uri()}">' for name in names)
    return f"<style>{paper.style}</style>{''.join(links)}"
