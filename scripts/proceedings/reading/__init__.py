"""Files become the Conference; every fault becomes a Problem at its line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from proceedings import schema, source
from proceedings.bounds import LONGEST_TEXT, MOST_BYTES, Excess, excess
from proceedings.encodings import decoded
from proceedings.model import Conference, Report
from proceedings.problems import Place, Problem
from proceedings.reading import faults as rules
from proceedings.reading import fields as read
from proceedings.reading.agenda import read_agenda, speech_minutes
from proceedings.reading.faults import Faults
from proceedings.reading.files import survey
from proceedings.reading.plan import read_plan
from proceedings.reading.registers import read_abbreviations, read_cited_documents, read_themes
from proceedings.reading.speeches import is_speech, read_speeches
from proceedings.settings import Settings
from proceedings.source import Document, Kind

__all__ = ["Reading", "is_speech", "read_conference", "read_project"]

_KEYS = MappingProxyType({
    schema.PLAN: schema.PLAN_KEYS,
    schema.AGENDA: schema.AGENDA_KEYS,
    schema.REPORT: schema.REPORT_KEYS,
    schema.SPEECH_TEMPLATE: schema.SPEECH_KEYS,
})


@dataclass(frozen=True)
class Reading:
    """The conference as far as it could be read, and what could not be."""

    conference: Conference
    problems: tuple[Problem, ...]


def read_project(settings: Settings) -> Reading:
    """Read the conference of a project, its settings included."""
    reading = read_conference(settings.docs, settings.folder, settings.file)
    return replace(reading, conference=replace(reading.conference, copies=settings.copies, rates=settings.rates))


def read_conference(docs: Path, folder: str = "docs", settings_file: Path | None = None) -> Reading:
    """Read every file under `docs`; `folder` is its name as problems show it."""
    faults, docs = Faults(), docs.resolve()
    stored = survey(docs)
    paths = tuple(path for path, file in stored.items() if file.readable)
    documents = MappingProxyType(dict(_documents(docs, paths, folder, faults)))
    for document in documents.values():
        _check_front_matter(document, folder, faults)
    files = frozenset(paths) - documents.keys()
    conference = replace(_conference(documents, files, folder, faults), stored=MappingProxyType(stored))
    if settings_file:
        text = settings_file.read_text("utf-8", errors="replace")
        conference = replace(conference, settings=Document(settings_file.name, text))
    return Reading(conference, faults.problems)


def _documents(docs: Path, paths: tuple[str, ...], folder: str, faults: Faults) -> Iterator[tuple[str, Document]]:
    for path in paths:
        if PurePosixPath(path).suffix != ".md":
            continue
        size = (docs / path).stat().st_size
        if size > MOST_BYTES:
            yield path, _unread(path, folder, Excess(1, f"Tệp có {size} byte, quá {MOST_BYTES}"), faults)
            continue
        text = _text((docs / path).read_bytes(), Place(f"{folder}/{path}"), faults)
        yield path, _document(path, text, folder, faults)


def _text(data: bytes, place: Place, faults: Faults) -> str:
    text, encoding = decoded(data)
    if encoding:
        faults.add(rules.ENCODING, place, f"Tệp được lưu bằng bảng mã {encoding}, không phải UTF-8; hãy mở tệp, chọn "
                                          "\"Lưu thành\" (Save as) với bảng mã UTF-8 rồi nộp lại.")
        return text
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        faults.add(rules.ENCODING, Place(place.path, data[: error.start].count(b"\n") + 1),
                   "Tệp không phải văn bản UTF-8; hãy lưu lại tệp bằng bảng mã UTF-8.")
    return text


def _document(path: str, text: str, folder: str, faults: Faults) -> Document:
    """The parsed file; what is too much for its parsers, or for those that read paragraphs after them, is left out."""
    found = excess(text)
    document = Document(path, "") if found else source.parse(path, text)
    for block in document.blocks:
        if len(block.text) > LONGEST_TEXT and block.kind is not Kind.CODE:
            found = Excess(block.line, f"Đoạn này dài {len(block.text)} chữ cái, quá {LONGEST_TEXT}")
    return _unread(path, folder, found, faults) if found else document


def _unread(path: str, folder: str, found: Excess, faults: Faults) -> Document:
    faults.add(rules.TOO_MUCH, Place(f"{folder}/{path}", found.line),
               f"{found.reason}, nên tệp không đọc được; hãy chia nhỏ hoặc bỏ phần thừa.")
    return Document(path, "", unread=True)


def _check_front_matter(document: Document, folder: str, faults: Faults) -> None:
    place = Place(f"{folder}/{document.path}")
    if document.front_matter_error:
        error = document.front_matter_error
        faults.add(rules.FRONT_MATTER, Place(place.path, error.line),
                   f"{error.reason[:1].upper()}{error.reason[1:]}; {error.remedy}.")
    other = schema.SPEECH_KEYS if is_speech(document.path) else schema.PAGE_KEYS
    read.check_keys(document.front_matter, place, _KEYS.get(document.path, other), faults)


def _conference(documents: Mapping[str, Document], files: frozenset[str], folder: str, faults: Faults) -> Conference:
    def place(path: str) -> Place:
        return Place(f"{folder}/{path}")

    plan_document = documents.get(schema.PLAN)
    # An absent plan is one fault, which a missing page is anyway, not one for each of its sections.
    absent = plan_document is None or plan_document.unread
    plan = read_plan(plan_document or Document(schema.PLAN, ""), folder, Faults() if absent else faults)
    default_minutes = speech_minutes(documents.get(schema.AGENDA), place(schema.AGENDA), faults)
    speeches = read_speeches(documents, plan, folder, default_minutes, faults)
    return Conference(
        plan=plan,
        speeches=MappingProxyType(speeches),
        agenda=read_agenda(documents.get(schema.AGENDA), place(schema.AGENDA), plan, speeches, faults),
        report=_report(documents.get(schema.REPORT), place(schema.REPORT), faults),
        cited_documents=read_cited_documents(documents.get(schema.CITED_DOCUMENTS), place(schema.CITED_DOCUMENTS),
                                             faults),
        abbreviations=read_abbreviations(documents.get(schema.ABBREVIATIONS), place(schema.ABBREVIATIONS), faults),
        documents=documents, files=files, folder=folder,
        themes=read_themes(documents.get(schema.THEMES), place(schema.THEMES), faults),
    )


def _report(document: Document | None, place: Place, faults: Faults) -> Report | None:
    if document is None:
        return None
    delivery = read.delivery(document.front_matter, place, rules.about(document, faults))
    return Report(document.title, delivery, read.blanks(document), document, place)
