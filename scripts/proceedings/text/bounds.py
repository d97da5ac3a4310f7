"""Size and nesting limits of Markdown files, checked before any parser reads them.

Parsers take quadratic time for unclosed constructs (brackets, comments), stack depth that grows with nesting, and
memory that grows with the number of blocks. Each of these is counted here in a single pass. The limits are many times
what a long conference document contains; files above them are not parsed, since time and memory have not been
measured there.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST_BYTES = 1_000_000  # file size on disk; a Vietnamese letter takes up to three bytes
_MOST_LETTERS = 300_000
_MOST_LINES = 20_000
_MOST_FRONT_MATTER = 20_000
LONGEST_TEXT = 10_000  # of a line, and of any unit that renderers and rules process as one: paragraph, list item, cell
_DEEPEST = 8  # nesting levels; a list and its item count as two, of which markdown-it-py reads nine
_INDENT = 4
_MOST_COLUMNS = 30  # of a table; a landscape page holds about twenty columns of numbers
_MOST_SIGNS = 1_000  # delimiters of emphasis and code in one paragraph

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?^---[ \t]*$", re.DOTALL | re.MULTILINE)
_LEVEL = re.compile(r"[ \t]*(?:>|[-*+](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$)|!!!|\[\^[^\]\n]{1,99}\]:)")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")
_RULE_LINE = re.compile(r"[ \t]*(?:(?:-[ \t]*)+|(?:\*[ \t]*)+)$")  # a thematic break, with any number of markers
_SIGN = re.compile(r"\*+|_+|`+")
_BAR = re.compile(r"(?<!\\)\|")
_TABLE_RULE = frozenset("|-: \t>")  # characters of the delimiter row of a table
# Constructs that are closed within a short distance are parsed in linear time, so only the remaining ones are
# counted. Link targets with brackets or quotes are parsed slowly.
_CLOSED = re.compile(r"\[[^\[\]\\`|\n]{0,300}\]")
_PLAIN_TARGET = re.compile(r"\]\([^()<>\"'\\\n]{0,1000}\)")
# Each pattern comes with literal strings of which any match contains at least one: if the text contains too few of
# them, the pattern is not searched for.
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
    """The line and kind of a violated limit; `reason` is the beginning of a Vietnamese sentence."""

    line: int
    reason: str


@dataclass(frozen=True)
class Load:
    """Amount of content, which determines the cost of reading, rendering and printing."""

    letters: int = 0
    blocks: int = 0
    cells: int = 0

    def __add__(self, other: "Load") -> "Load":
        return Load(self.letters + other.letters, self.blocks + other.blocks, self.cells + other.cells)

    @property
    def reason(self) -> str:
        """Describe which limit for all documents together is exceeded; "" if none is."""
        most = _MOST_OF_ALL
        for count, bound, what in ((self.letters, most.letters, "chữ cái"), (self.blocks, most.blocks, "đoạn"),
                                   (self.cells, most.cells, "ô bảng")):
            if count > bound:
                return f"Cả bộ tài liệu đến tệp này có quá {bound} {what}"
        return ""


# Limits for all documents together: many times a conference of 200 long speeches with annexes.
_MOST_OF_ALL = Load(letters=30_000_000, blocks=500_000, cells=300_000)
MOST_FILES = 10_000
MOST_PIXELS_OF_ALL = 5_000_000_000  # 400 photographs of the usual size of telephone cameras


def excess(text: str) -> Excess | None:
    """Return the first violated limit of a file, or None."""
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
    """Yield paragraphs with so many delimiters of emphasis and code that matching them takes too long."""
    signs = place = 0  # delimiters counted in the current paragraph; number of the line within it
    in_table = in_list = False
    for number, line in enumerate(lines, 1):
        place = place + 1 if line.strip() else 0
        in_table = place > 1 and (in_table or (place == 2 and "|" in line and _TABLE_RULE.issuperset(line)))
        item = bool(_ITEM.match(line))
        in_list = item if place == 1 else in_list
        if in_table or not place or (in_list and item):  # table rows and list items are parsed separately
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
    """Return the number of nesting levels that a line opens, from its indentation and markers."""
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
        # Replaced twice, because a picture inside a link is one pair of brackets inside another.
        rest = _CLOSED.sub(blank, _CLOSED.sub(blank, text))
        yield from _over(rest, re.compile(r"\["), _MOST_OPEN, "dấu [ chưa đóng")
    if text.count("](") > _MOST_SLOW_TARGETS:
        yield from _over(_PLAIN_TARGET.sub(blank, text), re.compile(r"\]\("), _MOST_SLOW_TARGETS,
                         "liên kết chưa đóng hoặc có dấu ngoặc, dấu nháy")
