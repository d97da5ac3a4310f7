"""Fraction of judged queries whose first result is right, on a built site, in every spelling.

    PYTHONPATH=scripts:tests python tests/benchmarks/search_judged.py [SITE] [QUERIES]

SITE is a folder with index.html (default: site), QUERIES a file in the format of tests/searching.py (default:
tests/benchmarks/search_live.tsv). Prints each miss, then the number of right first results; fails if there is a miss.
"""

import sys
from pathlib import Path

import searching
from browsing import chromium

BENCHMARKS = Path(__file__).parent


def main(site: Path, queries: Path) -> int:
    """Run the queries and print the misses."""
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
