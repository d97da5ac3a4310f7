"""File names that are valid on FAT, exFAT and Windows, whatever the current file system allows."""

import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

LONGEST_PATH = 240  # UTF-16 units: 260 on Windows, less a drive and the folder to extract to
LONGEST_NAME = 255  # UTF-16 units, the limit of long names on FAT and of exFAT
LONGEST_FOLDER = 60  # name of the top-level folder in the archive for a USB stick
_RESERVED = '<>:"\\|?*'
_DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$",
            *(f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³")}


def fault(name: str) -> str:
    """Return why a path component is unsafe (Vietnamese predicate), or ""."""
    found = "".join(sorted({char for char in name if char in _RESERVED or unicodedata.category(char) == "Cc"}))
    if found:
        return f"có ký tự bị cấm ({' '.join(map(printable, found))})"
    if name.split(".", maxsplit=1)[0].rstrip().lower() in _DEVICES:
        return "trùng tên một thiết bị của Windows"
    if name.endswith((".", " ")) or name.startswith(" "):
        return "có dấu chấm ở cuối hoặc dấu cách ở đầu, ở cuối"
    if units(name) > LONGEST_NAME:
        return f"dài quá {LONGEST_NAME} ký tự"
    return ""


def collisions(paths: Iterable[str], taken: Iterable[str] = ()) -> Iterator[tuple[str, str, str]]:
    """Yield names that differ from an earlier one only by case or Unicode normalization.

    Each is reported as the path, its colliding part (file or folder), and the earlier name. `taken` are names that
    exist before all paths.
    """
    first = {_same(path): path for path in taken}
    for path in paths:
        for held in (PurePosixPath(path), *PurePosixPath(path).parents[:-1]):
            known = first.setdefault(_same(held.as_posix()), held.as_posix())
            if known != held.as_posix():
                yield path, held.as_posix(), known


def units(text: str) -> int:
    """Return the length in UTF-16 units, as Windows counts it."""
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2


def printable(text: str) -> str:
    r"""Return the text with unprintable characters escaped as in Python literals: a tab as \t."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


def _same(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
