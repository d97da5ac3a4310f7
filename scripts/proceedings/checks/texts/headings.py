"""Rules on headings and numbering, in the form of administrative documents: I, then 1, then a)."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from proceedings import schema
from proceedings.checks.engine.advice import KEPT, remedy_in
from proceedings.checks.engine.registry import InPlan, rule
from proceedings.checks.engine.walk import ALL, RUNNING, THE_PLAN, Text
from proceedings.checks.texts.numbering import Mark, Series, mark_of, misnumbered
from proceedings.problems import Edit, Problem, Severity
from proceedings.schema import BLANK
from proceedings.text.source import Block, Kind

_FORMS = {Series.ROMAN: "số La Mã và dấu chấm (I., II.)", Series.NUMBER: "số và dấu chấm (1., 2.)",
          Series.LETTER: "chữ cái và dấu ngoặc (a), b))"}
_STOPS = frozenset(".;:,")
_AS_TYPED = re.compile(r"\d/|[A-ZĐ]{2}[a-zđ]|[a-zđ][A-ZĐ]|^\W*(?:[kcm]?m[²³]?|k?g|ha)\W*$")


# --- Levels -------------------------------------------------------------------------
@rule("de-muc-cap-mot", Severity.BLOCKING, ALL)
def titles_missing_or_surplus(texts: Iterable[Text]) -> Iterator[Problem]:
    """Tham luận có đề mục một dấu `#`, hoặc trang khác không có đúng một đề mục như thế ở đầu.

    Tên của tham luận lấy từ Kế hoạch; thêm một đề mục `#` thì tên hiện hai lần. Trang khác lấy tên từ đề mục `#`.

    Sai: `# THAM LUẬN` ở đầu tham luận; báo cáo có hai dòng `#`.
    Đúng: tham luận bắt đầu từ đề mục `##`; báo cáo có một dòng `# Báo cáo sơ kết` ở đầu.
    """
    for text in texts:
        headings = [block for block in text.blocks if block.kind is Kind.HEADING]
        titles = [block for block in headings if block.level == 1]
        if schema.is_speech(text.path) or text.path == schema.SPEECH_TEMPLATE:
            for title in titles:
                yield text.at(title.line).problem(
                    f"Tên của bài lấy từ Kế hoạch; hãy bỏ dòng \"# {title.text}\" hoặc viết thành đề mục \"##\".",
                    title.text, kind="untitled")
            continue
        if not titles and text.path != schema.HOME and not text.document.unread:
            yield text.at(text.document.front_matter_lines + 1).problem(
                "Trang này chưa có tên; hãy thêm một dòng \"# Tên trang\" ở đầu trang.", kind="missing")
        elif titles and titles[0] is not headings[0]:
            yield text.at(titles[0].line).problem(
                f"Tên trang phải đứng trước mọi đề mục; hãy chuyển dòng \"# {titles[0].text}\" lên đầu trang.",
                titles[0].text, kind="late")
        for title in titles[1:]:
            yield text.at(title.line).problem(
                f"Trang này đã có tên ở dòng {titles[0].line}; hãy viết dòng này thành \"## {title.text}\".",
                title.text, kind="second", proposed=f"## {title.text}")


@rule("de-muc-nhay-cap", Severity.BLOCKING, ALL)
def level_skipped(texts: Iterable[Text]) -> Iterator[Problem]:
    """Đề mục nhảy cấp: dưới đề mục `##` là `####` mà không có `###`.

    Mục lục, dấu trang của tệp PDF và máy đọc màn hình dựa vào cấp của đề mục.

    Sai: `## II. KẾT QUẢ` rồi đến `#### a) Về cơ sở`.
    Đúng: `## II. KẾT QUẢ`, `### 1. Phục vụ bạn đọc`, rồi mới đến `#### a) Về cơ sở`.
    """
    for text in texts:
        start = Block(Kind.HEADING, 1, "", level=1)  # speech files have no title of their own
        for above, heading in pairwise((start, *(block for block in text.blocks if block.kind is Kind.HEADING))):
            if heading.level > above.level + 1:
                yield text.at(heading.line).problem(
                    f"Đề mục này nhảy từ cấp {above.level} xuống cấp {heading.level}; hãy thêm "
                    f"đề mục còn thiếu ở trên, hoặc viết \"{'#' * (above.level + 1)} {heading.text}\".", heading.text)


# --- Numbers --------------------------------------------------------------------------
@rule("danh-so-de-muc", Severity.BLOCKING, RUNNING, plan=InPlan.LEFT_OUT)
def misnumbered_heading(texts: Iterable[Text]) -> Iterator[Problem]:
    """Số của đề mục bị nhảy, bị lặp hoặc không theo thứ tự.

    Thứ tự của điểm theo bảng chữ cái tiếng Việt: a, b, c, d, đ, e, g, h, i, k, l, m, n, o, p, q, r, s, t, u, v, x, y.

    Sai: `## I.`, `## III.`; `#### d)`, `#### e)`.
    Đúng: `## I.`, `## II.`; `#### d)`, `#### đ)`, `#### e)`.
    """
    yield from _misnumbered(texts, Kind.HEADING, "đề mục")


@rule("danh-so-doan", Severity.ADVISORY, RUNNING, plan=InPlan.LEFT_OUT)
def misnumbered_paragraph(texts: Iterable[Text]) -> Iterator[Problem]:
    r"""Số ở đầu đoạn văn bị nhảy, bị lặp hoặc không theo thứ tự.

    Sai: `1\. Về tổ chức`, `3\. Về kinh phí`; `d) …`, `e) …`.
    Đúng: `1\. Về tổ chức`, `2\. Về kinh phí`; `d) …`, `đ) …`, `e) …`.
    """
    yield from _misnumbered(texts, Kind.PARAGRAPH, "đoạn")


def _misnumbered(texts: Iterable[Text], kind: Kind, name: str) -> Iterator[Problem]:
    """Yield problems for blocks of a kind with wrong numbers; the plan's numbers have a separate rule."""
    for text in texts:
        for fault in misnumbered(text.blocks):
            if fault.block.kind is kind:
                yield text.at(fault.block.line).problem(
                    f"{name.capitalize()} này ghi \"{fault.found}\" nhưng theo thứ tự là \"{fault.expected}\"; hãy "
                    f"đánh lại số hoặc bổ sung {name} còn thiếu.", fault.block.text, proposed=fault.expected)


@rule("danh-so-ke-hoach", Severity.ADVISORY, THE_PLAN)
def misnumbered_plan(texts: Iterable[Text]) -> Iterator[Problem]:
    """Số của một mục, khoản hoặc điểm trong Kế hoạch bị nhảy, bị lặp hoặc không theo thứ tự.

    Kế hoạch giữ nguyên văn; chỉ sửa khi cơ quan ban hành đồng ý.

    Sai: "III. THỜI GIAN", "V. TỔ CHỨC THỰC HIỆN".
    Đúng: "III. THỜI GIAN", "IV. TỔ CHỨC THỰC HIỆN".
    """
    for text in texts:
        for fault in misnumbered(text.blocks):
            yield text.at(fault.block.line).problem(
                f"Số \"{fault.found}\" không đúng thứ tự; {KEPT} sửa thành \"{fault.expected}\".", fault.block.text,
                proposed=fault.expected)


# --- Form -------------------------------------------------------------------------------
@rule("de-muc-sai-dang", Severity.ADVISORY, RUNNING)
def malformed_heading(texts: Iterable[Text]) -> Iterator[Problem]:
    """Đề mục không viết theo dạng của cấp mình.

    Mục: số La Mã, chữ in hoa; khoản: số thường; điểm: chữ cái và ngoặc đơn. Cuối đề mục không có dấu chấm.

    Sai: `## I. Đặc điểm tình hình`, `### 1) Kết quả.`, `#### a. Về cơ sở`.
    Đúng: `## I. ĐẶC ĐIỂM TÌNH HÌNH`, `### 1. Kết quả`, `#### a) Về cơ sở`.
    """
    for text in texts:
        headings = [(block, mark_of(block.text)) for block in text.blocks
                    if block.kind is Kind.HEADING and block.level > 1]
        top = _top_level(headings)
        for block, mark in headings:
            form = _form(block, mark, top)
            if form.faults:
                first, *more = form.faults.values()
                reasons = "; ".join((first, *(f"{reason[0].lower()}{reason[1:]}" for reason in more)))
                line = f"viết \"{form.right}\"" if form.right else ""
                remedy = " rồi ".join(filter(None, (line, form.left)))
                yield text.at(block.line).problem(
                    f"{reasons}; {remedy_in(text)} {remedy}.", block.text, kind=" ".join(form.faults),
                    proposed=form.right, edits=() if form.left else _line_edit(text, block, form.right))


class _Form(NamedTuple):
    """Faults in the form of a heading: a reason for each kind.

    `right` is the right line, or "" if unknown; `left` is the part that only the author can correct.
    """

    faults: Mapping[str, str]
    right: str = ""
    left: str = ""


def _form(block: Block, mark: Mark | None, top: int) -> _Form:
    faults, left = dict[str, str](), ""
    name = mark.rest if mark else block.text
    number = typed = block.text[:len(block.text) - len(name)].rstrip()
    level = mark.series + top if mark and not mark.prefix else block.level
    if mark and level != block.level:
        faults["level"] = f"Đề mục đánh bằng {_FORMS[mark.series]} không để ở cấp này"
    if mark and mark.place and not mark.prefix and typed != mark.written(mark.place):
        number = mark.written(mark.place)
        if not faults:
            faults["number"] = f"Đề mục ở cấp này đánh bằng {_FORMS[mark.series]}"
    bare = name.rstrip(f" {''.join(_STOPS)}") if name[-1:] in _STOPS else name
    if not bare:
        return _Form({"stop": "Cuối đề mục không có dấu"}, left="ghi tên đề mục")
    words = BLANK.sub("", bare)
    if mark and mark.series is Series.ROMAN and words != _raised(words):
        faults["capitals"] = "Tên mục viết chữ in hoa"
        bare = _raised(bare)
    elif mark and mark.series is not Series.ROMAN and len(words.split()) > 2 and words.isupper():
        faults["small letters"] = "Tên khoản, tên điểm viết chữ thường, trừ chữ đầu và tên riêng"
        # Which words are names is unknown.
        left = "đổi tên sang chữ thường" if len(faults) > 1 or bare != name else "sửa lại"
    if name[-1:] in _STOPS:
        faults["stop"] = "Cuối đề mục không có dấu"
    line = " ".join(filter(None, ("#" * level, number, bare)))
    return _Form(faults, "" if left == "sửa lại" else line, left)


def _line_edit(text: Text, block: Block, right: str) -> tuple[Edit, ...]:
    """Return the correction of a heading's line; none if its text contains markup."""
    line = text.lines[block.line - 1]
    found = re.match(rf"#{{{block.level}}}[ \t]+{re.escape(block.text)}(?=[ \t]*(?:#|\{{|<!--|$))", line)
    return (Edit(block.line, 0, found.end(), right),) if found else ()


def _top_level(headings: Sequence[tuple[Block, Mark | None]]) -> int:
    """Return the level of headings with Roman numbers; if there are none, the level they would have."""
    levels = [(mark.series is not Series.ROMAN, block.level - mark.series)
              for block, mark in headings if mark and not mark.prefix]
    return min(levels, key=lambda each: each[0], default=(False, 0))[1]


def _raised(words: str) -> str:
    """Return the text in capitals, except units, document numbers and mixed-case words ("VNeID")."""
    return re.sub(r"\S+", lambda word: word[0] if _AS_TYPED.search(word[0]) else word[0].upper(), words)
