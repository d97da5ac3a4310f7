"""Assertions on the safety of finished HTML."""

import re

from proceedings.html import rendering

KNOWN_ATTRIBUTES = {"class", "id", "title", "href", "src", "alt", "start", "align", "scope"}


def assert_harmless(finished: str) -> None:
    """Assert that nothing in the HTML is executed, or loaded from another origin without a click."""
    for element in rendering.parse(finished).iter():
        assert isinstance(element.tag, str)  # neither comment nor processing instruction
        assert element.tag not in {"script", "style", "iframe", "object", "embed", "svg", "math", "form", "input",
                                   "button",
                                   "base", "link", "meta", "video", "audio", "template", "noscript"}
        assert set(element.attrib) <= KNOWN_ATTRIBUTES
        assert not re.match(r"(?!https?:|mailto:)[\w+.-]*:", element.get("href") or "", re.IGNORECASE)
        assert re.fullmatch(r"(?![\\/]{2})[^:]*", element.get("src") or "")
