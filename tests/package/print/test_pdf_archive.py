"""Every PDF of the fabricated conference conforms to PDF/A and PDF/UA, and is suitable for the press."""

import re
from collections.abc import Iterator
from pathlib import Path

import outloud
import pikepdf
import pytest
from lxml import etree
from pdfua import validate
from pdfua.model import Severity

import words
from conftest import PROJECT, SPEECHES
from proceedings.conference import products, reading, settings
from proceedings.conference.model import Conference
from proceedings.conference.reading import Reading
from proceedings.print import pdf
from proceedings.print.attachment import attached
from proceedings.print.pdf import SourceFile
from proceedings.print.production import Printer, Volume, offprinted

NAMES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "dc": "http://purl.org/dc/elements/1.1/",
}
TAGGED = [products.volume, products.plan, products.backdrop, *map(products.speech, SPEECHES)]


@pytest.fixture(params=TAGGED)
def path(built: Path, request: pytest.FixtureRequest) -> Path:
    return built / str(request.param)


@pytest.fixture
def document(path: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(path) as opened:
        yield opened


def test_the_list_above_is_of_all_pdfs_that_are_read_on_screen(built: Path) -> None:
    made = {path.relative_to(built).as_posix() for path in built.rglob("*.pdf")}
    assert made == {*TAGGED, products.booklet}


# --- PDF/A-3a and PDF/UA-1 in one ---------------------------------------------------
def test_one_packet_of_metadata_declares_both_standards(document: pikepdf.Pdf) -> None:
    assert "/Filter" not in document.Root.Metadata
    packet = etree.fromstring(document.Root.Metadata.read_bytes())
    assert len(packet.findall(".//rdf:RDF", NAMES)) == 1
    declared = {name: value for element in packet.iterfind(".//rdf:Description", NAMES)
                for name, value in element.attrib.items()}
    assert (declared[f"{{{NAMES['pdfaid']}}}part"], declared[f"{{{NAMES['pdfaid']}}}conformance"]) == ("3", "A")
    assert packet.findtext(".//pdfuaid:part", namespaces=NAMES) == "1"
    # PDF/A allows only predefined properties or those described in the packet.
    assert [element.text for element in packet.iterfind(".//pdfaSchema:namespaceURI", NAMES)] == [NAMES["pdfuaid"]]
    title = packet.findtext(".//dc:title/rdf:Alt/rdf:li", namespaces=NAMES)
    assert title == str(document.docinfo["/Title"])


def test_the_catalogue_says_what_viewers_and_readers_need(document: pikepdf.Pdf) -> None:
    assert str(document.Root.Lang) == "vi"
    assert document.Root.MarkInfo.Marked
    assert document.Root.ViewerPreferences.DisplayDocTitle
    assert str(document.Root.OutputIntents[0].S) == "/GTS_PDFA1"
    assert document.Root.OutputIntents[0].DestOutputProfile.read_bytes()[36:40] == b"acsp"  # an ICC profile
    assert "/ID" in document.trailer
    assert not document.is_encrypted


def test_nothing_in_it_runs_or_leads_astray(document: pikepdf.Pdf) -> None:
    assert not {"/OpenAction", "/AA", "/JavaScript", "/AcroForm"} & set(document.Root.keys())
    for page in document.pages:
        for note in page.get("/Annots", []):
            assert note.Subtype == "/Link"
            assert int(note.F) == 4  # printed, not hidden
            if "/A" in note:
                assert str(note.A.S) == "/URI"
                assert str(note.A.URI).startswith(("https://", "http://", "mailto:"))


def test_fonts_are_embedded_and_their_text_can_be_taken_out(document: pikepdf.Pdf) -> None:
    fonts = {font.objgen: font for page in document.pages for font in page.Resources.get("/Font", {}).values()}
    assert fonts
    for font in fonts.values():
        assert "/ToUnicode" in font
        assert {"/FontFile2", "/FontFile3"} & set(font.DescendantFonts[0].FontDescriptor.keys())


def test_black_and_grey_are_black_ink_alone(document: pikepdf.Pdf) -> None:
    painted = b"\n".join(page.Contents.read_bytes() for page in document.pages)
    mixed = re.findall(rb"(?m)^([\d.]+) \1 \1 (?:rg|RG)$", painted)
    assert mixed == []
    assert re.search(rb"(?m)^0 g$", painted) or b" rg" in painted  # the backdrop has no black


def test_validators_find_no_error(path: Path, fabricated: Reading) -> None:
    assert _errors(path, fabricated.conference) == []


def test_validators_find_no_error_in_what_is_printed_of_the_live_documents(live: tuple[Printer, Volume, Path]) -> None:
    printer, volume, file = live
    conference = reading.read_project(settings.load(PROJECT / "mkdocs.yml")).conference
    made = [file, *(printer.offprint(path, volume).path for path in offprinted(conference))]
    assert {path.name: _errors(path, conference) for path in made} == {path.name: [] for path in made}


def _errors(path: Path, conference: Conference) -> list[str]:
    """Return the errors found by two PDF/UA validators."""
    found = [str(finding.message) for finding in validate(str(path)).findings if finding.severity == Severity.ERROR]
    heard = outloud.check(str(path))
    assert heard.error is None
    # The second validator treats a repeated long table head as untagged text.
    heads = {word for each in conference.printed for block in conference.documents[each].blocks
             for cell in block.cells for word in words.words(cell)}
    return found + [f"{error.rule}: {error.message}" for error in heard.findings if error.severity == "error"
                    and not (error.rule == "TAG-002" and set(words.words(str(error.evidence))) <= heads)]


# --- Sources -------------------------------------------------------------------------
def test_the_volume_carries_the_markdown_of_each_of_its_documents(built: Path, fabricated: Reading) -> None:
    with pikepdf.open(built / "ky-yeu.pdf") as document:
        expected = {path.replace("/", "-"): path for path in fabricated.conference.printed}
        assert set(document.attachments) == set(expected)
        for name, path in expected.items():
            carried = document.attachments[name]
            text = carried.get_file().read_bytes().decode()
            assert text == attached(fabricated.conference.documents[path])
            assert fabricated.conference.documents[path].blocks[-1].text.split()[-1] in text
        assert len(document.Root.AF) == len(expected)
        for file in document.Root.AF:
            assert str(file.AFRelationship) == "/Source"
            assert {"/F", "/UF", "/Desc"} <= set(file.keys())
            assert str(file.EF.F.Subtype) == "/text/markdown"
            assert "/ModDate" in file.EF.F.Params


def test_an_offprint_carries_its_own_markdown_only(built: Path, fabricated: Reading) -> None:
    for speech in fabricated.conference.speeches.values():
        with pikepdf.open(built / "tham-luan" / f"{speech.slug}.pdf") as document:
            assert list(document.attachments) == [f"tham-luan-{speech.slug}.md"]


def test_a_source_with_any_words_comes_back_as_it_was(tmp_path: Path) -> None:
    text = "# Ủy ban\n\nDòng một\r\nDòng hai: ạ ệ ị – 95,2 %\n"
    pdf.lay_out('<html lang="vi"><title>Thử</title><p>Chữ</p></html>', ()).write(
        tmp_path / "thu.pdf", [SourceFile("thu.md", text, "Mô tả")])
    with pikepdf.open(tmp_path / "thu.pdf") as document:
        assert document.attachments["thu.md"].get_file().read_bytes() == text.encode()
        assert document.attachments["thu.md"].description == "Mô tả"


def test_another_word_makes_another_file(tmp_path: Path) -> None:
    for word in ("khỏe", "mạnh"):
        pdf.lay_out(f'<html lang="vi"><title>Thử</title><p>{word}</p></html>', ()).write(tmp_path / f"{word}.pdf")
    assert (tmp_path / "khỏe.pdf").read_bytes() != (tmp_path / "mạnh.pdf").read_bytes()
