"""Cost of checking many speeches: CPU seconds excluding interpreter start, and peak memory.

    PYTHONPATH=scripts:tests python tests/benchmarks/check_scale.py [PROJECT]

Checks the project (default: this one), then the fabricated conference with 250, 500 and 1,000 further speeches of
about 8 KB. Fails if 1,000 take more than 2.5 times as long as 500, or more than 500 MB.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.fabricate import fabricate

PROJECT = Path(__file__).resolve().parents[2]
LINEAR, MOST_MEMORY = 2.5, 500  # ratio, MB


def main(project: Path) -> int:
    """Run the checks and print the results."""
    start = _cost([sys.executable, "-c", ""])[0]
    cpu, memory = _checked(project)
    print(f"{project.name}: {cpu - start:.2f} s CPU, {memory:.0f} MB")
    costs = {}
    with tempfile.TemporaryDirectory() as folder:
        for speeches in (250, 500, 1000):
            cpu, memory = costs[speeches] = _checked(fabricate(Path(folder) / str(speeches), speeches))
            print(f"{speeches} speeches: {cpu - start:.2f} s CPU, {memory:.0f} MB")
    growth = (costs[1000][0] - start) / (costs[500][0] - start)
    print(f"1000 take {growth:.2f} times what 500 take")
    return 1 if growth > LINEAR or costs[1000][1] > MOST_MEMORY else 0


def _checked(project: Path) -> tuple[float, float]:
    return _cost([sys.executable, str(PROJECT / "scripts/check.py"), "--config-file", str(project / "mkdocs.yml")])


def _cost(command: list[str]) -> tuple[float, float]:
    """Return CPU seconds and peak memory (MB) of a process."""
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=quiet) as process:
        usage = os.wait4(process.pid, 0)[2]
        process.returncode = 0
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT))
