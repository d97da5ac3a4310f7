"""Rules on abbreviations: each must be explained, and in one way only."""

import re
from collections.abc import Iterable, Iterator, Mapping

from proceedings import schema
from proceedings.checks.engine.registry import rule
from proceedings.checks.engine.walk import USES, Text
from proceedings.checks.words.short_forms import Explanation, abbreviations, explanations
from proceedings.conference.mentions import plain, whole
from proceedings.conference.model import Conference
from proceedings.problems import Problem, Severity

_PIECE = re.compile(r"[^\W_]+")


@rule("viet-tat-la", Severity.BLOCKING, USES)
def unknown_abbreviation(conference: Conference, texts: Iterable[Text]) -> Iterator[Problem]:
    """Chữ viết tắt không có trong bảng chữ viết tắt mà bài cũng không giải nghĩa ở chỗ dùng đầu tiên.

    Sai: bài viết "PCCC" mà bảng `phu-luc/tu-viet-tat.md` không có dòng này, trong bài cũng không có lời giải nghĩa.
    Đúng: thêm một dòng vào bảng; hoặc lần đầu viết "phòng cháy, chữa cháy (PCCC)"; hoặc viết đầy đủ.
    """
    known = {entry.short for entry in conference.abbreviations}
    # An unreadable register is reported by another rule.
    for text in texts if known else ():
        unknown = _first_uses(text, known)
        explained = _explained_lines(text) if unknown else {}
        for word, line in unknown.items():
            if word not in explained:
                yield text.at(line).problem(
                    f"Chữ viết tắt \"{word}\" chưa có trong {schema.ABBREVIATIONS}; hãy thêm vào bảng, giải nghĩa ở "
                    f"chỗ dùng đầu tiên như \"nghĩa đầy đủ ({word})\", hoặc viết đầy đủ.", word)
            elif text.document.front_matter_lines < line < explained[word]:
                yield text.at(line).problem(
                    f"Chữ viết tắt \"{word}\" dùng ở đây nhưng đến dòng {explained[word]} mới được giải nghĩa; hãy "
                    f"chuyển lời giải nghĩa lên chỗ này hoặc thêm \"{word}\" vào {schema.ABBREVIATIONS}.", word,
                    kind="explained later")


@rule("giai-nghia-khong-khop", Severity.ADVISORY, USES)
def unlikely_explanation(conference: Conference, texts: Iterable[Text]) -> Iterator[Problem]:
    """Chữ viết tắt trong ngoặc không gồm các chữ đầu của những từ đứng trước, nên có thể không phải là lời giải nghĩa.

    Chữ viết tắt của tiếng nước ngoài thì nên có trong bảng chữ viết tắt để mọi người cùng hiểu.

    Sai: "phòng cháy, chữa cháy (PCCN)".
    Đúng: "phòng cháy, chữa cháy (PCCC)".
    """
    known = {entry.short for entry in conference.abbreviations}
    for text in texts if known else ():
        for line, found in _explanations(text):
            if found.doubtful and not _is_registered(found.short, known):
                yield text.at(line).problem(
                    f"\"{found.short}\" không gồm các chữ đầu của những từ đứng trước ngoặc; hãy soát lại, hoặc ghi "
                    f"\"{found.short}\" cùng nghĩa đầy đủ vào {schema.ABBREVIATIONS}.", found.short)


@rule("viet-tat-hai-nghia", Severity.ADVISORY, USES)
def two_meanings(conference: Conference, texts: Iterable[Text]) -> Iterator[Problem]:
    """Một chữ viết tắt được giải nghĩa theo hai cách khác nhau.

    Trang web hiện nghĩa theo bảng chữ viết tắt, nên người đọc sẽ thấy nghĩa khác với bài.

    Sai: bảng ghi "TT" là "Thông tư" mà trong bài viết "trung tâm (TT)".
    Đúng: viết đầy đủ "trung tâm" trong bài.
    """
    meanings = {entry.short: (entry.full, f"trong {schema.ABBREVIATIONS}") for entry in conference.abbreviations}
    for text in texts:
        for line, found in _explanations(text):
            where = f"ở dòng {line} của {text.path}"
            full, elsewhere = meanings.setdefault(found.short, (found.full, where)) if found.full else ("", "")
            # Two full forms are alike if they are equal, or if one continues the other.
            first, second = (f" {' '.join(_PIECE.findall(form.casefold()))} " for form in (full, found.full))
            if full and first not in second and second not in first:
                yield text.at(line).problem(
                    f"\"{found.short}\" ở đây là \"{found.full}\" nhưng {elsewhere} là \"{full}\"; hãy dùng một nghĩa "
                    "và viết đầy đủ nghĩa kia.", f"{found.short}: {found.full}")


@rule("viet-tat-khong-dung", Severity.ADVISORY, USES)
def unused_abbreviation(conference: Conference, texts: Iterable[Text]) -> Iterator[Problem]:
    """Chữ viết tắt trong bảng không được dùng ở tài liệu nào của kỷ yếu.

    Sai: dòng `| PCCC | Phòng cháy, chữa cháy |` khi không bài nào viết "PCCC".
    Đúng: bỏ dòng đó.
    """
    left = {plain(entry.short) for entry in conference.abbreviations}
    pattern = re.compile(whole(left))
    for text in texts:
        for passage in text.passages if left else ():
            left -= {plain(found) for found in pattern.findall(passage.words)}
    for entry in conference.abbreviations:
        if plain(entry.short) in left:
            yield entry.place.problem(f"Chữ viết tắt \"{entry.short}\" không được dùng trong tài liệu nào của kỷ yếu; "
                                      "hãy bỏ dòng này.", entry.short)


def _is_registered(word: str, known: set[str]) -> bool:
    return word in known or ("-" in word and all(part in known for part in word.split("-")))


def _first_uses(text: Text, known: set[str]) -> Mapping[str, int]:
    """Map unknown abbreviations to the line of their first occurrence."""
    found: dict[str, int] = {}
    for passage in text.passages:
        for word in abbreviations(passage.words):
            if not _is_registered(word, known):
                found.setdefault(word, passage.line)
    return found


def _explained_lines(text: Text) -> Mapping[str, int]:
    """Map the abbreviations that a document explains to the line where it first does."""
    found: dict[str, int] = {}
    for line, each in _explanations(text):
        found.setdefault(each.short, line)
    return found


def _explanations(text: Text) -> Iterator[tuple[int, Explanation]]:
    return ((block.line, found) for block in text.blocks for found in explanations(block.prose))
