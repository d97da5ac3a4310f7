"""Reading of the plan into fields. Anchors identify sections; texts are kept verbatim."""

import re
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from itertools import takewhile

from proceedings import schema
from proceedings.conference.model import (
    Agency,
    Assignment,
    Backdrop,
    Chair,
    ConferenceTime,
    Letterhead,
    Plan,
    Signature,
    Task,
)
from proceedings.conference.reading import faults as rules
from proceedings.conference.reading.faults import Faults
from proceedings.problems import Place
from proceedings.schema import Anchor
from proceedings.text.language import dates, document_numbers
from proceedings.text.language.dates import PartialDate, find_short, parse_written
from proceedings.text.slugs import fold, has_letters, slug
from proceedings.text.source import Block, Document, Kind

_PLACE = re.compile(r"^(?P<place>[^,]+),\s*ngày")
_LABEL = re.compile(r"^[^:]{1,80}:\s*")
_NUMBERED = re.compile(r"^(\d{1,9})\.\s+")
# "1/2 ngày", "02 ngày"; not the hour before a date, as in "8 giờ 00 ngày 20/6/2035".
_DAYS = re.compile(r"(?<![\d/.,])(\d{1,4}/0{0,3}[1-9]\d{0,3}(?=\s+ngày\b)|\d{1,4}(?=\s+ngày\b(?!\s*\d)))")
_FOOT = (Anchor.OTHER_UNITS, Anchor.CLOSING, Anchor.RECIPIENTS, Anchor.SIGNATURE)


def read_plan(document: Document, folder: str, faults: Faults) -> Plan:
    """Read all fields of the plan; an unreadable one is reported at its line and left empty.

    `folder` is the name of docs/ in problems.
    """
    return _PlanReader(document, folder, faults).plan()


class _PlanReader:
    def __init__(self, document: Document, folder: str, faults: Faults) -> None:
        self._document = document
        self._folder = folder
        self._faults = faults

    def plan(self) -> Plan:
        backdrop = self._backdrop()
        agencies = self._agencies()
        return Plan(
            letterhead=self._letterhead(backdrop),
            kind=self._text(Anchor.KIND, "tên loại văn bản"),
            subject=self._text(Anchor.SUBJECT, "trích yếu nội dung kế hoạch"),
            bases=self._bases(),
            enacting=self._text(Anchor.ENACTING, "câu \"… xây dựng kế hoạch …, như sau:\""),
            purpose=self._texts(Anchor.PURPOSE, "mục đích"),
            requirements=self._texts(Anchor.REQUIREMENTS, "các yêu cầu"),
            content=self._texts(Anchor.CONTENT, "nội dung hội nghị"),
            time=self._time(),
            venue=self._value(Anchor.VENUE, "địa điểm").rstrip("."),
            chair=self._chair(),
            guests=_without_stops(self._texts(Anchor.GUESTS, "danh sách đại biểu, khách mời")),
            summoned=_without_stops(self._texts(Anchor.SUMMONED, "danh sách đại biểu triệu tập")),
            backdrop=backdrop,
            form=self._value(Anchor.FORM, "hình thức tổ chức"),
            method=self._value(Anchor.METHOD, "phương pháp tiến hành"),
            agencies=agencies,
            assignments=self._assignments(agencies),
            other_units=self._text(Anchor.OTHER_UNITS, "đoạn giao các đơn vị còn lại chuẩn bị ý kiến"),
            closing=self._text(Anchor.CLOSING, "đoạn kết thúc kế hoạch"),
            recipients=self._recipients(),
            signature=self._signature(),
        )

    # --- Finding text by anchor ---
    def _place(self, line: int) -> Place:
        return Place(f"{self._folder}/{self._document.path}", line)

    def _fault(self, line: int, about: str, message: str, written: str = "") -> None:
        self._faults.add(rules.PLAN, self._place(line), message, written, kind=about)

    def _block(self, anchor: Anchor, expected: str) -> Block | None:
        block = self._document.at(anchor)
        if block is None:
            self._fault(1, f"no anchor {anchor}",
                        f"Kế hoạch thiếu neo #{anchor} ({expected}); hãy đặt {{#{anchor}}} sau tiêu đề của mục đó, "
                        f"hoặc {{: #{anchor} }} ở dòng ngay dưới đoạn văn đó.")
        return block

    def _section(self, anchor: Anchor) -> tuple[Block, ...]:
        """Return the blocks of a section, without the closing paragraphs and the foot."""
        return tuple(takewhile(lambda block: block.anchor not in _FOOT, self._document.section(anchor)))

    def _text(self, anchor: Anchor, expected: str) -> str:
        block = self._block(anchor, expected)
        return block.text if block else ""

    def _texts(self, anchor: Anchor, expected: str) -> tuple[str, ...]:
        block = self._block(anchor, expected)
        texts = tuple(part.text for part in self._section(anchor)) if block else ()
        if block and not texts:
            self._fault(block.line, anchor, f"Mục \"{block.text}\" không có chữ nào; cần ghi {expected}.")
        return texts

    def _value(self, anchor: Anchor, expected: str) -> str:
        """Return the text after "1. Nhãn:" in a paragraph, or the text under a heading."""
        block = self._block(anchor, expected)
        if block is None:
            return ""
        if block.kind is Kind.HEADING:
            return "\n".join(self._texts(anchor, expected))
        label = _LABEL.match(block.text)
        value = block.text[label.end():] if label else ""
        if not value.strip(". "):
            self._fault(block.line, anchor,
                        f"Không đọc được {expected}; cần viết \"Tên mục: {expected}\" trên một đoạn.")
            return ""
        return value

    # --- Head of the document ---
    def _letterhead(self, backdrop: Backdrop) -> Letterhead:
        front = self._document.front_matter
        bodies = backdrop.bodies
        number, symbol = self._number()
        issued_at, issued_on = self._issued()
        return Letterhead(
            parent_body=front.text(schema.PARENT_BODY) or (bodies[0] if len(bodies) > 1 else ""),
            issuing_body=front.text(schema.ISSUING_BODY) or (bodies[-1] if bodies else ""),
            number=number, symbol=symbol, issued_at=issued_at, issued_on=issued_on,
        )

    def _number(self) -> tuple[str, str]:
        block = self._block(Anchor.NUMBER, "số, ký hiệu")
        match = document_numbers.OWN.fullmatch(block.text) if block else None
        if block and not match:
            self._fault(block.line, Anchor.NUMBER, "Không đọc được số, ký hiệu; cần viết \"Số: 12/KH-…\", "
                                    "chưa có số thì \"Số: /KH-…\".")
        return (match["number"] or "", match["symbol"]) if match else ("", "")

    def _issued(self) -> tuple[str, PartialDate]:
        block = self._block(Anchor.ISSUED_ON, "địa danh và ngày ban hành")
        place = _PLACE.match(block.text) if block else None
        day = parse_written(block.text) if block else None
        if block and not (place and day):
            self._fault(block.line, Anchor.ISSUED_ON, "Không đọc được địa danh, ngày ban hành; cần viết "
                        "\"Địa danh, ngày 05 tháng 4 năm 2024\", chưa có ngày thì để trống số ngày.")
        return (place["place"] if place else ""), day or PartialDate(0)

    def _bases(self) -> tuple[str, ...]:
        first = self._block(Anchor.BASES, "các căn cứ")
        enacting = self._document.at(Anchor.ENACTING)
        if first is None or enacting is None:
            return ()
        return tuple(b.text for b in self._document.blocks
                     if first.line <= b.line < enacting.line and b.kind is not Kind.NOTE)

    # --- Time and people ---
    def _time(self) -> ConferenceTime | None:
        text = self._value(Anchor.TIME, "thời gian hội nghị")
        if not text:
            return None
        time = conference_time(text)
        block = self._document.at(Anchor.TIME)
        if time.year is None and block:
            self._fault(block.line, Anchor.TIME, "Không đọc được thời gian hội nghị; "
                                    "cần có \"ngày 05/7/2024\", \"tháng 7/2024\" hoặc \"tuần 1 tháng 7/2024\".")
        return time

    def _chair(self) -> Chair | None:
        text = self._value(Anchor.CHAIR, "đồng chí chủ trì hội nghị").rstrip(".")
        block = self._document.at(Anchor.CHAIR)
        if not text or block is None:
            return None
        title, *posts = (part.strip() for part in text.split(","))
        name = title.removeprefix(schema.HONORIFIC).strip()
        if not name:
            self._fault(block.line, Anchor.CHAIR, "Không đọc được họ tên đồng chí chủ trì; "
                                    "cần viết \"Chủ trì: Đồng chí Nguyễn Văn A, chức vụ\".")
        return Chair(text, name, tuple(posts))

    # --- Backdrop ---
    def _backdrop(self) -> Backdrop:
        block = self._block(Anchor.BACKDROP, "các dòng chữ ma kết")
        groups = [tuple(part.text.split("\n")) for part in self._section(Anchor.BACKDROP)] if block else []
        footer = groups.pop() if len(groups) > 3 and parse_written(groups[-1][-1]) else ()
        if block and len(groups) < 3:
            self._fault(block.line, Anchor.BACKDROP,
                        "Không đọc được ma kết; cần lần lượt các đoạn: cơ quan tổ chức, \"HỘI NGHỊ\", "
                        "tên hội nghị (xuống dòng bằng <br>), địa danh và thời gian.")
            return Backdrop((), "", (), "")
        bodies, kind, *name = groups or [(), ()]
        return Backdrop(bodies, " ".join(kind), tuple(line for group in name for line in group), " ".join(footer))

    # --- Tasks ---
    def _agencies(self) -> tuple[Agency, ...]:
        block = self._block(Anchor.TASKS, "nhiệm vụ của các cơ quan")
        agencies: list[Agency] = []
        for part in self._section(Anchor.TASKS):
            if part.kind is Kind.HEADING or (
                    part.kind is Kind.PARAGRAPH and _NUMBERED.match(part.text) and ":" in part.text):
                agencies.append(self._agency(part))
            elif agencies:
                last = agencies[-1]
                agencies[-1] = Agency(last.number, last.name, last.note, (*last.tasks, self._task(part)), last.place)
        if block and not agencies:
            self._fault(block.line, Anchor.TASKS,
                        f"Mục \"{block.text}\" không có cơ quan nào; cần các tiêu đề \"1. Tên cơ quan\".")
        for agency in agencies:
            if not agency.tasks:
                self._fault(agency.place.line, "no task", f"\"{agency.name}\" không có nhiệm vụ nào; "
                                                          "cần ghi mỗi nhiệm vụ một gạch đầu dòng.", agency.name)
        return tuple(agencies)

    def _agency(self, part: Block) -> Agency:
        number = _NUMBERED.match(part.text)
        rest = part.text[number.end():] if number else part.text
        name, _, task = (rest, "", "") if part.kind is Kind.HEADING else rest.partition(":")
        bracket = name.find("(") if name.endswith(")") else -1
        name, note = (name[:bracket].rstrip(), name[bracket:]) if bracket >= 0 else (name, "")
        tasks = (self._task(part, task.strip()),) if task.strip() else ()
        return Agency(int(number[1]) if number else 0, name, note, tasks, self._place(part.line))

    def _task(self, part: Block, text: str = "") -> Task:
        text = text or part.text
        found = dates.DEADLINE.search(text)
        deadline = dates.read(found["deadline"]) if found else None
        if found and deadline is None:
            self._fault(part.line, "deadline",
                        f"Hạn \"{found['deadline']}\" không phải ngày có thật; hãy đối chiếu với bản gốc.",
                        found["deadline"])
        return Task(text, deadline, self._place(part.line))

    # --- Assignments ---
    def _assignments(self, agencies: tuple[Agency, ...]) -> tuple[Assignment, ...]:
        block = self._block(Anchor.ASSIGNMENTS, "danh sách phân công tham luận")
        items = [part for part in self._section(Anchor.ASSIGNMENTS) if part.kind is Kind.ITEM]
        if block and not items:
            self._fault(block.line, Anchor.ASSIGNMENTS,
                        f"Mục \"{block.text}\" không có đơn vị nào; cần danh sách \"1. Đơn vị: nội dung\".")
        assignments = tuple(filter(None, (self._assignment(*each, agencies) for each in enumerate(items, 1))))
        self._report_repeats(assignments)
        return assignments

    def _assignment(self, number: int, item: Block, agencies: tuple[Agency, ...]) -> Assignment | None:
        unit, colon, topic = (part.strip() for part in item.text.partition(":"))
        if not (unit and colon and topic):
            self._fault(item.line, Anchor.ASSIGNMENTS,
                        "Không đọc được phân công tham luận; cần viết \"Đơn vị: nội dung\".", item.text)
            return None
        if not has_letters(unit):
            self._fault(item.line, "unit",
                        f"Tên đơn vị \"{unit}\" không có chữ cái nào nên không đặt được tên tệp tham luận; "
                        "hãy ghi tên đơn vị bằng chữ.", unit)
            return None
        if item.number is not None and item.number != number:
            self._fault(item.line, "number",
                        f"Phân công được đánh số {item.number} nhưng trang web và bản in sẽ hiện số "
                        f"{number}; hãy đánh số liên tục từ 1.", item.text)
        return Assignment(number, unit, topic.rstrip("."), slug(unit), unit_deadline(unit, agencies),
                          self._place(item.line))

    def _report_repeats(self, assignments: Iterable[Assignment]) -> None:
        first: dict[str, Assignment] = {}
        for assignment in assignments:
            other = first.setdefault(assignment.slug, assignment)
            if other is not assignment:
                self._fault(
                    assignment.place.line, "twice", f"{assignment.unit} được phân công hai lần (trước đó ở dòng "
                                                    f"{other.place.line}); hãy gộp làm một.", assignment.slug)

    # --- Foot of the document ---
    def _recipients(self) -> tuple[str, ...]:
        block = self._block(Anchor.RECIPIENTS, "nơi nhận")
        items = [part for part in self._document.section(Anchor.RECIPIENTS) if part.kind is Kind.ITEM]
        if block and not items:
            self._fault(block.line, Anchor.RECIPIENTS, "Không đọc được nơi nhận; cần mỗi nơi nhận một gạch đầu dòng.")
        return _without_stops(item.text for item in items)

    def _signature(self) -> Signature:
        block = self._block(Anchor.SIGNATURE, "chức vụ và họ tên người ký")
        blocks = (block, *self._document.section(Anchor.SIGNATURE)) if block else ()
        lines = [line for part in blocks if part.kind is not Kind.NOTE for line in part.text.split("\n")]
        if block and len(lines) < 2:
            self._fault(block.line, Anchor.SIGNATURE,
                        "Không đọc được chữ ký; cần dòng chức vụ và dòng họ tên (xuống dòng bằng <br>).")
        return Signature(tuple(lines[:-1]), lines[-1] if lines else "")


def conference_time(text: str) -> ConferenceTime:
    """Parse a time such as "Tổ chức 1/2 ngày, dự kiến tuần 2 tháng 9/2034 (ngày cụ thể báo sau)."."""
    days, week, month = _DAYS.search(text), dates.IN_WEEK.search(text), dates.IN_MONTH.search(text)
    written = parse_written(text)
    day = find_short(text) or (written.complete if written else None)
    return ConferenceTime(
        text=text.rstrip("."),
        days=Fraction(days[1]) if days else None,
        provisional=schema.PROVISIONAL in text.lower(),
        year=day.year if day else int(month["year"]) if month else None,
        month=day.month if day else int(month["month"]) if month else None,
        week=int(week["week"]) if week else None,
        day=day,
    )


def unit_deadline(unit: str, agencies: Iterable[Agency]) -> date | None:
    """Return the deadline of the agency or group of agencies that a unit belongs to.

    The unit's own tasks come first, then those of the group whose name begins alike ("Ban Quản lý các huyện" for "Ban
    Quản lý huyện Mẫu"), then those of all agencies ("Các sở, ban, ngành").
    """
    agencies = tuple(agencies)
    own = next((agency for agency in agencies if fold(agency.name) == fold(unit)), None)
    if own:
        return own.deadline
    alike = [agency for agency in agencies if _begins_like(agency.name, unit)]
    together = [agency for agency in agencies if agency.name.startswith(f"{schema.COLLECTIVE} ")]
    group = max(alike, key=lambda agency: _common_words(agency.name, unit), default=together[0] if together else None)
    return group.deadline if group else None


def _begins_like(group: str, unit: str) -> bool:
    """Return whether the first three words are equal, or all words before "các" ("Công an các huyện").

    Two words would not distinguish "Ban Chỉ huy …" from "Ban Chỉ đạo …".
    """
    head, several, _ = group.partition(f" {schema.COLLECTIVE.lower()} ")
    return _common_words(group, unit) >= (min(3, len(head.split())) if several else 3)


def _without_stops(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(text.rstrip(";.") for text in texts)


def _common_words(one: str, other: str) -> int:
    count = 0
    for left, right in zip(fold(one).split(), fold(other).split(), strict=False):
        if left != right:
            break
        count += 1
    return count
