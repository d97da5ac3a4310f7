"""The order of the tests, their distribution to processes, and the selection of `--quick`.

A file is one unit, so that its fixtures are created once; a file with independent tests declares groups of its own.
Large units come first, so that both processes end at about the same time. Attacks, random texts and repeated builds
come last: they rarely fail, and most failures show in other tests as well.
"""

from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
FIRST = ("package/print/test_book.py", "browser/test_reach.py", "browser", "package/print", "verbs")
# Tests with one of these need a browser or print.
HEAVY_FIXTURES = frozenset(("browser", "built", "booklet", "live"))
# Created once in each process that uses them, so the tests that do are one unit in any file.
COSTLY = ("live", "booklet")
# Files and folders whose tests all need a browser, print, or run builds in separate processes.
HEAVY_PLACES = ("browser", "package/print", "verbs/test_first_use.py", "verbs/test_interruptions.py",
                "verbs/test_serve.py", "verbs/test_verbs.py")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--quick`."""
    parser.addoption("--quick", action="store_true", help="leave out browsers, print, whole builds and attacks")


def pytest_configure(config: pytest.Config) -> None:
    """Name the markers."""
    config.addinivalue_line("markers", "prints: prints, though no fixture or folder tells so; left out by --quick")
    config.addinivalue_line("markers", "last: runs when all other tests have run")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Ignore files whose tests are all excluded by `--quick`."""
    if config.getoption("quick") and _below_tests(collection_path).startswith(HEAVY_PLACES):
        return True
    return None


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the names
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Sort the tests and set their units."""
    if config.getoption("quick"):
        left_out = [item for item in items if _is_heavy(item)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not _is_heavy(item)]
    for item in items:
        if not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(_unit(item)))
    items.sort(key=_rank)


def _unit(item: pytest.Item) -> str:
    alone = f"{_place(item)}, last" if _is_last(item) else _place(item)
    return next((name for name in COSTLY if name in _fixtures(item)), alone)


def _is_last(item: pytest.Item) -> bool:
    return item.get_closest_marker("last") is not None


def _is_heavy(item: pytest.Item) -> bool:
    return (bool(_fixtures(item) & HEAVY_FIXTURES) or _is_last(item)
            or item.get_closest_marker("prints") is not None)


def _fixtures(item: pytest.Item) -> frozenset[str]:
    return frozenset(getattr(item, "fixturenames", ()))


def _rank(item: pytest.Item) -> tuple[bool, int]:
    """Return the position of the test's unit: early, in the middle as collected, or late."""
    early = next((number for number, start in enumerate(FIRST) if _place(item).startswith(start)), len(FIRST))
    return _is_last(item), early


def _place(item: pytest.Item) -> str:
    return _below_tests(item.path)


@cache
def _below_tests(path: Path) -> str:
    return path.relative_to(TESTS).as_posix() if path.is_relative_to(TESTS) else ""
