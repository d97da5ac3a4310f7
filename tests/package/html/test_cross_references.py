"""Cross-references of the site: abbreviations, linked citations, mentions below register rows."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from lxml.html import HtmlElement

from conftest import CONFERENCE
from proceedings import schema
from proceedings.conference.citations import citation
from proceedings.conference.model import Abbreviation, CitedDocument, Conference
from proceedings.conference.reading import Reading
from proceedings.conference.settings import Settings
from proceedings.html import openings, rendering
from proceedings.html.cross_references import References
from proceedings.html.fragments import Fragments
from proceedings.problems import Place
from proceedings.project import Project
from proceedings.site.pages import Site
from torture import TORTURE

Add = Callable[..., HtmlElement]
NUMBER = "99/2032/QĐ-UBND"
SPEECH = "tham-luan/so-sach-va-thu-tich.md"
DOCUMENTS = sorted(path.relative_to(CONFERENCE / "docs").as_posix() for path in (CONFERENCE / "docs").rglob("*.md"))


def link(path: str) -> str:
    return f"/{path.removesuffix('.md')}.html"


def nowhere(path: str) -> str:
    return ""


@pytest.fixture
def add(fabricated: Reading, fabricated_settings: Settings) -> Add:
    """Return finished HTML of Markdown on a page of the fabricated conference, with all cross-references."""

    def added(markdown: str, path: str = "phu-luc/thu.md", conference: Conference = fabricated.conference,
              link: Callable[[str], str] = link) -> HtmlElement:
        fragments = Fragments(conference, fabricated_settings.looks)
        root = rendering.finish(rendering.render(markdown, fabricated_settings))
        references = References.of(conference, fragments)
        references.add(path, root, link)
        return rendering.parse(rendering.serialise(root) + references.below(path, link))

    return added


def laid_out(path: str, conference: Conference, view: Settings) -> tuple[str, str]:
    """Return a page's HTML as in print and as on the site."""
    fragments = Fragments(conference, view.looks)
    rendered = rendering.render(fragments.with_rules(conference.documents[path].body), view)
    root = openings.lay_out(path, rendered, conference, fragments, link)
    before = rendering.serialise(root)
    references = References.of(conference, fragments)
    references.add(path, root, link)
    return before, rendering.serialise(root) + references.below(path, link)


def abbreviations(root: HtmlElement) -> list[tuple[str, str | None]]:
    return [(abbr.text_content(), abbr.get("data-tip")) for abbr in root.iter("abbr")]


def citations(root: HtmlElement) -> list[str]:
    return [element.text_content() for element in root.cssselect("a.cite")]


# --- Abbreviations ---------------------------------------------------------------------
def test_an_abbreviation_tells_its_full_form_with_script_and_without(add: Add) -> None:
    (abbr,) = add("Theo UBND tỉnh.\n").iter("abbr")
    assert dict(abbr.attrib) == {"class": "abbr", "data-tip": "Ủy ban nhân dân", "title": "Ủy ban nhân dân",
                                 "tabindex": "0"}


@pytest.mark.parametrize(("text", "found"), [
    ("UBND, (HĐND) và UBND-HĐND", ["UBND", "HĐND", "UBND", "HĐND"]),
    ("UBND/HĐND", ["UBND", "HĐND"]),
    ("**UBND** tỉnh, U**BND**", ["UBND"]),
    ("UBNDX, XUBND, ubnd, Ubnd, UBND2", []),
    ("số 7/QĐ-UBND, 18-NQ/BTC, 12/2034/HĐND, 1/KH-UBND-HĐND", []),
    ("Số: /KH-BTC", []),
    ("`UBND`\n\n```\nUBND\n```", []),
    ("## UBND {#ubnd}\n\n| UBND |\n|---|\n| HĐND |", ["UBND", "UBND", "HĐND"]),
    ("CLB đọc sách theo KH-BTC, QĐ-UBND", ["CLB", "KH", "BTC", "QĐ", "UBND"]),
])
def test_only_whole_abbreviations_are_explained(add: Add, text: str, found: list[str]) -> None:
    assert [word for word, _ in abbreviations(add(f"{text}\n"))] == found


def test_a_number_whose_head_is_blank_is_no_abbreviation(fabricated: Reading, fabricated_settings: Settings) -> None:
    plan = fabricated.conference.documents[schema.PLAN]
    document = replace(plan, text=plan.text.replace("Số: 12/KH-BTC", "Số: /KH-BTC"))
    conference = replace(fabricated.conference, documents={**fabricated.conference.documents, schema.PLAN: document})
    _, after = laid_out(schema.PLAN, conference, fabricated_settings)
    (number,) = rendering.parse(after).cssselect("#so-ky-hieu")
    assert number.text_content() == "Số: /KH-BTC"
    assert list(number.iter("abbr")) == []


def test_the_longest_abbreviation_is_meant(add: Add, fabricated: Reading) -> None:
    place = Place("a")
    conference = replace(fabricated.conference, abbreviations=(
        Abbreviation("XH", "Xã hội", place), Abbreviation("KT-XH", "Kinh tế - xã hội", place),
        Abbreviation("KT", "Kinh tế", place)))
    root = add("Phát triển KT-XH, XH, KT.\n", conference=conference)
    assert abbreviations(root) == [("KT-XH", "Kinh tế - xã hội"), ("XH", "Xã hội"), ("KT", "Kinh tế")]
    assert [span.text_content() for span in root.cssselect("span.nowrap")] == ["KT-XH"]


def test_the_tab_key_stops_once_a_section_for_each(add: Add) -> None:
    root = add("UBND, UBND, HĐND\n\n- UBND\n\n## UBND và CLB\n\nUBND CLB\n\n### Một\n\nUBND\n")
    assert [(abbr.text, abbr.get("tabindex")) for abbr in root.iter("abbr")] == [
        ("UBND", "0"), ("UBND", "-1"), ("HĐND", "0"), ("UBND", "-1"),
        ("UBND", "0"), ("CLB", "0"), ("UBND", "-1"), ("CLB", "-1"), ("UBND", "0")]


def test_within_a_link_is_no_second_stop(add: Add) -> None:
    root = add("[bài của UBND](../UBND.md) và UBND\n")
    assert [(abbr.text, abbr.get("tabindex")) for abbr in root.iter("abbr")] == [("UBND", None), ("UBND", "0")]
    assert [element.get("href") for element in root.iter("a")] == ["../UBND.md"]


def test_heads_of_derived_tables_mean_what_they_always_mean(add: Add, fabricated: Reading,
                                                            fabricated_settings: Settings) -> None:
    conference = replace(fabricated.conference, abbreviations=(Abbreviation("TT", "Thông tư", Place("a")),))
    _, after = laid_out(schema.PROGRESS, conference, fabricated_settings)
    assert "TT" in [head.text_content() for head in rendering.parse(after).iter("th")]
    assert abbreviations(rendering.parse(after)) == []


# --- Citations -----------------------------------------------------------------------------
def test_a_citation_leads_to_its_row_and_tells_number_date_and_subject(add: Add) -> None:
    root = add(f"Theo Quyết định số {NUMBER} ngày 05/4/2032.\n")
    (cite,) = root.cssselect("a.cite")
    assert cite.text_content() == f"số {NUMBER}"
    assert cite.get("href") == "/phu-luc/van-ban.html#vb--99-2032-qd-ubnd"
    assert cite.get("data-tip") == (f"Quyết định số {NUMBER} ngày 05/4/2032 của Ủy ban nhân dân tỉnh Giả Định: "
                                    "Về phê duyệt Đề án Thư viện lưu động")
    assert cite.getparent().get("class") == "nowrap"


@pytest.mark.parametrize(("text", "found"), [
    (f"## Theo số {NUMBER}", [f"số {NUMBER}"]),
    (f"**số {NUMBER}**", [f"số {NUMBER}"]),
    (f"số **{NUMBER}** có", [NUMBER]),
    (f"[số {NUMBER}](a.md)", []),
    (f"`{NUMBER}`", []),
    (f"1{NUMBER}, {NUMBER}X, 7/{NUMBER}, 99/2032/QĐ-HĐND", []),
    (f"{NUMBER}; 46/KH-SSTT", [NUMBER, "46/KH-SSTT"]),
])
def test_only_citations_of_the_register_become_links(add: Add, text: str, found: list[str]) -> None:
    root = add(f"{text}\n")
    assert citations(root) == found
    assert [element for element in root.iter("a") if next(element.iterancestors("a"), None) is not None] == []


@pytest.mark.parametrize(("number", "text", "found"), [
    ("18-NQ/TW", "Nghị quyết số 18-NQ/TW thì có.", "số 18-NQ/TW"), ("18-NQ/TW", "Theo 18-NQ/TW thì có.", "18-NQ/TW"),
    ("Công ước A", "Theo Công ước A thì có.", "Công ước A"),  # not within an unbreakable span
])
def test_a_number_of_another_form_becomes_a_link_too(add: Add, fabricated: Reading, number: str, text: str,
                                                     found: str) -> None:
    document = CitedDocument("Nghị quyết", number, None, "Trung ương", "Về mẫu", Place("a"))
    root = add(f"{text}\n", conference=replace(fabricated.conference, cited_documents=(document,)))
    assert citations(root) == [found]
    assert root.cssselect("a.cite")[0].get("data-tip") == f"Nghị quyết số {number} của Trung ương: Về mẫu"


def test_without_the_register_there_is_nothing_to_lead_to(add: Add) -> None:
    assert citations(add(f"Theo số {NUMBER}.\n", link=nowhere)) == []


def test_a_citation_names_kind_number_date_and_issuer() -> None:
    assert citation(CitedDocument("Kế hoạch", "1/KH", date(2034, 2, 5), "Sở Mẫu", "Về mẫu", Place("a"))) == (
        "Kế hoạch số 1/KH ngày 05/02/2034 của Sở Mẫu")


# --- Registers --------------------------------------------------------------------------------
def rows_of(root: HtmlElement) -> list[HtmlElement]:
    return [row for row in root.iter("tr") if row.get("id")]


def test_rows_of_the_registers_have_ids_and_do_not_explain_themselves(fabricated: Reading,
                                                                      fabricated_settings: Settings) -> None:
    for path, prefix, count in ((schema.CITED_DOCUMENTS, "vb", 9), (schema.ABBREVIATIONS, "tt", 12),
                                (schema.THEMES, "cd", 5)):
        root = rendering.parse(laid_out(path, fabricated.conference, fabricated_settings)[1])
        assert [row.get("id", "").partition("-")[0] for row in rows_of(root)] == [prefix] * count
        assert [element for row in rows_of(root) for element in row.cssselect("a.cite, td:first-child abbr")] == []


def test_another_rows_subject_leads_to_the_row_it_cites(add: Add, fabricated: Reading) -> None:
    one = CitedDocument("Luật", "1/2030/QH", None, "Quốc hội", "Về mẫu", Place("a"))
    two = replace(one, number="2/2031/NĐ", subject="Về thi hành Luật số 1/2030/QH, thay 2/2031/NĐ")
    cells = "\n".join(f"| Luật | {each.number} | – | Quốc hội | {each.subject} |" for each in (one, two))
    root = add(f"| a | b | c | d | e |\n|---|---|---|---|---|\n{cells}\n", path=schema.CITED_DOCUMENTS,
               conference=replace(fabricated.conference, cited_documents=(one, two)))
    assert [(cite.text_content(), cite.get("href")) for cite in root.cssselect("a.cite")] == [
        ("số 1/2030/QH", "/phu-luc/van-ban.html#vb--1-2030-qh")]


def test_a_cited_document_tells_where_it_is_cited(fabricated: Reading, fabricated_settings: Settings) -> None:
    root = rendering.parse(laid_out(schema.CITED_DOCUMENTS, fabricated.conference, fabricated_settings)[1])
    below = root.cssselect("#vb--21-2033-qd-ubnd + tr.mentioned > td")[0]
    assert below.get("colspan") == "5"
    assert " ".join(below.text_content().split()) == (
        "Viện dẫn tại: 3 tài liệu KẾ HOẠCH: Phần mở đầu "
        "1. Sở Sách và Thư tịch: 1. Công tác lãnh đạo, chỉ đạo; 3. Đề xuất, kiến nghị "
        "5. Hội Người yêu sách Giả Định: " + below.cssselect("li:last-child")[0].text_content().partition(": ")[2])
    assert [element.get("href") for element in below.cssselect("li:nth-child(-n+2) a")] == [
        "/ke-hoach.html", f"{link(SPEECH)}#1-cong-tac-lanh-dao-chi-dao", f"{link(SPEECH)}#3-de-xuat-kien-nghi"]


def test_a_theme_tells_which_documents_speak_of_it(fabricated: Reading, fabricated_settings: Settings) -> None:
    root = rendering.parse(laid_out(schema.THEMES, fabricated.conference, fabricated_settings)[1])
    below = root.cssselect("#cd--dao-tao-nhan-vien + tr.mentioned > td")[0]
    assert below.get("colspan") == "2"
    assert " ".join(below.text_content().split()) == (
        "Có trong: 4 tài liệu KẾ HOẠCH (3 chỗ) Báo cáo sơ kết (3 chỗ) 1. Sở Sách và Thư tịch (2 chỗ) "
        "2. Trường Cao đẳng Đọc sách (14 chỗ)")
    assert below.cssselect("a")[1].get("href") == "/bao-cao.html#2-dao-tao-nhan-vien"


@pytest.mark.parametrize(("path", "words"), [
    (schema.CITED_DOCUMENTS, "Chưa được viện dẫn trong tài liệu của Hội nghị."),
    (schema.THEMES, "Chưa có trong tài liệu nào của Hội nghị."),
])
def test_what_no_document_mentions_is_said_to_be_so(fabricated: Reading, fabricated_settings: Settings, path: str,
                                                    words: str) -> None:
    conference = replace(fabricated.conference, speeches={}, report=None, documents={
        path: fabricated.conference.documents[path]})
    root = rendering.parse(laid_out(path, conference, fabricated_settings)[1])
    assert {row.text_content().strip() for row in root.cssselect("tr.mentioned")} == {words}
    assert len(root.cssselect("tr.mentioned")) == len(rows_of(root))


def test_rows_that_are_alike_without_marks_have_ids_of_their_own(add: Add, fabricated: Reading) -> None:
    shorts = ("ĐA", "DA", "Đ-A", "DA 2")
    entries = tuple(Abbreviation(short, "Nghĩa", Place("a")) for short in shorts)
    body = "\n".join(f"| {short} | Nghĩa |" for short in (*shorts, "DA"))
    root = add(f"| a | b |\n|---|---|\n{body}\n", path=schema.ABBREVIATIONS,
               conference=replace(fabricated.conference, abbreviations=entries))
    assert [row.get("id") for row in rows_of(root)] == ["tt--da", "tt--da--2", "tt--d-a", "tt--da-2"]


# --- Below a speech -------------------------------------------------------------------------------
def test_a_speech_tells_what_it_cites_and_who_speaks_of_its_unit(fabricated: Reading,
                                                                 fabricated_settings: Settings) -> None:
    root = rendering.parse(laid_out(SPEECH, fabricated.conference, fabricated_settings)[1])
    cited, spoken = root.cssselect("section.related")
    assert [section.get("data-search") for section in (cited, spoken)] == ["off", "off"]
    assert [heading.text_content() for heading in root.cssselect("section.related > h2")] == [
        "Văn bản viện dẫn trong bài", "Được nhắc đến tại"]
    assert [element.get("href") for element in cited.iter("a")] == [
        f"/phu-luc/van-ban.html#vb--{name}" for name in (
            "18-2032-nq-hdnd", "99-2032-qd-ubnd", "21-2033-qd-ubnd", "05-hd-sstt")]
    assert [element.text_content() for element in spoken.cssselect(".places__page")] == [
        "2. Trường Cao đẳng Đọc sách", "3. Ban Tổ chức Đề án huyện Đồi Gió", "4. Ban Tổ chức Đề án thị xã Bến Mơ"]


def test_where_there_is_nothing_to_tell_there_is_no_list(add: Add, fabricated: Reading) -> None:
    conference = replace(fabricated.conference, cited_documents=(), report=None, documents={
        SPEECH: fabricated.conference.documents[SPEECH]})
    assert add("Chữ.\n", path=SPEECH, conference=conference).cssselect("section") == []
    assert add("Chữ.\n", path=schema.REPORT).cssselect("section") == []


# --- Whole pages ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", DOCUMENTS)
def test_no_letter_of_a_text_changes_and_no_line_breaks_elsewhere(fabricated: Reading, fabricated_settings: Settings,
                                                                  path: str) -> None:
    before, after = laid_out(path, fabricated.conference, fabricated_settings)
    assert _pieces(rendering.parse(before)) == _pieces(rendering.parse(after))


def _pieces(root: HtmlElement) -> tuple[str, list[str]]:
    """Return the letters of the text itself, and its unbreakable pieces."""
    for added in root.cssselect("[data-search=off]"):
        added.drop_tree()
    return root.text_content().rstrip(), [span.text_content() for span in root.cssselect("span.nowrap")]


def test_no_letter_of_what_markdown_can_do_changes(add: Add, fabricated_settings: Settings) -> None:
    text = TORTURE.replace("12/2034/QĐ-UBND", NUMBER) + f"\nUBND **HĐND số {NUMBER}** UBND *ngày **{NUMBER}***\n"
    root = add(text)
    assert len(citations(root)) == 3
    assert root.text_content() == rendering.finish(rendering.render(text, fabricated_settings)).text_content()


def test_every_place_that_is_told_can_be_reached_and_every_id_is_one(fabricated: Reading,
                                                                     fabricated_settings: Settings) -> None:
    pages = {link(path): rendering.parse(laid_out(path, fabricated.conference, fabricated_settings)[1])
             for path in DOCUMENTS}
    ids = {page: [element.get("id") for element in root.iter() if element.get("id")] for page, root in pages.items()}
    assert [page for page, names in ids.items() if len(names) != len(set(names))] == []
    told = [element.get("href") for root in pages.values()
            for element in root.cssselect("a.cite, .mentioned a, .related a, .register--units a")]
    assert len(told) > 60
    for address in told:
        page, _, anchor = address.partition("#")
        assert page in pages, address
        assert not anchor or anchor in ids[page], address


def test_what_registers_write_is_told_and_never_obeyed(add: Add, fabricated: Reading) -> None:
    hostile = "\"><script>alert(1)</script><img src=x onerror='alert(2)'>"
    conference = replace(
        fabricated.conference,
        abbreviations=(Abbreviation("UBND", hostile, Place("a")),),
        cited_documents=(CitedDocument(hostile, NUMBER, None, hostile, hostile, Place("a")),))
    root = add(f"UBND theo số {NUMBER}.\n", path=SPEECH, conference=conference)
    assert list(root.iter("script", "img")) == []
    assert root.cssselect("abbr")[0].get("title") == hostile
    assert hostile in root.cssselect("a.cite")[0].get("data-tip", "")
    assert hostile in root.cssselect("section.related li")[0].text_content()


def test_the_site_has_them_and_paper_has_not(fabricated: Reading, fabricated_settings: Settings) -> None:
    project = Project(fabricated_settings, fabricated)
    shown = Site.of(project, {}).content(SPEECH, str, link)
    assert re.findall('class="(?:cite|related)"', shown.html)
    assert "data-tip" in shown.html
    assert "data-tip" not in rendering.serialise(project.texts[SPEECH].tree)
