"""Row headers of tables, and columns of long texts."""

import pytest

from proceedings.html import table_marks
from proceedings.html.rendering import parse

SOME, LONG, LONGER = "chữ " * 5, "chữ " * 12, "chữ " * 30


def _table(*rows: str, attributes: str = "") -> str:
    """Return a table; cells are separated by "|", the first row is the head."""
    head, *body = ["".join(f"<{tag}>{cell}</{tag}>" for cell in row.split("|"))
                   for row, tag in zip(rows, ["th", *["td"] * len(rows)], strict=False)]
    lines = "".join(f"<tr>{row}</tr>" for row in body)
    return f"<table{attributes}><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"


@pytest.mark.parametrize(("rows", "named"), [
    (("Đơn vị|Số", "Sở A|1", "Sở B|1"), 0),
    (("TT|Đơn vị|Số", "1|Sở A|5", "2|Sở B|5"), 1),
    (("Số TT|Đơn vị|Số", "4|Sở A|5", "7|Sở B|5"), 1),
    (("Thứ|Đơn vị|Số", "1.|Sở A|5", "2.|Sở B|5"), 1),
    (("Năm|Số lượt", "2031|5", "2032|6"), 0),
    (("Loại|Số, ký hiệu|Ngày", "Nghị định|905|1", "Nghị định|906|2"), 1),
    (("Giờ|Việc|Ai", "8h|Đón|A", "|Nghỉ|B"), 1),
    (("A|B|C", "x|y|1", "x|y|2"), None),
    (("TT|Số", "1|5", "2|5"), None),
    (("Một cột", "a", "b"), None),
    (("A|B", "a|b", "a"), None),
])
def test_the_first_column_of_two_that_has_words_of_its_own_names_the_rows(
    rows: tuple[str, ...], named: int | None,
) -> None:
    root = parse(_table(*rows))
    table_marks.describe(root)
    found = {next((at for at, cell in enumerate(row) if cell.get("scope") == "row"), None)
             for row in root.iterfind(".//tbody/tr")}
    assert found == {named}
    assert {cell.get("scope") for cell in root.iterfind(".//thead//th")} == {"col"}


def test_long_columns_of_content_are_marked_on_their_heads() -> None:
    root = parse(_table("A|B|C|D", f"a|{SOME}|{LONG}|{LONGER}", "b|c|d|e"))
    table_marks.describe(root)
    assert [cell.get("class") for cell in root.iterfind(".//thead//th")] == [
        None, "column--some", "column--long", "column--longer"]
    for other in (_table("A|B", f"a|{LONGER}"), _table("A|B|C", f"a|b|{LONGER}", attributes=' class="register"')):
        root = parse(other)
        table_marks.describe(root)
        assert [cell for cell in root.iter("th") if cell.get("class")] == []


def test_cells_of_a_wide_register_are_labelled_by_their_heads() -> None:
    root = parse(_table("A|B b|C", "a|b|c"))
    table = next(root.iter("table"))
    table_marks.label(table)
    assert [cell.get("data-label") for cell in root.iterfind(".//tbody//td")] == ["A", "B b", "C"]
    narrow = next(parse(_table("A|B", "a|b")).iter("table"))
    table_marks.label(narrow)
    assert narrow.get("data-register") is None
