"""Comparison of citations with the register of cited documents."""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from proceedings import schema
from proceedings.checks.citing.cited_subjects import Agreement, following
from proceedings.checks.engine.advice import write_instead
from proceedings.checks.engine.registry import InPlan, rule
from proceedings.checks.engine.walk import BUT_REGISTERS, Passage, Text
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
from proceedings.problems import Problem, Severity
from proceedings.schema import Anchor
from proceedings.text.language.dates import short
from proceedings.text.slugs import fold
from proceedings.text.source import Kind

_YEAR = re.compile(r"\d{4}")


# --- Citations in the volume ------------------------------------------------------------
def passages_with(texts: Iterable[Text], sign: str = "") -> Iterator[Passage]:
    """Yield the passages that contain `sign`, except the plan's own number, which is not a citation."""
    return (passage for text in texts for passage in text.passages
            if sign in passage.words and not (passage.block and passage.block.anchor == Anchor.NUMBER))


def typed_as(passage: Passage, cited: Citation) -> str:
    """Return kind, "số" and number of a citation as written."""
    return passage.words[cited.start:passage.words.index(cited.typed, cited.start) + len(cited.typed)]


def _cited(texts: Iterable[Text]) -> Iterator[tuple[Passage, Citation]]:
    return ((passage, cited) for passage in passages_with(texts, "/") for cited in citations(passage.words))


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


def known_citations(conference: Conference, texts: Iterable[Text]) -> Iterator[tuple[Passage, Citation, CitedDocument]]:
    """Yield citations of registered documents; if several share the number, with the best matching one."""
    register, full = by_number(conference), full_forms(conference)
    for passage, cited in _cited(texts):
        documents = register.get(cited.number, ())
        if documents:
            yield passage, cited, documents[0] if len(documents) == 1 else _best(passage, cited, documents, full)


def _best(passage: Passage, cited: Citation, documents: Sequence[CitedDocument],
          full: Mapping[str, str]) -> CitedDocument:
    def contradictions(document: CitedDocument) -> int:
        issuer = following(passage.words, cited, document, full).issuer
        return len(_differences(cited, document)) + (issuer is Agreement.CONTRARY)

    return min(documents, key=contradictions)


def full_forms(conference: Conference) -> Mapping[str, str]:
    """Map abbreviations to their full forms."""
    return {entry.short: entry.full for entry in conference.abbreviations}


# --- Missing from the register -----------------------------------------------------------
@rule("van-ban-ngoai-bang", Severity.BLOCKING, BUT_REGISTERS)
def document_missing_from_register(conference: Conference, texts: Iterable[Text]) -> Iterator[Problem]:
    """Văn bản được viện dẫn nhưng chưa có trong bảng văn bản viện dẫn, hoặc số, ký hiệu bị viết sai.

    Sai: bài viết "Nghị định số 12/2034/NĐ-CP" mà bảng `phu-luc/van-ban.md` không có số này.
    Đúng: sửa lại số, ký hiệu trong bài; nếu bài viết đúng thì thêm một dòng vào bảng.
    """
    known, reported = {*_listed_numbers(conference), own_number(conference)}, set[tuple[str, str]]()
    if not conference.cited_documents:  # an unreadable register is reported by another rule
        return
    near = _Near.of(conference)
    for passage, cited in _cited(texts):
        text = passage.text
        if not cited.kind or cited.number in known or (text.path, cited.number) in reported:
            continue
        reported.add((text.path, cited.number))
        typed, hint = typed_as(passage, cited), near.hint(cited)
        if text.is_plan:  # the plan's text is not changed
            yield conference.place(schema.CITED_DOCUMENTS).problem(
                f"Kế hoạch viện dẫn \"{typed}\" ở dòng {passage.line} nhưng bảng này chưa có; "
                f"{hint}hãy thêm một dòng vào bảng.", cited.number, kind="in the plan", others=[passage.place])
        else:
            yield passage.place.problem(
                f"\"{typed}\" chưa có trong {schema.CITED_DOCUMENTS}; {hint}hãy đối chiếu với bản gốc rồi sửa số, "
                "ký hiệu hoặc thêm một dòng vào bảng.", cited.number)


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


@rule("luat-ngoai-bang", Severity.ADVISORY, BUT_REGISTERS)
def law_missing_from_register(conference: Conference, texts: Iterable[Text]) -> Iterator[Problem]:
    """Luật, pháp lệnh được viện dẫn theo tên và năm nhưng chưa có trong bảng văn bản viện dẫn.

    Luật và pháp lệnh không cần ghi số trong bài; bảng ghi số để người đọc tra được.

    Sai: bài viết "Luật Thư viện năm 2034" mà bảng `phu-luc/van-ban.md` không có luật này.
    Đúng: thêm vào bảng một dòng có loại là "Luật", trích yếu là "Thư viện", đủ số, ngày và cơ quan ban hành.
    """
    names = {fold(f"{document.kind} {_law_name(document)}") for document in conference.cited_documents}
    reported = set[tuple[str, str]]()
    for passage in passages_with(texts) if names else ():
        for law in named_laws(passage.words):
            name = fold(f"{law.kind} {law.name}")
            if name not in names and (passage.text.path, name) not in reported:
                reported.add((passage.text.path, name))
                yield passage.place.problem(f"\"{law.typed}\" chưa có trong {schema.CITED_DOCUMENTS}; "
                                            "hãy thêm một dòng vào bảng.", law.typed)


def _law_name(document: CitedDocument) -> str:
    """Return the name of a law: its subject without "Về" and without its kind."""
    name = re.sub(r"^(?:về\s+)?", "", document.subject, flags=re.IGNORECASE)
    return name[len(document.kind):].strip() if fold(name).startswith(fold(document.kind)) else name


# --- Differences from the register ----------------------------------------------------------
@rule("vien-dan-khac-bang", Severity.BLOCKING, BUT_REGISTERS, plan=InPlan.LEFT_OUT)
def kind_or_date_unlike_register(conference: Conference, texts: Iterable[Text]) -> Iterator[Problem]:
    """Loại hoặc ngày của văn bản viện dẫn khác với bảng văn bản viện dẫn.

    Sai: bài viết "Nghị định số 12/2034/NĐ-CP ngày 23/02/2034" mà bảng ghi ngày 22/02/2034.
    Đúng: đối chiếu với bản gốc, rồi sửa bài hoặc sửa bảng cho đúng.
    """
    for passage, cited, document in known_citations(conference, texts):
        for kind, difference in _differences(cited, document).items():
            yield passage.place.problem(
                f"{difference} hãy đối chiếu với bản gốc rồi sửa bài hoặc sửa bảng; nếu là văn bản khác cùng số thì "
                "thêm một dòng vào bảng.", typed_as(passage, cited), kind=kind)


def _differences(cited: Citation, document: CitedDocument) -> Mapping[str, str]:
    """Return how a citation contradicts the document, each as the beginning of a sentence."""
    found = {}
    if cited.kind and not cited.listed and fold(cited.full_kind) != fold(document.kind):
        found["kind"] = (f"Bài gọi số {document.number} là \"{cited.full_kind}\" nhưng bảng ghi là "
                         f"\"{document.kind}\";")
    # An impossible date is reported by another rule.
    if cited.issued_on and document.issued_on and cited.issued_on != document.issued_on:
        found["date"] = (f"Bài ghi ngày của {short_citation(document)} là ngày {short(cited.issued_on)} nhưng bảng ghi "
                         f"là ngày {short(document.issued_on)};")
    return found


@rule("vien-dan-can-doi-chieu", Severity.ADVISORY, BUT_REGISTERS)
def issuer_or_subject_unlike_register(conference: Conference, texts: Iterable[Text]) -> Iterator[Problem]:
    """Cơ quan ban hành hoặc trích yếu của văn bản viện dẫn khác với bảng; trong Kế hoạch thì cả loại và ngày.

    Sai: bài viết "Quyết định số 12/QĐ-UBND ngày 05/4/2034 của Ủy ban nhân dân tỉnh" mà bảng ghi cơ quan ban hành là
    Chủ tịch Ủy ban nhân dân tỉnh.
    Đúng: đối chiếu với bản gốc, rồi sửa bài hoặc sửa bảng cho đúng.
    """
    full = full_forms(conference)
    for passage, cited, document in known_citations(conference, texts):
        typed = typed_as(passage, cited)
        for kind, difference in _differences(cited, document).items() if passage.text.is_plan else ():
            yield passage.place.problem(
                f"{difference.replace('Bài', 'Kế hoạch', 1)} hãy đối chiếu với bản gốc; Kế hoạch giữ nguyên văn, bảng "
                "sai thì sửa bảng.", typed, kind=kind)
        said = following(passage.words, cited, document, full)
        if said.issuer is Agreement.CONTRARY:
            yield passage.place.problem(
                f"{short_citation(document)} ở đây ghi là của \"{said.said}\" nhưng bảng ghi là \"{document.issuer}\"; "
                f"hãy đối chiếu với bản gốc; nếu bảng đúng, {write_instead(passage.text, citation(document))}", typed,
                kind="issuer", proposed=citation(document))
        if said.subject is Agreement.CONTRARY:
            yield passage.place.problem(
                f"Trích yếu của {short_citation(document)} ở đây khác với bảng; hãy đối chiếu với bản gốc; nếu bảng "
                f"đúng, {write_instead(passage.text, full_citation(document))}", typed, kind="subject",
                proposed=full_citation(document))
    for document in conference.cited_documents:
        told = abbreviation(document.number)
        kinds = [kind for kind, short_forms in KINDS.items() if told in short_forms]
        if kinds and KINDS.get(document.kind) and document.kind not in kinds:
            yield document.place.problem(
                f"Số {document.number} là số của {kinds[0]} nhưng dòng này ghi loại là \"{document.kind}\"; hãy đối "
                "chiếu với bản gốc.", document.number, kind="row")


# --- The register itself ------------------------------------------------------------------------
@rule("van-ban-khong-vien-dan", Severity.ADVISORY, BUT_REGISTERS)
def document_cited_nowhere(conference: Conference, texts: Iterable[Text]) -> Iterator[Problem]:
    """Dòng của bảng văn bản viện dẫn mà không tài liệu nào của Hội nghị viện dẫn.

    Sai: bảng có Nghị định số 12/2034/NĐ-CP nhưng Kế hoạch, báo cáo, tham luận không nhắc đến.
    Đúng: bỏ dòng đó, hoặc sửa số, ký hiệu cho khớp với các bài.
    """
    own = own_number(conference)
    for document in uncited_documents(conference):
        if number_key(document.number) != own and not _named(texts, document):
            yield document.place.problem(f"Không tài liệu nào viện dẫn {short_citation(document)}; hãy bỏ dòng này "
                                         "hoặc sửa số, ký hiệu cho khớp với các bài.", document.number)


def _named(texts: Iterable[Text], document: CitedDocument) -> bool:
    """Return whether a law is cited by its name."""
    name = fold(f"{document.kind} {_law_name(document)}")
    return document.kind in LAWS and any(name in fold(passage.words) for passage in passages_with(texts))


@rule("van-ban-het-hieu-luc", Severity.ADVISORY, BUT_REGISTERS)
def document_not_in_force(conference: Conference, texts: Iterable[Text]) -> Iterator[Problem]:
    """Văn bản viện dẫn chưa có hiệu lực, đã hết hiệu lực hoặc đã được thay thế vào ngày họp, theo các cột của bảng.

    Bảng văn bản viện dẫn có thể thêm các cột "Hiệu lực từ", "Hết hiệu lực", "Thay thế bởi"; ô không có gì thì để trống.

    Sai: Hội nghị họp ngày 20/6/2035, bài viện dẫn văn bản mà cột "Hết hiệu lực" ghi 01/01/2035.
    Đúng: viện dẫn văn bản thay thế; nếu nói về giai đoạn trước thì ghi rõ "(nay đã hết hiệu lực)".
    """
    days, register = _days(conference.plan.time), by_number(conference)
    reported = set[tuple[str, str]]()
    for passage, cited, document in known_citations(conference, texts) if days else ():
        fault = _effect(document, register, days) if days else ""
        if fault and (passage.text.path, cited.number) not in reported:
            reported.add((passage.text.path, cited.number))
            remedy = ("Kế hoạch giữ nguyên văn, hãy báo cơ quan ban hành" if passage.text.is_plan else
                      "hãy viện dẫn văn bản đang có hiệu lực, hoặc ghi rõ hiệu lực của văn bản này")
            yield passage.place.problem(f"{short_citation(document)} {fault}; {remedy}.", cited.number)


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
