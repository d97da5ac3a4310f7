"""Times of day in the notation of Vietnamese agendas."""

import pytest

from proceedings.text.clock import clock, span


@pytest.mark.parametrize(("minutes", "text"), [(0, "0h00"), (450, "7h30"), (485, "8h05"), (720, "12h00"),
                                               (1439, "23h59")])
def test_clock_writes_hours_and_two_digits_of_minutes(minutes: int, text: str) -> None:
    assert clock(minutes) == text


def test_span_breaks_after_its_hyphen_only() -> None:
    assert span(450, 470) == "7h30\N{NO-BREAK SPACE}- 7h50"
