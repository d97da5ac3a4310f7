"""How often the first hit is the right one, over a built site and a file of judged queries, in every spelling.

    python tests/benchmarks/search_judged.py [SITE] [QUERIES]

SITE is a folder with index.html (default: site), QUERIES a file as tests/searching.py reads it (default:
tests/benchmarks/search_live.tsv). Prints each miss, then right first hits of all; fails if there is a miss.
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2] / "scripts")]

import searching  # noqa: E402 - found by the line above, for this runs by itself

BENCHMARKS = Path(__file__).parent


def main(site: Path, queries: Path) -> int:
    """Ask, and tell what was missed."""
    judged = searching.read(queries)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1366, "height": 900})
        page.goto((site / "index.html").absolute().as_uri())
        missed = list(searching.misses(page, judged))
        browser.close()
    for miss in missed:
        print(f"{miss.query!r}: {miss.found or 'nothing'}, not {' or '.join(miss.right)}")
    asked = sum(len(searching.spellings(row.query)) for row in judged)
    wrong = {miss.right for miss in missed}
    print(f"{queries.name}: {asked - len(missed)} of {asked} spellings of {len(judged)} queries, "
          f"{len(wrong)} expectations missed")
    return 1 if missed else 0


if __name__ == "__main__":
    arguments = [Path(argument) for argument in sys.argv[1:]]
    sys.exit(main(*(arguments + [Path("site"), BENCHMARKS / "search_live.tsv"][len(arguments):])))
