"""Addresses are classified as browsers do, equally in checks, pages and print."""

from dataclasses import replace
from html import escape

import pytest

from conftest import finished_html
from proceedings.checks.engine.registry import CHECKS
from proceedings.conference.reading import Reading
from proceedings.conference.settings import Settings
from proceedings.html import rendering
from proceedings.text import addresses, source

OUTSIDE = [
    "//h/x.png", "///h/x.png", "////h/x.png", r"\\h\x.png", r"/\h/x.png", r"\/h/x.png", "/\t/h/x.png", "\t//h/x.png",
    "\x01//h/x.png", "/\n/h/x.png", " //h/x.png", r"C:\x.png", "c:/x.png", "so-mau/C:x.png", "file:///x.png",
    "file:x.png", "https:h/x.png", "data:image/png;base64,AAAA", "/x.png", "//[x.png", "x.svg", "x", "", "?x.png",
    "#x.png", "x.md",
]
OWN = ["x.png", "so-mau/x.JPG", "../so-mau/x.webp", "./x.gif", "x.jpeg?a", "x.png#a", "a%20b.png", "x%2epng",
       "%2F%2Fh/x.png"]


@pytest.mark.parametrize("address", OUTSIDE)
def test_what_leads_elsewhere_is_no_picture_of_ours(address: str) -> None:
    assert not addresses.is_own_picture(address)


@pytest.mark.parametrize("address", OWN)
def test_a_path_to_a_picture_is_one_of_ours(address: str) -> None:
    assert addresses.is_own_picture(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_words_stand_in_the_place_of_a_picture_from_elsewhere(address: str) -> None:
    shown = finished_html(f"<img src='{escape(address)}' alt='Chữ'>")
    assert "<img" not in shown
    assert "Chữ" in shown


@pytest.mark.parametrize("target", [
    "a b.png", r"a\ b.png", "a.png 'x", 'a.png "x', "a b/c d.png", "C:\\a b.png", "a\nb.png", "a.png x 'y'",
])
@pytest.mark.parametrize("image", ["!", ""])
def test_an_address_that_only_the_page_takes_for_one_is_told(target: str, image: str, fabricated: Reading,
                                                          fabricated_settings: Settings) -> None:
    text = f"Dòng đầu.\n\n{image}[chữ]({target}) và sau.\n"
    assert ("<img" if image else "<a") in rendering.render(text, fabricated_settings)
    assert told(fabricated, text) == [(3, "thieu-anh" if image else "lien-ket-hong")]


@pytest.mark.parametrize(("target", "remedy"), [
    (r"so-mau\bieu-do.png", 'hãy viết "so-mau/bieu-do.png"'), ("so-mau/khac.png", "hãy tải tệp ảnh"),
    (r"so-mau\khac.png", "hãy tải tệp ảnh"),
])
def test_a_path_as_windows_writes_it_is_told_with_the_right_one(target: str, remedy: str, fabricated: Reading) -> None:
    document = source.parse("tham-luan/so-mau.md", f"![chữ]({target})\n")
    conference = replace(fabricated.conference, documents={document.path: document},
                         files=frozenset({"tham-luan/so-mau/bieu-do.png"}))
    [problem] = CHECKS["thieu-anh"].problems(conference)
    assert remedy in problem.message


@pytest.mark.parametrize("text", [
    "[chữ](a.md 'hai chữ')", '[chữ](a.md "hai chữ")', "`[chữ](a b.md)`", "```\n[chữ](a b.md)\n```", "[1] (xem mục 2)",
    r"\[chữ](a b.md)", "a ]( b", "[chữ](<a b.md>)", "    [chữ](a b.md)",
])
def test_no_other_text_is_taken_for_a_broken_address(text: str, fabricated: Reading) -> None:
    assert [line for line, rule in told(fabricated, text, known=("a.md", "a b.md")) if rule] == []


def told(fabricated: Reading, text: str, known: tuple[str, ...] = ()) -> list[tuple[int, str]]:
    documents = {name: source.parse(name, "# A\n") for name in known}
    conference = replace(fabricated.conference, documents={**documents, "thu.md": source.parse("thu.md", text)})
    return sorted({(problem.line, name) for name in ("thieu-anh", "lien-ket-hong")
                   for problem in CHECKS[name].problems(conference)})
