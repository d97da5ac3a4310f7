"""Unsupported markup is text for both parsers; content sets neither classes nor reserved ids."""

import re
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from lxml.html import HtmlElement

from conftest import finished_html, printer_of, run
from proceedings.conference.reading import Reading
from proceedings.conference.settings import Settings
from proceedings.html import rendering
from proceedings.html.fragments import Fragments
from proceedings.print.book import Book, Edition
from proceedings.project import Project
from proceedings.schema import Table
from proceedings.text import source


def page(text: str, settings: Settings) -> HtmlElement:
    return rendering.parse(finished_html(rendering.render(text, settings)))


def plain(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def classes(root: HtmlElement) -> set[str]:
    return {name for element in root.iter() for name in (element.get("class") or "").split()} - {"blank", "nowrap"}


# --- Classes and ids ------------------------------------------------------------------------
@pytest.mark.parametrize(("text", "shown"), [
    ("[Xem](https://a.example){: .md-search__suggest }", "Xem{: .md-search__suggest }"),
    ("Chữ.\n{: .search }", "Chữ. {: .search }"),
    ("Chữ.\n{.nowrap}", "Chữ. {.nowrap}"),
    ("Chữ.\n{: #a .revision }", "Chữ. {: #a .revision }"),
    ("# Chữ {.status--da-duyet}", "Chữ {.status--da-duyet}"),
    ("# Chữ {#__search}", "Chữ {#__search}"),
    ("# Chữ {#fn:1}", "Chữ {#fn:1}"),
    ("*Chữ*{: .footnote-backref } ở **đây**{#a}", "Chữ{: .footnote-backref } ở đây{#a}"),
    ("![Chữ](a.png){: .md-header }", "{: .md-header }"),
    ("| Chữ {.search} |\n|---|\n| b {: #a } |", "Chữ {.search} b {: #a }"),
    ("- Chữ\n{: .search }", "Chữ {: .search }"),
    ("> Chữ\n{: .search }", "Chữ {: .search }"),
    ("!!! md-search__suggest \"Chữ\"\n    b", "!!! md-search__suggest \"Chữ\" b"),
    ("!!! note search \"Chữ\"\n    b", "!!! note search \"Chữ\" b"),
    ("!!! footnote \"Chữ\"\n    b", "!!! footnote \"Chữ\" b"),
    ("!!! note Chữ\n    b", "!!! note Chữ b"),
    ("!!!note \"Chữ\"\n    b", "!!!note \"Chữ\" b"),
    ("??? note \"Chữ\"\n    b", "??? note \"Chữ\" b"),
])
def test_classes_and_ids_of_ours_are_text_wherever_they_are_typed(text: str, shown: str,
                                                                  fabricated_settings: Settings) -> None:
    root = page(text, fabricated_settings)
    assert plain(root) == shown
    assert classes(root) == set()
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert ids == [block.anchor for block in source.parse("a.md", text).blocks if block.anchor]
    assert not set(ids) & {"__search", "fn:1", "a"}


@pytest.mark.parametrize("kind", ["note", "info", "tip", "warning"])
def test_box_of_a_known_kind_is_a_box(kind: str, fabricated_settings: Settings) -> None:
    text = f"Trước\n!!! {kind} \"Tên \"b\" c\"\n    Chữ.\n\n    Nữa.\n\nSau"
    root = page(text, fabricated_settings)
    [box] = root.iterfind("div")
    assert box.get("class") == f"admonition {kind}"
    assert [(block.get("class"), plain(block)) for block in box] == [
        ("admonition-title", "Tên \"b\" c"), (None, "Chữ."), (None, "Nữa.")]
    assert [block.text for block in source.parse("a.md", text).blocks] == [
        "Trước", "Tên \"b\" c", "Chữ.", "Nữa.", "Sau"]


@pytest.mark.parametrize(("kind", "title"), [("note", "Ghi chú"), ("info", "Thông tin"), ("tip", "Gợi ý"),
                                           ("warning", "Lưu ý")])
def test_box_without_a_title_has_a_vietnamese_one(kind: str, title: str, fabricated_settings: Settings) -> None:
    for typed, texts in ((f"!!! {kind}", [title, "Chữ."]), (f"!!! {kind} \"\"", ["Chữ."])):
        text = f"- a\n\n    {typed}\n        Chữ.\n"
        root = page(text, fabricated_settings)
        assert [plain(block) for block in root.iterfind(".//div/p")] == texts
        assert [block.text for block in source.parse("a.md", text).blocks] == ["a", *texts]


@pytest.mark.parametrize("info", [
    "{.md-search__suggest}", "{.python .search #menu title=\"Chữ\"}", "python title=\"Chữ\"", "python hl_lines=\"1\"",
    "python linenums=\"1\"", "python search", "{#a}", "text {.a}",
])
@pytest.mark.parametrize("sign", ["```", "~~~~"])
def test_code_has_no_option_but_its_language(sign: str, info: str, fabricated_settings: Settings) -> None:
    root = page(f"{sign} {info}\na = 1\n{sign}\n", fabricated_settings)
    assert [(element.tag, element.get("class")) for element in root] == [("div", "highlight")]
    assert plain(root) == "a = 1"
    assert root.find(".//*[@id]") is None
    assert root.find(".//table") is None
    assert {name for name in classes(root) if len(name) > 2} == {"highlight"}


def test_signs_of_code_on_one_line_open_nothing(fabricated_settings: Settings) -> None:
    text = "```a``` b\n\nChữ.\n\n```\nc\n```\n"
    assert [plain(element) for element in page(text, fabricated_settings)] == ["a b", "Chữ.", "c"]
    assert [block.text.strip() for block in source.parse("a.md", text).blocks] == ["a b", "Chữ.", "c"]


# --- Notes ----------------------------------------------------------------------------------
def test_note_that_is_never_called_is_shown_without_a_way_back(fabricated_settings: Settings) -> None:
    text = "Một[^1]\n\n[^1]: Hai\n[^2]: Ba\n\n    - bốn\n"
    root = page(text, fabricated_settings)
    targets = {f"#{element.get('id')}" for element in root.iter() if element.get("id")}
    assert [link.get("href") for link in root.iter("a")] == ["#fn:1", "#fnref:1"]
    assert {link.get("href") for link in root.iter("a")} <= targets
    assert [plain(item).strip(" \xa0↩") for item in root.iterfind(".//div/ol/li")] == ["Hai", "Ba bốn"]


def test_note_called_only_by_one_that_is_never_called_keeps_its_way_back(fabricated_settings: Settings) -> None:
    root = page("Một\n\n[^1]: Hai[^2]\n[^2]: Ba\n", fabricated_settings)
    assert [link.get("href") for link in root.iter("a")] == ["#fn:2", "#fnref:2"]


def test_notes_are_read_with_their_lines_and_whether_they_are_called() -> None:
    document = source.parse("a.md", "---\na: b\n---\nMột[^1] `[^3]`\n\n[^1]: Hai[^b]\n\n[^b]:\n    Ba\n[^3]: Bốn\n"
                            "[^1]: Năm\n")
    assert [(note.name, note.line, note.called) for note in document.notes] == [
        ("1", 6, True), ("b", 8, True), ("3", 10, False), ("1", 11, True)]
    assert "Bốn" in [block.text for block in document.blocks]


@pytest.mark.parametrize("above", ["> a", "- a", "1. a", "a", "> - a", "# a", "| a |\n|---|"])
def test_note_right_below_anything_is_a_note(above: str, fabricated_settings: Settings) -> None:
    text = f"Chữ[^1]\n\n{above}\n[^1]: Lời.\n"
    assert plain(page(text, fabricated_settings).findall(".//li[@id='fn:1']")[0]).startswith("Lời.")
    document = source.parse("a.md", text)
    assert [(note.name, note.called) for note in document.notes] == [("1", True)]
    assert [block.text for block in document.blocks] == ["Chữ", "a", "Lời."]


@pytest.mark.parametrize("note", ["Lời.\n{: #a }", "Lời.\n{#a}\n\n    Nữa.\n    {#b}", "- a\n    {#b}",
                                  "\n    # A {#b}\n"])
def test_braces_in_notes_are_text(note: str, fabricated_settings: Settings) -> None:
    text = f"Chữ.[^1]\n{{#c}}\n\n[^1]: {note}\n"
    root = page(text, fabricated_settings)
    blocks = source.parse("a.md", text).blocks
    assert [block.anchor for block in blocks if block.anchor] == [
        name for element in root.iter() if (name := element.get("id") or "") and not name.startswith("fn")]
    assert Counter("".join(block.text for block in blocks))["{"] == Counter(plain(root))["{"] == note.count("{")


@pytest.mark.parametrize("text", ["Chữ[^a b].\n\n[^a b]: Lời.", "Chữ[^].\n\n[^]: Lời.", "Chữ^[Lời.]", "Chữ[^2]."])
def test_what_is_no_call_is_text(text: str, fabricated_settings: Settings) -> None:
    assert plain(page(text, fabricated_settings)) == " ".join(text.split())
    assert " ".join(block.text for block in source.parse("a.md", text).blocks) == " ".join(text.split())


# --- Placeholder characters of parsers -------------------------------------------------------
def test_no_words_say_where_notes_go(fabricated_settings: Settings) -> None:
    text = "Một ///Footnotes Go Here/// hai[^1]\n\nBa\n\n[^1]: Bốn\n"
    assert [element.tag for element in page(text, fabricated_settings)] == ["p", "p", "div"]
    assert "Một ///Footnotes Go Here/// hai" in plain(page(text, fabricated_settings))


FORGED = ["\x02wzxhzdk:0\x03", "\x01wzxhzdk:0\x04", "&#2;wzxhzdk:0&#3;", "&#x0002;wzxhzdk:0&#x0003;",
          "\x02klzzwxh:0000\x03", "&#2;klzzwxh:0000&#3;", "\x02amp\x03", "\x0265\x03", "&#2;65&#3;",
          "\x02hzzhzkh:0\x03", "\x02zz1337820767766393qq\x03", "&#2;qq3936677670287331zz&#3;",
          "&amp;#2;wzxhzdk:0&amp;#3;",
          "\\\x02wzxhzdk:0\\\x03", "[a](\x02wzxhzdk:0\x03)", "\ue000tien-do\ue001", "&#xE000;tien-do&#xE001;",
          "&#57344;quy-tac&#0057345;", "&#x0000E000;tien-do&#x0000E001;", "\U000f0000tien-do\U0010fffd",
          "\ufdd0tien-do\ufdd1", "place--tien-do"]


@pytest.mark.parametrize("forged", FORGED)
def test_no_text_takes_the_place_of_something_else(forged: str, fabricated: Reading,
                                                   fabricated_settings: Settings) -> None:
    made = Fragments(fabricated.conference, fabricated_settings.looks)
    for text in (f"{forged}\n\n```\nmã\n```\n\n**đậm** & `x`[^1]\n\n[^1]: Lời.\n", f"| a |\n|---|\n| {forged} |\n",
                 f"# {forged}\n\nchữ\n", f"`{forged}` **đậm**\n"):
        root = rendering.finish(rendering.render(made.with_rules(text), fabricated_settings))
        count = Counter(re.findall(r"mã|đậm|Lời", root.text_content()))
        assert count == Counter(re.findall(r"mã|đậm|Lời", text))
        before = rendering.serialise(root)
        made.fill(root, lambda path: path)
        assert rendering.serialise(root) == before


def test_table_is_put_only_where_a_marker_stands(fabricated: Reading, fabricated_settings: Settings) -> None:
    made = Fragments(fabricated.conference, fabricated_settings.looks)
    text = "```\n<!-- bang: tien-do -->\n```\n\n- a\n<!-- bang: tien-do -->\n\n    <!-- bang: tien-do -->\n"
    root = rendering.finish(rendering.render(made.with_rules(text), fabricated_settings))
    made.fill(root, lambda path: path)
    assert len(root.findall(".//table")) == 1
    assert [plain(code) for code in root.iter("code")] == ["<!-- bang: tien-do -->"] * 2
    assert rendering.serialise(root).count(made.table(Table.PROGRESS, lambda path: path)) == 1


# --- One text after the other ------------------------------------------------------------------
@given(st.lists(st.sampled_from((
    "# A\n\n## B {#c}\n", "A.[^1]\n\n[^1]: B.\n", "a[^1] b[^2]\n\n[^2]: c\n", "```python\nprint(1)\n```\n", "[a]: b\n",
    "<!-- bang: tien-do -->\n", "!!! note\n    a\n", "| a |\n|---|\n| b |\n", "a **b** _c_ `d`",
    "[x](y.md) <a@b.vn> &amp;\\\nz", "- a\n\n    ```\n    b\n    ```\n")), min_size=2, max_size=5))
def test_nothing_of_a_text_stays_for_the_next(fabricated_settings: Settings, texts: list[str]) -> None:
    shared = rendering.converter(fabricated_settings)
    assert [shared.convert(text) for text in texts] == [
        rendering.converter(fabricated_settings).convert(text) for text in texts]


# --- In the volume ----------------------------------------------------------------------------
def test_no_heading_of_a_text_has_an_id_of_the_volume(fabricated: Reading, fabricated_settings: Settings) -> None:
    conference = fabricated.conference
    speech = next(iter(conference.speeches.values()))
    other = [unit.unit for unit in conference.speeches.values()][1]
    number = conference.cited_documents[0].number
    text = ("## Hết\n\n## Dv2 1\n\n## Vb1 1\n\n## Mục {#dv2-2}\n\n"
            f"{other}, số {number}.[^dv--2--1]\n\n[^dv--2--1]: Lời.\n")
    document = source.parse(speech.path, text)
    changed = replace(conference, documents={**conference.documents, document.path: document})
    book = Book(Project(fabricated_settings, replace(fabricated, conference=changed)), Edition())
    chapter = next(chapter for chapter in book.chapters() if chapter.path == document.path)
    ids = [element.get("id") for element in rendering.parse(chapter.html).iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert chapter.end not in ids
    within = [name.removeprefix(f"{chapter.name}--") for name in ids]
    assert [name for name in within if name.startswith(("dv--", "vb--"))] == ["dv--2--1", "vb--1--1"]


@pytest.mark.prints
def test_site_and_reading_copy_are_made_of_what_stopped_them(conference_root: Path, tmp_path: Path) -> None:
    name = "so-sach-va-thu-tich"
    file = conference_root / "docs/tham-luan" / f"{name}.md"
    _, head, body = file.read_text("utf-8").split("---\n", 2)
    file.write_text(f"---\n{head}---\n\nĐoạn đầu.\n{{: .nowrap }}\n{body}\n\n[^9]: Lời không ai gọi.\n", "utf-8")
    done = run(sys.executable, "-m", "mkdocs", "build", "--strict", folder=conference_root)
    assert "WARNING" not in done.stderr
    assert done.returncode == 0
    assert "Lời không ai gọi." in (conference_root / "site/tham-luan" / f"{name}.html").read_text("utf-8")
    assert printer_of(conference_root, tmp_path / "ra").reading_copy(f"tham-luan/{name}.md").pages > 1


# --- Both parsers -----------------------------------------------------------------------------
PIECES = [
    "Chữ", "a b", "Sở Mẫu", " ", "\n", "\n\n", "\n\n    ", "{#a}", " {#b-c}", "\n{: #d }", "{.x}", "\n{: .x }",
    " {#menu}", " {: #a .b }", "[^1]", "[^2]", "\n\n[^1]: Lời", "\n[^2]: Khác", "^[c]", "\n!!! note \"Tên\"\n    ",
    "\n!!! search \"Tên\"\n    ",
    "\n??? note \"Tên\"\n    ", "\n\n# Mục", "\n\n## Menu", "\n\n- ", "\n\n> ", "**c**", "*d*{#e}", "[f](a.md)",
    "`{#g}`", "\n\n```{.h #i}\nmã\n```\n\n", "\n\n```text\n{#a}\n```\n\n", "\n\n| a |\n|---|\n| b {.x} |\n\n",
    "\x01", "\ue000", "&#xE000;",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)


@hypothesis_settings(max_examples=400)
@given(TEXTS)
@example("Chữ\n{: #d }\n\n# Menu\n\n## Menu {#b-c}")
def test_both_parsers_agree_on_anchors_and_on_classes_that_are_none(fabricated_settings: Settings, text: str) -> None:
    root = page(text, fabricated_settings)
    assert {name for name in classes(root) if len(name) > 2} <= {
        "admonition", "admonition-title", "note", "footnote", "footnote-ref", "footnote-backref", "highlight"}
    ids = [element.get("id") or "" for element in root.iter()]
    found = sorted(name for name in ids if name and not name.startswith("fn"))
    assert found == sorted(block.anchor for block in source.parse("a.md", text).blocks if block.anchor)
    targets = {f"#{name}" for name in ids}
    assert [link.get("href") for link in root.iter("a") if (link.get("href") or "#")[0] == "#"
            and link.get("href") not in targets] == []
