"""The words of a document, extracted independently from its Markdown, its page and its PDF.

The numbers of ordered lists and footnotes count as words, because readers see them; bullets and pictures do not.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pypdfium2 as pdfium
from lxml import html
from lxml.html import HtmlElement
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.footnote import footnote_plugin

from proceedings.print.measures import VOLUME

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_BRACED = r"\{:?[ \t]*[#.][\w-]+[ \t]*\}[ \t]*$"
_ATTRIBUTES = re.compile(rf"^(#.*?)[ \t]+{_BRACED}|^{_BRACED}", re.MULTILINE)
_COMMENT = re.compile(r"^<!--.*?-->[ \t]*$", re.DOTALL | re.MULTILINE)
_MM = 72 / 25.4


def words(text: str) -> list[str]:
    """Return runs of letters and digits in NFC, with case folded (print sets some lines in capitals)."""
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).casefold())


def of_markdown(text: str) -> list[str]:
    """Return the words of rendered Markdown, with footnotes at the end."""
    return words(" ".join(_spoken(_tokens(text))))


def of_markdown_apart(text: str) -> tuple[list[str], list[list[str]]]:
    """Return the words of the Markdown without its footnotes, and those of each footnote, as in print."""
    tokens = _tokens(text)
    start = next((index for index, token in enumerate(tokens) if token.type == "footnote_block_open"), len(tokens))
    notes: list[list[Token]] = []
    for token in tokens[start:]:
        if token.type == "footnote_open":
            notes.append([])
        if notes:
            notes[-1].append(token)
    return words(" ".join(_spoken(tokens[:start]))), [words(" ".join(_spoken(note))) for note in notes]


def _tokens(text: str) -> list[Token]:
    parser = MarkdownIt("commonmark").enable("table").disable(["html_block", "reference"])
    parser.use(footnote_plugin).use(admon_plugin)
    return parser.parse(_COMMENT.sub("", _ATTRIBUTES.sub(r"\1", _FRONT_MATTER.sub("", text))))


def _spoken(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "list_item_open" and token.info:
            yield token.info
        elif token.type in ("footnote_open", "footnote_ref"):
            yield str(token.meta["id"] + 1)
        elif token.type in ("text", "text_special", "code_inline", "fence", "code_block"):
            yield token.content
        elif token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.type == "html_inline":  # everything except breaks and comments is text
            yield " " if re.fullmatch(r"<br ?/?>|<!--.*?-->", token.content, re.DOTALL) else token.content
        elif token.type == "inline":
            # Adjacent pieces form one word: "**05** năm" contains the space it needs.
            yield "".join(_spoken(token.children or ()))


def of_page(page: Path) -> list[str]:
    """Return the words of a page's article."""
    article = html.parse(page).getroot().find(".//article")
    assert article is not None
    return of_html(article)


def of_html(element: HtmlElement) -> list[str]:
    """Return the words of HTML that readers see."""
    return words("".join(_visible(element)))


_BLOCKS = frozenset("address article blockquote br dd div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p "
                    "pre section table tbody td tfoot th thead tr ul".split())


def _visible(element: HtmlElement) -> Iterator[str]:
    tag = element.tag
    if not isinstance(tag, str) or tag in ("script", "style", "svg", "template"):
        return
    classes = (element.get("class") or "").split()
    if not {"register__label", "headerlink", "related", "mentioned", "about", "contents", "mine"}.isdisjoint(classes):
        return  # added by the page
    yield " " if tag in _BLOCKS else ""
    parent = element.getparent()
    if tag == "li" and parent is not None and parent.tag == "ol":
        yield f"{int(parent.get('start', '1')) + [*parent.iterchildren('li')].index(element)} "
    yield element.text or ""
    for child in element:
        yield from _visible(child)
        yield child.tail or ""
    yield " " if tag in _BLOCKS else ""


def of_pdf(pdf: Path, first: int = 0, count: int | None = None) -> list[str]:
    """Return the words of some pages of a PDF, without the page margins."""
    document = pdfium.PdfDocument(pdf)
    pages = range(first, len(document) if count is None else first + count)
    return words(" ".join(_body_text(document[number]) for number in pages))


def _body_text(page: pdfium.PdfPage) -> str:
    """Return the text between the top and bottom margins, character by character as selected in viewers."""
    height = page.get_size()[1]
    text = page.get_textpage()
    letters = []
    for index in range(text.count_chars()):
        letter = chr(pdfium.raw.FPDFText_GetUnicode(text, index))
        _, low, _, high = text.get_charbox(index)
        if letter.isspace() or (VOLUME.bottom - 1) * _MM < (low + high) / 2 < height - (VOLUME.top - 2) * _MM:
            letters.append(letter)
    return "".join(letters)


def lost(expected: list[str], found: list[str]) -> list[str]:
    """Return the expected words that do not occur in `found` in the same order."""
    position, missing = 0, []
    for word in expected:
        try:
            position = found.index(word, position) + 1
        except ValueError:
            missing.append(word)
    return missing


def lost_in_print(markdown: str, found: list[str]) -> list[str]:
    """Return the words of the Markdown missing in print: text in order, each footnote as one piece."""
    text, notes = of_markdown_apart(markdown)
    spaced = f" {' '.join(found)} "
    torn = [" ".join(note) for note in notes if f" {' '.join(note)} " not in spaced]
    return lost(text, found) + torn


def added(expected: list[str], found: list[str]) -> Counter[str]:
    """Return the words of `found` beyond the expected ones, with their counts."""
    return Counter(found) - Counter(expected)
