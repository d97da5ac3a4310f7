"""Cost of a second run of scripts/build relative to another checkout: CPU seconds and paired ratios.

    PYTHONPATH=scripts:tests python tests/benchmarks/build_cost.py BEFORE AFTER [PAIRS] [--print]

builds the documents of BEFORE and the fabricated conference with 200 further speeches with the code and theme of both
checkouts, each once without measuring, then in turn (default: 5 pairs). Without --print, fc-list is not in the PATH,
so that nothing is printed; with it, the fabricated conference has only its own speeches, because printing 200 takes
minutes. Both checkouts need a .venv.
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

# Programs that scripts/build calls besides Python; a PATH with only these lacks fc-list and apt-get.
TOOLS = ("sh", "cat", "date", "dirname", "env", "find", "head", "id", "mv", "readlink", "rm", "sed", "test", "tail",
         "tr", "python3", "git")


def main(before: Path, after: Path, pairs: int, *, printing: bool) -> None:
    """Create all projects, build them in turn, and print the results."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = os.environ["PATH"] if printing else _poor_path(folder / "bin")
        fabricated = fabricate(folder / "fabricated", 0 if printing else 200)
        for title, documents in (("documents of the project", before), ("fabricated conference", fabricated)):
            projects = [_project(folder / f"{documents.name}-{which}", documents, checkout)
                        for which, checkout in (("before", before), ("after", after))]
            for project in projects:
                _build(project, path, printing=printing)
            costs = [[_build(project, path, printing=printing) for project in projects] for _ in range(pairs)]
            for first, second in costs:
                print(f"{title}: {first:.2f} s, {second:.2f} s, ratio {second / first:.3f}", flush=True)
            print(f"{title}: median ratio {median(second / first for first, second in costs):.3f}", flush=True)


def _poor_path(folder: Path) -> str:
    folder.mkdir()
    for tool in TOOLS:
        (folder / tool).symlink_to(str(shutil.which(tool, path="/usr/bin:/bin")))
    (folder / "id").unlink()
    (folder / "id").write_text("#!/bin/sh\necho 1000\n")  # a user without permission to install packages
    (folder / "id").chmod(0o755)
    return str(folder)


def _project(root: Path, documents: Path, checkout: Path) -> Path:
    """Create a repository of these documents with the code and theme of the checkout."""
    for part in ("scripts", "overrides"):
        shutil.copytree(checkout / part, root / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(documents / "docs", root / "docs")
    shutil.copy(documents / "mkdocs.yml", root)
    shutil.copy(checkout / "requirements.txt", root)
    (root / ".venv").symlink_to((checkout / ".venv").resolve())
    for command in (("init", "-q"), ("add", "docs"), ("commit", "-q", "-m", "one")):
        subprocess.run(["git", "-C", root, "-c", "user.name=a", "-c", "user.email=a@b.example", *command], check=True)
    return root


def _build(project: Path, path: str, *, printing: bool) -> float:
    """Return the CPU seconds of a build, including child processes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([project / "scripts/build"], cwd=project, env={**os.environ, "PATH": path}, check=False,
                          capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != (0 if printing else 3) or not (project / "site/index.html").exists():
        sys.exit(f"{project} is not built:\n{done.stdout}{done.stderr}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    given = [argument for argument in sys.argv[1:] if argument != "--print"]
    main(Path(given[0]).resolve(), Path(given[1]).resolve(), int(given[2]) if len(given) > 2 else 5,
         printing="--print" in sys.argv)
