"""Read, check and render projects with one case each, within a memory limit per case.

    PYTHONPATH=scripts:tests python -m hostile.worker ROOT NAME...

ROOT is a project with the fabricated conference; the files of each case are added to it and removed again. For each
case, its name is printed first, then one line of JSON, so that the case is known if the process is killed.
"""

import json
import os
import resource
import shutil
import sys
import time
import traceback
from collections.abc import Mapping
from pathlib import Path

from hostile.corpus import CASES, SECRET, Case
from proceedings.conference import settings
from proceedings.conference.reading import read_project
from proceedings.conference.settings import Settings
from proceedings.project import Project
from proceedings.site.pages import Site
from proceedings.text.source import Document

MEMORY = 1 << 30
SECONDS = 10


def main() -> None:
    """Run the cases."""
    root = Path(sys.argv[1])
    # The interpreter reserves some address space that uses no memory.
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    view = settings.load(root / "mkdocs.yml")
    plain = read_project(view).conference.documents
    for name in sys.argv[2:]:
        print(name, flush=True)
        used = int(time.process_time())
        resource.setrlimit(resource.RLIMIT_CPU, (used + SECONDS + 5, resource.RLIM_INFINITY))
        print(json.dumps(_run(CASES[name], view, root, plain)), flush=True)


def _run(case: Case, view: Settings, root: Path, plain: Mapping[str, Document]) -> dict[str, object]:
    shutil.copytree(root / "docs", root / "kept", symlinks=True)
    start = time.process_time()
    try:
        for path, data in case.files().items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data.encode() if isinstance(data, str) else data)
        case.place(root)
        return {**_pages(view, plain), "seconds": time.process_time() - start}
    except Exception:  # noqa: BLE001 - whatever it is, it is what the test is about
        return {"error": traceback.format_exc(), "problems": [], "seconds": 0}
    finally:
        shutil.rmtree(root / "docs")
        os.rename(root / "kept", root / "docs")  # noqa: PTH104


def _pages(view: Settings, plain: Mapping[str, Document]) -> dict[str, object]:
    project = Project.open(view)
    problems = [(problem.severity.value, str(problem)) for problem in project.findings.problems]
    site = Site.of(project, {})
    site.nav()
    pages = []
    for path in [path for path, document in project.conference.documents.items() if document != plain.get(path)]:
        content = site.content(path, str, lambda target: target.replace(".md", ".html"))
        site.meta(path)
        site.context(path, "")
        pages.append((path, path, content))
    found = site.search_files((path, path, content.sections) for path, _, content in pages)
    return {"problems": problems, "leaks": [path for path, _, content in pages if SECRET in content.html],
            "search": sum(map(len, found.values()))}


if __name__ == "__main__":
    main()
