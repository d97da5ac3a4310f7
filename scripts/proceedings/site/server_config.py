"""The site as nginx serves it: a configuration whose Content-Security-Policy knows the inline scripts of the build."""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from lxml import etree

from proceedings.conference import products

CONFIGURATION = "nginx.conf"
VALUES = "gia-tri.conf"
_TEMPLATES = Path(__file__).parent
# What a browser runs, and so asks the policy for; any other type is data to it.
_RUN = {"", "module", "importmap", "speculationrules", "text/javascript", "application/javascript",
        "text/ecmascript", "application/ecmascript", "application/x-javascript", "text/jscript"}


def files(site: Path) -> Mapping[str, bytes]:
    """The server's files of a built site, by their path in it.

    The configuration is copied after each build; the sample of the server's own values is edited once.
    """
    pages = [path.read_text("utf-8") for path in sorted(site.rglob("*.html"))]
    values = (_TEMPLATES / "nginx-values.conf").read_bytes()
    return {f"{products.server_folder}/{CONFIGURATION}": configuration(pages).encode(),
            f"{products.server_folder}/{VALUES}": values}


def configuration(pages: Iterable[str]) -> str:
    """A site's configuration for nginx that lets these pages (HTML) run their own inline scripts and no other."""
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
    """The texts of a page's inline scripts that a browser runs, and of its inline styles, by the element's name.

    Those of the article are left out. Content stands there, and may run nothing: what slips through stays refused.
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
    """Whether a browser runs what stands in a script."""
    return "src" not in script.attrib and (script.get("type") or "").strip().lower() in _RUN


def _sources(texts: set[str]) -> str:
    """The texts' hashes as sources of a policy, each after a space."""
    digests = (hashlib.sha256(text.encode()).digest() for text in texts)
    return "".join(sorted(f" 'sha256-{base64.b64encode(digest).decode()}'" for digest in digests))
