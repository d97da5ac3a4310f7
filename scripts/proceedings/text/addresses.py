"""Classification of link addresses, following the URL parsing of browsers.

Browsers treat a backslash in a path as a slash and ignore control characters.
"""

import re
from urllib.parse import SplitResult, unquote, urlsplit

from proceedings.schema import PICTURE_SUFFIXES

_UNSEEN = re.compile(r"[\x00-\x1f\x7f]")


def split(address: str) -> SplitResult | None:
    """Split a URL into its components; return None for one that cannot be parsed, such as "//[a"."""
    try:
        return urlsplit(address)
    except ValueError:
        return None


def is_own_picture(address: str) -> bool:
    r"""Return whether an address can refer to a picture below `docs/`, relative to the page.

    It cannot if it contains a host ("//host", "///host", "\\host"), a scheme or a drive letter ("C:"), or if it is
    relative to the server's root: a page opened from a folder has no root.
    """
    parts = split(_UNSEEN.sub("", address).strip().replace("\\", "/"))
    if parts is None or parts.scheme or parts.netloc or parts.path.startswith("/") or ":" in parts.path:
        return False
    return unquote(parts.path).lower().endswith(tuple(PICTURE_SUFFIXES))
