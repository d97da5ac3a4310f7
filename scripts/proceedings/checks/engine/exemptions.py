"""Exemptions from rules, claimed in a text with a reason: their effect, and problems with them."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from inspect import cleandoc

from proceedings import schema
from proceedings.checks.engine.registry import CHECKS, ELSEWHERE, elsewhere, rule
from proceedings.checks.engine.walk import ALL, Text
from proceedings.conference.model import Conference
from proceedings.problems import Place, Problem, Rule, Severity
from proceedings.text.source import Document, Kind

_CODE_SPAN = re.compile(r"(`+)(?!`)[^`]*\1")

UNUSED = elsewhere(Rule("ngoai-le-thua", Severity.ADVISORY, cleandoc("""
    Ngoại lệ không còn bỏ qua lỗi nào.

    Ngoại lệ thừa che mất lỗi sẽ có về sau, nên cần bỏ khi chỗ đó đã sửa.

    Sai: dòng đã viết đầy đủ mà vẫn còn ngoại lệ cho chữ viết tắt.
    Đúng: xóa ngoại lệ.
""")), __name__)


@dataclass(frozen=True, order=True)
class Exemption:
    """An exemption as written: rule, reason, and the lines (first, last) it covers."""

    place: Place
    rule: str
    reason: str
    lines: tuple[int, int]


@rule("ngoai-le-sai", Severity.BLOCKING, ALL, strict=True)
def bad_exemption(texts: Iterable[Text]) -> Iterator[Problem]:
    """Ngoại lệ viết không đúng: thiếu lý do, sai tên quy tắc, hoặc quy tắc không cho phép ngoại lệ.

    Sai: `<!-- ngoai-le: viet-tat-la -->` (thiếu lý do), `<!-- ngoai-le: dau-mat: đã hỏi -->`.
    Đúng: `<!-- ngoai-le: viet-tat-la: tên riêng của đơn vị -->`, đứng riêng ngay trên chỗ có lỗi hoặc ở cuối dòng đó.
    """
    allowing = _allowing()
    for text in texts:
        for line, words in _written(text.document):
            place, found = text.at(line), _understood(words)
            if not found:
                yield place.problem('Ngoại lệ thiếu lý do hoặc viết sai; hãy viết "ngoai-le: tên-quy-tắc: lý do".',
                                    words, kind="form")
            elif found[1] not in allowing:
                yield place.problem(f'Không có quy tắc "{found[1]}"; hãy chép đúng tên quy tắc ở cuối dòng lỗi.',
                                    found[1], kind="rule")
            elif not allowing[found[1]]:
                yield place.problem(f'Quy tắc "{found[1]}" không cho phép ngoại lệ; hãy xóa ngoại lệ và sửa lỗi.',
                                    found[1])


def applied(conference: Conference, problems: Iterable[Problem]) -> tuple[tuple[Problem, ...], tuple[Exemption, ...]]:
    """Apply exemptions to problems.

    Returns the problems that remain, with those of unused exemptions added, and the exemptions used.
    """
    written = tuple(_exemptions(conference))
    silencing = _by_line(written)
    left, used = [], set[Exemption]()
    for problem in problems:
        exemption = silencing.get((problem.path, problem.rule, problem.line))
        if exemption:
            used.add(exemption)
        else:
            left.append(problem)
    left += [UNUSED.at(each.place, f'Ngoại lệ cho quy tắc "{each.rule}" không bỏ qua lỗi nào; hãy xóa ngoại lệ.',
                       each.rule)
             for each in written if each not in used]
    return tuple(left), tuple(each for each in written if each in used)


def _by_line(exemptions: Iterable[Exemption]) -> Mapping[tuple[str, str, int], Exemption]:
    """Map rule, file and line to the exemption that applies; the first if there are several."""
    found: dict[tuple[str, str, int], Exemption] = {}
    for each in exemptions:
        first, last = each.lines
        if (each.place.path, each.rule, first) not in found:
            for line in range(first, last + 1):
                found.setdefault((each.place.path, each.rule, line), each)
    return found


def _allowing() -> dict[str, bool]:
    """Return for each rule whether it allows exemptions.

    Rules of reading do not, because unreadable input cannot be used.
    """
    elsewhere_found = dict.fromkeys((each.id for each in ELSEWHERE), False)
    return elsewhere_found | {name: not each.strict for name, each in CHECKS.items()}


def _exemptions(conference: Conference) -> Iterator[Exemption]:
    allowing = _allowing()
    for document in conference.documents.values():
        written = list(_written(document))
        covered = _covered(document) if written else {}
        for line, words in written:
            found = _understood(words)
            if found and allowing.get(found[1]):
                lines = covered.get(line, (line, line))
                yield Exemption(conference.place(document.path, line), found[1], found[2], lines)


def _understood(words: str) -> re.Match[str] | None:
    found = schema.EXEMPTION.fullmatch(words)
    return found if found and any(map(str.isalpha, found[2])) else None


def _written(document: Document) -> Iterator[tuple[int, str]]:
    """Yield the line and text of each exemption outside code."""
    if not schema.EXEMPTION_SIGN.search(document.text):
        return
    code = {line for block in document.blocks if block.kind is Kind.CODE
            for line in range(block.line, block.line + block.text.count("\n") + 2)}
    for number, line in enumerate(document.lines, 1):
        if number <= document.front_matter_lines:
            found = schema.EXEMPTION_VALUE.findall(line)
        else:
            found = schema.EXEMPTION_COMMENT.findall(_CODE_SPAN.sub("", line)) if number not in code else []
        yield from ((number, words.strip()) for words in found)


def _covered(document: Document) -> dict[int, tuple[int, int]]:
    """Map each line of comments only to the lines (first, last) of the block below it.

    In front matter that is the next line; at its top also line 1, at which problems of the whole file are reported.
    """
    starts = sorted({block.line for block in document.blocks})
    lines = document.lines
    covered, below = dict[int, tuple[int, int]](), len(lines)
    for number in range(len(lines), 0, -1):
        inside = number <= document.front_matter_lines
        if (schema.EXEMPTION_VALUE if inside else schema.COMMENT).sub("", lines[number - 1]).strip():
            below = number
        elif inside:
            covered[number] = (1 if number == 2 else below, below)
        else:
            following = bisect_right(starts, below)
            covered[number] = (below, starts[following] - 1 if following < len(starts) else len(lines))
    return covered
