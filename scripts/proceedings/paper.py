"""What paper asks of a text beyond what the page asks: notes at the foot, fixed columns, room for wide tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from lxml import html
from lxml.html import HtmlElement

# How many letters of a table's size fit side by side between the margins, upright and on its side.
_UPRIGHT = 78
_LYING = 117
_SIZES = (12.0, 7.5)  # of a table's letters, in points: the usual one and the least
_PADDING = 2  # letters that a cell's margins take
_HEAD_LINES = 2
_CAPITAL = 1.4  # small letters that a capital is as wide as
_BLOCKS = frozenset("p li ul ol blockquote pre table thead tbody tr th td div h1 h2 h3 h4 h5 h6".split())


def prepare(root: HtmlElement) -> None:
    """Make the tree of a document's finished HTML ready for print. No word is added, none is lost."""
    _put_notes_at_foot(root)
    for table in list(root.iter("table")):
        if "register" not in (table.get("class") or "").split():
            _fix_columns(table)


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


def _fix_columns(table: HtmlElement) -> None:
    """Give each column room for its longest word and a share of the rest; turn the page where the words need more."""
    columns = tuple(_columns(table))
    if not columns:
        return
    least = sum(column.word for column in columns)
    if least > _UPRIGHT:
        _turn(table)
    if least > _LYING:
        table.set("style", f"font-size: {max(_SIZES[0] * _LYING / least, _SIZES[1]):.1f}pt")
    group = html.Element("colgroup")
    for share in shares(columns):
        group.append(html.Element("col", {"style": f"width: {share:.1f}%"}))
    caption = table.find("caption")
    table.insert(0 if caption is None else 1, group)


def shares(columns: Sequence[Column]) -> tuple[float, ...]:
    """The per cent of the table's width for each column: short ones get what they need, long ones share the rest."""
    widths = dict[int, float]()
    left = float(max(_UPRIGHT, sum(column.word for column in columns)))
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


def _columns(table: HtmlElement) -> Iterator[Column]:
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    for index in range(max((len(row) for row in rows), default=0)):
        cells = [row[index] for row in rows if index < len(row)]
        yield Column(max(map(_longest, cells)) + _PADDING, max(map(_letters, cells)) + _PADDING)


def _letters(cell: HtmlElement) -> int:
    """The letters of a cell that should stand on one line; a head may take several."""
    letters = _width(" ".join(cell.text_content().split()))
    return letters // _HEAD_LINES if cell.tag == "th" else letters


def _longest(cell: HtmlElement) -> int:
    """The letters of the longest piece of a cell that no line may break."""
    unbroken = [span.text_content() for span in cell.iter("span") if span.get("class") == "nowrap"]
    return max(map(_width, [*unbroken, *cell.text_content().split()]), default=0)


def _width(text: str) -> int:
    """How many small letters are as wide as the text."""
    return ceil(sum(_CAPITAL if letter.isupper() else 1 for letter in text))


def _turn(table: HtmlElement) -> None:
    """Put the table on pages of its own that lie on their side."""
    around = html.Element("div", {"class": "wide"})
    around.tail, table.tail = table.tail, None
    parent = table.getparent()
    if parent is not None:
        parent.replace(table, around)
    around.append(table)
