"""Time to the first search result, and size of the index, for a site of many pages.

    PYTHONPATH=scripts:tests python tests/benchmarks/search_scale.py SITE

SITE is a folder with a built site. It is served on loopback and opened in a fresh Chromium; prints the milliseconds
from the first keystroke to the first result, cold (index not loaded) and warm, for several queries.
"""

import gzip
import sys
from pathlib import Path

from playwright.sync_api import Browser

from browsing import chromium, serving

QUERIES = ("thư viện lưu động", "thu vien luu dong", "don vi gia lap so 1500", "99/2032/qd-ubnd", '"gùi sách lên thôn"')
MEASURE = """query => new Promise((done) => {
    const field = document.querySelector("#search-words");
    const list = document.querySelector("[data-search-list]");
    const start = performance.now();
    new MutationObserver(() => { if (list.children.length) done(performance.now() - start); })
        .observe(list, { childList: true });
    field.focus();
    field.value = query;
    field.dispatchEvent(new Event("input"));
})"""


def main(site: Path) -> None:
    """Measure and print."""
    files = sorted((site / "assets/search").glob("*.js"))
    raw = sum(file.stat().st_size for file in files)
    packed = sum(len(gzip.compress(file.read_bytes(), 6)) for file in files)
    pages = len(list(site.rglob("*.html")))
    print(f"{pages} pages; index: {len(files)} files, {raw / 1e6:.1f} MB, {packed / 1e6:.1f} MB compressed")
    with serving(site) as address, chromium() as browser:
        for query in QUERIES:
            cold, warm = _ask(browser, f"{address}index.html", query)
            print(f"{query}: cold {cold:.0f} ms, warm {warm:.0f} ms")


def _ask(browser: Browser, address: str, query: str) -> tuple[float, float]:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    cold = page.evaluate(MEASURE, query)
    page.locator("#search-words").fill("")
    page.wait_for_timeout(500)
    warm = page.evaluate(MEASURE, query)
    context.close()
    return cold, warm


if __name__ == "__main__":
    main(Path(sys.argv[1]))
