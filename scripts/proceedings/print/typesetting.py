"""Adaptation of finished HTML to print: footnotes, column widths, line breaks in long words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil, sqrt

from lxml import etree, html
from lxml.html import HtmlElement

from proceedings.print.measures import VOLUME, Paper

_PADDING = 2  # letters; width of a cell's padding
_TIGHT = 1  # the same for tables that would otherwise be smaller than _SMALL; styles give them narrow padding
_SMALL = 9.0  # points
_HEAD_LINES = 2
_LONGEST = 40  # letters of a word that a column is widened for; longer ones, such as addresses, are broken
_CAPITAL = 1.4  # width of a capital relative to a lower-case letter
_POINT = 0.5  # width of a full stop or comma, used in tight tables
_BLOCKS = frozenset("p li ul ol blockquote pre table thead tbody tr th td div h1 h2 h3 h4 h5 h6".split())


def prepare(root: HtmlElement, paper: Paper = VOLUME) -> None:
    """Prepare the tree of a document's finished HTML for print, without adding or removing words."""
    _put_notes_at_foot(root)
    for table in list(root.iter("table")):
        if "register" not in (table.get("class") or "").split():
            _fix_columns(table, paper)
    _loosen(root)


# --- Notes ---------------------------------------------------------------------
def _put_notes_at_foot(root: HtmlElement) -> None:
    """Move each footnote from the end of the document to its first reference.

    The print styles place it at the foot of the page from there.
    """
    for ending in root.findall(".//div[@class='footnote']"):
        notes = {item.get("id"): item for item in ending.iter("li") if (item.get("id") or "").startswith("fn:")}
        within = set(ending.iter("a"))  # a note referenced in another note stays at the end
        for call in [link for link in root.iter("a") if link.get("class") == "footnote-ref" and link not in within]:
            item = notes.pop((call.get("href") or "").removeprefix("#"), None)
            around = call.getparent()
            if item is not None and around is not None and around.tag == "sup":
                _replace(around, _note(item, call.text_content()))
                item.drop_tree()
        if not notes:
            ending.drop_tree()


def _note(item: HtmlElement, number: str) -> HtmlElement:
    note = html.Element("span", {"class": "foot-note", "data-role": "Note", "data-number": number})
    note.set("id", item.get("id") or "")
    for link in [link for link in item.iter("a") if link.get("class") == "footnote-backref"]:
        link.drop_tree()
    note.text = (item.text or "").lstrip()
    note.extend(list(item))
    _label_items(note)
    for block in [element for element in note.iter() if element.tag in _BLOCKS]:
        # A paragraph cannot contain block elements, so they become spans that are displayed as blocks.
        block.tag = "span"
        block.set("class", "foot-note__block")
    return note


def _label_items(note: HtmlElement) -> None:
    for items in list(note.iter("ul", "ol")):
        for number, item in enumerate(items.iterchildren("li"), 1):
            item.text = f"{f'{number}.' if items.tag == 'ol' else '-'} {item.text or ''}"


def _replace(old: HtmlElement, new: HtmlElement) -> None:
    new.tail = old.tail
    parent = old.getparent()
    if parent is not None:
        parent.replace(old, new)


# --- Tables --------------------------------------------------------------------
@dataclass(frozen=True)
class Column:
    """Letters of the longest word and the longest cell of a column, including padding."""

    word: int
    cell: int


def _least(columns: Sequence[Column]) -> int:
    """Return the sum of the letters of the longest words of all columns."""
    return sum(column.word for column in columns)


def _fix_columns(table: HtmlElement, paper: Paper) -> None:
    """Set column widths: each fits its longest word and gets a share of the rest.

    Tables that are too wide for a portrait page are put on landscape pages, and if necessary in a smaller size.
    """
    columns = tuple(_columns(table))
    if not columns:
        return
    fitting = max(paper.letters, paper.letters_lying)
    if paper.table_size * fitting < _SMALL * _least(columns):
        table.classes.add("tight")
        columns = tuple(_columns(table, tight=True))
    least = _least(columns)
    if paper.letters < least and paper.letters_lying:
        _turn(table)
    if least > fitting:
        table.set("style", f"font-size: {max(paper.table_size * fitting / least, paper.table_least):.1f}pt")
    if paper.table_least * least > paper.table_size * fitting:
        table.classes.add("broken")  # allows breaks even in nowrap spans
    group = html.Element("colgroup")
    for share in shares(columns, paper.letters):
        group.append(html.Element("col", {"style": f"width: {share:.1f}%"}))
    caption = table.find("caption")
    table.insert(0 if caption is None else 1, group)


def shares(columns: Sequence[Column], width: int = VOLUME.letters) -> tuple[float, ...]:
    """Return the column widths in percent: short columns get what they need, long ones share the rest."""
    widths = dict[int, float]()
    left = float(max(width, sum(column.word for column in columns)))
    order = sorted(range(len(columns)), key=lambda index: columns[index].cell)
    for place, index in enumerate(order):
        rest = [columns[other] for other in order[place:]]
        fair = float(columns[index].cell)
        if fair > left / len(rest):
            # Longer columns get more, but less than in proportion.
            fair = min(fair, left * sqrt(fair) / sum(sqrt(column.cell) for column in rest))
        fair = min(fair, left - sum(column.word for column in rest[1:]))
        widths[index] = max(columns[index].word, fair)
        left -= widths[index]
    whole = sum(widths.values())
    return tuple(100 * widths[index] / whole for index in range(len(columns)))


def _columns(table: HtmlElement, *, tight: bool = False) -> Iterator[Column]:
    """Yield the columns; if `tight`, with narrow padding and less width for punctuation."""
    padding, point = (_TIGHT, _POINT) if tight else (_PADDING, 1)
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    for index in range(max((len(row) for row in rows), default=0)):
        cells = [row[index] for row in rows if index < len(row)]
        yield Column(max(_longest(cell, point) for cell in cells) + padding, max(map(_letters, cells)) + padding)


def _letters(cell: HtmlElement) -> int:
    """Return the letters of a cell that should fit on one line; a header may take several lines."""
    letters = _width(" ".join(cell.text_content().split()))
    return letters // _HEAD_LINES if cell.tag == "th" else letters


def _longest(cell: HtmlElement, point: float) -> int:
    """Return the letters of the longest unbreakable piece of a cell."""
    unbroken = [span.text_content() for span in cell.iter("span") if span.get("class") == "nowrap"]
    words = [*unbroken, *cell.text_content().split()]
    return min(_LONGEST, max((_width(word, point) for word in words), default=0))


def _width(text: str, point: float = 1) -> int:
    """Return the width of a text in lower-case letters."""
    return ceil(sum(_CAPITAL if letter.isupper() else point if letter in ".," else 1 for letter in text))


def _turn(table: HtmlElement) -> None:
    """Wrap a table for separate landscape pages."""
    around = html.Element("div", {"class": "wide"})
    around.tail, table.tail = table.tail, None
    parent = table.getparent()
    if parent is not None:
        parent.replace(table, around)
    around.append(table)


# --- Words longer than a line --------------------------------------------------
# A line may break at a space, except before punctuation (Unicode Standard Annex 14, LB13).
_GAP = re.compile(r"[ \t\n]+(?![!?,.:;/)\]}»”’…%])")
_BREAK = "\u200b"  # zero width space
_LONG_RUN = 40  # letters; much less than any line holds
_INTERRUPTING = _BLOCKS | {"br", "img", "hr"}


@dataclass
class _Run:
    """Consecutive pieces of text without a break opportunity between them."""

    letters: int = 0
    pieces: list[tuple[HtmlElement, str, int]] = field(default_factory=list)  # element, slot ("text" or "tail"), offset

    def add(self, element: HtmlElement, slot: str, offset: int, letters: int) -> None:
        """Append letters of a text; unless the run is empty, a break opportunity may be inserted before them."""
        if letters and self.letters:
            self.pieces.append((element, slot, offset))
        self.letters += letters

    def end(self) -> None:
        """End the run; if it is long, insert break opportunities before each piece."""
        if self.letters > _LONG_RUN:
            for element, slot, offset in self.pieces:
                text = getattr(element, slot)
                setattr(element, slot, text[:offset] + _BREAK + text[offset:])
        self.letters = 0
        self.pieces.clear()


def _loosen(root: HtmlElement) -> None:
    """Insert break opportunities into words that are longer than a line, between their pieces.

    WeasyPrint breaks such a word only at the start of a line, not after a list marker, a footnote number or another
    element; it would otherwise extend beyond the edge of the page.
    """
    runs = [_Run()]
    for event, element in etree.iterwalk(root, events=("start", "end")):
        # Moved to the page foot, so it does not interrupt the line.
        note = element.tag == "span" and element.get("class") == "foot-note"
        if note and event == "start":
            runs.append(_Run(letters=1))  # for its number
        elif note:
            runs.pop().end()
        elif element.tag in _INTERRUPTING:
            runs[-1].end()
            runs[-1].letters = int(event == "start" and _is_marked(element))
        if event == "start":
            _follow(runs[-1], element, "text")
        elif element is not root:
            _follow(runs[-1], element, "tail")
    runs[-1].end()


def loosen_behind(root: HtmlElement, name: str) -> None:
    """Insert break opportunities after empty spans of class `name` that precede words longer than a line."""
    for mark in [span for span in root.iter("span") if span.get("class") == name]:
        text = mark.tail or ""
        gap = _GAP.search(text)
        if (gap.start() if gap else len(text)) > _LONG_RUN:
            mark.tail = _BREAK + text


def _is_marked(element: HtmlElement) -> bool:
    """Return whether the element's text follows a list marker."""
    around = element.getparent()
    first = element.tag == "p" and around is not None and around.tag == "li" and element.getprevious() is None
    return first or element.tag == "li"


def _follow(run: _Run, element: HtmlElement, slot: str) -> None:
    """Process a text: its part before the first gap ends the run, its part after the last gap starts one."""
    text = getattr(element, slot) or ""
    gaps = list(_GAP.finditer(text))
    first = gaps[0].start() if gaps else len(text)
    run.add(element, slot, 0, first)
    if gaps:
        run.end()
        shift = len(getattr(element, slot)) - len(text)  # ending the run may have inserted a character at the start
        run.add(element, slot, gaps[-1].end() + shift, len(text) - gaps[-1].end())
