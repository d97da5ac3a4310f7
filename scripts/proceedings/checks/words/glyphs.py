"""Can every character be printed? The fonts of print lack most of Unicode, and print stops at what they lack."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from html import unescape
from itertools import pairwise
from pathlib import Path

from proceedings import schema
from proceedings.checks.engine.registry import rule
from proceedings.checks.engine.walk import VOLUME, Text
from proceedings.conference.model import Conference
from proceedings.problems import Place, Problem, Severity
from proceedings.text.front_matter import Items, Scalar, Value
from proceedings.text.source import Document

# The characters that each set of fonts has, as ranges: "text" and "backdrop"; tests/covered.py makes it.
_DATA = Path(__file__).parent / "glyphs.txt"
_MOST = 5  # of a line are named
# What may be no character of the fonts, or may stand for one; found much faster.
_LIKELY = re.compile("[^\t\n -%'-\\[\\]-~\u00a0-\u024f\u1e00-\u1ef9\u2010-\u2026\u2030-\u205e]")
_SPACED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")  # in running text the renderer puts spaces in their place
_INVISIBLE = re.compile("[\u115f\u1160\u3164\uffa0\ufff9-\ufffc]")  # as typed, told by the rule that is about these
_SITE_NAME = re.compile(r"^site_name:", re.MULTILINE)


@rule("ky-tu-khong-in-duoc", Severity.BLOCKING, VOLUME, strict=True)
def unprintable_character(conference: Conference, texts: Iterable[Text]) -> Iterator[Problem]:
    """Ký tự mà phông chữ của bản in không có, nên sách không in được.

    Bản in có chữ Latinh, Hy Lạp, Kirin và các dấu thường gặp như ✓, ★, ①, ☐; không có chữ Hán, phần lớn hình vẽ (emoji)
    và ký tự của phông riêng như Symbol, Wingdings. Phông của ma kết chỉ có chữ tiếng Việt, chữ số và dấu câu. Trang
    không in thì được dùng mọi ký tự.

    Sai: tên riêng viết bằng chữ Hán; dấu đầu dòng là ký tự của phông Wingdings chép từ Word.
    Đúng: tên riêng viết bằng chữ tiếng Việt; dấu đầu dòng là dấu gạch "-".
    """
    for text in texts:
        if _LIKELY.search(text.markdown):
            for line, chars in _by_line(text.document):
                yield text.at(line).problem(
                    f"Phông chữ của bản in không có {_listed(chars)}; hãy thay bằng ký tự khác hoặc bỏ đi.",
                    "".join(dict.fromkeys(chars)), count=len(chars))
    yield from _in_the_name(conference)
    yield from _on_the_backdrop(conference)


def cannot_be_printed(text: str) -> list[str]:
    """The characters of a text that the fonts of print lack, as often as they come."""
    return _lacking("text").findall(text) if _LIKELY.search(text) else []


def _by_line(document: Document) -> Iterator[tuple[int, list[str]]]:
    found: dict[int, list[str]] = {}
    for scalar in _scalars(document.front_matter):
        for char in _untold(scalar.text, document):
            found.setdefault(scalar.line, []).append(char)
    for line, end, chars in _blocks(document):
        for char in chars:
            found.setdefault(_line_of(char, document, line, end), []).append(char)
    yield from sorted(found.items())


def _untold(text: str, document: Document) -> list[str]:
    return [char for char in cannot_be_printed(text) if not (_INVISIBLE.match(char) and char in document.text)]


def _scalars(value: Value) -> Iterator[Scalar]:
    if isinstance(value, Scalar):
        yield value
        return
    for each in value.items if isinstance(value, Items) else [value for _, value in value.entries]:
        yield from _scalars(each)


def _blocks(document: Document) -> Iterator[tuple[int, int, list[str]]]:
    """The first line of each block, the line behind its last, and what of its words cannot be printed.

    Alternative texts of pictures are among a block's words, but are not printed.
    """
    last = len(document.lines) + 1
    starts = sorted({block.line for block in document.blocks})
    ends = dict(pairwise([*starts, last]))
    unseen: dict[int, Counter[str]] = {}
    for link in document.links:
        if link.image and (chars := cannot_be_printed(link.text)):
            start = max((start for start in starts if start <= link.line), default=link.line)
            unseen.setdefault(start, Counter()).update(chars)
    for block in document.blocks:
        if chars := [char for char in _untold(block.text, document) if not _SPACED.match(char)]:
            hidden = unseen.get(block.line, Counter())
            yield block.line, ends[block.line], list((Counter(chars) - hidden).elements())


def _line_of(char: str, document: Document, start: int, end: int) -> int:
    """The line on which a block's character stands, as itself or as an entity."""
    lines = range(start, end)
    return next((number for number in lines if char in unescape(document.lines[number - 1])), start)


def _in_the_name(conference: Conference) -> Iterator[Problem]:
    """The site's name heads the pages of the volume."""
    chars = cannot_be_printed(conference.name)
    if chars and conference.settings:
        named = _SITE_NAME.search(conference.settings.text)
        line = conference.settings.text.count("\n", 0, named.start()) + 1 if named else 1
        yield Place(conference.settings.path, line).problem(
            f"Phông chữ của bản in không có {_listed(chars)}; hãy bỏ khỏi tên đặt ở site_name.",
            "".join(dict.fromkeys(chars)), kind="name")


def _on_the_backdrop(conference: Conference) -> Iterator[Problem]:
    """The backdrop has a font of its own, which has fewer characters."""
    plan = conference.documents.get(schema.PLAN)
    if not plan or not _LIKELY.search("".join(conference.plan.backdrop.lines)):
        return
    for block in plan.section(schema.Anchor.BACKDROP):
        chars = [char for char in _lacking("backdrop").findall(block.text) if not cannot_be_printed(char)]
        if chars:
            line = _line_of(chars[0], plan, block.line, block.line + block.text.count("\n") + 1)
            yield conference.place(schema.PLAN, line).problem(
                f"Phông chữ của ma kết không có {_listed(chars)}; hãy bỏ khỏi các dòng chữ ma kết.",
                "".join(dict.fromkeys(chars)), kind="backdrop")


# --- What is lacking, and what it is called ----------------------------------------
@cache
def _lacking(fonts: str) -> re.Pattern[str]:
    """What fits each character that the fonts do not have."""
    rows = dict(row.split(": ", 1) for row in _DATA.read_text("ascii").splitlines())
    ranges = (part.partition("-") for part in rows[fonts].split())
    return re.compile("[^\t\n" + "".join(f"\\U{first:0>8}-\\U{last or first:0>8}" for first, _, last in ranges) + "]")


def _listed(chars: list[str]) -> str:
    several = list(dict.fromkeys(chars))
    return ", ".join(map(_named, several[:_MOST])) + (", …" if len(several) > _MOST else "")


def _named(char: str) -> str:
    """"chữ Hán "雲" (U+96F2)": what it is, itself where it can be seen, and its code."""
    shown = f" \"{char}\"" if char.isprintable() else ""
    like = unicodedata.normalize("NFKC", char)
    twin = f", thay được bằng \"{like}\"" if like != char and not cannot_be_printed(like) else ""
    return f"{_kind(char)}{shown} (U+{ord(char):04X}{twin})"


def _kind(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Co":
        return "ký tự của phông riêng như Symbol, Wingdings"
    if category in ("Cn", "Cc", "Cf", "Zl", "Zp"):
        return "ký tự không nhìn thấy"
    if category.startswith("L"):
        return SCRIPTS.get(unicodedata.name(char, "").partition(" ")[0], "chữ")
    return "dấu phụ" if category.startswith("M") else "hình vẽ" if char > "\U0001f000" else "ký hiệu"


# By the first word of a letter's name in Unicode.
SCRIPTS = {"CYRILLIC": "chữ Kirin", "GREEK": "chữ Hy Lạp", "CJK": "chữ Hán", "LAO": "chữ Lào", "THAI": "chữ Thái",
           "KHMER": "chữ Khmer", "ARABIC": "chữ Ả Rập", "HANGUL": "chữ Triều Tiên"}
