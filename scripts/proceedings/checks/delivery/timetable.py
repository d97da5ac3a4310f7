"""Rules on the agenda's times."""

from collections.abc import Iterator

from proceedings.checks.engine.registry import rule
from proceedings.conference.model import Conference
from proceedings.problems import Problem, Severity
from proceedings.text.clock import clock


@rule("qua-gio", Severity.BLOCKING)
def agenda_too_long(conference: Conference) -> Iterator[Problem]:
    """Chương trình kéo dài quá giờ kết thúc.

    Sai: bắt đầu 7:30, kết thúc 11:30 nhưng các mục cộng lại 260 phút.
    Đúng: giảm số phút của các mục hoặc của mỗi tham luận (`phut-tham-luan`) cho đến khi vừa 240 phút.
    """
    agenda = conference.agenda
    over = agenda.ends - agenda.end
    if agenda.slots and agenda.end and over > 0:
        yield agenda.place.problem(
            f"Chương trình kết thúc lúc {clock(agenda.ends)}, quá giờ {clock(agenda.end)} là {over} phút; "
            "hãy bớt số phút của các mục hoặc của mỗi tham luận.", count=over)
