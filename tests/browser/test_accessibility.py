"""WCAG 2.2 AA of every page in every look, by axe-core; the sizes of letters and of what one presses."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from proceedings.conference.reading import Reading

pytestmark = pytest.mark.xdist_group("axe")
NARROWEST, PHONE, DESK = 320, 390, 1366  # px
SIZES = (100, 175)  # percent
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# What axe finds in every look; the attributes are those that readers' choices end in. A frame is drawn before it looks,
# and colours do not fade from one look into the next.
_VIOLATIONS = f"""async ([within, sizes]) => {{
  const options = {{runOnly: {json.dumps(TAGS)}, resultTypes: ["violations"], preload: false}};
  const found = [];
  for (const look of ["light", "dark"].flatMap((scheme) => sizes.map((textSize) => ({{scheme, textSize}})))) {{
    Object.assign(document.documentElement.dataset, look);
    document.getAnimations().forEach((animation) => animation.cancel());
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const {{violations}} = await axe.run(within ?? document, options);
    const faults = violations.flatMap(({{id, nodes}}) => nodes.map(({{target}}) => `${{id}}: ${{target}}`));
    if (document.documentElement.scrollWidth > innerWidth) faults.push("scrolls sideways");
    found.push(...faults.map((fault) => `${{look.scheme}}, ${{look.textSize}} %: ${{fault}}`));
  }}
  return found;
}}"""

# Links beside the text are used like buttons; check boxes and file inputs are used by their label.
_SMALL_TARGETS = """() => {
  const beside = ":is(.shell, .md-nav, .menu, .about, .contents, .mine, .notes, .ways, .print-copy, .md-footer) a";
  const controls = "button, summary, label:has(input), input:not(label input), textarea";
  return [...document.querySelectorAll(`${beside}, ${controls}`)]
    .filter((target) => target.checkVisibility({visibilityProperty: true}))
    .map((target) => [target, target.getBoundingClientRect()])
    .filter(([, {width, height}]) => Math.round(height) < 44 || Math.round(width) < 44)
    .map(([target, {width, height}]) => `${target.outerHTML.slice(0, 80)} ${width} × ${height}`);
}"""

# Running text is 18 px, tables and text beside it 16 px, except footnote marks.
_SMALL_LETTERS = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const small = new Set();
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !element.checkVisibility()) continue;
    if (element.closest("sup, noscript, .footnote-backref")) continue;
    const running = element.closest(":is(article, .official__body) > :is(p, ul, ol):not([class])");
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (size < (running && !element.closest("code") ? 18 : 16)) small.add(`${element.outerHTML.slice(0, 80)} ${size}`);
  }
  return [...small];
}"""


def _pages(built: Path) -> list[str]:
    return sorted(path.relative_to(built).as_posix() for path in built.rglob("*.html"))


@contextmanager
def _window(browser: Browser, width: int) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme="light")
    context.add_init_script(script=AXE)
    yield context.new_page()
    context.close()


def _violations(page: Page, *sizes: int, within: str | None = None) -> list[str]:
    """What axe finds on the page, or within one element of it where the rest is as on every page."""
    found: list[str] = page.evaluate(_VIOLATIONS, [within, sizes])
    return found


@pytest.fixture(scope="module")
def speech(served: str, fabricated: Reading) -> str:
    """The address of the first speech."""
    return f"{served}tham-luan/{next(iter(fabricated.conference.speeches))}.html"


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_no_page_violates_what_axe_checks_nor_is_small_or_wide(
    built: Path, served: str, browser: Browser, width: int,
) -> None:
    with _window(browser, width) as page:
        for path in _pages(built):
            page.goto(served + path)
            assert page.evaluate(_SMALL_TARGETS) == [], path
            assert page.evaluate(_SMALL_LETTERS) == [], path
            assert _violations(page, *SIZES) == [], path
            page.set_viewport_size({"width": NARROWEST, "height": 900})  # in the largest letters, which came last
            assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST, path
            page.set_viewport_size({"width": width, "height": 900})


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_what_was_found_violates_nothing(speech: str, browser: Browser, fabricated: Reading, width: int) -> None:
    with _window(browser, width) as page:
        page.goto(speech)
        page.locator("#search-words").fill(next(iter(fabricated.conference.speeches.values())).unit)
        page.locator(".search__title").first.wait_for(timeout=20_000)
        assert page.evaluate(_SMALL_TARGETS) == []
        assert page.evaluate(_SMALL_LETTERS) == []
        assert _violations(page, *SIZES, within=".search") == []


def test_the_menu_of_a_phone_violates_nothing(speech: str, browser: Browser) -> None:
    with _window(browser, PHONE) as page:
        page.goto(speech)
        page.locator("[data-menu]").click()
        page.locator(".menu a").first.wait_for()
        assert page.evaluate(_SMALL_TARGETS) == []
        assert page.evaluate(_SMALL_LETTERS) == []
        assert _violations(page, *SIZES, within=".menu") == []


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_an_open_note_and_a_tip_violate_nothing(speech: str, browser: Browser, width: int) -> None:
    with _window(browser, width) as page:
        for size in SIZES:
            page.goto(speech)
            page.evaluate("size => document.documentElement.dataset.textSize = size", size)
            page.locator(".mine__note > summary").click()
            page.locator("[data-mine-note]").wait_for()
            page.locator("article [data-tip]").first.focus()
            page.locator(".tip").wait_for()
            assert page.evaluate(_SMALL_TARGETS) == []
            assert [_violations(page, size, within=part) for part in (".mine", ".tip")] == [[], []]
            assert page.locator(".tip").is_visible()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_way_back_to_the_top_covers_a_strip_at_the_foot(speech: str, browser: Browser, width: int) -> None:
    with _window(browser, width) as page:
        page.goto(speech)
        page.evaluate("scrollTo(0, 1000)")
        page.mouse.wheel(0, -300)
        page.locator(".md-top:not([hidden])").wait_for()
        box = page.locator(".md-top").bounding_box()
        assert box
        assert box["height"] == pytest.approx(44, abs=6)
        assert box["y"] > 800
