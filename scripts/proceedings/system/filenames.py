"""Names of files that every disk takes: those of FAT, of exFAT and of Windows, whatever this machine allows."""

import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

LONGEST_PATH = 240  # UTF-16 units: Windows' 260 less a drive and a folder to unpack into
LONGEST_NAME = 255  # UTF-16 units of FAT's long names and of exFAT
LONGEST_FOLDER = 60  # of the one folder that the archive for a USB stick is unpacked to
_RESERVED = '<>:"\\|?*'
_DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$",
            *(f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³")}


def fault(name: str) -> str:
    """What makes one part of a path unsafe (Vietnamese, to stand behind the name), "" if nothing does."""
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
    """Files and folders whose names differ by case or by how marks are coded only, each but the first.

    Told are the path, the part of it that collides, and what was there before; `taken` were there before all.
    """
    first = {_same(path): path for path in taken}
    for path in paths:
        for held in (PurePosixPath(path), *PurePosixPath(path).parents[:-1]):
            known = first.setdefault(_same(held.as_posix()), held.as_posix())
            if known != held.as_posix():
                yield path, held.as_posix(), known


def units(text: str) -> int:
    """Its length as Windows counts it."""
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2


def printable(text: str) -> str:
    r"""The text with all that cannot be seen, or is no character, as Python writes it: a tab as \t."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


def _same(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
