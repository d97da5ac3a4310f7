"""Size of a first visit: all that a phone loads with a speech, compressed as by the server."""

import gzip
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser

from conftest import PROJECT

LIMIT = 175_000  # bytes
SERVER = (PROJECT / "scripts/proceedings/site/nginx.conf").read_text("utf-8")
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


def test_a_first_visit_of_the_longest_speech_is_light(built: Path, served: str, browser: Browser) -> None:
    speeches = [path for path in (built / "tham-luan").glob("*.html") if path.stem != "index"]
    speech = max(speeches, key=lambda path: path.stat().st_size)
    sizes = {path: _size(built / path) for path in _loaded(f"{served}tham-luan/{speech.name}", browser)}
    assert {Path(path).suffix for path in sizes} >= {".html", ".css", ".js", ".woff2", ".png"}
    heaviest = sorted(sizes.items(), key=lambda item: -item[1])
    total = sum(sizes.values())
    assert total <= LIMIT, f"{speech.name}: {total} bytes of {LIMIT} allowed, the heaviest first: {heaviest}"


def _loaded(address: str, browser: Browser) -> set[str]:
    """Return the paths of all requested files, and the icon, which headless browsers do not request."""
    asked: set[str] = set()
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.on("request", lambda request: asked.add(request.url))
    page.goto(address, wait_until="networkidle")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.wait_for_load_state("networkidle")
    asked.add(page.evaluate("document.querySelector('link[rel=icon]').href"))
    page.close()
    return {unquote(urlsplit(url).path).lstrip("/") for url in asked if url.startswith("http")}


def _size(file: Path) -> int:
    """Return the size of a file as the server's configuration sends it."""
    data = file.read_bytes()
    types, level = re.search(r"gzip_types\s+(.*);", SERVER), re.search(r"gzip_comp_level\s+(\d);", SERVER)
    assert types
    assert level
    packed = TYPES.get(file.suffix) in {"text/html", *types[1].split()}
    return len(gzip.compress(data, int(level[1]))) if packed else len(data)
