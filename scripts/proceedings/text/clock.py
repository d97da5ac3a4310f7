"""Times of day in minutes since midnight, as Vietnamese agendas write them."""


def clock(minutes: int) -> str:
    """"7h30" for 450."""
    return f"{minutes // 60}h{minutes % 60:02d}"


def span(start: int, end: int) -> str:
    """"7h30 - 7h50" for 450 and 470; a line may break after the hyphen only."""
    return f"{clock(start)}\u00a0- {clock(end)}"
