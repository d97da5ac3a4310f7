"""What each document's page tells beside its text: minutes, last change, history, editor, printed copy."""

import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement

from conftest import lay_out_project, run
from proceedings import revisions
from proceedings.navigation import near
from proceedings.reading import Reading

pytestmark = pytest.mark.xdist_group("built")
FORGES = {
    "forgejo": ("_edit/branch/main/docs/", "commits/branch/main/docs/"),
    "github": ("edit/main/docs/", "commits/main/docs/"),
    "gitlab": ("-/edit/main/docs/", "-/commits/main/docs/"),
}
REPOSITORY = "https://kho.example/so/ky-yeu"
DOCUMENTS = ("ke-hoach", "chuong-trinh", "bao-cao", "tham-luan/so-sach-va-thu-tich",
             "tham-luan/ban-to-chuc-de-an-thi-xa-ben-mo")


def _git(root: Path, *arguments: str, day: str = "2035-04-05") -> None:
    when = f"{day}T08:00:00+07:00"
    subprocess.run(["git", "-C", str(root), "-c", "user.name=Người thử", "-c", "user.email=thu@thu.example", *arguments],
                   check=True, capture_output=True,
                   env={"PATH": "/usr/bin:/bin", "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "HOME": str(root)})


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fabricated conference in a git repository: all of it of one day, one speech changed on a later one."""
    root = lay_out_project(tmp_path_factory.mktemp("repository") / "project")
    _git(root, "init", "-q")
    _git(root, "add", "docs")
    _git(root, "commit", "-q", "-m", "Tài liệu")
    speech = root / "docs/tham-luan/so-sach-va-thu-tich.md"
    speech.write_text(speech.read_text("utf-8").replace("chín người", "mười người"), "utf-8")
    _git(root, "commit", "-q", "-a", "-m", "Sửa", day="2035-06-10")
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
        assert about.cssselect("a") == []
        assert "Đọc khoảng" in about.text_content() or name == "chuong-trinh"


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


def test_the_day_of_a_file_is_that_of_the_last_commit_that_touched_it(tmp_path: Path) -> None:
    _git(tmp_path, "init", "-q")
    for day, name in (("2035-01-02", "docs/a.md"), ("2035-02-03", "docs/con/tên có dấu.md"), ("2035-03-04", "b.md")):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(day, "utf-8")
        _git(tmp_path, "add", ".", day=day)
        _git(tmp_path, "commit", "-q", "-m", day, day=day)
    found = {path: day.isoformat() for path, day in revisions.last_changes(tmp_path, "docs").items()}
    assert found == {"a.md": "2035-01-02", "con/tên có dấu.md": "2035-02-03"}
    assert revisions.last_changes(tmp_path / "docs", "con").keys() == {"tên có dấu.md"}


def test_outside_git_no_day_is_known(tmp_path: Path) -> None:
    assert revisions.last_changes(tmp_path, "docs") == {}


@pytest.mark.parametrize(("count", "here", "first", "last"), [
    (60, 0, 0, 59), (61, 0, 0, 12), (61, 30, 24, 36), (61, 60, 48, 60), (2000, 1998, 1987, 1999)])
def test_a_long_menu_lists_the_pages_near_the_one_at_hand(count: int, here: int, first: int, last: int) -> None:
    pages = [f"trang {number}" for number in range(count)]
    assert near(pages, pages[here]) == pages[first: last + 1]


def test_a_menu_shows_its_own_section_only(built: Path, fabricated: Reading) -> None:
    page = html.parse(built / "tham-luan" / "so-sach-va-thu-tich.html").getroot()
    shown = [link.get("href") for link in page.cssselect(".menu__link")]
    speeches = [f"{speech.slug}.html" for speech in fabricated.conference.speeches.values()]
    assert [href for href in shown if href in speeches] == speeches
    assert "../phu-luc/van-ban.html" not in shown
    assert page.cssselect('.menu [aria-current="page"]')[0].get("href") in ("so-sach-va-thu-tich.html", "./so-sach-va-thu-tich.html")
