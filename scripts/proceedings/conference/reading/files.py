"""Survey of all files and links under docs/, including hidden ones, without following links."""

import os
from dataclasses import replace
from pathlib import Path

from proceedings.conference.stored_files import StoredFile
from proceedings.system import pictures
from proceedings.system.encodings import decoded

_MOST_WORDS = 64 * 1024  # bytes read from a file that is neither a page nor a picture
_SIGNATURES = (
    (b"PK\x03\x04", "ZIP, DOCX, XLSX"), (b"\xd0\xcf\x11\xe0", "DOC, XLS"), (b"%PDF", "PDF"), (b"{\\rtf", "RTF"),
    (b"MZ", "EXE"), (b"BM", "BMP"), (b"II*\0", "TIFF"), (b"MM\0*", "TIFF"), (b"<svg", "SVG"),
)


def survey(docs: Path) -> dict[str, StoredFile]:
    """Return all files and links under docs/ by path, sorted; links to folders are not followed."""
    found, waiting = dict[str, StoredFile](), [docs] if docs.is_dir() else []
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(Path(entry.path))
                    continue
                path = Path(entry.path).relative_to(docs).as_posix()
                hidden = path.startswith(".") or "/." in path  # the file or a folder above it
                found[path] = _look(entry, docs, shown=path.isprintable() and not hidden)
    return dict(sorted(found.items(), key=lambda item: item[0].split("/")))


def _look(entry: os.DirEntry[str], docs: Path, *, shown: bool) -> StoredFile:
    path = Path(entry.path)
    # An unprintable name would corrupt the lines of the report, so such a file is refused without reading it.
    readable = path.is_file() and shown
    if entry.is_symlink():
        return StoredFile(readable and path.resolve().is_relative_to(docs), target=str(path.readlink()))
    if not path.is_file():
        return StoredFile()
    content = StoredFile() if readable and path.suffix == ".md" else _content(path)
    return replace(content, readable=readable, size=entry.stat().st_size)


def _content(path: Path) -> StoredFile:
    with path.open("rb") as file:
        picture = pictures.inspect(file)
        if picture:
            return StoredFile(**vars(picture))
        file.seek(0)
        start = file.read(_MOST_WORDS)
    kind = next((name for signature, name in _SIGNATURES if start.startswith(signature)), "")
    return StoredFile(format=kind, words=decoded(start)[0])
