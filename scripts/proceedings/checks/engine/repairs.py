"""Repairs that keep a text's meaning: Unicode normalization, invisible characters, whitespace.

A repair after which the text would be parsed differently is not made and left to the rules, for example where an
invisible character keeps "#" from starting a heading.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from proceedings.text import source
from proceedings.text.bounds import MOST_BYTES, excess
from proceedings.text.front_matter import Fields, Items, Value
from proceedings.text.source import Kind

# Zero width characters, soft hyphens, byte order marks, and bidirectional controls except the one that reverses
# letters (U+202E), whose effect is visible.
_UNSEEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202d\u2060-\u2064\u2066-\u206f\ufeff"
_UNSEEN_RUN = re.compile(f"[{_UNSEEN}]+")
_TURNED = "\u202e"
_PICTURE = re.compile("[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]\u200d")  # a joiner within an emoji sequence
_FIXED_SPACE = re.compile("(?<=[\\w.,;:!?)%”\"’…–-])[\u00a0\u2007\u202f](?=[\\w(“\"‘–-])")
_MARKUP = frozenset("*_[]()<>!&|`#~^{}\\-=+:.")
_TOO_MUCH = "quá lớn hoặc quá rối, phải chia nhỏ trước"
_MARKS = re.compile(r"[!-/:-@\[-`{-~]")


@dataclass(frozen=True)
class Repair:
    """A file under docs/ before and after repair; `reason` (Vietnamese) says why it was skipped."""

    path: str
    before: str = ""
    after: str = ""
    reason: str = ""


def repairs(docs: Path) -> Iterator[Repair]:
    """Yield the repairs of the Markdown files below a folder, and the skipped files with the reason."""
    for file in sorted(docs.rglob("*.md")):
        relative = file.relative_to(docs)
        if any(part.startswith(".") for part in relative.parts) or not file.is_file():
            continue
        path = relative.as_posix()
        if any((docs / parent).is_symlink() for parent in (relative, *relative.parents)):
            yield Repair(path, reason="là liên kết tượng trưng")
            continue
        repair = _repair(path, file)
        if repair:
            yield repair


def _repair(path: str, file: Path) -> Repair | None:
    if file.stat().st_size > MOST_BYTES:
        return Repair(path, reason=_TOO_MUCH)
    try:
        text = file.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return Repair(path, reason="không phải văn bản UTF-8")
    if excess(text):  # parsing it would take too long
        return Repair(path, reason=_TOO_MUCH)
    mended = repaired(text)
    return Repair(path, text, mended) if mended != text else None


def repaired(text: str) -> str:
    """Return the repaired text; idempotent."""
    while (better := _once(text)) != text:
        text = better
    return text


def _once(text: str) -> str:
    for step in _STEPS:
        candidate = step(text)
        if candidate != text and _reading(text) == _reading(candidate):
            text = candidate
    return text


# --- Steps --------------------------------------------------------------------
def _line_ends(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _without_unseen(text: str) -> str:
    return "\n".join(map(_line_without_unseen, text.split("\n"))) if _UNSEEN_RUN.search(text) else text


def _line_without_unseen(line: str) -> str:
    if _TURNED in line or _PICTURE.search(line):
        return line
    first_letter = next((place for place, char in enumerate(line) if char.isalpha()), len(line))

    def replacement(found: re.Match[str]) -> str:
        before, after = line[found.start() - 1 : found.start()], line[found.end() : found.end() + 1]
        apart = before in _MARKUP and after in _MARKUP  # it may separate characters that would form markup
        harmless = before.isalpha() or after.isalpha() or (first_letter < found.start() and not apart)
        return "" if harmless else found[0]

    return _without_new_break(line, _UNSEEN_RUN.sub(replacement, line))


def _without_new_break(before: str, after: str) -> str:
    """Remove trailing spaces of a repaired line, if there are now enough for a line break."""
    return after.rstrip(" ") if after.endswith("  ") and not before.endswith("  ") else after


def _composed(text: str) -> str:
    return text if unicodedata.is_normalized("NFC", text) else "\n".join(map(_composed_line, text.split("\n")))


def _composed_line(line: str) -> str:
    normal = unicodedata.normalize("NFC", line)
    # Some characters normalize to markup characters or change them: U+1FEF becomes a backtick, "<" with a stroke is
    # another character.
    return normal if _MARKS.findall(normal) == _MARKS.findall(line) else line


def _plain_spaces(text: str) -> str:
    return "\n".join(map(_line_with_plain_spaces, text.split("\n"))) if _FIXED_SPACE.search(text) else text


def _line_with_plain_spaces(line: str) -> str:
    first_letter = next((place for place, char in enumerate(line) if char.isalpha()), len(line))
    # Before the first letter, a space could start a list or a heading.
    plain = _FIXED_SPACE.sub(lambda found: " " if first_letter < found.start() else found[0], line)
    return _without_new_break(line, plain)


def _without_trailing_spaces(text: str) -> str:
    lines = text.split("\n")
    return "\n".join(_without_its_end(line, following) for line, following in zip(lines, [*lines[1:], ""], strict=True))


def _without_its_end(line: str, following: str) -> str:
    bare = line.rstrip(" ")
    spaces = len(line) - len(bare)
    if not bare:
        return bare
    breaks = spaces > 1 and following.strip()  # two spaces are a line break
    # "-" alone is not a list item, and a backslash at the end of a line is a line break.
    return line if breaks or bare.endswith("\\") or not any(map(str.isalpha, bare)) else bare


def _one_line_end(text: str) -> str:
    bare = text.rstrip("\n")
    return f"{bare}\n" if bare else ""


_STEPS: tuple[Callable[[str], str], ...] = (
    _line_ends, _without_unseen, _composed, _plain_spaces, _without_trailing_spaces, _one_line_end)


# --- Comparison of two texts -------------------------------------------------------
def _reading(text: str) -> tuple[object, ...]:
    """Return the parsed content of a text, without what repairs change."""
    document = source.parse("", text)
    blocks = [(block.kind, block.level, block.number, _words(block.text), tuple(map(_words, block.cells)),
               "" if block.kind is Kind.HEADING else block.anchor) for block in document.blocks if _words(block.text)]
    links = [(_words(unquote(link.target)), link.image, _words(link.text)) for link in document.links]
    return _values(document.front_matter), document.front_matter_error is None, blocks, links


def _values(value: Value) -> object:
    if isinstance(value, Fields):
        return [(_words(key.text), _values(inner)) for key, inner in value.entries]
    if isinstance(value, Items):
        return [_values(item) for item in value.items]
    return _words(value.text)


def _words(text: str) -> list[str]:
    return unicodedata.normalize("NFC", _UNSEEN_RUN.sub("", text)).split()
