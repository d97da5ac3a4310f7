"""Check that a built site contains every file that its pages and style sheets refer to."""

import posixpath
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

_ADDRESSES = etree.XPath("//@href | //@src | //@poster")
_URL = re.compile(r"""url\(\s*["']?([^"')]*)""")


def lacking(site: Path) -> tuple[tuple[str, str], ...]:
    """Return pairs of a page or style sheet and a file missing from the site that it refers to, sorted."""
    targets: dict[tuple[str, str], str] = {}  # by folder and address, because pages of a folder share a menu
    present: dict[str, bool] = {"": True}
    found: set[tuple[str, str]] = set()
    for source in [*site.rglob("*.html"), *site.rglob("*.css")]:
        path = source.relative_to(site).as_posix()
        folder = posixpath.dirname(path)
        for address in set(_addresses(source)):
            if (folder, address) not in targets:
                targets[folder, address] = _target(folder, address)
            target = targets[folder, address]
            if target not in present:
                present[target] = _is_there(site, target)
            if not present[target]:
                found.add((path, target))
    return tuple(sorted(found))


def _addresses(source: Path) -> list[str]:
    """Return the addresses in a page or a style sheet."""
    text = source.read_text("utf-8")
    if source.suffix == ".css":
        return _URL.findall(text)
    found: Any = _ADDRESSES(etree.fromstring(text, etree.HTMLParser())) if text.strip() else ()
    return [str(address) for address in found]


def _target(folder: str, address: str) -> str:
    """Return the site path of an address relative to a folder; "" if it does not refer to a file."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or not parts.path:
        return ""
    named = unquote(parts.path)
    # Only the page for unknown addresses (404) uses root-relative links, because it is served at any depth.
    joined = named.lstrip("/") if named.startswith("/") else posixpath.join(folder, named)
    return posixpath.normpath(joined or ".")


def _is_there(site: Path, target: str) -> bool:
    if target.startswith("..") or "\0" in target:
        return False
    place = site / target
    return place.is_file() or (target == "." and (site / "index.html").is_file())
