"""Search for wrong words, and corrections with the right ones."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from proceedings.checks.engine.advice import KEPT
from proceedings.checks.engine.walk import Passage, Text
from proceedings.problems import MOST_LINES, Edit, Problem, in_lines

_MOST_WORDINGS = 50  # reported per document and rule; further ones are reported once these are corrected


@dataclass(frozen=True)
class Correction:
    """A correction of wrong words; `right` is "" if only the author knows it.

    `why` completes a sentence that begins with the wrong words. A correction that is not `certain` is reported, but
    not offered to be applied.
    """

    right: str
    why: str
    certain: bool = True


Judge = Callable[[re.Match[str]], Correction | None]


def corrections(texts: Iterable[Text], pattern: re.Pattern[str], judge: Judge,
                hint: Callable[[Passage], object]) -> Iterator[Problem]:
    """Report each wrong wording once per text, with its places.

    `judge` returns the correction of a match of `pattern`, or None. `hint` is a cheap test that is true for every
    passage in which it returns one.
    """
    for text in texts:
        found: dict[tuple[str, Correction], _Places] = {}
        for passage in text.passages:
            for match in pattern.finditer(passage.words) if hint(passage) else ():
                verdict = judge(match)
                if verdict and len(found) < _MOST_WORDINGS:
                    wording = (" ".join(match[0].split()), verdict)
                    found.setdefault(wording, _Places()).add(passage, match, verdict)
        for (wrong, verdict), places in found.items():
            yield _problem(text, wrong, verdict, places)


@dataclass
class _Places:
    """The number of occurrences in a text, with lines and corrections of the first few."""

    count: int = 0
    lines: list[int] = field(default_factory=list)
    edits: list[tuple[Edit, ...]] = field(default_factory=list)

    def add(self, passage: Passage, found: re.Match[str], verdict: Correction) -> None:
        """Add an occurrence; a hostile text may have very many, so only the first few are located."""
        self.count += 1
        if self.count <= MOST_LINES:
            self.lines.append(passage.line_of(found))
            if verdict.right and verdict.certain:
                self.edits.append(passage.edits(found.start(), found.end(), verdict.right))

    def __str__(self) -> str:
        return f" ({self.count} chỗ, {in_lines(self.lines, self.count)})" if self.count > 1 else ""


def _problem(text: Text, wrong: str, verdict: Correction, places: _Places) -> Problem:
    """Return a problem with the exact replacement; in the plan it is advice to its issuer."""
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
        # No correction if there are more places than shown, or if one cannot be corrected: the problem would remain.
        edits=(edit for edits in places.edits for edit in edits)
        if places.count == len(places.edits) and all(places.edits) else ())
