"""Atomic writing of files: a temporary file is written, then moved into place."""

import tempfile
from pathlib import Path


class WriteError(Exception):
    """A file could not be written; the message (Vietnamese) gives the reason and the remedy.

    A former file of the same name is unchanged.
    """


def write(target: Path, data: bytes) -> None:
    """Write a file atomically, creating its parent folders.

    Concurrent readers see either the former or the new content. Raises WriteError, for example if the disk is full or
    the name belongs to a folder.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _write_aside(target, data)
    except OSError as error:
        raise WriteError(f"Không ghi được {target} ({error.strerror}); hãy xem tên, quyền ghi và chỗ trống trên đĩa "
                         "rồi chạy lại.") from error


def _write_aside(target: Path, data: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as aside:
        written = Path(aside.name)
    try:
        written.write_bytes(data)
        written.chmod(0o644)
        written.replace(target)
    except OSError:
        written.unlink()
        raise
