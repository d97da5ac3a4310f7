"""What a first visit costs on a slow line: all that a phone loads with a speech, compressed as the server does it."""

import gzip
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser

from test_browser import browser, served

__all__ = ["browser", "served"]  # fixtures
pytestmark = pytest.mark.xdist_group("built")
LIMIT = 175_000  # bytes
COMPRESSED = {".html", ".css", ".js", ".svg", ".txt"}


def test_a_first_visit_of_the_longest_speech_is_light(built: Path, served: str, browser: Browser) -> None:
    speech = max((built / "tham-luan").glob("*.html"), key=lambda path: path.stat().st_size)
    loaded: set[str] = set()
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.on("response", lambda response: loaded.add(unquote(urlsplit(response.url).path).lstrip("/")))
    page.goto(f"{served}tham-luan/{speech.name}", wait_until="networkidle")
    page.close()
    sizes = {path: _size(built / path) for path in loaded if (built / path).is_file()}
    assert f"tham-luan/{speech.name}" in sizes
    assert len(sizes) > 8
    assert sum(sizes.values()) <= LIMIT, sorted(sizes.items(), key=lambda item: -item[1])


def _size(file: Path) -> int:
    data = file.read_bytes()
    return len(gzip.compress(data, 6)) if file.suffix in COMPRESSED else len(data)
