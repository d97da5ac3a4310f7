"""Rules on characters: all must be visible and belong to Vietnamese."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from proceedings.checks.engine.registry import rule
from proceedings.checks.engine.walk import ALL, ALL_AND_SETTINGS, Passage, Text
from proceedings.checks.words.glyphs import SCRIPTS, cannot_be_printed
from proceedings.problems import MOST_LINES, Edit, Problem, Severity, in_lines
from proceedings.text.shown import coded, line_of

_MOST = 5  # named of each kind
_LONGEST = 40  # letters of a word shown in a message
_MOST_OFFERED = 50  # of a file

# --- Invisible characters ---------------------------------------------------------
_BIDI = {"\u061c", "\u200e", "\u200f", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}
_NAMES = {"\u00ad": "dấu nối ẩn", "\u200b": "dấu cách có độ rộng bằng không", "\u200c": "dấu ngăn nối chữ",
          "\u200d": "dấu nối chữ", "\u2060": "dấu cấm xuống dòng", "\ufeff": "dấu đầu tệp (BOM)",
          "\u2028": "dấu ngắt dòng lạ", "\u2029": "dấu ngắt đoạn lạ", "\ufffc": "chỗ của vật đính kèm"}
# Joiners and variation selectors after an emoji belong to it; tabs and line feeds are allowed.
_SUSPECT = re.compile("[^\t\n\x20-\x7e\u00a0-\u00ac\u00ae-\u034e\u0350-\u061b\u1e00-\u1fff\u2010-\u2027]")  # and others
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200c\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffc\U000e0000-\U000e01ef]"
    "|(?<![\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d|(?<![\u2010-\u2bff#*0-9\U0001f000-\U0001faff])[\ufe00-\ufe0f]")


@rule("ky-tu-an", Severity.BLOCKING, ALL_AND_SETTINGS)
def invisible_character(texts: Iterable[Text]) -> Iterator[Problem]:
    """Ký tự không nhìn thấy lẫn trong chữ: ký tự ẩn, ký tự điều khiển, ký tự đổi chiều chữ.

    Chữ trông đúng mà tìm không thấy, hoặc hiện ra khác với chữ trong tệp. Thường do chép từ Word, trang mạng, tệp PDF.

    Sai: trong chữ "Hội nghị" có một dấu cách có độ rộng bằng không (U+200B).
    Đúng: xóa ký tự đó; nếu không thấy để xóa thì xóa cả chữ hai bên rồi gõ lại.
    """
    for text in texts:
        lines = enumerate(text.lines, 1) if _SUSPECT.search(text.markdown) else ()
        for number, line in lines:
            found = list(_INVISIBLE.finditer(line))
            if found:
                named = "; ".join(map(_invisible, found[:_MOST])) + ("; …" if len(found) > _MOST else "")
                yield text.at(number).problem(
                    f"Dòng này có {len(found)} ký tự không nhìn thấy: {named}; hãy xóa, cần thì gõ lại chữ hai bên.",
                    " ".join(sorted({_code(each[0]) for each in found})), count=len(found))
        for piece in coded(text.document, text.shown()):
            chars = [char for char in dict.fromkeys(_INVISIBLE.findall(piece.text)) if char not in text.markdown]
            if chars:
                named = "; ".join(f"{_name(char)} ({_code(char)})" for char in chars[:_MOST])
                yield text.at(line_of(text.document, piece, chars[0])).problem(
                    f"Dòng này có ký tự không nhìn thấy viết bằng mã: {named}; hãy xóa mã đó.",
                    " ".join(map(_code, chars)), kind="coded", count=len(chars))


def _name(char: str) -> str:
    if char in _BIDI:
        return "ký tự đổi chiều chữ"
    return _NAMES.get(char, "ký tự điều khiển" if unicodedata.category(char) == "Cc" else "ký tự ẩn")


def _invisible(found: re.Match[str]) -> str:
    """Describe a character and its position: "dấu nối ẩn (U+00AD) ở cột 12, sau "khu""."""
    char, line = found[0], found.string
    before = _INVISIBLE.sub("", line[max(0, found.start() - 20): found.start()]).split()
    after = f", sau \"{before[-1]}\"" if before else ""
    return f"{_name(char)} ({_code(char)}) ở cột {found.start() + 1}{after}"


def _code(char: str) -> str:
    return f"U+{ord(char):04X}"


# --- Unusual spaces ------------------------------------------------------------------
# U+2000 and U+2001 are not NFC, which another rule reports. No-break spaces are allowed beside numbers and dashes.
_ANY_SPACE = re.compile("[\u00a0\u1680\u2002-\u200a\u202f\u205f\u3000]")  # cheap test
_SPACES = re.compile("(?<![\\d–-])[\u00a0\u202f](?![\\dIVXLC–%-])|[\u1680\u2002-\u200a\u205f\u3000]")


@rule("dau-cach-la", Severity.ADVISORY, ALL)
def strange_space(texts: Iterable[Text]) -> Iterator[Problem]:
    """Dấu cách đặc biệt ở chỗ của dấu cách thường, thường do chép từ Word hoặc trang mạng.

    Dấu cách không ngắt dòng chỉ dùng bên số, như "05 năm", "Điều 5"; ở chỗ khác nó làm dòng chữ giãn thưa.

    Sai: mọi dấu cách trong câu đều là dấu cách không ngắt dòng (U+00A0).
    Đúng: dấu cách thường; chỉ giữ dấu cách không ngắt dòng bên số.
    """
    for text in texts:
        lines_with = enumerate(text.lines, 1) if _ANY_SPACE.search(text.markdown) else ()
        found = [(number, space) for number, line in lines_with for space in _SPACES.findall(line)]
        if not found:
            continue
        kinds = ", ".join(_code(char) for char in sorted({char for _, char in found}))
        lines = list(dict.fromkeys(number for number, _ in found))
        yield text.at(found[0][0]).problem(
            f"Tệp có {len(found)} dấu cách đặc biệt ({kinds}) ở chỗ của dấu cách thường "
            f"({in_lines(lines[:MOST_LINES], len(lines))}); hãy thay bằng dấu cách thường.",
            others=map(text.at, lines[1:MOST_LINES]), count=len(found))


# --- Letters of other scripts -------------------------------------------------------
_TWINS = dict(zip("аеорсухіјѕһԁԛԝАВЕКМНОРСТХУІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧοντικρυχαɑɡıÐðƉɖƋɗꜱ",
                  "aeopcyxijshdqwABEKMHOPCTXYIJSABEZHIKMNOPTYXovtikpuxaagiĐđĐđĐđs", strict=True))
_OTHER = ("\u0400-\u052f\u0531-\u1cff\u2c80-\u2dff\u3040-\ud7a3\uf900-\ufaff"
          "\U00010000-\U0001d3ff\U00020000-\U0003ffff")
_GREEK = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοντικρυχ"  # letters that look Latin; α, β, µ and Ω are used as symbols
# Characters that NFKC maps to a letter.
_FORMS = "\u2160-\u2188\ufb00-\ufb06\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7ff"
_ANYWHERE, _AT_A_START = f"{_OTHER}{_GREEK}{_FORMS}ɑɡıꜱ", "ÐðƉɖ"
_LIKELY = re.compile(f"[{_ANYWHERE}{_AT_A_START}]")  # cheap test
_FOREIGN = re.compile(f"[{_ANYWHERE}]|(?<!\\w)[{_AT_A_START}](?=\\w)")
_RUN = re.compile(r"\w+")
_LATIN = re.compile("[A-Za-zÀ-ɏḀ-ỿ]")


@rule("chu-gia-latinh", Severity.BLOCKING, ALL_AND_SETTINGS)
def look_alike_letter(texts: Iterable[Text]) -> Iterator[Problem]:
    """Chữ của hệ chữ khác đứng lẫn trong một từ: trông giống chữ Latinh nên không ai thấy, nhưng tìm không ra.

    Sai: "Tỉnh" có chữ T là chữ Kirin (U+0422); `Ðảng` có chữ đầu là chữ Iceland (U+00D0), không phải chữ Đ.
    Đúng: gõ lại cả từ bằng bộ gõ tiếng Việt.
    """
    for found in _foreign_letters(texts):
        word, char, right = found.word, found.char, _latin(found.word)
        exact = not _FOREIGN.search(right)
        remedy = f"hãy gõ lại thành \"{right[:_LONGEST]}\"" if exact else "hãy gõ lại cả từ bằng chữ tiếng Việt"
        if _LATIN.search(word.replace(char, "")) or (_latin(char) != char and not _script(char)):
            yield found.passage.place.problem(
                f"Trong \"{word[:_LONGEST]}\" có ký tự {_code(char)} ({_kind(char)}) trông giống chữ tiếng Việt; "
                f"{remedy}.", word, proposed=right if exact else "", edits=found.retyped if exact else ())


@rule("chu-he-khac", Severity.ADVISORY, ALL_AND_SETTINGS)
def word_of_another_script(texts: Iterable[Text]) -> Iterator[Problem]:
    """Từ viết bằng hệ chữ khác, phần lớn người đọc không đọc được.

    Sai: `hợp tác với thành phố Москва`.
    Đúng: `hợp tác với thành phố Mát-xcơ-va`.
    """
    told = set[tuple[str, str]]()
    for found in _foreign_letters(texts):
        place, word, script = found.passage.place, found.word, _script(found.char)
        if script and len(word) > 1 and not _LATIN.search(word) and (place.path, script) not in told:
            told.add((place.path, script))
            yield place.problem(
                f"\"{word[:_LONGEST]}\" viết bằng {script}; hãy viết bằng chữ tiếng Việt nếu được, và xem lại trên bản "
                "in.", script)


class _Foreign(NamedTuple):
    """A word with a letter of another script or form: first place, the letter, and the corrected word."""

    passage: Passage
    word: str
    char: str
    retyped: tuple[Edit, ...]


def _foreign_letters(texts: Iterable[Text]) -> Iterator[_Foreign]:
    """Yield each word with a letter of another script or form, once per file.

    Unprintable characters in printed documents are reported by another rule.
    """
    for text in texts:
        written = text.passages if _LIKELY.search(text.markdown) else ()
        in_code = (Passage(text, piece.line, piece.text) for piece in coded(text.document, text.shown()))
        told = set[str]()
        for passage in (*written, *in_code):
            for run in _RUN.finditer(passage.words) if _FOREIGN.search(passage.words) else ():
                word, found = run[0], _FOREIGN.search(run[0])
                if found and word not in told and not (text.printed and cannot_be_printed(word)):
                    told.add(word)
                    alone = len(told) <= _MOST_OFFERED and text.markdown.count(word) == 1
                    yield _Foreign(passage, word, found[0], passage.edits(*run.span(), _latin(word)) if alone else ())


def _latin(word: str) -> str:
    return unicodedata.normalize("NFKC", "".join(_TWINS.get(char, char) for char in word))


def _script(char: str) -> str:
    """Return the name of a letter's script; "" for a variant form of a Latin letter."""
    name = unicodedata.name(char, "")
    first = name.partition(" ")[0]
    latin = first in ("LATIN", "FULLWIDTH", "MATHEMATICAL", "ROMAN", "SMALL")
    return "" if latin else SCRIPTS.get(first, "hệ chữ khác")


def _kind(char: str) -> str:
    return _script(char) or "dạng khác của chữ Latinh"
