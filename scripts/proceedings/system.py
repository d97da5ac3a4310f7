"""Which parts of the operating system print and tests need, and which of them are not there.

Runs on the standard library alone, as `python3 system.py --print|--tests`, before anything is installed; prints the
missing Debian packages, one a line.
"""

import ctypes
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

# Families with the metrics of Times New Roman; any of them will do if it covers Vietnamese.
TIMES_METRIC_FAMILIES = ("Times New Roman", "Liberation Serif", "Tinos")


@dataclass(frozen=True)
class Part:
    """A Debian package, and how to see that what it brings is there, wherever it came from."""

    package: str
    present: Callable[[], bool]


def _library(name: str) -> Callable[[], bool]:
    def present() -> bool:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    return present


def _program(*names: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(name) for name in names)


def times_metric_family() -> str | None:
    """The first installed family with Times metrics whose glyphs cover Vietnamese."""
    for family in TIMES_METRIC_FAMILIES:
        try:
            found = subprocess.run(["fc-list", f":family={family}:lang=vi", "family"], capture_output=True, text=True,
                                   timeout=60, check=False).stdout
        except OSError:
            return None
        if found.strip():
            return family
    return None


def font_file(family: str) -> str:
    """The file of an installed family's regular style that covers Vietnamese; "" if there is none."""
    return subprocess.run(["fc-match", "-f", "%{file}", f"{family}:lang=vi:style=Regular"], capture_output=True,
                          text=True, timeout=60, check=False).stdout


PRINT = (
    Part("libpango-1.0-0", _library("libpango-1.0.so.0")),
    Part("libpangoft2-1.0-0", _library("libpangoft2-1.0.so.0")),
    Part("libharfbuzz-subset0", _library("libharfbuzz-subset.so.0")),
    Part("fontconfig", _program("fc-list")),
    Part("fonts-liberation2", lambda: times_metric_family() is not None),
)
TESTS = (
    Part("git", _program("git")),
    Part("chromium", _program("chromium")),
    Part("firefox-esr", _program("firefox-esr")),
    Part("nginx", _program("nginx", "/usr/sbin/nginx")),
    Part("openssl", _program("openssl")),
    Part("libatomic1", _library("libatomic.so.1")),  # for the driver that the browser tests bring along
)


def missing(parts: tuple[Part, ...]) -> tuple[str, ...]:
    """The Debian packages to install."""
    return tuple(part.package for part in parts if not part.present())


if __name__ == "__main__":
    print("\n".join(missing(PRINT + TESTS if "--tests" in sys.argv[1:] else PRINT)))
