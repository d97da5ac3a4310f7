"""How long one document may take to be laid out: what takes longer is stopped, so that no text keeps a build for hours.

Only time that the processor works for this process counts, so that other work on the machine does not. Both figures
are many times what the largest honest texts take; a machine that is much slower can be given more here.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SECONDS = 120.0
SECONDS_A_LETTER = 0.0004  # of HTML; the text of a speech takes a hundredth of it


class TooSlowError(BaseException):
    """The time is up. No library is to take it for a failure of its own, hence no Exception."""


def allowed(letters: int) -> float:
    """The seconds of processor time for so many letters of HTML."""
    return SECONDS + letters * SECONDS_A_LETTER


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise TooSlowError in the code within, once it has kept the processor busy for so long.

    Signals reach the main thread only; in others there is no limit.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, 1)  # again each second, should one be lost in a callback from C
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise TooSlowError
