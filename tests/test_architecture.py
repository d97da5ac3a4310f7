"""Structural rules: import order, no conference-specific words, short functions, one error format."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from conftest import PROJECT
from proceedings.conference import reading

PACKAGE = PROJECT / "scripts" / "proceedings"
# A module may import from its own folder and from those before it.
ORDER = "problems schema system text conference checks html project site print".split()
APART = {"site": "print", "print": "site"}  # do not import each other
CHECKS_ORDER = "engine words citing texts delivery safety".split()
ONLY_IMPORTER = {"weasyprint": {"print/pdf"}, "mkdocs": {"conference/settings"}, "markdown": {"html/dialect"},
                 "pygments": {"html/rendering"}, "nh3": {"html/rendering"}, "yaml": {"text/front_matter"},
                 "markdown_it": {"text/tokens"}, "PIL": {"system/pictures", "system/picture_parts"},
                 "subprocess": {"system/git", "system/packages"}, "uharfbuzz": {"print/backdrop"},
                 "pikepdf": {"print/imposition"}, "pydyf": {"print/pdf"}}
MODULES = sorted(PACKAGE.rglob("*.py"))
CODE = sorted(path for folder in ("scripts", "overrides") for path in (PROJECT / folder).rglob("*")
              if path.suffix in {".py", ".html", ".css", ".js", ".sh", ""} and path.is_file())


def _parts(path: Path) -> tuple[str, ...]:
    """Return the parts of a module's dotted name below `proceedings`."""
    return path.relative_to(PACKAGE).with_suffix("").parts


@cache
def _imports(path: Path) -> tuple[str, ...]:
    """Return the dotted name of every imported module; for `from a import b` both a and a.b."""
    return tuple(_imported(path))


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def _own_imports(path: Path) -> Iterator[tuple[str, ...]]:
    yield from (tuple(name.split(".")[1:]) for name in _imports(path) if name.startswith("proceedings."))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_imports_only_from_folders_before_its_own(path: Path) -> None:
    if path == PACKAGE / "__init__.py":
        assert _imports(path) == ()
        return
    folder = _parts(path)[0]
    for imported in _own_imports(path):
        assert ORDER.index(imported[0]) <= ORDER.index(folder), f"{path} imports {imported}"
        assert imported[0] != APART.get(folder), f"{path} imports {imported}"


@pytest.mark.parametrize("folder", CHECKS_ORDER)
def test_rules_import_only_from_groups_before_their_own(folder: str) -> None:
    for path in sorted((PACKAGE / "checks" / folder).glob("*.py")):
        for imported in _own_imports(path):
            if imported[0] == "checks" and len(imported) > 1 and imported[1] in CHECKS_ORDER:
                assert CHECKS_ORDER.index(imported[1]) <= CHECKS_ORDER.index(folder), f"{path} imports {imported}"


def test_no_modules_import_each_other() -> None:
    modules = {_parts(path): path for path in MODULES}
    graph = {name: {target for target in _own_imports(path) if target in modules and target != name}
             for name, path in modules.items()}
    assert list(TopologicalSorter(graph).static_order())  # raises CycleError for a cyclic import


def test_folders_hold_a_handful_of_modules_and_no_name_stands_twice() -> None:
    folders: dict[Path, list[str]] = {}
    for path in MODULES:
        if path.name != "__init__.py":
            folders.setdefault(path.parent, []).append(path.name)
    assert {str(folder): len(names) for folder, names in folders.items() if not 2 <= len(names) <= 12} == {}
    names = [path.name for path in MODULES if path.name != "__init__.py"]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("package", ONLY_IMPORTER)
def test_a_library_is_imported_in_its_place_only(package: str) -> None:
    importers = {"/".join(_parts(path)[:2]) for path in MODULES
                 if any(name.split(".")[0] == package for name in _imports(path))}
    assert importers == ONLY_IMPORTER[package]


def test_the_library_asks_no_clock_no_environment_and_no_network() -> None:
    """Only git gets the environment, without the variables that would change its output."""
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


def test_functions_are_short() -> None:
    lengths = {}
    for path in [*MODULES, *(PROJECT / "scripts").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lengths[f"{path.name}:{node.name}"] = (node.end_lineno or node.lineno) - node.lineno + 1
    assert {name: length for name, length in lengths.items() if length > 40} == {}


def test_modules_are_short() -> None:
    assert [path.name for path in MODULES if len(path.read_text("utf-8").splitlines()) > 350] == []


def test_problems_are_written_in_one_place_only() -> None:
    printing = [path.name for path in MODULES if re.search(r"\bprint\(", path.read_text("utf-8"))]
    assert printing == ["packages.py"]  # runs before anything is installed


def test_no_pattern_needs_what_debian_12s_python_gets_wrong() -> None:
    # Before Python 3.11.5, possessive quantifiers and atomic groups fail to match some texts (python/cpython#106052).
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and "(?" in node.value:
                without_sets = re.sub(r"\\.|\[(?:\\.|[^\]\\])*\]", "a", node.value)
                assert not re.search(r"[*+?}]\+|\(\?>", without_sets), f"{path}:{node.lineno}"
