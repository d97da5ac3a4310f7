"""What no line may break: which texts each piece of the grammar is there for."""

from collections.abc import Mapping

import pytest

from grammars import missing_examples
from proceedings.text.language.grammar import Piece
from proceedings.text.language.unbreakable import PIECES, compiled

# A piece, and a text of which just what stands between the bars is kept together because of it.
ROWS = (
    ("document", "|12/2034/NĐ-CP|"), ("date", "|05/4/2034|"), ("fraction", "|1/2 ngày|"), ("year", "|2032 - 2035|"),
    ("capital", "|QUÂN KHU 2|"), ("small", "|Trung đoàn 247|"), ("to", "|mục 3 - 5|"), ("end", "mục 2/3/4 a"),
    ("figures", "|1.234,5 tấn|"), ("amount", "|3 - 5 phút|"), ("decimal", "|mục 2.1|"), ("roman", "|mục VI|"),
    ("ordinal", "|tháng 7/2034|"), ("ordinals", "|năm 2032 - 2035|"), ("unit", "|12 triệu đồng|"),
    ("time", "|quý II|"), ("part", "|phụ lục 2|"), ("counted", "|số 5 năm 2034|"), ("point", "|điểm đ khoản 2|"),
    ("clause", "|khoản 2|"), ("of_law", "|Điều 12a|"), ("starting", "Theo |khoản 2|"),
    ("title", "|Sơ kết 05 năm|"), ("heading", "|QUÂN KHU 2|"), ("hour", "|8 giờ 30 phút|"), ("count", "|06 huyện|"),
    ("plain_date", "|20/6/2035|"), ("years", "|2032 - 2035|"), ("announced", "|số 12/2034/NĐ-CP|"),
    ("day", "|ngày 05/4/2034|"), ("day_and_month", "|ngày 05 tháng 4| |năm 2034|"),
    ("law", "|điểm a khoản 2 Điều 103|"), ("time_named", "|tuần 1|"), ("part_named", "|tr. 12|"),
    ("numbered", "|Đại hội XIII|"), ("short_form", "|KT-XH|"),
)
UNITS = """
    năm tháng quý tuần ngày đêm giờ phút giây buổi tuổi thế_kỷ % ‰ °C mm cm dm m km m² km² m³ ha g kg yến tạ tấn lít
    đồng nghìn triệu tỷ nghìn_đồng triệu_đồng tỷ_đồng nghìn_tỷ_đồng lần lượt đợt lượt_người người đồng_chí cán_bộ
    chiến_sĩ đại_biểu hộ gia_đình cơ_quan đơn_vị tỉnh thành_phố huyện quận thị_xã xã phường thị_trấn thôn bản xóm
    tổ đội lớp trường cuộc vụ việc bài cuốn bộ chiếc trang điểm mục điều khoản chương sở ngành phòng
""".split()


def _shown(text: str, pieces: Mapping[str, Piece] = PIECES) -> str:
    pattern = compiled(pieces)
    return pattern.sub(lambda found: f"|{found[0]}|", text)


@pytest.mark.parametrize(("piece", "shown"), ROWS)
def test_each_piece_is_needed_for_a_text(piece: str, shown: str) -> None:
    without = Piece("" if not PIECES[piece].example else "(?!)", "")
    assert _shown(shown.replace("|", "")) == shown
    assert _shown(shown.replace("|", ""), {**PIECES, piece: without}) != shown


def test_every_piece_has_a_row_and_an_example_that_it_matches() -> None:
    assert {piece for piece, _ in ROWS} == set(PIECES)
    assert missing_examples(PIECES) == []


@pytest.mark.parametrize("unit", UNITS)
def test_each_unit_stays_with_its_number(unit: str) -> None:
    words = f"12 {unit.replace('_', ' ')}"
    assert _shown(f"a {words}.") == f"a |{words}|."


@pytest.mark.parametrize("word", ["năm", "tháng", "quý", "tuần", "ngày", "chương", "mục", "phần", "phụ lục", "bảng",
                                  "biểu", "hình", "số", "tr.", "trang", "thứ", "lần", "đợt", "kỳ", "khóa", "tập",
                                  "lớp", "tổ", "đội", "khoản", "điều"])
def test_each_word_stays_with_the_number_behind_it(word: str) -> None:
    assert _shown(f"a {word} 5, b") == f"a |{word} 5|, b"
    assert _shown(f"a {word.upper()} 5, b") == f"a |{word.upper()} 5|, b"
