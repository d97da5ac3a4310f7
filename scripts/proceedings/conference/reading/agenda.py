"""Reading of the agenda's front matter: durations are given, times are computed."""

import re
from collections.abc import Mapping, Sequence

from proceedings import schema
from proceedings.conference.model import Agenda, Plan, Slot, Speech
from proceedings.conference.reading import faults as rules
from proceedings.conference.reading import fields as read
from proceedings.conference.reading.faults import Faults
from proceedings.problems import Place
from proceedings.text.front_matter import Fields, Items, Value
from proceedings.text.source import Document

DEFAULT_MINUTES = 10
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:h]([0-5]\d)")
_RANGE = re.compile(r"(\d{1,3})(?:\s*-\s*(\d{1,3}))?")


def speech_minutes(document: Document | None) -> int:
    """Return the default duration of a speech in minutes."""
    given = read.minutes(document.front_matter, schema.AGENDA_DEFAULT_MINUTES) if document else None
    return given or DEFAULT_MINUTES


def read_agenda(document: Document | None, place: Place, plan: Plan, speeches: Mapping[str, Speech],
                faults: Faults) -> Agenda:
    """Return the agenda; an empty one if there is no document."""
    if document is None:
        return Agenda(0, 0, (), place)
    return _AgendaReader(document, place, plan, tuple(speeches.values()), rules.about(document, faults)).agenda()


class _AgendaReader:
    def __init__(self, document: Document, place: Place, plan: Plan, speeches: Sequence[Speech],
                 faults: Faults) -> None:
        self._fields = document.front_matter
        self._path = place.path
        self._plan = plan
        self._speeches = speeches
        self._faults = faults
        self._placed: set[str] = set()

    def agenda(self) -> Agenda:
        start = self._clock(schema.AGENDA_START)
        end = self._clock(schema.AGENDA_END)
        slots: list[Slot] = []
        for item in self._items():
            slots += self._slots(item, slots[-1].end if slots else start)
        place = Place(self._path, self._fields.line_of(schema.AGENDA_ITEMS))
        left = [speech for speech in self._speeches if speech.slug not in self._placed]
        if left:
            names = ", ".join(f"{speech.number} ({speech.unit})" for speech in left)
            self._fault(place.line, "left out",
                        f"Chương trình chưa xếp chỗ cho tham luận số {names}; "
                        f"hãy thêm một mục có \"{schema.ITEM_SPEECHES}: {schema.REST}\".", names)
        return Agenda(start, end, tuple(slots), place)

    def _fault(self, line: int, kind: str, message: str, written: str = "") -> None:
        self._faults.add(rules.AGENDA, Place(self._path, line), message, written, kind=kind)

    def _clock(self, key: str) -> int:
        text = self._fields.text(key)
        match = _CLOCK.fullmatch(text)
        if match:
            return int(match[1]) * 60 + int(match[2])
        self._fault(self._fields.line_of(key), "clock", f"Không đọc được giờ ở khóa \"{key}\"; cần viết như 7:30.",
                    f"{key}: {text}")
        return 0

    def _items(self) -> tuple[Fields, ...]:
        value: Value | None = self._fields.get(schema.AGENDA_ITEMS)
        if not isinstance(value, Items) or not value.items:
            self._fault(self._fields.line_of(schema.AGENDA_ITEMS), "empty",
                        f"Chương trình không có mục nào; cần khóa \"{schema.AGENDA_ITEMS}\" gồm các mục gạch đầu dòng.")
            return ()
        for item in value.items:
            if not isinstance(item, Fields):
                self._fault(item.line, "no fields",
                            f"Mỗi mục chương trình cần có \"{schema.ITEM_TITLE}: …\" và số phút.")
        return tuple(item for item in value.items if isinstance(item, Fields))

    def _slots(self, item: Fields, start: int) -> list[Slot]:
        place = Place(self._path, item.line)
        read.check(item, place, schema.AGENDA_ITEM_KEYS, self._faults)
        title = item.text(schema.ITEM_TITLE)
        if not title:
            self._fault(item.line, "no title",
                        f"Mục chương trình thiếu \"{schema.ITEM_TITLE}\"; hãy ghi việc sẽ tiến hành.")
        if item.get(schema.ITEM_SPEECHES) is not None:
            return self._speech_slots(item, title, start)
        minutes = read.minutes(item, schema.ITEM_MINUTES)
        if minutes is None and not item.text(schema.ITEM_MINUTES):
            self._fault(item.line, "no minutes", f"Mục \"{title}\" cần \"{schema.ITEM_MINUTES}\" (số phút) "
                                                 f"hoặc \"{schema.ITEM_SPEECHES}\" (tham luận nào).", title)
        return [Slot(start, start + (minutes or 0), title, self._by(item), "", place)]

    def _speech_slots(self, item: Fields, title: str, start: int) -> list[Slot]:
        if item.text(schema.ITEM_MINUTES):
            self._fault(item.line_of(schema.ITEM_MINUTES), "minutes of speeches",
                        f"Mục \"{title}\" gồm các tham luận nên số phút được tính từ từng bài; hãy bỏ "
                        f"\"{schema.ITEM_MINUTES}\", hoặc sửa \"{schema.AGENDA_DEFAULT_MINUTES}\".", title)
        slots = [Slot(start, start, title, self._by(item), "", Place(self._path, item.line))]
        for speech in self._chosen(item):
            if speech.slug in self._placed:
                self._fault(item.line, "twice",
                            f"Tham luận số {speech.number} ({speech.unit}) xếp hai lần; hãy bỏ một chỗ.", speech.slug)
                continue
            self._placed.add(speech.slug)
            begin = slots[-1].end
            slots.append(Slot(begin, begin + speech.minutes, speech.topic, speech.unit, speech.slug, slots[0].place))
        return slots

    def _chosen(self, item: Fields) -> list[Speech]:
        text = item.text(schema.ITEM_SPEECHES)
        if text == schema.REST:
            return [speech for speech in self._speeches if speech.slug not in self._placed]
        match = _RANGE.fullmatch(text)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        highest = max((speech.number for speech in self._speeches), default=0)
        if not 1 <= first <= last <= highest:
            self._fault(item.line_of(schema.ITEM_SPEECHES), "which speeches",
                        f"Không đọc được \"{schema.ITEM_SPEECHES}: {text}\"; cần một số, một khoảng như 1-7 trong "
                        f"phạm vi 1-{highest}, hoặc \"{schema.REST}\".", text)
            return []
        return [speech for speech in self._speeches if first <= speech.number <= last]

    def _by(self, item: Fields) -> str:
        by = item.text(schema.ITEM_BY)
        if by == schema.BY_CHAIR and self._plan.chair:
            return f"{schema.HONORIFIC} {self._plan.chair.name}"
        return self._plan.standing_agency if by == schema.BY_STANDING_AGENCY else by
