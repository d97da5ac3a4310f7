"""Time limit for the layout of a document, so that no text can block a build for hours.

Only processor time of this process counts, so that other programs on the machine do not matter. Both limits are many
times what the largest ordinary texts take; they can be raised for a much slower machine.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SECONDS = 120.0
SECONDS_A_LETTER = 0.0004  # of HTML; an ordinary speech takes a hundredth of it


class TooSlowError(BaseException):
    """The time limit was exceeded. Not an Exception, so that libraries do not catch it."""


def allowed(letters: int) -> float:
    """Return the time limit in seconds of processor time for HTML of this length."""
    return SECONDS + letters * SECONDS_A_LETTER


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise TooSlowError in the block once it has used this much processor time.

    The limit is set by a signal, which only the main thread receives; there is no limit in other threads.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGPROF, _stop)
    # Repeated every second, in case an exception is lost in a C callback.
    signal.setitimer(signal.ITIMER_PROF, seconds, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise TooSlowError
