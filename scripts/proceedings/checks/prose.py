"""The words that rules read: those of the volume, line by line, without code and without marks of markup."""

from collections.abc import Collection, Iterator

from proceedings.model import Conference
from proceedings.source import Document


def printed(conference: Conference, *, but: Collection[str] = ()) -> Iterator[Document]:
    """The documents of the volume in order, those at the paths `but` left out."""
    return (conference.documents[path] for path in conference.printed if path not in but)


def lines_of_words(document: Document) -> Iterator[tuple[int, str]]:
    """Each line of the front matter as it stands, then each block's prose at the block's line."""
    yield from enumerate(document.lines[: document.front_matter_lines], 1)
    for block in document.blocks:
        yield block.line, block.prose
