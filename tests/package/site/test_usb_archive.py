"""The archive for a USB stick: content, refused names, and use after unpacking."""

import sys
import zipfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from playwright.sync_api import Browser

from browsing import Watch
from conftest import run
from proceedings.conference import products
from proceedings.site import usb_archive
from proceedings.system import filenames

DOCS = Path("docs")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site with everything that is left out."""
    root = tmp_path / "site"
    for path in ("index.html", "ky-yeu.pdf", "tham-luan/a.html", "tham-luan/ảnh.png", "assets/a.min.js",
                 "assets/a.min.js.map", "404.html", products.archive,
                 "may-chu/nginx.conf", ".an", "assets/.an/tep"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(path, "utf-8")
    return root


@pytest.fixture(scope="module")
def unpacked(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("usb")
    with zipfile.ZipFile(built / products.archive) as file:
        file.extractall(folder)
    (top,) = folder.iterdir()
    return top


def _messages(*paths: str) -> list[str]:
    return [str(problem) for problem in usb_archive.problems(paths, "tai-lieu", DOCS)]


def test_readers_files_are_carried_and_the_servers_stay(site: Path) -> None:
    assert usb_archive.carried(site) == ("assets/a.min.js", "index.html", "ky-yeu.pdf", "tham-luan/a.html",
                                      "tham-luan/ảnh.png")


def test_all_stands_below_one_folder_named_after_the_site_sorted_compressed_and_undated(
    site: Path, tmp_path: Path,
) -> None:
    (tmp_path / "a.zip").write_bytes(usb_archive.pack(site, "Hội nghị mẫu").data)
    with zipfile.ZipFile(tmp_path / "a.zip") as file:
        entries = file.infolist()
        assert file.testzip() is None
    names = [entry.filename for entry in entries]
    assert names == sorted(names)
    assert {name.split("/")[0] for name in names} == {"hoi-nghi-mau"}
    assert {entry.date_time for entry in entries} == {(1980, 2, 1, 0, 0, 0)}
    assert {entry.compress_type for entry in entries} == {zipfile.ZIP_DEFLATED}
    assert [entry.filename for entry in entries if entry.flag_bits & 0x800] == ["hoi-nghi-mau/tham-luan/ảnh.png"]


def test_the_same_site_gives_the_same_bytes(site: Path) -> None:
    first = usb_archive.pack(site, "Hội nghị mẫu")
    for path in site.rglob("*"):
        path.touch()
    (site / products.archive).write_bytes(first.data)
    assert usb_archive.pack(site, "Hội nghị mẫu") == first
    assert first.files == 6


def test_the_first_text_is_for_old_notepads_too(site: Path, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(usb_archive.pack(site, "Hội nghị mẫu").data)
    with zipfile.ZipFile(tmp_path / "a.zip") as file:
        text = file.read(f"hoi-nghi-mau/{usb_archive.README}")
    assert text.startswith("\ufeffHội nghị mẫu\r\n".encode())
    assert text.count(b"\n") == text.count(b"\r\n") > 5
    assert "giải nén" in text.decode("utf-8-sig")


@pytest.mark.parametrize(("name", "told"), [
    ("a:b.png", "ký tự bị cấm (:)"), ("a?*.png", "ký tự bị cấm (* ?)"), ("a\\b.png", "ký tự bị cấm (\\)"),
    ("a\tb.png", "ký tự bị cấm (\\t)"), ("a\x7fb.png", "ký tự bị cấm (\\x7f)"),
    ("con", "thiết bị"), ("AUX.png", "thiết bị"), ("nul.tar.gz", "thiết bị"), ("com1.png", "thiết bị"),
    ("lpt¹.png", "thiết bị"), ("con .png", "thiết bị"), ("con/anh.png", "thiết bị"),
    ("anh.", "dấu chấm ở cuối"), ("anh ", "dấu cách"), (" anh", "dấu cách"), ("thu muc /anh.png", "dấu cách"),
    ("a" * 256, "dài quá 255"), ("😀" * 128, "dài quá 255"), ("a" * 232, "dài 241")])
def test_a_name_that_a_stick_or_windows_refuses_is_told_with_its_remedy(name: str, told: str) -> None:
    messages = _messages(name)
    assert messages
    assert told in messages[0]
    assert messages[0].startswith(f"docs/{filenames.printable(name)}:1: ")
    assert "; hãy đổi tên" in messages[0] or "; hãy đặt tên" in messages[0]
    assert messages[0].endswith("(ten-tep-usb)")


@pytest.mark.parametrize("name", ["conf.html", "com.png", "com10.png", "a.con", "Ảnh 1 (bản 2).png", "a..b", "..a",
                                  "a" * 231, "lpt.txt", "sở-y-tế.png", "đ&%$#@!'`~^+=[]{},;.png"])
def test_a_harmless_name_is_carried(name: str) -> None:
    assert _messages(name) == []


def test_names_that_a_stick_takes_for_one_are_told() -> None:
    assert len(_messages("a/anh.png", "a/Anh.png")) == 1
    assert "\"a/anh.png\" và \"a/Anh.png\"" in _messages("a/Anh.png", "a/anh.png")[0]
    assert len(_messages("a/x.png", "A/y.png")) == 1
    assert len(_messages("\u1ea3nh.png", "a\u0309nh.png")) == 1
    assert len(_messages("doc-truoc.txt")) == 1
    assert _messages("a/anh.png", "b/anh.png") == []


def test_a_page_is_told_at_its_document_once_and_all_problems_at_once() -> None:
    told = _messages("tham-luan/aux.html", "a:.png", "con.png")
    assert [message.split(" ")[0] for message in told] == [
        "docs/a:.png:1:", "docs/con.png:1:", "docs/tham-luan/aux.md:1:"]


@given(st.text(min_size=1, max_size=40).filter(
    lambda name: "/" not in name and name not in {".", ".."}))
def test_no_name_is_carried_that_windows_would_change(name: str) -> None:
    if not _messages(name):
        assert not set(name) & set('<>:"\\|?*')
        assert name == name.strip(" ").rstrip(".")
        assert min(name) >= " "


def test_the_entry_refuses_all_at_once_and_writes_nothing(conference_root: Path) -> None:
    site = conference_root / "site"
    (site / "tham-luan").mkdir(parents=True)
    for path in ("index.html", "tham-luan/con.png", "tham-luan/a:b.png"):
        (site / path).write_text("x")
    done = run(sys.executable, "scripts/deliver.py", folder=conference_root)
    assert done.returncode == 1
    assert "docs/tham-luan/con.png:1: " in done.stderr
    assert "docs/tham-luan/a:b.png:1: " in done.stderr
    assert "còn 2 tên phải đổi" in done.stderr
    assert {path.name for path in site.iterdir()} == {"index.html", "tham-luan"}


def test_the_entry_wants_a_built_site(conference_root: Path) -> None:
    done = run(sys.executable, "scripts/deliver.py", folder=conference_root)
    assert done.returncode == 2
    assert "scripts/build" in done.stderr


def test_the_entry_tells_what_it_cannot_write(conference_root: Path) -> None:
    site = conference_root / "site"
    (site / products.archive).mkdir(parents=True)  # a folder of that name
    (site / "index.html").write_text("x")
    done = run(sys.executable, "scripts/deliver.py", folder=conference_root)
    assert done.returncode == 1
    assert f"Không ghi được {site / products.archive} (" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_entry_tells_the_size_of_what_it_wrote(built: Path) -> None:
    done = run(sys.executable, "scripts/deliver.py", folder=built.parent)
    size = f"{(built / products.archive).stat().st_size / 1e6:.1f}".replace(".", ",")
    assert done.returncode == 0
    assert f"tai-lieu-usb.zip: {len(usb_archive.carried(built)) + 1} tệp, {size} MB" in done.stdout


def test_unpacked_the_archive_is_the_site(unpacked: Path, built: Path) -> None:
    carried = {path: (built / path).read_bytes() for path in usb_archive.carried(built)}
    found = {path.relative_to(unpacked).as_posix(): path.read_bytes() for path in unpacked.rglob("*") if path.is_file()}
    assert found.keys() - carried.keys() == {usb_archive.README}
    assert all(found[path] == data for path, data in carried.items())
    assert {"ky-yeu.pdf", "index.html"} <= carried.keys()


def test_every_address_in_the_unpacked_pages_leads_to_a_file(unpacked: Path) -> None:
    followed = 0
    for page in unpacked.rglob("*.html"):
        for _, attribute, address, _ in html.parse(page).getroot().iterlinks():
            parts = urlsplit(address)
            if attribute in {"href", "src"} and parts.path and not parts.scheme and not parts.netloc:
                assert (page.parent / unquote(parts.path)).is_file(), f"{page}: {address}"
                followed += 1
    assert followed > 100


def test_unpacked_the_site_opens_by_a_double_click(unpacked: Path, browser: Browser) -> None:
    watch = Watch(browser, unpacked.as_uri(), 1366)
    home = (unpacked / "index.html").as_uri()
    watch.page.goto(home)
    ways = watch.page.locator("a[href$='.html']:visible")
    addresses = {ways.nth(number).get_attribute("href") for number in range(ways.count())}
    for address in sorted(map(str, addresses)):
        watch.page.goto(home)
        watch.page.locator(f"a[href='{address}']:visible").first.click()
        watch.page.wait_for_url((unpacked / address).as_uri())
        assert watch.page.locator("h1").count() == 1
    assert len(addresses) > 2
    assert watch.faults == []
    watch.page.close()
