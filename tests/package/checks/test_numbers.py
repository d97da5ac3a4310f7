"""Numbers in a wrong format are reported; codes, times, years and lists are not."""

import pytest

from telling import told


@pytest.mark.parametrize(("text", "wrong", "right"), [
    ("đạt 95.2 %", "95.2", "95,2"), ("đạt 95.2%", "95.2", "95,2"), ("1.5 tỷ đồng", "1.5", "1,5"), ("3.25 km", "3.25",
    "3,25"),
    ("thu 1,234.5 tấn", "1,234.5", "1.234,5"), ("1,234,567 bản", "1,234,567", "1.234.567"), ("1,234 hộ", "1,234",
    "1.234"),
    ("12345 người", "12345", "12.345"), ("1500 lượt", "1500", "1.500"), ("1234,5 ha", "1234,5", "1.234,5"),
    ("1234567 đồng", "1234567", "1.234.567"),
])
def test_misspelt_number_is_told(text: str, wrong: str, right: str) -> None:
    (message,) = told("cach-viet-so", f"Kết quả: {text}.")
    assert message == f'"{wrong}" viết chưa đúng cách; hãy sửa thành "{right}".'


@pytest.mark.parametrize("text", [
    "1.234,5 tấn; 95,2 %; 12.345 người; 1.234.567 đồng; 2,5 tỷ đồng; 999 hộ; 1.234 bản; 0,5 ha; 3,125 %",
    "21/2019/NĐ-CP, số 12345/QĐ, số 12345 người ký, năm 2035 người dân, đến 2035 hộ, 0912.345.678, 0912345678 người",
    "mục 2.1 tỷ lệ hộ nghèo, khoản 1.2 triệu tập, Điều 5, điểm 3.1 đồng thời, 8.30 giờ, 8h00, phiên bản 1.31 người",
    "các điều 141,142,143; tọa độ 21.8233, 105.2180; 192.168.1.1 m; 1.2.3 km; 2.10.1 %; TCVN 6909:2001; số nhà 12345",
    "`95.2 %`", "ngày 22.02.2035 người", "từ 1.500 người", "đoàn 1234/5 người", "1,5 m/s",
])
def test_vietnamese_numbers_codes_and_lists_are_left_alone(text: str) -> None:
    assert told("cach-viet-so", text) == []


def test_tight_percent_is_told_once_with_its_count() -> None:
    (message,) = told("phan-tram-dinh-lien", "Đạt 95,2% và 5%.\n\nCòn 4,8%.")
    assert message == '"%" (3 chỗ, dòng 1, 3) viết liền sau số, thiếu dấu cách; hãy sửa thành " %".'


@pytest.mark.parametrize("text", ["95,2 %", "95,2\u00a0%", "`95%`", "[x](a%20b.md)", "a%b", "10%C4"])
def test_spaced_percent_and_addresses_are_left_alone(text: str) -> None:
    assert told("phan-tram-dinh-lien", text) == []
