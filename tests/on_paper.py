"""A text's tree made ready for print as the book does it, without what only the book adds."""

from lxml.html import HtmlElement

from proceedings.html.unbroken import keep_together
from proceedings.print import typesetting
from proceedings.print.measures import VOLUME, Paper


def prepare(root: HtmlElement, paper: Paper = VOLUME) -> None:
    """Put notes at the foot, keep unbreakable pieces together and fit all into pages."""
    typesetting.put_notes_at_foot(root)
    keep_together(root)
    typesetting.prepare(root, paper)
