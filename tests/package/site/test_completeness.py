"""A site that lacks a file it links to is reported and not delivered."""

import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conftest import run
from proceedings.site import completeness


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small complete site."""
    for path, text in {
        "index.html": '<link rel="stylesheet" href="assets/a.css"><a href="bài/a.html#x">a</a><a href="#y">y</a>'
                      '<a href="https://vi-du.example/b.pdf">b</a><a href="mailto:a@vi-du.example">c</a>'
                      '<a href=".">d</a>'
                      '<a href="bai%CC%80/%E1%BA%A3nh.png">e</a><a href="tel:113">f</a><a href="">g</a>'
                      '<a href="http://[">l</a>',
        "bài/a.html": '<img src="ảnh.png?x=1"><a href="../index.html">h</a><a href="../b%C3%A0i/a.html">i</a>',
        "404.html": '<link href="/assets/a.css"><a href="/">k</a>',
        "assets/a.css": '@font-face { src: url("../phông.woff2#iefix") } a { b: url(data:image/png;base64,xx) }',
    }.items():
        (tmp_path / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / path).write_text(text, "utf-8")
    for path in ("bài/ảnh.png", "bai\u0300/ảnh.png", "phông.woff2"):
        (tmp_path / "site" / path).parent.mkdir(exist_ok=True)
        (tmp_path / "site" / path).touch()
    return tmp_path / "site"


def test_a_whole_site_lacks_nothing(site: Path) -> None:
    assert completeness.lacking(site) == ()


@pytest.mark.parametrize(("page", "text", "lacking"), [
    ("index.html", '<a href="ky-yeu.pdf">PDF</a>', "ky-yeu.pdf"),
    ("bài/a.html", '<a href="khác.pdf#page=2">PDF</a>', "bài/khác.pdf"),
    ("bài/a.html", "<img src='../%E1%BA%A3nh.png'>", "ảnh.png"),
    ("index.html", '<script src="a.js"></script>', "a.js"),
    ("404.html", '<a href="/mất.html">x</a>', "mất.html"),
    ("index.html", '<a href="assets/">x</a>', "assets"),
    ("index.html", '<a href="../ngoài.html">x</a>', "../ngoài.html"),
    ("assets/a.css", "a { b: url(mất.svg) }", "assets/mất.svg"),
    ("index.html", '<a href="bài/a\x7f%00.html">x</a>', "bài/a\x7f\x00.html"),
    ("bài/a.html", '<a href=\n"x&amp;y.pdf">x</a>', "bài/x&y.pdf"),
    ("bài/a.html", '<a href\n="x.pdf">x</a>', "bài/x.pdf"),
    ("bài/a.html", '<a href="x\n.pdf">x</a>', "bài/x.pdf"),
    ("bài/a.html", "<a HREF=x.pdf>x</a>", "bài/x.pdf"),
    ("bài/a.html", "<p>href=\"#</p><a href='x.pdf'>x</a>\"", "bài/x.pdf"),
    ("bài/a.html", "\n<video poster=a.html'y></video>\n", "bài/a.html'y"),
])
def test_what_a_page_refers_to_and_is_not_there_is_told_with_the_page(
    site: Path, page: str, text: str, lacking: str,
) -> None:
    with (site / page).open("a", encoding="utf-8") as file:
        file.write(text)
    assert completeness.lacking(site) == ((page, lacking),)


def test_the_entry_tells_what_is_lacking_and_writes_nothing(conference_root: Path) -> None:
    site = conference_root / "site"
    site.mkdir()
    (site / "index.html").write_text('<a href="ky-yeu.pdf">a</a><a href="b.html">b</a><a href="b.html">b</a>')
    done = run(sys.executable, "scripts/deliver.py", folder=conference_root)
    assert done.returncode == 1
    told = done.stderr.splitlines()
    assert [line.split(": ")[0] for line in told[:-1]] == ["index.html", "index.html"]
    assert '"b.html"' in told[0]
    assert '"ky-yeu.pdf"' in told[1]
    assert "thiếu 2 tệp" in told[-1]
    assert {path.name for path in site.iterdir()} == {"index.html"}


def test_what_only_looks_like_an_address_is_none(site: Path) -> None:
    with (site / "bài/a.html").open("a", encoding="utf-8") as file:
        file.write("<p>href=mất.html</p>\n<script>let a = 'src=\"mất.js\"'</script>\n<a data-src='mất.png'></a>")
    assert completeness.lacking(site) == ()


PIECES = st.sampled_from(("<a", "<p>", " ", "href", "src=", "HREF=", "poster", "=", '"', "'", "x.pdf", "index.html", "\n", ">",
                          "</a>", "&amp;", "<!--", "-->", "<script>", "</script>", "/"))


@given(st.lists(PIECES, max_size=14).map(lambda pieces: "<p>" + "".join(pieces)))
@example('<a href="x.pdf"')
def test_no_address_is_passed_over(text: str) -> None:
    likely = {address for line in text.split("\n") for address in completeness._likely(line)}
    certain = {address.strip() for address in completeness._addresses(text)} - {""}
    assert certain <= {address.strip() for address in likely} or completeness._UNCERTAIN in likely
