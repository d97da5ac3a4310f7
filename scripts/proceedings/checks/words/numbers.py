"""Rule on Vietnamese number format: 1.234,5 and 95,2 %."""

import re
from collections.abc import Iterable, Iterator

from proceedings.checks.engine.prose import Correction, corrections
from proceedings.checks.engine.registry import rule
from proceedings.checks.engine.walk import OWN_WORDS, VOLUME, Text
from proceedings.problems import Problem, Severity

# Units of measure, which may have a fraction; not in "mục 2.1 tỷ lệ hộ nghèo" and "1.2 triệu tập".
_UNIT = (r"(?:%|‰|°C|(?:tỷ|tỉ)(?!\s+(?:lệ|trọng|suất|giá|số))|triệu(?!\s+(?:tập|hồi))|nghìn|ngàn|km2|km²|km|m2|m²|m3|m³"
         r"|m|mm|cm|ha|kg|tấn|tạ|lít|MW|kWh|kV)(?!\w)")
# Counted things: the number before them is not a year, a code or the number of a document.
_COUNTED = (r"(?:người|hộ|lượt|đồng(?!\s+(?:thời|chí|bộ|bào|đều))|cán bộ|chiến sĩ|đại biểu|học sinh|công nhân|lao động"
            r"|hội viên|đoàn viên|đảng viên|vụ|trường hợp|bản|cuốn|thẻ|công trình|dự án|hộ dân)(?!\w)")
_NOT_BEFORE = r"(?<![\w.,/:–-])(?<!số )(?<!Số )(?<!năm )(?<!Năm )"
_YEAR = r"(?!(?:19|20)\d\d(?!\d))"
_NUMBER = re.compile(
    rf"{_NOT_BEFORE}(?P<english>\d{{1,3}}(?:,\d{{3}}){{1,6}}\.\d{{1,6}}"
    rf"|\d{{1,3}}(?:,\d{{3}}){{2,6}}(?=\s(?:{_COUNTED}|{_UNIT})))(?!\d)"
    rf"|{_NOT_BEFORE}(?P<comma>[1-9]\d{{0,2}},\d{{3}})(?=\s{_COUNTED})"
    rf"|{_NOT_BEFORE}(?P<point>\d{{1,3}}\.\d{{1,2}})(?=\s?{_UNIT})"
    rf"|{_NOT_BEFORE}{_YEAR}(?P<plain>[1-9]\d{{3,11}}(?:,\d{{1,2}})?)(?=\s(?:{_COUNTED}|{_UNIT}))")
# Each match contains one of these. "1.250", "95,2" and "2034" are written as they should be.
_HINT = re.compile(r"\d(?:,\d{3}|\.\d{1,2}(?!\d)|\d{3}(?<!19\d\d)(?<!20\d\d))")


@rule("cach-viet-so", Severity.ADVISORY, VOLUME)
def misspelt_number(texts: Iterable[Text]) -> Iterator[Problem]:
    """Số viết không theo cách của tiếng Việt: dấu chấm ngăn hàng nghìn, dấu phẩy ngăn phần lẻ.

    Sai: "95.2 %", "1,234.5 tấn", "12345 người", "1,234 hộ".
    Đúng: "95,2 %", "1.234,5 tấn", "12.345 người", "1.234 hộ".
    """
    yield from corrections(texts, _NUMBER,
                           lambda found: Correction(_vietnamese(found), "viết chưa đúng cách"),
                           lambda passage: _HINT.search(passage.words))


def _vietnamese(found: re.Match[str]) -> str:
    number = found[0]
    if found["plain"]:
        whole, comma, rest = number.partition(",")
        return f"{int(whole):,}".replace(",", ".") + comma + rest
    return number.translate(str.maketrans(",.", ".,"))


_TIGHT_PERCENT = re.compile(r"(?<=\d)[%‰](?!\w)")


@rule("phan-tram-dinh-lien", Severity.ADVISORY, OWN_WORDS)
def tight_percent(texts: Iterable[Text]) -> Iterator[Problem]:
    """Dấu phần trăm viết liền số; cả tập để một dấu cách trước dấu phần trăm.

    Sai: "95,2%".
    Đúng: "95,2 %".
    """
    def judge(found: re.Match[str]) -> Correction:
        return Correction(f" {found[0]}", "viết liền sau số, thiếu dấu cách")

    yield from corrections(texts, _TIGHT_PERCENT, judge,
                           lambda passage: "%" in passage.words or "‰" in passage.words)
