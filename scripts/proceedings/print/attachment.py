"""The Markdown source of a document as attached to its PDF: text, and printed front matter values."""

import re

from proceedings import schema
from proceedings.text.front_matter import restricted, serialised
from proceedings.text.source import Document

# Code, inside which "<!--" does not start a comment: a fenced block, or an inline span.
_CODE_OR_COMMENT = re.compile(
    r"^ {0,3}(?P<fence>```|~~~).*?^ {0,3}(?P=fence)|(?P<ticks>`+)(?!`)[^`\n]*(?P=ticks)(?!`)|" + schema.COMMENT.pattern,
    re.DOTALL | re.MULTILINE)
_MARKERS = re.compile(rf"<!--[ \t]*bang:[ \t]*(?:{'|'.join(schema.Table)})[ \t]*-->")


def attached(document: Document) -> str:
    """Return a document's Markdown without comments and without front matter keys that are not printed.

    Markers of derived tables are kept, because they show where a table of the PDF belongs.
    """
    fields = restricted(document.front_matter, schema.PRINTED_KEYS, schema.PRINTED_ITEM_KEYS)
    head = f"---\n{serialised(fields)}---\n" if fields.entries else ""
    return head + _CODE_OR_COMMENT.sub(_shown, document.body)


def _shown(found: re.Match[str]) -> str:
    code = found["fence"] or found["ticks"]
    return found[0] if code or _MARKERS.fullmatch(found[0]) else ""
