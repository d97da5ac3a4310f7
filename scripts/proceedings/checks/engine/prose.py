"""The words that rules read: those of the volume, line by line, without code and without marks of markup."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import takewhile

from proceedings import schema
from proceedings.checks.engine.advice import KEPT
from proceedings.conference.model import Conference
from proceedings.problems import Problem, Severity
from proceedings.text.source import Document

_ANY = re.compile("")
_CODE = re.compile(r"`[^`\n]*`")
_MOST_LINES = 8  # an editor who has found these finds the rest
_MOST_WORDINGS = 50  # of a document under one rule; where there are more, they are told once these are mended


def printed(conference: Conference, *, but: Collection[str] = ()) -> Iterator[Document]:
    """The documents of the volume in order, those at the paths `but` left out."""
    return (conference.documents[path] for path in conference.printed if path not in but)


def lines_of_words(document: Document) -> Iterator[tuple[int, str]]:
    """Each line of the front matter as it stands, then each block's prose at the block's line."""
    yield from enumerate(document.lines[: document.front_matter_lines], 1)
    for block in document.blocks:
        yield block.line, block.prose


# --- What is found in them, and where -----------------------------------------------
@dataclass(frozen=True)
class Passage:
    """Words that begin on a line: a line of the front matter, or a block, which may go on over several lines."""

    document: Document
    line: int
    text: str

    def line_of(self, found: re.Match[str]) -> int:
        """The line of the file on which what was found in the words begins."""
        word = found[0].split()[0]
        before = self.text.count(word, 0, found.start())
        for number, line in enumerate(self._lines, self.line):
            before -= line.count(word)
            if before < 0:
                return number
        return self.line

    @cached_property
    def _lines(self) -> tuple[str, ...]:
        """Its lines of the file, without code."""
        rest = self.document.lines[self.line - 1:]
        return tuple(_CODE.sub("", line) for line in takewhile(str.strip, rest))


def passages(document: Document) -> Iterator[Passage]:
    """The words of a document as `lines_of_words` has them."""
    return (Passage(document, line, text) for line, text in lines_of_words(document))


@dataclass(frozen=True)
class Correction:
    """What wrong words should be, "" where only their author knows; `why` ends a sentence that begins with them."""

    right: str
    why: str


Judge = Callable[[re.Match[str]], Correction | None]


def corrections(conference: Conference, documents: Iterable[Document], pattern: re.Pattern[str], judge: Judge,
                hint: re.Pattern[str] = _ANY) -> Iterator[Problem]:
    """What the judge says of all that fits the pattern: each wrong wording once a document, with its places.

    `judge` returns the correction of a match of `pattern`, or None. `hint` is a cheap pattern that occurs in every
    passage that `pattern` matches.
    """
    for document in documents:
        found: dict[tuple[str, Correction], _Places] = {}
        for line, text in lines_of_words(document):
            for match in pattern.finditer(text) if hint.search(text) else ():
                verdict = judge(match)
                if verdict and len(found) < _MOST_WORDINGS:
                    wording = (" ".join(match[0].split()), verdict)
                    found.setdefault(wording, _Places()).add(Passage(document, line, text), match)
        for (wrong, verdict), places in found.items():
            fault = f"\"{wrong}\"{places} {verdict.why}"
            yield correction(conference, document, places.lines[0], fault, wrong, verdict.right)


@dataclass
class _Places:
    """How often something was found in a document, and the lines of the first few places."""

    count: int = 0
    lines: list[int] = field(default_factory=list)

    def add(self, passage: Passage, found: re.Match[str]) -> None:
        """Note one more; a hostile text may have very many, so lines are sought for the first few only."""
        self.count += 1
        if self.count <= _MOST_LINES:
            self.lines.append(passage.line_of(found))

    def __str__(self) -> str:
        more = ", …" if self.count > _MOST_LINES else ""
        listed = ", ".join(map(str, dict.fromkeys(self.lines)))
        return f" ({self.count} chỗ, dòng {listed}{more})" if self.count > 1 else ""


def correction(conference: Conference, document: Document, line: int, fault: str, wrong: str, right: str) -> Problem:
    """A problem with the exact replacement; the plan is kept as it was issued, so there it is advice to its issuer."""
    place = conference.place(document.path, line)
    if document.path != schema.PLAN:
        remedy = f"hãy sửa thành \"{right}\"" if right else "hãy đối chiếu với văn bản gốc rồi sửa lại"
        return place.problem(f"{fault}; {remedy}.")
    remedy = (f"{KEPT} sửa \"{wrong}\" thành \"{right}\"" if right
              else "Kế hoạch giữ nguyên văn; cần đối chiếu với bản đã ký và báo cơ quan ban hành")
    return replace(place.problem(f"{fault}. {remedy}."), severity=Severity.ADVISORY)

