"""Capturing of log messages of libraries."""

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
def captured(level: int, *names: str) -> Iterator[list[str]]:
    """Collect messages of the named loggers at or above a level.

    The yielded list grows while the context is active.
    """
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
