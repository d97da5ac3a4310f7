"""The built site in a browser: served on loopback, and opened from its folder as from a USB stick."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html
from playwright.sync_api import Browser

from browsing import Watch
from proceedings.conference.reading import Reading


def _pages(built: Path) -> list[str]:
    return sorted(path.relative_to(built).as_posix() for path in built.rglob("*.html") if path.name != "404.html")


@pytest.mark.parametrize(("widths", "scheme"), [((1366, 320), "light"), ((390,), "dark")])
def test_no_page_complains_asks_elsewhere_or_scrolls_sideways(
    built: Path, served: str, browser: Browser, widths: tuple[int, ...], scheme: str,
) -> None:
    watch = Watch(browser, served, widths[0], scheme)
    for path in _pages(built):
        watch.page.goto(served + path)
        for width in widths:
            watch.page.set_viewport_size({"width": width, "height": 900})
            assert watch.page.evaluate("document.documentElement.scrollWidth") <= width, path
        broken = watch.page.evaluate("[...document.images].filter(i => i.complete && !i.naturalWidth).map(i => i.src)")
        assert broken == [], path
    assert watch.faults == []
    watch.page.close()


def test_text_is_set_in_the_sites_own_vietnamese_font_at_18_px(served: str, browser: Browser) -> None:
    watch = Watch(browser, served, 1366)
    watch.page.goto(f"{served}ke-hoach.html")
    watch.page.evaluate("document.fonts.ready")
    assert watch.page.evaluate("document.fonts.check('18px \"Be Vietnam Pro\"', 'Ằ Ỗ ợ ữ')")
    assert watch.page.evaluate("getComputedStyle(document.querySelector('article p')).fontFamily").startswith(
        '"Be Vietnam Pro"')
    size = watch.page.evaluate("getComputedStyle(document.querySelector('.official__body p')).fontSize")
    assert float(size.removesuffix("px")) >= 18
    watch.page.close()


def test_issuing_body_stands_left_of_the_motto_and_recipients_left_of_the_signature(
    served: str, browser: Browser,
) -> None:
    watch = Watch(browser, served, 1366)
    watch.page.goto(f"{served}ke-hoach.html")
    for left, right in ((".letterhead__issuer", ".letterhead__nation"),
                        (".official__recipients", ".official__signature")):
        one, other = watch.page.locator(left).bounding_box(), watch.page.locator(right).bounding_box()
        assert one
        assert other
        assert one["x"] + one["width"] <= other["x"]
        assert abs(one["y"] - other["y"]) < 2
    watch.page.close()


def test_opened_from_its_folder_the_site_works_search_included(
    built: Path, browser: Browser, fabricated: Reading,
) -> None:
    speech = next(iter(fabricated.conference.speeches.values()))
    watch = Watch(browser, "file://", 1366)
    watch.page.goto((built / "index.html").as_uri())
    watch.page.locator(".ways a").last.click()
    watch.page.locator("article a", has_text=speech.unit).first.click()
    assert watch.page.locator("h1").inner_text() == speech.topic
    watch.page.locator("#search-words").click()
    watch.page.keyboard.type(speech.unit)
    result = watch.page.locator(".search__title", has_text=speech.unit).first
    result.wait_for(timeout=20_000)
    assert speech.slug in str(result.get_attribute("href"))
    assert watch.faults == []
    watch.page.close()


def test_on_a_phone_the_menu_opens_and_leads_to_a_speech(served: str, browser: Browser, fabricated: Reading) -> None:
    speech = next(iter(fabricated.conference.speeches.values()))
    watch = Watch(browser, served, 390)
    watch.page.goto(f"{served}tham-luan/index.html")
    watch.page.locator("[data-menu]").click()
    watch.page.locator(".menu a", has_text=f"{speech.number}. {speech.unit}").first.click()
    watch.page.wait_for_url(f"**/{speech.slug}.html")
    assert watch.page.locator("h1").inner_text() == speech.topic
    watch.page.close()


def test_every_link_inside_leads_to_a_file_and_every_anchor_to_an_element(built: Path) -> None:
    pages = {path: html.parse(built / path).getroot() for path in _pages(built)}
    ids = {path: {element.get("id") for element in root.iter() if element.get("id")} for path, root in pages.items()}
    followed = 0
    for path, root in pages.items():
        for link in root.iterfind(".//a[@href]"):
            address = urlsplit(link.get("href"))
            if address.scheme or address.netloc:
                continue
            target = (built / path).parent / unquote(address.path) if address.path else built / path
            assert target.resolve().is_file(), f"{path}: {link.get('href')}"
            place = target.resolve().relative_to(built.resolve()).as_posix()
            if address.fragment and place in ids and not address.fragment.startswith("__"):
                assert unquote(address.fragment) in ids[place], f"{path}: {link.get('href')}"
            followed += 1
    assert followed > 100
