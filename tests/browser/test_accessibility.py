"""WCAG 2.2 AA by axe-core: every page, and one page of each kind in every appearance.

Sizes of text and of click targets are measured on every page at every width.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from itertools import count
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser, Page

from proceedings.conference.reading import Reading

NARROWEST, PHONE, DESK = 320, 390, 1366  # px
SIZES = (100, 175)  # percent
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

LOOKS = [(scheme, size) for scheme in ("light", "dark") for size in SIZES]

# Runs axe in these appearances, by setting the attributes that readers' choices set. A frame is drawn before each
# run, and colour transitions are disabled.
_VIOLATIONS = f"""async ([within, looks]) => {{
  const options = {{runOnly: {json.dumps(TAGS)}, resultTypes: ["violations"], preload: false,
    selectors: false}};  // to make one for every element takes half the time
  const found = [];
  for (const look of looks.map(([scheme, textSize]) => ({{scheme, textSize}}))) {{
    Object.assign(document.documentElement.dataset, look);
    document.getAnimations().forEach((animation) => animation.cancel());
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const {{violations}} = await axe.run(within ?? document, options);
    const faults = violations.flatMap(({{id, nodes}}) => nodes.map(({{html}}) => `${{id}}: ${{html.slice(0, 120)}}`));
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


def _violations(page: Page, *looks: tuple[str, int], within: str | None = None) -> list[str]:
    """Return axe's findings on the page, or within one element if the rest is the same on every page."""
    found: list[str] = page.evaluate(_VIOLATIONS, [within, looks or LOOKS])
    return found


def _pieces(file: Path) -> set[tuple[str, str]]:
    """Return what a page consists of: the children of its article, and its tables, by name and class."""
    page = html.parse(file).getroot()
    elements = [*page.iterfind(".//article/*"), *page.iter("table", "main")]
    return {(element.tag, element.get("class", "")) for element in elements} | {("body", file.stem)} & {("body", "404")}


def _samples(built: Path) -> set[str]:
    """Return pages that together contain each piece, preferring those with the most pieces."""
    pieces = {path: _pieces(built / path) for path in _pages(built)}
    left, found = set().union(*pieces.values()), set()
    while left:
        path = max(pieces, key=lambda path: len(pieces[path] & left))
        found.add(path)
        left -= pieces[path]
    return found


@pytest.fixture(scope="module")
def speech(served: str, fabricated: Reading) -> str:
    """The address of the first speech."""
    return f"{served}tham-luan/{next(iter(fabricated.conference.speeches))}.html"


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_no_page_violates_what_axe_checks_nor_is_small_or_wide(
    built: Path, served: str, browser: Browser, width: int,
) -> None:
    samples, turn = _samples(built), count()
    with _window(browser, width) as page:
        for path in _pages(built):
            page.goto(served + path)
            page.evaluate("size => document.documentElement.dataset.textSize = size", SIZES[0])
            assert page.evaluate(_SMALL_TARGETS) == [], path
            assert page.evaluate(_SMALL_LETTERS) == [], path
            looks = LOOKS if path in samples else [LOOKS[next(turn) % len(LOOKS)]]  # each page in another appearance
            assert _violations(page, *looks) == [], path
            page.evaluate("size => document.documentElement.dataset.textSize = size", SIZES[-1])
            page.set_viewport_size({"width": NARROWEST, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST, path
            page.set_viewport_size({"width": width, "height": 900})


def test_the_pages_seen_in_every_look_are_of_every_kind_and_not_all(built: Path, fabricated: Reading) -> None:
    samples = _samples(built)
    assert {"index.html", "404.html", "ke-hoach.html", "chuong-trinh.html", "tien-do.html", "ghi-chu.html",
            "tham-luan/index.html"} <= samples
    assert samples & {f"tham-luan/{slug}.html" for slug in fabricated.conference.speeches}
    assert len(samples) < len(_pages(built))


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_what_was_found_violates_nothing(speech: str, browser: Browser, fabricated: Reading, width: int) -> None:
    with _window(browser, width) as page:
        page.goto(speech)
        page.locator("#search-words").fill(next(iter(fabricated.conference.speeches.values())).unit)
        page.locator(".search__title").first.wait_for(timeout=20_000)
        assert page.evaluate(_SMALL_TARGETS) == []
        assert page.evaluate(_SMALL_LETTERS) == []
        assert _violations(page, within=".search") == []


def test_the_menu_of_a_phone_violates_nothing(speech: str, browser: Browser) -> None:
    with _window(browser, PHONE) as page:
        page.goto(speech)
        page.locator("[data-menu]").click()
        page.locator(".menu a").first.wait_for()
        assert page.evaluate(_SMALL_TARGETS) == []
        assert page.evaluate(_SMALL_LETTERS) == []
        assert _violations(page, within=".menu") == []


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
            looks = [look for look in LOOKS if look[1] == size]
            assert [_violations(page, *looks, within=part) for part in (".mine", ".tip")] == [[], []]
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
