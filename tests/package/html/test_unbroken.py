"""What no line may break stays on one line, whatever the text has in it."""

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conftest import PROJECT
from proceedings.html.rendering import parse, serialise
from proceedings.html.unbroken import keep_together, unbroken


def kept(fragment: str) -> str:
    root = parse(fragment)
    keep_together(root)
    return serialise(root)


def text_of(fragment: str) -> str:
    return str(parse(fragment).text_content())


# --- Plain text ------------------------------------------------------------------------
WHOLE = [
    "số 12/2034/NĐ-CP", "301/KH-BCĐ", "số 99/2032/QĐ-UBND", "18/2032/NQ-HĐND", "số 05/NQ-QH15", "số 12/TTr-BTC",
    "15/QĐ-TTg", "SỐ 12/2034/NĐ-CP", "số 18-NQ/TW", "05-KL/TU",
    "ngày 05/4/2032", "NGÀY 05/4/2032", "20/6/2035", "ngày 05", "ngày tháng 5", "ngày tháng năm 2034",
    "ngày 05 tháng 4", "tháng 7/2034", "tháng 4", "quý II", "quý II/2034", "tuần 1", "năm 2034", "NĂM 2034",
    "năm 2032 - 2035", "năm 2032-2035", "2032 - 2035", "8 giờ 00", "8 giờ 30 phút",
    "95,5 %", "1.250,0 %", "1.234,5 triệu đồng", "7,8 km", "3 - 5 phút", "1/2 ngày", "05 năm", "05 NĂM", "06 huyện",
    "12 đồng chí", "02 đồng", "5 m²",
    "Điều 5", "Điều 12a", "khoản 2", "khoản 2 Điều 103", "điểm a khoản 2 Điều 103", "điểm đ, khoản 2, Điều 103",
    "mục VI", "MỤC VI", "Mục 2.1", "Phần I", "Chương III", "Phụ lục 2", "số 5", "tr. 12", "trang 12 - 15",
    "số 5 năm 2034", "Quân khu 2", "QUÂN KHU 2", "Trung đoàn 247", "Nghị quyết 18", "Khóa XV", "Đại hội XIII", "HĐND 2",
    "Quân khu 2 năm 2034", "Kế hoạch 12 tháng", "Sơ kết 05 năm", "KT-XH", "khoản\n2\nĐiều 103",
]


@pytest.mark.parametrize("words", WHOLE)
def test_citations_dates_and_numbers_with_what_they_count_stay_on_one_line(words: str) -> None:
    assert kept(f"<p>a {words}, b</p>") == f"<p>a <span class=\"nowrap\">{words}</span>, b</p>"
    assert str(unbroken(f"a {words}, b")) == f"a <span class=\"nowrap\">{words}</span>, b"
    assert str(unbroken(f"{words}.")) == f"<span class=\"nowrap\">{words}</span>."


@pytest.mark.parametrize("text", [
    "Nghị định |số 21/2032/NĐ-CP| |ngày 22/02/2032| của Chính phủ", "Nghị định |21/2032/NĐ-CP|", "Số: |12/KH-BTC|",
    "Trước |ngày 05 tháng 4| |năm 2034|", "|tuần 1| |tháng 7/2034|", "|tháng 4| |năm 2034|", "Theo |khoản 2 Điều 103|",
    "từ |8 giờ 00| |ngày 20/6/2035|", "Đạt |95,2 %| và |7,8 km|", "tăng |1.200 lớp| lên 1.350",
    "Tỉ lệ 1/2, 1.2.3 và 12/5", "|Trong 05 năm 2032| - 2035", "|Quân khu 2|, 3",
    "xã |3.500 người| ở |Tỉnh có 06 huyện|",
])
def test_pieces_are_found_whole_and_the_citation_wins(text: str) -> None:
    shown = re.sub(r"\|(.*?)\|", r'<span class="nowrap">\1</span>', text)
    assert str(unbroken(text.replace("|", ""))) == shown


@pytest.mark.parametrize("words", [
    "kinh tế - xã hội", "ngày tháng năm", "ngày tháng năm sinh", "một số điều", "điểm y tế", "năm sau", "Điều kiện",
    "12", "Số liệu", "1/2", "2034. Năm sau", "a 5 b", "5 nămb", "sinh 2034", "Mục đích",
])
def test_other_words_may_break(words: str) -> None:
    assert kept(f"<p>{words}</p>") == f"<p>{words}</p>"


@pytest.mark.parametrize(("typed", "whole"), [
    ("trước ngày <strong>25/5/2035</strong>.", "ngày <strong>25/5/2035</strong>"),
    ("sau <b>05</b> năm nữa", "<b>05</b> năm"),
    ("theo <a href=\"a.html\">khoản 2</a> Điều 103 này", "<a href=\"a.html\">khoản 2</a> Điều 103"),
    ("<i>a</i> ở Quân khu <em>2</em>", "Quân khu <em>2</em>"),
    ("a <strong>Sơ kết 05</strong> năm, b", "<strong>Sơ kết 05</strong> năm"),
    ("ngày <u>05</u> tháng 4", "ngày <u>05</u> tháng 4"),
    ("số <strong><em>12/2034/NĐ-CP</em></strong> a", "số <strong><em>12/2034/NĐ-CP</em></strong>"),
])
def test_pieces_that_run_into_emphasis_are_whole(typed: str, whole: str) -> None:
    finished = kept(f"<p>{typed}</p>")
    assert f"<span class=\"nowrap\">{whole}</span>" in finished
    assert finished.count("<span") == 1
    assert text_of(finished) == text_of(typed)


@pytest.mark.parametrize("typed", [
    "<strong>Kinh tế</strong> năm nay", "<strong>a</strong> 2034", "năm <code>2034</code>", "<sup>5</sup> năm",
    "<strong>Những việc đã làm trong 05</strong> năm qua",
])
def test_emphasis_beside_other_words_stays_as_it_is(typed: str) -> None:
    assert kept(f"<p>{typed}</p>") == f"<p>{typed}</p>"


WORDS = st.lists(st.sampled_from(
    "Trung đoàn Quân khu năm tháng ngày quý tuần số mục Điều khoản điểm a Phụ lục 5 05 247 2034 7/2034 95,2 % 1.234,5 "
    "triệu đồng - – II VI, 05/4/2034 12/KH-BTC , . nghiêng NGHIÊNG huyện".split()), max_size=30).map(" ".join)


@given(WORDS)
def test_pieces_are_short_and_keep_all_words(text: str) -> None:
    root = parse(str(unbroken(text)))
    assert root.text_content() == text
    assert [span.text for span in root.iter("span") if len(span.text or "") > 28] == []


@pytest.mark.parametrize("text", [
    "1" * 100_000, "1." * 50_000, "1/" * 50_000, "ngày" + " " * 100_000, "A" * 100_000, "ă" * 100_000, "I" * 100_000,
    "Quân khu " * 11_000, "AB-" * 33_000, "1 - " * 25_000, "khoản 2 " * 12_000, "ngày 05 tháng " * 7_000,
    "12/2034/" * 12_000, "1/" + "Ab-" * 33_000, "năm 1.1." * 12_000, "<b>5</b> " * 11_000,
    "<b>5</b> năm " * 7_000, "<b>5 năm " * 10_000, "<abbr class=\"abbr\">KT-XH</abbr> " * 4_000,
], ids=lambda text: text[:9])
def test_no_text_takes_long(text: str) -> None:
    start = time.process_time()
    kept(f"<p>{text}</p>")
    assert time.process_time() - start < 1


def test_unbroken_text_is_escaped() -> None:
    assert str(unbroken("<b>a</b> & \"c\" số 1/AB")) == (
        "&lt;b&gt;a&lt;/b&gt; &amp; \"c\" <span class=\"nowrap\">số 1/AB</span>")


PLAIN = st.lists(st.one_of(
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn"))),
    st.sampled_from([*"[]…%/ .,12<>&\"", "ngày 05/4/2032", "số 1/AB", "[…]"]))).map("".join)


@given(PLAIN)
@example("[…][… a]5 %số 1/AB")
def test_unbroken_keeps_all_text(text: str) -> None:
    assert text_of(str(unbroken(f"({text})"))) == f"({text})"


# --- Marks and links ---------------------------------------------------------------------
CITE = '<a class="cite" href="a.html">số 12/2034/NĐ-CP</a>'


@pytest.mark.parametrize("shown", [
    f"Nghị định |{CITE}| |ngày 22/02/2032|",
    '|<abbr class="abbr">KT-XH</abbr>| và |<abbr class="abbr">KT</abbr>-<abbr class="abbr">XH</abbr>|',
    '|<abbr class="abbr">HĐND</abbr> 2|, <abbr class="abbr">UBND</abbr> 247/1',
    '|<span class="citation" id="v--1">số 1/QĐ-UBND</span>| của',
    'Ở <span class="mention" id="d--1">Bộ Tư lệnh |Quân khu 2|</span>, |<span class="mention">Trung đoàn 247</span>|',
    '|<span class="mention">Trung đoàn 247</span> năm 2034|',
    'Trước |<span class="mention">Sở Y tế</span> 2|',
    'Số: <span class="gap"></span>/|KH-BTC|, |ngày <span class="gap"></span>tháng <span class="gap"></span>năm 2034|',
    '<span class="minute"></span>|ngày <b>05/4/2034</b>|', '|<b><span class="minute"></span>05</b> năm|',
    "|<b>số</b> <i>12/2034/NĐ-CP</i>| |5 <b>năm</b>| và <b>|05/4/2034|</b>, <b>|6 năm|</b>, |5 năm|",
    "<ul><li>Điều<p>5</p></li></ul>", "Điều<br>5", "<b>Điều<br>5</b> năm", "Điều <sup>5</sup>",
    '<table class="register"><tr><td>05/4/2034</td></tr></table>|05/4/2034|',
])
def test_pieces_are_whole_through_what_is_put_into_a_text(shown: str) -> None:
    typed = shown.replace("|", "")
    whole = re.sub(r"\|(.*?)\|", r'<span class="nowrap">\1</span>', shown)
    assert kept(f"<div>{typed}</div>") == f"<div>{whole}</div>"


PIECES = st.sampled_from(["chữ ", "số 1/AB", "số ", "12/KH-BTC", "ngày ", "05/4/2032", "5 ", "năm", " %", "<br>", "KT-",
                          "XH", " "])
TREES = st.recursive(
    PIECES,
    lambda inner: st.builds("<b>{}</b>".format, st.lists(inner, max_size=4).map("".join))
    | st.builds('<abbr class="abbr">{}</abbr>'.format, inner) | st.builds("<sup>{}</sup>".format, inner)
    | st.builds('<span class="mention">{}</span>'.format, inner) | st.builds("<p>{}</p>".format, inner),
    max_leaves=14)


@given(st.lists(TREES, max_size=6).map("".join))
def test_nothing_but_spans_is_added_to_any_tree(fragment: str) -> None:
    before = serialise(parse(fragment))
    assert _bare(kept(before)) == _bare(before)


def _bare(fragment: str) -> str:
    """The fragment without spans."""
    return re.sub("</?span[^>]*>", "", fragment)


def test_no_other_module_knows_how_pieces_are_kept_together() -> None:
    modules = (PROJECT / "scripts" / "proceedings").rglob("*.py")
    assert [path.name for path in modules if '"nowrap"' in path.read_text("utf-8")] == ["unbroken.py"]
