"""How large and how tangled Markdown files may be. Beyond that no parser's time or memory is known, so none is asked.

Parsers take a time that grows with the square of what is left open (brackets, comments), a stack that grows with what
stands in what, and a memory that grows with the number of blocks. Each is counted here in one pass, before any parser
runs; the bounds are many times what a long document of a conference holds.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST_BYTES = 1_000_000  # of a file on the disk: Vietnamese letters take up to three bytes
_MOST_LETTERS = 300_000
_MOST_LINES = 20_000
_MOST_FRONT_MATTER = 20_000
LONGEST_TEXT = 10_000  # of a line, and of what renderers and rules take for a line: a paragraph, an item, a cell
_DEEPEST = 8  # levels: with a list and its item counting two, markdown-it-py reads nine
_INDENT = 4
_MOST_COLUMNS = 30  # of a table: a sheet on its side holds some twenty columns of numbers
_MOST_SIGNS = 1_000  # of emphasis and code in what renderers may take for one paragraph

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?^---[ \t]*$", re.DOTALL | re.MULTILINE)
_LEVEL = re.compile(r"[ \t]*(?:>|[-*+](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$)|!!!|\[\^[^\]\n]{1,99}\]:)")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")
_RULE_LINE = re.compile(r"[ \t]*(?:(?:-[ \t]*)+|(?:\*[ \t]*)+)$")  # a line across the page, however many marks it has
_SIGN = re.compile(r"\*+|_+|`+")
_BAR = re.compile(r"(?<!\\)\|")
_TABLE_RULE = frozenset("|-: \t>")  # what the line below the head of a table is made of
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
    (("*", "_", "`"), _SIGN, 20_000, "dấu *, _ và `"),
    (("|",), _BAR, 15_000, "ô bảng"),
)
_MOST_OPEN = 200
_MOST_SLOW_TARGETS = 200


@dataclass(frozen=True)
class Excess:
    """Where a file is too much for its parsers, and in what (Vietnamese, the beginning of a sentence)."""

    line: int
    reason: str


@dataclass(frozen=True)
class Load:
    """How much documents ask of those who read, render and print them."""

    letters: int = 0
    blocks: int = 0
    cells: int = 0

    def __add__(self, other: "Load") -> "Load":
        return Load(self.letters + other.letters, self.blocks + other.blocks, self.cells + other.cells)

    @property
    def reason(self) -> str:
        """In what this is more than all documents together may be, "" where it is not."""
        most = _MOST_OF_ALL
        for count, bound, what in ((self.letters, most.letters, "chữ cái"), (self.blocks, most.blocks, "đoạn"),
                                   (self.cells, most.cells, "ô bảng")):
            if count > bound:
                return f"Cả bộ tài liệu đến tệp này có quá {bound} {what}"
        return ""


# Of all documents together, many times a conference of 200 long speeches with their annexes.
_MOST_OF_ALL = Load(letters=30_000_000, blocks=500_000, cells=300_000)
MOST_FILES = 10_000
MOST_PIXELS_OF_ALL = 5_000_000_000  # four hundred photographs as telephones take them


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
    if sum(map(text.count, "*_`")) > _MOST_SIGNS:
        yield from _crowded(lines)
    yield from _left_open(text)


def _crowded(lines: Sequence[str]) -> Iterator[Excess]:
    """Paragraphs with so many signs of emphasis and code that it takes long to tell which belong together."""
    signs = place = 0  # so far in the paragraph, and which of its lines this is
    in_table = in_list = False
    for number, line in enumerate(lines, 1):
        place = place + 1 if line.strip() else 0
        in_table = place > 1 and (in_table or (place == 2 and "|" in line and _TABLE_RULE.issuperset(line)))
        item = bool(_ITEM.match(line))
        in_list = item if place == 1 else in_list
        if in_table or not place or (in_list and item):  # each row of a table and each item of a list is read alone
            signs = 0
        if "*" in line or "_" in line or "`" in line:
            signs += sum(1 for _ in _SIGN.finditer(line))
        if signs > _MOST_SIGNS:
            yield Excess(number, f"Đoạn này có quá {_MOST_SIGNS} dấu *, _ và `")
            return


def _of_line(line: str) -> str:
    if len(line) > LONGEST_TEXT:
        return f"Dòng này dài {len(line)} chữ cái, quá {LONGEST_TEXT}"
    if line.count("|") > _MOST_COLUMNS + 1 and len(_BAR.findall(line)) > _MOST_COLUMNS + 1:
        return f"Dòng này có quá {_MOST_COLUMNS} ô bảng (dấu |), khổ giấy không đủ chỗ"
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
