"""Rules on the form of citations (Decree 30/2020): notation, full at first mention, short afterwards."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from proceedings.checks.citing.citation_register import (
    Register,
    by_number,
    full_forms,
    known_citations,
    own_number,
    passages_with,
    typed_as,
)
from proceedings.checks.citing.cited_subjects import Agreement, Following, following
from proceedings.checks.engine.advice import write_instead
from proceedings.checks.engine.registry import rule
from proceedings.checks.engine.walk import BUT_REGISTERS, DELIVERED, Passage, Text
from proceedings.conference.citations import (
    LAWS,
    SHORT_KINDS,
    Citation,
    blank_numbers,
    citations,
    full_citation,
    number_key,
    short_citation,
    shortened,
)
from proceedings.conference.model import CitedDocument, Conference
from proceedings.problems import MOST_LINES, Problem, Severity, in_lines
from proceedings.text.slugs import fold

_ISSUING = re.compile(r"ban hành[^.;]{0,40}$")
_Mention = tuple[Passage, Citation, CitedDocument, Following]


# --- Notation ---------------------------------------------------------------------------------
@rule("vien-dan-sai-cach", Severity.ADVISORY, BUT_REGISTERS)
def citation_in_wrong_form(conference: Conference, texts: Iterable[Text]) -> Iterator[Problem]:
    """Cách viết viện dẫn chưa đúng: thiếu chữ "số", loại văn bản viết tắt hoặc viết thường, số và ký hiệu thiếu hay hở.

    Sai: "Nghị định 12/2034/NĐ-CP", "NĐ số 12/2034/NĐ-CP", "nghị định số 12/2034/NĐ-CP", "Nghị định 12/2034",
    "Nghị định số 12/2034/NĐ - CP"; bài đã nộp mà còn "số …/QĐ-UBND".
    Đúng: "Nghị định số 12/2034/NĐ-CP".
    """
    serials, reported = _by_serial(conference), set[tuple[str, str]]()
    for passage in passages_with(texts):
        text = passage.text
        for start, typed, right in _wrong_forms(passage, serials):
            if (text.path, typed) not in reported:
                reported.add((text.path, typed))
                yield passage.place.problem(
                    f"\"{typed}\" chưa đúng cách viện dẫn; {write_instead(text, right)}", typed, proposed=right,
                    edits=passage.edits(start, start + len(typed), right) if text.markdown.count(typed) == 1 else ())
        for blank in blank_numbers(passage.words) if text.delivered else ():
            if not blank.endswith(f"/{conference.plan.letterhead.symbol}"):
                yield passage.place.problem(f"\"{blank}\" còn để trống số văn bản; hãy điền số.", blank, kind="blank")


def _wrong_forms(passage: Passage, serials: Register) -> Iterator[tuple[int, str, str]]:
    """Yield position and text of each wrong form in the passage, with the right form."""
    for cited in citations(passage.words):
        typed, named = typed_as(passage, cited), cited.kind and not cited.listed
        if named and (not cited.announced or cited.kind in SHORT_KINDS or cited.kind[0].islower()):
            yield cited.start, typed, f"{cited.full_kind} số {cited.number}"
        elif cited.typed != cited.number:
            yield cited.start, typed, typed.replace(cited.typed, cited.number)
    for found in shortened(passage.words):
        meant = serials.get(f"{found.kind} {found.number}", ())
        if len(meant) == 1:
            yield passage.words.index(found.typed), found.typed, short_citation(meant[0])


def _by_serial(conference: Conference) -> Register:
    """Map kind and number without symbol ("Nghị định 21/2034", "Nghị định 21") to documents."""
    found: dict[str, tuple[CitedDocument, ...]] = {}
    for document in conference.cited_documents:
        serial, _, rest = number_key(document.number).partition("/")
        for number in {serial, f"{serial}/{rest[:4]}"} if rest[:4].isdigit() else {serial}:
            key = f"{document.kind} {number}"
            found[key] = (*found.get(key, ()), document)
    return found


# --- First and later mentions ---------------------------------------------------------------------
@rule("vien-dan-lan-dau", Severity.ADVISORY, DELIVERED)
def first_mention_not_full(conference: Conference, texts: Iterable[Text]) -> Iterator[Problem]:
    """Lần đầu viện dẫn một văn bản trong bài chưa ghi đủ ngày, cơ quan ban hành và trích yếu.

    Đề cương còn viết lại nên chưa nhắc. Luật, pháp lệnh chỉ cần tên.

    Sai: lần đầu đã viết ngay "Nghị định số 12/2034/NĐ-CP".
    Đúng: "Nghị định số 12/2034/NĐ-CP ngày 22/02/2034 của Chính phủ về thư viện", các lần sau viết ngắn.
    """
    for mentions in _mentions(conference, texts).values():
        passage, cited, document, said = mentions[0]
        # The subject of the sentence may be the issuer: "Sở đã ban hành Kế hoạch số …".
        issues = _ISSUING.search(passage.words, max(0, cited.start - 60), cited.start)
        lacking = {"ngày": not said.dated,
                   "cơ quan ban hành": said.issuer is Agreement.ABSENT and not issues,
                   "trích yếu": said.subject is Agreement.ABSENT}
        absent = [name for name, is_absent in lacking.items() if is_absent]
        if absent:
            right = full_citation(document)
            yield passage.place.problem(
                f"Lần đầu viện dẫn {short_citation(document)} trong bài còn thiếu {', '.join(absent)}; "
                f"{write_instead(passage.text, right)}", typed_as(passage, cited), proposed=right)


@rule("vien-dan-lan-sau", Severity.ADVISORY, DELIVERED)
def later_mention_in_full(conference: Conference, texts: Iterable[Text]) -> Iterator[Problem]:
    """Văn bản đã viện dẫn đầy đủ ở trên mà các lần sau vẫn ghi đủ ngày, cơ quan ban hành, trích yếu.

    Không tính tên gọi của Hội nghị và trích yếu của văn bản khác, là những chỗ phải chép nguyên.

    Sai: đoạn nào cũng viết "Nghị định số 12/2034/NĐ-CP ngày 22/02/2034 của Chính phủ về thư viện".
    Đúng: từ lần thứ hai viết "Nghị định số 12/2034/NĐ-CP".
    """
    for mentions in _mentions(conference, texts).values():
        later = [passage for passage, _, _, said in mentions[1:]
                 if said.dated and said.issuer is Agreement.SAME and said.subject is Agreement.SAME]
        if later:
            (first, _, document, _), text = mentions[0], later[0].text
            right = short_citation(document)
            yield later[0].place.problem(
                f"{right} đã viện dẫn lần đầu ở dòng {first.line}; các lần sau ghi đầy đủ "
                f"({in_lines(passage.line for passage in later)}) chỉ cần viết ngắn; {write_instead(text, right)}",
                document.number, proposed=right, others=[passage.place for passage in later[1:MOST_LINES]],
                count=len(later))


def _mentions(conference: Conference, texts: Iterable[Text]) -> Mapping[tuple[str, str], list[_Mention]]:
    """Return the sentences that cite a document, by path and number.

    Titles that contain a citation are left out, because they are quoted verbatim.
    """
    full, own, titles = full_forms(conference), own_number(conference), _Titles.of(conference)
    found: dict[tuple[str, str], list[_Mention]] = {}
    for passage, cited, document in known_citations(conference, texts):
        if not passage.has_sentences or not cited.kind or document.kind in LAWS or cited.number == own:
            continue
        if not titles.hold(passage, cited):
            said = following(passage.words, cited, document, full)
            found.setdefault((passage.text.path, cited.number), []).append((passage, cited, document, said))
    return found


@dataclass(frozen=True)
class _Titles:
    """Titles that are quoted verbatim: the conference's title and the subjects of cited documents.

    The conference's title is stored as the words before each number in it.
    """

    words_before: Mapping[str, list[str]]
    register: Register

    @classmethod
    def of(cls, conference: Conference) -> "_Titles":
        subject = conference.plan.subject
        return cls({cited.number: fold(subject[:cited.start]).split()[-3:] for cited in citations(subject)},
                   by_number(conference))

    def hold(self, passage: Passage, cited: Citation) -> bool:
        """Return whether a citation is part of the conference's title or of the previous citation's subject."""
        before = self.words_before.get(cited.number)
        if before and fold(passage.words[max(0, cited.start - 60):cited.start]).split()[-3:] == before:
            return True
        outer = self.register.get(cited.previous, ())
        return any(cited.number in number_key(document.subject) for document in outer)
