"""Check that a built site contains every file that its pages and style sheets refer to."""

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

_ADDRESSES = etree.XPath("//@href | //@src | //@poster")
_URL = re.compile(r"""url\(\s*["']?([^"')]*)""")
# Whatever may be such an attribute, and its value if that is certain: it ends on the same line, and has no entities.
_LIKELY = re.compile(r"""(?:href|src|poster)\s*(?:$|=)(?=\s*(?:"([^"&]*)"|'([^'&]*)'|([^\s"'&<>=`]+)[\s>])?)""",
                     re.IGNORECASE)
_UNCERTAIN = "%00"


def lacking(site: Path) -> tuple[tuple[str, str], ...]:
    """Return pairs of a page or style sheet and a file missing from the site that it refers to, sorted."""
    present: dict[str, bool] = {"": True}

    def is_present(target: str) -> bool:
        if target not in present:
            present[target] = _is_there(site, target)
        return present[target]

    found: set[tuple[str, str]] = set()
    right: dict[str, set[str]] = {}  # lines of pages by folder: pages of a folder share a menu
    for source in [*site.rglob("*.html"), *site.rglob("*.css")]:
        path, text = source.relative_to(site).as_posix(), source.read_text("utf-8")
        folder = posixpath.dirname(path)
        if source.suffix == ".html":
            known = right.setdefault(folder, set())
            lines = set(text.split("\n")) - known
            doubtful = {line for line in lines
                        if not all(is_present(_target(folder, address)) for address in _likely(line))}
            known |= lines - doubtful
            if not doubtful:
                continue
        addresses = _URL.findall(text) if source.suffix == ".css" else _addresses(text)
        targets = {_target(folder, address) for address in set(addresses)}
        found |= {(path, target) for target in targets if not is_present(target)}
    return tuple(sorted(found))


def _likely(line: str) -> Iterator[str]:
    """Yield at least the addresses in a line of a page, and one that is never present if only a parser can read it."""
    return ("".join(filter(None, groups)) if any(groups) else _UNCERTAIN for groups in _LIKELY.findall(line))


def _addresses(text: str) -> list[str]:
    """Return the addresses in a page."""
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
