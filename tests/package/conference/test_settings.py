"""The typed view of mkdocs.yml."""

from pathlib import Path

import pytest

from proceedings.conference import settings
from proceedings.text.reading_time import Rates
from proceedings.text.source import heading_id


def test_paths_are_absolute_and_next_to_the_file(conference_root: Path) -> None:
    view = settings.load(conference_root / "mkdocs.yml")
    root = conference_root.resolve()
    assert (view.root, view.docs, view.site, view.looks) == (root, root / "docs", root / "site", root / "overrides")
    assert view.name == "Hội nghị tổng kết Đề án Thư viện lưu động"


def test_folder_is_that_of_the_documents_as_problems_show_it(conference_root: Path) -> None:
    assert settings.load(conference_root / "mkdocs.yml").folder == "docs"


def test_documents_in_another_folder_are_named_after_it(conference_root: Path) -> None:
    change(conference_root, "docs_dir: docs", "docs_dir: van-ban/tai-lieu")
    (conference_root / "van-ban").mkdir()
    (conference_root / "docs").rename(conference_root / "van-ban" / "tai-lieu")
    assert settings.load(conference_root / "mkdocs.yml").folder == "van-ban/tai-lieu"


def test_documents_outside_the_project_are_named_by_their_whole_path(conference_root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "tai-lieu"
    outside.mkdir()
    change(conference_root, "docs_dir: docs", f"docs_dir: {outside}")
    assert settings.load(conference_root / "mkdocs.yml").folder == str(outside.resolve())


def test_extensions_and_their_options_are_those_of_the_file(conference_root: Path) -> None:
    view = settings.load(conference_root / "mkdocs.yml")
    assert {"attr_list", "footnotes", "sane_lists", "tables", "toc"} <= set(view.extensions)
    assert view.extension_options["tables"] == {"use_align_attribute": True}


def test_ids_of_headings_are_made_by_the_projects_own_function(conference_root: Path) -> None:
    options = settings.load(conference_root / "mkdocs.yml").extension_options["toc"]
    assert options["slugify"] is heading_id
    assert options["toc_depth"] == 3  # settings of the file are kept


@pytest.mark.parametrize(("old", "new", "reason"), [
    ("site_name: ", "ten: ", "site_name"), ("docs_dir: docs", "docs_dir: khong-co", "docs_dir"),
    ("custom_dir: overrides", "custom_dir: khong-co", "custom_dir"),
    ("  - attr_list", "  - khong_co_phan_nay", "khong_co_phan_nay"),
    ("docs_dir: docs", "docs_dir: [", "parsing the configuration file"),
    ("site_name: ", 'site_name: "\\UFFFFFFFF" #', "range|int"), ("site_name: ", 'site_name: "\\U00110000" #', "range"),
    ("site_name: ", "site_name: 2034-13-45 #", "month"), ("copies:", f"copies: {'9' * 5000}", "digits"),
    ("copies:", f"copies: '{'9' * 5000}'", "digits"), ("copies:", "copies: !!int abc", "invalid literal"),
    ("copies:", "copies: !!bool abc", "abc"), ("copies:", "copies: !!timestamp abc", "groupdict"),
    ("copies:", f"copies: {'[' * 1200}", "recursion"), ("site_name: ", "INHERIT: mkdocs.yml\nsite_name: ", "INHERIT"),
    ("custom_dir: overrides", "custom_dir: 5", "int"),
    ("plugins: []", "plugins: [material/blog]", r"yml:\d\d: Phần bổ trợ material/blog .* plugins: \[\]"),
    ("use_directory_urls: false", "use_directory_urls: true", r"yml:\d\d: .* use_directory_urls: false"),
    ("use_directory_urls: false", "", "use_directory_urls: false"),
])
def test_file_that_mkdocs_refuses_is_a_settings_error_that_says_why(
    conference_root: Path, old: str, new: str, reason: str,
) -> None:
    change(conference_root, old, new)
    with pytest.raises(settings.SettingsError, match=reason):
        settings.load(conference_root / "mkdocs.yml")


@pytest.mark.parametrize(("written", "copies"), [
    ("", None), (" 120", 120), (" '120'", 120), (" khoảng 120", None), (" 0", None), (" -3", None), (" 1.5", None),
    (" [1]", None), (" true", None),
])
def test_copies_are_a_whole_number_or_open(conference_root: Path, written: str, copies: int | None) -> None:
    change(conference_root, "\n  copies:\n", f"\n  copies:{written}\n")
    assert settings.load(conference_root / "mkdocs.yml").copies == copies


@pytest.mark.parametrize(("written", "rates"), [
    ("reading_rate: 200\n  speaking_rate: 120", Rates(200, 120)),
    ("reading_rate: nhanh\n  speaking_rate: 0", Rates(250, 140)),
    ("reading_rate:\n  speaking_rate: -5", Rates(250, 140)),
    ("", Rates(250, 140)),
])
def test_rates_are_whole_numbers_or_the_usual_ones(conference_root: Path, written: str, rates: Rates) -> None:
    change(conference_root, "reading_rate: 250\n  speaking_rate: 140", written)
    assert settings.load(conference_root / "mkdocs.yml").rates == rates


def test_absent_file_is_a_settings_error(tmp_path: Path) -> None:
    with pytest.raises(settings.SettingsError, match=r"khong-co\.yml"):
        settings.load(tmp_path / "khong-co.yml")


def change(root: Path, old: str, new: str) -> None:
    file = root / "mkdocs.yml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_settings_in_another_encoding_run_nothing_either(conference_root: Path, tmp_path: Path) -> None:
    file = conference_root / "mkdocs.yml"
    text = file.read_text("utf-8") + f"\nx: !!python/object/apply:os.mkdir [{tmp_path / 'ran'}]\n"
    file.write_bytes(text.encode("utf-16"))
    with pytest.raises(settings.SettingsError):
        settings.load(file)
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(("typed", "line"), [
    ("\nx: !!python/object/apply:os.mkdir [RAN]\n", 2), ("\nx:\n  - !!python/object/new:os.mkdir [RAN]\n", 3),
    ("\nx: !<tag:yaml.org,2002:python/object/apply:os.mkdir> [RAN]\n", 2),
    ("\nINHERIT: docs/x.yml\n", 2), ("\nhooks: [docs/x.py]\n", 2), ("\nhooks:\n  - scripts/../docs/x.py\n", 3),
    ("\n<<: {hooks: [docs/x.py]}\n", 2),
    ('\n"\\x68ooks": [scripts/hooks.py, docs/x.py]\n', 2),
])
def test_reading_the_settings_runs_nothing_that_comes_with_the_documents(typed: str, line: int, conference_root: Path,
                                                                         tmp_path: Path) -> None:
    ran, file = tmp_path / "ran", conference_root / "mkdocs.yml"
    (conference_root / "docs/x.py").write_text(f"import os\nos.mkdir({str(ran)!r})\n", "utf-8")
    (conference_root / "docs/x.yml").write_text(f"x: !!python/object/apply:os.mkdir [{ran}]\n", "utf-8")
    text = file.read_text("utf-8").replace("hooks:\n  - scripts/hooks.py\n", "" if "ooks" in typed else "hooks: []\n")
    file.write_text(text + typed.replace("RAN", str(ran)), "utf-8")
    with pytest.raises(settings.SettingsError) as caught:
        settings.load(file)
    assert not ran.exists()
    assert caught.value.problem.line == text.count("\n") + line
    assert "hãy" in caught.value.problem.message
