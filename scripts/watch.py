"""Detection of changed files by polling."""

import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

SHORTEST_PAUSE = 0.05  # seconds between two scans
BUSIEST = 20  # minimum ratio of a pause to the duration of a scan
REST = 0.03  # seconds without changes after which a change is complete
Stamp = tuple[int, int, int]


class Watch:
    """Files, and all files below folders; they may be created and removed.

    They are polled, because many file systems (networks, WSL, containers) send no notifications.
    """

    def __init__(self, places: Iterable[str]) -> None:
        self._places = tuple(places)
        self._known = self._look()

    def changed(self) -> frozenset[str]:
        """Wait for a complete change; return the paths of changed, created and removed files."""
        while True:
            begun = time.monotonic()
            found = self._look()
            if found != self._known:
                break
            time.sleep(max(SHORTEST_PAUSE, BUSIEST * (time.monotonic() - begun)))
        while True:
            time.sleep(REST)
            again = self._look()
            if again == found:
                break
            found = again
        changes = frozenset(path for path, _ in found.items() ^ self._known.items())
        self._known = found
        return changes

    def _look(self) -> dict[str, Stamp]:
        return {path: stamp for place in self._places for path, stamp in _files(place)}


def _files(place: str) -> Iterator[tuple[str, Stamp]]:
    """Yield each file at or below a path with its stamp, which changes when it is written.

    Links are not followed.
    """
    try:
        if not Path(place).is_dir():
            yield place, _stamp(Path(place).stat())
            return
        with os.scandir(place) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if entry.name != "__pycache__":
                        yield from _files(entry.path)
                else:
                    yield entry.path, _stamp(entry.stat(follow_symlinks=False))
    except OSError:  # removed in the meantime, or unreadable, which the build reports
        return


def _stamp(told: os.stat_result) -> Stamp:
    return told.st_mtime_ns, told.st_size, told.st_ino
