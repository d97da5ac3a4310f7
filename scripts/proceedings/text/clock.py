"""Times of day in minutes since midnight, in the notation of Vietnamese agendas."""


def clock(minutes: int) -> str:
    """Format a time: "7h30" for 450."""
    return f"{minutes // 60}h{minutes % 60:02d}"


def span(start: int, end: int) -> str:
    """Format a period: "7h30 - 7h50" for 450 and 470; a line may break after the hyphen only."""
    return f"{clock(start)}\u00a0- {clock(end)}"
