"""Rules on the table of reviewers."""

from collections.abc import Iterator

from proceedings import schema
from proceedings.checks.engine.registry import rule
from proceedings.conference.model import Conference
from proceedings.conference.reviewers import table
from proceedings.problems import Problem, Severity


@rule("nguoi-duyet-sai", Severity.ADVISORY)
def unread_reviewers(conference: Conference) -> Iterator[Problem]:
    """Một dòng của bảng người duyệt không đọc được nên không nhắc được ai.

    Sai: `| so-y-te | Nguyễn Văn A |` (không phải tên tệp, không phải tài khoản).
    Đúng: `| tham-luan/so-y-te.md | nguyen-van-a |`; cột đầu là tên đơn vị, tên tệp, tên thư mục hoặc `con-lai`.
    """
    # Without a plan no unit is known, which another rule reports.
    for row in table(conference) if conference.plan.assignments else ():
        if row.path is None:
            yield row.place.problem(
                f'Không có đơn vị, tệp hay thư mục "{row.named}"; hãy ghi đúng tên đơn vị trong Kế hoạch, tên tệp, '
                f'tên thư mục có dấu / ở cuối, hoặc "{schema.REST}".', row.named, kind="path")
        if row.unread:
            yield row.place.problem(f'"{row.unread[0]}" không phải tên tài khoản; hãy ghi tên đăng nhập kho tài liệu, '
                                    "nhiều người thì ngăn bằng dấu ;.", row.unread[0])
