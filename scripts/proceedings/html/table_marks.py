"""What a page tells of a table beside its words: which cell names a row, and which columns hold long texts."""

from collections.abc import Sequence

from lxml.html import HtmlElement

# Heads of a column that only counts.
_COUNTING = frozenset({"tt", "stt", "số tt", "số thứ tự"})
# The class of a column with a cell of more letters than this, the longest first; tables of fewer columns fit without.
_LENGTHS = ((80, "column--longer"), (40, "column--long"), (15, "column--some"))
_FEWEST_COLUMNS = 3


def describe(root: HtmlElement) -> None:
    """Make the cells that name rows and columns headers, and mark long columns of tables that content wrote.

    A table whose rows have not all the same cells is left as it is.
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
    """Let the cells of a register say what their columns' heads say, for where each row is shown as a block."""
    heads = [_words(cell) for row in table.iterfind("thead/tr") for cell in row]
    if len(heads) < _FEWEST_COLUMNS:
        return
    table.set("data-register", "")
    for row in table.iterfind("tbody/tr"):
        for head, cell in zip(heads, row, strict=False):
            cell.set("data-label", head)


def _name_rows(heads: Sequence[HtmlElement], rows: Sequence[Sequence[HtmlElement]]) -> None:
    """Make the cells of the first or second column row headers: the first in which each row has words of its own."""
    for column in range(min(2, len(heads) - 1)):
        words = [_words(row[column]) for row in rows]
        if all(words) and len(set(words)) == len(words) and not _counts(_words(heads[column]), words):
            for row in rows:
                row[column].tag = "th"
                row[column].set("scope", "row")
            return


def _counts(head: str, words: Sequence[str]) -> bool:
    """Whether a column only counts the rows: by its head, or since it says 1, 2, 3 …"""
    return head.lower() in _COUNTING or [word.rstrip(".)") for word in words] == [
        str(number) for number in range(1, len(words) + 1)]


def _mark_long(heads: Sequence[HtmlElement], rows: Sequence[Sequence[HtmlElement]]) -> None:
    for column, head in enumerate(heads):
        letters = max(len(_words(row[column])) for row in [heads, *rows])
        told = next((name for least, name in _LENGTHS if letters > least), None)
        if told:
            head.set("class", told)


def _words(cell: HtmlElement) -> str:
    return " ".join(cell.text_content().split())
