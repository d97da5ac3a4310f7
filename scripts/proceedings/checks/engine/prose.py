"""Wrong words with the right ones: how a rule looks for them, and how it offers its correction."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from proceedings.checks.engine.advice import KEPT
from proceedings.checks.engine.walk import Passage, Text
from proceedings.problems import MOST_LINES, Edit, Problem, in_lines

_MOST_WORDINGS = 50  # of a document under one rule; where there are more, they are told once these are mended


@dataclass(frozen=True)
class Correction:
    """What wrong words should be, "" where only their author knows; `why` ends a sentence that begins with them.

    A correction that is not `certain` is told, and never offered as one to apply.
    """

    right: str
    why: str
    certain: bool = True


Judge = Callable[[re.Match[str]], Correction | None]


def corrections(texts: Iterable[Text], pattern: re.Pattern[str], judge: Judge,
                hint: re.Pattern[str] | None = None) -> Iterator[Problem]:
    """What the judge says of all that fits the pattern: each wrong wording once a text, with its places.

    `hint` is quickly sought and is in every passage that the pattern fits.
    """
    for text in texts:
        found: dict[tuple[str, Correction], _Places] = {}
        for passage in text.passages:
            for match in pattern.finditer(passage.words) if not hint or hint.search(passage.words) else ():
                verdict = judge(match)
                if verdict and len(found) < _MOST_WORDINGS:
                    wording = (" ".join(match[0].split()), verdict)
                    found.setdefault(wording, _Places()).add(passage, match, verdict)
        for (wrong, verdict), places in found.items():
            yield _problem(text, wrong, verdict, places)


@dataclass
class _Places:
    """How often something was found in a text, the lines of the first few places, and the correction of each."""

    count: int = 0
    lines: list[int] = field(default_factory=list)
    edits: list[tuple[Edit, ...]] = field(default_factory=list)

    def add(self, passage: Passage, found: re.Match[str], verdict: Correction) -> None:
        """Note one more; a hostile text may have very many, so lines are sought for the first few only."""
        self.count += 1
        if self.count <= MOST_LINES:
            self.lines.append(passage.line_of(found))
            if verdict.right and verdict.certain:
                self.edits.append(passage.edits(found.start(), found.end(), verdict.right))

    def __str__(self) -> str:
        return f" ({self.count} chỗ, {in_lines(self.lines, self.count)})" if self.count > 1 else ""


def _problem(text: Text, wrong: str, verdict: Correction, places: _Places) -> Problem:
    """A problem with the exact replacement; the plan is kept as it was issued, so there it is advice to its issuer."""
    fault = f"\"{wrong}\"{places} {verdict.why}"
    if not text.is_plan:
        remedy = f"hãy sửa thành \"{verdict.right}\"" if verdict.right else "hãy đối chiếu với văn bản gốc rồi sửa lại"
        message = f"{fault}; {remedy}."
    else:
        remedy = (f"{KEPT} sửa \"{wrong}\" thành \"{verdict.right}\"" if verdict.right
                  else "Kế hoạch giữ nguyên văn; cần đối chiếu với bản đã ký và báo cơ quan ban hành")
        message = f"{fault}. {remedy}."
    return text.at(places.lines[0]).problem(
        message, wrong, proposed=verdict.right, others=map(text.at, places.lines[1:]), count=places.count,
        # Of more places than are shown, or where one cannot be corrected, none is: the finding would stay.
        edits=(edit for edits in places.edits for edit in edits)
        if places.count == len(places.edits) and all(places.edits) else ())
