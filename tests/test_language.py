"""All that the interface says is Vietnamese."""

import re
from pathlib import Path

import material
import pytest
from jinja2 import Environment, FileSystemLoader
from lxml import html

from conftest import PROJECT

pytestmark = pytest.mark.xdist_group("built")
THEME = Path(material.__file__).parent / "templates"
# Not words: codes, and what is named the same in both languages.
SAME = {"direction", "search.config.pipeline", "search.config.separator", "rss.created", "blog.meta"}


def _strings() -> dict[str, tuple[str, str]]:
    """Each string of the theme: in English, and as the site says it."""
    loader = FileSystemLoader([PROJECT / "overrides", THEME])
    environment = Environment(loader=loader, autoescape=True)
    english = environment.get_template("partials/languages/en.html").module.t  # type: ignore[attr-defined]
    ours = environment.get_template("partials/language.html").module.t  # type: ignore[attr-defined]
    keys = re.findall(r'^  "([\w.]+)":', (THEME / "partials/languages/en.html").read_text("utf-8"), re.MULTILINE)
    return {key: (str(english(key)), str(ours(key))) for key in keys}


def test_every_string_of_the_theme_is_answered_in_vietnamese() -> None:
    strings = _strings()
    assert len(strings) > 40
    assert {key: ours for key, (english, ours) in strings.items() if ours == english and key not in SAME} == {}


def test_no_page_says_an_english_string_of_the_theme(built: Path) -> None:
    words = {english for key, (english, _) in _strings().items() if key not in SAME and " " in english}
    words |= {"Search", "Footer", "Header", "Navigation", "Tabs", "Next", "Previous", "Clear", "Close", "Menu"}
    for path in built.rglob("*.html"):
        page = html.parse(path).getroot()
        assert page.get("lang") == "vi", path
        said = {" ".join(str(text).split()) for text in page.xpath(
            "//body//text()[not(ancestor::script)] | //@title | //@aria-label | //@placeholder | //@alt")}
        assert said & words == set(), path
