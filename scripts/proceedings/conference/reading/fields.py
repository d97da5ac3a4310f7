"""Conversion of front matter values to typed fields; an invalid value is reported at its line."""

import re
from collections.abc import Iterable
from datetime import date

from proceedings import schema
from proceedings.conference.model import Blank, Delivery
from proceedings.conference.reading import faults as rules
from proceedings.conference.reading.faults import Faults
from proceedings.problems import Place
from proceedings.schema import Status
from proceedings.text.dates import parse_short, short
from proceedings.text.front_matter import Fields, Scalar
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


def check_keys(fields: Fields, place: Place, known: Iterable[str], faults: Faults) -> None:
    """Report unknown keys, with the most similar known one, and duplicate keys."""
    known, seen = tuple(known), set[str]()
    for name, _ in fields.entries:
        here = Place(place.path, name.line)
        if name.text not in known:
            near = nearest(name.text, known)
            hint = f"có phải là \"{near}\"?" if near else f"hãy dùng một trong các khóa: {', '.join(known)}."
            faults.add(rules.UNKNOWN_KEY, here, f"Khóa \"{name.text}\" không được dùng ở đây; {hint}")
        elif name.text in seen:
            faults.add(rules.FRONT_MATTER, here, f"Khóa \"{name.text}\" ghi hai lần; hãy giữ lại một.")
        seen.add(name.text)


def scalar(fields: Fields, key: str, place: Place, faults: Faults) -> str:
    """The text under the key, "" where absent or empty; a list or mapping is a fault."""
    value = fields.get(key)
    if value is not None and not isinstance(value, Scalar):
        faults.add(rules.FRONT_MATTER, Place(place.path, value.line),
                   f"Khóa \"{key}\" chỉ nhận một giá trị; hãy ghi giá trị đó trên cùng một dòng với khóa.")
    return fields.text(key)


def presenter(fields: Fields, place: Place, faults: Faults) -> str:
    """The presenter's name; what stands beside it is a fault, and is told with the name alone."""
    text = scalar(fields, schema.PRESENTER, place, faults)
    name = _POST_BEHIND.sub("", _HONORIFIC.sub("", text))
    post = _POST_BEFORE.match(name)
    if post:  # without a colon, further words of the post may follow
        name = name[post.end():] if post[1] else ""
    if name == text:
        return text
    remedy = f"hãy sửa thành \"{name}\"" if name else "hãy ghi họ tên"
    faults.add(rules.FRONT_MATTER, Place(place.path, fields.line_of(schema.PRESENTER)),
               f"\"{schema.PRESENTER}: {text}\" không chỉ có họ tên; {remedy}, chức vụ thì ghi ở \"{schema.POST}\".")
    return text


def day(fields: Fields, key: str, place: Place, faults: Faults) -> date | None:
    """The date under the key; None where empty. A date that is none, or off the zero rule, is a fault."""
    text = scalar(fields, key, place, faults)
    found = parse_short(text) if text else None
    here = Place(place.path, fields.line_of(key))
    if text and not found:
        faults.add(rules.FRONT_MATTER, here, f"\"{key}: {text}\" không phải ngày có thật; cần viết như 05/6/2024.")
    elif found and short(found) != text:
        faults.add(rules.FRONT_MATTER, here, f"\"{key}: {text}\" cần viết là {short(found)} "
                                             "(thêm số 0 trước ngày dưới 10 và tháng 1, 2).")
    return found


def minutes(fields: Fields, key: str, place: Place, faults: Faults) -> int | None:
    """Whole minutes from 1 to 240 under the key; None where empty."""
    text = scalar(fields, key, place, faults)
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= _MAX_MINUTES:
        return int(text)
    faults.add(rules.FRONT_MATTER, Place(place.path, fields.line_of(key)),
               f"\"{key}: {text}\" không phải số phút; cần một số nguyên từ 1 đến {_MAX_MINUTES}.")
    return None


def delivery(fields: Fields, place: Place, faults: Faults) -> Delivery:
    """Status, presenter, post and date of a speech or of the report."""
    text = scalar(fields, schema.STATUS, place, faults)
    choices = ", ".join(Status)
    if not text:
        faults.add(rules.MISSING_KEY, Place(place.path, fields.line_of(schema.STATUS)),
                   f"Thiếu khóa \"{schema.STATUS}\"; hãy thêm một trong: {choices}.")
    elif text not in tuple(Status):
        near = nearest(slug(text), Status)
        faults.add(rules.FRONT_MATTER, Place(place.path, fields.line_of(schema.STATUS)),
                   f"\"{schema.STATUS}: {text}\" không hợp lệ; cần một trong: {choices}"
                   + (f" (có phải là \"{near}\"?)." if near else "."))
    return Delivery(
        status=Status(text) if text in tuple(Status) else Status.OUTLINE,
        presenter=presenter(fields, place, faults),
        post=scalar(fields, schema.POST, place, faults),
        delivered_on=day(fields, schema.DELIVERED_ON, place, faults),
    )


def blanks(document: Document) -> tuple[Blank, ...]:
    """Return all blanks of the body, in order."""
    start = document.front_matter_lines
    return tuple(Blank(match[0], number)
                 for number, line in enumerate(document.lines[start:], start + 1)
                 for match in schema.BLANK.finditer(line))
