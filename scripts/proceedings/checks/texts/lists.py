"""Rules on lists: whether they are parsed as lists, and their punctuation."""

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from proceedings import schema
from proceedings.checks.engine.advice import remedy_in
from proceedings.checks.engine.registry import InPlan, rule
from proceedings.checks.engine.walk import ALL, RUNNING, Text
from proceedings.checks.texts.plan_form import STOPS, replacement
from proceedings.problems import Edit, Problem, Severity, in_lines
from proceedings.schema import BLANK, Anchor
from proceedings.text.source import Block, Document, Kind, without_comments

_MARKER = re.compile(r"(?P<before>[\s>]*)(?P<marker>[-*+]|\d{1,9}(?P<end>[.)]))(?:\s|$)")
_FOREIGN_MARKER = re.compile(r"[•●○▪■◦‣⁃·–—]\s*|[-+](?=[^\W\d_])")
_INDENT = 4
_LONGEST_RUN = 50  # numbers corrected together at most
_CLOSING = "\"”’»)] *_"
_ENDS = ".;:!?…,"
_BLANK_END = re.compile(rf"{BLANK.pattern}\s*$")


# --- Lists that are not parsed as lists ---------------------------------------------------
@rule("danh-sach-dinh", Severity.BLOCKING, ALL)
def glued_list(texts: Iterable[Text]) -> Iterator[Problem]:
    """Danh sách dính vào đoạn trên nên không thành danh sách trên trang và bản in.

    Sai: dòng "- sửa chữa 12 trạm y tế" ngay dưới dòng "Kết quả:", hoặc danh sách đánh số viết `1)`.
    Đúng: để một dòng trống giữa "Kết quả:" và ý đầu tiên; danh sách đánh số viết `1.`.
    """
    for text in texts:
        document, lines, outer = text.document, without_comments(text.markdown).split("\n"), None
        for above, block in pairwise((Block(Kind.HEADING, 0, ""), *text.blocks)):
            marker = _marker(document, block)
            if marker and marker["end"] == ")":
                number = marker["marker"]
                yield text.at(block.line).problem(
                    f"Dòng bắt đầu bằng \"{number}\" không thành danh sách; hãy viết \"{number[:-1]}.\".", block.text,
                    kind="bracket", proposed=f"{number[:-1]}.", edits=_dotted(text.lines, block.line))
            elif marker and lines[block.line - 2].strip("> ") and _is_glued(document, above, block, outer):
                yield text.at(block.line).problem(
                    "Danh sách này dính vào đoạn trên nên không thành danh sách; hãy thêm một dòng trống phía trên.",
                    block.text, edits=[Edit(block.line, 0, 0, "\n")] if not marker["before"] else ())
            outer = block if marker and block.level == 1 else outer


def _dotted(lines: Sequence[str], line: int) -> tuple[Edit, ...]:
    """Return the correction of consecutive numbers with a bracket, without text directly above or below."""
    first = last = line
    while last - first < _LONGEST_RUN and _bracket(lines, first - 1):
        first -= 1
    while last - first < _LONGEST_RUN and _bracket(lines, last + 1):
        last += 1
    ends = [_bracket(lines, number) for number in range(first, last + 1)]
    if not all(ends) or "".join((*lines[first - 2:first - 1], *lines[last:last + 1])).strip():
        return ()
    return tuple(Edit(number, end - 1, end, ".") for number, end in enumerate(ends, first))


def _bracket(lines: Sequence[str], number: int) -> int:
    """Return the column after the bracket of a number at the start of a line, or 0."""
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    found = _MARKER.match(line)
    numbered = found and found["end"] == ")" and not found["before"] and line[found.end():].strip()
    return found.end("marker") if found and numbered else 0


@rule("danh-sach-lui-thieu", Severity.BLOCKING, ALL)
def item_not_indented(texts: Iterable[Text]) -> Iterator[Problem]:
    """Ý nhỏ lùi vào chưa đủ bốn dấu cách nên nằm ngang hàng với ý lớn, hoặc dính vào ý lớn.

    Sai: dưới "- Về cơ sở:" viết ý nhỏ lùi vào hai dấu cách.
    Đúng: lùi ý nhỏ vào bốn dấu cách, ý nhỏ hơn nữa vào tám dấu cách.
    """
    for text in texts:
        for block in text.blocks:
            marker = _marker(text.document, block) if block.level > 1 else None
            needed = _INDENT * (block.level - 1)
            if marker and len(marker["before"].rpartition(">")[2].expandtabs(_INDENT)) < needed:
                yield text.at(block.line).problem(
                    f"Ý nhỏ này lùi vào chưa đủ nên sẽ nằm ngang hàng với ý lớn; hãy lùi vào {needed} dấu cách.",
                    block.text)


@rule("dau-dong-la", Severity.ADVISORY, RUNNING)
def foreign_marker(texts: Iterable[Text]) -> Iterator[Problem]:
    """Dòng bắt đầu bằng dấu đầu dòng mà trang web không nhận ra, thường do chép từ Word.

    Sai: "• Sửa chữa 12 trạm y tế", "-Sửa chữa 12 trạm y tế".
    Đúng: "- Sửa chữa 12 trạm y tế".
    """
    for text in texts:
        for block in text.blocks:
            found = _FOREIGN_MARKER.match(text.lines[block.line - 1]) if block.kind is Kind.PARAGRAPH else None
            if found:
                yield text.at(block.line).problem(
                    f"Dấu \"{found[0].strip()}\" ở đầu dòng không làm thành danh sách; hãy viết dấu \"-\" và một dấu "
                    "cách.", block.text)


def _is_glued(document: Document, above: Block, block: Block, outer: Block | None) -> bool:
    """Return whether an item is absorbed by the text directly above it.

    That text is a paragraph, also a continuation paragraph of an item, or a list with other markers. `outer` is the
    last top-level item above.
    """
    if above.kind is not Kind.ITEM:
        return block.level == 1 and above.kind in (Kind.PARAGRAPH, Kind.ROW)
    if not _marker(document, above):
        return True
    beside = above if above.level == 1 else outer
    return block.level == 1 and beside is not None and (beside.number is None) != (block.number is None)


def _marker(document: Document, block: Block) -> re.Match[str] | None:
    """Return the marker of a list item; None for other blocks and for continuation paragraphs of an item."""
    return _MARKER.match(document.lines[block.line - 1]) if block.kind is Kind.ITEM else None


# --- Content of lists ---------------------------------------------------------------------
@rule("danh-sach-dau-cau", Severity.ADVISORY, RUNNING)
def unpunctuated_items(texts: Iterable[Text]) -> Iterator[Problem]:
    """Ý của danh sách không có dấu cuối ý, hoặc ý cuối kết thúc bằng dấu chấm phẩy.

    Ý kết thúc bằng chỗ trống `[…]` thì chưa xét.

    Sai: "- sửa chữa 12 trạm y tế", "- trang bị 05 xe cứu thương;".
    Đúng: "- sửa chữa 12 trạm y tế;", "- trang bị 05 xe cứu thương.".
    """
    for text in texts:
        advice = remedy_in(text)
        for items in _lists(text.document):
            last = items[-1]
            bare = [item for item in items if not item.ends_well]
            if bare:
                right = ";" if bare[0] is not last and any(item.text.endswith(";") for item in items) else "."
                more = f", và ở {in_lines(item.line for item in bare[1:])} cũng thế" if bare[1:] else ""
                ends = [";" if item is not last and right == ";" else "." for item in bare]
                edits = [_end_edit(text, item, end) for item, end in zip(bare, ends, strict=True)]
                if last.ends_well and _goes_on(last):
                    edits.append(_end_edit(text, last, "."))
                yield text.at(bare[0].line).problem(
                    f"Ý này chưa có dấu cuối ý{more}; {advice} sửa {replacement(bare[0].text, right)}.",
                    bare[0].text, kind="bare", others=[text.at(item.line) for item in bare[1:]], count=len(bare),
                    edits=(each for edit in edits for each in edit) if all(edits) else ())
            elif _goes_on(last):
                yield text.at(last.line).problem(
                    f"Ý cuối của danh sách kết thúc bằng dấu \"{last.text[-1]}\"; {advice} sửa "
                    f"{replacement(last.text, '.')}.", last.text, edits=_end_edit(text, last, "."))


def _goes_on(item: "_Item") -> bool:
    """Return whether an item ends as if another top-level item followed."""
    return item.level == 1 and item.text[-1:] in (";", ",")


def _end_edit(text: Text, item: "_Item", right: str) -> tuple[Edit, ...]:
    """Return the correction of an item's end; none if its last words are not at the end of a line."""
    line, below = text.lines[item.end - 1].rstrip(), "".join(text.lines[item.end:item.end + 1])
    words = " ".join(item.text.split()[-3:])
    if not line.endswith(words) or (below.strip() and not _MARKER.match(below)):
        return ()
    return (Edit(item.end, len(line) - len(words) + len(words.rstrip(STOPS)), len(line), right),)


@rule("danh-sach-mot-y", Severity.ADVISORY, RUNNING, plan=InPlan.LEFT_OUT)
def list_of_one(texts: Iterable[Text]) -> Iterator[Problem]:
    """Danh sách chỉ có một ý.

    Gạch đầu dòng để kể từ hai ý trở lên.

    Sai: dưới đề mục chỉ có một dòng "- Đề nghị tỉnh cấp thêm một xe.".
    Đúng: viết thành đoạn văn "Đề nghị tỉnh cấp thêm một xe.".
    """
    for text in texts:
        headings = [block.line for block in text.blocks if block.kind is Kind.HEADING]
        bulleted = [items for items in _lists(text.document) if items[0].level == 1 and items[0].number is None]
        # Bullets separated by paragraphs are lists of one item each, but are counted together within a section.
        sections = Counter(bisect(headings, items[0].line) for items in bulleted)
        for items in bulleted:
            if len(items) == 1 and sections[bisect(headings, items[0].line)] == 1:
                yield text.at(items[0].line).problem(
                    "Danh sách này chỉ có một ý; hãy bỏ dấu \"-\" và viết thành đoạn văn.", items[0].text)


@rule("so-y-lech", Severity.ADVISORY, RUNNING, plan=InPlan.LEFT_OUT)
def misnumbered_items(texts: Iterable[Text]) -> Iterator[Problem]:
    """Số gõ ở đầu ý khác với số hiện trên trang và bản in, vì danh sách tự đếm từ số của ý đầu tiên.

    Sai: `1.`, `2.`, `4.` (ý thứ ba hiện số 3).
    Đúng: `1.`, `2.`, `3.`.
    """
    for text in texts:
        for items in _lists(text.document):
            numbers = [item.number or 0 for item in items]
            shown = range(numbers[0], numbers[0] + len(numbers))
            if len(set(numbers)) > 1:  # equal numbers mean automatic numbering in Markdown, like bullets
                wrong = [(item, number) for item, number in zip(items, shown, strict=True) if item.number != number]
                for item, number in wrong[:1]:
                    yield text.at(item.line).problem(
                        f"Ý này ghi số {item.number} nhưng sẽ hiện số {number}; hãy đánh lại số hoặc bổ sung ý "
                        "còn thiếu.", item.text)


@dataclass(frozen=True)
class _Item:
    """A list item: line, level, number as typed, last paragraph and its line."""

    line: int
    level: int
    number: int | None
    text: str
    end: int

    @property
    def ends_well(self) -> bool:
        """Whether it ends in punctuation, or in a blank that will be filled in."""
        return self.text[-1:] in tuple(_ENDS) or bool(_BLANK_END.search(self.text))


def _lists(document: Document) -> Iterator[tuple[_Item, ...]]:
    """Yield the lists of a document, inner before outer, except the plan's recipients, whose form differs."""
    recipients = document.at(Anchor.RECIPIENTS) if document.path == schema.PLAN else None
    open_lists: list[list[_Item]] = []
    for block in document.blocks:
        if recipients and block.line >= recipients.line:
            break
        marker = _marker(document, block)
        if block.kind is not Kind.ITEM or marker:
            yield from _closed(open_lists, block)
        if marker:
            open_lists += [[] for _ in range(block.level - len(open_lists))]
            open_lists[-1].append(_Item(block.line, block.level, block.number, _ending(block), block.line))
        elif block.kind is Kind.ITEM and len(open_lists) >= block.level > 0 and open_lists[block.level - 1]:
            open_lists[block.level - 1][-1] = replace(
                open_lists[block.level - 1][-1], text=_ending(block), end=block.line)
    yield from _closed(open_lists, Block(Kind.PARAGRAPH, 0, ""))


def _closed(open_lists: list[list[_Item]], block: Block) -> Iterator[tuple[_Item, ...]]:
    """Close and yield the lists that end before a block: deeper ones, or of another kind at its level."""
    level = block.level if block.kind is Kind.ITEM else 0
    while open_lists:
        items = open_lists[-1]
        # Of another kind: bullets after numbers, or numbers after bullets.
        differs = items and items[-1].level == block.level and (items[-1].number is None) != (block.number is None)
        if len(open_lists) <= level and not differs:
            return
        open_lists.pop()
        if items:
            yield tuple(items)


def _ending(block: Block) -> str:
    return block.text.rstrip(_CLOSING) if not _BLANK_END.search(block.text) else block.text
