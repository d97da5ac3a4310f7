"""Rules on the form of citations (Decree 30/2020): notation, full at first mention, short afterwards."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from proceedings import schema
from proceedings.checks.citing.citation_register import (
    Line,
    Register,
    by_number,
    full_forms,
    known_citations,
    lines_of_volume,
    own_number,
)
from proceedings.checks.citing.cited_subjects import Agreement, Following, following
from proceedings.checks.engine.advice import write_instead
from proceedings.checks.engine.registry import rule
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
from proceedings.problems import Problem, Severity
from proceedings.text.slugs import fold

_ISSUING = re.compile(r"ban hành[^.;]{0,40}$")
_Mention = tuple[Line, Citation, CitedDocument, Following]


# --- How it is written ------------------------------------------------------------------------
@rule("vien-dan-sai-cach", Severity.ADVISORY)
def citation_in_wrong_form(conference: Conference) -> Iterator[Problem]:
    """Cách viết viện dẫn chưa đúng: thiếu chữ "số", loại văn bản viết tắt hoặc viết thường, số và ký hiệu thiếu hay hở.

    Sai: "Nghị định 12/2034/NĐ-CP", "NĐ số 12/2034/NĐ-CP", "nghị định số 12/2034/NĐ-CP", "Nghị định 12/2034",
    "Nghị định số 12/2034/NĐ - CP"; bài đã nộp mà còn "số …/QĐ-UBND".
    Đúng: "Nghị định số 12/2034/NĐ-CP".
    """
    serials, reported = _by_serial(conference), set[tuple[str, str]]()
    for line in lines_of_volume(conference):
        for typed, right in _wrong_forms(line, serials):
            if (line.path, typed) not in reported:
                reported.add((line.path, typed))
                yield line.place.problem(f"\"{typed}\" chưa đúng cách viện dẫn; {write_instead(line.path, right)}")
        for blank in blank_numbers(line.text) if conference.is_delivered(line.path) else ():
            if not blank.endswith(f"/{conference.plan.letterhead.symbol}"):
                yield line.place.problem(f"\"{blank}\" còn để trống số văn bản; hãy điền số.")


def _wrong_forms(line: Line, serials: Register) -> Iterator[tuple[str, str]]:
    """What the line has in a wrong form, and the right one."""
    for cited in line.citations:
        typed, named = line.typed(cited), cited.kind and not cited.listed
        if named and (not cited.announced or cited.kind in SHORT_KINDS or cited.kind[0].islower()):
            yield typed, f"{cited.full_kind} số {cited.number}"
        elif cited.typed != cited.number:
            yield typed, typed.replace(cited.typed, cited.number)
    for found in shortened(line.text):
        meant = serials.get(f"{found.kind} {found.number}", ())
        if len(meant) == 1:
            yield found.typed, short_citation(meant[0])


def _by_serial(conference: Conference) -> Register:
    """Map kind and number without symbol ("Nghị định 21/2034", "Nghị định 21") to documents."""
    found: dict[str, tuple[CitedDocument, ...]] = {}
    for document in conference.cited_documents:
        serial, _, rest = number_key(document.number).partition("/")
        for number in {serial, f"{serial}/{rest[:4]}"} if rest[:4].isdigit() else {serial}:
            key = f"{document.kind} {number}"
            found[key] = (*found.get(key, ()), document)
    return found


# --- First in full, then short -------------------------------------------------------------------
@rule("vien-dan-lan-dau", Severity.ADVISORY)
def first_mention_not_full(conference: Conference) -> Iterator[Problem]:
    """Lần đầu viện dẫn một văn bản trong bài chưa ghi đủ ngày, cơ quan ban hành và trích yếu.

    Chỉ nhắc với Kế hoạch và bài đã nộp: đề cương còn viết lại. Luật, pháp lệnh chỉ cần tên.

    Sai: lần đầu đã viết ngay "Nghị định số 12/2034/NĐ-CP".
    Đúng: "Nghị định số 12/2034/NĐ-CP ngày 22/02/2034 của Chính phủ về thư viện", các lần sau viết ngắn.
    """
    for mentions in _mentions(conference).values():
        line, cited, document, said = mentions[0]
        lacking = {"ngày": not said.dated,
                   "cơ quan ban hành": said.issuer is Agreement.ABSENT and not _issued_by_the_subject(line, cited),
                   "trích yếu": said.subject is Agreement.ABSENT}
        absent = [name for name, is_absent in lacking.items() if is_absent]
        if absent:
            yield line.place.problem(f"Lần đầu viện dẫn {short_citation(document)} trong bài còn thiếu "
                                     f"{', '.join(absent)}; {write_instead(line.path, full_citation(document))}")


def _issued_by_the_subject(line: Line, cited: Citation) -> bool:
    """Whether the sentence's subject is the issuer: "Sở đã ban hành Kế hoạch số …"."""
    return bool(_ISSUING.search(line.text, max(0, cited.start - 60), cited.start))


@rule("vien-dan-lan-sau", Severity.ADVISORY)
def later_mention_in_full(conference: Conference) -> Iterator[Problem]:
    """Văn bản đã viện dẫn đầy đủ ở trên mà các lần sau vẫn ghi đủ ngày, cơ quan ban hành, trích yếu.

    Không tính tên gọi của Hội nghị và trích yếu của văn bản khác, là những chỗ phải chép nguyên.

    Sai: đoạn nào cũng viết "Nghị định số 12/2034/NĐ-CP ngày 22/02/2034 của Chính phủ về thư viện".
    Đúng: từ lần thứ hai viết "Nghị định số 12/2034/NĐ-CP".
    """
    for mentions in _mentions(conference).values():
        later = [line for line, _, _, said in mentions[1:]
                 if said.dated and said.issuer is Agreement.SAME and said.subject is Agreement.SAME]
        if later:
            first, _, document, _ = mentions[0]
            numbers = ", ".join(str(line.place.line) for line in later)
            yield later[0].place.problem(
                f"{short_citation(document)} đã viện dẫn lần đầu ở dòng {first.place.line}; các lần sau ghi đầy đủ "
                f"(dòng {numbers}) chỉ cần viết ngắn; {write_instead(later[0].path, short_citation(document))}")


def _mentions(conference: Conference) -> Mapping[tuple[str, str], list[_Mention]]:
    """The sentences of the plan and of delivered texts that cite a document, by path and number.

    Titles that contain a citation are left out, because they are quoted verbatim.
    """
    full, own, titles = full_forms(conference), own_number(conference), _Titles.of(conference)
    found: dict[tuple[str, str], list[_Mention]] = {}
    for line, cited, document in known_citations(conference):
        if not line.running or not cited.kind or document.kind in LAWS or cited.number == own:
            continue
        if (line.path == schema.PLAN or conference.is_delivered(line.path)) and not titles.hold(line, cited):
            said = following(line.text, cited, document, full)
            found.setdefault((line.path, cited.number), []).append((line, cited, document, said))
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

    def hold(self, line: Line, cited: Citation) -> bool:
        """Whether the citation stands in the conference's title, or in the subject of the document cited before it."""
        before = self.words_before.get(cited.number)
        if before and fold(line.text[max(0, cited.start - 60):cited.start]).split()[-3:] == before:
            return True
        outer = self.register.get(cited.previous, ())
        return any(cited.number in number_key(document.subject) for document in outer)
