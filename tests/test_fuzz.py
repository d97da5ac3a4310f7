"""Any text can be read, checked, rendered and indexed without an exception.

`package/text/test_source.py` tests lines and anchors; this module tests the whole way from bytes to a finished page.
HOSTILE_EXAMPLES is the number of examples, 40 by default; `tests/benchmarks/fuzz.py` runs for a given time.
"""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import CONFERENCE, finished_html
from harm import assert_harmless
from hostile.corpus import HEAVY, INJECTIONS, front
from proceedings import checks, schema
from proceedings.conference.reading import read_conference
from proceedings.conference.settings import Settings
from proceedings.html import rendering
from proceedings.problems import Problem
from proceedings.site import search
from proceedings.text import source
from proceedings.text.bounds import excess

pytestmark = pytest.mark.last
EXAMPLES = int(os.environ.get("HOSTILE_EXAMPLES", "40"))
PIECES = st.one_of(
    st.sampled_from([*INJECTIONS.values()]), st.text(max_size=20),
    st.sampled_from([*"#>-*+`~!|[](){}:.^ \n\t\\&<\"'=_1?%@\0\x85\u2028\ufeff", "\n\n", "\n    ", "```\n",
                     "| a |\n|---|\n", "[^1]", "\n[^1]: ", "{#x}", "\n{: .y }\n", "!!! note\n", "<!--", "-->",
                     "<!-- bang: tien-do -->\n", "![", "](", "<br>", "12/2034/NĐ-CP", "ngày 05 tháng 4", "[…]", "MẬT",
                     "PCCC"]))
TEXTS = st.lists(PIECES, max_size=25).map("".join)
KEYS = st.sampled_from([*sorted(schema.ALL_KEYS), "a", "<<"])
VALUES = st.one_of(st.text(max_size=12), st.sampled_from([
    "da-nop", "co", "05/6/2024", "31/2/2024", "7:30", "1-2", "con-lai", "9" * 30, "[a, b]", "{a: b}", "&a b", "*a",
    "!!x y", "|\n  a", "\"\\u2028\"", "'", "- a", "\n  - noi-dung: a\n    phut: 5", "chu-tri", "None", "~"]))
FRONTS = st.lists(st.builds("{}: {}".format, KEYS, VALUES), max_size=8).map("\n".join)
DOCUMENTS = ("ke-hoach.md", "chuong-trinh.md", "bao-cao.md", "phu-luc/van-ban.md", "phu-luc/tu-viet-tat.md",
             "phu-luc/chu-de.md", "tham-luan/thu.md", "tham-luan/so-sach-va-thu-tich.md", "index.md")


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of documents, reused for all examples."""
    return tmp_path_factory.mktemp("docs")


def problems_of(docs: Path, path: str, data: bytes) -> tuple[Problem, ...]:
    """Return the problems of a conference with these bytes in one file."""
    for name in DOCUMENTS:
        (docs / name).parent.mkdir(exist_ok=True)
        (docs / name).unlink(missing_ok=True)
        if (CONFERENCE / "docs" / name).exists() and name in ("ke-hoach.md", "phu-luc/tu-viet-tat.md"):
            (docs / name).write_bytes((CONFERENCE / "docs" / name).read_bytes())
    (docs / path).write_bytes(data)
    found = checks.check(read_conference(docs), final=True)
    assert all(problem.line >= 1 and "\n" not in str(problem) for problem in found)
    return found


@settings(max_examples=EXAMPLES)
@given(st.sampled_from(DOCUMENTS), FRONTS, TEXTS)
def test_any_document_ends_in_problems_that_say_where(docs: Path, path: str, fields: str, text: str) -> None:
    problems_of(docs, path, f"---\n{fields}\n---\n{text}".encode("utf-8", "surrogatepass"))


@settings(max_examples=EXAMPLES)
@given(st.sampled_from(DOCUMENTS), st.binary(max_size=300))
def test_any_bytes_end_in_problems_that_say_where(docs: Path, path: str, data: bytes) -> None:
    problems_of(docs, path, data)


@settings(max_examples=EXAMPLES)
@given(st.sampled_from(["ke-hoach.md", "chuong-trinh.md", "bao-cao.md", "phu-luc/van-ban.md"]),
       st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 40), PIECES), min_size=1, max_size=6))
def test_any_change_of_a_right_document_ends_in_problems_that_say_where(
    docs: Path, path: str, changes: list[tuple[int, int, str]],
) -> None:
    text = (CONFERENCE / "docs" / path).read_text("utf-8")
    for place, length, piece in changes:
        at = place % len(text)
        text = text[:at] + piece + text[at + length:]
    problems_of(docs, path, text.encode("utf-8", "surrogatepass"))


@settings(max_examples=EXAMPLES)
@given(TEXTS)
def test_any_text_is_rendered_harmlessly_and_indexed(fabricated_settings: Settings, text: str) -> None:
    finished = finished_html(rendering.render(source.parse("a.md", text).body, fabricated_settings))
    assert_harmless(finished)
    assert all(section.text or section.heading for section in search.sections(rendering.parse(finished)))


@settings(max_examples=EXAMPLES)
@given(st.sampled_from(sorted(HEAVY)), st.integers(1, 9_000), st.integers(0, 3_000), TEXTS)
def test_any_piece_of_a_heavy_text_is_told_or_read(
    fabricated_settings: Settings, name: str, length: int, at: int, text: str,
) -> None:
    whole = HEAVY[name]() if "0000" not in name and "mb" not in name else HEAVY["quotes-lazy"]()
    piece = front("thu") + text + whole[at: at + length]
    if excess(piece) is None:
        assert_harmless(finished_html(rendering.render(source.parse("a.md", piece).body, fabricated_settings)))
