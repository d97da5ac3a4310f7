"""The structure holds: imports go one way, code knows no conference, functions stay small, one format for errors."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from conftest import PROJECT
from proceedings import reading

PACKAGE = PROJECT / "scripts" / "proceedings"
# A module may import those named before it in this order, and those of its own package.
ORDER = """
    problems complaints patience naming filenames picture_parts pictures dates clock system outputs git revisions
    history schema addresses encodings bounds front_matter heads tokens source shown repair syllables model settings
    reading navigation citations mentions reviewers checks review commits reports dialect markup pace official backdrop
    fragments layout products facts tables references search site paper indexes book imposition attachment pdf printing
    portable completeness serving
""".split()
ONLY_IMPORTER = {"weasyprint": {"pdf"}, "mkdocs": {"settings"}, "markdown": {"dialect"}, "pygments": {"markup"},
                 "nh3": {"markup"}, "yaml": {"front_matter"}, "markdown_it": {"tokens"}, "PIL": {"pictures"},
                 "subprocess": {"git", "system"}, "uharfbuzz": {"backdrop"}, "pikepdf": {"imposition"},
                 "pydyf": {"pdf"}}
MODULES = sorted(PACKAGE.rglob("*.py"))
CODE = sorted(path for folder in ("scripts", "overrides") for path in (PROJECT / folder).rglob("*")
              if path.suffix in {".py", ".html", ".css", ".js", ".sh", ""} and path.is_file())


def _module(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "proceedings":
            yield from (f"proceedings.{name.name}" for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_imports_only_what_stands_before_it(path: Path) -> None:
    if path == PACKAGE / "__init__.py":
        assert list(_imports(path)) == []
        return
    place = ORDER.index(_module(path))
    for name in _imports(path):
        if name.startswith("proceedings."):
            assert ORDER.index(name.split(".")[1]) <= place, f"{path} imports {name}"


@pytest.mark.parametrize("package", ONLY_IMPORTER)
def test_a_library_is_imported_in_its_place_only(package: str) -> None:
    importers = {_module(path) for path in MODULES if any(name.split(".")[0] == package for name in _imports(path))}
    assert importers == ONLY_IMPORTER[package]


def test_the_library_asks_no_clock_no_environment_and_no_network() -> None:
    """Git alone is given the environment, without the variables that would change what it answers."""
    forbidden = re.compile(r"\b(date\.today|datetime\.now|time\.time|os\.environ|getenv|urlopen|socket|requests)\b")
    found = {path.name: forbidden.findall(path.read_text("utf-8")) for path in MODULES}
    assert {name: hits for name, hits in found.items() if hits} == {"git.py": ["os.environ"]}


@pytest.mark.parametrize("docs", ["docs", "tests/conference/docs"])
def test_no_word_of_a_conference_stands_in_code_or_looks(docs: str) -> None:
    plan = reading.read_conference(PROJECT / docs).conference.plan
    words = {plan.subject, plan.venue, plan.letterhead.issued_at, plan.letterhead.issuing_body,
             *(unit.unit for unit in plan.assignments), *(unit.topic for unit in plan.assignments),
             *plan.backdrop.bodies, *plan.backdrop.name, *([plan.chair.name] if plan.chair else [])}
    text = "\n".join(path.read_text("utf-8") for path in CODE).casefold()
    assert len(words) > 10
    assert {word for word in words if word.casefold() in text} == set()


def test_functions_are_small() -> None:
    lengths = {}
    for path in [*MODULES, *(PROJECT / "scripts").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lengths[f"{path.name}:{node.name}"] = (node.end_lineno or node.lineno) - node.lineno + 1
    assert {name: length for name, length in lengths.items() if length > 40} == {}
    assert median(lengths.values()) <= 12


def test_modules_are_short() -> None:
    assert [path.name for path in MODULES if len(path.read_text("utf-8").splitlines()) > 400] == []


def test_problems_are_written_in_one_place_only() -> None:
    printing = [path.name for path in MODULES if re.search(r"\bprint\(", path.read_text("utf-8"))]
    assert printing == ["system.py"]  # it runs before anything is installed


def test_the_two_settings_differ_in_the_conference_only() -> None:
    def engine(text: str) -> str:
        return re.sub(r"^(site_name|site_description|copyright):.*$", r"\1:", text, flags=re.MULTILINE)

    ours = (PROJECT / "mkdocs.yml").read_text("utf-8")
    fabricated = (PROJECT / "tests/conference/mkdocs.yml").read_text("utf-8")
    assert ours != fabricated
    assert engine(ours) == engine(fabricated)


def test_no_pattern_needs_what_debian_12s_python_gets_wrong() -> None:
    # Before Python 3.11.5, possessive quantifiers and atomic groups miss texts (python/cpython#106052).
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and "(?" in node.value:
                without_sets = re.sub(r"\\.|\[(?:\\.|[^\]\\])*\]", "a", node.value)
                assert not re.search(r"[*+?}]\+|\(\?>", without_sets), f"{path}:{node.lineno}"
