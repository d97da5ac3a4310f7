"""Controls and headings stay visible at any window width and text size, in Chromium.

The site is a build of the fabricated conference without PDFs and with a page of long and wide tables.
"""

import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from browsing import serving
from conftest import lay_out_project, run

WIDTHS = (1366, 1280, 1220, 1024, 768, 430, 390, 320)  # px
SIZES = (100, 115, 150, 175)  # percent
SPEECH, TABLES, REGISTER, BOARD = ("tham-luan/so-sach-va-thu-tich.html", "bien-tap/thu-bang.html",
                                   "phu-luc/van-ban.html", "tien-do.html")
_FILLER = "Đoạn văn này chỉ để kéo dài trang, cho phép thử cuộn xuống dưới. " * 12
_PAGE = f"""# Trang thử bảng

## Mục đầu

| Loại văn bản | Số, ký hiệu | Ngày ban hành | Cơ quan ban hành | Trích yếu nội dung |
|---|---|---|---|---|
| Nghị định giả định | 905/2031/NĐ-GD | 05/11/2031 | Cơ quan nghiên cứu giả định | {"Quy định thử dài dòng " * 6} |
| Thông tư giả định | 906/2031/TT-GD | 06/11/2031 | Cơ quan nghiên cứu giả định | Quy định ngắn |

{_FILLER}

## Mục hai

| TT | Tên gọi | `ma-hieu-rat-dai` | Ghi chú dài |
|---|---|---|---|
| 1 | Nghiên cứu | `docs/tham-luan/mot.md` | {"chữ nghiêng " * 20} |
| 2 | Nghiêm túc | `docs/tham-luan/hai.md` | ngắn |

{_FILLER}

### Điểm nhỏ

{_FILLER}

## Mục ba tìm kỳ đà

{_FILLER}

Chỗ duy nhất có chữ tê tê trong trang này. {_FILLER}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = lay_out_project(tmp_path_factory.mktemp("reach") / "project")
    (root / "docs" / "bien-tap" / "thu-bang.md").write_text(_PAGE, "utf-8")
    done = run(sys.executable, "-m", "mkdocs", "build", "--strict", folder=root, PROCEEDINGS_PDF="false")
    assert done.returncode == 0, done.stderr
    return root / "site"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with serving(site) as found:
        yield found


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A window shared by all tests; each sets its size."""
    made = browser.new_page(viewport={"width": 1366, "height": 900}, color_scheme="light")
    yield made
    made.close()


def _widen(page: Page, wide: int) -> None:
    page.set_viewport_size({"width": wide, "height": 900 if wide > 430 else 640 if wide < 390 else 800})


@pytest.fixture(params=WIDTHS)
def width(request: pytest.FixtureRequest, page: Page) -> int:
    _widen(page, request.param)
    return int(request.param)


def _show(page: Page, path: str, size: int) -> None:
    """Open a page in a text size, unless it is already open in another."""
    if page.url.split("#")[0] != path:
        page.goto(path)
    page.evaluate("""size => new Promise((done) => {
      document.documentElement.dataset.textSize = size;
      scrollTo(0, 0);
      requestAnimationFrame(() => requestAnimationFrame(done));
    })""", size)


def _choose(page: Page, address: str, size: int) -> None:
    """Set the text size for all pages opened from now on, as a reader does."""
    if not page.url.startswith(address):
        page.goto(f"{address}404.html")
    page.evaluate("size => proceedings.store.set('text-size', size)", size)


@pytest.fixture(autouse=True)
def _as_at_first(page: Page, address: str) -> Iterator[None]:
    yield
    page.goto(f"{address}assets/images/favicon.png")  # of the same origin, without scripts that store anything
    page.evaluate("localStorage.clear()")
    page.goto("about:blank")


# --- Jumps ---------------------------------------------------------------------------------------
# Headings that are covered after a jump to them, or are not in the upper half of the window.
_COVERED = """() => {
  const found = [];
  for (const heading of document.querySelectorAll("article :is(h2, h3)[id]")) {
    scrollTo(0, 0);
    location.hash = "";
    location.hash = heading.id;
    const end = scrollY >= document.documentElement.scrollHeight - innerHeight - 2;
    const text = document.createRange();
    text.selectNodeContents(heading);
    const { left, top } = text.getClientRects()[0];
    const there = document.elementFromPoint(left + 3, top + 3);
    if (top < 0 || (top > innerHeight / 2 && !end) || !heading.contains(there)) found.push(`${heading.id} ${top}`);
  }
  return found;
}"""
# Menu items out of reach while the page is scrolled, and a header that covers more than a quarter of the window.
_LOST = """() => {
  const shown = (selector) =>
    [...document.querySelectorAll(selector)].find((found) => found.checkVisibility({ visibilityProperty: true }));
  const inSight = (element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  };
  const lost = [];
  if (!shown(".md-sidebar--secondary a, .contents > summary")) lost.push("headings");
  scrollTo(0, 1500);
  const button = shown("[data-menu]");
  if (!inSight(button ?? document.querySelector(".md-tabs__link"))) lost.push("menu");
  if (!button && location.pathname.lastIndexOf("/") && !shown(".menu a")) lost.push("pages");
  const row = document.querySelector(".shell__row").getBoundingClientRect();
  const head = Math.max(row.bottom, button ? 0 : document.querySelector(".shell").getBoundingClientRect().bottom);
  if (head > innerHeight / 4) lost.push(`${head} px below the head`);
  return lost;
}"""
_IN_SIGHT = """mark => {
  const { left, top, width, height } = mark.getBoundingClientRect();
  return mark.contains(document.elementFromPoint(left + width / 2, top + height / 2));
}"""


# Pages with headings, whose menus are tested as well.
@pytest.mark.parametrize("path", [SPEECH, TABLES, "ke-hoach.html"])
def test_headings_and_pages_are_within_reach_at_every_width_and_size(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    for wide in WIDTHS:
        _widen(page, wide)
        for size in (*SIZES, 130):
            _show(page, address + path, size)
            assert size == 130 or page.evaluate(_COVERED) == [], (wide, size)
            assert page.evaluate(_LOST) == [], (wide, size)
            page.evaluate("location.hash = ''")


def test_no_heading_is_covered_for_who_comes_from_another_page(page: Page, address: str, width: int) -> None:
    for size in (100, 175):
        _choose(page, address, size)
        page.goto("about:blank")  # so that the page is reloaded
        page.goto(f"{address}{TABLES}#muc-ba-tim-ky-da")
        assert page.evaluate("document.documentElement.dataset.textSize") == str(size)
        page.wait_for_load_state()
        found = page.locator("#muc-ba-tim-ky-da")
        assert found.evaluate(_IN_SIGHT), size
        box = found.bounding_box()
        assert box
        assert box["y"] < 450


def _wait_for_sight(page: Page) -> None:
    """Wait until the first highlighted match is visible: the page scrolls to it after layout."""
    page.wait_for_function(f"() => ({_IN_SIGHT})(document.querySelector('mark.found'))", timeout=10_000)


def test_after_a_search_the_first_mark_is_in_sight(page: Page, address: str, width: int) -> None:
    for size in (100, 175):
        _choose(page, address, size)
        for anchor in ("", "#muc-ba-tim-ky-da", *(["#%"] if width == 390 else [])):
            page.goto("about:blank")
            page.goto(f"{address}{TABLES}?h=te+te{anchor}")
            page.locator("mark.found").first.wait_for()
            expect(page.locator("mark.found")).to_have_count(2)
            _wait_for_sight(page)


def test_a_mark_in_what_is_closed_or_scrolled_away_comes_into_sight(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{address}{TABLES}?h=quy+dinh+ngan")
    page.locator("mark.found").first.wait_for()
    _wait_for_sight(page)
    page.goto(f"{address}ke-hoach.html?h=muc+dich")  # also in the table of contents
    page.locator("mark.found").first.wait_for()
    assert page.locator(".contents mark").count() == 0
    _wait_for_sight(page)


# --- Menus -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(("wide", "size"), [(390, 100), (320, 175), (1024, 115), (1366, 150), (1280, 175)])
def test_the_menu_opens_over_the_page_and_is_closed_in_four_ways(
    page: Page, address: str, wide: int, size: int,
) -> None:
    page.set_viewport_size({"width": wide, "height": 800})
    _show(page, address + SPEECH, size)
    page.evaluate("scrollTo(0, 900)")
    button, menu = page.get_by_role("button", name="Mục lục"), page.get_by_role("navigation", name="Mục lục các trang")
    for close in ("button", "key", "page", "tab"):
        button.click()
        expect(button).to_have_attribute("aria-expanded", "true")
        entry = menu.get_by_role("link", name="Tiến độ")
        assert entry.evaluate("link => { link.scrollIntoView(); return true; }")
        expect(entry).to_be_visible()
        closing = menu.get_by_role("button", name="Đóng")
        assert closing.evaluate(_IN_SIGHT), close
        if close == "button":
            closing.click()
        elif close == "key":
            page.keyboard.press("Escape")
        elif close == "page":
            page.mouse.click(wide - 5, 400)
        else:
            menu.get_by_role("link").last.focus()
            page.keyboard.press("Tab")
        expect(menu).to_be_hidden()
        expect(button).to_have_attribute("aria-expanded", "false")
    button.click()
    menu.get_by_role("link", name="Tiến độ").click()
    page.wait_for_url("**/tien-do.html")


def test_results_are_closed_from_wherever_they_are_scrolled_to(page: Page, address: str) -> None:
    for wide, size in ((320, 175), (1366, 100)):
        _widen(page, wide)
        _choose(page, address, size)
        page.goto(address + SPEECH)
        page.locator("#search-words").fill("thư viện")
        page.locator(".search__title").first.wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowUp")  # a result focused by keyboard is below the sticky part
        assert page.locator(".search__title").first.evaluate("""link => {
          const { left, top } = link.getClientRects()[0];
          return link.contains(document.elementFromPoint(left + 20, top + 9));
        }""")
        page.locator("#search-found").evaluate("panel => panel.scrollTo(0, panel.scrollHeight)")
        closing = page.locator("#search-found").get_by_role("button", name="Đóng")
        assert closing.evaluate(_IN_SIGHT), wide
        closing.click()
        expect(page.locator("#search-found")).to_be_hidden()


def test_the_button_to_the_top_says_its_words_in_one_line(page: Page, address: str) -> None:
    _widen(page, 320)
    for size in (100, 175):
        _show(page, address + SPEECH, size)
        lines = page.locator(".md-top").evaluate("""button => {
          const text = document.createRange();
          text.selectNodeContents(button.lastChild);
          return text.getClientRects().length;
        }""")
        assert lines == 1, size


def test_a_window_that_grows_closes_the_menu(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1000, "height": 800})
    _show(page, address + SPEECH, 100)
    page.get_by_role("button", name="Mục lục").click()
    page.set_viewport_size({"width": 1366, "height": 800})
    page.wait_for_function("!document.querySelector('#__drawer').checked")
    assert page.locator("article h1").evaluate(_IN_SIGHT)


def test_tabs_grow_with_the_letters(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1366, "height": 900})
    letters = "tab => parseFloat(getComputedStyle(tab).fontSize)"
    found = []
    for size in (100, 175):
        _show(page, address + SPEECH, size)
        found.append(page.locator(".md-tabs__link").first.evaluate(letters))
    assert found[1] == pytest.approx(1.75 * found[0])


def test_tabs_say_where_the_reader_is(page: Page, address: str) -> None:
    marked = "tabs => tabs.map(tab => [tab.textContent.trim(), tab.getAttribute('aria-current')]).filter(tab => tab[1])"
    for path, told in ((SPEECH, ["Tham luận", "true"]), ("tham-luan/index.html", ["Tham luận", "page"]),
                       (BOARD, ["Tiến độ", "page"])):
        page.goto(address + path)
        assert page.locator(".md-tabs__link").evaluate_all(marked) == [told]


def test_the_skip_link_leads_to_before_the_title(page: Page, address: str) -> None:
    for path in (SPEECH, "index.html", "ke-hoach.html", BOARD, "404.html"):
        page.goto(address + path)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent.trim()") == "Chuyển đến nội dung"
        page.keyboard.press("Enter")
        follows = page.evaluate("""() => {
          const [target, title] = [document.querySelector(":target"), document.querySelector("h1")];
          return target === title || target.contains(title)
            || Boolean(target.compareDocumentPosition(title) & Node.DOCUMENT_POSITION_FOLLOWING);
        }""")
        assert follows, path


def test_the_name_of_a_control_holds_the_words_that_it_shows(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    for path in ("index.html", SPEECH, TABLES, "ghi-chu.html"):
        page.goto(address + path)
        unlike = page.evaluate("""() => {
          const words = (text) => text.toLowerCase().replace(/[^\\p{L}\\p{N}+−]+/gu, " ").trim();
          return [...document.querySelectorAll(":is(a, button, input, summary)[aria-label]")]
          .filter((control) => !words(control.getAttribute("aria-label")).includes(words(control.innerText)))
          .map((control) => control.outerHTML);
        }""")
        assert unlike == [], path


def test_without_script_nothing_covers_the_text_and_the_tabs_lead(browser: Browser, address: str) -> None:
    for wide in (1366, 390):
        context = browser.new_context(java_script_enabled=False, viewport={"width": wide, "height": 800})
        page = context.new_page()
        page.goto(f"{address}{TABLES}#muc-hai")
        expect(page.get_by_role("button", name="Mục lục")).to_be_hidden()
        heading = page.locator("#muc-hai").bounding_box()
        head = page.locator(".shell").bounding_box()
        assert heading
        assert head
        assert head["y"] + head["height"] <= heading["y"]
        page.get_by_role("link", name="Tiến độ").first.click()
        page.wait_for_url("**/tien-do.html")
        context.close()


# --- Tables ------------------------------------------------------------------------------------------
# Cells narrower than half of six letters of their longest word.
_BROKEN = """() => [...document.querySelectorAll("td, th")].filter((cell) => {
  const longest = Math.max(0, ...cell.innerText.split(/\\s+/).map((word) => word.length));
  const letter = parseFloat(getComputedStyle(cell).fontSize);
  return longest > 3 && cell.clientWidth && cell.clientWidth < letter * Math.min(longest, 6) * 0.5;
}).map((cell) => cell.innerText)"""
# For each scroll container: whether its first column stays at the edge and covers what scrolls below it.
_PINNED = """() => [...document.querySelectorAll(".md-typeset__scrollwrap")]
  .filter((frame) => frame.scrollWidth > frame.clientWidth + 1).map((frame) => {
    const cell = frame.querySelector("tbody tr").firstElementChild;
    cell.scrollIntoView(); // to its top: a row may be taller than the window
    frame.scrollLeft = 10_000;
    const [edge, box] = [frame.getBoundingClientRect(), cell.getBoundingClientRect()];
    const there = document.elementFromPoint(box.left + 4, box.top + 8);
    const ground = getComputedStyle(cell).backgroundColor;
    const stays = Math.abs(box.left - edge.left) < 2 && cell.contains(there);
    return stays && !/rgba|transparent/.test(ground) && frame.tabIndex === 0;
  })"""


# Narrow cells of four or more words with one word per line; on phones the pinned first column has no more space.
_TOWERS = """() => [...document.querySelectorAll("article table:not([class]) tr:not(.mentioned) > *")].filter(cell => {
  if (innerWidth <= 430 && !cell.previousElementSibling) return false;
  if (cell.clientWidth > 7 * parseFloat(getComputedStyle(cell).fontSize)) return false;
  const words = cell.innerText.trim().split(/\\s+/).length;
  const text = document.createRange();
  text.selectNodeContents(cell);
  const lines = new Set([...text.getClientRects()].map((box) => Math.round(box.bottom)));
  return words >= 4 && lines.size >= words;
}).map((cell) => cell.innerText)"""


@pytest.mark.parametrize("path", [TABLES, REGISTER, BOARD, "tham-luan/index.html", "chuong-trinh.html",
                                  "phu-luc/don-vi.html"])
def test_tables_keep_words_whole_and_scroll_within_their_frames(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    scrolled = []
    for wide in WIDTHS:
        _widen(page, wide)
        for size in SIZES:
            _show(page, address + path, size)
            assert page.evaluate("document.documentElement.scrollWidth") <= wide, size
            assert page.evaluate(_BROKEN) == [], (wide, size)
            assert page.evaluate(_TOWERS) == [], (wide, size)
            scrolled += page.evaluate(_PINNED)
            assert all(scrolled), (wide, size)
    assert scrolled or path != TABLES


def test_no_column_is_a_tower_of_words_on_paper(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 624, "height": 900})
    _show(page, address + TABLES, 175)
    page.emulate_media(media="print")
    assert page.evaluate(_TOWERS) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 624
    page.emulate_media(media="screen")


def test_the_rows_of_a_register_stand_close_on_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    for size in (100, 175):
        _show(page, address + REGISTER, size)
        blank = page.evaluate("""() => Math.max(...[...document.querySelectorAll("tr[id]")].map((row) => {
          const bottoms = [...row.cells].flatMap((cell) => {
            const text = document.createRange();
            text.selectNodeContents(cell);
            return [...text.getClientRects()].filter((box) => box.left < innerWidth).map((box) => box.bottom);
          });
          return row.getBoundingClientRect().bottom - Math.max(...bottoms);
        }))""")
        assert blank < 40, size


def test_rows_are_named_by_headers(page: Page, address: str) -> None:
    for path, column in ((BOARD, 1), ("tham-luan/index.html", 1), ("phu-luc/don-vi.html", 0), ("chuong-trinh.html", 1)):
        page.goto(address + path)
        heads = page.locator("article tbody tr").evaluate_all(
            "rows => rows.map(row => [...row.cells].findIndex(cell => cell.matches('th[scope=row]')))")
        assert set(heads) == {column}, path


# --- What browsers keep, and addresses ---------------------------------------------------------------
_VALUES = ['0', '"x"', '"2035-99-99"', '"9999-12-31"', '[1]', '{', '', '{"today": 5}',
           '{"today": "2020-01-01", "before": {}}', '{"note": null, "read": {}, "changed": "hôm qua"}',
           '{"note": "a", "read": "no", "changed": 5}', '"' + "x" * 100_000 + '"']
_KEYS = ("text-size", "scheme", "visits", "news-since", "document:ke-hoach", "document:", "document:\u0001")


def test_whatever_is_stored_no_page_breaks(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{address}index.html")
    for value in _VALUES:
        page.evaluate("""([keys, value]) => {
          localStorage.clear();
          for (const key of keys) localStorage.setItem(`${proceedings.site}:${key}`, value);
        }""", [_KEYS, value])
        for path in ("index.html", "ke-hoach.html", "tham-luan/index.html", "ghi-chu.html"):
            page.goto(address + path, wait_until="domcontentloaded")  # deferred scripts have run by then
            assert faults == [], (path, value[:50])
            shown = page.locator("body").inner_text()
            assert not re.search(r"NaN|undefined|\[object|Invalid", shown), (path, value[:50])
        assert page.evaluate("typeof proceedings.records.of('ke-hoach').note") == "string"
        with page.expect_download() as download:  # exported data can be imported again
            page.get_by_role("button", name="Xuất ra tệp").click()
        page.locator("[data-notes-import]").set_input_files(download.value.path())
        expect(page.locator("[data-notes-said]")).to_contain_text("Đã nhập")
    context.close()


def test_the_day_of_the_last_visit_is_a_day_whatever_is_stored(page: Page, address: str) -> None:
    page.goto(f"{address}index.html")
    for value in _VALUES:
        page.evaluate("value => localStorage.setItem(`${proceedings.site}:visits`, value)", value)
        page.reload()
        kept = page.evaluate("proceedings.store.get('visits', null)")
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", str(kept["today"])), value[:50]
        assert re.fullmatch(r"(\d{4}-\d\d-\d\d)?", str(kept["before"])), value[:50]


@pytest.mark.parametrize("forbid", [
    "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })",
    "Object.defineProperty(window, 'localStorage', { value: null })",
    "Storage.prototype.getItem = Storage.prototype.setItem = () => { throw new Error('no'); }"])
def test_without_a_store_no_page_breaks(browser: Browser, address: str, forbid: str) -> None:
    context = browser.new_context()
    context.add_init_script(forbid)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    for path in ("index.html", SPEECH, "ghi-chu.html", "tham-luan/index.html", BOARD, "404.html"):
        page.goto(address + path)
        page.get_by_role("button", name="Phóng to chữ").click()
        assert page.evaluate("document.documentElement.dataset.textSize") == "115"
    assert faults == []
    context.close()


@pytest.mark.parametrize("query", ["hội nghị thư viện lưu động " * 300, "a " * 4000, '"' * 8000, "1/2 " * 2000],
                         ids=["words", "letters", "quotes", "numbers"])
def test_no_query_of_an_address_holds_the_page_up(page: Page, address: str, query: str) -> None:
    page.goto(f"{address}index.html")
    started = time.monotonic()
    page.goto(f"{address}{SPEECH}?h={quote(query)}")
    page.wait_for_function("window.proceedings.search && document.querySelector('script[src*=\"part-0\"]')")
    page.evaluate("new Promise((done) => setTimeout(done, 200))")
    assert time.monotonic() - started < 6


def test_no_address_breaks_a_page(page: Page, address: str) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    for rest in ("?h=", "?h=%FF%FE", "?h=a&h=b", "#%", "#%E0%A4%A", "#" + "x" * 9000, "#a'\"]", "?h=thu#%"):
        page.goto("about:blank")
        page.goto(address + SPEECH + rest)
        page.locator("#search-words").fill("thư viện")
        page.locator(".search__title").first.wait_for()
        assert faults == [], rest[:20]


# --- The page for wrong addresses ----------------------------------------------------------------------
@pytest.mark.parametrize("below", ["/", "/tai-lieu/hoi-nghi/"])
def test_the_page_for_wrong_addresses_searches_wherever_the_site_stands(
    browser: Browser, tmp_path: Path, below: str,
) -> None:
    root = lay_out_project(tmp_path / "project")
    file = root / "mkdocs.yml"
    file.write_text(f"site_url: https://vi-du.example{below}\n{file.read_text('utf-8')}", "utf-8")
    done = run(sys.executable, "-m", "mkdocs", "build", "--strict", folder=root, PROCEEDINGS_PDF="false")
    assert done.returncode == 0, done.stderr
    page = browser.new_page()
    elsewhere: list[str] = []

    def answer(route, request) -> None:  # type: ignore[no-untyped-def]
        path = request.url.split("?")[0].removeprefix("https://vi-du.example")
        if path == request.url.split("?")[0] or not path.startswith(below):
            elsewhere.append(request.url)
        asked = root / "site" / path.removeprefix(below)
        if asked.is_file():
            route.fulfill(path=asked)
        else:
            route.fulfill(path=root / "site" / "404.html", status=404)

    page.route("**/*", answer)
    page.goto(f"https://vi-du.example{below}tham-luan/sau/khong-co.html")
    page.locator("#search-words").fill("thư viện")
    page.locator(".search__title").first.wait_for()
    assert elsewhere == []
    page.locator(".search__title").first.click()
    page.locator("mark.found").first.wait_for()
    page.close()
