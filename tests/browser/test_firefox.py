"""The site opened from its folder in Firefox: search, text size, colour scheme, notes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from firefox import Firefox, firefox
from proceedings.conference.reading import Reading

ROOT = "document.documentElement.dataset"


@pytest.fixture(scope="module")
def tab() -> Iterator[Firefox]:
    with firefox() as opened:
        yield opened


@pytest.fixture
def home(built: Path, tab: Firefox) -> Firefox:
    """The home page on a first visit."""
    tab.open((built / "index.html").as_uri())
    tab.value("localStorage.clear()")
    tab.open((built / "index.html").as_uri())
    return tab


def _speech(built: Path, fabricated: Reading) -> str:
    slug = next(iter(fabricated.conference.speeches))
    return (built / "tham-luan" / f"{slug}.html").as_uri()


def test_search_finds_a_speech_by_its_unit(built: Path, home: Firefox, fabricated: Reading) -> None:
    speech = next(iter(fabricated.conference.speeches.values()))
    home.press("#search-words")
    home.type(speech.unit)
    home.wait_for(f"document.querySelector('[data-search-list] a')?.href.includes('{speech.slug}.html')")


def test_text_size_grows_and_is_remembered_on_the_next_page(built: Path, home: Firefox, fabricated: Reading) -> None:
    body = "parseFloat(getComputedStyle(document.querySelector('article p, main p')).fontSize)"
    home.open(_speech(built, fabricated))
    before = home.value(body)
    home.press("[data-display=larger]")
    home.press("[data-display=larger]")
    home.open(_speech(built, fabricated))
    assert home.value(f"{ROOT}.textSize") == "130"
    assert home.value(body) == pytest.approx(1.3 * before, rel=0.01)


def test_dark_ground_is_remembered_on_the_next_page(built: Path, home: Firefox, fabricated: Reading) -> None:
    assert home.value(f"{ROOT}.scheme") == "light"
    home.press("[data-display=scheme]")
    home.open(_speech(built, fabricated))
    assert home.value(f"{ROOT}.scheme") == "dark"


def test_tick_and_note_are_kept_and_listed(built: Path, home: Firefox, fabricated: Reading) -> None:
    home.open(_speech(built, fabricated))
    home.press("[data-mine-read]")
    home.press(".mine__note summary")
    home.press("[data-mine-note]")
    home.type("Hỏi lại số xe")
    home.open((built / "ghi-chu.html").as_uri())
    slug = next(iter(fabricated.conference.speeches))
    row = f"document.querySelector('[data-path=\"tham-luan/{slug}\"]')"
    assert home.value(f"{row}.querySelector('input').checked")
    assert home.value(f"{row}.querySelector('.notes__text').textContent") == "Hỏi lại số xe"
