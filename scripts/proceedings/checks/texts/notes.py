"""Rules on footnotes: each reference needs a definition, each definition a reference."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from proceedings import schema
from proceedings.checks.engine.registry import rule
from proceedings.checks.engine.walk import ALL, Text
from proceedings.problems import Problem, Severity


@rule("chu-thich-hong", Severity.BLOCKING, ALL)
def call_without_note(texts: Iterable[Text]) -> Iterator[Problem]:
    """Dấu gọi chú thích không có lời chú thích, hoặc một tên chú thích có hai lời.

    Dấu gọi không có lời thì hiện nguyên chữ trên trang và bản in; tên có hai lời thì chỉ lời sau hiện ra. Tên của chú
    thích không có dấu cách.

    Sai: trong bài có dấu gọi `[^2]` mà cuối tệp chỉ có `[^1]: Số liệu năm 2034.`
    Đúng: thêm dòng `[^2]: Không tính cơ sở tư nhân.` ở cuối tệp, hoặc xóa dấu gọi.
    """
    for text in texts:
        if "[^" in text.markdown or "^[" in text.markdown:
            yield from _unanswered(text)
            yield from _repeated(text)


def _unanswered(text: Text) -> Iterator[Problem]:
    for passage in text.body:
        for found in schema.ANY_NOTE_CALL.finditer(passage.words):
            place = text.at(passage.line_of(found))
            if found[0].startswith("^"):
                yield replace(place.problem(f"{found[0]} sẽ hiện nguyên chữ; muốn có chú thích, hãy viết dấu gọi như "
                                            "[^1] và lời chú thích ở dòng \"[^1]: …\" cuối tệp.", found[0]),
                              severity=Severity.ADVISORY)
            elif " " in found[0]:
                yield place.problem(f"Tên của chú thích không có dấu cách, nên {found[0]} sẽ hiện nguyên chữ; hãy viết "
                                    f"{found[0].replace(' ', '-')} ở dấu gọi và ở đầu dòng của lời chú thích.",
                                    found[0])
            else:
                yield place.problem(f"Dấu gọi {found[0]} không có lời chú thích nên sẽ hiện nguyên chữ; hãy thêm dòng "
                                    f"\"{found[0]}: …\" ở cuối tệp, hoặc xóa dấu gọi.", found[0])


def _repeated(text: Text) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for note in text.document.notes:
        if first.setdefault(note.name, note.line) != note.line:
            yield text.at(note.line).problem(
                f"Chú thích [^{note.name}] đã có ở dòng {first[note.name]}, nên chỉ một lời hiện ra; hãy đặt tên khác "
                "cho một lời và cho dấu gọi của lời đó.", note.name, kind="twice")


@rule("chu-thich-thua", Severity.ADVISORY, ALL)
def note_without_call(texts: Iterable[Text]) -> Iterator[Problem]:
    """Lời chú thích mà không chỗ nào trong bài gọi đến; lời đó hiện ở cuối bài, không biết thuộc về chữ nào.

    Sai: cuối tệp có `[^2]: Không tính cơ sở tư nhân.` mà trong bài không có dấu gọi `[^2]`.
    Đúng: đặt dấu gọi `[^2]` sát sau chữ cần chú thích, hoặc xóa lời chú thích.
    """
    for text in texts:
        for note in text.document.notes:
            if not note.called:
                yield text.at(note.line).problem(
                    f"Chú thích [^{note.name}] không được gọi ở chỗ nào; hãy đặt dấu gọi [^{note.name}] sát sau chữ "
                    "cần chú thích, hoặc xóa lời chú thích này.", note.name)
