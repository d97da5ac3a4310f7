"""What a long command is at: each step says what it does, counts as it goes, and says what came of it and how long."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import entry
from proceedings.checks.engine.reports import visible

_APART = 0.1  # seconds between two counts on a terminal, which shows one in the place of the other
_FAR_APART = 10.0  # and where each is a line of its own


class Step:
    """A step at work."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._began = self._counted = time.monotonic()
        self._over = sys.stderr.isatty()
        self._show(f"{title} …")

    def count(self, words: str) -> None:
        """Show how far it has come, not too often."""
        now = time.monotonic()
        if now - self._counted >= (_APART if self._over else _FAR_APART):
            self._counted = now
            self._show(f"{self._title}: {words}")

    def clear(self) -> None:
        """Take the last count away, so that something else can be told."""
        if self._over:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()

    def end(self, words: str) -> None:
        """Say what came of it."""
        self.clear()
        seconds = f"{time.monotonic() - self._began:.1f}".replace(".", ",")
        entry.tell(f"{self._title}: {words} ({seconds} giây)")

    def _show(self, words: str) -> None:
        self.clear()
        sys.stderr.write(f"{visible(words)}{'' if self._over else chr(10)}")
        sys.stderr.flush()


@contextmanager
def step(title: str) -> Iterator[Step]:
    """A step of a command; where it is left by an exception, its count is taken away."""
    made = Step(title)
    try:
        yield made
    finally:
        made.clear()
