"""Document numbers: texts that depend on each piece of the grammar."""

import time

import pytest

from grammars import Row, finds, missing_examples, name, row, without
from proceedings.text.language.document_numbers import BLANK, OWN, PIECES, TYPED

ROWS = (
    row("serial", "<number>", "21a/2034/NĐ-CP"),
    row("serial", "<number>", "123456/QĐ-UBND"),
    row("year", "<number>", "21/2034/NĐ-CP"),
    row("sign", "<number>", "99/QĐ-UBTVQH15"),
    row("joint", "<number>", "05/TTr-STT&TT"),
    row("joint", "<number>", "21/2034/NĐ–CP"),
    row("symbol", "<number>", "07/2034/TTLT-BTT-BĐS"),
    row("of_the_state", "<number>", "theo 301/KH-BTC.", "301/KH-BTC"),
    row("of_the_party", "<number>", "theo 12-NQ/TW, 5-QĐ/ĐU", "12-NQ/TW", "5-QĐ/ĐU"),
    row("number", "<number>", "59/2034/QH16"),
    row("announcing", "<blank>", "SỐ …/QĐ-UBND"),
    row("slash", "<typed>", "21 / 2034 / NĐ-CP"),
    row("dash", "<typed>", "21/2034/NĐ - CP"),
    row("dash", "<typed>", "21/2034/NĐ -CP"),
    row("typed_symbol", "<typed>", "12/KH-BTC - UBND", "12/KH-BTC"),
    row("typed", "<typed>", "x1/A-B, 3/12-NQ/TW, 12-NQ/TW", "12-NQ/TW"),
    row("without_symbol", "<without_symbol>", "21/2034"),
    row("placeholder", "<blank>", "số ..../2034/QĐ-UBND"),
    row("blank", "<blank>", "Số: /TTr-STT&TT"),
    row("own", "<own>", "Số: 12a / KH-BTC.VX"),
    row("own_blank", "<own_blank>", "Số:  /KH-BTC, Số: -KH/TU, Số: 1/A", "Số:  ", "Số: "),
    row("numberlike", "<numberlike>", "Số: /KH-BCĐ, 12/2034-UBND", "/KH-BCĐ", "12/2034-UBND"),
)


@pytest.mark.parametrize("case", ROWS, ids=name)
def test_each_piece_is_needed_for_a_text(case: Row) -> None:
    assert finds(PIECES, case)
    assert not finds(without(PIECES, case.piece), case)


def test_every_piece_has_a_row_and_an_example_that_it_matches() -> None:
    assert {case.piece for case in ROWS} == set(PIECES)
    assert missing_examples(PIECES) == []


@pytest.mark.parametrize(("text", "number"), [
    ("Số: 12/KH-BTC", "12"), ("Số: 12-KH/TU", "12-KH"), ("Số: /KH-BTC", None), ("Số: -KH/TU", None),
])
def test_a_draft_leaves_its_own_figure_out(text: str, number: str | None) -> None:
    found = OWN.fullmatch(text)
    assert found
    assert found["number"] == number


@pytest.mark.parametrize("piece", ["1/A-", "số ", "1/2034/", "1-A/A-", "12/ABCDEFGHIJKL-", "số …", "số ..", "1 / ",
                                   "/-", "Số: 1", f"Số:{' ' * 50}"])
def test_long_texts_are_searched_in_linear_time(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    start = time.process_time()
    for pattern in (TYPED, BLANK, OWN):
        list(pattern.finditer(text))
    assert time.process_time() - start < 0.5
