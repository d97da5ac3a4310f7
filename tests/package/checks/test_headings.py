"""Headings and numbers: regular texts, and the exact messages for faults."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proceedings import checks
from proceedings.checks.texts.numbering import misnumbered
from proceedings.conference.model import Conference
from proceedings.conference.reading import Reading
from proceedings.problems import Problem
from proceedings.text.source import parse

SPEECH, PLAN, HOME = "tham-luan/truong-cao-dang-doc-sach.md", "ke-hoach.md", "index.md"
RULES = {"de-muc-cap-mot", "de-muc-nhay-cap", "danh-so-de-muc", "danh-so-doan", "danh-so-ke-hoach", "de-muc-sai-dang"}


def _found(conference: Conference, text: str, path: str = SPEECH) -> list[Problem]:
    conference = replace(conference, documents={**conference.documents, path: parse(path, text)})
    return [problem for problem in checks.check(Reading(conference, ()))
            if problem.rule in RULES and problem.path == f"docs/{path}"]


def _order(text: str) -> list[tuple[str, str]]:
    return [(fault.found, fault.expected) for fault in misnumbered(parse("a.md", text.replace("\n", "\n\n")).blocks)]


# --- Numbers ------------------------------------------------------------------------
@pytest.mark.parametrize("text", [
    "## I. A\n## II. B\n## III. C\n## IV. D\n## V. E\n## VI. F\n## VII. G\n## VIII. H\n## IX. I\n## X. K\n## XI. L",
    "\n".join(f"#### {letter}) A" for letter in "abcdđeghiklmnopqrstuvxy"),
    "## I. A\n### 1. B\n### 2. C\n#### a) D\n#### b) E\n## II. F\n### 1. G\n#### a) H",
    "## I. A\n### 1. B\n### 2. C\n## II. D\n### 3. E\n### 4. F\n## III. G\n### 5. H",  # continued numbers
    "## I. A\n1\\. B\n2\\. C\n### 3. D\n#### a) E\n#### b) F\n### 4. G",  # paragraphs among headings
    "## I. A\n## II. B\n### 1. C\n### 2. D\n3\\. E\n### 4. F\n5\\. G\n6\\. H",
    "## I. A\n### 1. B\n1\\. C\n2\\. D\n3\\. E\n### 2. F\n1\\. G\n2\\. H",  # paragraphs below headings
    "## I. A\n1\\. B\n2\\. C\n### 1. D\n### 2. E",  # a list before the headings
    "## I. A\n1\\. B\n2\\. C\n## II. D\n3\\. E\n## III. F\n4\\. G\n5\\. H",  # paragraphs continued through parts
    "### 1. A\n### 2. B\n1\\. C\n3\\. D\n1\\. E\n2\\. F",
    "1\\. A\na) B\nb) C\n2\\. D\na) E\nb) F\nc) G\nd) H\nđ) I",
    "1\\. A\n2\\. B\nXen giữa.\n1\\. C\n2\\. D",  # two series in succession
    "## I. A\n### 1.1. B\n### 1.2. C\n### 2.1. D\n### 2.2. E",
    "## A. A\n### I. B\n### II. C\n## B. D\n### I. E\n### II. F", "## I. A\n## Kết luận\n## II. B",
    "## B. A\n## I. B\n## II. C\n## C. D\n## I. E",
    "V. I. Lênin viết: sách là lửa.", "12.500 bản sách.", "1.5 triệu đồng.", "2034 là năm đẹp.", "15/6 là hạn.",
    "I không phải số.", "Xin chào.", "5 lớp học, 3 khóa.",
])
def test_right_order_is_no_fault(text: str) -> None:
    assert _order(text) == []


@pytest.mark.parametrize(("text", "faults"), [
    ("## I. A\n## III. B\n## IV. C", [("III.", "II.")]),  # a missing number is reported once
    ("## I. A\n## II. B\n## II. C\n## III. D", [("II.", "III.")]),
    ("## II. A\n## III. B", [("II.", "I.")]),
    ("## I. A\n1\\. B\n2\\. C\n## II. D\n4\\. E", [("4.", "3.")]),
    ("## I. A\n1\\. B\n## II. C\n1\\. D\n## III. E\n2\\. F", [("2.", "1.")]),
    ("#### a) A\n#### b) B\n#### c) C\n#### d) D\n#### e) E\n#### f) F\n#### g) G", [("e)", "đ)"), ("f)", "e)")]),
    ("#### a) A\n#### c) B\n#### d) C", [("c)", "b)")]),
    ("#### i) A", [("i)", "a)")]), ("#### a) A\n#### w) B\n#### c) C", [("w)", "b)")]),
    ("## I. A\n### 1. B\n### 2. C\n## II. D\n### 3. E\n## III. F\n### 1. G", [("3.", "1.")]),  # restarts elsewhere
    ("## I. A\n## 1. B\n## 2. C\n## II. D\n## 2. E", [("2.", "1.")]),
    ("### 1.1. A\n### 1.3. B", [("1.3.", "1.2.")]), ("### 1.2 A", [("1.2", "1.1.")]),
    ("## XXXIX. A", [("XXXIX.", "I.")]),
    ("1\\. A\n1\\. B", [("1.", "2.")]), ("1\\. A\n3\\. B\n4\\. C", [("3.", "2.")]), ("2\\. A", [("2.", "1.")]),
    ("1\\. A\na) B\n2\\. C\nb) D", [("b)", "a)")]), ("1/ A\n3/ B", [("3/", "2.")]),
    ("d) A", [("d)", "a)")]),
])
def test_wrong_order_is_told_with_the_right_number(text: str, faults: list[tuple[str, str]]) -> None:
    assert _order(text) == faults


@given(st.lists(st.sampled_from(["## I. A", "## II. B", "## C. X", "### 1. C", "### 2. D", "#### a) E", "#### b) F",
                                 "Chữ.", "## H", "1\\. G", "2\\. H", "a) I", "đ) K", "### 1.1. L", "#### f) M",
                                 "99\\. N"])))
def test_any_headings_are_counted(lines: list[str]) -> None:
    for found, expected in _order("\n".join(lines)):
        assert found.rstrip(".)") != expected.rstrip(".)")


def test_the_plan_is_advised_and_other_texts_are_stopped(fabricated: Reading) -> None:
    text = fabricated.conference.documents[PLAN].text
    found, = _found(fabricated.conference, text.replace("## VI. ", "## VII. "), PLAN)
    assert (found.rule, found.severity.value) == ("danh-so-ke-hoach", "advisory")
    assert "Kế hoạch giữ nguyên văn" in found.message
    assert 'sửa thành "VI."' in found.message
    found, = _found(fabricated.conference, "## I. A\n\n## III. B\n")
    assert (found.rule, found.severity.value) == ("danh-so-de-muc", "blocking")


# --- Levels and form -------------------------------------------------------------------
@pytest.mark.parametrize("text", [
    "", "Chỉ có chữ.", "## I. KẾT QUẢ\n\n### 1. Kết quả\n\n#### a) Về xe\n\n## II. KIẾN NGHỊ",
    "## I. TÌNH HÌNH [… của tỉnh]\n\n### 1. [… tên nhóm việc]", "## I. CÔNG TÁC GIÁO DỤC 2034 (QUÝ I)",
    "## 1. Kết quả\n\n### a) Về xe\n\n## 2. Kiến nghị", "## Kết quả\n\n## Kiến nghị", "## Vì sao?\n\n## Còn nữa …",
    "## I. KẾT QUẢ\n\n### 1.1. Về xe\n\n### 1.2 Về sách\n\n#### 1.2.1. Sách cũ",
    "## A. KẾT QUẢ\n\n### I. VỀ XE\n\n#### 1. Xe lớn",
    "## I. KẾT QUẢ\n\n### 1. UBND\n\n### 2. Xe ĐA",
    "## I. THỰC HIỆN QUYẾT ĐỊNH SỐ 12/QĐ-TTg CỦA TỈNH", "## I. CẤP VNeID (5 km²)",
])
def test_headings_in_form_are_no_fault(fabricated: Reading, text: str) -> None:
    assert _found(fabricated.conference, text) == []


@pytest.mark.parametrize(("text", "right"), [
    ("## I. Kết quả", '"## I. KẾT QUẢ"'), ("## I) KẾT QUẢ", '"## I. KẾT QUẢ"'), ("## I – KẾT QUẢ", '"## I. KẾT QUẢ"'),
    ("## I. A\n\n### 1/ Xe", '"### 1. Xe"'), ("## I. A\n\n### 01. Xe", '"### 1. Xe"'),
    ("## I. A\n\n### 1. Xe:", '"### 1. Xe"'), ("## Kết luận.", '"## Kết luận"'),
    ("## I. A\n\n## 1. Xe", '"### 1. Xe"'), ("## 1. Xe\n\n## I. A", '"### 1. Xe"'),
    ("## I. A\n\n### II. B", '"## II. B"'),
    ("## I. A\n\n### 1. VỀ XE LỚN", "sửa lại."),
    ("## I. Thi hành VNeID", '"## I. THI HÀNH VNeID"'), ("## 1. Xe\n\n### a. Sách", '"### a) Sách"'),
])
def test_a_heading_out_of_form_is_told_with_the_right_line(fabricated: Reading, text: str, right: str) -> None:
    found, = (problem for problem in _found(fabricated.conference, text) if problem.rule == "de-muc-sai-dang")
    assert right in found.message


def test_titles_are_asked_where_they_belong(fabricated: Reading) -> None:
    conference = fabricated.conference
    assert [problem.line for problem in _found(conference, "# A\n\n## B\n\n# C")] == [1, 5]
    assert _found(conference, "Chào.", HOME) == []
    assert [problem.line for problem in _found(conference, "---\nten-ngan: A\n---\nChữ.", "bien-tap/moi.md")] == [4]
    assert [problem.line for problem in _found(conference, "# A\n\n## B\n\n# C", "bien-tap/moi.md")] == [5]
    assert "đứng trước" in _found(conference, "## A\n\n# B", "bien-tap/moi.md")[0].message
    assert _found(conference, "Chữ trước.\n\n# A\n\n## B", "bien-tap/moi.md") == []


def test_a_level_is_skipped_downwards_only(fabricated: Reading) -> None:
    assert _found(fabricated.conference, "## I. A\n\n### 1. B\n\n#### a) C\n\n## II. D") == []
    found, = _found(fabricated.conference, "## I. A\n\n#### Về xe\n")
    assert (found.rule, found.line) == ("de-muc-nhay-cap", 3)
    assert '"### Về xe"' in found.message
