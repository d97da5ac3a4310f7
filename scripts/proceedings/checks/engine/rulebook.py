"""The guide's page of rules, generated from the rules."""

import re

from proceedings.checks import all_rules
from proceedings.checks.engine.registry import CHECKS, ELSEWHERE, InPlan
from proceedings.problems import Rule, Severity

# The subject of each module's rules, in the order in which editors meet them.
GROUPS = {
    "": "Đọc tệp",
    "secrecy": "Bí mật nhà nước",
    "credentials": "Mật khẩu và khóa",
    "docs_files": "Tệp và ảnh",
    "speech_files": "Bài tham luận",
    "markup": "Chữ và bảng",
    "notes": "Chú thích",
    "characters": "Ký tự",
    "glyphs": "Ký tự không in được",
    "legacy": "Bảng mã cũ",
    "spelling": "Từ ngữ",
    "names": "Tên gọi",
    "abbreviations": "Chữ viết tắt",
    "citation_register": "Văn bản viện dẫn và bảng văn bản",
    "citation_form": "Cách viện dẫn",
    "days": "Ngày tháng",
    "numbers": "Số",
    "headings": "Đề mục",
    "lists": "Danh sách",
    "links": "Liên kết và ảnh trong bài",
    "sheets": "Khổ giấy",
    "plan_form": "Căn cứ, nơi nhận, kết thúc",
    "length": "Độ dài bài nói",
    "timetable": "Chương trình",
    "register_rows": "Bảng chủ đề",
    "reviewer_table": "Người duyệt",
    "exemptions": "Ngoại lệ",
    "final": "Trước khi in chính thức",
}
_CASE = re.compile(r"^(Sai|Đúng): ", re.MULTILINE)


def rulebook() -> str:
    """Return all rules as Markdown with their ids as anchors: text, severity, wrong and right examples."""
    return "\n".join(line for name, title in GROUPS.items() for line in (
        f"## {title}\n", *(_section(rule) for rule in all_rules() if _module(rule) == name)))


def _module(rule: Rule) -> str:
    """Return the module of a rule, or "" if it belongs to reading."""
    return ELSEWHERE[rule] if rule in ELSEWHERE else CHECKS[rule.id].find.__module__.rpartition(".")[2]


def _section(rule: Rule) -> str:
    summary, _, rest = rule.text.partition("\n")
    rest = _CASE.sub(r"\n**\1:** ", rest)  # wrong and right examples are paragraphs
    return f"### {summary.removesuffix('.')} {{#{rule.id}}}\n\n`{rule.id}` · {_weight(rule)}\n{rest}\n"


def _weight(rule: Rule) -> str:
    check = CHECKS.get(rule.id)
    weight = "phải sửa" if rule.severity is Severity.BLOCKING else "nên xem lại"
    if not check:
        return weight
    asked = "chỉ xét bài đã nộp" if check.scope and check.scope.delivered else ""
    plan = {InPlan.LEFT_OUT: "" if asked else "không xét Kế hoạch", InPlan.ADVISED: "trong Kế hoạch chỉ nhắc",
            InPlan.LIKE_OTHERS: "và Kế hoạch" if asked else ""}[check.plan]
    return ", ".join(filter(None, (
        "phải xong trước khi in chính thức" if check.final else weight, f"{asked} {plan}".strip())))
