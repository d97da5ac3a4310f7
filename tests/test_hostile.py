"""Attacks and malformed files: each is reported with its place or shown harmlessly, in little time."""

import json
import os
import re
import subprocess
import sys
import zlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pikepdf
import pypdfium2 as pdfium
import pytest
from lxml import html
from lxml.html import HtmlElement
from playwright.sync_api import Browser

from browsing import serving
from conftest import PROJECT, lay_out_project, run
from hostile.corpus import CASES, FRONT, INJECTIONS, OUTSIDE, RUN, SECRET, TOLD, UNPRINTABLE, front, groups
from hostile.gathering import gather
from hostile.watching import Trap
from hostile.worker import SECONDS
from proceedings import schema
from proceedings.checks.safety import docs_files
from proceedings.conference import settings
from proceedings.html import rendering
from proceedings.print import pdf
from proceedings.print.book import Book, Edition
from proceedings.project import Project

pytestmark = pytest.mark.last
PROBLEM = re.compile(r"[^\n]+:\d+: \S[^\n]+ \([a-z0-9-]+\)")
SHARES = 2
SCHEMES = re.compile(r"(?!https?:|mailto:)[\s\x00-\x20]*[a-z][\w+.-]*:", re.IGNORECASE)
ADDRESSES = ("href", "src", "srcset", "data", "action", "formaction", "poster", "background", "cite", "xlink:href")
# Elements of templates around a text, which content cannot create.
OWN_TAGS = frozenset("abbr article button nav aside header footer svg path label time template noscript".split())


each_share = pytest.mark.parametrize("share", [
    pytest.param(number, marks=pytest.mark.xdist_group(f"hostile cases {number}")) for number in range(SHARES)])


# --- One by one: reading, checks, pages, search ---------------------------------------------------------
@lru_cache(maxsize=SHARES)
def outcomes(folder: Path, share: int) -> dict[str, dict[str, Any]]:
    """Return the outcome of each case of a share, by name; "ended" if the process ended during it."""
    root = lay_out_project(folder / f"project-{share}")
    (root / "bi-mat.md").write_text(SECRET, "utf-8")
    for text in (root / "docs/tham-luan").glob("[!i]*.md"):  # they would be read and checked again for every case
        text.unlink()
    done = subprocess.run(
        [sys.executable, "-m", "hostile.worker", root, *list(CASES)[share::SHARES]], capture_output=True, text=True,
        check=False, env={**os.environ, "PYTHONPATH": f"{PROJECT}/scripts:{PROJECT}/tests"}, timeout=300)
    lines = done.stdout.splitlines()
    found = {name: json.loads(outcome) for name, outcome in zip(lines[::2], lines[1::2], strict=False)}
    return found | ({lines[-1]: {"ended": done.stderr}} if done.returncode and lines else {})


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


@each_share
def test_each_case_ends_well_within_its_bounds(folder: Path, share: int) -> None:
    found = outcomes(folder, share)
    assert set(found) == set(list(CASES)[share::SHARES])
    assert {name: outcome for name, outcome in found.items() if outcome.get("error") or "ended" in outcome} == {}
    assert {name: outcome["seconds"] for name, outcome in found.items() if outcome["seconds"] > SECONDS} == {}
    assert [name for name, outcome in found.items() if outcome["leaks"]] == []
    written = [text for outcome in found.values() for _, text in outcome["problems"]]
    assert [text for text in written if not PROBLEM.fullmatch(text)] == []


@each_share
def test_what_cannot_be_used_is_told_and_blocks(folder: Path, share: int) -> None:
    found = outcomes(folder, share)
    expected = {name: rule for rule, names in TOLD.items() for name in names.split()}
    assert set(expected) <= set(CASES)
    for name, outcome in found.items():
        rules = {text.rpartition("(")[2].removesuffix(")") for severity, text in outcome["problems"]
                 if severity == "blocking"}
        assert name not in expected or expected[name] in rules, (name, rules)
        assert name in expected or not rules & {"tep-qua-lon", "khong-phai-utf-8"}, (name, rules)


# --- All at once: the built site ------------------------------------------------------------------------
@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with all attacks, and its site, built in spite of its problems."""
    root = gather(tmp_path_factory.mktemp("gathered") / "project")
    done = run(sys.executable, "-m", "mkdocs", "build", folder=root)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "Traceback" not in done.stderr
    return root


@pytest.mark.xdist_group("hostile site")
def test_the_entry_tells_problems_and_nothing_else(gathered: Path) -> None:
    done = run(sys.executable, "scripts/check.py", folder=gathered)
    *told, summary = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (1, "")
    assert [line for line in told if not PROBLEM.fullmatch(line)] == []
    assert re.fullmatch(r"\d+ lỗi, trong đó \d+ lỗi phải sửa\.", summary)
    refused = run(sys.executable, "scripts/export_pdf.py", folder=gathered)
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr


@pytest.mark.xdist_group("hostile site")
def test_nothing_that_runs_or_reaches_out_is_in_any_page(gathered: Path) -> None:
    pages = sorted((gathered / "site").rglob("*.html"))
    assert len(pages) > len(groups()) + len(FRONT)
    for page in pages:
        assert list(_harm(html.parse(page).getroot())) == [], page
    assert not [path for path in (gathered / "site").rglob("*") if path.suffix in {".md", ".svg", ".docx"}]


def _harm(root: HtmlElement) -> Iterator[str]:
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        within = next(element.iterancestors("article"), None) is not None
        if element.tag == "script":
            yield from [f"script: {element.text}"] if RUN in (element.text or "") or within else []
        elif within and element.tag in ("input", "textarea"):  # for the reader's notes; content has no such attributes
            yield from [] if any(name.startswith("data-") for name in element.attrib) else [f"<{element.tag}>"]
        elif within and element.tag not in rendering._TAGS | OWN_TAGS:
            yield f"<{element.tag}>"
        yield from (f"{name}={value}" for name, value in element.attrib.items() if name.startswith("on")
                    or (name == "style" and within) or (name in ADDRESSES and _leads_astray(element, value)))


def _leads_astray(element: HtmlElement, value: str) -> bool:
    """Return whether an address has another scheme than links may have, or is loaded without a click."""
    seen = re.sub(r"[\t\n\r]", "", value).strip().replace("\\", "/")  # as browsers parse it
    asked = element.tag != "a" and (seen.startswith("//") or urlsplit(urljoin("http://own.example/", seen)).netloc
                                    != "own.example")
    return SCHEMES.match(seen) is not None or asked


@pytest.mark.xdist_group("hostile site")
def test_no_file_from_outside_and_no_setting_is_in_the_site(gathered: Path) -> None:
    for path in (gathered / "site").rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert SECRET.encode() not in data, path
            assert b"root:x:0" not in data, path
            assert b"proceedings.site.pages.Site" not in data, path


@pytest.mark.xdist_group("hostile site")
def test_no_words_are_lost_behind_an_attack(gathered: Path) -> None:
    for group in (*groups(), *([name] for name in FRONT)):
        article = html.parse(gathered / f"site/tham-luan/{group[0]}.html").getroot().find(".//article")
        assert article is not None
        paragraphs = {element.text for element in article.iter("p")}
        # Text after an unclosed fence is code.
        assert {f"Hết {name}." for name in group} - paragraphs <= {"Hết fence-unclosed."}, group
        assert all(f"Hết {name}." in article.text_content() for name in group)


@pytest.mark.xdist_group("hostile site")
def test_search_scripts_hold_data_only(gathered: Path) -> None:
    scripts = sorted((gathered / "site/assets/search").glob("*.js"))
    assert len(scripts) >= 2
    for script in scripts:
        text = script.read_text("utf-8")
        found = re.fullmatch(r"proceedings\.search\.\w+\((.*)\);\n", text, re.DOTALL)
        assert found
        json.loads(f"[{found[1]}]")
        assert not set("<\u2028\u2029") & set(text)


# --- In a browser ---------------------------------------------------------------------------------------
@pytest.mark.xdist_group("hostile site")
def test_nothing_of_content_runs_in_a_browser(gathered: Path, browser: Browser) -> None:
    with serving(gathered / "site") as origin:
        trap = Trap(browser, origin)
        touched = sum(trap.visit(f"{origin}{page.relative_to(gathered / 'site').as_posix()}")
                      for page in sorted((gathered / "site").rglob("*.html")) if page.name != "404.html")
        assert trap.caught == []
        assert touched > 300
        trap.page.locator("#search-words").click()
        trap.page.keyboard.type("script alert")
        trap.page.locator(".search__title").first.wait_for(timeout=20_000)
        assert trap.caught == []
        trap.page.close()


@pytest.mark.xdist_group("hostile site")
def test_nothing_of_content_runs_from_a_folder(gathered: Path, browser: Browser) -> None:
    trap = Trap(browser, f"file://{gathered}/site/")
    speeches = (f"tham-luan/{group[0]}" for group in groups() if len(group) > 1 or group[0].startswith("clobber"))
    for name in ("index", "ke-hoach", "chuong-trinh", "phu-luc/van-ban", *speeches):
        trap.visit((gathered / "site" / f"{name}.html").as_uri())
    assert trap.caught == []
    trap.page.close()


@pytest.mark.xdist_group("hostile site")
@pytest.mark.parametrize(("body", "caught"), [
    (f"<a href='javascript:{RUN}'>a</a>", "dialog"), (f"<p onmouseover={RUN}>a</p>", "dialog"),
    (f"<script>{RUN}</script>", "dialog"), (f"<img src='http://{OUTSIDE}/a.png'>", "request"),
    ("<a href='data:text/html,a'>a</a>", "scheme"),
    ("<script>location.hash = 'a'; document.cookie = 'a=b'</script>", "a=b"),
])
def test_the_trap_catches_what_would_run(body: str, caught: str, tmp_path: Path, browser: Browser) -> None:
    (tmp_path / "a.html").write_text(f"<script>proceedings = {{}}</script><article>{body}</article>", "utf-8")
    with serving(tmp_path) as origin:
        trap = Trap(browser, origin)
        trap.visit(f"{origin}a.html")
        trap.page.wait_for_timeout(100)
        trap.page.close()
    assert [each for each in trap.caught if caught in each]


# --- On paper -------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def volume(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All printable attacks in one PDF."""
    root = gather(tmp_path_factory.mktemp("printed") / "project")
    for name in UNPRINTABLE:
        (root / f"docs/tham-luan/{name}.md").unlink()
    view = settings.load(root / "mkdocs.yml")
    book = Book(Project.open(view), Edition())
    pdf.lay_out(book.volume(book.chapters()), (view.docs, view.looks)).write(root / "volume.pdf")
    return root / "volume.pdf"


@pytest.mark.xdist_group("hostile print")
def test_the_volume_runs_opens_and_carries_nothing(volume: Path) -> None:
    with pikepdf.open(volume) as document:
        dictionaries = [each for each in document.objects if isinstance(each, pikepdf.Dictionary | pikepdf.Stream)]
        actions = [each for each in _below(dictionaries) if "/S" in each and ("/URI" in each or "/Type" not in each)]
        kinds = {str(each.S) for each in actions}
        assert kinds & {"/JavaScript", "/Launch", "/GoToR", "/SubmitForm", "/ImportData"} == set()
        keys = {key for each in _below(dictionaries) for key in each.keys()}  # noqa: SIM118 - a pikepdf dictionary
        assert keys & {"/JS", "/JavaScript", "/OpenAction", "/AA", "/EF", "/RichMediaContent", "/AcroForm"} == set()
        targets = [str(each.URI) for each in _below(dictionaries) if "/URI" in each]
        assert targets
        assert [target for target in targets if not target.startswith(("http://", "https://", "mailto:"))] == []


def _below(entries: Any) -> Iterator[Any]:
    """Yield the dictionaries and those directly in them."""
    for each in entries:
        yield each
        yield from (value for value in dict(each).values() if isinstance(value, pikepdf.Dictionary))


@pytest.mark.xdist_group("hostile print")
def test_the_volume_shows_attacks_as_words_and_nothing_from_outside(volume: Path) -> None:
    with pdfium.PdfDocument(volume) as document:
        text = " ".join(page.get_textpage().get_text_range() for page in document)
    assert SECRET not in text
    assert "root:x:0" not in text
    assert "<script>alert(1)</script>" in "".join(text.split())
    plain = re.sub(r"[\s\x02\xad\ufffe-]+", "", text)  # lines break at hyphens
    assert {name for name in INJECTIONS if f"Hết{name.replace('-', '')}." not in plain} == set(UNPRINTABLE)


@pytest.mark.xdist_group("hostile print")
@pytest.mark.parametrize("name", UNPRINTABLE)
def test_what_cannot_be_printed_says_why(name: str, tmp_path: Path) -> None:
    root = lay_out_project(tmp_path / "project")
    (root / f"docs/tham-luan/{name}.md").write_text(front(name) + INJECTIONS[name], "utf-8")
    view = settings.load(root / "mkdocs.yml")
    project = Project.open(view)
    told = [problem.message for problem in project.stopping() if problem.path.endswith(f"{name}.md")]
    assert [message for message in told if UNPRINTABLE[name] in message] or not UNPRINTABLE[name].startswith("U+")
    book = Book(project, Edition())
    with pytest.raises(pdf.PrintError, match=re.escape(UNPRINTABLE[name])):
        pdf.lay_out(book.offprint(f"tham-luan/{name}.md"), (view.docs, view.looks)).write(tmp_path / "a.pdf")


def _png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    head = width.to_bytes(4) + height.to_bytes(4) + b"\x08\x02\0\0\0"
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


_USES = "".join(f"<g id='a{i}'><use href='#a{i - 1}'/><use href='#a{i - 1}'/></g>" for i in range(1, 40))
PICTURES = {
    "60000-square": _png(60_000, 60_000), "6400-square": _png(6_400, 6_400), "flat": _png(1, 60_000_000),
    "none": b"", "text": b"a", "cut": _png(9, 9)[:20], "html": b"<script>alert(1)</script>",
    "svg-uses": f"<svg xmlns='http://www.w3.org/2000/svg'><g id='a0'/>{_USES}<use href='#a39'/></svg>".encode(),
    "svg-foreign": f"<svg xmlns='http://www.w3.org/2000/svg'><image href='http://{OUTSIDE}/a.png'/></svg>".encode(),
    "svg-entities": b"<!DOCTYPE a [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><svg xmlns='http://www.w3.org/2000/svg'>"
                    b"<text>&a;</text></svg>",
    "tiff": b"II*\0\x08\0\0\0" + b"\0" * 60, "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
}


@pytest.mark.xdist_group("hostile print")
@pytest.mark.parametrize("name", PICTURES)
def test_pictures_that_are_none_or_too_large_stop_the_print_at_once(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PICTURES[name])
    with pytest.raises(pdf.PrintError, match=r"a\.png"):
        pdf.lay_out(f"<img src='{(tmp_path / 'a.png').as_uri()}' alt='a'>", (tmp_path,))


def test_each_kind_of_pictures_by_name_has_its_format() -> None:
    assert set(docs_files._FORMATS) == schema.PICTURE_SUFFIXES
