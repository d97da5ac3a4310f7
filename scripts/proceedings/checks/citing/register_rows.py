"""Rules that compare registers with the documents."""

from collections.abc import Iterator

from proceedings.checks.engine.registry import rule
from proceedings.conference.mentions import absent_themes
from proceedings.conference.model import Conference
from proceedings.problems import Problem, Severity


@rule("chu-de-khong-co", Severity.ADVISORY)
def absent_theme(conference: Conference) -> Iterator[Problem]:
    """Chủ đề trong bảng chủ đề không có trong tài liệu nào của Hội nghị.

    Sai: dòng `| Công tác mẫu | công tác mẫu |` khi không bài nào viết "công tác mẫu".
    Đúng: ghi thêm những cách viết mà các bài dùng, ngăn nhau bằng dấu ";", hoặc bỏ dòng đó.
    """
    for theme in absent_themes(conference):
        yield theme.place.problem(f"Chủ đề \"{theme.name}\" không có trong tài liệu nào của Hội nghị; "
                                  "hãy ghi thêm từ ngữ mà các bài dùng hoặc bỏ dòng này.", theme.name)
