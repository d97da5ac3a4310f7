"""Metadata on each document's page: minutes, last change, history, editor, printed copy."""

import sys
from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement

from benchmarks.fabricate import fabricate
from conftest import git, lay_out_project, run
from proceedings.conference.navigation import documents
from proceedings.conference.reading import Reading
from proceedings.schema import Status

FORGES = {
    "forgejo": ("_edit/branch/main/docs/", "commits/branch/main/docs/"),
    "github": ("edit/main/docs/", "commits/main/docs/"),
    "gitlab": ("-/edit/main/docs/", "-/commits/main/docs/"),
}
REPOSITORY = "https://kho.example/so/ky-yeu"
DOCUMENTS = ("ke-hoach", "chuong-trinh", "bao-cao", "tham-luan/so-sach-va-thu-tich",
             "tham-luan/ban-to-chuc-de-an-thi-xa-ben-mo")


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fabricated conference in a git repository: all of one date, one speech changed later."""
    root = lay_out_project(tmp_path_factory.mktemp("repository") / "project")
    git(root, "init", "-q")
    git(root, "add", "docs")
    git(root, "commit", "-q", "-m", "Tài liệu")
    speech = root / "docs/tham-luan/so-sach-va-thu-tich.md"
    speech.write_text(speech.read_text("utf-8").replace("chín người", "mười người"), "utf-8")
    git(root, "commit", "-q", "-a", "-m", "Sửa", day="2035-06-10")
    return root


def _build(root: Path, **environment: str) -> None:
    done = run(sys.executable, "-m", "mkdocs", "build", "--strict", folder=root, **environment)
    assert done.returncode == 0, done.stderr


def _page(root: Path, name: str) -> HtmlElement:
    return html.parse(root / "site" / f"{name}.html").getroot()


def _links(page: HtmlElement) -> dict[str, str]:
    return {link.text_content(): str(link.get("href")) for link in page.cssselect(".about a")}


@pytest.mark.parametrize("forge", FORGES)
def test_with_a_forge_each_document_leads_to_its_editor_and_its_history(repository: Path, forge: str) -> None:
    edit, history = FORGES[forge]
    settings = repository / "mkdocs.yml"
    before = settings.read_text("utf-8")
    settings.write_text(f"{before}\nrepo_url: {REPOSITORY}\nedit_uri: {edit}\n", "utf-8")
    try:
        _build(repository)
    finally:
        settings.write_text(before, "utf-8")
    for name in DOCUMENTS:
        links = _links(_page(repository, name))
        assert links["Đề nghị sửa"] == f"{REPOSITORY}/{edit}{name}.md"
        assert links["lịch sử sửa đổi"] == f"{REPOSITORY}/{history}{name}.md"


def test_without_a_forge_there_is_the_day_but_no_link(repository: Path) -> None:
    _build(repository, PROCEEDINGS_PDF="false")
    for name in DOCUMENTS:
        about = _page(repository, name).cssselect(".about")[0]
        day = "10/6/2035" if name.endswith("so-sach-va-thu-tich") else "05/4/2035"
        assert about.cssselect("time")[0].text == day
        assert about.cssselect("a") == []  # neither editor nor history nor printed copy
        assert "Đọc khoảng" in about.text_content() or name == "chuong-trinh"
    assert _page(repository, "index").cssselect(".print-copy") == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_document_has_its_printed_copies_and_its_neighbours(built: Path, fabricated: Reading, name: str) -> None:
    page = html.parse(built / f"{name}.html").getroot()
    copies = [built / f"{name}.html" / ".." / link.get("href") for link in page.cssselect(".about__copy")]
    assert copies
    assert [path for path in copies if not path.resolve().is_file()] == []
    order = [entry.path.removesuffix(".md") for entry in documents(fabricated.conference)]
    place = order.index(name)
    found = {side: _neighbour(page, built / name, side, built) for side in ("prev", "next")}
    sides = {"prev": order[place - 1] if place else "index", "next": order[place + 1] if place + 1 < len(order) else ""}
    for side, wanted in sides.items():
        # The list of speeches is between the report and the first speech; the last speech is followed by another
        # section.
        assert found[side] in ({wanted, "tham-luan/index"} if wanted else {"tien-do"}), side


def _neighbour(page: HtmlElement, at: Path, side: str, site: Path) -> str:
    target = at.parent / str(page.cssselect(f".md-footer__link--{side}")[0].get("href"))
    return target.resolve().relative_to(site.resolve()).with_suffix("").as_posix()


def test_each_speech_says_who_speaks_on_what_and_how_far_it_is(built: Path, fabricated: Reading) -> None:
    for speech in fabricated.conference.speeches.values():
        page = html.parse(built / speech.path.replace(".md", ".html")).getroot()
        opening = " ".join(page.cssselect(".opening")[0].text_content().split())
        assert speech.topic in page.cssselect("h1")[0].text_content().replace("\xa0", " ")
        for said in (speech.unit, speech.delivery.status.label, f"{speech.minutes} phút", speech.delivery.presenter):
            assert said in opening
        about = page.cssselect(".about")[0].text_content()
        assert "Đọc khoảng" in about
        assert ("nói khoảng" in about) == (speech.delivery.status is not Status.OUTLINE)


def test_home_says_what_the_plan_says(built: Path, fabricated: Reading) -> None:
    plan = fabricated.conference.plan
    page = html.parse(built / "index.html").getroot()
    said = {row.cssselect("dt")[0].text: row.cssselect("dd")[0].text for row in page.cssselect(".facts > div")}
    assert plan.time
    assert plan.chair
    assert said == {"Thời gian": plan.time.text, "Địa điểm": plan.venue, "Chủ trì": plan.chair.text}
    assert [line.text for line in page.cssselect(".face__name span")] == list(plan.backdrop.name)
    assert len(page.cssselect(".ways a")) == 3


def test_home_tells_what_is_new_and_how_far_the_preparation_is(repository: Path) -> None:
    _build(repository)
    page = _page(repository, "index")
    days = [item.get("data-day") for item in page.cssselect("[data-news] li")]
    assert days[0] == "2035-06-10"
    assert set(days[1:]) == {"2035-04-05"}
    assert page.cssselect("[data-news] a")[0].get("href") == "tham-luan/so-sach-va-thu-tich.html"
    assert "1 đã duyệt, 3 đã nộp, 1 còn đề cương" in page.cssselect(".state__progress")[0].text_content()


def test_without_git_there_is_no_day(conference_root: Path) -> None:
    _build(conference_root)
    assert _page(conference_root, "ke-hoach").cssselect(".about time") == []
    assert _page(conference_root, "index").cssselect(".news") == []
    assert list(_links(_page(conference_root, "ke-hoach"))) == ["Bản in kế hoạch (PDF)", "Ma kết (PDF)"]


def test_a_menu_shows_its_own_section_only(built: Path, fabricated: Reading) -> None:
    page = html.parse(built / "tham-luan" / "so-sach-va-thu-tich.html").getroot()
    shown = [link.get("href") for link in page.cssselect(".menu__link")]
    speeches = [f"{speech.slug}.html" for speech in fabricated.conference.speeches.values()]
    assert [href for href in shown if href in speeches] == speeches
    assert "../phu-luc/van-ban.html" not in shown
    assert page.cssselect('.menu [aria-current="page"]')[0].get("href") == "so-sach-va-thu-tich.html"


def test_the_menu_of_a_long_section_lists_only_what_is_near(tmp_path: Path) -> None:
    root = fabricate(tmp_path / "project", 80)
    _build(root, PROCEEDINGS_PDF="false")
    page = _page(root, "tham-luan/don-vi-gia-lap-so-40")
    section = page.cssselect(".menu__list .menu__list .menu__link")
    assert len(section) == 13
    assert section[6].get("aria-current") == "page"
    numbers = [int(link.text.partition(".")[0]) for link in section]
    assert numbers == list(range(numbers[0], numbers[0] + 13))
    assert len(_page(root, "tham-luan/index").cssselect("article .register--speeches tbody tr")) == 85


def test_no_page_leads_to_one_that_is_not_there(conference_root: Path) -> None:
    (conference_root / "docs/ghi-chu.md").unlink()
    _build(conference_root)
    assert _page(conference_root, "ke-hoach").cssselect(".mine a") == []


def test_a_page_without_headings_gives_the_room_of_their_menu_to_its_text(built: Path) -> None:
    for name, hidden in (("phu-luc/van-ban", True), ("index", True), ("tham-luan/so-sach-va-thu-tich", False)):
        page = html.parse(built / f"{name}.html").getroot()
        assert ("hidden" in page.cssselect(".md-sidebar--secondary")[0].attrib) == hidden
