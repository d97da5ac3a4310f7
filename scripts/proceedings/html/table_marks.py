"""Table attributes for accessibility and narrow pages: row headers, labels, and columns of long texts."""

from collections.abc import Sequence

from lxml.html import HtmlElement

# Headings of a column that only numbers the rows.
_COUNTING = frozenset({"tt", "stt", "số tt", "số thứ tự"})
# The class for columns with a cell of more letters than given, longest first. Tables with fewer columns need none.
_LENGTHS = ((80, "column--longer"), (40, "column--long"), (15, "column--some"))
_FEWEST_COLUMNS = 3


def describe(root: HtmlElement) -> None:
    """Mark row and column headers, and columns of long texts in tables written in the content.

    A table whose rows differ in their number of cells is not changed.
    """
    for table in root.iter("table"):
        heads = [cell for row in table.iterfind("thead/tr") for cell in row]
        rows = [list(row) for row in table.iterfind("tbody/tr")]
        for cell in heads:
            cell.set("scope", "col")
        if rows and heads and all(len(row) == len(heads) for row in rows):
            _name_rows(heads, rows)
            if not table.get("class") and len(heads) >= _FEWEST_COLUMNS:
                _mark_long(heads, rows)


def label(table: HtmlElement) -> None:
    """Add column headings as labels to a register's cells, for the layout in which each row is a block."""
    heads = [_words(cell) for row in table.iterfind("thead/tr") for cell in row]
    if len(heads) < _FEWEST_COLUMNS:
        return
    table.set("data-register", "")
    for row in table.iterfind("tbody/tr"):
        for head, cell in zip(heads, row, strict=False):
            cell.set("data-label", head)


def _name_rows(heads: Sequence[HtmlElement], rows: Sequence[Sequence[HtmlElement]]) -> None:
    """Turn the first or second column into row headers, if its cells are distinct and not empty."""
    for column in range(min(2, len(heads) - 1)):
        words = [_words(row[column]) for row in rows]
        # A column that only numbers the rows, by its heading or because it contains 1, 2, 3 …, does not name them.
        counts = _words(heads[column]).lower() in _COUNTING or [word.rstrip(".)") for word in words] == [
            str(number) for number in range(1, len(words) + 1)]
        if all(words) and len(set(words)) == len(words) and not counts:
            for row in rows:
                row[column].tag = "th"
                row[column].set("scope", "row")
            return


def _mark_long(heads: Sequence[HtmlElement], rows: Sequence[Sequence[HtmlElement]]) -> None:
    for column, head in enumerate(heads):
        letters = max(len(_words(row[column])) for row in [heads, *rows])
        told = next((name for least, name in _LENGTHS if letters > least), None)
        if told:
            head.set("class", told)


def _words(cell: HtmlElement) -> str:
    return " ".join(cell.text_content().split())
