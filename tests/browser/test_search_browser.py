"""The site's search in a browser: right first results for typical queries; matches are highlighted."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

import searching
from conftest import PROJECT

QUERIES = PROJECT / "tests/search_queries.tsv"


@pytest.fixture(scope="module")
def home(browser: Browser, built: Path) -> Iterator[Page]:
    """The home page, opened from its folder."""
    page = browser.new_page(viewport={"width": 1366, "height": 900})
    page.goto((built / "index.html").as_uri())
    yield page
    page.close()


@pytest.fixture
def ask(home: Page) -> Callable[[str], list[str]]:
    """Return the paths of all pages that a query finds, in order."""

    def found(query: str) -> list[str]:
        searching.ask(home, query)
        links = home.locator(".search__title").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        return [str(link).removeprefix("./").split(".html")[0] for link in links]

    return found


def test_every_judged_query_finds_its_page_first_in_every_spelling(home: Page) -> None:
    judged = searching.read(QUERIES)
    assert len(judged) >= 60
    assert list(searching.misses(home, judged)) == []


@pytest.mark.parametrize("query", ["12/kh-btc", "12/KH-BTC", "KH-BTC"])
def test_numbers_of_documents_are_found_whole(ask: Callable[[str], list[str]], query: str) -> None:
    assert "phu-luc/van-ban" in ask(query)


def test_a_number_is_not_found_within_another(ask: Callable[[str], list[str]]) -> None:
    assert ask("18/2032")
    assert ask("8/2032") == []
    assert ask("18/203") == ask("18/2032")  # incomplete input
    assert ask('"18/203"') == []


@pytest.mark.parametrize("query", ["05/4/2035", "5/4/2035", "05/04/2035", "5-4-2035", "5.4.2035"])
def test_a_day_is_found_with_and_without_zeros(ask: Callable[[str], list[str]], query: str) -> None:
    assert ask(query) == ask("05/4/2035") != []


def test_a_quoted_phrase_is_found_as_it_stands_only(ask: Callable[[str], list[str]]) -> None:
    queries = ("thư viện lưu động", '"thư viện lưu động"', "“lưu thư động viện”")
    loose, strict, turned = (ask(query) for query in queries)
    assert set(strict) <= set(loose)
    assert strict
    assert turned == []


def test_an_abbreviation_finds_its_full_form_and_the_other_way(ask: Callable[[str], list[str]]) -> None:
    assert ask("ubnd") == ask("UBND") != []
    assert set(ask("ubnd")) == set(ask("uy ban nhan dan"))


def test_words_that_no_page_has_all_find_the_nearest_and_say_what_is_missing(
    home: Page, ask: Callable[[str], list[str]],
) -> None:
    assert ask("thư viện zzzz")
    expect(home.locator("[data-search-said]")).to_contain_text("thiếu “zzzz”")
    assert ask("zzzz") == []
    expect(home.locator("[data-search-said]")).to_contain_text("Không tìm thấy")


def test_nothing_typed_breaks_the_search(home: Page) -> None:
    faults: list[str] = []
    home.on("pageerror", lambda error: faults.append(str(error)))
    for query in ('"', '""', "…", "((", "[a-z]*", "\\", "a" * 200, "<img src=x onerror=alert(1)>"):
        searching.ask(home, query)
        assert faults == [], query
        assert home.locator("#search-found img").count() == 0
    for query in ("", " "):
        searching.ask(home, "thư viện")
        home.locator("#search-words").fill(query)
        expect(home.locator("#search-found")).to_be_hidden()
        assert faults == [], query


def test_what_was_found_is_marked_with_its_own_letters_in_results_and_on_the_page(
    home: Page, browser: Browser, built: Path,
) -> None:
    searching.ask(home, "thu vien luu dong")
    marks = home.locator(".search__page").first.locator("mark").all_inner_texts()
    assert {"thư", "viện", "lưu", "động"} <= {mark.lower() for mark in marks}
    address = home.locator(".search__section").first.evaluate("link => link.href")
    page = browser.new_page()
    page.goto(address)
    found = page.locator("article mark.found")
    found.first.wait_for()
    words = {word.lower() for word in found.all_inner_texts()}
    assert words == {"thư", "viện", "lưu", "động"}
    text = page.locator("article").inner_text()
    page.get_by_role("button", name="Bỏ đánh dấu").click()
    assert found.count() == 0
    assert page.locator("article").inner_text() == text.replace("Bỏ đánh dấu", "").lstrip()
    page.close()


def test_the_keyboard_suffices(served: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{served}ke-hoach.html")
    page.keyboard.press("/")
    page.keyboard.type("thu vien")
    page.locator(".search__page").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.matches('.search__title')")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "search-words"
    page.keyboard.press("Escape")
    expect(page.locator("#search-found")).to_be_hidden()
    page.keyboard.press("Control+k")
    page.keyboard.type("12/kh-btc")
    page.locator("[data-shown='12/kh-btc']").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**?h=12%2Fkh-btc*")
    page.close()


def test_enter_never_opens_what_was_found_for_other_words(served: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{served}ke-hoach.html")
    page.locator("#search-words").fill("thu vien")
    page.locator("[data-shown='thu vien']").wait_for()
    page.evaluate("""() => {
        const field = document.querySelector("#search-words");
        field.value = "12/kh-btc";
        field.dispatchEvent(new Event("input", {bubbles: true}));
        field.form.requestSubmit();
    }""")
    page.locator("[data-shown='12/kh-btc']").wait_for()
    assert page.url == f"{served}ke-hoach.html"
    page.keyboard.press("Enter")
    page.wait_for_url("**?h=12%2Fkh-btc*")
    page.close()


def test_the_index_is_loaded_when_it_is_wanted_and_once(served: str, browser: Browser) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/assets/search/" in request.url else None)
    page.goto(f"{served}tham-luan/index.html")
    assert asked == []
    for query in ("thư", "sách"):
        searching.ask(page, query)
    assert sorted(asked) == [f"{served}assets/search/index.js", f"{served}assets/search/part-0.js"]
    assert page.locator('script[src*="/assets/search/"]').count() == 2
    page.close()


def test_a_lost_index_is_told(served: str, browser: Browser) -> None:
    page = browser.new_page()
    page.route("**/assets/search/part-0.js", lambda route: route.abort())
    page.goto(f"{served}index.html")
    page.locator("#search-words").fill("thư viện")
    expect(page.locator("[data-search-said]")).to_contain_text("Không mở được dữ liệu tìm kiếm")
    page.close()
