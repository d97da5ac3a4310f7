"""What is known of a file under docs/ before it is read as a document."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StoredFile:
    """What lies at one path under docs/, as far as its headers tell: it may be anything, and say anything of itself.

    `readable` is what is neither hidden nor a link that leads outside, under a name that can be shown. `format` is what
    the first bytes are, "" where that is unknown; width and height are a picture's, 0 where unknown; `fault` is why a
    picture cannot be used, `located` that it tells where it was taken, `appended` that something stands behind it.
    `words` are a picture's attached texts, and the beginning of a file that is neither page nor picture. `target` is
    where a symbolic link leads.
    """

    readable: bool = False
    size: int = 0
    format: str = ""
    width: int = 0
    height: int = 0
    moves: bool = False
    words: str = ""
    fault: str = ""
    located: bool = False
    appended: bool = False
    target: str | None = None
