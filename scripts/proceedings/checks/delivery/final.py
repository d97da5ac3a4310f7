"""Rules that apply only to the final print; drafts may leave these points open."""

from collections.abc import Iterable, Iterator

from proceedings import schema
from proceedings.checks.engine.registry import rule
from proceedings.checks.engine.walk import VOLUME, Text
from proceedings.conference.model import Conference
from proceedings.problems import MOST_LINES, Place, Problem, Severity, in_lines
from proceedings.schema import Anchor, Status
from proceedings.text.language.dates import parse_written


@rule("chua-duyet", Severity.BLOCKING, VOLUME, final=True)
def not_approved(texts: Iterable[Text]) -> Iterator[Problem]:
    """Bài chưa được duyệt nên chưa in được bản chính thức.

    Sai: in chính thức khi một bài còn `trang-thai: da-nop`.
    Đúng: duyệt xong từng bài, đặt `trang-thai: da-duyet`, rồi mới in chính thức.
    """
    for text in texts:
        if text.entry and text.entry.delivery.status is not Status.APPROVED:
            yield text.at_key(schema.STATUS).problem(
                f"Bài mới ở trạng thái \"{text.entry.delivery.status.label}\"; hãy duyệt bài và đặt "
                f"\"{schema.STATUS}: {Status.APPROVED}\" trước khi in chính thức.")


@rule("cho-trong-khi-in", Severity.BLOCKING, VOLUME, final=True)
def blank_in_print(texts: Iterable[Text]) -> Iterator[Problem]:
    """Tài liệu trong kỷ yếu còn chỗ trống `[…]` khi in chính thức.

    Sai: in chính thức khi trong bài còn "[…] đơn vị".
    Đúng: điền nốt hoặc bỏ chỗ trống.
    """
    for text in texts:
        blanks = [text.at(number) for number, line in enumerate(text.lines, 1) if schema.BLANK.search(line)]
        if blanks:
            yield blanks[0].problem(
                f"Còn chỗ trống […] ở {in_lines(place.line for place in blanks)}; hãy điền nốt trước khi in chính "
                "thức.", others=blanks[1:MOST_LINES], count=len(blanks))


@rule("ke-hoach-chua-ban-hanh", Severity.BLOCKING, final=True)
def plan_not_issued(conference: Conference) -> Iterator[Problem]:
    """Kế hoạch chưa có số hoặc chưa đủ ngày ban hành khi in chính thức.

    Sai: `Số: /KH-BTC`, `…, ngày tháng 5 năm 2035`.
    Đúng: `Số: 12/KH-BTC`, `…, ngày 05 tháng 5 năm 2035`.
    """
    letterhead = conference.plan.letterhead
    if not letterhead.number:
        yield _at_plan(conference, Anchor.NUMBER).problem(
            "Kế hoạch chưa có số; hãy ghi số đã ban hành trước khi in chính thức.", kind="number")
    if not letterhead.issued_on.complete:
        yield _at_plan(conference, Anchor.ISSUED_ON).problem(
            "Kế hoạch chưa đủ ngày, tháng, năm ban hành; hãy ghi đủ trước khi in chính thức.")


@rule("ma-ket-de-trong", Severity.BLOCKING, final=True)
def backdrop_without_day(conference: Conference) -> Iterator[Problem]:
    """Ma kết còn để trống ngày hoặc tháng khi in chính thức.

    Sai: dòng cuối của ma kết là `…, ngày tháng 7 năm 2035`.
    Đúng: `…, ngày 05 tháng 7 năm 2035`.
    """
    day = parse_written(conference.plan.backdrop.footer)
    if day and not day.complete:
        yield _at_plan(conference, Anchor.BACKDROP).problem(
            "Dòng cuối của ma kết chưa đủ ngày, tháng; hãy ghi đủ trước khi in chính thức.")


@rule("thieu-so-ban-in", Severity.BLOCKING, final=True)
def copies_undecided(conference: Conference) -> Iterator[Problem]:
    """Chưa ghi số bản cần in vào `extra.copies` của `mkdocs.yml`.

    Sai: `copies:` để trống, `copies: khoảng 100`.
    Đúng: `copies: 120`.
    """
    if conference.settings and conference.copies is None:
        lines = enumerate(conference.settings.lines, 1)
        line = next((number for number, text in lines if text.strip().startswith("copies:")), 1)
        yield Place(conference.settings.path, line).problem(
            "Chưa có số bản in; hãy ghi một số nguyên vào \"copies\" trong mục \"extra\" trước khi in chính thức.")


def _at_plan(conference: Conference, anchor: Anchor) -> Place:
    document = conference.documents.get(schema.PLAN)
    block = document.at(anchor) if document else None
    return conference.place(schema.PLAN, block.line if block else 1)
