"""The plan's rendered text split by anchors: nothing is lost or duplicated."""

import re
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import CONFERENCE, finished_html
from proceedings.conference.settings import Settings
from proceedings.html import official, rendering
from proceedings.schema import Anchor
from proceedings.text import source

TEXT = (CONFERENCE / "docs" / "ke-hoach.md").read_text(encoding="utf-8")
ORDER = ("number", "issued_on", "title", "subject", "body", "recipients", "signature")
Content = Callable[[str], str]


@pytest.fixture
def content(fabricated_settings: Settings) -> Content:
    """Return the finished HTML of a plan's Markdown."""
    return lambda text: finished_html(rendering.render(source.parse("ke-hoach.md", text).body, fabricated_settings))


def parts_of(html: str) -> dict[str, str]:
    return official.parts(rendering.parse(html))


def words(html: str) -> list[str]:
    return re.findall(r"\w+", str(rendering.parse(html).text_content()))


def ids(html: str) -> list[str]:
    return [name for name in (element.get("id") for element in rendering.parse(html).iter()) if name]


def test_every_word_is_in_exactly_one_part_in_the_order_of_the_parts(content: Content) -> None:
    html = content(TEXT)
    parts = parts_of(html)
    assert sorted(parts) == sorted(ORDER)
    assert [word for name in ORDER for word in words(parts[name])] == words(html)
    assert len(words(html)) > 500


@pytest.mark.parametrize(("part", "first", "last"), [
    ("number", ["Số", "12"], ["KH", "BTC"]),
    ("issued_on", ["Giả", "Định"], ["năm", "2035"]),
    ("title", ["KẾ", "HOẠCH"], ["KẾ", "HOẠCH"]),
    ("subject", ["Tổng", "kết"], ["lưu", "động"]),
    ("body", ["Căn", "cứ"], ["hướng", "dẫn"]),
    ("recipients", ["Nơi", "nhận"], ["ĐA", "Mận"]),
    ("signature", ["TM", "BAN"], ["Trang", "Vàng"]),
])
def test_part_runs_from_its_first_word_to_its_last(content: Content, part: str, first: list[str],
                                                   last: list[str]) -> None:
    found = words(parts_of(content(TEXT))[part])
    assert (found[:2], found[-2:]) == (first, last)


def test_anchors_stay_targets(content: Content) -> None:
    html = content(TEXT)
    assert sorted(ids("".join(parts_of(html).values()))) == sorted(ids(html))
    assert set(Anchor) < set(ids(html))


@pytest.mark.parametrize("anchor", [Anchor.NUMBER, Anchor.ISSUED_ON, Anchor.SUBJECT, Anchor.RECIPIENTS,
                                    Anchor.SIGNATURE, Anchor.BACKDROP, Anchor.BASES, Anchor.ENACTING])
def test_words_of_an_absent_anchor_stay_somewhere(content: Content, anchor: Anchor) -> None:
    html = content(TEXT.replace(f"#{anchor}", "#khac"))
    parts = parts_of(html)
    assert Counter(word for part in parts.values() for word in words(part)) == Counter(words(html))


ELEMENTS = st.lists(st.tuples(st.sampled_from(["", "", *Anchor, "footnote"]), st.sampled_from(["p", "h2", "ul"]),
                              st.booleans()), max_size=25)


@given(ELEMENTS)
def test_whatever_the_order_of_its_anchors_no_word_is_lost_or_doubled(elements: list[tuple[str, str, bool]]) -> None:
    html = "đầu "
    for number, (name, tag, broken) in enumerate(elements):
        key, gap = ("class" if name == "footnote" else "id"), ("<br>" if broken else " ")
        html += f"<{tag} {key}=\"{name}\">a{number}{gap}b{number}</{tag}> c{number} "
    parts = parts_of(html)
    assert sorted(word for part in parts.values() for word in words(part)) == sorted(words(html))


def test_footnotes_stay_in_the_body(content: Content) -> None:
    parts = parts_of(content(TEXT.replace("kéo dài Đề án.", "kéo dài Đề án.[^1]") + "\n\n[^1]: Chú thích.\n"))
    assert "Chú thích" in parts["body"]
    assert "Chú thích" not in parts["signature"]
    assert "<span class=\"signer\">" in parts["signature"]


# --- Layout -----------------------------------------------------------------------------
def texts(part: str, xpath: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in rendering.parse(part).iterfind(xpath)]


def test_bases_are_marked_up_to_the_enacting_words(content: Content) -> None:
    found = texts(parts_of(content(TEXT))["body"], ".//p[@class='basis']")
    assert [text[:8] for text in found] == ["Căn cứ N", "Căn cứ Q", "Thực hiệ"]


def test_lines_of_the_backdrop_stand_in_a_frame(content: Content) -> None:
    assert texts(parts_of(content(TEXT))["body"], ".//div[@class='backdrop']/p") == [
        "UBND TỈNH GIẢ ĐỊNH BAN TỔ CHỨC ĐỀ ÁN THƯ VIỆN LƯU ĐỘNG", "HỘI NGHỊ",
        "TỔNG KẾT 03 NĂM THỰC HIỆN ĐỀ ÁN THƯ VIỆN LƯU ĐỘNG", "Giả Định, ngày 20 tháng 6 năm 2035"]


def test_signer_stands_below_room_to_sign(content: Content) -> None:
    signature = parts_of(content(TEXT))["signature"]
    assert texts(signature, ".//span[@class='signer']") == ["Vũ Thị Trang Vàng"]
    assert signature.count("<br>") == 1  # that between the two lines of the capacity


def test_line_break_with_nothing_behind_it_makes_no_empty_signer(content: Content) -> None:
    parts = parts_of(content(TEXT.replace("UBND TỈNH<br>\nVũ Thị Trang Vàng**", "UBND TỈNH**<br>\n**Vũ**")))
    assert texts(parts["signature"], ".//span[@class='signer']") == []
    assert "Vũ" in parts["signature"]


def test_without_a_line_break_in_the_signature_nothing_is_taken_for_the_signer(content: Content) -> None:
    text = TEXT.replace("BAN TỔ CHỨC ĐỀ ÁN<br>\nTRƯỞNG BAN", "TRƯỞNG BAN").replace("UBND TỈNH<br>\nVũ", "UBND TỈNH Vũ")
    assert "<br" not in text.partition("Nơi nhận")[2]
    parts = parts_of(content(text))
    assert not [part for part in parts.values() if "signer" in part]


def test_body_without_a_signature_has_no_signer(content: Content) -> None:
    parts = parts_of(content(TEXT.replace("{: #chu-ky }", "")))
    assert not [part for part in parts.values() if "signer" in part]


GAP = "<span class=\"gap\"></span>"


@pytest.mark.parametrize(("text", "with_gaps"), [
    ("Số: /KH-BTC", f"Số: {GAP}/KH-BTC"),
    ("Số:/KH-BTC", f"Số:{GAP}/KH-BTC"),
    ("ngày tháng năm 2035", f"ngày {GAP}tháng {GAP}năm 2035"),
    ("ngày    tháng 4 năm 2035", f"ngày    {GAP}tháng 4 năm 2035"),
    ("ngày\xa0tháng 4 năm 2035", f"ngày\xa0{GAP}tháng 4 năm 2035"),
    ("Số: 12/KH-BTC, ngày 05 tháng 4 năm 2035", "Số: 12/KH-BTC, ngày 05 tháng 4 năm 2035"),
])
def test_draft_leaves_room_to_write_number_and_day(text: str, with_gaps: str) -> None:
    assert official.with_gaps(text) == with_gaps


def test_blank_number_and_day_of_a_plan_have_room(content: Content) -> None:
    parts = parts_of(content(TEXT.replace("12/KH-BTC", "/KH-BTC").replace("ngày 05 tháng 4 năm",
                                                                                "ngày tháng năm")))
    assert (parts["number"].count(GAP), parts["issued_on"].count(GAP)) == (1, 2)
    assert GAP not in "".join(parts_of(content(TEXT)).values())


@pytest.mark.parametrize(("typed", "gaps"), [("ngày tháng 4 năm", 1), ("ngày   tháng 4 năm", 1), ("ngày tháng năm", 2)])
def test_room_to_write_the_day_is_made_within_what_stays_on_one_line(content: Content, typed: str, gaps: int) -> None:
    issued_on = parts_of(content(TEXT.replace("ngày 05 tháng 4 năm", typed)))["issued_on"]
    assert issued_on.count(GAP) == gaps
    assert "<span class=\"nowrap\">ngày" in issued_on


LONG = "Tổng kết 03 năm thực hiện Nghị quyết số 18/2032/NQ-HĐND ngày 12/02/2032 về phát triển văn hóa đọc"


def folded(content: Content, subject: str) -> list[str]:
    html = parts_of(content(TEXT.replace("Tổng kết 03 năm thực hiện Đề án Thư viện lưu động\n{: #trich",
                                               f"{subject}\n{{: #trich")))["subject"]
    parts = html.split("<span class=\"fold\"></span>")
    return [" ".join(str(rendering.parse(part).text_content()).split()) for part in parts]


@pytest.mark.parametrize(("subject", "lines"), [
    ("Họp", ["Họp"]),
    ("a" * 200, ["a" * 200]),
    ("ba " * 20 + "ba", ["ba " * 20 + "ba"]),
    ("ba " * 21 + "ba", ["ba " * 10 + "ba", "ba " * 10 + "ba"]),
    (LONG, ["Tổng kết 03 năm thực hiện Nghị quyết số 18/2032/NQ-HĐND", "ngày 12/02/2032 về phát triển văn hóa đọc"]),
    (LONG.replace("ngày", "<br>ngày"), [LONG]),
])
def test_subject_too_long_for_a_line_is_folded_where_no_piece_is_broken(content: Content, subject: str,
                                                                         lines: list[str]) -> None:
    assert folded(content, subject) == lines


SUBJECT = st.lists(st.sampled_from(["sách", "ngày 05/4/2032", "số 12/2034/NĐ-CP", "<b>đậm</b>", "và"]), min_size=1,
                   max_size=60).map(" ".join)


@given(SUBJECT)
def test_a_folded_subject_keeps_its_words_and_no_line_is_too_long(typed: str) -> None:
    subject = parts_of(finished_html(f"<p id=\"{Anchor.SUBJECT}\">{typed}</p>"))["subject"]
    assert rendering.parse(subject).text_content() == rendering.parse(typed).text_content()
    lines = [rendering.parse(part).text_content() for part in subject.split("<span class=\"fold\"></span>")]
    assert max(map(len, lines)) <= 62 + 17  # half of the longest piece on either side


def test_a_plain_line_is_escaped_before_room_is_made_in_it() -> None:
    assert official.unfilled("<b>A</b> & B, ngày tháng 7") == f"&lt;b&gt;A&lt;/b&gt; &amp; B, ngày {GAP}tháng 7"


def test_running_text_about_dates_gets_no_room_to_write() -> None:
    text = '<p>ghi rõ ngày tháng năm sinh</p><h3 id="ma-ket">Ma kết</h3><p>A, ngày tháng 7 năm 2034</p><h2>B</h2>'
    body = parts_of(text)["body"]
    assert "ghi rõ ngày tháng năm sinh" in body
    assert f"ngày {GAP}tháng 7 năm 2034" in body
