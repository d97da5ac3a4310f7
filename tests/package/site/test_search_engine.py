"""The search engine: parsing of queries, matching, ranking and highlighting, without a page."""

from conftest import PROJECT
from scripting import call

ENGINE = PROJECT / "overrides/assets/javascripts/search-engine.js"
_ORDER = """(query, rows) => {
  const { engine } = window.proceedings;
  const kinds = rows.map(() => 0);
  return engine.search(engine.read(query, []), [engine.corpus(rows)], kinds).map((found) => found.page);
}"""
_MARKS = """(query, text) => {
  const { engine } = window.proceedings;
  return engine.marks(engine.read(query, []), text).map(([start, end]) => text.slice(start, end));
}"""


def order(query: str, rows: list[list[object]]) -> list[int]:
    """Return the numbers of the rows (page, anchor, heading, text) found for a query, in order."""
    pages: list[int] = call(ENGINE, _ORDER, query, rows)
    return pages


def _texts(*texts: str) -> list[list[object]]:
    return [[number, "", "", text] for number, text in enumerate(texts)]


def test_exact_marks_come_first() -> None:
    """A text spelt with the typed diacritics ranks higher; without typed diacritics all rank equally."""
    rows = _texts("ban do", "bản đồ", "bàn đổ", "bán dó")
    assert order("bản đồ", rows)[0] == 1
    assert order("bàn đổ", rows)[0] == 2
    assert order("ban do", rows) == [0, 1, 2, 3]


def test_a_tone_is_the_same_on_either_letter() -> None:
    rows = _texts("hoa học", "hóa học", "thủy lợi", "thuy lợi")
    assert order("hoá học", rows)[0] == 1
    assert order("thuỷ lợi", rows)[0] == 2


def test_near_words_come_before_far_ones_and_headings_before_text() -> None:
    rows = _texts("xe rồi một câu dài ở giữa hai từ sách", "sách xe", "đây là xe sách")
    assert order("xe sách", [*rows, [3, "a", "Xe sách", "khác"]]) == [3, 2, 1, 0]


def test_a_phrase_ends_where_more_than_a_sign_or_two_stands() -> None:
    rows = [*_texts("xe - sách", "xe …… …… sách", "xe, sách"), [3, "a", "chiếc xe", "sách"]]
    assert sorted(order('"xe sách"', rows)) == [0, 2]


def test_the_words_of_a_question_need_not_be_found() -> None:
    rows = _texts("khai mạc hội nghị", "lúc nào cũng có", "hội nghị ở đầu sông", "sông nước", "là gì", "có gì mới")
    assert order("khai mạc hội nghị lúc nào", rows) == [0]
    assert order("khai mac hoi nghi luc nao", rows) == [0]
    assert sorted(order("sông ở đâu", rows)) == [2, 3]
    assert order("ở đầu sông", rows) == [2]  # with its diacritics it is not a question word
    assert sorted(order("sông những gì", rows)) == [2, 3]  # "những" is a function word
    assert order("là gì", rows) == [4]  # the only words of the query
    assert order('"lúc nào"', rows) == [1]


def test_numbers_are_found_whole_and_days_with_and_without_zeros() -> None:
    rows = _texts("văn bản 18/2032", "văn bản 8/2032", "ngày 05/4/2035", "ngày 15/4/2035")
    assert order("8/2032", rows) == [1]
    assert order("18/203", rows) == [0]  # incomplete input
    assert order('"18/203"', rows) == []
    for day in ("05/4/2035", "5/4/2035", "05/04/2035", "5-4-2035", "5.4.2035"):
        assert order(day, rows) == [2], day


def test_whole_phrases_are_marked_with_their_own_letters() -> None:
    assert call(ENGINE, _MARKS, "thu vien luu dong", "Xe thư viện lưu động; một thư viện khác.") == [
        "thư", "viện", "lưu", "động"]
    assert call(ENGINE, _MARKS, "hóa học", "hoa học là một câu, hoá học là câu khác") == ["hoá", "học"]


def test_no_query_breaks_the_engine() -> None:
    queries = ["", " ", '"', '""', "…", "((", "[a-z]*", "\\", "a" * 200, "<img src=x onerror=alert(1)>", "\ud800", "1/2 " * 2000]
    asked = f"(queries, rows) => queries.map((query) => ({_ORDER})(query, rows))"
    assert len(call(ENGINE, asked, queries, _texts("thư viện", "a" * 500))) == len(queries)
