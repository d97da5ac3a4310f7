"""The live preview: saved changes are shown, errors keep the last good pages, and nothing is stale."""

from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from conftest import lay_out_project
from proceedings.html.dialect import Converter
from proceedings.project import Project
from proceedings.site.preview import View
from proceedings.text import source
from rebuild import Builder
from watch import Watch

SPEECHES = "docs/tham-luan"
SPEECH = f"{SPEECHES}/ban-to-chuc-de-an-huyen-doi-gio.md"
PAGE = "/tham-luan/ban-to-chuc-de-an-huyen-doi-gio.html"
BROKEN = "\n\nXem [mục sau](khong-co.md).\n"


class Preview:
    """A project, its builder, and the views shown."""

    def __init__(self, folder: Path, more: str = "") -> None:
        self.root = lay_out_project(folder / "project")
        with (self.root / SPEECH).open("a", encoding="utf-8") as file:
            file.write(more)
        self.sites = folder / "sites"
        self.sites.mkdir()
        self.shown: list[View] = []
        self._builder = Builder(self.root / "mkdocs.yml", self.sites, self.shown.append)
        self._watch = Watch(self._builder.sources())
        self.told = self._builder.build()

    def write(self, path: str, text: str) -> None:
        """Write a file of the project, and build."""
        file = self.root / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
        self.build()

    def replace(self, path: str, old: str, new: str) -> None:
        """Replace some words in a file, and build."""
        assert old in self.read(path)
        self.write(path, self.read(path).replace(old, new))

    def add(self, path: str, text: str) -> None:
        """Append text to a file, and build."""
        self.write(path, f"{self.read(path)}\n{text}\n")

    def build(self) -> None:
        """Build the changes."""
        self.shown.clear()
        self.told = self._builder.build(self._watch.changed())

    def read(self, path: str) -> str:
        """Return a file of the project."""
        return (self.root / path).read_text("utf-8")

    def page(self, path: str = PAGE) -> str:
        """Return a page as shown last."""
        return self.shown[-1].answer(path).data.decode()

    def site(self) -> dict[str, bytes]:
        """Return the files of the shown site."""
        assert self.shown[-1].folder
        return _files(self.shown[-1].folder)


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _clean(root: Path, folder: Path) -> dict[str, bytes]:
    """Return the files of a clean build with MkDocs."""
    build(load_config(str(root / "mkdocs.yml"), site_dir=str(folder)))
    return _files(folder)


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview of the fabricated conference, without a problem before and after each test."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PROCEEDINGS_PDF", "false")
        yield Preview(tmp_path_factory.mktemp("preview"))


# --- What is shown ------------------------------------------------------------------
def test_after_every_kind_of_change_the_site_is_that_of_a_clean_build(preview: Preview, tmp_path: Path) -> None:
    assert preview.told == ()
    for number, change in enumerate(_CHANGES):
        change(preview)
        assert preview.told == (), change
        found, expected = preview.site(), _clean(preview.root, tmp_path / f"clean-{number}")
        assert found.keys() == expected.keys(), change
        assert [path for path in expected if found[path] != expected[path]] == [], change


def _make(preview: Preview) -> None:
    agenda = preview.root / "docs/chuong-trinh.md"
    agenda.write_text(agenda.read_text("utf-8").replace("ket-thuc: 11:30", "ket-thuc: 0:00"), "utf-8")
    preview.write(f"{SPEECHES}/don-vi-moi.md", _NEW)


def _rename(preview: Preview) -> None:
    (preview.root / SPEECHES / "don-vi-moi.md").rename(preview.root / SPEECHES / "don-vi-khac.md")
    preview.write(f"{SPEECHES}/don-vi-khac.md", _NEW.replace("Đơn vị mới", "Đơn vị khác"))


def _remove(preview: Preview) -> None:
    (preview.root / SPEECHES / "don-vi-khac.md").unlink()
    preview.build()


_NEW = """---
trang-thai: de-cuong
ngoai-phan-cong: co
don-vi: Đơn vị mới
noi-dung: Kết quả của đơn vị mới
---

Kính thưa đồng chí chủ trì Hội nghị! [… lời chào]
"""
_CHANGES: tuple[Callable[[Preview], None], ...] = (
    lambda preview: preview.add(SPEECH, "Thêm một đoạn, theo Quyết định số 99/2032/QĐ-UBND."),
    lambda preview: preview.replace(SPEECH, "da-nop", "da-duyet"),
    _make,
    lambda preview: preview.add(SPEECH, "Đơn vị mới đã phối hợp."),
    _rename,
    _remove,
    lambda preview: preview.replace("docs/ke-hoach.md", "Đồi Gió: ", "Đồi Gió: Bàn về "),
    lambda preview: preview.replace("docs/phu-luc/tu-viet-tat.md", "Thay mặt", "Thay mặt cho"),
    lambda preview: preview.replace("mkdocs.yml", "site_name: ", "site_name: Tên khác "),
    lambda preview: preview.replace("overrides/404.html", "Địa chỉ này", "Nơi này"),
    lambda preview: preview.add("overrides/assets/stylesheets/paper.css", "/* thêm */"),
)


def test_a_changed_page_is_shown_before_the_rest_and_as_it_is_at_last(preview: Preview) -> None:
    preview.add(SPEECH, "Lời mới.")
    early, last = preview.shown
    assert list(early.pages) == [PAGE.lstrip("/")]
    assert early.folder != last.folder
    assert early.answer(PAGE).data == last.answer(PAGE).data
    assert "Lời mới." in preview.page()
    preview.add(SPEECH, BROKEN)
    preview.write(SPEECH, preview.read(SPEECH).replace(BROKEN, ""))
    early, last = preview.shown
    assert early.answer(PAGE).data == last.answer(PAGE).data


def test_while_something_is_wrong_the_last_good_page_stays_with_the_problem_on_top(preview: Preview) -> None:
    text = preview.read(SPEECH)
    preview.add(SPEECH, "Lời khi hỏng." + BROKEN)
    line = preview.read(SPEECH).splitlines().index("Xem [mục sau](khong-co.md).") + 1
    assert [told.partition(": ")[0] for told in preview.told] == [f"{SPEECH}:{line}"]
    assert f"<li>{SPEECH}:{line}: " in preview.page()
    assert "Lời khi hỏng." not in preview.page()
    assert f"<li>{SPEECH}:{line}: " in preview.page("/index.html")
    preview.write(SPEECH, f"{text}\nLời khi hỏng.\n")
    assert preview.told == ()
    assert "preview.css" not in preview.page()
    assert "Lời khi hỏng." in preview.page()


@pytest.mark.parametrize(("path", "text", "told"), [
    ("mkdocs.yml", "site_name: [", "{root}/mkdocs.yml:"),
    ("mkdocs.yml", "x: !!python/name:os.system\n", "{root}/mkdocs.yml:1: "),
    ("overrides/main.html", "{% extends", "overrides/main.html:1: "),
    ("overrides/main.html", "{{ none.none.none }}", "overrides/main.html:1: "),
    ("overrides/main.html", "\n{% include 'la.html' %}", "overrides/main.html:2: Không có mẫu trang \"la.html\"; "),
    (f"{SPEECHES}/index.md", "Mật\n", f"{SPEECHES}/index.md:1: "),
])
def test_whatever_stops_a_build_is_told_and_mended(preview: Preview, path: str, text: str, told: str) -> None:
    preview.add(SPEECH, "Lời mới.")
    former, good = preview.site(), preview.read(path)
    preview.write(path, text)
    assert preview.told[0].startswith(told.format(root=preview.root))
    assert preview.site() == former
    assert 'role="alert"' in preview.page()
    preview.write(path, good)
    assert preview.told == ()
    assert 'role="alert"' not in preview.page()


def test_what_changes_while_a_text_is_broken_is_not_forgotten(preview: Preview, tmp_path: Path) -> None:
    good = preview.read(SPEECH)
    preview.add(SPEECH, BROKEN)
    preview.replace("overrides/fragments/speech-opening.html", "<", "<!-- khác --><")
    preview.write(SPEECH, good)
    assert preview.told == ()
    assert preview.site() == _clean(preview.root, tmp_path / "clean")


def test_a_conference_that_is_broken_from_the_start_is_shown_as_it_is(tmp_path: Path) -> None:
    preview = Preview(tmp_path, BROKEN)
    assert len(preview.told) == 1
    assert 'role="alert"' in preview.page()
    assert "mục sau" in preview.page()


def test_a_file_that_goes_away_while_it_is_read_is_told_and_tried_again(preview: Preview) -> None:
    with patch.object(Project, "reopened", lambda *_: Path("không-có.md").read_bytes()):
        preview.add(SPEECH, "Lời khi mất tệp.")
    assert preview.told[0].startswith("Máy không đọc hoặc không ghi được không-có.md (")
    preview.add(SPEECH, "Lời sau.")
    assert preview.told == ()
    assert "Lời khi mất tệp." in preview.page()


def test_only_the_changed_text_is_parsed_and_rendered_again(preview: Preview) -> None:
    with (patch("proceedings.text.source.parse", wraps=source.parse) as parse,
          patch.object(Converter, "convert", autospec=True, side_effect=Converter.convert) as render):
        preview.add(SPEECH, "Lời duy nhất.")
    assert [call.args[0] for call in parse.call_args_list] == [SPEECH.removeprefix("docs/")]
    texts = [call.args[1] for call in render.call_args_list]
    assert [text for text in texts if "<!-- bang: " not in text] == [text for text in texts if "Lời duy nhất." in text]
    assert "Lời duy nhất." in preview.page()


def test_two_sites_are_kept_and_no_more(preview: Preview) -> None:
    for number in range(3):
        preview.add(SPEECH, f"Lần {number}.")
    good = preview.read(SPEECH)
    preview.add(SPEECH, BROKEN)
    assert len(list(preview.sites.iterdir())) == 2
    preview.write(SPEECH, good)
