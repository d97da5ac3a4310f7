"""Files that are complete or absent: written aside, then moved into place."""

import tempfile
from pathlib import Path


class WriteError(Exception):
    """A file that could not be written; the message says why and what to do. What was there before still is."""


def write(target: Path, data: bytes) -> None:
    """Put the data where `target` says, folders and all; whoever reads it meanwhile sees the former file or the new.

    Raises WriteError, for example where the disk is full or a folder has the name.
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
