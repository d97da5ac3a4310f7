"""The built site of the fabricated conference, read back from its files."""

import re
import shutil
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement

import picturing
from conftest import PROJECT, run
from proceedings import schema
from proceedings.conference.model import Speech
from proceedings.conference.reading import Reading
from proceedings.system import picture_parts

PAGE_FILES = {".html", ".css", ".js", ".woff2", ".txt", ".png", ".xml", ".gz", ".pdf", ".svg", ".zip", ".conf"}


def _page(built: Path, path: str) -> HtmlElement:
    return html.parse(built / path).getroot()


def _text(element: HtmlElement | None) -> str:
    assert element is not None
    return " ".join(element.text_content().split())


def _tabs(page: HtmlElement) -> list[str]:
    return [_text(link) for link in page.cssselect(".md-tabs__link")]


def test_the_navigation_follows_the_plan(built: Path, fabricated: Reading) -> None:
    page = _page(built, "tham-luan/index.html")
    shown = [_text(link) for link in page.cssselect(".menu__link")]
    wanted = [f"{speech.number}. {speech.unit}" for speech in fabricated.conference.speeches.values()]
    assert [title for title in shown if title in wanted] == wanted
    assert _tabs(page)[:3] == ["Trang chủ", "KẾ HOẠCH", "Chương trình Hội nghị"]


def test_the_home_page_tells_what_when_where_who_and_three_ways_in(built: Path, fabricated: Reading) -> None:
    plan = fabricated.conference.plan
    page = _page(built, "index.html")
    face = _text(page.cssselect(".face")[0])
    for line in plan.backdrop.lines:
        assert line in face
    facts = _text(page.cssselect(".facts")[0])
    assert plan.time
    assert plan.chair
    assert all(words in facts for words in (plan.time.text, plan.venue, plan.chair.text))
    assert [link.get("href") for link in page.cssselect(".ways a")] == [
        "ke-hoach.html", "chuong-trinh.html", "tham-luan/index.html"]
    assert page.cssselect(".print-copy a")[0].get("href") == "ky-yeu.pdf"


def test_a_speech_page_tells_number_unit_topic_presenter_minutes_and_status(built: Path, fabricated: Reading) -> None:
    for speech in fabricated.conference.speeches.values():
        page = _page(built, f"tham-luan/{speech.slug}.html")
        opening = _text(page.cssselect(".opening")[0])
        expected = (f"Tham luận số {speech.number}", speech.unit, speech.topic, f"{speech.minutes} phút",
                    speech.delivery.status.label, speech.delivery.presenter or "[…]", speech.delivery.post)
        assert [words for words in expected if words not in opening] == []
        assert page.cssselect(".about__copy")[0].get("href") == f"{speech.slug}.pdf"
        assert (built / "tham-luan" / f"{speech.slug}.pdf").is_file()
        assert len(page.cssselect("article h1")) == 1


def test_previous_and_next_follow_the_speaking_order(built: Path, fabricated: Reading) -> None:
    speeches = list(fabricated.conference.speeches.values())
    for before, after in pairwise(speeches):
        assert _footer_link(built, before, "next") == f"{after.slug}.html"
        assert _footer_link(built, after, "prev") == f"{before.slug}.html"


def _footer_link(built: Path, speech: Speech, way: str) -> str:
    link = _page(built, f"tham-luan/{speech.slug}.html").cssselect(f".md-footer__link--{way}")[0]
    return str(link.get("href"))


def test_an_outline_says_that_it_is_one(built: Path, fabricated: Reading) -> None:
    for speech in fabricated.conference.speeches.values():
        page = _page(built, f"tham-luan/{speech.slug}.html")
        assert bool(page.cssselect(".opening__notice")) is bool(speech.blanks)
        blanks = [_text(blank) for blank in page.cssselect("article .blank")]
        opening = [_text(blank) for blank in page.cssselect(".opening .blank")]
        assert blanks[len(opening):] == [blank.text for blank in speech.blanks]


def test_the_plan_is_laid_out_as_an_official_document(built: Path, fabricated: Reading) -> None:
    letterhead = fabricated.conference.plan.letterhead
    page = _page(built, "ke-hoach.html")
    issuer, nation = page.cssselect(".letterhead__issuer")[0], page.cssselect(".letterhead__nation")[0]
    assert letterhead.parent_body in _text(issuer)
    assert letterhead.issuing_body in _text(issuer)
    assert f"Số: {letterhead.number}/{letterhead.symbol}" in _text(issuer)
    assert "Độc lập - Tự do - Hạnh phúc" in _text(nation)
    assert letterhead.issued_at in _text(nation)
    assert all(place in _text(page.cssselect(".official__recipients")[0])
               for place in fabricated.conference.plan.recipients)
    assert _text(page.cssselect(".official__signature .signer")[0]) == fabricated.conference.plan.signature.name


def test_the_sections_of_the_plan_keep_their_anchors(built: Path, fabricated: Reading) -> None:
    ids = {element.get("id") for element in _page(built, "ke-hoach.html").iter() if element.get("id")}
    assert fabricated.conference.documents["ke-hoach.md"].anchors <= ids


def test_the_agenda_is_computed(built: Path, fabricated: Reading) -> None:
    rows = [[_text(cell) for cell in row.iterchildren()] for row in
            _page(built, "chuong-trinh.html").cssselect(".register--agenda tbody tr")]
    timed = [row for row in rows if row[0]]
    ends = [row[0].split(" - ")[1] for row in timed]
    starts = [row[0].split(" - ")[0] for row in timed]
    assert starts[0] == "8h00"
    assert starts[1:] == ends[:-1]
    spoken = [row[2] for row in timed if re.match(r"\d+\. ", row[1])]
    assert spoken == [speech.unit for speech in fabricated.conference.speeches.values()]


def test_the_progress_board_tells_state_deadline_and_lateness(built: Path, fabricated: Reading) -> None:
    rows = _page(built, "tien-do.html").cssselect(".register--progress tbody tr")
    speeches = list(fabricated.conference.speeches.values())
    assert len(rows) == len(speeches)
    for row, speech in zip(rows, speeches, strict=True):
        assert speech.unit in _text(row)
        assert speech.delivery.status.label in _text(row)
        assert ("sau hạn" in _text(row)) is speech.late
    assert [speech.late for speech in speeches].count(True) == 1


def test_the_site_carries_no_print_looks_and_no_stray_types(built: Path) -> None:
    files = [path.relative_to(built) for path in built.rglob("*") if path.is_file()]
    assert not any(path.parts[0] in ("print", "fragments", "partials") for path in files)
    assert {path.suffix for path in files} <= PAGE_FILES


def test_only_pages_and_pictures_of_the_documents_are_published(conference_root: Path) -> None:
    docs = conference_root / "docs"
    for name in ("trang.html", "anh.svg", "ma.js", "bai.docx", "bai.pdf", "print.css"):
        (docs / "phu-luc" / name).write_text("x", "utf-8")
    shutil.copytree(docs / "tham-luan/so-sach-va-thu-tich", docs / "phu-luc/anh")
    done = run(sys.executable, "-m", "mkdocs", "build", folder=conference_root)
    assert done.returncode == 0, done.stderr
    published = {path.name for path in (conference_root / "site/phu-luc").rglob("*") if path.is_file()}
    assert published == {"index.html", "van-ban.html", "tu-viet-tat.html", "chu-de.html", "don-vi.html", "bieu-do.png"}


def test_no_page_may_be_indexed_and_none_names_another_origin(built: Path) -> None:
    for path in built.rglob("*.html"):
        page = html.parse(path).getroot()
        if path.name != "404.html":
            assert page.cssselect('meta[name="robots"]')[0].get("content") == "noindex, nofollow"
        loaded = [element.get(name) or "" for name in ("src", "href") for element in
                  page.cssselect(f"script[{name}], link[{name}], img[{name}], iframe[{name}]")]
        assert [address for address in loaded if "//" in address] == [], path


def test_what_content_writes_into_titles_and_front_matter_never_runs(conference_root: Path) -> None:
    hostile = "<script>alert(1)</script>\"><img src=x onerror=alert(2)>"
    plan = conference_root / "docs/ke-hoach.md"
    plan.write_text(plan.read_text("utf-8").replace("Sở Sách và Thư tịch", f"Sở {hostile} Thư tịch"), "utf-8")
    page = conference_root / "docs/phu-luc/doc.md"
    page.write_text(f"---\nten-ngan: '{hostile}'\ntemplate: ../../x.html\ndescription: '\"{hostile}'\n---\n\n"
                    f"# Đề mục {hostile}\n\n<script>alert(3)</script>\n\n[x](javascript:alert(4)) "
                    "<svg onload=alert(5)></svg> <a href='java&#10;script:alert(6)'>y</a> ![z](https://vi-du.example/z.png)\n"
                    "{: onclick=alert(7) }\n\n<script> <style> <!-- không đóng\n\nChữ cuối trang.\n", "utf-8")
    done = run(sys.executable, "-m", "mkdocs", "build", folder=conference_root)
    assert done.returncode == 0, done.stderr
    assert "Chữ cuối trang." in _text(_page(conference_root / "site", "phu-luc/doc.html").cssselect("article")[0])
    for path in (conference_root / "site").rglob("*.html"):
        root = html.parse(path).getroot()
        inline = [script.text_content() for script in root.iter("script")]
        assert not any("alert(" in text for text in inline), path
        attributes = [(name, value) for element in root.iter() if isinstance(element.tag, str)
                      for name, value in element.attrib.items()]
        assert not [pair for pair in attributes if pair[0].startswith("on") and "alert" in pair[1]], path
        assert not [pair for pair in attributes if pair[0] in ("href", "src") and "alert(" in pair[1]], path
        assert not [pair for pair in attributes if pair[0] == "src" and "vi-du.example" in pair[1]], path


def test_a_secrecy_mark_stops_the_site(conference_root: Path) -> None:
    path = conference_root / "docs/bao-cao.md"
    path.write_text(path.read_text("utf-8") + "\n**MẬT**\n", "utf-8")
    done = run(sys.executable, "-m", "mkdocs", "build", folder=conference_root)
    assert done.returncode != 0
    assert "dau-mat" in done.stderr
    assert not (conference_root / "site" / "bao-cao.html").exists()


def test_links_stop_the_site_before_they_are_followed(conference_root: Path) -> None:
    for name in ("a", "b"):  # MkDocs would follow both, recursively, up to the system's limit
        (conference_root / "docs" / "phu-luc" / name).symlink_to(".")
    done = run(sys.executable, "-m", "mkdocs", "build", folder=conference_root)
    assert done.returncode != 0
    assert "loi-tat" in done.stderr
    assert not (conference_root / "site").exists()


def test_a_link_that_leads_outside_is_not_published(conference_root: Path, tmp_path: Path) -> None:
    (tmp_path / "ngoai.md").write_text("# Ngoài\n", "utf-8")
    (conference_root / "docs" / "phu-luc" / "lien-ket.md").symlink_to(tmp_path / "ngoai.md")
    done = run(sys.executable, "-m", "mkdocs", "build", folder=conference_root)
    assert done.returncode != 0
    assert not (conference_root / "site").exists()


def test_a_secrecy_mark_in_the_settings_stops_everything(conference_root: Path) -> None:
    settings = conference_root / "mkdocs.yml"
    text = settings.read_text("utf-8")
    line = next(number for number, words in enumerate(text.splitlines(), 1) if words.startswith("copyright:"))
    settings.write_text(re.sub(r"^copyright: .*$", "copyright: MẬT", text, flags=re.MULTILINE), "utf-8")
    for command, shown in ((("scripts/check.py",), "stdout"), (("scripts/export_pdf.py",), "stderr"),
                           (("-m", "mkdocs", "build"), "stderr")):
        done = run(sys.executable, *command, folder=conference_root)
        assert done.returncode != 0, command
        assert f"mkdocs.yml:{line}: " in getattr(done, shown)
    assert not (conference_root / "site").exists()


def test_the_site_is_built_without_loading_the_print_engine(conference_root: Path) -> None:
    (conference_root / "weasyprint.py").write_text("raise ImportError('the site needs no print engine')\n")
    done = run(sys.executable, "-m", "mkdocs", "build", "--strict", folder=conference_root,
               PYTHONPATH=str(conference_root))
    assert done.returncode == 0, done.stderr


def test_where_no_pdf_is_made_no_page_links_to_one(conference_root: Path) -> None:
    done = run(sys.executable, "-m", "mkdocs", "build", "--strict", folder=conference_root, PROCEEDINGS_PDF="false")
    assert done.returncode == 0, done.stderr
    for path in (conference_root / "site").rglob("*.html"):
        assert ".pdf" not in path.read_text("utf-8")


def test_the_live_documents_have_no_problem_that_blocks() -> None:
    done = run(sys.executable, "scripts/check.py", folder=PROJECT)
    assert done.returncode == 0, done.stdout


# --- Files and pictures of the documents ----------------------------------------------------------
_THEIRS = ("assets/images/favicon.png", "assets/stylesheets/proceedings.png", "search/a.png", "may-chu/a.png", "404.md",
           "Assets/a.png")


def test_no_file_of_the_documents_takes_the_place_of_one_of_the_site(conference_root: Path, built: Path) -> None:
    picture = (conference_root / "docs/tham-luan/so-sach-va-thu-tich/bieu-do.png").read_bytes()
    for path in _THEIRS:
        (conference_root / "docs" / path).parent.mkdir(parents=True, exist_ok=True)
        (conference_root / "docs" / path).write_bytes(b"# Trang\n" if path.endswith(".md") else picture)
    done = run(sys.executable, "-m", "mkdocs", "build", folder=conference_root)
    assert done.returncode == 0, done.stderr
    told = {line.split(": ")[0].rpartition(" ")[2] for line in done.stderr.splitlines() if "cho-danh-rieng" in line}
    assert {place.removesuffix(":1").removeprefix("docs/") for place in told} == set(_THEIRS)
    site = conference_root / "site"
    assert {path.name for path in site.rglob("*.png")} == {"favicon.png", "bieu-do.png"}
    for name in ("assets/images/favicon.png", "404.html"):
        assert (site / name).read_bytes() == (built / name).read_bytes()


def test_what_stands_at_the_top_of_the_site_is_reserved_or_of_the_documents(built: Path, fabricated: Reading) -> None:
    of_documents = {Path(path).parts[0] for path in (*fabricated.conference.documents, *fabricated.conference.files)}
    folders = {path.name for path in built.iterdir() if path.is_dir()}
    assert folders - of_documents <= schema.RESERVED
    pages = {f"{path.stem}.md" for path in built.glob("*.html")}
    assert pages - of_documents <= schema.RESERVED


def test_pictures_are_published_without_what_is_attached_to_them(conference_root: Path) -> None:
    folder = conference_root / "docs/tham-luan/so-sach-va-thu-tich"
    shown = {"a.jpg": picturing.LOCATED["JPEG"], "b.png": picturing.LOCATED["PNG"],
             "c.webp": picturing.LOCATED["WebP"], "d.gif": picturing.saved("GIF", comment=b"loi ghi")}
    refused = {"e.png": b"<svg xmlns='http://www.w3.org/2000/svg'/>", "g.png": shown["b.png"][:-20]}
    for name, data in (shown | refused).items():
        (folder / name).write_bytes(data)
    done = run(sys.executable, "-m", "mkdocs", "build", folder=conference_root)
    assert done.returncode == 0, done.stderr
    published = conference_root / "site/tham-luan/so-sach-va-thu-tich"
    assert {path.name for path in published.iterdir()} == {*shown, "bieu-do.png"}
    for name, data in shown.items():
        clean = (published / name).read_bytes()
        assert clean == picture_parts.published(data) != data
