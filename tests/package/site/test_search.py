"""The texts for the site's search: cut into sections, handed over as scripts; nothing is lost or ends a script."""

import json
import re
from pathlib import Path

import pytest

import words
from proceedings.conference.reading import Reading
from proceedings.html.rendering import parse
from proceedings.site import search
from proceedings.site.search import Page, Section, files, sections

PAGE = """<p>Trước.</p><h1>Chủ đề</h1><p>Một <b>hai</b><br>ba.</p>
<h2 id="muc">I. MỤC<a class="headerlink">¶</a></h2><ul><li>bốn</li><li>năm</li></ul>
<p data-search="off">bỏ</p><table><tr id="hang"><td>Loại</td><td>12/KH</td><td>Về sách</td></tr></table>"""


NUMBER = re.compile(r"\d{1,2}")  # which lists write themselves, so that no text holds it


def _call(script: str) -> tuple[str, list[object]]:
    """The function that a script calls and what it hands over, read back as JSON."""
    called = re.fullmatch(r"proceedings\.search\.(\w+)\((.*)\);\n", script, re.DOTALL)
    assert called
    return called[1], json.loads(f"[{called[2]}]")


def test_a_page_is_cut_at_headings_and_at_the_rows_of_registers() -> None:
    assert sections(parse(PAGE.replace('<a class="headerlink">¶</a>', ""))) == (
        Section("", "", "Trước."), Section("", "Chủ đề", "Một hai ba."), Section("muc", "I. MỤC", "bốn năm"),
        Section("hang", "Loại 12/KH", "Loại 12/KH Về sách"))


def test_text_is_composed_and_spaces_are_one() -> None:
    assert sections(parse("<p>Ho\u0301a  \n học</p>")) == (Section("", "", "Hóa học"),)


def test_the_files_hold_each_word_of_each_page(built: Path) -> None:
    _, [head] = _call((built / "assets/search/index.js").read_text("utf-8"))
    assert isinstance(head, dict)
    found: dict[int, list[str]] = {}
    for number in range(head["parts"]):
        name, [own, rows] = _call((built / f"assets/search/part-{number}.js").read_text("utf-8"))
        assert (name, own) == ("part", number)
        assert isinstance(rows, list)
        for page, _, heading, text in rows:
            found.setdefault(page, []).append(f"{heading} {text}")
    addresses = [page[0] for page in head["pages"]]
    assert sorted(addresses) == sorted(path.relative_to(built).as_posix() for path in built.rglob("*.html")
                                       if path.name != "404.html")
    for page, address in enumerate(addresses):
        if address != "index.html":  # most of whose words stand in its template
            shown = [word for word in words.of_page(built / address) if not NUMBER.fullmatch(word)]
            assert words.lost(shown, words.words(" ".join(found[page]))) == [], address


def test_documents_come_before_registers_and_these_before_lists_and_the_guide(fabricated: Reading) -> None:
    paths = ("ke-hoach.md", "tham-luan/so-sach-va-thu-tich.md", "phu-luc/van-ban.md", "phu-luc/chu-de.md",
             "bien-tap/index.md")
    made = files(fabricated.conference, [Page(path, path, path, ()) for path in paths])
    _, [head] = _call(made["assets/search/index.js"])
    assert isinstance(head, dict)
    assert [rank for _, _, rank, _ in head["pages"]] == [0, 0, 1, 2, 3]
    assert ["UBND", "Ủy ban nhân dân"] in head["abbreviations"]


def test_the_plan_is_about_its_subject_whatever_its_title(fabricated: Reading) -> None:
    made = files(fabricated.conference, [Page("ke-hoach.md", "ke-hoach.html", "Kế hoạch", ())])
    _, [head] = _call(made["assets/search/index.js"])
    assert isinstance(head, dict)
    assert head["pages"] == [["ke-hoach.html", "Kế hoạch", 0, fabricated.conference.plan.subject]]


def test_letters_stay_letters_and_nothing_ends_the_script(fabricated: Reading) -> None:
    evil = "ế</script><!-- \u2028\u2029 \"'\\"
    page = Page("ke-hoach.md", "ke-hoach.html", evil, [Section("", "", evil)])
    for script in files(fabricated.conference, [page]).values():
        assert "ế" in script
        assert not {"<", "\u2028", "\u2029"} & set(script)
        assert "ế</script><!--" in json.dumps(_call(script)[1], ensure_ascii=False)


def test_a_page_without_words_makes_no_section() -> None:
    assert sections(parse("<div><p> </p></div>")) == ()


@pytest.mark.parametrize(("size", "parts"), [(10, 3), (25, 2), (10_000, 1)])
def test_parts_are_bounded_and_hold_whole_pages(
    fabricated: Reading, monkeypatch: pytest.MonkeyPatch, size: int, parts: int,
) -> None:
    monkeypatch.setattr(search, "PART_SIZE", size)
    pages = [Page(f"bien-tap/{name}.md", name, name, [Section("", "", "mười hai chữ cái")]) for name in "abc"]
    made = files(fabricated.conference, pages)
    _, [head] = _call(made.pop("assets/search/index.js"))
    assert isinstance(head, dict)
    assert head["parts"] == len(made) == parts
    rows = [row for script in made.values() for row in _rows(script)]
    assert [row[0] for row in rows] == [0, 1, 2]


def _rows(script: str) -> list[list[object]]:
    rows = _call(script)[1][1]
    assert isinstance(rows, list)
    return rows
