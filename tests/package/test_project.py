"""Projects: opened once, and reopened after changes of files."""

from pathlib import Path

import pytest
from lxml.html import HtmlElement

from conftest import lay_out_project
from proceedings import checks
from proceedings.conference import settings
from proceedings.html import finished, openings
from proceedings.html.rendering import serialise
from proceedings.project import Project
from proceedings.text import source

SPEECH = "tham-luan/so-sach-va-thu-tich.md"
OTHER = "tham-luan/truong-cao-dang-doc-sach.md"


@pytest.fixture
def project(conference_root: Path) -> Project:
    """The fabricated conference, opened."""
    return Project.open(settings.load(conference_root / "mkdocs.yml"))


def _edit(project: Project, path: str, old: str, new: str) -> None:
    file = project.settings.docs / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the documents that were parsed."""
    paths = list[str]()
    parse = source.parse

    def noted(path: str, text: str) -> source.Document:
        paths.append(path)
        return parse(path, text)

    monkeypatch.setattr(source, "parse", noted)
    return paths


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the texts that were rendered."""
    paths = list[str]()
    lay_out = openings.lay_out

    def noted(path: str, *others: object) -> HtmlElement:
        paths.append(path)
        return lay_out(path, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(finished, "lay_out", noted)
    return paths


def test_each_text_is_rendered_once_and_a_change_of_its_copy_is_nobodys_else(
    project: Project, rendered: list[str],
) -> None:
    before = serialise(project.texts[SPEECH].tree)
    copy = project.texts[SPEECH].copy()
    for element in list(copy):
        element.drop_tree()
    assert serialise(project.texts[SPEECH].tree) == before
    assert "Tham luận số" in before
    assert rendered == [SPEECH]


def test_findings_of_the_final_print_are_those_of_all_rules_together(project: Project) -> None:
    together = checks.examine(project.reading, final=True)
    assert project.final_findings == together
    assert set(project.findings.problems) < set(together.problems)
    assert project.stopping() == ()
    assert {problem.rule for problem in project.stopping(final=True)} >= {"chua-duyet", "thieu-so-ban-in"}


def test_opened_anew_nothing_is_parsed_or_rendered_that_is_the_same(
    project: Project, parsed: list[str], rendered: list[str],
) -> None:
    trees = {path: project.texts[path].tree for path in project.conference.documents}
    del rendered[:]
    again = project.reopened()
    assert {path: again.texts[path].tree for path in again.conference.documents} == trees
    assert (parsed, rendered) == ([], [])


def test_opened_anew_only_the_changed_text_and_what_tells_of_it_is_rendered_again(
    project: Project, parsed: list[str], rendered: list[str],
) -> None:
    for path in project.conference.documents:
        assert project.texts[path].tree is not None
    del rendered[:]
    _edit(project, SPEECH, "\n## ", "\nMột câu mới.\n\n## ")
    again = project.reopened()
    for path in again.conference.documents:
        assert again.texts[path].tree is not None
    assert parsed == [SPEECH]
    derived = {path for path, document in again.conference.documents.items() if "<!-- bang: " in document.body}
    assert set(rendered) - derived == {SPEECH}
    assert OTHER not in rendered
    assert "Một câu mới." in again.texts[SPEECH].tree.text_content()
    assert "Một câu mới." not in project.texts[SPEECH].tree.text_content()


@pytest.mark.parametrize(("path", "old", "new"), [
    (SPEECH, "nguoi-trinh-bay: ", "nguoi-trinh-bay: Lê Thị "),
    ("ke-hoach.md", "Sở Sách và Thư tịch", "Sở Sách và Sử tịch"),
    ("phu-luc/tu-viet-tat.md", "\n|", "\n|"),
    ("chuong-trinh.md", "bat-dau: ", "bat-dau:  "),
    ("bao-cao.md", "\n# ", "\n# Bản "),
])
def test_opened_anew_every_text_is_what_it_is_when_opened_for_the_first_time(
    project: Project, path: str, old: str, new: str,
) -> None:
    for each in project.conference.documents:
        assert project.texts[each].tree is not None
    _edit(project, path, old, new)
    again, first = project.reopened(), Project.open(project.settings)
    assert again.reading == first.reading
    for each in first.conference.documents:
        assert serialise(again.texts[each].tree) == serialise(first.texts[each].tree), each
        assert again.texts[each].headings == first.texts[each].headings


def test_opened_anew_a_file_that_is_gone_or_new_is_seen(project: Project) -> None:
    file = project.settings.docs / SPEECH
    text = file.read_text("utf-8")
    file.unlink()
    without = project.reopened()
    assert SPEECH not in without.conference.documents
    file.write_text(text, "utf-8")
    assert without.reopened().reading == project.reading


def test_the_checksum_is_made_once(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    sums = iter(("abc", "def"))
    monkeypatch.setattr("proceedings.system.revisions.checksum", lambda *_: next(sums))
    assert (project.checksum, project.checksum) == ("abc", "abc")


def test_the_settings_count_as_an_input_of_every_text(tmp_path: Path) -> None:
    root = lay_out_project(tmp_path / "project")
    project = Project.open(settings.load(root / "mkdocs.yml"))
    before = project.texts["bao-cao.md"]
    file = root / "mkdocs.yml"
    file.write_text(file.read_text("utf-8").replace("  - sane_lists\n", ""), "utf-8")
    again = project.reopened(settings.load(file))
    assert again.texts["bao-cao.md"] is not before
