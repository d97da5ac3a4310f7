"""Detection of front matter that is unclosed, misplaced or duplicated, and so would be read as text."""

import re
from collections.abc import Iterable, Sequence

from proceedings import schema
from proceedings.text.front_matter import FrontMatterError, fields_of

_RULE = "---"
_ANY_RULE = re.compile(r"[ \t]*[-–—+=*_~.]+[ \t]*")
_FIELD = re.compile(r"([a-z][a-z0-9-]*)[ \t]*:(?:[ \t]|$)")
_BELOW_FIELD = re.compile(r"[ \t]+\S|- |#")  # continuation of a value, list item, comment


def misplaced(lines: Sequence[str], starts: Iterable[int], count: int) -> FrontMatterError | None:
    """Describe fields outside the front matter (the first `count` lines); None if there are none.

    `starts` are the lines on which text blocks begin; code blocks are left out, so that examples are not reported.
    """
    return _at_top(lines) or _below(lines, starts, 0) if not count else _below(lines, starts, count)


def unclosed(lines: Sequence[str], error: FrontMatterError) -> FrontMatterError | None:
    """Describe front matter that was closed by a rule in the text below it, else return None.

    `error` is the error met in that text.
    """
    blank = next((number for number, line in enumerate(lines[: error.line - 1], 1) if not line.strip()), 0)
    below = next((line for line in lines[blank:] if line.strip()), "")
    if not blank or _is_field(below):
        return None
    try:
        fields_of("\n".join(lines[1: blank - 1]) + "\n")
    except FrontMatterError:
        return None
    return _not_closed(blank - 1)


def _at_top(lines: Sequence[str]) -> FrontMatterError | None:
    """Describe fields on the first non-blank line, or below a rule that stands there."""
    top = next((number for number, line in enumerate(lines, 1) if line.strip()), 0)
    rule = lines[top - 1].rstrip() if top and _ANY_RULE.fullmatch(lines[top - 1]) else ""
    first = top + 1 if rule else top
    if not 0 < first <= len(lines) or not _is_field(lines[first - 1], known=(top, rule) != (1, _RULE)):
        return None
    if not rule:
        return FrontMatterError(first, f"phần đầu tệp thiếu dòng \"{_RULE}\" mở đầu",
                                f"hãy thêm một dòng chỉ có \"{_RULE}\" ở dòng 1")
    if rule != _RULE:
        return FrontMatterError(top, "dòng mở và dòng đóng phần đầu tệp phải là đúng ba dấu gạch nối ở sát lề",
                                f"hãy gõ lại thành \"{_RULE}\"")
    if top > 1:
        return FrontMatterError(top, "phần đầu tệp không nằm ở đầu tệp", "hãy xóa dòng trống phía trên dòng này")
    last = first
    while last < len(lines) and (_is_field(lines[last]) or _BELOW_FIELD.match(lines[last])):
        last += 1
    return _not_closed(last)


def _below(lines: Sequence[str], starts: Iterable[int], count: int) -> FrontMatterError | None:
    """Describe a text block that begins with a field directly below a rule."""
    for line in starts:
        if line < 2 or lines[line - 2].rstrip() != _RULE or not _is_field(lines[line - 1], known=line != count + 1):
            continue
        if not count:
            return FrontMatterError(line - 1, "phần đầu tệp không nằm ở đầu tệp",
                                    "hãy chuyển lên đầu tệp, trên mọi dòng khác")
        if _is_field(lines[line - 1]) or _is_closed(lines, line):
            return FrontMatterError(line, "tệp có hai phần đầu",
                                    f"hãy gộp các dòng này vào phần ở trên, chỉ giữ một cặp dòng \"{_RULE}\"")
    return None


def _is_field(line: str, *, known: bool = True) -> bool:
    found = _FIELD.match(line)
    return bool(found and (not known or found[1] in schema.ALL_KEYS))


def _is_closed(lines: Sequence[str], first: int) -> bool:
    """Return whether a delimiter line follows before any blank line."""
    for line in lines[first:]:
        if not line.strip():
            return False
        if line.rstrip() == _RULE:
            return True
    return False


def _not_closed(last: int) -> FrontMatterError:
    return FrontMatterError(1, f"phần đầu tệp chưa có dòng \"{_RULE}\" đóng lại",
                            f"hãy thêm một dòng chỉ có \"{_RULE}\" ngay dưới dòng {last}")
