"""Rules on headings and numbering, in the form of administrative documents: I, then 1, then a)."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from proceedings import schema
from proceedings.checks.engine.advice import KEPT, remedy_at
from proceedings.checks.engine.prose import printed
from proceedings.checks.engine.registry import rule
from proceedings.checks.texts.numbering import Mark, Series, mark_of, misnumbered
from proceedings.conference.model import Conference
from proceedings.conference.reading import is_speech
from proceedings.problems import Problem, Severity
from proceedings.schema import BLANK
from proceedings.text.source import Block, Document, Kind

_NO_TEXTS = (schema.AGENDA, schema.CITED_DOCUMENTS, schema.ABBREVIATIONS)
_FORMS = {Series.ROMAN: "số La Mã và dấu chấm (I., II.)", Series.NUMBER: "số và dấu chấm (1., 2.)",
          Series.LETTER: "chữ cái và dấu ngoặc (a), b))"}
_STOPS = frozenset(".;:,")
_AS_TYPED = re.compile(r"\d/|[A-ZĐ]{2}[a-zđ]|[a-zđ][A-ZĐ]|^\W*(?:[kcm]?m[²³]?|k?g|ha)\W*$")


# --- Levels -------------------------------------------------------------------------
@rule("de-muc-cap-mot", Severity.BLOCKING)
def titles_missing_or_surplus(conference: Conference) -> Iterator[Problem]:
    """Tham luận có đề mục một dấu `#`, hoặc trang khác không có đúng một đề mục như thế ở đầu.

    Tên của tham luận lấy từ Kế hoạch; thêm một đề mục `#` thì tên hiện hai lần. Trang khác lấy tên từ đề mục `#`.

    Sai: `# THAM LUẬN` ở đầu tham luận; báo cáo có hai dòng `#`.
    Đúng: tham luận bắt đầu từ đề mục `##`; báo cáo có một dòng `# Báo cáo sơ kết` ở đầu.
    """
    for path, document in conference.documents.items():
        headings = [block for block in document.blocks if block.kind is Kind.HEADING]
        titles = [block for block in headings if block.level == 1]
        if _is_untitled(path):
            for title in titles:
                yield conference.place(path, title.line).problem(
                    f"Tên của bài lấy từ Kế hoạch; hãy bỏ dòng \"# {title.text}\" hoặc viết thành đề mục \"##\".")
            continue
        if not titles and path != schema.HOME and not document.unread:
            yield conference.place(path, document.front_matter_lines + 1).problem(
                "Trang này chưa có tên; hãy thêm một dòng \"# Tên trang\" ở đầu trang.")
        elif titles and titles[0] is not headings[0]:
            yield conference.place(path, titles[0].line).problem(
                f"Tên trang phải đứng trước mọi đề mục; hãy chuyển dòng \"# {titles[0].text}\" lên đầu trang.")
        for title in titles[1:]:
            yield conference.place(path, title.line).problem(
                f"Trang này đã có tên ở dòng {titles[0].line}; hãy viết dòng này thành \"## {title.text}\".")


@rule("de-muc-nhay-cap", Severity.BLOCKING)
def level_skipped(conference: Conference) -> Iterator[Problem]:
    """Đề mục nhảy cấp: dưới đề mục `##` là `####` mà không có `###`.

    Mục lục, dấu trang của tệp PDF và máy đọc màn hình dựa vào cấp của đề mục.

    Sai: `## II. KẾT QUẢ` rồi đến `#### a) Về cơ sở`.
    Đúng: `## II. KẾT QUẢ`, `### 1. Phục vụ bạn đọc`, rồi mới đến `#### a) Về cơ sở`.
    """
    for path, document in conference.documents.items():
        start = Block(Kind.HEADING, 1, "", level=1)  # the title of a speech stands in no file
        for above, heading in pairwise((start, *(block for block in document.blocks if block.kind is Kind.HEADING))):
            if heading.level > above.level + 1:
                yield conference.place(path, heading.line).problem(
                    f"Đề mục này nhảy từ cấp {above.level} xuống cấp {heading.level}; hãy thêm "
                    f"đề mục còn thiếu ở trên, hoặc viết \"{'#' * (above.level + 1)} {heading.text}\".")


# --- Numbers --------------------------------------------------------------------------
@rule("danh-so-de-muc", Severity.BLOCKING)
def misnumbered_heading(conference: Conference) -> Iterator[Problem]:
    """Số của đề mục bị nhảy, bị lặp hoặc không theo thứ tự.

    Thứ tự của điểm theo bảng chữ cái tiếng Việt: a, b, c, d, đ, e, g, h, i, k, l, m, n, o, p, q, r, s, t, u, v, x, y.

    Sai: `## I.`, `## III.`; `#### d)`, `#### e)`.
    Đúng: `## I.`, `## II.`; `#### d)`, `#### đ)`, `#### e)`.
    """
    yield from _misnumbered(conference, Kind.HEADING, "đề mục")


@rule("danh-so-doan", Severity.ADVISORY)
def misnumbered_paragraph(conference: Conference) -> Iterator[Problem]:
    r"""Số ở đầu đoạn văn bị nhảy, bị lặp hoặc không theo thứ tự.

    Sai: `1\. Về tổ chức`, `3\. Về kinh phí`; `d) …`, `e) …`.
    Đúng: `1\. Về tổ chức`, `2\. Về kinh phí`; `d) …`, `đ) …`, `e) …`.
    """
    yield from _misnumbered(conference, Kind.PARAGRAPH, "đoạn")


def _misnumbered(conference: Conference, kind: Kind, name: str) -> Iterator[Problem]:
    """The blocks of a kind, called so, whose numbers are out of order; the plan's have a rule of their own."""
    for document in printed(conference, but=(*_NO_TEXTS, schema.PLAN)):
        for fault in misnumbered(document.blocks):
            if fault.block.kind is kind:
                yield conference.place(document.path, fault.block.line).problem(
                    f"{name.capitalize()} này ghi \"{fault.found}\" nhưng theo thứ tự là \"{fault.expected}\"; hãy "
                    f"đánh lại số hoặc bổ sung {name} còn thiếu.")


@rule("danh-so-ke-hoach", Severity.ADVISORY)
def misnumbered_plan(conference: Conference) -> Iterator[Problem]:
    """Số của một mục, khoản hoặc điểm trong Kế hoạch bị nhảy, bị lặp hoặc không theo thứ tự.

    Kế hoạch giữ nguyên văn; chỉ sửa khi cơ quan ban hành đồng ý.

    Sai: "III. THỜI GIAN", "V. TỔ CHỨC THỰC HIỆN".
    Đúng: "III. THỜI GIAN", "IV. TỔ CHỨC THỰC HIỆN".
    """
    document = conference.documents.get(schema.PLAN)
    for fault in misnumbered(document.blocks) if document else ():
        yield conference.place(schema.PLAN, fault.block.line).problem(
            f"Số \"{fault.found}\" không đúng thứ tự; {KEPT} sửa thành \"{fault.expected}\".")


# --- Form -------------------------------------------------------------------------------
@rule("de-muc-sai-dang", Severity.ADVISORY)
def malformed_heading(conference: Conference) -> Iterator[Problem]:
    """Đề mục không viết theo dạng của cấp mình.

    Mục: số La Mã, chữ in hoa; khoản: số thường; điểm: chữ cái và ngoặc đơn. Cuối đề mục không có dấu chấm.

    Sai: `## I. Đặc điểm tình hình`, `### 1) Kết quả.`, `#### a. Về cơ sở`.
    Đúng: `## I. ĐẶC ĐIỂM TÌNH HÌNH`, `### 1. Kết quả`, `#### a) Về cơ sở`.
    """
    for document in printed(conference, but=_NO_TEXTS):
        advice = remedy_at(document.path)
        for block, reason, right in _malformed(document):
            remedy = f"viết \"{right}\"" if right else "sửa lại"
            yield conference.place(document.path, block.line).problem(f"{reason}; {advice} {remedy}.")


def _malformed(document: Document) -> Iterator[tuple[Block, str, str]]:
    """The headings whose form is not that of their level, with what is wrong and the right line or ""."""
    headings = [(block, mark_of(block.text)) for block in document.blocks
                if block.kind is Kind.HEADING and block.level > 1]
    top = _top_level(headings)
    for block, mark in headings:
        level = mark.series + top if mark and not mark.prefix else block.level
        if mark and level != block.level:
            yield block, f"Đề mục đánh bằng {_FORMS[mark.series]} không để ở cấp này", f"{'#' * level} {block.text}"
            continue
        for reason, text in _faults_of(block.text, mark):
            yield block, reason, text and f"{'#' * level} {text}"


def _top_level(headings: Sequence[tuple[Block, Mark | None]]) -> int:
    """Return the level of headings with Roman numbers; if there are none, the level they would have."""
    levels = [(mark.series is not Series.ROMAN, block.level - mark.series)
              for block, mark in headings if mark and not mark.prefix]
    return min(levels, key=lambda each: each[0], default=(False, 0))[1]


def _faults_of(text: str, mark: Mark | None) -> Iterator[tuple[str, str]]:
    """What is wrong with the text of a heading beside its level, and the right text or ""."""
    name = mark.rest if mark else text
    words = BLANK.sub("", name)
    typed = text[:len(text) - len(name)].rstrip()
    if mark and mark.place and not mark.prefix and typed != mark.written(mark.place):
        yield f"Đề mục ở cấp này đánh bằng {_FORMS[mark.series]}", f"{mark.written(mark.place)} {name}"
    elif mark and mark.series is Series.ROMAN and words != _raised(words):
        yield "Tên mục viết chữ in hoa", f"{typed} {_raised(name)}"
    elif mark and mark.series is not Series.ROMAN and len(words.split()) > 2 and words.isupper():
        yield "Tên khoản, tên điểm viết chữ thường, trừ chữ đầu và tên riêng", ""  # which words are names
    elif text[-1:] in _STOPS:
        yield "Cuối đề mục không có dấu", text.rstrip(f" {''.join(_STOPS)}")


def _raised(words: str) -> str:
    """Return the text in capitals, except units, document numbers and mixed-case words ("VNeID")."""
    return re.sub(r"\S+", lambda word: word[0] if _AS_TYPED.search(word[0]) else word[0].upper(), words)


def _is_untitled(path: str) -> bool:
    return is_speech(path) or path == schema.SPEECH_TEMPLATE
