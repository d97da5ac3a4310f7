"""Cost of building a site of many pages relative to the plain theme: CPU seconds and bytes, as ratios.

    PYTHONPATH=scripts:tests python tests/benchmarks/site_scale.py [SPEECHES] [FOLDER]

Creates the fabricated conference with further speeches (default 1985, for some 2,000 pages; 0 for its own pages), and
the same documents for Material with the same extensions, its search and default settings; builds each in turn, with
code and templates compiled before: once, or its own pages nine times, of which the medians count. FOLDER (default: a
temporary one) keeps both.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from benchmarks.fabricate import fabricate

STOCK = """
site_name: stock
use_directory_urls: false
theme: {name: material, language: vi}
plugins: [{search: {lang: vi}}]
markdown_extensions: [admonition, attr_list, footnotes, sane_lists, tables, {toc: {toc_depth: 3}}, pymdownx.betterem,
  pymdownx.saneheaders, pymdownx.superfences]
"""


def main(speeches: int, folder: Path) -> None:
    """Build both and print the ratios."""
    ours = fabricate(folder / "ours", speeches)
    stock = folder / "stock"
    shutil.copytree(ours / "docs", stock / "docs")
    (stock / "mkdocs.yml").write_text(STOCK, "utf-8")
    subprocess.run([sys.executable, "-m", "compileall", "-q", ours / "scripts"], check=True)
    _build(fabricate(folder / "first", 0))  # compiles the templates
    costs = [(_build(ours), _build(stock)) for _ in range(1 if speeches else 9)]
    for name, cpu, root in (("ours", median(ours for ours, _ in costs), ours),
                            ("stock", median(stock for _, stock in costs), stock)):
        print(f"{name}: {cpu:.2f} s CPU, {_size(root) / 1e6:.1f} MB")
    print(f"ratio: {median(ours / stock for ours, stock in costs):.2f} of the CPU, "
          f"{_size(ours) / _size(stock):.2f} of the bytes")


def _build(root: Path) -> float:
    """Return the CPU seconds of a build."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=root, check=True, capture_output=True,
                   env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _size(root: Path) -> int:
    return sum(file.stat().st_size for file in (root / "site").rglob("*") if file.is_file())


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1985
    main(count, Path(sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp()))
