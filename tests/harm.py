"""What finished HTML may hold."""

import re

from proceedings.html import rendering

KNOWN_ATTRIBUTES = {"class", "id", "title", "href", "src", "alt", "start", "align", "scope"}


def assert_harmless(finished: str) -> None:
    """Nothing in the HTML runs, and nothing is asked of another origin without a click."""
    for element in rendering.parse(finished).iter():
        assert isinstance(element.tag, str)  # no comment, no instruction
        assert element.tag not in {"script", "style", "iframe", "object", "embed", "svg", "math", "form", "input",
                                   "button",
                                   "base", "link", "meta", "video", "audio", "template", "noscript"}
        assert set(element.attrib) <= KNOWN_ATTRIBUTES
        assert not re.match(r"(?!https?:|mailto:)[\w+.-]*:", element.get("href") or "", re.IGNORECASE)
        assert re.fullmatch(r"(?![\\/]{2})[^:]*", element.get("src") or "")
