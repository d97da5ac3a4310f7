"""Reading of the registers in the annexes: one table each, one entry per row."""

from collections.abc import Iterable, Iterator
from datetime import date

from proceedings import schema
from proceedings.conference.model import Abbreviation, CitedDocument, Theme
from proceedings.conference.reading import faults as rules
from proceedings.conference.reading.faults import Faults
from proceedings.problems import Place
from proceedings.text.language.dates import parse_short, short
from proceedings.text.language.syllables import looks_abbreviated
from proceedings.text.slugs import nearest
from proceedings.text.source import Block, Document, Kind


def read_cited_documents(document: Document | None, place: Place, faults: Faults) -> tuple[CitedDocument, ...]:
    """Read rows of five cells: kind, number, date, issuer, subject; further columns contain the effect."""
    further = _effect_columns(document, place, faults)
    rows = _rows(document, place, 5, "loại, số ký hiệu, ngày ban hành, cơ quan ban hành, trích yếu", faults,
                 further=len(further))
    return tuple(_cited(row, further, Place(place.path, row.line), faults) for row in rows
                 if _is_numbered(row, place, faults))


def _is_numbered(row: Block, place: Place, faults: Faults) -> bool:
    """Return whether the second cell contains a digit, and report it if not.

    Other texts would be linked wherever they occur.
    """
    if any(char.isdigit() for char in row.cells[1]):
        return True
    faults.add(rules.REGISTER, Place(place.path, row.line),
               f"Số ký hiệu \"{row.cells[1]}\" không có chữ số; hãy ghi số và ký hiệu của văn bản như 12/2034/NĐ-CP.",
               row.text, kind="no figure")
    return False


def _effect_columns(document: Document | None, place: Place, faults: Faults) -> tuple[str, ...]:
    """Return the names of the columns after the fifth, from the table head."""
    head = next((block for block in document.blocks if block.kind is Kind.ROW), None) if document else None
    further = head.cells[5:] if head else ()
    for name in further:
        if name not in schema.EFFECT_COLUMNS:
            near = nearest(name, schema.EFFECT_COLUMNS)
            hint = f"có phải là \"{near}\"?" if near else f"hãy dùng: {', '.join(schema.EFFECT_COLUMNS)}."
            faults.add(rules.REGISTER, Place(place.path, head.line if head else 1),
                       f"Cột \"{name}\" không được dùng ở bảng này; {hint}", name, kind="column")
    return further


def _cited(row: Block, further: tuple[str, ...], place: Place, faults: Faults) -> CitedDocument:
    kind, number, day, issuer, subject = row.cells[:5]
    effect = dict(zip(further, row.cells[5:], strict=True))
    return CitedDocument(kind, number, _day(day, place, faults), issuer, subject, place,
                         _day(effect.get(schema.EFFECTIVE_FROM, ""), place, faults, needed=False),
                         _day(effect.get(schema.ENDED_ON, ""), place, faults, needed=False),
                         effect.get(schema.REPLACED_BY, ""))


def _day(text: str, place: Place, faults: Faults, *, needed: bool = True) -> date | None:
    """Return the date in a cell; an invalid one, or an empty cell if `needed`, is reported."""
    found = parse_short(text)
    if found is None and (text or needed):
        faults.add(rules.REGISTER, place, f"\"{text}\" không phải ngày có thật; cần viết như 22/02/2019.", text,
                   kind="no date")
    elif found and short(found) != text:
        faults.add(rules.REGISTER, place, f"Ngày \"{text}\" cần viết là {short(found)}.", text, proposed=short(found))
    return found


def read_abbreviations(document: Document | None, place: Place, faults: Faults) -> tuple[Abbreviation, ...]:
    """Read rows of two cells: abbreviation and full form; duplicates are reported."""
    rows = tuple(_rows(document, place, 2, "chữ viết tắt, nghĩa đầy đủ", faults))
    return tuple(Abbreviation(row.cells[0], row.cells[1], Place(place.path, row.line))
                 for row in _first(rows, place, faults) if _is_abbreviation(row, place, faults))


def _is_abbreviation(row: Block, place: Place, faults: Faults) -> bool:
    """Return whether the first cell is an abbreviation, and report it if not.

    An ordinary word would be explained wherever it occurs.
    """
    short = row.cells[0]
    if looks_abbreviated(short):
        return True
    faults.add(rules.REGISTER, Place(place.path, row.line),
               f"\"{short}\" không phải chữ viết tắt, nên mọi chỗ có chữ này sẽ bị giải nghĩa; hãy bỏ dòng này, hoặc "
               "ghi chữ viết tắt như \"KT-XH\", \"Đ/c\".", short, kind="no abbreviation")
    return False


def read_themes(document: Document | None, place: Place, faults: Faults) -> tuple[Theme, ...]:
    """Read rows of two cells: theme and its words, separated by ";"; duplicates are reported."""
    rows = tuple(_rows(document, place, 2, "chủ đề, từ ngữ nhận biết", faults))
    return tuple(_theme(row, Place(place.path, row.line), faults) for row in _first(rows, place, faults))


def _theme(row: Block, place: Place, faults: Faults) -> Theme:
    name, cell = row.cells
    words = [word.strip() for word in cell.split(";")]
    if not all(words):
        faults.add(rules.REGISTER, place, f"Ô từ ngữ của \"{name}\" có dấu \";\" thừa; hãy bỏ dấu đó.", row.text,
                   kind="semicolon")
    return Theme(name, tuple(dict.fromkeys(filter(None, words))), place)


def _first(rows: Iterable[Block], place: Place, faults: Faults) -> Iterator[Block]:
    """Yield the rows without duplicates of an earlier first cell, which are reported."""
    lines: dict[str, int] = {}
    for row in rows:
        if lines.setdefault(row.cells[0], row.line) == row.line:
            yield row
        else:
            faults.add(rules.REGISTER, Place(place.path, row.line),
                       f"\"{row.cells[0]}\" đã có ở dòng {lines[row.cells[0]]}; hãy giữ một dòng.", row.cells[0],
                       kind="twice")


def _rows(document: Document | None, place: Place, width: int, names: str, faults: Faults, *,
          further: int = 0) -> Iterator[Block]:
    """Yield the complete rows below the head of the first table; `further` optional cells may be missing."""
    faults = Faults() if document and document.unread else faults
    rows = [block for block in document.blocks if block.kind is Kind.ROW] if document else []
    if document and not rows:
        faults.add(rules.REGISTER, place, f"Trang này cần một bảng gồm các cột: {names}.", "", kind="no table")
    for stray in document.blocks if document and rows else ():
        if stray.kind is Kind.PARAGRAPH and stray.text.startswith("|"):
            faults.add(rules.REGISTER, Place(place.path, stray.line),
                       "Dòng này nằm ngoài bảng; hãy bỏ dòng trống ngay trên nó.", stray.text, kind="outside")
    for row in rows[1:]:
        if len(row.cells) == width + further and all(row.cells[:width]):
            yield row
        else:
            faults.add(rules.REGISTER, Place(place.path, row.line), f"Dòng này cần đủ {width} ô có chữ: {names}.",
                       row.text, kind="cells")
