"""Information about a file under docs/ before it is parsed as a document."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StoredFile:
    """A file under docs/, described by its headers. All fields are untrusted.

    `readable` is false for hidden files, links that lead outside, and unprintable names. `format` is detected from
    the first bytes, "" if unknown; `width` and `height` are those of a picture, 0 if unknown. `fault` is why a
    picture cannot be used, `located` whether it contains coordinates, `appended` whether data follows its end.
    `words` are the metadata texts of a picture, or the beginning of a file that is neither page nor picture. `target`
    is the target of a symbolic link.
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
