"""Output of findings for people and forges.

Content is untrusted, so none of it may become a command or markup.

GitHub: https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions

GitLab: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

import difflib
import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from proceedings.checks import Exemption, Findings
from proceedings.checks.engine.suggestions import Suggestion
from proceedings.checks.engine.suggestions import difference as difference_of
from proceedings.conference.model import Conference
from proceedings.problems import Problem, Severity, blocking, inert

_UNSHOWN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_LONGEST = 400  # characters of a message in a summary
_MOST = 100  # problems per document in a summary
REVIEW = "github-review"


# --- For people -------------------------------------------------------------------
def text(findings: Findings) -> str:
    """Return one line per problem, the exemptions in use, the suggestions as a diff, and the totals."""
    lines = [visible(str(problem)) for problem in findings.problems]
    if findings.exemptions:
        lines += [f"Ngoại lệ đang dùng: {len(findings.exemptions)}", *exemptions(findings)]
    if findings.suggestions:
        lines += ["Đề nghị sửa:", *(sign + visible(words) for sign, words in difference_of(findings.suggestions))]
    return "\n".join([*lines, count(findings)])


def exemptions(findings: Findings) -> list[str]:
    """Return one line per exemption in use: place, rule, reason."""
    return [visible(f"{each.place.path}:{each.place.line}: {each.rule}: {each.reason}") for each in findings.exemptions]


def count(findings: Findings) -> str:
    """Return a sentence with the number of problems and of blocking ones."""
    stopping = len(blocking(findings.problems))
    number = len(findings.problems)
    return f"{number} lỗi, trong đó {stopping} lỗi phải sửa." if number else "Không có lỗi."


def difference(path: str, before: str, after: str) -> str:
    """Return the changes of a repair as a unified diff, with invisible characters shown."""
    lines = difflib.unified_diff(_spelt_lines(before), _spelt_lines(after), visible(f"{path} (trước khi sửa)"),
                                 visible(f"{path} (sau khi sửa)"), n=0, lineterm="")
    return "\n".join(lines)


def visible(words: str) -> str:
    """Replace characters that are invisible, or that terminals or runners interpret, by ⟨U+200B⟩."""
    if words.isascii() and words.isprintable():
        return inert(words)
    return inert("".join(f"⟨U+{ord(char):04X}⟩" if unicodedata.category(char) in _UNSHOWN else char for char in words))


def _spelt_lines(words: str) -> list[str]:
    return [_spelt(line) for line in words.replace("\r\n", "⟨CRLF⟩\n").replace("\r", "⟨CR⟩\n").split("\n")]


def _spelt(line: str) -> str:
    bare = line.rstrip(" ")
    spelt = (f"⟨U+{ord(char):04X}⟩" if char in "\u00a0\u2007\u202f" or unicodedata.combining(char) else char
             for char in bare)
    return visible("".join(spelt)) + "␠" * (len(line) - len(bare))


# --- For forges and programs ---------------------------------------------------------
def github(findings: Findings) -> str:
    """Return workflow commands that annotate lines.

    Blocking problems come first, because only ten of a kind are shown per step.
    """
    made = _by_problem(findings.suggestions)
    ranked = sorted(findings.problems, key=lambda problem: problem.severity is not Severity.BLOCKING)
    return "\n".join([*(_annotation(problem, made.get(problem, ())) for problem in ranked), count(findings)])


def github_review(findings: Findings) -> str:
    """Return the body of a review with suggestions, for GitHub's REST API.

    https://docs.github.com/en/rest/pulls/reviews#create-a-review-for-a-pull-request
    """
    comments = [{"path": each.path, "line": each.line, "side": "RIGHT", "body": _comment(each)}
                for each in findings.suggestions]
    return _json({"event": "COMMENT", "body": f"Bộ kiểm tra đề nghị sửa {len(comments)} dòng.", "comments": comments})


def gitlab(findings: Findings) -> str:
    """Return a Code Quality report.

    Fingerprints do not depend on lines, and differ between equal problems.
    """
    alike = Counter[str]()
    return _json([_quality(problem, alike) for problem in findings.problems])


def as_json(findings: Findings) -> str:
    """Return the JSON format described in `scripts/README.md`."""
    return _json({
        "version": 1,
        "blocking": len(blocking(findings.problems)),
        "problems": [{"path": problem.path, "line": problem.line, "rule": problem.rule,
                      "severity": problem.severity.value, "message": problem.message, "kind": problem.kind,
                      "written": problem.written, "proposed": problem.proposed, "count": problem.count,
                      "others": [{"path": place.path, "line": place.line} for place in problem.others]}
                     for problem in findings.problems],
        "exemptions": [{"path": each.place.path, "line": each.place.line, "rule": each.rule, "reason": each.reason,
                        "lines": each.lines} for each in findings.exemptions],
        "suggestions": [{"path": each.path, "line": each.line, "before": each.before, "after": each.after,
                         "rules": sorted({problem.rule for problem in each.problems})}
                        for each in findings.suggestions],
    })


FORMATS: Mapping[str, Callable[[Findings], str]] = MappingProxyType(
    {"text": text, "github": github, REVIEW: github_review, "gitlab": gitlab, "json": as_json})


def _annotation(problem: Problem, made: Iterable[Suggestion]) -> str:
    command = "error" if problem.severity is Severity.BLOCKING else "warning"
    place = f"file={_property(visible(problem.path))},line={problem.line},title={_property(visible(problem.rule))}"
    lines = [problem.message, *_corrected(made)]
    return f"::{command} {place}::{'%0A'.join(_data(visible(line)) for line in lines)}"


def _by_problem(suggestions: Iterable[Suggestion]) -> Mapping[Problem, Sequence[Suggestion]]:
    """Return the suggestions that fix each problem."""
    found: dict[Problem, list[Suggestion]] = {}
    for each in suggestions:
        for problem in each.problems:
            found.setdefault(problem, []).append(each)
    return found


def _corrected(made: Iterable[Suggestion]) -> Iterator[str]:
    """Yield the corrected lines, except long ones and lines only inserted, which the message states."""
    return (f"Sửa dòng {each.line} thành: {each.after}" for each in made
            if "\n" not in each.after and len(each.after) <= _LONGEST)


def _comment(suggestion: Suggestion) -> str:
    told = "\n".join(f"- {_code(problem.message)} (quy tắc {_code(problem.rule)})" for problem in suggestion.problems)
    fence = _fence(suggestion.after, 3)
    return f"{told}\n\n{fence}suggestion\n{suggestion.after}\n{fence}"


def _json(value: object) -> str:
    return json.dumps(value, indent=1).replace("##[", r"##\u005b")  # see `inert`


def _data(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    return _data(words).replace(":", "%3A").replace(",", "%2C")


def _quality(problem: Problem, alike: Counter[str]) -> dict[str, object]:
    same = "\0".join(problem.identity)
    alike[same] += 1
    return {
        "description": visible(problem.message),
        "check_name": problem.rule,
        "fingerprint": hashlib.sha256(f"{same}\0{alike[same]}".encode("utf-8", "backslashreplace")).hexdigest(),
        "severity": "blocker" if problem.severity is Severity.BLOCKING else "minor",
        "location": {"path": problem.path, "lines": {"begin": problem.line}},
    }


# --- A summary in Markdown -------------------------------------------------------------
def summary(findings: Findings, conference: Conference, changed: Collection[str] | None = None) -> str:
    """Return a Markdown table of documents with a tick or cross, and their problems.

    For a change, only the documents it touched are listed. All words of content are in code spans, in which forges
    interpret no markup, links or mentions.
    """
    by_path: dict[str, list[Problem]] = {}
    for problem in findings.problems:
        by_path.setdefault(problem.path, []).append(problem)
    documents = {conference.place(path).path: _title(conference, path) for path in conference.documents}
    listed = {path: documents.get(path, "") for path in sorted({*documents, *by_path})
              if path in by_path or changed is None or path in changed}
    made = _by_problem(findings.suggestions)
    stopping = len(blocking(findings.problems))
    verdict = f"✗ Còn {stopping} lỗi phải sửa" if stopping else "✓ Không có lỗi phải sửa"
    advice = f", {len(findings.problems) - stopping} lời nhắc" if len(findings.problems) > stopping else ""
    lines = ["# Kết quả kiểm tra", "", f"**{verdict}{advice}.**", ""]
    for path, title in listed.items():
        lines += _about_document(path, title, by_path.get(path, []), made)
    return "\n".join([*lines, *_about_exemptions(findings.exemptions)]) + "\n"


def refusal(reason: str) -> str:
    """Return the summary of a check that could not be run."""
    return f"# Kết quả kiểm tra\n\n**✗ Không kiểm tra được.**\n\n{_code(reason)}\n"


def _title(conference: Conference, path: str) -> str:
    speech = conference.speech_at(path)
    return speech.unit if speech else conference.documents[path].title


def _about_document(path: str, title: str, problems: Collection[Problem],
                    made: Mapping[Problem, Sequence[Suggestion]]) -> Iterator[str]:
    named = f": {_code(title)}" if title else ""
    yield f"- {'✗' if blocking(problems) else '✓'} {_code(path)}{named}"
    for problem in list(problems)[:_MOST]:
        weight = "phải sửa" if problem.severity is Severity.BLOCKING else "lời nhắc"
        yield f"    - Dòng {problem.line}, {weight}: {_code(problem.message)} (quy tắc {_code(problem.rule)})"
        yield from (f"        - {_code(line)}" for line in _corrected(made.get(problem, ())))
    if len(problems) > _MOST:
        yield f"    - … và {len(problems) - _MOST} lỗi nữa"


def _about_exemptions(used: Iterable[Exemption]) -> Iterator[str]:
    lines = [f"- {_code(each.place.path)}, dòng {each.place.line}: quy tắc {_code(each.rule)}, "
             f"lý do {_code(each.reason)}" for each in used]
    if lines:
        yield from ("", "## Ngoại lệ đang dùng", "", *lines)


def _code(words: str) -> str:
    """Return a code span whose delimiters do not occur in the words."""
    words = " ".join(visible(words).split()) or "-"
    words = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
    fence = _fence(words, 1)
    space = " " if "`" in (words[0], words[-1]) else ""
    return f"{fence}{space}{words}{space}{fence}"


def _fence(words: str, least: int) -> str:
    """Return a fence of more backticks than occur consecutively in the words."""
    return "`" * max(least, max(map(len, re.findall(r"`+", words)), default=0) + 1)
