"""Rules on speech files: presence, file names, status."""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from proceedings import schema
from proceedings.checks.engine.registry import rule
from proceedings.conference.model import Blank, Conference, Delivery
from proceedings.conference.reading import is_speech
from proceedings.problems import Place, Problem, Severity
from proceedings.schema import Status
from proceedings.text.slugs import nearest, slug
from proceedings.text.source import Document

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
            yield conference.place(path).problem(f"Thiếu trang bắt buộc {path}; hãy tạo lại tệp này.")


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
                f"{assignment.unit} chưa có bài; hãy tạo {schema.SPEECH_FOLDER}/{assignment.slug}.md từ tệp mẫu.")


@rule("sai-ten-tep", Severity.BLOCKING)
def misnamed_speech(conference: Conference) -> Iterator[Problem]:
    """Tên tệp tham luận không phải tên đơn vị viết thường, không dấu, nối bằng gạch ngang.

    Sai: `tham-luan/So_Mau.md`, `tham-luan/Sở Mẫu.md`.
    Đúng: `tham-luan/so-mau.md`.
    """
    for path, name in misnamed_files(conference).items():
        yield conference.place(path).problem(f"Tên tệp không đúng quy ước; hãy đổi tên thành {name}.md.")


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
        if stem not in conference.speeches and path not in misnamed and not _unreadable(conference, path):
            near = nearest(stem, known)
            hint = f"có phải là {near}.md? Nếu không, " if near else ""
            yield conference.place(path).problem(
                f"Kế hoạch không phân công đơn vị nào ứng với tệp này; {hint}hãy thêm "
                f"\"{schema.OUTSIDE_PLAN}: {schema.YES}\", \"{schema.UNIT}\" và \"{schema.TOPIC}\" vào phần đầu tệp.")


@rule("con-cho-trong", Severity.BLOCKING)
def delivered_with_blanks(conference: Conference) -> Iterator[Problem]:
    """Bài ghi là đã nộp hoặc đã duyệt nhưng còn chỗ trống `[…]`.

    Sai: `trang-thai: da-duyet` mà trong bài còn "[…] đơn vị".
    Đúng: điền nốt chỗ trống, hoặc đặt lại `trang-thai: de-cuong`.
    """
    for document, delivery, blanks in _texts(conference):
        if blanks and delivery.status is not Status.OUTLINE:
            lines = ", ".join(str(blank.line) for blank in blanks[:8]) + (", …" if len(blanks) > 8 else "")
            yield _at(conference, document, schema.STATUS).problem(
                f"Trạng thái là \"{delivery.status}\" nhưng bài còn {len(blanks)} chỗ trống […] (dòng {lines}); "
                f"hãy điền nốt hoặc đặt lại \"{Status.OUTLINE}\".")


@rule("thieu-thong-tin", Severity.BLOCKING)
def delivered_without_facts(conference: Conference) -> Iterator[Problem]:
    """Bài đã nộp hoặc đã duyệt nhưng chưa ghi người trình bày hoặc ngày nộp.

    Sai: `trang-thai: da-nop` với `ngay-nop:` để trống.
    Đúng: `ngay-nop: 05/6/2024`, `nguoi-trinh-bay: Nguyễn Văn A`.
    """
    for document, delivery, _ in _texts(conference):
        if delivery.status is Status.OUTLINE:
            continue
        for key, value in ((schema.PRESENTER, delivery.presenter), (schema.DELIVERED_ON, delivery.delivered_on)):
            if not value and not document.front_matter.text(key):
                yield _at(conference, document, schema.STATUS).problem(
                    f"Trạng thái là \"{delivery.status}\" nhưng chưa ghi \"{key}\"; hãy điền vào phần đầu tệp.")


@rule("de-cuong-da-nop", Severity.BLOCKING)
def outline_with_delivery_date(conference: Conference) -> Iterator[Problem]:
    """Bài còn là đề cương nhưng đã ghi ngày nộp.

    Sai: `trang-thai: de-cuong` cùng với `ngay-nop: 05/6/2024`.
    Đúng: bỏ trống `ngay-nop`, hoặc đổi thành `trang-thai: da-nop` khi đã nhận bài.
    """
    for document, delivery, _ in _texts(conference):
        if delivery.delivered_on and document.front_matter.text(schema.STATUS) == Status.OUTLINE:
            yield _at(conference, document, schema.DELIVERED_ON).problem(
                f"Bài còn là đề cương nhưng đã ghi \"{schema.DELIVERED_ON}\"; hãy bỏ trống ngày nộp hoặc đổi trạng "
                f"thái thành \"{Status.DELIVERED}\".")


def _texts(conference: Conference) -> Iterator[tuple[Document, Delivery, tuple[Blank, ...]]]:
    if conference.report:
        yield conference.report.document, conference.report.delivery, conference.report.blanks
    for speech in conference.speeches.values():
        yield speech.document, speech.delivery, speech.blanks


def _at(conference: Conference, document: Document, key: str) -> Place:
    return conference.place(document.path, document.front_matter.line_of(key))


def _speech_files(conference: Conference) -> Iterator[str]:
    return (path for path in (*conference.documents, *sorted(conference.files)) if is_speech(path))


def _unreadable(conference: Conference, path: str) -> bool:
    """Return whether the front matter is unreadable, so that the file's unit is unknown."""
    document = conference.documents.get(path)
    return bool(document and (document.front_matter_error or document.unread))


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
