"""Responses of the live preview: the last good pages, newer ones, and escaped problems above them."""

from dataclasses import replace
from pathlib import Path

import pytest

from proceedings.site.preview import FOLDER, View, banner

PAGE = "<!DOCTYPE html>\n<html><head><title>T</title></head><body class=\"x\"><p>Cũ</p></body></html>"


@pytest.fixture
def view(tmp_path: Path) -> View:
    """A site of two pages, a picture and an error page, with private files beside it."""
    site = tmp_path / "site"
    (site / "tham-luan").mkdir(parents=True)
    (site / "index.html").write_text(PAGE, "utf-8")
    (site / "404.html").write_text(PAGE.replace("Cũ", "Không có"), "utf-8")
    (site / "tham-luan/a.html").write_text(PAGE, "utf-8")
    (site / "b.png").write_bytes(b"\x89PNG")
    (tmp_path / "kin.html").write_text("kín")
    return View(site)


def _text(view: View, path: str) -> str:
    return view.answer(path).data.decode()


@pytest.mark.parametrize("path", ["/", "/index.html", "//index.html", "/tham-luan/a.html", "/tham-luan/../index.html"])
def test_a_page_is_answered_with_the_script_that_asks_for_changes(view: View, path: str) -> None:
    answer = view.answer(path)
    assert (answer.status, answer.type) == (200, "text/html; charset=utf-8")
    assert _text(view, path).replace(_text(view, path).split('class="x">')[1].split("<p>")[0], "") == PAGE
    assert f'src="{FOLDER}preview.js"' in answer.data.decode()
    assert view.version(path) in answer.data.decode()


@pytest.mark.parametrize("path", ["/kin.html", "/../kin.html", "/tham-luan/../../kin.html", "/%2e%2e/kin.html", "/\0",
                                  "/tham-luan/", "/tham-luan", "/x.png", "/" + "a" * 5000, f"{FOLDER}../kin.html"])
def test_nothing_outside_the_site_is_answered(view: View, path: str) -> None:
    answer = view.answer(path)
    assert answer.status == 404
    assert "kín" not in answer.data.decode()


def test_other_files_are_answered_as_they_are(view: View) -> None:
    assert view.answer("/b.png").data == b"\x89PNG"
    assert view.answer("/b.png").type == "image/png"


def test_newer_pages_come_before_those_of_the_site(view: View) -> None:
    newer = replace(view, pages={"tham-luan/a.html": PAGE.replace("Cũ", "Mới").encode()})
    assert "Mới" in _text(newer, "/tham-luan/a.html")
    assert newer.version("/tham-luan/a.html") != view.version("/tham-luan/a.html")
    assert newer.version("/") == view.version("/")


def test_the_version_changes_with_problems_and_looks_and_with_nothing_else(view: View, tmp_path: Path) -> None:
    (tmp_path / "site").rename(tmp_path / "other")
    assert replace(view, folder=tmp_path / "other").version("/") == View(tmp_path / "other").version("/")
    shown = View(tmp_path / "other")
    versions = {shown.version("/"), replace(shown, problems=("x",)).version("/"), replace(shown, looks="2").version("/"),
                replace(shown, problems=("x",), current=False).version("/")}
    assert len(versions) == 4


def test_before_there_is_a_site_a_page_waits_for_it() -> None:
    answer = View().answer("/ke-hoach.html")
    assert answer.status == 404
    assert not View().ready
    assert View(problems=("x",)).ready
    assert f'src="{FOLDER}preview.js"' in answer.data.decode()


def test_the_banner_is_text_whatever_the_problems_say() -> None:
    html = banner(('docs/a.md:3: "<script>alert(1)</script>" & <b>; hãy sửa. (x)',), current=False)
    assert "<li>docs/a.md:3: &quot;&lt;script&gt;alert(1)&lt;/script&gt;&quot; &amp; &lt;b&gt;; hãy sửa. (x)</li>" in html
    assert "style=" not in html
    assert "bản trước khi có lỗi" in html
    assert "bản trước khi có lỗi" not in banner(("x",), current=True)
    assert banner((), current=True) == ""


def test_many_problems_are_counted() -> None:
    html = banner(tuple(f"lỗi {number}." for number in range(30)), current=True)
    assert html.count("<li>") == 20
    assert "Còn 10 lỗi khác." in html


def test_a_path_cannot_end_the_attribute_it_is_written_into(view: View) -> None:
    assert '"><b>' not in _text(view, '/"><b>').replace(PAGE, "")


@pytest.mark.parametrize(("name", "type"), [("preview.js", "text/javascript"), ("preview.css", "text/css")])
def test_the_previews_own_files_are_answered(name: str, type: str) -> None:
    answer = View().answer(f"{FOLDER}{name}")
    assert (answer.status, answer.type) == (200, f"{type}; charset=utf-8")
    assert b"preview" in answer.data
