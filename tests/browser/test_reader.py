"""Data kept in the reader's browser, in Chromium: settings, notes, read marks, tooltips, changes."""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect

from browsing import serving
from conftest import git, lay_out_project, run
from proceedings.conference.reading import Reading

ANY_NOTE = {"read": True, "note": "Câu hỏi", "changed": "2030-01-02T03:04:05.000Z"}


@pytest.fixture(params=["served", "folder"])
def address(request: pytest.FixtureRequest, built: Path, served: str) -> str:
    """The address of the site: on a server, or in its folder."""
    return served if request.param == "served" else f"{built.as_uri()}/"


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[BrowserContext]:
    """A window for all tests, since one for each would take a second."""
    made = browser.new_context(viewport={"width": 1000, "height": 900}, color_scheme="light", accept_downloads=True)
    yield made
    made.close()


@pytest.fixture
def context(window: BrowserContext) -> Iterator[BrowserContext]:
    """A browser context that has never opened the site."""
    yield window
    for page in window.pages:
        # A blank page has no storage.
        page.evaluate("() => { try { localStorage.clear(); sessionStorage.clear() } catch {} }")
        page.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def speech(fabricated: Reading) -> str:
    """The path of the first speech, without suffix."""
    return f"tham-luan/{next(iter(fabricated.conference.speeches))}"


def look(page: Page) -> tuple[object, object]:
    """Return the colour scheme and text size of the page."""
    found = page.evaluate("({...document.documentElement.dataset})")
    return found.get("scheme"), found.get("textSize")


def site_of(page: Page) -> str:
    site: str = page.evaluate("window.proceedings.site")
    return site


def answer(page: Page, *, yes: bool) -> list[str]:
    """Answer all questions of the page; the returned list collects them."""
    asked: list[str] = []

    def reply(dialog: Dialog) -> None:
        asked.append(dialog.message)
        if yes:
            dialog.accept()
        else:
            dialog.dismiss()

    page.on("dialog", reply)
    return asked


# --- Text size and colour scheme -------------------------------------------------------------
def test_text_grows_and_shrinks_within_its_bounds_and_is_remembered(page: Page, address: str, speech: str) -> None:
    page.goto(f"{address}{speech}.html")
    larger, smaller = page.get_by_label("Phóng to chữ"), page.get_by_label("Thu nhỏ chữ")
    expect(smaller).to_be_disabled()
    for size in (115, 130, 150, 175):
        expect(larger).to_be_enabled()
        larger.click()
        assert look(page)[1] == str(size)
        expect(page.locator("[data-display-said]")).to_have_text(f"Cỡ chữ {size} %")
    expect(larger).to_be_disabled()
    page.goto(f"{address}index.html")
    assert look(page)[1] == "175"
    page.get_by_label("Thu nhỏ chữ").click()
    assert look(page)[1] == "150"


def test_the_choice_of_a_page_reaches_the_other_tabs(context: BrowserContext, page: Page, address: str) -> None:
    other = context.new_page()
    other.goto(f"{address}ke-hoach.html")
    page.goto(f"{address}index.html")
    page.get_by_label("Phóng to chữ").click()
    page.get_by_label("Chuyển sang nền tối").click()
    other.wait_for_function("document.documentElement.dataset.scheme === 'dark'")
    assert look(other) == ("dark", "115")


def test_ground_follows_the_system_until_the_reader_chooses(page: Page, address: str) -> None:
    page.goto(f"{address}index.html")
    assert look(page)[0] == "light"
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("document.documentElement.dataset.scheme === 'dark'")
    page.get_by_label("Chuyển sang nền sáng").click()
    page.reload()
    assert look(page)[0] == "light"
    expect(page.get_by_label("Chuyển sang nền tối")).to_be_visible()


def test_controls_are_large_enough_and_fit_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 600})
    page.goto(f"{address}index.html")
    for button in page.locator("[data-display]").all():
        box = button.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320


def test_without_script_there_are_no_controls(browser: Browser, served: str, speech: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}{speech}.html")
    expect(page.locator(".display")).to_be_hidden()
    expect(page.locator("[data-mine]")).to_be_hidden()
    context.close()


def test_what_the_browser_refuses_to_keep_lasts_as_long_as_the_page_and_is_told(
    page: Page, address: str, speech: str,
) -> None:
    page.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); }")
    page.goto(f"{address}{speech}.html")
    page.get_by_label("Phóng to chữ").click()
    page.get_by_label("Phóng to chữ").click()
    assert look(page)[1] == "130"
    expect(page.locator("[data-mine-kept]")).to_contain_text("không cho lưu")


# --- Notes and read marks ------------------------------------------------------------------------
def write(page: Page, note: str) -> None:
    if not page.locator(".mine__note").evaluate("details => details.open"):
        page.locator(".mine__note summary").click()
    page.locator("[data-mine-note]").fill(note)


def test_tick_and_note_are_kept_shown_in_the_list_and_in_tables(page: Page, address: str, speech: str) -> None:
    page.goto(f"{address}{speech}.html")
    expect(page.locator("[data-mine-kept]")).to_have_text("Chỉ lưu trong trình duyệt này, không gửi đi đâu.")
    page.get_by_label("Đã đọc").check()
    write(page, "Một <b>câu hỏi</b>\nHai")
    page.goto(f"{address}ghi-chu.html")  # immediately: the last input is saved when the page is left
    row = page.locator(f'[data-path="{speech}"]').last
    expect(row.get_by_label("Đã đọc")).to_be_checked()
    expect(row.locator(".notes__text")).to_have_text("Một <b>câu hỏi</b>\nHai")
    expect(page.locator("[data-notes-count]")).to_have_text(re.compile(r"^Đã đọc 1 trên 8 tài liệu\.$"))
    page.goto(f"{address}tham-luan/index.html")
    expect(page.locator(".register .read-mark")).to_have_count(1)
    expect(page.locator(".register a + .read-mark")).to_have_text("✓ Đã đọc")
    page.goto(f"{address}{speech}.html")
    expect(page.get_by_label("Đã đọc")).to_be_checked()
    expect(page.locator("[data-mine-note]")).to_have_value("Một <b>câu hỏi</b>\nHai")
    expect(page.locator("[data-mine-sign]")).to_be_visible()
    expect(page.locator("[data-mine-when]")).to_have_text(re.compile(r"\d{1,2}h\d\d ngày \d\d/\d\d/\d{4}"))


def test_every_document_of_the_list_takes_notes(page: Page, served: str) -> None:
    page.goto(f"{served}ghi-chu.html")
    links = page.locator("[data-notes-list] a").evaluate_all("links => links.map(link => link.href)")
    assert len(links) == 8
    for link in links:
        page.goto(link)
        page.get_by_label("Đã đọc").check()
    page.goto(f"{served}ghi-chu.html")
    expect(page.locator("[data-notes-count]")).to_have_text("Đã đọc 8 trên 8 tài liệu.")


def test_notes_go_out_as_a_file_and_come_back_whole(page: Page, address: str, speech: str, tmp_path: Path) -> None:
    page.goto(f"{address}{speech}.html")
    page.get_by_label("Đã đọc").check()
    write(page, "Câu hỏi “khó”\n\tHai")
    page.goto(f"{address}ghi-chu.html")
    with page.expect_download() as download:
        page.get_by_role("button", name="Xuất ra tệp").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    content = json.loads(file.read_text("utf-8"))
    assert (content["format"], content["version"], content["site"]) == ("proceedings-notes", 1, site_of(page))
    assert content["documents"][speech]["note"] == "Câu hỏi “khó”\n\tHai"
    asked = answer(page, yes=True)
    page.get_by_role("button", name="Xóa tất cả").click()
    expect(page.locator("[data-notes-count]")).to_have_text("Đã đọc 0 trên 8 tài liệu.")
    assert len(asked) == 1
    page.locator("[data-notes-import]").set_input_files(file)
    expect(page.locator("[data-notes-said]")).to_have_text("Đã nhập: 1 tài liệu có dấu hoặc ghi chú lấy từ tệp.")
    expect(page.locator(".notes__text")).to_have_text("Câu hỏi “khó”\n\tHai")
    expect(page.locator("[data-notes-count]")).to_have_text("Đã đọc 1 trên 8 tài liệu.")
    page.locator("[data-notes-import]").set_input_files(file)
    expect(page.locator("[data-notes-said]")).to_contain_text("1 tài liệu giống hệt.")


def test_nothing_is_cleared_without_a_yes(page: Page, served: str, speech: str) -> None:
    page.goto(f"{served}{speech}.html")
    page.get_by_label("Đã đọc").check()
    page.goto(f"{served}ghi-chu.html")
    asked = answer(page, yes=False)
    page.get_by_role("button", name="Xóa tất cả").click()
    assert len(asked) == 1
    expect(page.locator("[data-notes-count]")).to_have_text("Đã đọc 1 trên 8 tài liệu.")


def put(page: Page, path: str, note: str, changed: str, *, read: bool = False) -> None:
    """Store a record in the browser with a given time."""
    page.evaluate("([path, record]) => { proceedings.records.put(path, record); }",
                  [path, {"read": read, "note": note, "changed": changed}])


def take(page: Page, tmp_path: Path, content: object, site: str = "") -> None:
    """Import a file with this content, or with these documents."""
    file = tmp_path / "a.json"
    if isinstance(content, dict) and "format" not in content:
        content = {"format": "proceedings-notes", "version": 1, "site": site or site_of(page),
                   "exported": "2030-01-01T00:00:00.000Z", "documents": content}
    file.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    page.locator("[data-notes-said]").evaluate("said => { said.textContent = ''; }")
    page.locator("[data-notes-import]").set_input_files(file)
    expect(page.locator("[data-notes-said]")).not_to_have_text("")


def note_of(page: Page, path: str) -> str:
    note: str = page.evaluate("path => proceedings.records.of(path).note", path)
    return note


OLD, NEW = "2020-01-01T00:00:00.000Z", "2021-01-01T00:00:00.000Z"


@pytest.mark.parametrize(("mine", "theirs", "result"), [
    (("cũ", OLD), ("mới", NEW), "mới\n\n— Ghi chú khác của cùng tài liệu: —\ncũ"),
    (("mới", NEW), ("cũ", OLD), "mới"),
    (("một", OLD), ("một, hai", NEW), "một, hai"),
    (("một", OLD), ("hai", OLD), "một\n\n— Ghi chú khác của cùng tài liệu: —\nhai"),
    (("một", OLD), ("", NEW), "một"),
])
def test_of_two_notes_the_newer_leads_and_no_word_of_mine_is_lost(
    page: Page, served: str, speech: str, tmp_path: Path, mine: tuple[str, str], theirs: tuple[str, str], result: str,
) -> None:
    page.goto(f"{served}ghi-chu.html")
    put(page, speech, *mine)
    file = {speech: {"read": True, "note": theirs[0], "changed": theirs[1]}}
    for _ in range(2):  # a second import changes nothing
        take(page, tmp_path, file)
        assert note_of(page, speech) == result


_NONE: tuple[tuple[object, str], ...] = (
    ("", "không phải tệp ghi chú"),
    ("{", "không phải tệp ghi chú"),
    ("[]", "không phải tệp ghi chú"),
    ("null", "không phải tệp ghi chú"),
    ('{"format": "khac", "version": 1}', "không phải tệp ghi chú"),
    ('{"format": "proceedings-notes", "version": 2}', "phiên bản khác"),
    ('{"format": "proceedings-notes", "version": 1, "site": "a", "documents": []}', "danh sách tài liệu"),
    ('{"format": "proceedings-notes", "version": 1, "documents": {}}', "danh sách tài liệu"),
    ({"a": 1}, "không đúng dạng"),
    ({"a": {**ANY_NOTE, "note": {"x": 1}}}, "không đúng dạng"),
    ({"a": {**ANY_NOTE, "read": "true"}}, "không đúng dạng"),
    ({"a": {**ANY_NOTE, "changed": "hôm qua"}}, "không đúng dạng"),
    ({"a": {**ANY_NOTE, "changed": "2030-99-02T03:04:05Z"}}, "không đúng dạng"),
    ({"a\u0000b": ANY_NOTE}, "không đúng dạng"),
    ({"": ANY_NOTE}, "không đúng dạng"),
    ({"tot": ANY_NOTE, "x" * 301: ANY_NOTE}, "không đúng dạng"),
    ({f"a{number}": ANY_NOTE for number in range(5001)}, "danh sách tài liệu"),
    ("x" * 5_000_001, "quá lớn"),
)


def test_a_file_that_is_none_is_refused_whole_and_changes_nothing(
    page: Page, served: str, speech: str, tmp_path: Path,
) -> None:
    page.goto(f"{served}ghi-chu.html")
    put(page, speech, "của tôi", OLD)
    before = page.evaluate("({...localStorage})")
    for content, words in _NONE:
        take(page, tmp_path, content)
        assert words in page.locator("[data-notes-said]").inner_text(), content
        assert page.evaluate("({...localStorage})") == before, content


def test_words_of_a_file_are_shown_and_never_obeyed(page: Page, served: str, speech: str, tmp_path: Path) -> None:
    hostile = '<img src=x onerror="window.ran = 1"><script>window.ran = 1</script>'
    page.goto(f"{served}ghi-chu.html")
    take(page, tmp_path, {speech: {**ANY_NOTE, "note": hostile}, "__proto__x": {**ANY_NOTE, "note": hostile},
                          'khong-con"><b>': {**ANY_NOTE, "note": hostile}})
    texts = page.locator(".notes__text")
    expect(texts).to_have_count(3)
    assert set(texts.all_inner_texts()) == {hostile}
    assert page.evaluate("window.ran") is None
    page.goto(f"{served}{speech}.html")
    expect(page.locator("[data-mine-note]")).to_have_value(hostile)


def test_a_file_of_another_site_is_taken_only_on_a_yes(page: Page, served: str, speech: str, tmp_path: Path) -> None:
    page.goto(f"{served}ghi-chu.html")
    asked = answer(page, yes=False)
    take(page, tmp_path, {speech: ANY_NOTE}, site="noi-khac")
    assert len(asked) == 1
    assert "noi-khac" in asked[0]
    assert note_of(page, speech) == ""


# --- Tooltips ------------------------------------------------------------------------------------
ABBREVIATION, CITATION = "abbr[data-tip]:not(a *)", "a.cite[data-tip]"


def tipped(page: Page, built: Path, address: str, selector: str) -> str:
    """Open the first page with such an element, and return its explanation."""
    for file in sorted(built.rglob("tham-luan/*.html")) + sorted(built.glob("*.html")):
        page.goto(f"{address}{file.relative_to(built).as_posix()}")
        if page.locator(selector).count():
            page.locator(selector).first.scroll_into_view_if_needed()
            return str(page.locator(selector).first.get_attribute("data-tip"))
    raise AssertionError(f"no page has {selector}")


@pytest.mark.parametrize("selector", [ABBREVIATION, CITATION])
def test_tip_comes_by_hover_stays_while_hovered_and_goes_with_escape(
    page: Page, built: Path, address: str, selector: str,
) -> None:
    words, tip, element = tipped(page, built, address, selector), page.locator("#tip"), page.locator(selector).first
    element.hover()
    expect(tip).to_have_text(words)
    expect(element).to_have_attribute("aria-describedby", "tip")
    expect(element).not_to_have_attribute("title", re.compile(".*"))
    tip.hover()
    page.wait_for_timeout(500)
    expect(tip).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    expect(element).not_to_have_attribute("aria-describedby", "tip")
    if selector == ABBREVIATION:
        expect(element).to_have_attribute("title", words)


def test_tip_goes_when_the_pointer_has_left(page: Page, built: Path, served: str) -> None:
    tipped(page, built, served, ABBREVIATION)
    page.locator(ABBREVIATION).first.hover()
    expect(page.locator("#tip")).to_be_visible()
    page.mouse.move(1, 1)
    expect(page.locator("#tip")).to_be_hidden()


@pytest.mark.parametrize("selector", [ABBREVIATION, CITATION])
def test_tip_comes_with_the_focus_of_the_keyboard_and_goes_with_it(
    page: Page, built: Path, address: str, selector: str,
) -> None:
    words = tipped(page, built, address, selector)
    assert page.locator(selector).first.evaluate("element => element.tabIndex") == 0
    page.locator(selector).first.focus()
    expect(page.locator("#tip")).to_have_text(words)
    page.locator("h1").first.evaluate("() => document.activeElement.blur()")
    expect(page.locator("#tip")).to_be_hidden()


def tap(page: Page, selector: str) -> None:
    """Tap the first line of an element, scrolled to the middle of the window."""
    x, y = page.locator(selector).first.evaluate("""element => {
        element.scrollIntoView({block: "center"});
        const line = element.getClientRects()[0];
        return [line.x + line.width / 2, line.y + line.height / 2];
    }""")
    page.touchscreen.tap(x, y)


def test_by_finger_a_tip_comes_at_the_first_tap_within_the_window_and_a_link_is_followed_at_the_second(
    browser: Browser, built: Path, served: str,
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, has_touch=True)
    page = context.new_page()
    page.goto(f"{served}index.html")
    page.evaluate("proceedings.store.set('text-size', 175)")
    words, tip = tipped(page, built, served, CITATION), page.locator("#tip")
    address = page.url
    tap(page, CITATION)
    expect(tip).to_contain_text(words)
    expect(tip).to_contain_text("Chạm lần nữa để mở.")
    box = tip.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 640
    page.touchscreen.tap(318, 638)
    expect(tip).to_be_hidden()
    assert page.url == address
    tap(page, CITATION)
    expect(tip).to_be_visible()
    tap(page, CITATION)
    page.wait_for_url("**/van-ban.html#*")
    context.close()


# --- Changes -------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site whose documents have one date, except the plan and a speech with a later one."""
    root = lay_out_project(tmp_path_factory.mktemp("dated") / "project")
    git(root, "init", "-q")
    git(root, "add", "docs")
    git(root, "commit", "-q", "-m", "Tài liệu", day="2035-05-01")
    for name, day in (("ke-hoach.md", "2035-05-12"), ("tham-luan/so-sach-va-thu-tich.md", "2035-05-20")):
        with (root / "docs" / name).open("a", encoding="utf-8") as file:
            file.write("\n")
        git(root, "commit", "-q", "-a", "-m", "Sửa", day=day)
    done = run(sys.executable, "-m", "mkdocs", "build", "--strict", folder=root)
    assert done.returncode == 0, done.stderr
    with serving(root / "site") as address:
        yield address


def shown_news(page: Page) -> list[str]:
    """Return the dates of the documents shown, with collapsed ones expanded."""
    days: list[str] = page.locator("[data-news] [data-day]:not([hidden])").evaluate_all(
        "items => items.map(item => item.dataset.day)")
    return days


def test_news_are_all_shown_on_the_first_day_then_those_since_the_last_visit(page: Page, dated: str) -> None:
    page.clock.set_fixed_time("2035-05-12T08:00:00")
    page.goto(f"{dated}index.html")
    days = shown_news(page)
    assert days[:3] == ["2035-05-20", "2035-05-12", "2035-05-01"]
    assert len(days) > 5
    expect(page.locator("[data-news-count]")).to_have_text(
        f"Tất cả {len(days)} tài liệu, cập nhật gần nhất xếp trước.")
    page.get_by_text("Các tài liệu khác").click()
    assert page.locator("[data-news] li:visible").count() == len(days)
    page.clock.set_fixed_time("2035-05-21T08:00:00")
    for _ in range(2):  # constant during a day
        page.goto(f"{dated}ke-hoach.html")
        page.goto(f"{dated}index.html")
        assert shown_news(page) == ["2035-05-20", "2035-05-12"]
        expect(page.get_by_text("Các tài liệu khác")).to_be_hidden()
    expect(page.locator("[data-news-count]")).to_have_text("2 tài liệu cập nhật từ ngày 12/05/2035.")


def test_news_since_a_chosen_date_are_remembered(page: Page, dated: str) -> None:
    page.goto(f"{dated}index.html")
    every = len(shown_news(page))
    page.get_by_label("Từ ngày").fill("2035-05-13")
    assert shown_news(page) == ["2035-05-20"]
    page.reload()
    assert shown_news(page) == ["2035-05-20"]
    page.get_by_label("Từ ngày").fill("2035-06-01")
    expect(page.locator("[data-news-count]")).to_have_text("Chưa có tài liệu nào cập nhật từ ngày 01/06/2035.")
    page.get_by_role("button", name="Xem tất cả").click()
    assert len(shown_news(page)) == every


@pytest.mark.parametrize("value", ["5", "{}", "[]", '"x"', "null", '{"today": 5, "before": {}}', "{", '"2035-99-99"'])
def test_news_are_shown_whatever_is_stored(page: Page, dated: str, value: str) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{dated}index.html")
    every = len(shown_news(page))
    page.evaluate("""value => ["news-since", "visits"].forEach(
        (key) => localStorage.setItem(`${proceedings.site}:${key}`, value))""", value)
    page.reload()
    assert faults == []
    assert len(shown_news(page)) == every
    expect(page.locator("[data-news-count]")).to_have_text(
        f"Tất cả {every} tài liệu, cập nhật gần nhất xếp trước.")
