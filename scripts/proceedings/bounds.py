"""How large and how tangled a Markdown file may be. Beyond that no parser's time or memory is known, so none is asked.

Parsers take a time that grows with the square of what is left open (brackets, comments), a stack that grows with what
stands in what, and a memory that grows with the number of blocks. Each is counted here in one pass, before any parser
runs; the bounds are many times what a long document of a conference holds.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST_BYTES = 1_000_000  # of a file on the disk: Vietnamese letters take up to three bytes
_MOST_LETTERS = 300_000
_MOST_LINES = 20_000
_MOST_FRONT_MATTER = 20_000
LONGEST_TEXT = 10_000  # of a line, and of what renderers and rules take for a line: a paragraph, an item, a cell
_DEEPEST = 8  # levels: with a list and its item counting two, markdown-it-py reads nine
_INDENT = 4
_MOST_CELLS = 100

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?^---[ \t]*$", re.DOTALL | re.MULTILINE)
_LEVEL = re.compile(r"[ \t]*(?:>|[-*+](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$)|!!!|\[\^[^\]\n]{1,99}\]:)")
_RULE_LINE = re.compile(r"[ \t]*(?:(?:-[ \t]*)+|(?:\*[ \t]*)+)$")  # a line across the page, however many marks it has
# What is closed nearby costs nothing; what is left is counted. Links with brackets or quotes in them are read slowly.
_CLOSED = re.compile(r"\[[^\[\]\\`|\n]{0,300}\]")
_PLAIN_TARGET = re.compile(r"\]\([^()<>\"'\\\n]{0,1000}\)")
# With the signs of which each has at least one: where the text has too few of them, no pattern need be sought.
_COUNTED = (
    (("\n",), re.compile(r"^[ ]{0,3}(?:#|=+[ \t]*$|-+[ \t]*$)", re.MULTILINE), 1_000, "tiêu đề"),
    (("[^",), re.compile(r"\[\^"), 2_000, "chú thích"),
    (("<!--",), re.compile(r"<!--"), 300, "lời chú <!--"),
    (("```", "~~~"), re.compile(r"^[ \t>]*(?:```|~~~)", re.MULTILINE), 1_000, "dòng mở hoặc đóng khung mã"),
    (("!!!",), re.compile(r"^[ \t>]*!!!", re.MULTILINE), 1_000, "khung !!!"),
    (("`",), re.compile(r"`{20}"), 0, "dãy dấu ` dài"),
    (("](",), re.compile(r"\]\("), 3_000, "liên kết và ảnh"),
)
_MOST_OPEN = 200
_MOST_SLOW_TARGETS = 200


@dataclass(frozen=True)
class Excess:
    """Where a file is too much for its parsers, and in what (Vietnamese, the beginning of a sentence)."""

    line: int
    reason: str


def excess(text: str) -> Excess | None:
    """The first thing that is too much in a file, or None."""
    return next(_excesses(text.replace("\r\n", "\n").replace("\r", "\n")), None)


def _excesses(text: str) -> Iterator[Excess]:
    if len(text) > _MOST_LETTERS:
        yield Excess(1, f"Tệp dài {len(text)} chữ cái, quá {_MOST_LETTERS}")
        return
    lines = text.split("\n")
    if len(lines) > _MOST_LINES:
        yield Excess(1, f"Tệp có {len(lines)} dòng, quá {_MOST_LINES}")
        return
    head = _FRONT_MATTER.match(text)
    if head and len(head[0]) > _MOST_FRONT_MATTER:
        yield Excess(1, f"Phần đầu tệp dài {len(head[0])} chữ cái, quá {_MOST_FRONT_MATTER}")
    for number, line in enumerate(lines, 1):
        reason = _of_line(line)
        if reason:
            yield Excess(number, reason)
    for signs, pattern, most, what in _COUNTED:
        if sum(map(text.count, signs)) >= most:
            yield from _over(text, pattern, most, what)
    yield from _left_open(text)


def _of_line(line: str) -> str:
    if len(line) > LONGEST_TEXT:
        return f"Dòng này dài {len(line)} chữ cái, quá {LONGEST_TEXT}"
    if line.count("|") > _MOST_CELLS:
        return f"Dòng này có quá {_MOST_CELLS} dấu |"
    if _depth(line) > _DEEPEST:
        return f"Dòng này lồng quá {_DEEPEST} tầng (trích dẫn, danh sách, khung)"
    return ""


def _depth(line: str) -> int:
    """How many levels the line opens: by what it is set in, and by the marks that follow one another."""
    found = _LEVEL.match(line)
    if not found or _RULE_LINE.fullmatch(line):
        return 0
    start = line[: found.end()].expandtabs(_INDENT)
    depth = (len(start) - len(start.lstrip())) // _INDENT
    while found and depth <= _DEEPEST:
        depth += 1
        found = _LEVEL.match(line, found.end())
    return depth


def _over(text: str, pattern: re.Pattern[str], most: int, what: str) -> Iterator[Excess]:
    for count, found in enumerate(pattern.finditer(text), 1):
        if count > most:
            yield Excess(text.count("\n", 0, found.start()) + 1, f"Tệp có quá {most} {what}")
            return


def _left_open(text: str) -> Iterator[Excess]:
    def blank(found: re.Match[str]) -> str:
        return " " * len(found[0])

    if text.count("[") > _MOST_OPEN:
        # A picture within a link is a pair within a pair.
        rest = _CLOSED.sub(blank, _CLOSED.sub(blank, text))
        yield from _over(rest, re.compile(r"\["), _MOST_OPEN, "dấu [ chưa đóng")
    if text.count("](") > _MOST_SLOW_TARGETS:
        yield from _over(_PLAIN_TARGET.sub(blank, text), re.compile(r"\]\("), _MOST_SLOW_TARGETS,
                         "liên kết chưa đóng hoặc có dấu ngoặc, dấu nháy")
