"""The registers of the annexes: one table each, one row an entry."""

from collections.abc import Iterator

from proceedings.dates import parse_short, short
from proceedings.model import Abbreviation, CitedDocument
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
    entries: dict[str, Abbreviation] = {}
    for row in _rows(document, place, 2, "chữ viết tắt, nghĩa đầy đủ", faults):
        entry = Abbreviation(row.cells[0], row.cells[1], Place(place.path, row.line))
        other = entries.setdefault(entry.short, entry)
        if other is not entry:
            faults.add(rules.REGISTER, entry.place, f"\"{entry.short}\" đã có ở dòng "
                                                         f"{other.place.line}; hãy giữ một dòng.")
    return tuple(entries.values())


def _rows(document: Document | None, place: Place, width: int, names: str, faults: Faults) -> Iterator[Block]:
    """The rows below the head of the file's first table that have all their cells."""
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
