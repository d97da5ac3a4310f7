"""Parsing of a Markdown file with line numbers; its anchors equal those of the rendered page."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from proceedings.conference.reading import Reading
from proceedings.conference.settings import Settings
from proceedings.html import rendering
from proceedings.schema import RESERVED_IDS
from proceedings.text import source
from proceedings.text.front_matter import Fields, Items, Scalar, Value
from proceedings.text.slugs import slug
from proceedings.text.source import Block, Document, Kind, Link


def parse(text: str) -> Document:
    return source.parse("a.md", text)


def front(text: str) -> Document:
    return parse(f"---\n{text}\n---\n\nChữ.\n")


# --- Front matter ---------------------------------------------------------------
@pytest.mark.parametrize("value", ["no", "012", "05/4/2035", "7:30", "1_000", "null", "~", "0x1F", "2035-04-05", "yes",
                                   "1e3"])
def test_value_is_kept_as_typed(value: str) -> None:
    assert front(f"khoa: {value}").front_matter.text("khoa") == value


@pytest.mark.parametrize(("typed", "value"), [
    ("'a: b'", "a: b"), ('"Sở \\"Mẫu\\""', 'Sở "Mẫu"'), ("  Sở Mẫu  ", "Sở Mẫu"), ("Sở Mẫu # lời bàn", "Sở Mẫu"),
    ("", ""),
])
def test_value_loses_its_quotes_and_outer_spaces(typed: str, value: str) -> None:
    assert front(f"khoa: {typed}").front_matter.text("khoa") == value


def test_lists_and_mappings_keep_the_line_of_every_value() -> None:
    fields = front("bat-dau: 7:30\nmuc:\n  - noi-dung: Một\n    phut: 5\n  - Hai").front_matter
    assert fields.get("muc") == Items((
        Fields(((Scalar("noi-dung", 4), Scalar("Một", 4)), (Scalar("phut", 5), Scalar("5", 5))), 4),
        Scalar("Hai", 6)), 4)
    assert fields.line_of("muc") == 3


def test_key_given_twice_stands_twice_and_the_first_counts() -> None:
    fields = front("a: 1\na: 2").front_matter
    assert [(name.text, name.line) for name, _ in fields.entries] == [("a", 2), ("a", 3)]
    assert fields.text("a") == "1"


@pytest.mark.parametrize("typed", ["", "[1, 2]", "{b: 1}"])
def test_text_of_what_is_no_scalar_is_empty(typed: str) -> None:
    assert front(f"a: {typed}").front_matter.text("a") == ""


def test_absent_key_is_empty_and_on_the_line_of_the_fields() -> None:
    fields = front("a: 1").front_matter
    assert (fields.get("b"), fields.text("b"), fields.line_of("b")) == (None, "", 2)


@pytest.mark.parametrize(("typed", "line", "reason"), [
    ("a: 1\nb: [", 4, "không đúng cú pháp"),
    ("a: 1\nb: c: d", 3, "không đúng cú pháp"),
    ("a: 1\n\tb: 2", 3, "không đúng cú pháp"),
    ("a: 1\nchữ", 3, "không đúng cú pháp"),
    ("%YAML 3.0", 2, "không đúng cú pháp"),
    ("a: 1\nb: &x 1", 3, "không được dùng &, * hoặc !"),
    ("a: &x 1\nb: *x", 2, "không được dùng &, * hoặc !"),
    ("a: !!python/object:os.system x", 2, "không được dùng &, * hoặc !"),
    ("a: 1\nb: !x 1", 3, "không được dùng &, * hoặc !"),
    ("a: 1\nb: [[[[1]]]]", 3, "lồng nhau quá nhiều tầng"),
    ("- a\n- b", 2, "phải gồm các dòng"),
    ("chữ", 2, "phải gồm các dòng"),
    ("a: 1\nb: \x01", 3, "ký tự không hợp lệ"),
    ('a: "\\UFFFFFFFF"', 2, "ký tự không hợp lệ"),
    ('a: "\\U0010FFFF"\nb: "\\U00110000"', 3, "ký tự không hợp lệ"),
    ('a: 1\n"\\U80000000": 2', 3, "ký tự không hợp lệ"),
    pytest.param("%YAML 1." + "9" * 5000, 2, "không đúng cú pháp", id="a version of 5000 digits"),
    ('a: 1\nb: "\\uD800"', 3, "ký tự không hợp lệ"),
    ('a: 1\nb: "\\0"', 3, "ký tự không hợp lệ"),
])
def test_front_matter_beyond_plain_fields_is_an_error_at_its_line(typed: str, line: int, reason: str) -> None:
    document = front(typed)
    assert document.front_matter_error
    assert document.front_matter_error.line == line
    assert reason in document.front_matter_error.reason
    assert document.front_matter == Fields()
    assert [block.text for block in document.blocks] == ["Chữ."]  # the body is parsed nevertheless


def test_front_matter_may_nest_as_deep_as_an_agenda_and_one_level_more() -> None:
    assert front("a: [[[1]]]").front_matter_error is None


def test_key_that_is_no_word_is_an_unnamed_one() -> None:
    fields = front("a: 1\n? [b]\n: c").front_matter
    assert [(name.text, name.line) for name, _ in fields.entries] == [("a", 2), ("", 3)]


def test_lines_are_those_of_editors_not_those_of_yaml() -> None:
    fields = front('a: "x\N{LINE SEPARATOR}\N{LINE SEPARATOR}\x85"\nb: y').front_matter
    assert fields.line_of("b") == 3


@pytest.mark.parametrize("text", ["", "---\n", "---\na: 1\n", "chữ\n---\na: 1\n---\n", " ---\na: 1\n---\n",
                                  "----\na: 1\n----\n"])
def test_without_two_rules_at_the_top_there_is_no_front_matter(text: str) -> None:
    document = parse(text)
    assert document.front_matter == Fields()
    assert document.front_matter_lines == 0
    assert document.body == text


@pytest.mark.parametrize("text", ["---\n---\nChữ.\n", "---\n# lời bàn\n---\nChữ.\n"])
def test_empty_front_matter_has_no_fields_and_is_no_part_of_the_body(text: str) -> None:
    document = parse(text)
    assert document.front_matter == Fields()
    assert document.front_matter_error is None
    assert document.body == "Chữ.\n"


def test_front_matter_may_end_the_file() -> None:
    document = parse("---\na: 1\n---")
    assert document.front_matter.text("a") == "1"
    assert document.blocks == ()


# --- Lines ----------------------------------------------------------------------
@pytest.mark.parametrize("text", ["\ufeff---\na: 1\n---\n\n# B\n", "---\r\na: 1\r\n---\r\n\r\n# B\r\n",
                                  "---\ra: 1\r---\r\r# B\r"])
def test_line_ends_and_byte_order_mark_of_windows_make_no_difference(text: str) -> None:
    assert parse(text) == parse("---\na: 1\n---\n\n# B\n")


def test_lines_count_from_the_top_of_the_file() -> None:
    document = parse("---\na: 1\n---\n\n# B\n\nMột\nhai\n\n- c\n")
    assert [(block.text, block.line) for block in document.blocks] == [("B", 5), ("Một hai", 7), ("c", 10)]
    assert document.lines[4] == "# B"


# --- Blocks -----------------------------------------------------------------------
def only(text: str) -> Block:
    (block,) = parse(text).blocks
    return block


def test_headings_have_levels() -> None:
    found = [(block.kind, block.level, block.text) for block in parse("# A\n\n### B ###\n\nC\n---\n").blocks]
    assert found == [(Kind.HEADING, 1, "A"), (Kind.HEADING, 3, "B"), (Kind.HEADING, 2, "C")]


def test_paragraph_is_one_line_of_plain_words() -> None:
    assert only("Một **hai** *ba* `bốn`\nnăm [sáu](x.md) &amp; \\*bảy\\* 8\\. ![tám](x.png)").text == (
        "Một hai ba bốn năm sáu & *bảy* 8. tám")


@pytest.mark.parametrize("text", ["Một<br>hai", "Một<br/>\nhai", "Một <BR />  hai", "Một  \nhai", "Một\\\nhai",
                                  "<br>Một<br>hai<br>"])
def test_line_broken_on_purpose_stays_broken(text: str) -> None:
    assert only(text).text == "Một\nhai"


def test_items_have_a_depth_and_numbers_where_they_are_numbered() -> None:
    blocks = parse("3. a\n4. b\n    - c\n").blocks
    assert [(block.text, block.kind, block.number) for block in blocks] == [
        ("a", Kind.ITEM, 3), ("b", Kind.ITEM, 4), ("c", Kind.ITEM, None)]
    assert blocks[0].level < blocks[2].level


def test_rows_have_cells_and_lines() -> None:
    blocks = parse("\n| a | b |\n| --- | ---: |\n| **c** | |\n| `d` | e | f |\n").blocks
    assert [(block.kind, block.cells, block.line) for block in blocks] == [
        (Kind.ROW, ("a", "b"), 2), (Kind.ROW, ("c", ""), 4), (Kind.ROW, ("d", "e"), 5)]
    assert blocks[1].text == "c | "


def test_notes_and_code_are_blocks_of_their_own() -> None:
    blocks = parse("Chữ.[^1]\n\n```\nmã\n```\n\n[^1]: Chú thích.\n").blocks
    assert [(block.kind, block.text, block.line) for block in blocks] == [
        (Kind.PARAGRAPH, "Chữ.", 1), (Kind.CODE, "mã\n", 3), (Kind.NOTE, "Chú thích.", 7)]


def test_words_of_quotations_and_admonitions_are_blocks() -> None:
    blocks = parse("> Trích.\n\n!!! note \"Ghi chú\"\n    Trong khung.\n").blocks
    assert [block.text for block in blocks] == ["Trích.", "Ghi chú", "Trong khung."]


def test_comment_is_no_words_and_what_stands_in_angle_brackets_is() -> None:
    blocks = parse("<!-- bang: tien-do -->\n\nA <b>b</b> <họ tên>. <!-- c -->\n\n<div>\n*d*\n</div>\n").blocks
    assert [block.text for block in blocks if block.text] == ["A <b>b</b> <họ tên>.", "<div> d </div>"]


# --- Anchors ------------------------------------------------------------------------
@pytest.mark.parametrize(("text", "words", "anchor"), [
    ("# Tên {#ten}", "Tên", "ten"),
    ("# Tên {: #ten .lop }", "Tên {: #ten .lop }", "ten-ten-lop"),
    ("# Tên {.lop}", "Tên {.lop}", "ten-lop"),
    ("# Menu", "Menu", "menu_1"),
    ("# Menu {#menu}", "Menu {#menu}", "menu-menu"),
    ("*Tên*{#ten}", "Tên{#ten}", ""),
    ("# Tên {#khac}*mới*", "Tên {#khac}mới", "ten-khac-moi"),
    ("Đoạn\n{#doan}[a](b.md)", "Đoạn {#doan}a", ""),
    ("Đoạn *văn*\n{#doan}", "Đoạn văn", "doan"),
    ("Đoạn\n{#doan}![a](b.png)", "Đoạn {#doan}a", ""),
    ("- Mục\n{#muc}*mới*", "Mục {#muc}mới", ""),
    ("- *Mục*\n{#muc}", "Mục", "muc"),
    ("Đoạn\n{#doan} <!-- b -->", "Đoạn", "doan"),
    ("# Tên {#ten} <!-- b -->", "Tên", "ten"),
    ("Đoạn\n{#doan} `<!-- b -->`", "Đoạn {#doan} <!-- b -->", ""),
    ("| Tên {#ten} |\n|---|", "Tên {#ten}", ""),
    ("# Tên", "Tên", "ten"),
    ("# Tên{#khac}", "Tên{#khac}", "ten-khac"),
    ("Đoạn văn.\n{: #doan }", "Đoạn văn.", "doan"),
    ("Đoạn văn.\n{#doan}", "Đoạn văn.", "doan"),
    ("Đoạn văn. {: #doan }", "Đoạn văn. {: #doan }", ""),
    ("{: #doan }", "{: #doan }", ""),
    ("Đoạn văn.\n{: .lop }", "Đoạn văn. {: .lop }", ""),
    ("- Mục\n{: #muc }", "Mục", "muc"),
    ("Tập hợp {a, b}", "Tập hợp {a, b}", ""),
])
def test_anchor_counts_where_the_renderer_takes_it_for_one(text: str, words: str, anchor: str,
                                                           fabricated_settings: Settings) -> None:
    assert (only(text).text, only(text).anchor) == (words, anchor)
    assert rendered_ids(text, fabricated_settings) == ([anchor] if anchor else [])


def test_anchored_block_is_found_by_its_anchor() -> None:
    document = parse("# A\n\nMột.\n{: #mot }\n")
    assert document.anchors == {"a", "mot"}
    assert document.at("mot") == document.blocks[1]
    assert document.at("hai") is None


def test_section_of_an_anchored_item_is_all_that_follows() -> None:
    assert [block.text for block in parse("- A\n{: #a }\n\n# B\n\nC.\n").section("a")] == ["B", "C."]


SECTIONS = "# A\n\n## B {#b}\n\nMột.\n\n### C\n\nHai.\n\n## D\n\nBa.\n{: #ba }\n\nBốn.\n\n# E\n"


@pytest.mark.parametrize(("anchor", "texts"), [
    ("a", ["B", "Một.", "C", "Hai.", "D", "Ba.", "Bốn."]),
    ("b", ["Một.", "C", "Hai."]),
    ("c", ["Hai."]),
    ("ba", ["Bốn.", "E"]),  # of a paragraph: everything after it
    ("e", []),
    ("khong-co", []),
])
def test_section_ends_at_the_next_heading_of_its_level_or_above(anchor: str, texts: list[str]) -> None:
    assert [block.text for block in parse(SECTIONS).section(anchor)] == texts


@pytest.mark.parametrize(("text", "title"), [("Chữ.\n\n## A\n\n# B\n\n# C\n", "B"), ("## A\n", ""), ("", "")])
def test_title_is_the_first_heading_of_level_one(text: str, title: str) -> None:
    assert parse(text).title == title


# --- Links --------------------------------------------------------------------------
def test_links_and_images_keep_their_targets_and_lines() -> None:
    text = ("---\na: 1\n---\n\nMột [a](a.md#x)\nhai ![b](b.png)\n\n- [c](d.md)\n\n"
            "| [e](e.md) |\n| --- |\n| <http://f.vn> |\n\n[d]: d.md\n")  # the last line is text
    assert parse(text).links == (
        Link("a.md#x", 5), Link("b.png", 6, image=True, text="b"), Link("d.md", 8), Link("e.md", 10),
        Link("http://f.vn", 12))


def test_link_within_code_is_none() -> None:
    assert parse("`[a](a.md)`\n\n```\n[b](b.md)\n```\n").links == ()


# --- Properties -----------------------------------------------------------------------
MARKS = [*"#>-*+`~!|[](){}:.^ \n\t\\&<\"'=_1?%@", "ơ", "Đ", "\r", "\N{LINE SEPARATOR}", "\x0c", "\x00", "\x85",
         "---\n", "...\n",
         "!!! note\n", "[^1]", "[^1]: ", "    ", "```\n", "| a |\n", "|---|\n", "{: #x }", "# ", "a: ", "- ", "&a ",
         "*a",
         "!t ", "\\x0", "\\U", "FFFFFFFF", "<br>", "<!--", "-->", "![", "]("]


def lines_given(document: Document) -> list[int]:
    """Return every line number in a document's data."""
    found = [*(block.line for block in document.blocks), *(link.line for link in document.links)]
    found += [document.front_matter_error.line] if document.front_matter_error else []
    return [*found, *lines_of(document.front_matter)]


def lines_of(value: Value) -> list[int]:
    match value:
        case Fields(entries, line):
            return [line, *(found for name, below in entries for found in (name.line, *lines_of(below)))]
        case Items(items, line):
            return [line, *(found for below in items for found in lines_of(below))]
    return [value.line]


@settings(max_examples=400)
@given(st.one_of(st.text(), st.lists(st.sampled_from(MARKS), max_size=40).map("".join)),
       st.sampled_from(["", "---\n", "---\na: b\n---\n"]), st.sampled_from(["", "\n---\n"]))
@example("[^1]```\n[^1]: >[^1]: ", "", "")
def test_any_text_is_read_with_lines_that_it_has(text: str, before: str, after: str) -> None:
    document = parse(f"{before}{text}{after}")
    assert all(1 <= line <= len(document.lines) for line in lines_given(document))


@settings(max_examples=300)
@given(st.lists(st.sampled_from([*"{}[]:,-?!&*'\"|>%@#\n \\", "a", "ơ", "\N{LINE SEPARATOR}", "a: ", "\n  ", "\n- ",
                                 "\\U0", "\x0b", "FFFF", '"\\U', "\\u", "D800", "0011", "0000", "%YAML 1.",
                                 "9" * 5000]),
                max_size=40).map("".join))
@example('a: "\\UFFFFFFFF"')
@example('a: "\\U00110000"')
@example("%YAML 1." + "9" * 5000)
def test_any_front_matter_is_read_with_lines_that_it_has(text: str) -> None:
    document = front(text)
    assert all(1 <= line <= len(document.lines) for line in lines_given(document))


def rendered_ids(text: str, settings: Settings, *tags: str) -> list[str]:
    """Return the ids of a rendered page, or of some elements, except those of footnotes."""
    root = rendering.parse(rendering.render(text, settings))
    ids = [element.get("id") or "" for element in root.iter(*(tags or "*"))]
    return [name for name in ids if name and ":" not in name]


HEADING_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6")
PIECES = ["Sở Mẫu", "Mẫu", "Menu", "a", "A", "1", "Đ", "…", "-", "–", ".", ",", ":", "(", ")", "%", "/", "&", "&amp;",
          "“", "”", "+", "=", "?", ";",
          "**đậm**", "*nghiêng*", "`mã`", "[nối](a.md)", "a<br>b", "\\*", "1\\.", "![ảnh](a.png)", "a_1", "< 15",
          "[^1]", "<b>b</b>", "<họ tên>", "<!-- c -->"]
HEADINGS = st.builds(
    "{} {}{}".format,
    st.integers(1, 6).map("#".__mul__),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map(" ".join),
    st.sampled_from(["", "", "", " {#a}", " {: #mau .x }", " {.x}", " {#menu}", " {: #mau }", " {#so-mau_1}", " #"]),
)


@settings(max_examples=300)
@given(st.lists(HEADINGS, min_size=1, max_size=6))
@example(["# a", "## a", "## a_1", "# a"])
@example(["# …", "#", "# {#a}"])
def test_headings_have_the_ids_of_the_rendered_page(fabricated_settings: Settings, headings: list[str]) -> None:
    text = "\n\nChữ.[^1]\n\n".join(headings) + "\n\n[^1]: Chú thích.\n"
    found = [block.anchor for block in parse(text).blocks if block.kind is Kind.HEADING]
    assert found == rendered_ids(text, fabricated_settings, *HEADING_TAGS)


@settings(max_examples=200)
@given(st.text(st.characters(exclude_characters="#\\`*_[]<>&{}!~^|",
                             exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs")), min_size=1))
def test_heading_of_plain_words_has_its_slug_for_an_id(fabricated_settings: Settings, words: str) -> None:
    (block,) = parse(f"# {words}").blocks
    assert [block.anchor] == rendered_ids(f"# {words}", fabricated_settings)
    assert block.anchor == (f"{slug(words)}_1" if slug(words) in {"", *RESERVED_IDS} else slug(words))


def test_anchors_of_the_fabricated_conference_are_those_of_its_pages(fabricated: Reading,
                                                                     fabricated_settings: Settings) -> None:
    for path, document in fabricated.conference.documents.items():
        headings = [block.anchor for block in document.blocks if block.kind is Kind.HEADING]
        assert headings == rendered_ids(document.body, fabricated_settings, *HEADING_TAGS), path
        anchors = [block.anchor for block in document.blocks if block.anchor]
        assert anchors == rendered_ids(document.body, fabricated_settings), path
    assert sum(len(document.anchors) for document in fabricated.conference.documents.values()) > 40


def test_comment_of_several_paragraphs_is_no_text_and_moves_no_line() -> None:
    blocks = parse("# A\n\n<!-- b\n\n## c\n\nd -->\n\n## E\n").blocks
    assert [(block.text, block.line) for block in blocks] == [("A", 1), ("E", 9)]


def test_comment_in_code_is_code() -> None:
    blocks = parse("```\n<!-- a\n```\n\n## B\n\n-->\n").blocks
    assert [block.text.strip() for block in blocks] == ["<!-- a", "B", "-->"]
