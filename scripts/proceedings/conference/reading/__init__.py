"""Construction of the conference from files; each fault becomes a problem at its line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from proceedings import schema
from proceedings.conference.model import Conference, Report
from proceedings.conference.reading import faults as rules
from proceedings.conference.reading import fields as read
from proceedings.conference.reading.agenda import read_agenda, speech_minutes
from proceedings.conference.reading.faults import Faults
from proceedings.conference.reading.files import survey
from proceedings.conference.reading.plan import read_plan
from proceedings.conference.reading.registers import read_abbreviations, read_cited_documents, read_themes
from proceedings.conference.reading.speeches import read_speeches
from proceedings.conference.settings import Settings
from proceedings.conference.stored_files import StoredFile
from proceedings.problems import Place, Problem
from proceedings.system.encodings import decoded
from proceedings.text import source
from proceedings.text.bounds import LONGEST_TEXT, MOST_BYTES, MOST_FILES, MOST_PIXELS_OF_ALL, Excess, Load, excess
from proceedings.text.source import Document, Kind

__all__ = ["Reading", "read_conference", "read_project"]

_NONE: Mapping[str, Document] = MappingProxyType({})


@dataclass(frozen=True)
class Reading:
    """The conference as far as it could be read, and the problems met."""

    conference: Conference
    problems: tuple[Problem, ...]


def read_project(settings: Settings, former: Mapping[str, Document] = _NONE) -> Reading:
    """Read the conference of a project, including its settings.

    Unchanged documents of `former` are not parsed again.
    """
    reading = read_conference(settings.docs, settings.folder, settings.file, former)
    conference = replace(reading.conference, name=settings.name, copies=settings.copies, rates=settings.rates)
    return replace(reading, conference=conference)


def read_conference(docs: Path, folder: str = "docs", settings_file: Path | None = None,
                    former: Mapping[str, Document] = _NONE) -> Reading:
    """Read every file under `docs`; `folder` is the name of docs/ in problems.

    `former` are documents parsed earlier, by path; those with unchanged text are not parsed again.
    """
    faults, docs = Faults(), docs.resolve()
    stored = survey(docs)
    paths = tuple(path for path, file in stored.items() if file.readable)
    _check_stored(stored, folder, faults)
    documents = MappingProxyType(dict(_documents(docs, paths, folder, faults, former)))
    for document in documents.values():
        _check_front_matter(document, folder, faults)
    files = frozenset(paths) - documents.keys()
    conference = replace(_conference(documents, files, folder, faults), stored=MappingProxyType(stored))
    if settings_file:
        text = settings_file.read_text("utf-8", errors="replace")
        conference = replace(conference, settings=Document(settings_file.name, text))
    return Reading(conference, faults.problems)


def _check_stored(stored: Mapping[str, StoredFile], folder: str, faults: Faults) -> None:
    """Report too many files or pictures too large in total, which could not all be checked or printed."""
    pixels = 0
    for number, (path, file) in enumerate(stored.items(), 1):
        before, pixels = pixels, pixels + file.width * file.height
        if before <= MOST_PIXELS_OF_ALL < pixels:
            faults.add(rules.TOO_MUCH, Place(f"{folder}/{path}"),
                       f"Các ảnh đến tệp này có hơn {MOST_PIXELS_OF_ALL // 1_000_000} triệu điểm ảnh, quá mức in được; "
                       "hãy thu nhỏ ảnh hoặc bỏ bớt.", "", kind="pixels")
        if number == MOST_FILES + 1:
            faults.add(rules.TOO_MUCH, Place(f"{folder}/{path}"),
                       f"Bộ tài liệu có quá {MOST_FILES} tệp; hãy chuyển bớt ra ngoài.", "", kind="files")


def _documents(docs: Path, paths: tuple[str, ...], folder: str, faults: Faults,
               former: Mapping[str, Document]) -> Iterator[tuple[str, Document]]:
    load, full = Load(), False
    for path in paths:
        if PurePosixPath(path).suffix != ".md":
            continue
        if full:  # reported at the first file above the limit
            yield path, Document(path, "", unread=True)
            continue
        document = _read(docs, path, folder, faults, former.get(path))
        load += Load(len(document.text), len(document.blocks), sum(len(block.cells) for block in document.blocks))
        full = bool(load.reason)
        yield path, _unread(path, folder, Excess(1, load.reason), faults) if full else document


def _read(docs: Path, path: str, folder: str, faults: Faults, former: Document | None) -> Document:
    size = (docs / path).stat().st_size
    if size > MOST_BYTES:
        return _unread(path, folder, Excess(1, f"Tệp có {size} byte, quá {MOST_BYTES}"), faults)
    text = _text((docs / path).read_bytes(), Place(f"{folder}/{path}"), faults)
    return _document(path, text, folder, faults, former)


def _text(data: bytes, place: Place, faults: Faults) -> str:
    text, encoding = decoded(data)
    if encoding:
        faults.add(rules.ENCODING, place, f"Tệp được lưu bằng bảng mã {encoding}, không phải UTF-8; hãy mở tệp, chọn "
                                          "\"Lưu thành\" (Save as) với bảng mã UTF-8 rồi nộp lại.", encoding)
        return text
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        faults.add(rules.ENCODING, Place(place.path, data[: error.start].count(b"\n") + 1),
                   "Tệp không phải văn bản UTF-8; hãy lưu lại tệp bằng bảng mã UTF-8.", "")
    return text


def _document(path: str, text: str, folder: str, faults: Faults, former: Document | None) -> Document:
    """Parse a file; if it exceeds the limits of parsers or of later processing, its text is left out."""
    found = excess(text)
    same = former is not None and not former.unread and former.text == source.unified(text)
    document = Document(path, "") if found else former if former and same else source.parse(path, text)
    for block in document.blocks:
        if len(block.text) > LONGEST_TEXT and block.kind is not Kind.CODE:
            found = Excess(block.line, f"Đoạn này dài {len(block.text)} chữ cái, quá {LONGEST_TEXT}")
    return _unread(path, folder, found, faults) if found else document


def _unread(path: str, folder: str, found: Excess, faults: Faults) -> Document:
    faults.add(rules.TOO_MUCH, Place(f"{folder}/{path}", found.line),
               f"{found.reason}, nên tệp không đọc được; hãy chia nhỏ hoặc bỏ phần thừa.", found.reason)
    return Document(path, "", unread=True)


def _check_front_matter(document: Document, folder: str, faults: Faults) -> None:
    place = Place(f"{folder}/{document.path}")
    if document.front_matter_error:
        error = document.front_matter_error
        faults.add(rules.FRONT_MATTER, Place(place.path, error.line),
                   f"{error.reason[:1].upper()}{error.reason[1:]}; {error.remedy}.", error.reason)
    known = schema.known_keys(document.path)
    read.check_keys(document.front_matter, place, known, faults)
    read.check_values(document.front_matter, place, known, rules.about(document, faults))


def _conference(documents: Mapping[str, Document], files: frozenset[str], folder: str, faults: Faults) -> Conference:
    def place(path: str) -> Place:
        return Place(f"{folder}/{path}")

    plan_document = documents.get(schema.PLAN)
    # A missing plan is reported as a missing page, not once for each of its sections.
    absent = plan_document is None or plan_document.unread
    plan = read_plan(plan_document or Document(schema.PLAN, ""), folder, Faults() if absent else faults)
    default_minutes = speech_minutes(documents.get(schema.AGENDA))
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
    return Report(document.title, delivery, document.path, read.blanks(document))
