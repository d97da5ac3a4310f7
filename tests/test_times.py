"""No text within the limits takes long: regression tests for quadratic time.

Only processor time counts. The allowed times are many times what is needed, and at most a tenth of what was needed
before the fix. `tests/benchmarks/limits.py` measures many more texts.
"""

import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from markdown import Markdown

from conftest import PROJECT, lay_out_project
from on_paper import prepare
from proceedings import schema
from proceedings.checks.engine.registry import CHECKS
from proceedings.checks.safety import credentials
from proceedings.conference import reading, settings
from proceedings.conference.settings import Settings
from proceedings.html import dialect, rendering
from proceedings.print import pdf
from proceedings.text.bounds import excess
from proceedings.text.language import dates
from proceedings.text.source import parse
from typeset import styles

FRONT = "---\ntrang-thai: da-nop\nngay-nop: 14/5/2035\nnguoi-trinh-bay: Lý Thị Bìa Cứng\n---\n\n"
LONG = 9_900


def seconds(step: Callable[[], object]) -> float:
    start = time.process_time()
    step()
    return time.process_time() - start


RULES: Mapping[str, tuple[str, str]] = {
    "a word of capitals": ("de-muc-sai-dang", f"## I. {'A' * LONG}.\n\n" * 10),
    "spaces in a marker": ("bang-la", f"<!-- bang: a{' ' * LONG}b\n\n" * 25),
}


@pytest.mark.parametrize("name", RULES)
def test_a_rule_takes_a_time_in_proportion_to_the_text(name: str, tmp_path: Path) -> None:
    rule, body = RULES[name]
    root = lay_out_project(tmp_path / "project")
    (root / "docs/tham-luan/truong-cao-dang-doc-sach.md").write_text(FRONT + body, "utf-8")
    conference = reading.read_project(settings.load(root / "mkdocs.yml")).conference
    found: list[object] = []
    assert seconds(lambda: found.extend(CHECKS[rule].problems(conference))) < 0.5
    assert found


@pytest.mark.parametrize(("pattern", "text"), [
    (dates.DRAFT, f"ngày{' ' * 18_000}x"),
    (schema.ANY_MARKER, f"<!-- bang: a{' ' * 18_000}x"),
])
def test_a_pattern_takes_a_time_in_proportion_to_the_text(pattern: re.Pattern[str], text: str) -> None:
    assert seconds(lambda: pattern.search(text)) < 0.05


@pytest.mark.parametrize("heading", ["## a", "# #"])
def test_headings_of_one_name_are_numbered_at_once(heading: str) -> None:
    texts = ("\n\n".join(each) for each in ([heading] * 1_000, [f"## b{number}" for number in range(1_000)]))
    one, many = (min(seconds(lambda text=text: parse.__wrapped__("a.md", text)) for _ in range(3))  # type: ignore[misc]
                 for text in texts)
    assert one < 3 * many + 0.02


def test_what_only_begins_as_a_signed_token_takes_no_time() -> None:
    assert seconds(lambda: list(credentials._lines("ey" "J-" * 100_000, 0))) < 0.1


def test_spaces_before_the_attributes_of_a_heading_take_no_time() -> None:
    attributes: Any = Markdown(extensions=["attr_list", dialect.TextOnly()]).treeprocessors["attr_list"]
    assert attributes.HEADER_RE.search("a   {#b} ")
    assert seconds(lambda: attributes.HEADER_RE.search(f"a{' ' * 3 * LONG}{{#a}}b")) < 0.05


@pytest.mark.prints
@pytest.mark.parametrize("piece", ["_a*b**", "*a*", "**a**b", "`a`", "[a](b)", "*a*`b`"])
def test_a_paragraph_full_of_pieces_is_printed_at_once(piece: str, fabricated_settings: Settings) -> None:
    signs = len(re.findall(r"\*+|_+|`+", piece * 100)) / 100
    text = piece * int(min(LONG / len(piece), 990 / max(signs, 0.1)))
    assert excess(text) is None
    root = rendering.finish(rendering.render(text, fabricated_settings))
    prepare(root)
    html = (f'<html lang="vi"><title>Thử</title>{styles("book.css")}<body>{rendering.serialise(root)}'
            "</body></html>")
    assert seconds(lambda: pdf.lay_out(html, (PROJECT / "overrides",))) < 4


def test_what_takes_long_beyond_the_bounds_is_refused() -> None:
    for piece in ("_a*b**", "``a`", "**a* ", "*a"):
        assert excess(piece * (LONG // len(piece))) is not None, piece
