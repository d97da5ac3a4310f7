"""What paper asks of a text beyond what the page asks: notes at the foot, fixed columns, lines that can break."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil, sqrt

from lxml import etree, html
from lxml.html import HtmlElement

from proceedings.print.measures import VOLUME, Paper

_PADDING = 2  # letters that a cell's margins take
_TIGHT = 1  # the same in tables that would else be smaller than this, where styles make margins narrow
_SMALL = 9.0  # points
_HEAD_LINES = 2
_LONGEST = 40  # letters of a word that a column makes room for; longer ones, as addresses are, break
_CAPITAL = 1.4  # small letters that a capital is as wide as
_POINT = 0.5  # and a point or comma, where no room is to be given away
_BLOCKS = frozenset("p li ul ol blockquote pre table thead tbody tr th td div h1 h2 h3 h4 h5 h6".split())


def prepare(root: HtmlElement, paper: Paper = VOLUME) -> None:
    """Make the tree of a document's finished HTML ready for print. No word is added, none is lost."""
    _put_notes_at_foot(root)
    for table in list(root.iter("table")):
        if "register" not in (table.get("class") or "").split():
            _fix_columns(table, paper)
    _loosen(root)


# --- Notes ---------------------------------------------------------------------
def _put_notes_at_foot(root: HtmlElement) -> None:
    """Move each note from the list at the document's end to where it is first called: the page takes it from there."""
    for ending in root.findall(".//div[@class='footnote']"):
        notes = {item.get("id"): item for item in ending.iter("li") if (item.get("id") or "").startswith("fn:")}
        within = set(ending.iter("a"))  # a note on a note stays at the end
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
        # A paragraph can hold no block, so blocks become lines of their own.
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
    """How many letters the longest word and the longest cell of a column have, margins included."""

    word: int
    cell: int


def _least(columns: Sequence[Column]) -> int:
    """The letters that the longest words of all columns take side by side."""
    return sum(column.word for column in columns)


def _fix_columns(table: HtmlElement, paper: Paper) -> None:
    """Give each column room for its longest word and a share of the rest; turn the page where the words need more."""
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
        table.classes.add("broken")  # even what is kept together must break
    group = html.Element("colgroup")
    for share in shares(columns, paper.letters):
        group.append(html.Element("col", {"style": f"width: {share:.1f}%"}))
    caption = table.find("caption")
    table.insert(0 if caption is None else 1, group)


def shares(columns: Sequence[Column], width: int = VOLUME.letters) -> tuple[float, ...]:
    """The per cent of the table's width for each column: short ones get what they need, long ones share the rest."""
    widths = dict[int, float]()
    left = float(max(width, sum(column.word for column in columns)))
    order = sorted(range(len(columns)), key=lambda index: columns[index].cell)
    for place, index in enumerate(order):
        rest = [columns[other] for other in order[place:]]
        fair = float(columns[index].cell)
        if fair > left / len(rest):
            # Among long columns the longer gets more, but not as many times more.
            fair = min(fair, left * sqrt(fair) / sum(sqrt(column.cell) for column in rest))
        fair = min(fair, left - sum(column.word for column in rest[1:]))
        widths[index] = max(columns[index].word, fair)
        left -= widths[index]
    whole = sum(widths.values())
    return tuple(100 * widths[index] / whole for index in range(len(columns)))


def _columns(table: HtmlElement, *, tight: bool = False) -> Iterator[Column]:
    """The columns with their usual margins, or with narrow ones and no more room for words than they take."""
    padding, point = (_TIGHT, _POINT) if tight else (_PADDING, 1)
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    for index in range(max((len(row) for row in rows), default=0)):
        cells = [row[index] for row in rows if index < len(row)]
        yield Column(max(_longest(cell, point) for cell in cells) + padding, max(map(_letters, cells)) + padding)


def _letters(cell: HtmlElement) -> int:
    """The letters of a cell that should stand on one line; a head may take several."""
    letters = _width(" ".join(cell.text_content().split()))
    return letters // _HEAD_LINES if cell.tag == "th" else letters


def _longest(cell: HtmlElement, point: float) -> int:
    """The letters of the longest piece of a cell that no line may break."""
    unbroken = [span.text_content() for span in cell.iter("span") if span.get("class") == "nowrap"]
    words = [*unbroken, *cell.text_content().split()]
    return min(_LONGEST, max((_width(word, point) for word in words), default=0))


def _width(text: str, point: float = 1) -> int:
    """How many small letters are as wide as the text."""
    return ceil(sum(_CAPITAL if letter.isupper() else point if letter in ".," else 1 for letter in text))


def _turn(table: HtmlElement) -> None:
    """Put the table on pages of its own that lie on their side."""
    around = html.Element("div", {"class": "wide"})
    around.tail, table.tail = table.tail, None
    parent = table.getparent()
    if parent is not None:
        parent.replace(table, around)
    around.append(table)


# --- Words longer than a line --------------------------------------------------
# A line may break at a space, but not before the punctuation that follows one (Unicode Standard Annex 14, LB13).
_GAP = re.compile(r"[ \t\n]+(?![!?,.:;/)\]}»”’…%])")
_BREAK = "\u200b"  # zero width space
_LONG_RUN = 40  # letters, far fewer than any line holds
_INTERRUPTING = _BLOCKS | {"br", "img", "hr"}


@dataclass
class _Run:
    """Pieces of text that follow one another without a place where the line may break."""

    letters: int = 0
    pieces: list[tuple[HtmlElement, str, int]] = field(default_factory=list)  # element, "text" or "tail", offset

    def add(self, element: HtmlElement, slot: str, offset: int, letters: int) -> None:
        """Add so many letters of a text; before the first ones the line can break."""
        if letters and self.letters:
            self.pieces.append((element, slot, offset))
        self.letters += letters

    def end(self) -> None:
        """Where it is long, let the line break before each piece."""
        if self.letters > _LONG_RUN:
            for element, slot, offset in self.pieces:
                text = getattr(element, slot)
                setattr(element, slot, text[:offset] + _BREAK + text[offset:])
        self.letters = 0
        self.pieces.clear()


def _loosen(root: HtmlElement) -> None:
    """Let lines break between the pieces of words that are longer than a line.

    WeasyPrint breaks such a word where a line begins with it, but not behind a list's mark, a note's number or another
    element; it would stand there until the paper's edge, and beyond.
    """
    runs = [_Run()]
    for event, element in etree.iterwalk(root, events=("start", "end")):
        note = element.tag == "span" and element.get("class") == "foot-note"  # goes to the foot, the line goes on
        if note and event == "start":
            runs.append(_Run(letters=1))  # its number
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
    """Let lines break behind empty spans of this class that have been put before words longer than a line."""
    for mark in [span for span in root.iter("span") if span.get("class") == name]:
        text = mark.tail or ""
        gap = _GAP.search(text)
        if (gap.start() if gap else len(text)) > _LONG_RUN:
            mark.tail = _BREAK + text


def _is_marked(element: HtmlElement) -> bool:
    """Whether its text follows the mark of an item."""
    around = element.getparent()
    first = element.tag == "p" and around is not None and around.tag == "li" and element.getprevious() is None
    return first or element.tag == "li"


def _follow(run: _Run, element: HtmlElement, slot: str) -> None:
    """Go on through one text: what stands before its first gap ends the run, what stands behind the last begins one."""
    text = getattr(element, slot) or ""
    gaps = list(_GAP.finditer(text))
    first = gaps[0].start() if gaps else len(text)
    run.add(element, slot, 0, first)
    if gaps:
        run.end()
        shift = len(getattr(element, slot)) - len(text)  # a break has been put at its start
        run.add(element, slot, gaps[-1].end() + shift, len(text) - gaps[-1].end())
