"""CPU time saved by each shortcut in reading, checking and rendering many speeches.

    PYTHONPATH=scripts:tests python tests/benchmarks/shortcuts.py [SPEECHES]

A shortcut changes no result (tests/test_quick_looks.py); it only skips work on texts that cannot need it. Each is
enabled and disabled in turn, and the part of the work that it belongs to is timed (minimum of several runs). The
result is the saving in per cent of the whole. scripts/README.md lists the measurements.
"""

import functools
import gc
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import yaml

from benchmarks.fabricate import fabricate
from proceedings import schema
from proceedings.checks.engine.registry import CHECKS
from proceedings.checks.engine.walk import texts_of
from proceedings.checks.safety import credentials, secrecy
from proceedings.checks.words import characters, days, glyphs, legacy, numbers, spelling
from proceedings.conference import citations, reading, settings
from proceedings.html import dialect, rendering
from proceedings.text import source, tokens
from proceedings.text.language import syllables

ANY = re.compile("")


def always(*_: object) -> bool:
    """Replace a test."""
    return True


RUNS = 5
# Module, name, and replacement that disables the shortcut.
SHORTCUTS: dict[str, tuple[tuple[Any, str, object], ...]] = {
    "reading": ((tokens, "_SIGNS", {}), (tokens, "INLINE_SIGNS", ANY), (yaml, "__with_libyaml__", False)),
    "checking": (
        (schema, "EXEMPTION_SIGN", ANY), (secrecy, "_MAYBE", ANY), (credentials, "_SIGNS", ("",)),
        (characters, "_SUSPECT", ANY), (characters, "_ANY_SPACE", ANY), (characters, "_LIKELY", ANY),
        (glyphs, "_LIKELY", ANY), (legacy, "_STRANGE", ANY), (numbers, "_HINT", ANY), (spelling, "_has_pair", always),
        (spelling, "_may_be_misspelt", always),
        (days, "_HINT", ANY), (days, "_ANY_WEEKDAY", ANY)),
    "rendering": ((dialect, "_BLOCK_SIGNS", {}), (dialect, "_ANY_SIGN", ANY)),
}
CACHES: tuple[tuple[str, Any], ...] = (
    ("checking", syllables), ("checking", citations), ("rendering", rendering))


class Work:
    """The three parts of the work, each timed separately."""

    def __init__(self, project: Path) -> None:
        self._view = settings.load(project / "mkdocs.yml")
        self._conference = reading.read_project(self._view).conference

    def cost(self, part: str, module: str = "") -> float:
        """Return the minimum CPU seconds of a part; for checking, those of a module's rules if it has any."""
        run = {"reading": self._read, "checking": lambda: self._check(module), "rendering": self._render}[part]
        return min(self._timed(run) for _ in range(RUNS))

    def _timed(self, run: Callable[[], object]) -> float:
        for each in gc.get_objects():
            if isinstance(each, functools._lru_cache_wrapper):
                each.cache_clear()
        start = time.process_time()
        run()
        return time.process_time() - start

    def _read(self) -> None:
        for path, document in self._conference.documents.items():
            source.parse(path, document.text)

    def _check(self, module: str) -> None:
        texts = texts_of(self._conference)
        rules = [each for each in CHECKS.values() if each.find.__module__ == module] or list(CHECKS.values())
        for each in rules:
            list(each.problems(self._conference, texts))

    def _render(self) -> None:
        for document in self._conference.documents.values():
            rendering.render(document.body, self._view)


def main(speeches: int) -> int:
    """Measure and print."""
    gc.disable()
    with tempfile.TemporaryDirectory() as folder:
        work = Work(fabricate(Path(folder) / "project", speeches))
        whole = {part: work.cost(part) for part in SHORTCUTS}
        print(", ".join(f"{part} {seconds:.2f} s" for part, seconds in whole.items()))
        for part, module, name, replacement in _ways():
            usual = work.cost(part, module.__name__)
            with _without(module, name, replacement):
                saved = work.cost(part, module.__name__) - usual
            shown = f"{module.__name__.rpartition('.')[2]}.{name}"
            print(f"{part:9} {shown:30} {100 * saved / sum(whole.values()):+6.2f} %", flush=True)
    return 0


def _ways() -> Iterator[tuple[str, Any, str, object]]:
    for part, ways in SHORTCUTS.items():
        yield from ((part, *way) for way in ways)
    for part, module in CACHES:
        yield from ((part, module, name, value.__wrapped__) for name, value in vars(module).items()
                    if hasattr(value, "cache_clear") and value.__module__ == module.__name__)


@contextmanager
def _without(module: Any, name: str, replacement: object) -> Iterator[None]:
    """Replace an object everywhere it was imported, also as a default of a parameter."""
    former = getattr(module, name)
    ours = [each for key, each in list(sys.modules.items()) if key.partition(".")[0] in ("proceedings", "yaml")]
    patches = [patch.object(each, name, replacement) for each in ours if getattr(each, name, None) is former]
    defaults = days._dates.__defaults__ or ()
    for each in patches:
        each.start()
    days._dates.__defaults__ = tuple(replacement if value is former else value for value in defaults)
    try:
        yield
    finally:
        for each in patches:
            each.stop()
        days._dates.__defaults__ = defaults


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 60))
