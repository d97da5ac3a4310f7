"""Files that are complete or absent: written aside, then moved into place."""

import tempfile
from pathlib import Path


def write(target: Path, data: bytes) -> None:
    """Put the data where `target` says, folders and all; whoever reads it meanwhile sees the former file or the new."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as aside:
        aside.write(data)
    written = Path(aside.name)
    try:
        written.chmod(0o644)
        written.replace(target)
    except OSError:  # such as a folder in its place
        written.unlink()
        raise
