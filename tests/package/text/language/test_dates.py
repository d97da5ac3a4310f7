"""Dates in the notation of Vietnamese administrative documents."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proceedings.text.language.dates import PartialDate, find_short, parse_short, parse_written, short

FOUR_DIGIT_YEARS = st.dates(min_value=date(1000, 1, 1))


@pytest.mark.parametrize(("day", "text"), [
    (date(2035, 1, 1), "01/01/2035"),
    (date(2035, 2, 9), "09/02/2035"),
    (date(2035, 2, 10), "10/02/2035"),
    (date(2035, 3, 9), "09/3/2035"),
    (date(2035, 9, 30), "30/9/2035"),
    (date(2035, 10, 5), "05/10/2035"),
    (date(2035, 12, 31), "31/12/2035"),
])
def test_zero_stands_before_days_under_ten_and_months_one_and_two_only(day: date, text: str) -> None:
    assert short(day) == text


@given(FOUR_DIGIT_YEARS)
def test_short_dates_are_read_as_written(day: date) -> None:
    assert parse_short(short(day)) == day


@given(FOUR_DIGIT_YEARS)
def test_zeros_make_no_difference_to_reading(day: date) -> None:
    assert parse_short(f" {day.day:02d}/{day.month:02d}/{day.year} ") == day
    assert parse_short(f"{day.day}/{day.month}/{day.year}") == day


@given(FOUR_DIGIT_YEARS, st.sampled_from(["trước ngày {}.", "({})", "từ {} đến nay", "{}"]))
def test_date_is_found_within_a_sentence(day: date, sentence: str) -> None:
    assert find_short(sentence.format(short(day))) == day


@given(FOUR_DIGIT_YEARS)
def test_written_dates_are_read_as_written(day: date) -> None:
    text = f"Giả Định, ngày {day.day:02d} tháng {day.month} năm {day.year}"
    assert parse_written(text) == PartialDate(day.year, day.month, day.day)


@pytest.mark.parametrize("text", [
    "", "31/2/2035", "29/02/2035", "0/1/2035", "1/0/2035", "1/13/2035", "05/4", "05/4/35", "05-4-2035", "5/4/0000",
    "ngày 05/4/2035", "05/4/2035.", "005/4/2035",
])
def test_no_date_is_read_from_what_is_none(text: str) -> None:
    assert parse_short(text) is None


@pytest.mark.parametrize("text", ["số 12/2034/NĐ-CP", "số 1/12/2034/QH", "tỷ lệ 3/4", "99/99/9999", ""])
def test_number_of_a_document_is_no_date(text: str) -> None:
    assert find_short(text) is None


def test_first_real_date_is_found_behind_an_impossible_one() -> None:
    assert find_short("từ 31/2/2035 đến 05/4/2035, rồi 06/4/2035") == date(2035, 4, 5)


@pytest.mark.parametrize(("text", "found"), [
    ("Giả Định, ngày tháng năm 2035", PartialDate(2035)),
    ("Giả Định, ngày     tháng 4 năm 2035", PartialDate(2035, 4)),
    ("Ngày 05 Tháng 4 Năm 2035", PartialDate(2035, 4, 5)),
    ("ngày05tháng4năm2035", PartialDate(2035, 4, 5)),
    ("ngày 31 tháng 4 năm 2035", None),
    ("ngày tháng 13 năm 2035", None),
    ("tháng 4 năm 2035", None),
    ("05/4/2035", None),
    ("", None),
])
def test_written_date_may_leave_day_and_month_blank(text: str, found: PartialDate | None) -> None:
    assert parse_written(text) == found


@pytest.mark.parametrize(("partial", "complete"), [
    (PartialDate(2035, 4, 5), date(2035, 4, 5)),
    (PartialDate(2035, 4), None),
    (PartialDate(2035), None),
    (PartialDate(2035, None, 5), None),
])
def test_partial_date_is_a_date_once_nothing_is_blank(partial: PartialDate, complete: date | None) -> None:
    assert partial.complete == complete
