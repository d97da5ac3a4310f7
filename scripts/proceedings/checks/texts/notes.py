"""Rules on footnotes: each reference needs a definition, each definition a reference."""

from collections.abc import Iterator
from dataclasses import replace

from proceedings import schema
from proceedings.checks.engine.prose import Passage
from proceedings.checks.engine.registry import rule
from proceedings.conference.model import Conference
from proceedings.problems import Problem, Severity
from proceedings.text.source import Document


@rule("chu-thich-hong", Severity.BLOCKING)
def call_without_note(conference: Conference) -> Iterator[Problem]:
    """Dấu gọi chú thích không có lời chú thích, hoặc một tên chú thích có hai lời.

    Dấu gọi không có lời thì hiện nguyên chữ trên trang và bản in; tên có hai lời thì chỉ lời sau hiện ra. Tên của chú
    thích không có dấu cách.

    Sai: trong bài có dấu gọi `[^2]` mà cuối tệp chỉ có `[^1]: Số liệu năm 2034.`
    Đúng: thêm dòng `[^2]: Không tính cơ sở tư nhân.` ở cuối tệp, hoặc xóa dấu gọi.
    """
    for document in conference.documents.values():
        if "[^" in document.text or "^[" in document.text:
            yield from _unanswered(conference, document)
            yield from _repeated(conference, document)


def _unanswered(conference: Conference, document: Document) -> Iterator[Problem]:
    for block in document.blocks:
        words = Passage(document, block.line, block.prose)
        for found in schema.ANY_NOTE_CALL.finditer(block.prose):
            place = conference.place(document.path, words.line_of(found))
            if found[0].startswith("^"):
                yield replace(place.problem(f"{found[0]} sẽ hiện nguyên chữ; muốn có chú thích, hãy viết dấu gọi như "
                                            "[^1] và lời chú thích ở dòng \"[^1]: …\" cuối tệp."),
                              severity=Severity.ADVISORY)
            elif " " in found[0]:
                yield place.problem(f"Tên của chú thích không có dấu cách, nên {found[0]} sẽ hiện nguyên chữ; hãy viết "
                                    f"{found[0].replace(' ', '-')} ở dấu gọi và ở đầu dòng của lời chú thích.")
            else:
                yield place.problem(f"Dấu gọi {found[0]} không có lời chú thích nên sẽ hiện nguyên chữ; hãy thêm dòng "
                                    f"\"{found[0]}: …\" ở cuối tệp, hoặc xóa dấu gọi.")


def _repeated(conference: Conference, document: Document) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for note in document.notes:
        if first.setdefault(note.name, note.line) != note.line:
            yield conference.place(document.path, note.line).problem(
                f"Chú thích [^{note.name}] đã có ở dòng {first[note.name]}, nên chỉ một lời hiện ra; hãy đặt tên khác "
                "cho một lời và cho dấu gọi của lời đó.")


@rule("chu-thich-thua", Severity.ADVISORY)
def note_without_call(conference: Conference) -> Iterator[Problem]:
    """Lời chú thích mà không chỗ nào trong bài gọi đến; lời đó hiện ở cuối bài, không biết thuộc về chữ nào.

    Sai: cuối tệp có `[^2]: Không tính cơ sở tư nhân.` mà trong bài không có dấu gọi `[^2]`.
    Đúng: đặt dấu gọi `[^2]` sát sau chữ cần chú thích, hoặc xóa lời chú thích.
    """
    for document in conference.documents.values():
        for note in document.notes:
            if not note.called:
                yield conference.place(document.path, note.line).problem(
                    f"Chú thích [^{note.name}] không được gọi ở chỗ nào; hãy đặt dấu gọi [^{note.name}] sát sau chữ "
                    "cần chú thích, hoặc xóa lời chú thích này.")
