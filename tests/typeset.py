"""A text's tree made ready for print as the book does it, without what only the book knows."""

from lxml.html import HtmlElement

from proceedings.html.unbroken import keep_together
from proceedings.print import typesetting
from proceedings.print.typesetting import BOOK, Room


def typeset(root: HtmlElement, room: Room = BOOK) -> None:
    """Put notes at the foot, keep pieces together and fit all into pages."""
    typesetting.put_notes_at_foot(root)
    keep_together(root)
    typesetting.prepare(root, room)
