"""Markdown rendering: sanitized, without loss, citations kept on one line."""

import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html

from conftest import PROJECT, finished_html
from harm import assert_harmless
from proceedings import schema
from proceedings.conference.reading import Reading
from proceedings.conference.settings import Settings
from proceedings.html import rendering


def text_of(fragment: str) -> str:
    return str(rendering.parse(fragment).text_content())


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


# --- Rendering ---------------------------------------------------------------------
def test_markdown_is_rendered_with_the_sites_extensions(fabricated_settings: Settings) -> None:
    rendered = rendering.render("# Sở Mẫu {#so}\n\n## Đề án\n\n3. a\n\n- b\n    - c\n\n| d |\n| ---: |\n| e |\n",
                             fabricated_settings)
    root = rendering.parse(rendered)
    assert [heading.get("id") for heading in root.iter("h1", "h2")] == ["so", "de-an"]
    assert [items.get("start") for items in root.iter("ol")] == ["3"]
    assert len(root.findall(".//ul/li/ul/li")) == 1
    assert [cell.get("align") for cell in root.iter("td")] == ["right"]


def test_what_other_sites_put_contents_in_the_place_of_is_text(fabricated_settings: Settings) -> None:
    root = rendering.parse(rendering.render("# Sở\n\n[TOC]\n\n## Đề án\n", fabricated_settings))
    assert [paragraph.text for paragraph in root.iter("p")] == ["[TOC]"]
    assert root.find(".//ul") is None


def test_rendering_keeps_nothing_between_two_texts(fabricated_settings: Settings) -> None:
    first = rendering.render("A.[^1]\n\n## B\n\n[^1]: Chú thích.\n", fabricated_settings)
    assert rendering.render("A.[^1]\n\n## B\n\n[^1]: Chú thích.\n", fabricated_settings) == first
    assert "Chú thích" not in rendering.render("C\n", fabricated_settings)


@pytest.mark.parametrize(("text", "shown"), [
    ("a <b>x</b> <u y=1>z", "a <b>x</b> <u y=1>z"),
    ("a\n<table>\nb", "a\n<table>\nb"),
    ("tuổi <15 và > 60", "tuổi <15 và > 60"),
    ("`<b>` và `<!-- x -->`", "<b> và <!-- x -->"),
    ("a <!-- ghi\nchú -->b", "a b"),
    ("&lt;b&gt; &amp;", "<b> &"),
])
def test_what_stands_in_angle_brackets_is_text_unless_it_is_a_comment(text: str, shown: str,
                                                                      fabricated_settings: Settings) -> None:
    (paragraph,) = rendering.parse(finished_html(rendering.render(text, fabricated_settings)))
    assert (paragraph.tag, paragraph.text_content()) == ("p", shown)


def test_tag_left_open_swallows_nothing(fabricated_settings: Settings) -> None:
    root = rendering.parse(finished_html(rendering.render("<div>\n\nMột\n\nHai", fabricated_settings)))
    assert [paragraph.text for paragraph in root] == ["<div>", "Một", "Hai"]


@pytest.mark.parametrize("typed", ["<br>", "<br/>", "<br />", "<BR>", "<Br/>"])
def test_line_break_is_the_one_tag_of_content(typed: str, fabricated_settings: Settings) -> None:
    root = rendering.parse(finished_html(rendering.render(f"a{typed}b", fabricated_settings)))
    assert words(str(root.text_content())) == ["a", "b"]
    assert [element.tag for element in root.iter()] == ["div", "p", "br"]


def test_comment_on_its_own_leaves_no_empty_paragraph(fabricated_settings: Settings) -> None:
    text = rendering.render("Một\n\n<!-- x -->\n\n![a](b.png)\n\nHai", fabricated_settings)
    root = rendering.parse(finished_html(text))
    assert [(element.tag, len(element), element.text) for element in root] == [("p", 0, "Một"), ("p", 1, None),
                                                                               ("p", 0, "Hai")]


# --- Sanitizing ----------------------------------------------------------------------
HOSTILE = [
    "<script>alert(1)</script>",
    "<script src=//ngoai.example/a.js></script>",
    "<style>@import '//ngoai.example/a.css';</style>",
    "<p style=\"background:url(//ngoai.example/a.png)\">chữ</p>",
    "<img src=anh.png onerror=alert(1)>",
    "<p onclick=alert(1) onmouseover='alert(1)'>chữ</p>",
    "<a href=\"javascript:alert(1)\">chữ</a>",
    "<a href=\" JaVa\tScRiPt:alert(1)\">chữ</a>",
    "<a href=\"&#106;avascript:alert(1)\">chữ</a>",
    "<a href=\"data:text/html,<script>alert(1)</script>\">chữ</a>",
    "<a href=\"vbscript:alert(1)\">chữ</a>",
    "<a href=\"file:///etc/passwd\">chữ</a>",
    "<img src=\"javascript:alert(1)\">",
    "<img src=\"data:image/svg+xml;base64,PHN2Zz4=\">",
    "<img src=\"https://ngoai.example/a.png\">",
    "<img src=\"//ngoai.example/a.png\">",
    "<img src=\"/\\ngoai.example/a.png\">",
    "<img src=\"\\\\ngoai.example\\a.png\">",
    "<img src=\"/\t/ngoai.example/a.png\">",
    "<img src=\" //ngoai.example/a.png\">",
    "<img src=\"http:ngoai.example/a.png\">",
    "<img src=anh.png srcset=\"//ngoai.example/a.png 2x\">",
    "<img src=\"//[ngoai.example/a.png\">",
    "<img src=\"/\\ng]oai.example/a.png\">",
    "<iframe src=//ngoai.example></iframe>",
    "<object data=//ngoai.example></object><embed src=//ngoai.example>",
    "<svg onload=alert(1)><image href=//ngoai.example/a.png /></svg>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><img src=x onerror=alert(1)></mtext></math>",
    "<video src=//ngoai.example/a.mp4 autoplay></video><audio src=//ngoai.example/a.mp3></audio>",
    "<form action=//ngoai.example><input name=a><button formaction=//ngoai.example>chữ</button></form>",
    "<base href=//ngoai.example><link rel=stylesheet href=//ngoai.example/a.css>",
    "<meta http-equiv=refresh content='0;url=//ngoai.example'>",
    "<table background=//ngoai.example/a.png><tr><td background=//ngoai.example/a.png>chữ</td></tr></table>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<template><script>alert(1)</script></template>",
    "<!--><script>alert(1)</script>-->",
    "<q cite=//ngoai.example>chữ</q>",
]
@pytest.mark.parametrize(("whole", "position", "fragment", "expected"), [
    ("", 0, "<b>1</b>", "<b>1</b>"),
    ("một<p>2</p>ba", 0, "<b>0</b>", "<b>0</b>một<p>2</p>ba"),
    ("một<p>2</p>ba<p>4</p>", 1, "<b>a</b>b<i>c</i>d", "một<p>2</p><b>a</b>b<i>c</i>dba<p>4</p>"),
    ("<p>2</p>ba", 1, "a<b>b</b>", "<p>2</p>a<b>b</b>ba"),
    ("<p>2</p>ba", 1, "a", "<p>2</p>aba"),
    ("<p>2</p>ba", 1, "", "<p>2</p>ba"),
])
def test_fragment_is_put_in_where_it_belongs(whole: str, position: int, fragment: str, expected: str) -> None:
    root = rendering.parse(whole)
    rendering.splice(root, position, fragment)
    assert rendering.serialise(root) == expected


@pytest.mark.parametrize("sample", HOSTILE)
def test_nothing_that_runs_or_reaches_out_is_left(sample: str, fabricated_settings: Settings) -> None:
    for text in (sample, f"Một {sample} hai", f"- Một\n\n    {sample}\n", f"| a |\n| --- |\n| {sample} |\n"):
        assert_harmless(finished_html(rendering.render(text, fabricated_settings)))


@pytest.mark.parametrize("text", [
    "[chữ](javascript:alert(1))", "![chữ](https://ngoai.example/a.png)", "![chữ](data:image/png;base64,AAAA)",
    "![chữ](//ngoai.example/a.png)", "[chữ](data:text/html,a)", "<javascript:alert(1)>",
    "chữ\n{: onclick=alert(1) style=color:red }", "# chữ {#a onclick=alert(1)}",
    "![chữ](a.png){: srcset=//ngoai.example/a.png }",
])
def test_markdown_cannot_ask_for_harm_either(text: str, fabricated_settings: Settings) -> None:
    assert_harmless(finished_html(rendering.render(text, fabricated_settings)))


@given(st.lists(st.sampled_from([*HOSTILE, "<", ">", "\"", "'", "<p", "=", "/", "\\", "&#", "chữ", "<table>", "<td>",
                                 "</div>", "<img src="]),
                max_size=8).map("".join))
def test_no_mixture_of_harm_is_left(sample: str) -> None:
    assert_harmless(finished_html(sample))


@pytest.mark.parametrize("source", ["https://ngoai.example/a.png", "//ngoai.example/a.png", "/\\ngoai.example/a.png",
                                    "data:a", ""])
def test_image_from_elsewhere_gives_way_to_its_words(source: str) -> None:
    assert finished_html(f"<p>a <img src=\"{source}\" alt=\"Biểu đồ\"> b</p>") == "<p>a <span>Biểu đồ</span> b</p>"


@pytest.mark.parametrize("address", ["//[a", "//a]b/c.md", "//\N{ACCOUNT OF}.example"])
def test_link_with_an_address_that_is_none_leads_nowhere(address: str) -> None:
    assert finished_html(f"<p><a href=\"{address}\">chữ</a></p>") == "<p><a>chữ</a></p>"


@pytest.mark.parametrize(("path", "words"), [("so-mau/bieu-do.png", "bieu-do"), ("a.png", "a")])
def test_own_image_without_words_is_called_after_its_file(path: str, words: str) -> None:
    assert finished_html(f"<img src=\"{path}\">") == f"<img src=\"{path}\" alt=\"{words}\">"
    assert finished_html(f"<img src=\"{path}\" alt=\"Ảnh\">") == f"<img src=\"{path}\" alt=\"Ảnh\">"


@pytest.mark.parametrize("own", [
    "<img src=\"so-mau/bieu-do.png\" alt=\"Biểu đồ\">", "<a href=\"https://a.example/b\">c</a>",
    "<a href=\"mailto:a@b.example\">c</a>",
    "<a href=\"../ke-hoach.html#a\">c</a>", "<p id=\"a-b\">d</p>", "<h2 id=\"a_1\">b</h2>",
    "<ol start=\"3\"><li>a</li></ol>",
    "<p>a<br>b <strong>c</strong> <em>d</em> <code>e</code></p>", "<blockquote><p>a</p></blockquote>",
    "<div class=\"admonition note\"><p>a</p></div>",
    "<sup id=\"fnref:1\"><a class=\"footnote-ref\" href=\"#fn:1\">1</a></sup>",
])
def test_what_markdown_makes_stays_as_it_is(own: str) -> None:
    assert finished_html(own) == own


@pytest.mark.parametrize(("text", "found"), [
    ("a\x0bb", "a b"), ("a\x0cb", "a b"), ("<p>a\x01số 1/AB\x02</p>", "a số 1/AB "), ("a\ufffeb", "a b"), ("", ""),
])
def test_control_characters_from_word_processors_do_no_harm(text: str, found: str) -> None:
    assert text_of(finished_html(text)) == found
    assert text_of(str(rendering.unbroken(text.replace("<p>", "").replace("</p>", "")))) == found


@pytest.mark.parametrize("text", ["[" * 20_000, "[a](<" * 4_000, "`a``b" * 4_000 + "`" * 9,
                                  "<!--" * 5_000, "![" * 10_000],
                         ids=lambda text: text[:5])
def test_text_too_long_to_look_for_markup_is_shown_as_it_is(text: str, fabricated_settings: Settings) -> None:
    start = time.process_time()
    assert words(text_of(rendering.render(f"Một {text}\n\n**Hai**", fabricated_settings))) == words(f"Một {text} Hai")
    assert time.process_time() - start < 2


@pytest.mark.parametrize(("text", "shown"), [
    ("Một [hai](//[a) ba", "Một hai ba"), ("Một ![hai](//[a) ba", "Một hai ba"), ("[*a*](http://[) b", "a b"),
])
def test_links_and_pictures_whose_address_is_none_are_words_before_anyone_follows_them(
    text: str, shown: str, fabricated_settings: Settings,
) -> None:
    rendered = rendering.render(text, fabricated_settings)
    assert text_of(rendered) == shown
    assert not {"a", "img"} & {element.tag for element in rendering.parse(rendered).iter()}


@pytest.mark.parametrize("name", ["__config", "__drawer", "__proto__", "a__", "menu", "here", "search-help", "A",
                                  "a b", "fn:1", "fnref:1", "vb--1", "a.b", ""])
def test_ids_of_the_theme_and_of_our_templates_are_left_to_them(name: str) -> None:
    assert finished_html(f"<p id=\"{name}\">a</p><p id=\"_1\">b</p>") == "<p>a</p><p id=\"_1\">b</p>"


def test_every_id_of_templates_and_scripts_is_one_that_no_text_can_have() -> None:
    looks = [path.read_text("utf-8") for path in PROJECT.glob("overrides/**/*") if path.suffix in {".html", ".js"}
             and "print" not in path.parts]  # in print, ids of a text are prefixed with the chapter's name
    ids = {name for text in looks for name in re.findall(r"""(?:\bid="|\.id = ")([^"{$]+)\"""", text)}
    assert {"menu", "tip", "lien-quan--don-vi"} <= ids
    assert {name for name in ids if re.fullmatch("[a-z0-9]+([_-][a-z0-9]+)*", name)} == schema.RESERVED_IDS


@pytest.mark.parametrize("name", ["md-search__suggest", "search", "nowrap", "blank", "footnote", "admonition",
                                  "status status--da-duyet", "place--tien-do x", "admonition footnote",
                                  "highlight search"])
@pytest.mark.parametrize("tag", ["p", "div", "a", "span", "li", "h2", "td", "sup", "img", "code", "pre"])
def test_only_the_classes_that_extensions_set_get_through(tag: str, name: str) -> None:
    if (tag, name) == ("div", "footnote"):
        return
    finished = finished_html(f"<table><tr><td class=\"{name}\">a</td></tr></table><{tag} class=\"{name}\">b</{tag}>")
    assert "class" not in finished


@pytest.mark.parametrize("address", ["a.png#only-dark", "a.png#gh-light-mode-only", "a.png?b#only-light", "a.png?b"])
def test_pictures_are_named_by_their_file_alone(address: str) -> None:
    assert finished_html(f"<img src=\"{address}\" alt=\"b\">") == "<img src=\"a.png\" alt=\"b\">"


@pytest.mark.parametrize("char", ["\x7f", "\x85", "\x9f", "\u2028", "\u2029", "\x1b"])
def test_characters_that_no_font_has_are_spaces(char: str) -> None:
    assert finished_html(f"<p>a{char}b</p>") == "<p>a b</p>"


# --- On one line -----------------------------------------------------------------------
WHOLE = [
    "số 12/2034/NĐ-CP", "301/KH-BCĐ", "số 99/2032/QĐ-UBND", "18/2032/NQ-HĐND", "số 05/NQ-QH15", "số 12/TTr-BTC",
    "15/QĐ-TTg", "SỐ 12/2034/NĐ-CP", "số 18-NQ/TW", "05-KL/TU",
    "ngày 05/4/2032", "NGÀY 05/4/2032", "20/6/2035", "ngày 05", "ngày tháng 5", "ngày tháng năm 2034",
    "ngày 05 tháng 4", "tháng 7/2034", "tháng 4", "quý II", "quý II/2034", "tuần 1", "năm 2034", "NĂM 2034",
    "năm 2032 - 2035", "năm 2032-2035", "2032 - 2035", "8 giờ 00", "8 giờ 30 phút",
    "95,5 %", "1.250,0 %", "1.234,5 triệu đồng", "7,8 km", "3 - 5 phút", "1/2 ngày", "05 năm", "05 NĂM", "06 huyện",
    "12 đồng chí", "02 đồng", "5 m²",
    "Điều 5", "Điều 12a", "khoản 2", "khoản 2 Điều 103", "điểm a khoản 2 Điều 103", "điểm đ, khoản 2, Điều 103",
    "mục VI", "MỤC VI", "Mục 2.1", "Phần I", "Chương III", "Phụ lục 2", "số 5", "tr. 12", "trang 12 - 15",
    "số 5 năm 2034", "Quân khu 2", "QUÂN KHU 2", "Trung đoàn 247", "Nghị quyết 18", "Khóa XV", "Đại hội XIII", "HĐND 2",
    "Quân khu 2 năm 2034", "Kế hoạch 12 tháng", "Sơ kết 05 năm", "KT-XH", "khoản\n2\nĐiều 103",
]


@pytest.mark.parametrize("words", WHOLE)
def test_citations_dates_and_numbers_with_what_they_count_stay_on_one_line(words: str) -> None:
    assert finished_html(f"<p>a {words}, b</p>") == f"<p>a <span class=\"nowrap\">{words}</span>, b</p>"
    assert str(rendering.unbroken(f"a {words}, b")) == f"a <span class=\"nowrap\">{words}</span>, b"
    assert str(rendering.unbroken(f"{words}.")) == f"<span class=\"nowrap\">{words}</span>."


@pytest.mark.parametrize("text", [
    "Nghị định |số 21/2032/NĐ-CP| |ngày 22/02/2032| của Chính phủ", "Nghị định |21/2032/NĐ-CP|", "Số: |12/KH-BTC|",
    "Trước |ngày 05 tháng 4| |năm 2034|", "|tuần 1| |tháng 7/2034|", "|tháng 4| |năm 2034|", "Theo |khoản 2 Điều 103|",
    "từ |8 giờ 00| |ngày 20/6/2035|", "Đạt |95,2 %| và |7,8 km|", "tăng |1.200 lớp| lên 1.350",
    "Tỉ lệ 1/2, 1.2.3 và 12/5", "|Trong 05 năm 2032| - 2035", "|Quân khu 2|, 3",
    "xã |3.500 người| ở |Tỉnh có 06 huyện|",
])
def test_pieces_are_found_whole_and_the_citation_wins(text: str) -> None:
    shown = re.sub(r"\|(.*?)\|", r'<span class="nowrap">\1</span>', text)
    assert str(rendering.unbroken(text.replace("|", ""))) == shown


@pytest.mark.parametrize("words", [
    "kinh tế - xã hội", "ngày tháng năm", "ngày tháng năm sinh", "một số điều", "điểm y tế", "năm sau", "Điều kiện",
    "12", "Số liệu", "1/2", "2034. Năm sau", "a 5 b", "5 nămb", "sinh 2034", "Mục đích",
])
def test_other_words_may_break(words: str) -> None:
    assert finished_html(f"<p>{words}</p>") == f"<p>{words}</p>"


@pytest.mark.parametrize(("typed", "whole"), [
    ("trước ngày <strong>25/5/2035</strong>.", "ngày <strong>25/5/2035</strong>"),
    ("sau <b>05</b> năm nữa", "<b>05</b> năm"),
    ("theo <a href=\"a.html\">khoản 2</a> Điều 103 này", "<a href=\"a.html\">khoản 2</a> Điều 103"),
    ("<i>a</i> ở Quân khu <em>2</em>", "Quân khu <em>2</em>"),
    ("a <strong>Sơ kết 05</strong> năm, b", "<strong>Sơ kết 05</strong> năm"),
    ("ngày <u>05</u> tháng 4", "ngày <u>05</u> tháng 4"),
    ("số <strong><em>12/2034/NĐ-CP</em></strong> a", "số <strong><em>12/2034/NĐ-CP</em></strong>"),
])
def test_pieces_that_run_into_emphasis_are_whole(typed: str, whole: str) -> None:
    finished = finished_html(f"<p>{typed}</p>")
    assert f"<span class=\"nowrap\">{whole}</span>" in finished
    assert finished.count("<span") == 1
    assert text_of(finished) == text_of(typed)


@pytest.mark.parametrize("typed", [
    "<strong>Kinh tế</strong> năm nay", "<strong>a</strong> 2034", "năm <code>2034</code>", "<sup>5</sup> năm",
    "<strong>Những việc đã làm trong 05</strong> năm qua",
])
def test_emphasis_beside_other_words_stays_as_it_is(typed: str) -> None:
    assert finished_html(f"<p>{typed}</p>") == f"<p>{typed}</p>"


WORDS = st.lists(st.sampled_from(
    "Trung đoàn Quân khu năm tháng ngày quý tuần số mục Điều khoản điểm a Phụ lục 5 05 247 2034 7/2034 95,2 % 1.234,5 "
    "triệu đồng - – II VI, 05/4/2034 12/KH-BTC , . nghiêng NGHIÊNG huyện".split()), max_size=30).map(" ".join)


@given(WORDS)
def test_pieces_are_short_and_keep_all_words(text: str) -> None:
    root = rendering.parse(str(rendering.unbroken(text)))
    assert root.text_content() == text
    assert [span.text for span in root.iter("span") if len(span.text or "") > 28] == []


@pytest.mark.parametrize("text", [
    "1" * 100_000, "1." * 50_000, "1/" * 50_000, "ngày" + " " * 100_000, "A" * 100_000, "ă" * 100_000, "I" * 100_000,
    "Quân khu " * 11_000, "AB-" * 33_000, "1 - " * 25_000, "khoản 2 " * 12_000, "ngày 05 tháng " * 7_000,
    "12/2034/" * 12_000, "1/" + "Ab-" * 33_000, "năm 1.1." * 12_000, "<b>5</b> " * 11_000,
], ids=lambda text: text[:9])
def test_no_text_takes_long(text: str) -> None:
    start = time.process_time()
    finished_html(f"<p>{text}</p>")
    assert time.process_time() - start < 2


def test_blanks_are_marked() -> None:
    assert finished_html("<p>Có […] và [… năm] nơi, [x].</p>") == (
        "<p>Có <span class=\"blank\">[…]</span> và <span class=\"blank\">[… năm]</span> nơi, [x].</p>")


def test_blanks_behind_other_elements_are_marked() -> None:
    assert finished_html("<p><b>a</b> […] <i>b […]</i> […]</p>").count("<span class=\"blank\">[…]</span>") == 3


@pytest.mark.parametrize("tag", ["code", "kbd", "pre"])
def test_code_is_left_alone(tag: str) -> None:
    verbatim = f"<{tag}>[…] số 12/2034/NĐ-CP <b>[…]</b> […]</{tag}>"
    assert finished_html(f"<p>a {verbatim}</p>" if tag != "pre" else verbatim).count("<span") == 0
    assert finished_html(f"<p>{verbatim} […]</p>" if tag != "pre" else f"{verbatim} […]").count("<span") == 1


def test_unbroken_text_is_escaped() -> None:
    assert str(rendering.unbroken("<b>a</b> & \"c\" số 1/AB")) == (
        "&lt;b&gt;a&lt;/b&gt; &amp; \"c\" <span class=\"nowrap\">số 1/AB</span>")


PLAIN = st.lists(st.one_of(
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn"))),
    st.sampled_from([*"[]…%/ .,12<>&\"", "ngày 05/4/2032", "số 1/AB", "[…]"]))).map("".join)


@given(PLAIN)
@example("[…][… a]5 %số 1/AB")
def test_unbroken_keeps_all_text(text: str) -> None:
    assert text_of(str(rendering.unbroken(f"({text})"))) == f"({text})"


TREES = st.recursive(
    st.sampled_from(["chữ ", "[…]", "[… năm] ", "số 1/AB", "ngày 05/4/2032", "5 %", "<br>", "&lt;b&gt; ", "&amp;",
                     " "]),
    lambda inner: st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["b", "i", "code", "span", "u"]),
                            st.lists(inner, max_size=4).map("".join)),
    max_leaves=12)


@given(st.lists(TREES, max_size=5).map("".join),
       st.sampled_from([schema.BLANK, re.compile(r"\w+"), re.compile(r"[\s\S]")]))
def test_wrapping_keeps_all_text_and_wraps_every_match_outside_code(fragment: str, pattern: re.Pattern[str]) -> None:
    root, before = rendering.parse(fragment), rendering.parse(fragment)
    rendering.wrap(root, pattern, "dau")
    assert root.text_content() == before.text_content()
    outside_code = [str(text) for text in before.xpath(".//text()[not(ancestor::code)]")]
    expected = [found for text in outside_code for found in pattern.findall(text)]
    assert [span.text_content() for span in root.iter("span") if span.get("class") == "dau"] == expected


# --- Tables ------------------------------------------------------------------------------
def test_head_cells_say_that_they_head_their_column(fabricated_settings: Settings) -> None:
    table = rendering.render("| a | b |\n| --- | ---: |\n| c | d |\n", fabricated_settings)
    root = rendering.parse(finished_html(table))
    assert [cell.get("scope") for cell in root.iter("th")] == ["col", "col"]
    assert [cell.get("scope") for cell in root.iter("td")] == [None, None]


def test_what_a_head_cell_heads_is_for_us_to_say() -> None:
    assert "scope=\"col\"" in finished_html("<table><thead><tr><th scope=\"row\">a</th></tr></thead></table>")


# --- No loss -----------------------------------------------------------------------------
PARAGRAPH = st.lists(
    st.one_of(st.text(st.characters(categories=("Lu", "Ll", "Nd"), max_codepoint=0x1EF9), min_size=1, max_size=8),
              st.sampled_from(["số 12/2034/NĐ-CP", "ngày 05/4/2032", "95,5 %", "[… năm]", "“a”", "(b)", "–", "-",
                               "1/2", "& Trà",
                               "< 15", "> 60", "9/10", "a - b", "'c'", "\"d\"", "**đậm**", "`mã […]`", "a…"])),
    min_size=1, max_size=12).map(" ".join)


@settings(max_examples=150)
@given(st.lists(PARAGRAPH.map("Chữ {}".format), min_size=1, max_size=3))
def test_words_of_paragraphs_are_kept(fabricated_settings: Settings, paragraphs: list[str]) -> None:
    finished = finished_html(rendering.render("\n\n".join(paragraphs), fabricated_settings))
    assert words(text_of(finished)) == words(" ".join(paragraphs))
    assert [element.tag for element in rendering.parse(finished)] == ["p"] * len(paragraphs)


def test_finishing_the_fabricated_conference_loses_no_word(fabricated: Reading, fabricated_settings: Settings) -> None:
    for path, document in fabricated.conference.documents.items():
        rendered = rendering.render(document.body, fabricated_settings)
        plain = html.fragment_fromstring(re.sub(r"<!--.*?-->", "", rendered), create_parent="div")
        assert words(text_of(finished_html(rendered))) == words(str(plain.text_content())), path


@given(st.lists(TREES, max_size=5).map("".join))
def test_parsing_and_serialising_are_each_others_inverse(fragment: str) -> None:
    once = rendering.serialise(rendering.parse(fragment))
    assert rendering.serialise(rendering.parse(once)) == once
