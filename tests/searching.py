"""Judged queries: read from a file, in all spellings that readers use, run on a site in a browser."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Page

from proceedings.text.slugs import fold

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_PAIRS = ("oa", "oe", "uy")
# Enters the words as by keyboard, without the delay for further keystrokes; waits for their results.
_ASK = """async (words) => {
  const field = document.querySelector("#search-words");
  field.value = words;
  const later = window.setTimeout;
  window.setTimeout = (action) => later(action);
  field.dispatchEvent(new Event("input", {bubbles: true}));
  window.setTimeout = later;
  const form = document.querySelector("[data-search]");
  while (form.dataset.shown !== words) await new Promise((done) => setTimeout(done, 5));
  const links = document.querySelector(".search__page")?.querySelectorAll("a") ?? [];
  return [[...links].map((link) => link.href), document.querySelector("#here").dataset.base];
}"""


@dataclass(frozen=True)
class Judged:
    """A query and its right first results: paths in the site without ".html", some with an anchor."""

    query: str
    right: tuple[str, ...]


@dataclass(frozen=True)
class Miss:
    """A spelling whose first result is wrong."""

    query: str
    right: tuple[str, ...]
    found: str


def read(file: Path) -> list[Judged]:
    """Return the queries of a file.

    Each line contains a query, and after a tab its right first results, separated by "|".
    """
    lines = [line for line in file.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    rows = (line.partition("\t") for line in lines)
    return [Judged(query, tuple(right.replace(".html", "").split("|"))) for query, _, right in rows]


def spellings(query: str) -> list[str]:
    """Return the distinct spellings of a query.

    These are the query as typed, without diacritics, with separate diacritics, and with tones on the other vowel.
    """
    bare = "".join(fold(letter) if letter.isalpha() else letter for letter in query)
    return list(dict.fromkeys((query, bare, unicodedata.normalize("NFD", query), other_tones(query))))


def other_tones(text: str) -> str:
    """Return the text with the tone of final "oa", "oe", "uy" on the other vowel: "hóa", "hoá"."""
    return " ".join(_moved(word) for word in text.split(" "))


def _moved(word: str) -> str:
    apart = unicodedata.normalize("NFD", word)
    tone = next((letter for letter in apart if letter in _TONES), "")
    plain = apart.replace(tone, "") if tone else apart
    if not tone or plain[-2:].lower() not in _PAIRS or plain[-3:-2].lower() == "q":
        return word
    late = apart.endswith(tone)
    moved = f"{plain[:-1]}{tone}{plain[-1]}" if late else f"{plain}{tone}"
    return unicodedata.normalize("NFC", moved)


def ask(page: Page, query: str) -> list[str]:
    """Return the addresses of the first result's links, relative to the site: page, then sections."""
    addresses, base = page.evaluate(_ASK, query)
    return [_place(address, urljoin(page.url, f"{base}/")) for address in addresses]


def _place(address: str, base: str) -> str:
    parts = urlsplit(address)
    path = parts.path.removeprefix(urlsplit(base).path).removesuffix(".html")
    return f"{path}#{parts.fragment}" if parts.fragment else path


def misses(page: Page, queries: Iterable[Judged]) -> Iterator[Miss]:
    """Yield all spellings with a wrong first result."""
    for judged in queries:
        for query in spellings(judged.query):
            found = ask(page, query)
            if not any(_is(wanted, found) for wanted in judged.right):
                yield Miss(query, judged.right, found[0] if found else "")


def _is(wanted: str, found: list[str]) -> bool:
    if "#" in wanted:
        return wanted in found[:2]
    return bool(found) and found[0].split("#")[0] == wanted
