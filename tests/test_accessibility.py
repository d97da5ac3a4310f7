"""WCAG 2.2 AA of every page in every look, by axe-core; the sizes of letters and of what one presses."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from proceedings.reading import Reading
from test_browser import browser, served

__all__ = ["browser", "served"]  # fixtures
pytestmark = pytest.mark.xdist_group("axe")
PHONE, DESK = 390, 1366  # px
SIZES = (100, 175)  # per cent
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# In the scheme at hand and then, by the page's own button, in the other one.
_VIOLATIONS = f"""async () => {{
  const options = {{runOnly: {json.dumps(TAGS)}, resultTypes: ["violations"], preload: false}};
  const button = document.querySelector("[data-display=scheme]");
  const found = [];
  for (const turn of ["one", "other"]) {{
    const {{scheme}} = document.documentElement.dataset;
    const {{violations}} = await axe.run(options);
    found.push(...violations.flatMap(({{id, nodes}}) => nodes.map(({{target}}) => `${{scheme}}: ${{id}}: ${{target}}`)));
    button.click();
    document.getAnimations().forEach((animation) => animation.cancel());
    if (document.documentElement.dataset.scheme === scheme) found.push(`the button leaves the page ${{scheme}}`);
  }}
  return found;
}}"""

# Links that stand beside the text are pressed like buttons; a tick and a file are pressed by their label.
_SMALL_TARGETS = """() => {
  const beside = ":is(.shell, .md-nav, .menu, .about, .contents, .mine, .notes, .ways, .print-copy, .md-footer) a";
  return [...document.querySelectorAll(`${beside}, button, summary, label:has(input), input:not(label input), textarea`)]
    .filter((target) => target.checkVisibility({visibilityProperty: true}))
    .map((target) => [target, target.getBoundingClientRect()])
    .filter(([, {width, height}]) => Math.round(height) < 44 || Math.round(width) < 44)
    .map(([target, {width, height}]) => `${target.outerHTML.slice(0, 80)} ${width} × ${height}`);
}"""

# Running text in 18 px, tables and what stands beside the text in 16 px, marks of notes aside.
_SMALL_LETTERS = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const small = new Set();
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !element.checkVisibility() || element.closest("sup, noscript, .footnote-backref")) continue;
    const running = element.closest(":is(article, .official__body) > :is(p, ul, ol):not([class])") && !element.closest("code");
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (size < (running ? 18 : 16)) small.add(`${element.outerHTML.slice(0, 80)} ${size}`);
  }
  return [...small];
}"""
_SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"


def _pages(built: Path) -> list[str]:
    return sorted(path.relative_to(built).as_posix() for path in built.rglob("*.html"))


def _speech(fabricated: Reading) -> str:
    return next(iter(fabricated.conference.speeches))


@contextmanager
def _reader(browser: Browser, served: str, width: int, size: int) -> Iterator[Page]:
    """A page in a window of a width, whose reader has chosen a size of text."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme="light")
    context.add_init_script(script=AXE)
    page = context.new_page()
    page.goto(served)
    page.evaluate("size => proceedings.store.set('text-size', size)", size)
    page.reload()
    assert page.evaluate("document.documentElement.dataset.textSize") == str(size)
    yield page
    context.close()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_no_page_violates_what_axe_checks(built: Path, served: str, browser: Browser, width: int, size: int) -> None:
    with _reader(browser, served, width, size) as page:
        for path in _pages(built):
            page.goto(served + path)
            assert page.evaluate(_SIDEWAYS) <= 0, path
            assert page.evaluate(_VIOLATIONS) == [], path


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_what_was_found_violates_nothing(
    served: str, browser: Browser, fabricated: Reading, width: int, size: int,
) -> None:
    speech = _speech(fabricated)
    with _reader(browser, served, width, size) as page:
        page.goto(f"{served}tham-luan/{speech}.html")
        page.locator("#search-words").fill(fabricated.conference.speeches[speech].unit)
        page.locator(".search__title").first.wait_for(timeout=20_000)
        assert page.evaluate(_VIOLATIONS) == []
        assert page.evaluate(_SMALL_TARGETS) == []
        assert page.evaluate(_SMALL_LETTERS) == []


@pytest.mark.parametrize("size", SIZES)
def test_the_menu_of_a_phone_violates_nothing(served: str, browser: Browser, fabricated: Reading, size: int) -> None:
    with _reader(browser, served, PHONE, size) as page:
        page.goto(f"{served}tham-luan/{_speech(fabricated)}.html")
        page.locator("[data-menu]").click()
        page.locator(".menu a").first.wait_for()
        assert page.evaluate(_VIOLATIONS) == []
        assert page.evaluate(_SMALL_TARGETS) == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_an_open_note_and_a_tip_violate_nothing(
    served: str, browser: Browser, fabricated: Reading, width: int, size: int,
) -> None:
    with _reader(browser, served, width, size) as page:
        page.goto(f"{served}tham-luan/{_speech(fabricated)}.html")
        page.locator(".mine__note > summary").click()
        page.locator("[data-mine-note]").wait_for()
        page.locator("article [data-tip]").first.focus()
        page.locator(".tip").wait_for()
        assert page.evaluate(_VIOLATIONS) == []
        assert page.evaluate(_SMALL_TARGETS) == []


def test_no_page_scrolls_sideways_on_the_narrowest_phone_in_the_largest_letters(
    built: Path, served: str, browser: Browser,
) -> None:
    with _reader(browser, served, 320, 175) as page:
        for path in _pages(built):
            page.goto(served + path)
            assert page.evaluate(_SIDEWAYS) <= 0, path


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_what_one_presses_is_44_px_high_and_text_no_smaller_than_16(
    built: Path, served: str, browser: Browser, width: int,
) -> None:
    with _reader(browser, served, width, 100) as page:
        for path in _pages(built):
            page.goto(served + path)
            assert page.evaluate(_SMALL_TARGETS) == [], path
            assert page.evaluate(_SMALL_LETTERS) == [], path
