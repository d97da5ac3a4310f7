"""What stands around a document's text, on the page and on paper alike: openings, and the plan's official form."""

from lxml.html import HtmlElement

from proceedings import schema
from proceedings.conference.model import Conference
from proceedings.html import official
from proceedings.html.fragments import Fragments, LinkTo
from proceedings.html.rendering import finish, parse, splice


def lay_out(path: str, rendered: str, conference: Conference, fragments: Fragments, link: LinkTo) -> HtmlElement:
    """A document's rendered Markdown as readers get it: harmless, with its tables and with what belongs around it."""
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
