"""The tag tree of the fabricated conference's volume: one structure element per HTML element."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest

import outline
import words
from pdftree import Element, tree
from proceedings.conference import settings
from proceedings.conference.reading import Reading
from proceedings.print.indexes import chapter_name
from typeset import typeset

# Roles of ISO 32000-1 that texts of this project can contain; spans for single lines are not among them.
ROLES = {"Document", "Part", "Art", "Sect", "P", "H1", "H2", "H3", "H4", "L", "LI", "Lbl", "LBody", "Table", "THead",
         "TBody", "TR", "TH", "TD", "Link", "Figure", "Note", "Reference", "TOC", "TOCI", "BlockQuote", "Code"}


@pytest.fixture(scope="module")
def volume(built: Path) -> Path:
    return built / "ky-yeu.pdf"


@pytest.fixture(scope="module")
def document(volume: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(volume) as opened:
        yield opened


@pytest.fixture(scope="module")
def root(document: pikepdf.Pdf, volume: Path) -> Element:
    return tree(document, volume)


def _written(tmp_path: Path, body: str, css: str = "") -> Path:
    target = tmp_path / "thu.pdf"
    typeset(f'<html lang="vi"><head><title>Thử</title><style>@page {{ size: A5; }} {css}</style></head>'
            f'<body>{body}</body></html>', target, ())
    return target


# --- One element each ----------------------------------------------------------------
def test_the_tree_holds_known_roles_only(root: Element) -> None:
    assert {element.role for element in root.walk()} <= ROLES


def test_each_document_is_one_article_however_many_pages_it_takes(root: Element, fabricated: Reading) -> None:
    articles = root.all("Art")
    assert len(articles) == len(fabricated.conference.printed)
    assert max(len(article.pages) for article in articles) > 3


def test_a_paragraph_is_one_element_across_lines_and_pages(tmp_path: Path) -> None:
    text = "Một đoạn văn dài đến mức phải sang trang. " * 120
    path = _written(tmp_path, f"<p>{text}</p><p>Đoạn sau.</p>")
    with pikepdf.open(path) as opened:
        paragraphs = tree(opened, path).all("P")
        assert [paragraph.text for paragraph in paragraphs] == [text.strip(), "Đoạn sau."]
        assert len(paragraphs[0].pages) > 2


def test_a_table_is_one_element_across_pages_and_its_repeated_head_is_read_once(tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>hàng {number}</td><td>{number}</td></tr>" for number in range(60))
    path = _written(tmp_path, f'<table><thead><tr><th scope="col">Tên gọi</th><th scope="col">Số</th></tr></thead>'
                              f"<tbody>{rows}</tbody></table>")
    with pikepdf.open(path) as opened:
        table, = tree(opened, path).all("Table")
        assert len(table.pages) == len(pdfium.PdfDocument(path)) > 1
        assert len(table.all("TR")) == 61
        assert table.text.count("Tên gọi") == 1
        assert all("Tên gọi" in page.get_textpage().get_text_range() for page in pdfium.PdfDocument(path))


def test_no_element_is_empty_but_cells(root: Element) -> None:
    assert [element.role for element in root.walk() if not element.kids and element.role not in ("TD", "TH")] == []


def test_elements_within_a_line_make_no_elements_of_their_own(tmp_path: Path) -> None:
    path = _written(tmp_path, "<p>Có <strong>chữ đậm</strong>, <em>nghiêng</em> và <span>khác</span>.</p>")
    with pikepdf.open(path) as opened:
        assert [element.role for element in tree(opened, path).walk()] == ["Document", "P"]


def test_bare_words_of_a_group_stand_in_a_paragraph(tmp_path: Path) -> None:
    path = _written(tmp_path, "<section>Chữ <b>trần</b> ở đây.<p>Đoạn.</p></section>")
    with pikepdf.open(path) as opened:
        section, = tree(opened, path).all("Sect")
        assert [(kid.role, kid.text) for kid in section.kids if isinstance(kid, Element)] == [
            ("P", "Chữ trần ở đây."), ("P", "Đoạn.")]


# --- Heads, notes, contents, lists ---------------------------------------------------
def test_running_heads_and_page_numbers_are_artifacts(root: Element, volume: Path, built: Path) -> None:
    name = settings.load(built.parent / "mkdocs.yml").name
    on_paper = sum(name.upper() in page.get_textpage().get_text_range() for page in pdfium.PdfDocument(volume))
    assert on_paper > 5
    assert name.upper() not in root.text
    assert root.text.count(name) == 1  # the one of the colophon
    assert "DỰ THẢO" not in " ".join(article.text for article in root.all("Art"))


def test_notes_are_notes_right_behind_the_words_they_belong_to(root: Element, fabricated: Reading) -> None:
    notes = root.all("Note")
    sources = [words.of_markdown_apart(fabricated.conference.documents[path].text)[1]
               for path in fabricated.conference.printed]
    assert len(notes) == sum(map(len, sources)) > 2
    names = [str(note.entry.ID) for note in notes]
    assert len(set(names)) == len(names)
    for paragraph in root.walk():
        kids = [kid.role if isinstance(kid, Element) else "" for kid in paragraph.kids]
        for index, role in enumerate(kids):
            assert role != "Note" or kids[index - 1] == "Reference"


def test_the_contents_are_a_contents_with_an_entry_for_each_document(root: Element, fabricated: Reading) -> None:
    entries = [entry for contents in root.all("TOC") for entry in contents.all("TOCI")]
    assert len(entries) == len(fabricated.conference.printed) + 2
    speech = next(iter(fabricated.conference.speeches.values()))
    entry = next(entry for entry in entries if speech.unit in entry.text)
    assert entry.text.startswith(f"{speech.number}. {speech.topic} {speech.unit}")
    assert entry.text.split()[-1].isdigit()
    assert [kid.role for kid in entry.kids if isinstance(kid, Element)] == ["Lbl", "Reference", "Reference"]


def test_no_dots_are_read_aloud(root: Element) -> None:
    assert not any("..." in element.text or "․" in element.text for element in root.all("TOC"))


def test_items_have_their_labels(root: Element) -> None:
    items = [item for article in root.all("Art") for item in article.all("LI")]
    labelled = [item for item in items if item.all("Lbl")]
    assert len(labelled) > 20
    assert all([kid.role for kid in item.kids if isinstance(kid, Element)] == ["Lbl", "LBody"] for item in labelled)


# --- Tables ---------------------------------------------------------------------------
def test_head_cells_have_scope_and_names_of_their_own_and_data_cells_name_them(root: Element) -> None:
    heads = root.all("TH")
    names = [str(head.entry.ID) for head in heads]
    assert len(set(names)) == len(names) > 20
    assert {str(head.entry.A.Scope) for head in heads} == {"/Column", "/Row"}
    for table in root.all("Table"):
        known = {str(head.entry.ID): head.text for head in table.all("TH")}
        for cell in table.all("TD"):
            assert {str(name) for name in cell.entry.A.Headers} <= known.keys()
            assert len(cell.entry.A.Headers) >= 1


def test_a_data_cell_names_the_head_of_its_own_column_and_row(tmp_path: Path) -> None:
    path = _written(tmp_path, """<table>
        <tr><th scope="col">A</th><th scope="col" colspan="2">B</th></tr>
        <tr><th scope="row" rowspan="2">I</th><td>1</td><td>2</td></tr>
        <tr><td>3</td><td>4</td></tr></table>""")
    with pikepdf.open(path) as opened:
        table, = tree(opened, path).all("Table")
        heads = {str(head.entry.ID): head.text for head in table.all("TH")}
        found = {cell.text: {heads[str(name)] for name in cell.entry.A.Headers} for cell in table.all("TD")}
        assert found == {"1": {"B", "I"}, "2": {"B", "I"}, "3": {"B", "I"}, "4": {"B", "I"}}
        assert [str(name) for name in list(opened.Root.StructTreeRoot.IDTree.Names)[::2]] == sorted(heads)


# --- Pictures and links ------------------------------------------------------------------
def test_pictures_have_the_words_of_the_editor_and_their_place_on_the_page(
    root: Element, document: pikepdf.Pdf, fabricated: Reading,
) -> None:
    described = {link.text for path in fabricated.conference.printed
                 for link in fabricated.conference.documents[path].links if link.image}
    figures = root.all("Figure")
    assert described
    assert {str(figure.entry.Alt) for figure in figures} == described
    for figure in figures:
        left, bottom, right, top = (float(number) for number in figure.entry.A.BBox)
        width, height = (float(number) for number in document.pages[next(iter(figure.pages))].MediaBox[2:])
        assert 0 < left < right < width
        assert 0 < bottom < top < height


def test_links_are_links_that_say_where_they_lead(root: Element, document: pikepdf.Pdf) -> None:
    areas = [note for page in document.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]
    links = root.all("Link")
    assert len(areas) == sum(link.links for link in links) > 40
    assert not [link for link in links if not link.text]
    assert all(str(area.Contents) and not str(area.Contents).startswith("tham-luan-") for area in areas)
    assert len({int(area.StructParent) for area in areas}) == len(areas)


# --- Painted content -----------------------------------------------------------------------
def test_all_text_that_is_painted_has_an_element_or_is_an_artifact(document: pikepdf.Pdf) -> None:
    owners = dict(_pairs(document.Root.StructTreeRoot.ParentTree.Nums))
    headed = 0
    for number, page in enumerate(document.pages):
        around: list[str] = []
        for instruction in pikepdf.parse_content_stream(page):
            assert isinstance(instruction, pikepdf.ContentStreamInstruction)  # no inline pictures
            operands, operator = instruction.operands, instruction.operator
            if str(operator) in ("BMC", "BDC"):
                mark = int(operands[1].MCID) if len(operands) > 1 and "/MCID" in operands[1] else None
                owned = mark is not None and isinstance(owners[number][mark], pikepdf.Dictionary)
                around.append("read" if owned else str(operands[0]))
            elif str(operator) == "EMC":
                around.pop()
            elif str(operator) in ("Tj", "TJ", "Do"):
                assert around[-1] in ("read", "/Artifact"), (number, around)
                headed += around[-1] == "/Artifact"
        assert around == []
    assert headed > len(document.pages) / 2


def _pairs(numbers: Any) -> Iterator[tuple[int, Any]]:
    return ((int(numbers[index]), numbers[index + 1]) for index in range(0, len(numbers), 2))


# --- Order -----------------------------------------------------------------------------------
def test_reading_order_is_text_order(root: Element, volume: Path, fabricated: Reading) -> None:
    places = outline.places(volume)
    for article, path in zip(root.all("Art"), fabricated.conference.printed, strict=True):
        assert min(article.pages) == places[chapter_name(path)]
        text, notes = words.of_markdown_apart(fabricated.conference.documents[path].text)
        assert words.lost(text, words.words(article.text)) == [], path
        assert not notes or words.lost(notes[0], words.words(article.text)) == []


def test_all_words_on_paper_are_either_read_or_decoration(
    root: Element, volume: Path, built: Path, fabricated: Reading,
) -> None:
    pages = pdfium.PdfDocument(volume)
    shown = Counter(words.words(" ".join(page.get_textpage().get_text_range() for page in pages)))
    read = Counter(words.words(root.text))
    heads = [*(speech.unit for speech in fabricated.conference.speeches.values()), "Dự thảo", "Bảng tra",
             *(fabricated.conference.documents[path].title for path in fabricated.conference.printed),
             settings.load(built.parent / "mkdocs.yml").name, *(head.text for head in root.all("TH"))]
    decoration = set(words.words(" ".join(heads)))
    unread = [word for word in (shown - read) if word not in decoration and not re.fullmatch(r"\d+|[ivx]+", word)]
    assert unread == []


def test_pages_tab_in_the_order_of_the_tree(document: pikepdf.Pdf) -> None:
    assert {str(page.Tabs) for page in document.pages} == {"/S"}
    assert [int(page.StructParents) for page in document.pages] == list(range(len(document.pages)))
