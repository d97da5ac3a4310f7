"""Where an address in a text leads, as browsers read it: they take a backslash for a slash and see no controls."""

import re
from urllib.parse import SplitResult, unquote, urlsplit

from proceedings.schema import PICTURE_SUFFIXES

_UNSEEN = re.compile(r"[\x00-\x1f\x7f]")


def split(address: str) -> SplitResult | None:
    """The address in its parts, None where it is none, such as "//[a"."""
    try:
        return urlsplit(address)
    except ValueError:
        return None


def is_own_picture(address: str) -> bool:
    r"""Whether an address may lead to a picture among the documents, by a path from the page.

    It may not where it names an origin ("//host", "///host", "\\host"), a scheme or a drive ("C:"), or leads from the
    server's root, which a page opened from a folder has none of.
    """
    parts = split(_UNSEEN.sub("", address).strip().replace("\\", "/"))
    if parts is None or parts.scheme or parts.netloc or parts.path.startswith("/") or ":" in parts.path:
        return False
    return unquote(parts.path).lower().endswith(tuple(PICTURE_SUFFIXES))
