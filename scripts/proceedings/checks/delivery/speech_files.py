"""Rules on speech files: presence, file names, status."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from proceedings import schema
from proceedings.checks.engine.registry import InPlan, rule
from proceedings.checks.engine.walk import DELIVERED, VOLUME, Text
from proceedings.conference.model import Conference, Delivery
from proceedings.problems import MOST_LINES, Problem, Severity, in_lines
from proceedings.schema import Status
from proceedings.text.slugs import nearest, slug

_REQUIRED_PAGES = (schema.HOME, schema.PLAN, schema.AGENDA, schema.REPORT, schema.SPEECH_INDEX, schema.PROGRESS,
                   schema.CITED_DOCUMENTS, schema.ABBREVIATIONS)


@rule("thieu-trang", Severity.BLOCKING)
def missing_page(conference: Conference) -> Iterator[Problem]:
    """Thiếu một trang bắt buộc của bộ tài liệu.

    Sai: không có `bao-cao.md`.
    Đúng: có đủ trang chủ, kế hoạch, chương trình, báo cáo, tham luận, tiến độ và hai bảng ở phụ lục.
    """
    for path in _REQUIRED_PAGES:
        if path not in conference.documents:
            yield conference.place(path).problem(f"Thiếu trang bắt buộc {path}; hãy tạo lại tệp này.", path)


@rule("thieu-tham-luan", Severity.BLOCKING)
def missing_speech(conference: Conference) -> Iterator[Problem]:
    """Đơn vị được kế hoạch phân công nhưng chưa có tệp tham luận.

    Sai: kế hoạch phân công Sở Mẫu mà không có `tham-luan/so-mau.md`.
    Đúng: chép tệp mẫu `bien-tap/mau-tham-luan.md` thành tệp đó, để trạng thái `de-cuong` cho đến khi nhận bài.
    """
    misnamed = misnamed_files(conference).values()
    for assignment in conference.plan.assignments:
        if assignment.slug not in conference.speeches and assignment.slug not in misnamed:
            yield assignment.place.problem(
                f"{assignment.unit} chưa có bài; hãy tạo {schema.SPEECH_FOLDER}/{assignment.slug}.md từ tệp mẫu.",
                assignment.slug)


@rule("sai-ten-tep", Severity.BLOCKING)
def misnamed_speech(conference: Conference) -> Iterator[Problem]:
    """Tên tệp tham luận không phải tên đơn vị viết thường, không dấu, nối bằng gạch ngang.

    Sai: `tham-luan/So_Mau.md`, `tham-luan/Sở Mẫu.md`.
    Đúng: `tham-luan/so-mau.md`.
    """
    for path, name in misnamed_files(conference).items():
        yield conference.place(path).problem(f"Tên tệp không đúng quy ước; hãy đổi tên thành {name}.md.",
                                             proposed=f"{name}.md")


@rule("khong-co-don-vi", Severity.BLOCKING)
def speech_of_no_unit(conference: Conference) -> Iterator[Problem]:
    """Tệp trong thư mục tham luận không ứng với đơn vị nào của kế hoạch.

    Sai: `tham-luan/so-khac.md` khi kế hoạch không phân công Sở Khác.
    Đúng: sửa tên tệp; hoặc nếu là tham luận ngoài kế hoạch thì thêm `ngoai-phan-cong: co`, `don-vi` và `noi-dung`.
    """
    known = {assignment.slug for assignment in conference.plan.assignments}
    misnamed = misnamed_files(conference)
    for path in _speech_files(conference) if known else ():  # a plan without units is reported by another rule
        stem = PurePosixPath(path).stem
        document = conference.documents.get(path)
        unknown = document and (document.front_matter_error or document.unread)  # the unit can't be read
        if stem not in conference.speeches and path not in misnamed and not unknown:
            near = nearest(stem, known)
            hint = f"có phải là {near}.md? Nếu không, " if near else ""
            yield conference.place(path).problem(
                f"Kế hoạch không phân công đơn vị nào ứng với tệp này; {hint}hãy thêm "
                f"\"{schema.OUTSIDE_PLAN}: {schema.YES}\", \"{schema.UNIT}\" và \"{schema.TOPIC}\" vào phần đầu tệp.")


@rule("con-cho-trong", Severity.BLOCKING, DELIVERED, plan=InPlan.LEFT_OUT)
def delivered_with_blanks(texts: Iterable[Text]) -> Iterator[Problem]:
    """Bài ghi là đã nộp hoặc đã duyệt nhưng còn chỗ trống `[…]`.

    Sai: `trang-thai: da-duyet` mà trong bài còn "[…] đơn vị".
    Đúng: điền nốt chỗ trống, hoặc đặt lại `trang-thai: de-cuong`.
    """
    for text in texts:
        if text.entry and text.entry.blanks:
            blanks, status = [text.at(blank.line) for blank in text.entry.blanks], text.entry.delivery.status
            lines = in_lines((place.line for place in blanks[:MOST_LINES]), len(blanks))
            yield text.at_key(schema.STATUS).problem(
                f"Trạng thái là \"{status}\" nhưng bài còn {len(blanks)} chỗ trống […] ({lines}); hãy điền nốt hoặc "
                f"đặt lại \"{Status.OUTLINE}\".", others=blanks[:MOST_LINES], count=len(blanks))


@rule("thieu-thong-tin", Severity.BLOCKING, DELIVERED, plan=InPlan.LEFT_OUT)
def delivered_without_facts(texts: Iterable[Text]) -> Iterator[Problem]:
    """Bài đã nộp hoặc đã duyệt nhưng chưa ghi người trình bày hoặc ngày nộp.

    Sai: `trang-thai: da-nop` với `ngay-nop:` để trống.
    Đúng: `ngay-nop: 05/6/2024`, `nguoi-trinh-bay: Nguyễn Văn A`.
    """
    for text, delivery in _deliveries(texts):
        for key, value in ((schema.PRESENTER, delivery.presenter), (schema.DELIVERED_ON, delivery.delivered_on)):
            if not value and not text.document.front_matter.text(key):
                yield text.at_key(schema.STATUS).problem(
                    f"Trạng thái là \"{delivery.status}\" nhưng chưa ghi \"{key}\"; hãy điền vào phần đầu tệp.", key)


@rule("de-cuong-da-nop", Severity.BLOCKING, VOLUME)
def outline_with_delivery_date(texts: Iterable[Text]) -> Iterator[Problem]:
    """Bài còn là đề cương nhưng đã ghi ngày nộp.

    Sai: `trang-thai: de-cuong` cùng với `ngay-nop: 05/6/2024`.
    Đúng: bỏ trống `ngay-nop`, hoặc đổi thành `trang-thai: da-nop` khi đã nhận bài.
    """
    for text, delivery in _deliveries(texts):
        if delivery.delivered_on and text.document.front_matter.text(schema.STATUS) == Status.OUTLINE:
            yield text.at_key(schema.DELIVERED_ON).problem(
                f"Bài còn là đề cương nhưng đã ghi \"{schema.DELIVERED_ON}\"; hãy bỏ trống ngày nộp hoặc đổi trạng "
                f"thái thành \"{Status.DELIVERED}\".")


def _deliveries(texts: Iterable[Text]) -> Iterator[tuple[Text, Delivery]]:
    return ((text, text.entry.delivery) for text in texts if text.entry)


def _speech_files(conference: Conference) -> Iterator[str]:
    return (path for path in (*conference.documents, *sorted(conference.files)) if schema.is_speech(path))


def misnamed_files(conference: Conference) -> Mapping[str, str]:
    """Map the paths of misnamed speech files to the right slugs."""
    known = {assignment.slug for assignment in conference.plan.assignments}
    found = {}
    for path in _speech_files(conference):
        stem = PurePosixPath(path).stem
        speech = conference.speeches.get(stem)
        if speech and not speech.assigned and slug(speech.unit) not in ("", stem):
            found[path] = slug(speech.unit)
        elif not speech and PurePosixPath(path).name != f"{slug(stem)}.md" and slug(stem) in known:
            found[path] = slug(stem)
    return found
