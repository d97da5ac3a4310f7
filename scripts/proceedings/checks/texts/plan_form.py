"""Rules on the plan's punctuation. The plan is kept verbatim, so all of them are advisory."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from proceedings.checks.engine.advice import KEPT
from proceedings.checks.engine.registry import InPlan, rule
from proceedings.checks.engine.walk import RUNNING, THE_PLAN, Text
from proceedings.problems import Problem, Severity
from proceedings.schema import Anchor
from proceedings.text.source import Block, Document, Kind

_END = "./."
STOPS = " .;:,/"
# What may follow the end of a text: recipients, signatures, annexes.
_BEHIND_END = ("Nơi nhận", "Phụ lục", "PHỤ LỤC", "TM.", "KT.", "TL.", "TUQ.", "Q.")


@rule("can-cu-dau-cau", Severity.ADVISORY, THE_PLAN)
def unpunctuated_bases(texts: Iterable[Text]) -> Iterator[Problem]:
    """Căn cứ của Kế hoạch không kết thúc bằng dấu chấm phẩy, căn cứ cuối không kết thúc bằng dấu chấm hoặc dấu phẩy.

    Sai: "Căn cứ Nghị định số 12/2034/NĐ-CP về việc mẫu." khi còn căn cứ khác ở dưới.
    Đúng: "Căn cứ Nghị định số 12/2034/NĐ-CP về việc mẫu;".
    """
    for text in texts:
        bases = _bases(text.document)
        for block in bases:
            right = "." if block is bases[-1] else ";"
            if not block.text.endswith((right, ",") if block is bases[-1] else right):
                yield text.at(block.line).problem(
                    f"Căn cứ này cần kết thúc bằng dấu \"{right}\"; {KEPT} sửa {replacement(block.text, right)}.",
                    block.text)


@rule("noi-nhan-dau-cau", Severity.ADVISORY, THE_PLAN)
def unpunctuated_recipients(texts: Iterable[Text]) -> Iterator[Problem]:
    """Nơi nhận của Kế hoạch: mỗi dòng kết thúc bằng dấu chấm phẩy, dòng cuối kết thúc bằng dấu chấm.

    Sai: "- Thường trực Tỉnh ủy", "- Lưu: VT;".
    Đúng: "- Thường trực Tỉnh ủy;", "- Lưu: VT.".
    """
    for text in texts:
        section = takewhile(lambda block: block.anchor != Anchor.SIGNATURE, text.document.section(Anchor.RECIPIENTS))
        items = [block for block in section if block.kind is Kind.ITEM]
        for block in items:
            right = "." if block is items[-1] else ";"
            if not block.text.endswith(right):
                yield text.at(block.line).problem(
                    f"Dòng này của nơi nhận cần kết thúc bằng dấu \"{right}\"; {KEPT} sửa "
                    f"{replacement(block.text, right)}.", block.text)


@rule("ket-thuc-ke-hoach", Severity.ADVISORY, THE_PLAN)
def plan_not_ended(texts: Iterable[Text]) -> Iterator[Problem]:
    """Dấu "./." của Kế hoạch không đặt một lần ở cuối đoạn kết thúc.

    Sai: đoạn kết thúc là "… nghiêm túc triển khai thực hiện." không có "./.".
    Đúng: đoạn kết thúc là "… nghiêm túc triển khai thực hiện./.".
    """
    for text in texts:
        closing = text.document.at(Anchor.CLOSING)
        if closing and not closing.text.endswith(_END):
            yield text.at(closing.line).problem(
                f"Đoạn kết thúc chưa có dấu \"{_END}\"; {KEPT} sửa {replacement(closing.text, _END)}.", closing.text)
        for block in _misplaced(text.blocks, closing) if closing else ():
            yield text.at(block.line).problem(
                f"Dấu \"{_END}\" chỉ đặt một lần ở cuối văn bản; {KEPT} sửa dấu ở dòng này thành dấu \".\".",
                block.text, kind="misplaced")


@rule("ket-thuc-bai", Severity.ADVISORY, RUNNING, plan=InPlan.LEFT_OUT)
def text_ended_early(texts: Iterable[Text]) -> Iterator[Problem]:
    """Dấu "./." đặt ở giữa bài hoặc đặt nhiều lần; dấu này chỉ đặt một lần, sau chữ cuối cùng của bài.

    Bài không dùng dấu này thì không xét. Nơi nhận, chữ ký và phụ lục đứng sau dấu này.

    Sai: "Trên đây là tham luận của đơn vị./.", rồi còn "Xin trân trọng cảm ơn!".
    Đúng: "Trên đây là tham luận của đơn vị." rồi "Xin trân trọng cảm ơn./.".
    """
    for text in texts:
        body = list(takewhile(lambda block: not block.text.startswith(_BEHIND_END),
                              (block for block in text.blocks if block.kind is not Kind.NOTE)))
        for block in _misplaced(text.blocks, body[-1]) if body else ():
            remedy = "" if body[-1].text.endswith(_END) else f", rồi đặt \"{_END}\" ở cuối dòng {body[-1].line}"
            yield text.at(block.line).problem(
                f"Dấu \"{_END}\" chỉ đặt một lần, ở cuối bài; hãy thay dấu ở dòng này bằng dấu \".\"{remedy}.",
                block.text)


def _bases(document: Document) -> Sequence[Block]:
    first, enacting = document.at(Anchor.BASES), document.at(Anchor.ENACTING)
    if not first or not enacting:
        return ()
    return [block for block in document.blocks
            if first.line <= block.line < enacting.line and block.kind is not Kind.NOTE]


def _misplaced(blocks: Sequence[Block], last: Block) -> Iterator[Block]:
    """Yield blocks that contain the sign that ends a text, other than at the end of the last block."""
    return (block for block in blocks
            if _END in (block.prose.removesuffix(_END) if block is last else block.prose))


def replacement(text: str, right: str) -> str:
    """Return the last words of a text, and the same words with the right ending."""
    words = " ".join(text.split()[-3:])
    return f"\"{words}\" thành \"{words.rstrip(STOPS)}{right}\""
