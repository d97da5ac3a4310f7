"""What stands around a document's text, on the page and on paper alike: openings, and the plan's official form."""

from proceedings import official, schema
from proceedings.fragments import Fragments, LinkTo
from proceedings.markup import finish
from proceedings.model import Conference


def lay_out(path: str, rendered: str, conference: Conference, fragments: Fragments, link: LinkTo) -> str:
    """A document's rendered Markdown as readers get it: harmless, with its tables and with what belongs around it."""
    content = fragments.fill(finish(rendered), link)
    speech = conference.speech_at(path)
    if speech:
        return f"{fragments.speech_opening(speech)}\n{content}"
    if path == schema.PLAN:
        return fragments.official(conference.plan, official.parts(content))
    if path == schema.REPORT and conference.report:
        opening = fragments.report_opening(conference.report)
        return content.replace("</h1>", f"</h1>\n{opening}", 1) if "</h1>" in content else f"{opening}\n{content}"
    return content
