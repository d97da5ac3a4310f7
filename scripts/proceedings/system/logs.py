"""What a library tells to its log only."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager


class _Ear(logging.Handler):
    def __init__(self, level: int, messages: list[str]) -> None:
        super().__init__(level)
        self._messages = messages

    def emit(self, record: logging.LogRecord) -> None:
        self._messages.append(record.getMessage())


@contextmanager
def heard(level: int, *names: str) -> Iterator[list[str]]:
    """The messages that the loggers of these names get at the level or above, as they come, each kept in the list."""
    messages: list[str] = []
    ear = _Ear(level, messages)
    loggers = [logging.getLogger(name) for name in names]
    for logger in loggers:
        logger.addHandler(ear)
    try:
        yield messages
    finally:
        for logger in loggers:
            logger.removeHandler(ear)
