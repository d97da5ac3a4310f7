"""Rules on content too large for a page, at which printing would fail."""

import re
from collections.abc import Iterable, Iterator, Mapping

from proceedings.checks.engine.registry import rule
from proceedings.checks.engine.walk import VOLUME, Text
from proceedings.problems import Problem, Severity
from proceedings.text.source import Document, Kind

_LONGEST_HEAD = 300  # letters of a cell: in the narrowest column, it is as high as a page
_LONGEST_NOTES = 2_000  # letters: about 30 lines of a reading copy's page
_DEFINED = re.compile(r"[ \t>]*\[\^([^\]\n]+)\]:")
_CALLED = re.compile(r"\[\^([^\]\n]+)\]")
_BELOW_HEAD = frozenset("|-: \t>")  # characters of the delimiter row of a table


@rule("khong-vua-trang-giay", Severity.BLOCKING, VOLUME, strict=True)
def too_large_for_a_page(texts: Iterable[Text]) -> Iterator[Problem]:
    """Chú thích hoặc ô tiêu đề của bảng dài đến mức không trang giấy nào chứa hết, nên không in được.

    Chú thích in ở chân trang có chỗ gọi nó, không sang trang: các chú thích gọi trong một đoạn không quá 2.000 chữ cái.
    Dòng tiêu đề của bảng lặp lại ở mỗi trang: mỗi ô tiêu đề không quá 300 chữ cái.

    Sai: chép cả một báo cáo vào một chú thích; dòng đầu của bảng là một đoạn văn dài.
    Đúng: đưa phần dài vào bài hoặc vào phụ lục, chú thích chỉ dẫn đến đó; ô tiêu đề chỉ nêu tên cột.
    """
    for text in texts:
        for line, kind, message in (*_heads(text.document), *_notes(text.document)):
            yield text.at(line).problem(message, text.lines[line - 1], kind=kind)


def _heads(document: Document) -> Iterator[tuple[int, str, str]]:
    for block in document.blocks:
        longest = max(map(len, block.cells), default=0)
        below = "".join(document.lines[block.line:block.line + 1])
        if longest > _LONGEST_HEAD and "-" in below and _BELOW_HEAD.issuperset(below):
            yield block.line, "head", (
                f"Ô tiêu đề của bảng dài {longest} chữ cái, quá {_LONGEST_HEAD}, nên không in được; hãy "
                "rút ngắn thành tên cột, đưa phần còn lại vào đoạn văn trước bảng.")


def _notes(document: Document) -> Iterator[tuple[int, str, str]]:
    """Yield footnotes that are too long, then lines with too many references to them."""
    if "[^" not in document.text:
        return
    notes = _lengths(document)
    if sum(length for _, length in notes.values()) <= _LONGEST_NOTES:
        return
    for line, length in notes.values():
        if length > _LONGEST_NOTES:
            yield line, "note", (
                f"Chú thích dài {length} chữ cái, quá {_LONGEST_NOTES}, nên không in được ở chân trang; hãy "
                "đưa phần dài vào bài hoặc phụ lục.")
    for number, text in enumerate(document.lines, 1):
        labels = set() if _DEFINED.match(text) else notes.keys() & set(_CALLED.findall(text))
        lengths = [notes[label][1] for label in labels]
        if sum(lengths) > _LONGEST_NOTES >= max(lengths):
            yield number, "notes", (
                f"Các chú thích gọi ở dòng này dài cộng lại {sum(lengths)} chữ cái, quá {_LONGEST_NOTES}, "
                "nên không in hết ở chân trang được; hãy rút ngắn hoặc tách đoạn.")


def _lengths(document: Document) -> Mapping[str, tuple[int, int]]:
    """Map labels to the line and length of each footnote, which may have several blocks."""
    notes, label = dict[str, tuple[int, int]](), ""
    for block in (block for block in document.blocks if block.kind is Kind.NOTE):
        found = _DEFINED.match(document.lines[block.line - 1])
        label = found[1] if found else label
        line, length = notes.get(label, (block.line, 0))
        notes[label] = line, length + len(block.text)
    return notes
