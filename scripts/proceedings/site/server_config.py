"""nginx configuration whose Content-Security-Policy allows inline scripts of the build by hash."""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from lxml import etree

from proceedings.conference import products

CONFIGURATION = "nginx.conf"
VALUES = "gia-tri.conf"
_TEMPLATES = Path(__file__).parent
# Script types that browsers execute, to which the policy applies; any other type is data.
_RUN = {"", "module", "importmap", "speculationrules", "text/javascript", "application/javascript",
        "text/ecmascript", "application/ecmascript", "application/x-javascript", "text/jscript"}


def files(site: Path) -> Mapping[str, bytes]:
    """Return the server files of a built site, by path in it.

    The configuration is copied after each build; the sample of values specific to the server is edited once.
    """
    pages = [path.read_text("utf-8") for path in sorted(site.rglob("*.html"))]
    values = (_TEMPLATES / "nginx-values.conf").read_bytes()
    return {f"{products.server_folder}/{CONFIGURATION}": configuration(pages).encode(),
            f"{products.server_folder}/{VALUES}": values}


def configuration(pages: Iterable[str]) -> str:
    """Return an nginx configuration that allows only the inline scripts and styles of these pages (HTML)."""
    scripts: set[str] = set()
    styles: set[str] = set()
    for page in pages:
        found = inline(page)
        scripts |= found["script"]
        styles |= found["style"]
    template = (_TEMPLATES / "nginx.conf").read_text("utf-8")
    return (template.replace("@script-hashes@", _sources(scripts)).replace("@style-hashes@", _sources(styles))
            .replace("@folder@", products.server_folder))


def inline(page: str) -> Mapping[str, set[str]]:
    """Return the texts of a page's executable inline scripts and of its inline styles, by element name.

    The article is left out, because content must not contain any; scripts that get past the sanitizer stay blocked.
    """
    opening, closing = page.find("<article"), page.rfind("</article>")
    outside = page[:opening] + page[closing:] if 0 <= opening < closing else page
    found: dict[str, set[str]] = {"script": set(), "style": set()}
    if outside.strip():
        for element in etree.fromstring(outside, etree.HTMLParser()).iter("script", "style"):
            if element.tag == "style" or _runs(element):
                found[str(element.tag)].add(element.text or "")
    return found


def _runs(script: etree._Element) -> bool:
    """Return whether a browser executes a script element."""
    return "src" not in script.attrib and (script.get("type") or "").strip().lower() in _RUN


def _sources(texts: set[str]) -> str:
    """Return the hashes of the texts as CSP sources, each after a space."""
    digests = (hashlib.sha256(text.encode()).digest() for text in texts)
    return "".join(sorted(f" 'sha256-{base64.b64encode(digest).decode()}'" for digest in digests))
