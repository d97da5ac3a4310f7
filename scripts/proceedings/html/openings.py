"""Assembly of a document's finished HTML for site and print: openings, and the plan's official form."""

from lxml.html import HtmlElement

from proceedings import schema
from proceedings.conference.model import Conference
from proceedings.html import official
from proceedings.html.fragments import Fragments, LinkTo
from proceedings.html.rendering import finish, parse, splice


def lay_out(path: str, rendered: str, conference: Conference, fragments: Fragments, link: LinkTo) -> HtmlElement:
    """Return a document's finished tree: sanitized, with derived tables and the opening of its kind."""
    root = finish(rendered)
    fragments.fill(root, link)
    speech = conference.speech_at(path)
    if speech:
        splice(root, 0, fragments.speech_opening(speech))
    elif path == schema.PLAN:
        return parse(fragments.official(conference.plan, official.parts(root)))
    elif path == schema.REPORT and conference.report:
        _put_below_title(root, fragments.report_opening(conference.report))
    return root


def _put_below_title(root: HtmlElement, opening: str) -> None:
    title = next(root.iter("h1"), None)
    if title is None:
        splice(root, 0, opening)
    else:
        around = title.getparent()
        splice(around, around.index(title) + 1, opening)
