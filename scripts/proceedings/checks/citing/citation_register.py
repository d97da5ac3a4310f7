"""Comparison of citations with the register of cited documents."""

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from proceedings import schema
from proceedings.checks.citing.cited_subjects import Agreement, following
from proceedings.checks.engine.advice import write_instead
from proceedings.checks.engine.prose import printed
from proceedings.checks.engine.registry import rule
from proceedings.conference.citations import (
    KINDS,
    LAWS,
    Citation,
    abbreviation,
    citation,
    citations,
    full_citation,
    loose_key,
    named_laws,
    number_key,
    short_citation,
)
from proceedings.conference.mentions import uncited_documents
from proceedings.conference.model import CitedDocument, Conference, ConferenceTime
from proceedings.problems import Place, Problem, Severity
from proceedings.schema import Anchor
from proceedings.text.dates import short
from proceedings.text.slugs import fold
from proceedings.text.source import Kind

_YEAR = re.compile(r"\d{4}")
_RUNNING = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.NOTE})


# --- What is cited where -----------------------------------------------------------------
@dataclass(frozen=True)
class Line:
    """Words of a text: of a block, or of a line of its front matter; `running` are sentences, no heading or cell."""

    path: str
    place: Place
    text: str
    running: bool

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The documents that they cite."""
        return citations(self.text)

    def typed(self, cited: Citation) -> str:
        """The kind, "số" and number of a citation as they are written."""
        return self.text[cited.start:self.text.index(cited.typed, cited.start) + len(cited.typed)]


def lines_of_volume(conference: Conference, sign: str = "") -> Iterator[Line]:
    """All words of the volume but those of its registers, if asked only those with a sign in them."""
    for document in printed(conference, but=schema.REGISTERS):
        file = conference.place(document.path).path
        for number, text in enumerate(document.lines[: document.front_matter_lines], 1):
            if sign in text:
                yield Line(document.path, Place(file, number), text, running=False)
        for block in document.blocks:
            if sign in block.prose and block.anchor != Anchor.NUMBER:  # which is no citation of the plan
                yield Line(document.path, Place(file, block.line), block.prose, block.kind in _RUNNING)


def _cited(conference: Conference) -> Iterator[tuple[Line, Citation]]:
    return ((line, cited) for line in lines_of_volume(conference, "/") for cited in line.citations)


Register = Mapping[str, tuple[CitedDocument, ...]]


def by_number(conference: Conference) -> Register:
    """Map numbers to the registered documents; two issuers may have used the same number."""
    found: dict[str, tuple[CitedDocument, ...]] = {}
    for document in conference.cited_documents:
        key = number_key(document.number)
        found[key] = (*found.get(key, ()), document)
    return found


def own_number(conference: Conference) -> str:
    """Return the plan's own number, or "" if it has none yet."""
    letterhead = conference.plan.letterhead
    return number_key(f"{letterhead.number}/{letterhead.symbol}") if letterhead.number else ""


def known_citations(conference: Conference) -> Iterator[tuple[Line, Citation, CitedDocument]]:
    """Citations of documents of the register: of those with one number the one that the words fit best."""
    register, full = by_number(conference), full_forms(conference)
    for line, cited in _cited(conference):
        documents = register.get(cited.number, ())
        if documents:
            yield line, cited, documents[0] if len(documents) == 1 else _best(line, cited, documents, full)


def _best(line: Line, cited: Citation, documents: Sequence[CitedDocument], full: Mapping[str, str]) -> CitedDocument:
    def contradictions(document: CitedDocument) -> int:
        issuer = following(line.text, cited, document, full).issuer
        return len(_differences(cited, document)) + (issuer is Agreement.CONTRARY)

    return min(documents, key=contradictions)


def full_forms(conference: Conference) -> Mapping[str, str]:
    """Map abbreviations to their full forms."""
    return {entry.short: entry.full for entry in conference.abbreviations}


# --- Missing from the register -----------------------------------------------------------
@rule("van-ban-ngoai-bang", Severity.BLOCKING)
def document_missing_from_register(conference: Conference) -> Iterator[Problem]:
    """Văn bản được viện dẫn nhưng chưa có trong bảng văn bản viện dẫn, hoặc số, ký hiệu bị viết sai.

    Sai: bài viết "Nghị định số 12/2034/NĐ-CP" mà bảng `phu-luc/van-ban.md` không có số này.
    Đúng: sửa lại số, ký hiệu trong bài; nếu bài viết đúng thì thêm một dòng vào bảng.
    """
    known, reported = {*_listed_numbers(conference), own_number(conference)}, set[tuple[str, str]]()
    if not conference.cited_documents:  # an unreadable register is reported by another rule
        return
    near = _Near.of(conference)
    for line, cited in _cited(conference):
        if not cited.kind or cited.number in known or (line.path, cited.number) in reported:
            continue
        reported.add((line.path, cited.number))
        hint = near.hint(cited)
        if line.path == schema.PLAN:  # whose words stay as they are
            yield conference.place(schema.CITED_DOCUMENTS).problem(
                f"Kế hoạch viện dẫn \"{line.typed(cited)}\" ở dòng {line.place.line} nhưng bảng này chưa có; "
                f"{hint}hãy thêm một dòng vào bảng.")
        else:
            yield line.place.problem(f"\"{line.typed(cited)}\" chưa có trong {schema.CITED_DOCUMENTS}; {hint}"
                                     "hãy đối chiếu với bản gốc rồi sửa số, ký hiệu hoặc thêm một dòng vào bảng.")


def _listed_numbers(conference: Conference) -> frozenset[str]:
    """Return the numbers on the register page, including those of unreadable rows."""
    page = conference.documents.get(schema.CITED_DOCUMENTS)
    rows = (block.cells[1:2] for block in page.blocks if block.kind is Kind.ROW) if page else ()
    return frozenset(number_key(number) for cells in rows for number in cells)


@dataclass(frozen=True)
class _Near:
    """The register's numbers, indexed by the parts that a mistyped number may still have right."""

    numbers: Mapping[object, str]

    @classmethod
    def of(cls, conference: Conference) -> "_Near":
        found: dict[object, str] = {}
        for document in conference.cited_documents:
            dated = (fold(document.kind), document.issued_on)
            for key in (dated, *_parts(document.number)):
                found.setdefault(key, document.number)
        return cls(found)

    def hint(self, cited: Citation) -> str:
        """Return a question that names the intended number, or "" if there is no similar one."""
        dated = [(fold(cited.full_kind), cited.issued_on)] if cited.issued_on else []
        meant = next((self.numbers[key] for key in (*_parts(cited.number), *dated) if key in self.numbers), "")
        return f"có phải là {meant}? Nếu không, " if meant else ""


def _parts(number: str) -> Iterator[tuple[str, ...]]:
    """Yield lookup keys of a number: its parts; without the year; serial and year only."""
    parts = tuple(loose_key(number).split())
    yield parts
    yield tuple(part for part in parts if not _YEAR.fullmatch(part))
    if len(parts) > 1 and _YEAR.fullmatch(parts[1]):
        yield parts[:2]


@rule("luat-ngoai-bang", Severity.ADVISORY)
def law_missing_from_register(conference: Conference) -> Iterator[Problem]:
    """Luật, pháp lệnh được viện dẫn theo tên và năm nhưng chưa có trong bảng văn bản viện dẫn.

    Luật và pháp lệnh không cần ghi số trong bài; bảng ghi số để người đọc tra được.

    Sai: bài viết "Luật Thư viện năm 2034" mà bảng `phu-luc/van-ban.md` không có luật này.
    Đúng: thêm vào bảng một dòng có loại là "Luật", trích yếu là "Thư viện", đủ số, ngày và cơ quan ban hành.
    """
    names = {fold(f"{document.kind} {_law_name(document)}") for document in conference.cited_documents}
    reported = set[tuple[str, str]]()
    for line in lines_of_volume(conference) if names else ():
        for law in named_laws(line.text):
            name = fold(f"{law.kind} {law.name}")
            if name not in names and (line.path, name) not in reported:
                reported.add((line.path, name))
                yield line.place.problem(f"\"{law.typed}\" chưa có trong {schema.CITED_DOCUMENTS}; "
                                         "hãy thêm một dòng vào bảng.")


def _law_name(document: CitedDocument) -> str:
    """Return the name of a law: its subject without "Về" and without its kind."""
    name = re.sub(r"^(?:về\s+)?", "", document.subject, flags=re.IGNORECASE)
    return name[len(document.kind):].strip() if fold(name).startswith(fold(document.kind)) else name


# --- Other than in the register -------------------------------------------------------------
@rule("vien-dan-khac-bang", Severity.BLOCKING)
def kind_or_date_unlike_register(conference: Conference) -> Iterator[Problem]:
    """Loại hoặc ngày của văn bản viện dẫn khác với bảng văn bản viện dẫn.

    Sai: bài viết "Nghị định số 12/2034/NĐ-CP ngày 23/02/2034" mà bảng ghi ngày 22/02/2034.
    Đúng: đối chiếu với bản gốc, rồi sửa bài hoặc sửa bảng cho đúng.
    """
    for line, cited, document in known_citations(conference):
        if line.path != schema.PLAN:  # whose words stay as they are: it is told as advice
            for difference in _differences(cited, document):
                yield line.place.problem(f"{difference} hãy đối chiếu với bản gốc rồi sửa bài hoặc sửa bảng; nếu là "
                                         "văn bản khác cùng số thì thêm một dòng vào bảng.")


def _differences(cited: Citation, document: CitedDocument) -> tuple[str, ...]:
    """In which the citation's own words contradict the document, as beginnings of sentences."""
    found = []
    if cited.kind and not cited.listed and fold(cited.full_kind) != fold(document.kind):
        found.append(f"Bài gọi số {document.number} là \"{cited.full_kind}\" nhưng bảng ghi là \"{document.kind}\";")
    # A day that no calendar has is a fault of its own.
    if cited.issued_on and document.issued_on and cited.issued_on != document.issued_on:
        found.append(f"Bài ghi ngày của {short_citation(document)} là ngày {short(cited.issued_on)} nhưng bảng ghi là "
                     f"ngày {short(document.issued_on)};")
    return tuple(found)


@rule("vien-dan-can-doi-chieu", Severity.ADVISORY)
def issuer_or_subject_unlike_register(conference: Conference) -> Iterator[Problem]:
    """Cơ quan ban hành hoặc trích yếu của văn bản viện dẫn khác với bảng; trong Kế hoạch thì cả loại và ngày.

    Sai: bài viết "Quyết định số 12/QĐ-UBND ngày 05/4/2034 của Ủy ban nhân dân tỉnh" mà bảng ghi cơ quan ban hành là
    Chủ tịch Ủy ban nhân dân tỉnh.
    Đúng: đối chiếu với bản gốc, rồi sửa bài hoặc sửa bảng cho đúng.
    """
    full = full_forms(conference)
    for line, cited, document in known_citations(conference):
        for difference in _differences(cited, document) if line.path == schema.PLAN else ():
            yield line.place.problem(f"{difference.replace('Bài', 'Kế hoạch', 1)} hãy đối chiếu với bản gốc; Kế hoạch "
                                     "giữ nguyên văn, bảng sai thì sửa bảng.")
        said = following(line.text, cited, document, full)
        if said.issuer is Agreement.CONTRARY:
            yield line.place.problem(f"{short_citation(document)} ở đây ghi là của \"{said.said}\" nhưng bảng ghi là "
                                     f"\"{document.issuer}\"; hãy đối chiếu với bản gốc; nếu bảng đúng, "
                                     f"{write_instead(line.path, citation(document))}")
        if said.subject is Agreement.CONTRARY:
            yield line.place.problem(f"Trích yếu của {short_citation(document)} ở đây khác với bảng; hãy đối chiếu với "
                                     f"bản gốc; nếu bảng đúng, {write_instead(line.path, full_citation(document))}")
    for document in conference.cited_documents:
        told = abbreviation(document.number)
        kinds = [kind for kind, short_forms in KINDS.items() if told in short_forms]
        if kinds and KINDS.get(document.kind) and document.kind not in kinds:
            yield document.place.problem(f"Số {document.number} là số của {kinds[0]} nhưng dòng này ghi loại là "
                                         f"\"{document.kind}\"; hãy đối chiếu với bản gốc.")


# --- The register itself ------------------------------------------------------------------------
@rule("van-ban-khong-vien-dan", Severity.ADVISORY)
def document_cited_nowhere(conference: Conference) -> Iterator[Problem]:
    """Dòng của bảng văn bản viện dẫn mà không tài liệu nào của Hội nghị viện dẫn.

    Sai: bảng có Nghị định số 12/2034/NĐ-CP nhưng Kế hoạch, báo cáo, tham luận không nhắc đến.
    Đúng: bỏ dòng đó, hoặc sửa số, ký hiệu cho khớp với các bài.
    """
    own = own_number(conference)
    for document in uncited_documents(conference):
        if number_key(document.number) != own and not _named(conference, document):
            yield document.place.problem(f"Không tài liệu nào viện dẫn {short_citation(document)}; hãy bỏ dòng này "
                                         "hoặc sửa số, ký hiệu cho khớp với các bài.")


def _named(conference: Conference, document: CitedDocument) -> bool:
    """Whether a law is cited by its name."""
    name = fold(f"{document.kind} {_law_name(document)}")
    return document.kind in LAWS and any(name in fold(line.text) for line in lines_of_volume(conference))


@rule("van-ban-het-hieu-luc", Severity.ADVISORY)
def document_not_in_force(conference: Conference) -> Iterator[Problem]:
    """Văn bản viện dẫn chưa có hiệu lực, đã hết hiệu lực hoặc đã được thay thế vào ngày họp, theo các cột của bảng.

    Bảng văn bản viện dẫn có thể thêm các cột "Hiệu lực từ", "Hết hiệu lực", "Thay thế bởi"; ô không có gì thì để trống.

    Sai: Hội nghị họp ngày 20/6/2035, bài viện dẫn văn bản mà cột "Hết hiệu lực" ghi 01/01/2035.
    Đúng: viện dẫn văn bản thay thế; nếu nói về giai đoạn trước thì ghi rõ "(nay đã hết hiệu lực)".
    """
    days, register = _days(conference.plan.time), by_number(conference)
    reported = set[tuple[str, str]]()
    for line, cited, document in known_citations(conference) if days else ():
        fault = _effect(document, register, days) if days else ""
        if fault and (line.path, cited.number) not in reported:
            reported.add((line.path, cited.number))
            remedy = ("Kế hoạch giữ nguyên văn, hãy báo cơ quan ban hành" if line.path == schema.PLAN else
                      "hãy viện dẫn văn bản đang có hiệu lực, hoặc ghi rõ hiệu lực của văn bản này")
            yield line.place.problem(f"{short_citation(document)} {fault}; {remedy}.")


def _effect(document: CitedDocument, register: Register, days: tuple[date, date]) -> str:
    """Return why the document is not in effect on any of the days; "" if it may be."""
    first, last = days
    if document.effective_from and document.effective_from > last:
        return f"đến ngày {short(document.effective_from)} mới có hiệu lực, sau ngày họp"
    replacing = register.get(number_key(document.replaced_by), ())
    ended = document.ended_on or next((other.effective_from or other.issued_on for other in replacing), None)
    by = f"thay thế bởi {document.replaced_by}"
    if ended and ended <= first:
        return f"đã hết hiệu lực từ ngày {short(ended)}{f', được {by}' if document.replaced_by else ''}"
    year = next((part for part in loose_key(document.replaced_by).split() if _YEAR.fullmatch(part)), "")
    return f"đã được {by}" if not ended and year and int(year) < first.year else ""


def _days(time: ConferenceTime | None) -> tuple[date, date] | None:
    """Return the first and last possible day of the conference, as far as the plan specifies them."""
    if not time or not time.year:
        return None
    if time.day:
        return time.day, time.day
    month = time.month or 0
    return (date(time.year, month or 1, 1), date(time.year, month or 12, monthrange(time.year, month or 12)[1]))
