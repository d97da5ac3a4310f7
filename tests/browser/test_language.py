"""All texts of the user interface are Vietnamese."""

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from lxml import html
from lxml.html import HtmlElement

from conftest import PROJECT

THEME = Path(str(files("material"))) / "templates"
# Codes that the theme's scripts read, not words.
CODES = {"direction", "search.config.pipeline", "search.config.separator"}
SPOKEN = ("title", "aria-label", "aria-description", "aria-placeholder", "aria-roledescription", "aria-valuetext",
          "placeholder", "alt", "label", "summary", "content")
# Words in the theme's templates that are not translatable, and words that scripts often use.
BARE = {"Search", "Footer", "Header", "Navigation", "Tabs", "Next", "Previous", "Clear", "Close", "Menu", "Home",
        "Edit", "Permanent link", "Instant previews", "Search results", "Jump back to footnote", "Print", "Download",
        "Open", "Not found", "404 - Not found", "Skip to content", "Back to top", "Table of contents"}


def _strings() -> dict[str, tuple[str, str]]:
    """Return each string of the theme in English and in the site's translation."""
    loader = FileSystemLoader([PROJECT / "overrides", THEME])
    environment = Environment(loader=loader, autoescape=True)
    english = environment.get_template("partials/languages/en.html").module.t  # type: ignore[attr-defined]
    ours = environment.get_template("partials/language.html").module.t  # type: ignore[attr-defined]
    keys = re.findall(r'^  "([\w.]+)":', (THEME / "partials/languages/en.html").read_text("utf-8"), re.MULTILINE)
    return {key: (str(english(key)), str(ours(key))) for key in keys if key not in CODES}


def _overridden() -> set[str]:
    return set(re.findall(r'^  "([\w.]+)":', (PROJECT / "overrides/partials/language.html").read_text("utf-8"),
                          re.MULTILINE))


def _said(page: HtmlElement) -> Iterator[str]:
    """Yield all text of a page, its title, text in attributes, and strings passed to the theme's script."""
    for element in page.iter("*"):
        config = element.tag == "script" and element.get("id") == "__config"
        if config:
            yield from json.loads(element.text or "{}")["translations"].values()
        if element.tag not in ("script", "style"):
            yield from filter(None, (element.text, *(element.get(name) for name in SPOKEN)))
        yield element.tail or ""


def test_every_string_of_the_theme_is_answered_in_vietnamese() -> None:
    strings = _strings()
    assert len(strings) > 50
    assert {key: ours for key, (english, ours) in strings.items() if not ours or ours == english} == {}


def test_only_what_the_themes_vietnamese_lacks_or_says_badly_is_said_anew() -> None:
    vietnamese = (THEME / "partials/languages/vi.html").read_text("utf-8")
    for key in _overridden():
        assert key in _strings()
        assert f'"{key}": "{_strings()[key][1]}"' not in vietnamese


def test_no_page_says_an_english_string_of_the_theme(built: Path) -> None:
    english = {" ".join(one.replace("#", "").split()) for one, _ in _strings().values()} | BARE
    english -= {"en", "in"}
    pages = list(built.rglob("*.html"))
    assert len(pages) > 15
    for path in pages:
        page = html.parse(path).getroot()
        assert page.get("lang") == "vi", path
        assert {" ".join(text.split()) for text in _said(page)} & english == set(), path


def test_no_page_leaves_a_place_for_words_empty(built: Path) -> None:
    for path in built.rglob("*.html"):
        page = html.parse(path).getroot()
        empty = [element.tag for element in page.iter("*") for name in ("title", "aria-label", "placeholder")
                 if element.get(name) is not None and not element.get(name).strip()]
        assert empty == [], path
