"""Progress messages of long commands: title, counts, result and duration of each step."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import entry
from proceedings.checks.engine.reports import visible

_APART = 0.1  # seconds between counts on a terminal, where they replace each other
_FAR_APART = 10.0  # seconds between counts elsewhere, where each is a separate line


class Step:
    """A step in progress."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._began = self._counted = time.monotonic()
        self._over = sys.stderr.isatty()
        self._show(f"{title} …")

    def count(self, words: str) -> None:
        """Show a count, at a limited rate."""
        now = time.monotonic()
        if now - self._counted >= (_APART if self._over else _FAR_APART):
            self._counted = now
            self._show(f"{self._title}: {words}")

    def clear(self) -> None:
        """Clear the count, so that another message can be printed."""
        if self._over:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()

    def end(self, words: str) -> None:
        """Print the result."""
        self.clear()
        seconds = f"{time.monotonic() - self._began:.1f}".replace(".", ",")
        entry.tell(f"{self._title}: {words} ({seconds} giây)")

    def _show(self, words: str) -> None:
        self.clear()
        sys.stderr.write(f"{visible(words)}{'' if self._over else chr(10)}")
        sys.stderr.flush()


@contextmanager
def step(title: str) -> Iterator[Step]:
    """Context manager for a step; the count is cleared if an exception leaves the block."""
    made = Step(title)
    try:
        yield made
    finally:
        made.clear()
