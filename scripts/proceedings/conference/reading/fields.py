"""Conversion of front matter values to typed fields; an invalid value is reported at its line."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from proceedings import schema
from proceedings.conference.model import Blank, Delivery
from proceedings.conference.reading import faults as rules
from proceedings.conference.reading.faults import Faults
from proceedings.problems import Place
from proceedings.schema import Key, Status, Takes
from proceedings.text.front_matter import Fields, Items, Scalar
from proceedings.text.language.dates import parse_short, short
from proceedings.text.slugs import nearest, slug
from proceedings.text.source import Document

_MAX_MINUTES = 240
# Words beside a name that do not belong to it: forms of address, posts before it or after a separator.
_HONORIFIC = re.compile(r"^(?:các\s+)?(?:đồng\s+chí|đ\s*[/∕.]\s*c|đc)\b\.?\s*:?\s*", re.IGNORECASE)
_POST = (r"(?:(?:nguyên|quyền|q\.)\s+)?(?:phó\s+(?:giám\s+đốc|chủ\s+(?:tịch|nhiệm)|bí\s+thư|trưởng|chánh|chỉ\s+huy|hiệu"
         r"|viện|cục|chi\s+cục|tổng|ban|văn\s+phòng|tham\s+mưu|chính\s+ủy)|(?:tổng\s+)?giám\s+đốc|chủ\s+(?:tịch|nhiệm)"
         r"|bí\s+thư|trưởng\s+(?:ban|phòng|khoa|đoàn|công\s+an)|(?:chỉ\s+huy|tham\s+mưu|cục|hiệu|viện|bộ|thứ)\s+trưởng"
         r"|chính\s+(?:ủy|trị\s+viên)|chi\s+cục\s+trưởng|chánh\s+\w+|(?:ủy|uỷ)\s+viên)\b")
_POST_BEFORE = re.compile(rf"^{_POST}\s*(:?)\s*", re.IGNORECASE)
_POST_BEHIND = re.compile(rf"\s*[,;(–-]\s*{_POST}.*$", re.IGNORECASE)


def check(fields: Fields, place: Place, known: Sequence[Key], faults: Faults) -> None:
    """Report unknown and duplicate keys, and values that are invalid for their key."""
    check_keys(fields, place, known, faults)
    check_values(fields, place, known, faults)


def check_keys(fields: Fields, place: Place, known: Iterable[str], faults: Faults) -> None:
    """Report unknown keys, with the most similar known one, and duplicate keys."""
    known, seen = tuple(known), set[str]()
    for name, _ in fields.entries:
        here = Place(place.path, name.line)
        if name.text not in known:
            near = nearest(name.text, known)
            hint = f"có phải là \"{near}\"?" if near else f"hãy dùng một trong các khóa: {', '.join(known)}."
            faults.add(rules.UNKNOWN_KEY, here, f"Khóa \"{name.text}\" không được dùng ở đây; {hint}", name.text,
                       proposed=near or "")
        elif name.text in seen:
            faults.add(rules.FRONT_MATTER, here, f"Khóa \"{name.text}\" ghi hai lần; hãy giữ lại một.", name.text,
                       kind="twice")
        seen.add(name.text)


def check_values(fields: Fields, place: Place, known: Iterable[Key], faults: Faults) -> None:
    """Report values that are invalid for their key; an empty value is still open."""
    for key in known:
        value = fields.get(key)
        if isinstance(value, Items | Fields) and key.takes is not Takes.AGENDA:
            faults.add(rules.FRONT_MATTER, Place(place.path, value.line),
                       f"Khóa \"{key}\" chỉ nhận một giá trị; hãy ghi giá trị đó trên cùng một dòng với khóa.", key,
                       kind="several")
        elif isinstance(value, Scalar) and key.takes in _FAULTS:
            fault, proposed = _FAULTS[key.takes](value.text)
            if fault:
                faults.add(rules.FRONT_MATTER, Place(place.path, fields.line_of(key)),
                           f"\"{key}: {value.text}\" {fault}", f"{key}: {value.text}", proposed=proposed)


# The fault of a value and the right value; either may be "".
_Fault = tuple[str, str]
_NONE: _Fault = ("", "")


def _status_fault(text: str) -> _Fault:
    if not text or text in tuple(Status):
        return _NONE
    near = nearest(slug(text), Status) or ""
    hint = f" (có phải là \"{near}\"?)" if near else ""
    return f"không hợp lệ; cần một trong: {', '.join(Status)}{hint}.", near


def _name_fault(text: str) -> _Fault:
    """Return the fault of words beside a name, with the name alone as the right value."""
    name = _POST_BEHIND.sub("", _HONORIFIC.sub("", text))
    post = _POST_BEFORE.match(name)
    if post:  # without a colon, further words of the post may follow
        name = name[post.end():] if post[1] else ""
    if name == text:
        return _NONE
    remedy = f"hãy sửa thành \"{name}\"" if name else "hãy ghi họ tên"
    return f"không chỉ có họ tên; {remedy}, chức vụ thì ghi ở \"{schema.POST}\".", name


def _day_fault(text: str) -> _Fault:
    found = parse_short(text)
    if not text or (found and short(found) == text):
        return _NONE
    if not found:
        return "không phải ngày có thật; cần viết như 05/6/2024.", ""
    return f"cần viết là {short(found)} (thêm số 0 trước ngày dưới 10 và tháng 1, 2).", short(found)


def _minutes_fault(text: str) -> _Fault:
    if not text or _minutes(text):
        return _NONE
    return f"không phải số phút; cần một số nguyên từ 1 đến {_MAX_MINUTES}.", ""


def _yes_fault(text: str) -> _Fault:
    if text == schema.YES:
        return _NONE
    return f"không hợp lệ; khóa này chỉ nhận giá trị \"{schema.YES}\", hãy ghi như thế hoặc bỏ khóa này.", schema.YES


_FAULTS: Mapping[Takes, Callable[[str], _Fault]] = {
    Takes.NAME: _name_fault, Takes.STATUS: _status_fault, Takes.DAY: _day_fault, Takes.MINUTES: _minutes_fault,
    Takes.YES: _yes_fault,
}


def day(fields: Fields, key: str) -> date | None:
    """Return the date of a key, or None."""
    return parse_short(fields.text(key))


def minutes(fields: Fields, key: str) -> int | None:
    """Return the whole minutes (1 to 240) of a key, or None."""
    return _minutes(fields.text(key))


def _minutes(text: str) -> int | None:
    whole = text.isascii() and text.isdigit() and len(text) < 4
    return int(text) if whole and 1 <= int(text) <= _MAX_MINUTES else None


def delivery(fields: Fields, place: Place, faults: Faults) -> Delivery:
    """Return status, presenter, post and date of a speech or the report; the status is required."""
    text = fields.text(schema.STATUS)
    if not text and not isinstance(fields.get(schema.STATUS), Items | Fields):
        faults.add(rules.MISSING_KEY, Place(place.path, fields.line_of(schema.STATUS)),
                   f"Thiếu khóa \"{schema.STATUS}\"; hãy thêm một trong: {', '.join(Status)}.", schema.STATUS)
    return Delivery(
        status=Status(text) if text in tuple(Status) else Status.OUTLINE,
        presenter=fields.text(schema.PRESENTER),
        post=fields.text(schema.POST),
        delivered_on=day(fields, schema.DELIVERED_ON),
    )


def blanks(document: Document) -> tuple[Blank, ...]:
    """Return all blanks of the body, in order."""
    start = document.front_matter_lines
    return tuple(Blank(match[0], number)
                 for number, line in enumerate(document.lines[start:], start + 1)
                 for match in schema.BLANK.finditer(line))
