"""Check that a built site contains every file that its pages and style sheets refer to."""

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html

_ATTRIBUTES = ("href", "src", "poster")
_URL = re.compile(r"""url\(\s*["']?([^"')]*)""")


def lacking(site: Path) -> tuple[tuple[str, str], ...]:
    """Return pairs of a page or style sheet and a file missing from the site that it refers to, sorted."""
    present: dict[str, bool] = {}
    found: set[tuple[str, str]] = set()
    for source in [*site.rglob("*.html"), *site.rglob("*.css")]:
        path = source.relative_to(site).as_posix()
        for target in set(_targets(path, source)):
            if target not in present:
                present[target] = _is_there(site, target)
            if not present[target]:
                found.add((path, target))
    return tuple(sorted(found))


def _targets(path: str, source: Path) -> Iterator[str]:
    """Yield the site paths that a page or style sheet refers to."""
    text = source.read_text("utf-8")
    addresses = _URL.findall(text) if source.suffix == ".css" else _links(text)
    for address in addresses:
        try:
            parts = urlsplit(address.strip())
        except ValueError:  # an invalid address, which refers to no file
            continue
        if parts.scheme or parts.netloc or not parts.path:
            continue
        named = unquote(parts.path)
        # Only the page for unknown addresses (404) uses root-relative links, because it is served at any depth.
        joined = named.lstrip("/") if named.startswith("/") else posixpath.join(posixpath.dirname(path), named)
        yield posixpath.normpath(joined or ".")


def _links(page: str) -> Iterator[str]:
    if page.strip():
        for element in html.document_fromstring(page).iter():
            yield from (str(element.attrib[name]) for name in _ATTRIBUTES if name in element.attrib)


def _is_there(site: Path, target: str) -> bool:
    if target.startswith("..") or "\0" in target:
        return False
    place = site / target
    return place.is_file() or (target == "." and (site / "index.html").is_file())
