"""What a site of many pages costs to build, beside the theme as it comes: CPU seconds and bytes, as ratios of one run.

    PYTHONPATH=scripts:tests python tests/benchmarks/site_scale.py [SPEECHES] [FOLDER]

Lays out the fabricated conference with so many further speeches (default 1985, some 2,000 pages; 0 for its own pages),
and the same documents for Material with the same extensions, its search and no settings of ours; builds each once, in
turn, with all code compiled before. FOLDER (default: a temporary one) keeps both.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

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
    """Build both, and tell."""
    ours = fabricate(folder / "ours", speeches)
    stock = folder / "stock"
    shutil.copytree(ours / "docs", stock / "docs")
    (stock / "mkdocs.yml").write_text(STOCK, "utf-8")
    subprocess.run([sys.executable, "-m", "compileall", "-q", ours / "scripts"], check=True)
    costs = {root.name: _build(root) for root in (ours, stock)}
    for name, (cpu, size) in costs.items():
        print(f"{name}: {cpu:.1f} s CPU, {size / 1e6:.1f} MB")
    (cpu, size), (stock_cpu, stock_size) = costs["ours"], costs["stock"]
    print(f"ratio: {cpu / stock_cpu:.2f} of the CPU, {size / stock_size:.2f} of the bytes")


def _build(root: Path) -> tuple[float, int]:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=root, check=True, capture_output=True,
                   env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, sum(file.stat().st_size for file in (root / "site").rglob("*") if file.is_file())


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1985
    main(count, Path(sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp()))
