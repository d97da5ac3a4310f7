"""The registers of the annexes: one table each, one row an entry."""

from collections.abc import Iterable, Iterator

from proceedings.dates import parse_short, short
from proceedings.model import Abbreviation, CitedDocument, Theme
from proceedings.problems import Place
from proceedings.reading import faults as rules
from proceedings.reading.faults import Faults
from proceedings.source import Block, Document, Kind


def read_cited_documents(document: Document | None, place: Place, faults: Faults) -> tuple[CitedDocument, ...]:
    """Rows of five cells: kind, number, date of issue, issuer, subject."""
    rows = _rows(document, place, 5, "loại, số ký hiệu, ngày ban hành, cơ quan ban hành, trích yếu", faults)
    return tuple(_cited(row, Place(place.path, row.line), faults) for row in rows)


def _cited(row: Block, place: Place, faults: Faults) -> CitedDocument:
    kind, number, day, issuer, subject = row.cells
    issued_on = parse_short(day)
    if issued_on is None:
        faults.add(rules.REGISTER, place, f"\"{day}\" không phải ngày có thật; cần viết như 22/02/2019.")
    elif short(issued_on) != day:
        faults.add(rules.REGISTER, place, f"Ngày \"{day}\" cần viết là {short(issued_on)}.")
    return CitedDocument(kind, number, issued_on, issuer, subject, place)


def read_abbreviations(document: Document | None, place: Place, faults: Faults) -> tuple[Abbreviation, ...]:
    """Rows of two cells: the abbreviation and its full form; an abbreviation given twice is a fault."""
    rows = tuple(_rows(document, place, 2, "chữ viết tắt, nghĩa đầy đủ", faults))
    return tuple(Abbreviation(row.cells[0], row.cells[1], Place(place.path, row.line))
                 for row in _first(rows, place, faults))


def read_themes(document: Document | None, place: Place, faults: Faults) -> tuple[Theme, ...]:
    """Rows of two cells: the theme and the words that tell it, with ";" between them; a theme twice is a fault."""
    rows = tuple(_rows(document, place, 2, "chủ đề, từ ngữ nhận biết", faults))
    return tuple(_theme(row, Place(place.path, row.line), faults) for row in _first(rows, place, faults))


def _theme(row: Block, place: Place, faults: Faults) -> Theme:
    name, cell = row.cells
    words = [word.strip() for word in cell.split(";")]
    if not all(words):
        faults.add(rules.REGISTER, place, f"Ô từ ngữ của \"{name}\" có dấu \";\" thừa; hãy bỏ dấu đó.")
    return Theme(name, tuple(dict.fromkeys(filter(None, words))), place)


def _first(rows: Iterable[Block], place: Place, faults: Faults) -> Iterator[Block]:
    """The rows without those whose first cell an earlier one has, which are faults."""
    lines: dict[str, int] = {}
    for row in rows:
        if lines.setdefault(row.cells[0], row.line) == row.line:
            yield row
        else:
            faults.add(rules.REGISTER, Place(place.path, row.line),
                       f"\"{row.cells[0]}\" đã có ở dòng {lines[row.cells[0]]}; hãy giữ một dòng.")


def _rows(document: Document | None, place: Place, width: int, names: str, faults: Faults) -> Iterator[Block]:
    """The rows below the head of the file's first table that have all their cells."""
    faults = Faults() if document and document.unread else faults
    rows = [block for block in document.blocks if block.kind is Kind.ROW] if document else []
    if document and not rows:
        faults.add(rules.REGISTER, place, f"Trang này cần một bảng gồm các cột: {names}.")
    for stray in document.blocks if document and rows else ():
        if stray.kind is Kind.PARAGRAPH and stray.text.startswith("|"):
            faults.add(rules.REGISTER, Place(place.path, stray.line),
                       "Dòng này nằm ngoài bảng; hãy bỏ dòng trống ngay trên nó.")
    for row in rows[1:]:
        if len(row.cells) == width and all(row.cells):
            yield row
        else:
            faults.add(rules.REGISTER, Place(place.path, row.line), f"Dòng này cần đủ {width} ô có chữ: {names}.")
