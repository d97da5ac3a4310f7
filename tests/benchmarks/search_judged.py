"""How often the first hit is the right one, over a built site and a file of judged queries, in every spelling.

    PYTHONPATH=scripts:tests python tests/benchmarks/search_judged.py [SITE] [QUERIES]

SITE is a folder with index.html (default: site), QUERIES a file as tests/searching.py reads it (default:
tests/benchmarks/search_live.tsv). Prints each miss, then right first hits of all; fails if there is a miss.
"""

import sys
from pathlib import Path

import searching
from browsing import chromium

BENCHMARKS = Path(__file__).parent


def main(site: Path, queries: Path) -> int:
    """Ask, and tell what was missed."""
    judged = searching.read(queries)
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1366, "height": 900})
        page.goto((site / "index.html").absolute().as_uri())
        missed = list(searching.misses(page, judged))
    for miss in missed:
        print(f"{miss.query!r}: {miss.found or 'nothing'}, not {' or '.join(miss.right)}")
    asked = sum(len(searching.spellings(row.query)) for row in judged)
    print(f"{queries.name}: {asked - len(missed)} of {asked} spellings of {len(judged)} queries")
    return 1 if missed else 0


if __name__ == "__main__":
    arguments = [Path(argument) for argument in sys.argv[1:]]
    sys.exit(main(*(arguments + [Path("site"), BENCHMARKS / "search_live.tsv"][len(arguments):])))
