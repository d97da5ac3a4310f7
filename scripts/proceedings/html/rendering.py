"""Markdown rendering with sanitized output, and typographic rules for Vietnamese."""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

import nh3
from lxml import etree, html
from lxml.html import HtmlElement
from markupsafe import Markup, escape
from pygments.token import STANDARD_TYPES

from proceedings import schema
from proceedings.conference.settings import Settings
from proceedings.html.dialect import PLACE, PLACES, Converter
from proceedings.text import addresses
from proceedings.text.addresses import is_own_picture
from proceedings.text.bounds import LONGEST_TEXT

_TAGS = frozenset("""
    a abbr b blockquote br caption code col colgroup dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6
    hr i img ins kbd li mark ol p pre q s section small span strong sub summary sup table tbody td tfoot th thead tr u
    ul
""".split())
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"id"},
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
}
# The complete class values that the site's extensions produce; others are removed, so content can set none.
_CLASSES: dict[str, set[str]] = {
    "a": {"footnote-ref", "footnote-backref"},
    "div": {"footnote", "highlight", *(f"admonition {box}" for box in schema.BOXES),
            *(f"{PLACE}{table}" for table in PLACES)},
    "p": {"admonition-title"},
    "span": {name for name in STANDARD_TYPES.values() if name},  # token types of highlighted code
}
_VALUES = {tag: {"class": names} for tag, names in _CLASSES.items()}
_VALUES |= {tag: {"align": {"left", "center", "right"}} for tag in ("td", "th")}
_CLEANER = nh3.Cleaner(tags=set(_TAGS), attributes=_ATTRIBUTES, tag_attribute_values=_VALUES,
                       url_schemes={"http", "https", "mailto"}, link_rel=None, strip_comments=True)
# A parser without lxml.html's lookup of element classes, which runs in Python and takes a tenth of the rendering
# time.
_PARSER = html.HTMLParser()
_PARSER.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement, comment=html.HtmlComment))
# Form feeds and similar characters, pasted from word processors: invalid in XML, or missing in all fonts.
_CONTROL = re.compile(r"[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Of an anchor; empty before the number for a heading without words.
_ID = re.compile(r"(?=.)(?:[a-z0-9]+(?:[_-][a-z0-9]+)*)?(?:_\d+)?")
_NOTES = frozenset({"li", "sup"})
_NOTE_ID = re.compile(r"fn(?:ref\d*)?:\S+")
_VERBATIM = frozenset({"code", "pre", "kbd"})
_EMPHASIS = ("a", "b", "em", "i", "strong", "u")

# --- What no line may break: browsers and Pango would, at spaces, "/" and "-" ------------
# Pieces are short, or justified lines would gape; every repetition has a bound, so that no text takes long to search.
_SHORT = 28  # letters quoted in a message
_LONGEST_PIECE = 36  # letters; longer pieces, which are not numbers or dates, may break
_LETTERS = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệfghiìíỉĩịjklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvwxyỳýỷỹỵz"
_BIG, _SMALL = f"[{_LETTERS.upper()}]", f"[{_LETTERS}]"
_UNITS = """
    năm, tháng, quý, tuần, ngày, đêm, giờ, phút, giây, buổi, tuổi, thế kỷ, %, ‰, °C, mm, cm, dm, m, km, m², km², m³, ha,
    g, kg, yến, tạ, tấn, lít, đồng, nghìn, triệu, tỷ, nghìn đồng, triệu đồng, tỷ đồng, nghìn tỷ đồng, lần, lượt, đợt,
    lượt người, người, đồng chí, cán bộ, chiến sĩ, đại biểu, hộ, gia đình, cơ quan, đơn vị, tỉnh, thành phố, huyện,
    quận, thị xã, xã, phường, thị trấn, thôn, bản, xóm, tổ, đội, lớp, trường, cuộc, vụ, việc, bài, cuốn, bộ, chiếc,
    trang, điểm, mục, điều, khoản, chương, sở, ngành, phòng
""".replace("\n", " ").split(",")
_ANY_UNIT = "|".join(r"\s".join(unit.split()) for unit in sorted(_UNITS, key=len, reverse=True))
_TIMES = "năm|tháng|quý|tuần|ngày"
_PARTS = r"chương|mục|phần|phụ\slục|bảng|biểu|hình|số|tr\.|trang|thứ|lần|đợt|kỳ|khóa|tập|lớp|tổ|đội"
_TIME, _PART = f"(?i:{_TIMES})", f"(?i:{_PARTS})"
_END = r"(?![\w/]|[.,]\d|-[A-ZĐ])"  # not the beginning of a citation, a date or a decimal
_TO = r"\s?[-–]\s?"
_NUMBER = rf"(?<!\d[.,/])\d(?:[\d.,]{{0,14}}\d)?(?:{_TO}\d(?:[\d.,]{{0,14}}\d)?)?"  # "1.234,5", "3 - 5"
_ORDINAL = rf"(?:\d{{1,4}}(?:\.\d{{1,2}}){{0,2}}|[IVXLCDM]{{1,7}})(?:/\d{{4}})?{_END}"  # "5", "2.1", "VI", "7/2034"
_ORDINALS = rf"{_ORDINAL}(?:{_TO}{_ORDINAL})?"
_LAW = rf"(?:(?i:điểm)\s[a-xđ]\)?(?!\w)|(?i:khoản|điều)\s\d{{1,3}}[a-zđ]?{_END})"
_COUNTED = rf"\s(?:{_TIME}\s{_ORDINAL}|(?i:{_ANY_UNIT})(?!\w))"  # after a number: "năm", "triệu đồng", "năm 2034"
_SECOND = r"\s(?!(?i:ngày|khoản|điều)\s)"  # begins a separate piece, so it is not the second word of a name
_NAME = rf"(?:{_BIG}{_SMALL}{{0,6}}(?:{_SECOND}{_SMALL}{{1,7}})?|{_BIG}{{1,7}}(?:{_SECOND}{_BIG}{{1,7}})?)"
_SYMBOL = r"[A-ZĐ][A-Za-zĐđ]{1,11}(?:-[A-ZĐ][A-Za-zĐđ]{1,11}\d{0,2}){0,5}"
_FULL = rf"\d{{1,6}}/(?:\d{{4}}/)?{_SYMBOL}"  # "12/2034/NĐ-CP", "46/KH-BTC"
_OF_THE_PARTY = rf"\d{{1,6}}-[A-ZĐ]{{1,7}}/{_SYMBOL}"  # "12-NQ/TW"
_DATE = r"\d{1,2}/\d{1,2}/\d{4}(?!\d)"
# The first match at a position wins, so patterns with complete numbers come before those of parts.
_FROM_A_FIGURE = "|".join((
    _FULL,
    _OF_THE_PARTY,
    rf"(?<!/){_DATE}",
    r"\d{1,2}\s(?i:giờ)(?:\s\d{2}(?!\d)(?:\s(?i:phút))?)?(?!\w)",  # "8 giờ 00"
    rf"(?:{_NUMBER}|(?<!/)\d{{1,2}}/\d{{1,2}}){_COUNTED}",  # "05 năm", "1/2 ngày"
    rf"(?<!/)\d{{4}}{_TO}\d{{4}}(?!\d)",  # "2032 - 2035": otherwise a line could begin like a list item
))
_FROM_A_WORD = "|".join((
    rf"(?i:số)\s(?:{_FULL}|{_OF_THE_PARTY})",
    rf"(?i:ngày)\s{_DATE}",
    # Blanks of a draft stay adjacent, because `official` inserts space between them; a complete date may break before
    # its year.
    r"(?i:ngày)\s{1,9}(?:\d{1,2}\s)?(?i:tháng)\s{1,9}(?:\d{1,2}(?!\d)|(?i:năm)\s\d{4}(?!\d))",
    rf"{_LAW}(?:,?\s{_LAW}){{0,2}}",  # "điểm a khoản 2 Điều 103"
    rf"{_TIME}\s{_ORDINALS}",  # "tháng 7/2034", "năm 2032 - 2035"
    rf"{_PART}\s{_ORDINALS}(?:{_COUNTED})?",  # "mục VI", "Phụ lục 2"
    rf"{_NAME}\s{_ORDINALS}(?:{_COUNTED})?",  # "Quân khu 2", "Trung đoàn 247"
    r"[A-ZĐ]{2,10}(?:-[A-ZĐ]{2,10}){1,5}\b",  # "KT-XH"
))
# The search starts only at digits, capitals and the possible first words, which makes it fast.
_FIRST = f"{_BIG}|{_TIMES}|{_PARTS}|điểm|khoản|điều"
_UNBREAKABLE = re.compile(rf"(?<!\w)(?:(?=\d)(?:{_FROM_A_FIGURE})|(?={_FIRST})(?:{_FROM_A_WORD}))")


def converter(settings: Settings) -> Converter:
    """Return the converter for the settings; its HTML is not sanitized, see `finish`."""
    return Converter(settings.extensions, settings.extension_options)


def render(markdown: str, settings: Settings) -> str:
    """Render a single text; the HTML is not sanitized, see `finish`."""
    return converter(settings).convert(markdown).html


def finish(rendered: str) -> HtmlElement:
    """Sanitize rendered HTML and return its tree.

    Blanks are marked, and citations, dates and numbers with their units are wrapped so that they stay on one line.
    """
    harmless = sanitise(rendered)
    root = parse(harmless)
    _keep_own_images(root)
    _keep_readable_links(root)
    _keep_own_ids(root)
    _drop_empty_paragraphs(root)
    if "[" in harmless:  # cheap test: most delivered texts have no blanks
        wrap(root, schema.BLANK, "blank")
    _join_emphasis(root)
    wrap(root, _UNBREAKABLE, "nowrap", _LONGEST_PIECE)
    _scope_heads(root)
    return root


def sanitise(rendered: str) -> str:
    """Remove unknown elements, attributes and URL schemes, so that nothing in content can be executed."""
    return _CLEANER.clean(rendered)


def parse(fragment: str) -> HtmlElement:
    """Parse a fragment into a tree whose root is a `div`."""
    root: HtmlElement = _PARSER.makeelement("div")
    pieces: Any = html.fragments_fromstring(_CONTROL.sub(" ", fragment), parser=_PARSER)
    if pieces and isinstance(pieces[0], str):
        root.text = pieces.pop(0)
    root.extend(pieces)
    return root


def serialise(root: HtmlElement) -> str:
    """Serialize the content of a root element, without the root itself."""
    text: str = html.tostring(root, encoding="unicode")
    return text.removeprefix("<div>").removesuffix("</div>")


@lru_cache(maxsize=5_000)  # names and subjects of documents occur on many pages
def unbroken(text: str) -> Markup:
    """Return plain text as HTML in which citations, dates, and numbers with their units stay on one line."""
    root = parse(str(escape(text)))
    wrap(root, _UNBREAKABLE, "nowrap", _LONGEST_PIECE)
    return Markup(serialise(root))  # noqa: S704 - escaped above


def splice(parent: HtmlElement, position: int, fragment: str) -> None:
    """Insert an HTML fragment after the first `position` children of an element.

    The text that followed those children then follows the fragment.
    """
    piece = parse(fragment)
    children = list(piece)
    holder, slot = (parent[position - 1], "tail") if position else (parent, "text")
    rest = getattr(holder, slot) or ""
    setattr(holder, slot, piece.text)
    for child in reversed(children):
        parent.insert(position, child)
    last, slot = (children[-1], "tail") if children else (holder, slot)
    setattr(last, slot, (getattr(last, slot) or "") + rest)


def insert(element: HtmlElement, slot: str, offset: int, mark: HtmlElement) -> None:
    """Insert an element into another's "text" or "tail", `offset` characters from its start."""
    text: str = getattr(element, slot) or ""
    setattr(element, slot, text[:offset])
    if slot == "text":
        element.insert(0, mark)
    else:
        around = element.getparent()
        around.insert(around.index(element) + 1, mark)
    mark.tail = text[offset:]


def wrap(root: HtmlElement, pattern: re.Pattern[str], name: str, longest: int = LONGEST_TEXT) -> None:
    """Wrap matches of at most `longest` letters in spans of this class, except in code and such spans."""
    for element in list(root.iter(etree.Element)):
        for slot, text in (("text", element.text), ("tail", element.tail)):
            pieces = [found for found in pattern.finditer(text) if len(found[0]) <= longest] if text else []
            if pieces and not _is_closed(element if slot == "text" else element.getparent(), name):
                _wrap_at(element, slot, pieces, name)


def _is_closed(element: HtmlElement, name: str) -> bool:
    return any(around.tag in _VERBATIM or around.get("class") == name
               for around in (element, *element.iterancestors()))


def _join_emphasis(root: HtmlElement) -> None:
    """Extend unbreakable pieces across emphasis ("ngày **05/4/2034**"): wrap both in one span."""
    for element in list(root.iter(*_EMPHASIS)):
        before, inside, after = text_before(element)[-_SHORT:], element.text_content(), (element.tail or "")[:_SHORT]
        start, end = len(before), len(before) + len(inside)
        touching = [match for match in _UNBREAKABLE.finditer(before + inside + after)
                    if match.start() < end and match.end() > start]
        first = min([start, *(match.start() for match in touching)])
        last = max([end, *(match.end() for match in touching)])
        if len(inside) < last - first <= _SHORT and not _is_closed(element, "nowrap"):
            _enclose(element, start - first, last - end)


def text_before(element: HtmlElement) -> str:
    """Return the text immediately before an element, within its parent."""
    previous, parent = element.getprevious(), element.getparent()
    text = previous.tail if previous is not None else parent.text if parent is not None else ""
    return text or ""


def _enclose(element: HtmlElement, before: int, after: int) -> None:
    """Wrap an element, with `before` and `after` letters of the adjacent text, in an unbreakable span."""
    text, tail, previous = text_before(element), element.tail or "", element.getprevious()
    around, cut = html.Element("span", {"class": "nowrap"}), len(text) - before
    holder, slot = (element.getparent(), "text") if previous is None else (previous, "tail")
    setattr(holder, slot, text[:cut])
    element.addprevious(around)
    around.append(element)
    around.text, element.tail, around.tail = text[cut:], tail[:after], tail[after:]


def _wrap_at(element: HtmlElement, slot: str, pieces: Sequence[re.Match[str]], name: str) -> None:
    text: str = getattr(element, slot)
    setattr(element, slot, text[: pieces[0].start()])
    parent, position = (element, 0) if slot == "text" else (element.getparent(), element.getparent().index(element) + 1)
    end = len(text)
    for piece in reversed(pieces):  # in reverse order, so that all are inserted at the same index
        span = parent.makeelement("span", {"class": name})
        span.text, span.tail, end = piece[0], text[piece.end(): end], piece.start()
        parent.insert(position, span)


def _keep_own_images(root: HtmlElement) -> None:
    """Replace pictures from other origins by their text: pages must not load anything from elsewhere."""
    for image in list(root.iter("img")):
        source = image.get("src") or ""
        if not is_own_picture(source):
            image.tag = "span"
            image.text = image.get("alt") or ""
            for name in ("src", "alt", "title"):
                image.attrib.pop(name, None)
            continue
        # Query and fragment do not select another file, and the theme hides pictures by fragment ("#only-dark").
        image.set("src", re.split(r"[?#]", source, maxsplit=1)[0])
        if not image.get("alt"):
            image.set("alt", PurePosixPath(urlsplit(source).path).stem)


def _drop_empty_paragraphs(root: HtmlElement) -> None:
    """Remove empty paragraphs, which result from a comment alone on its line."""
    for paragraph in list(root.iter("p")):
        if not len(paragraph) and not (paragraph.text or "").strip():
            paragraph.drop_tag()


def _keep_readable_links(root: HtmlElement) -> None:
    """Remove invalid addresses from links, because later steps cannot parse them."""
    for link in root.iter("a"):
        if addresses.split(link.get("href") or "") is None:
            del link.attrib["href"]


def _keep_own_ids(root: HtmlElement) -> None:
    """Remove ids other than those of anchors, headings and footnotes.

    Other ids could collide with those that templates and scripts use.
    """
    for element in root.iterfind(".//*[@id]"):
        name = element.get("id") or ""
        note = element.tag in _NOTES and _NOTE_ID.fullmatch(name)
        if not note and (not _ID.fullmatch(name) or name in schema.RESERVED_IDS):
            del element.attrib["id"]


def _scope_heads(root: HtmlElement) -> None:
    """Mark the head cells of Markdown tables as column headers for screen readers."""
    for cell in root.iterfind(".//thead//th"):
        if not cell.get("scope"):
            cell.set("scope", "col")
