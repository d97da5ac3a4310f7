"""System packages that print and tests require, and detection of missing ones.

Uses the standard library only, so that it can run before anything is installed: `python3 packages.py --print|--tests`
prints the missing Debian packages, one per line.
"""

import ctypes
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

# Fonts of the PDFs by Debian package: a serif with the metrics of Times New Roman, a monospace, and one for symbols
# that both lack. Debian 13 renames the first package to fonts-liberation but accepts this name as well. The print
# styles refer to the font families.
FONTS = {
    "fonts-liberation2": ("LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf", "LiberationSerif-Italic.ttf",
                          "LiberationSerif-BoldItalic.ttf", "LiberationMono-Regular.ttf", "LiberationMono-Bold.ttf",
                          "LiberationMono-Italic.ttf", "LiberationMono-BoldItalic.ttf"),
    "fonts-dejavu-core": ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
}


@dataclass(frozen=True)
class Part:
    """A Debian package and a test whether its contents are present, however they were installed."""

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


@cache
def font_files() -> Mapping[str, str]:
    """Return the path of each installed font of FONTS by file name, preferring the highest version."""
    try:
        listed = subprocess.run(["fc-list", "-f", "%{fontversion} %{file}\n", ":lang=vi"], capture_output=True,
                                text=True, timeout=60, check=False).stdout
    except OSError:
        return {}
    wanted = {name for names in FONTS.values() for name in names}
    lines = (line.partition(" ") for line in listed.splitlines())
    found = sorted((int(version), path) for version, _, path in lines if Path(path).name in wanted)
    return {Path(path).name: path for _, path in found}


def _fonts(package: str) -> Callable[[], bool]:
    return lambda: font_files().keys() >= set(FONTS[package])


PRINT = (
    Part("libpango-1.0-0", _library("libpango-1.0.so.0")),
    Part("libpangoft2-1.0-0", _library("libpangoft2-1.0.so.0")),
    Part("libharfbuzz-subset0", _library("libharfbuzz-subset.so.0")),
    Part("fontconfig", _program("fc-list")),
    Part("fonts-liberation2", _fonts("fonts-liberation2")),
    Part("fonts-dejavu-core", _fonts("fonts-dejavu-core")),
)
TESTS = (
    Part("git", _program("git")),
    Part("chromium-headless-shell", _program("chromium-headless-shell")),
    Part("firefox-esr", _program("firefox-esr")),
    Part("nginx", _program("nginx", "/usr/sbin/nginx")),
    Part("openssl", _program("openssl")),
    # Required by the driver that Playwright installs for the browser tests.
    Part("libatomic1", _library("libatomic.so.1")),
)


def missing(parts: tuple[Part, ...]) -> tuple[str, ...]:
    """Return the names of the Debian packages that are not installed."""
    return tuple(part.package for part in parts if not part.present())


if __name__ == "__main__":
    print("\n".join(missing(PRINT + TESTS if "--tests" in sys.argv[1:] else PRINT)))
