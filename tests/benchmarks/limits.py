"""Measure every rule and rendering step with hostile texts of the largest size that `bounds` allows.

    python tests/benchmarks/limits.py [--print] [--part N/M] [PIECE…]

Each text repeats a short piece up to the maximum length of a block: as a paragraph, heading, item, cell, note or
title. Steps that take more than SLOW seconds are reported with their growth: twice the size should take about twice
the time ("x2"), not four times. A step that takes more than PATIENCE seconds is stopped.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests")]

from conftest import lay_out_project  # noqa: E402
from proceedings.checks.engine import repairs  # noqa: E402
from proceedings.checks.engine.registry import CHECKS  # noqa: E402
from proceedings.conference import reading, settings  # noqa: E402
from proceedings.conference.reading.faults import Faults  # noqa: E402
from proceedings.conference.reading.speeches import read_speeches  # noqa: E402
from proceedings.html import rendering  # noqa: E402
from proceedings.print import pdf, time_limit, typesetting  # noqa: E402
from proceedings.print.measures import VOLUME  # noqa: E402
from proceedings.text.bounds import excess  # noqa: E402
from proceedings.text.source import Document, parse  # noqa: E402

LONGEST = 9_800
BLOCKS = 6
SLOW = 0.4
PATIENCE = 8
PATH = "tham-luan/bai-thu.md"
FRONT = "---\ntrang-thai: da-nop\nngoai-phan-cong: co\ndon-vi: Bai thu\nnoi-dung: {}\n---\n\n"
KEPT = ("ke-hoach.md", "chuong-trinh.md", PATH)
STYLES = f"<style>{VOLUME.style}</style>" + "".join(
    f'<link rel="stylesheet" href="{(ROOT / "overrides/print" / name).as_uri()}">'
    for name in ("book.css", "official.css"))

SIGNS = tuple("_*`[]()<>&|#~^\\!\"'-.,;:/%0aA Đ=+@$“”«»…–")
MARKUP = (
    "**", "***", "__", "_a", "*a", "_a*b**", "**a*b_", "*a **b ", "**a* ", "***a** ", "_a_b_", "*a*b*", "**a**", "a_",
    "a*", "a**", "*a _b **c __d ", "`a", "``a`", "[a", "a]", "[a]", "[a](", "![", "![a](b ", "[[", "]]", "](", "[^a]",
    "[^", "(a", "((", "()", "<a", "<b>", "</", "<!", "<!--", "-->", "<!-- bang: ", "<br>", "<a@b", "<http://", "&a",
    "&amp;", "&#1", "&#0", "\\*", "\\\\", "{", "}", "{:", "{#a", "{.a}", "{ .a ", "!!! ", "a\n", "\na", "a  \n",
    "- a\n", "[a](b)", "[a](b) ", "~~~\n", "> a\n", "a\n\n",
)
WORDS = (
    "AĐ", "ĐĐ đđ ", "Aa", "aA", "A ", "a ", "1 ", "1.", "1,", "1/", "1-", "12/2034/", "1.000 ", "1. ", "a) ", "I. ",
    "IV", "I/", "...", "[…]", "[… ", "http://a.", "www.", "a@", "a.a", "a@b.", "//", "a/", "a-a", "A-A", "A-", "ngày ",
    "ngày 1 ", "tháng 1 ", "năm 2034 ", "ngày 05/4/2034 ", "thứ hai, ngày 05/4/2034 ", "số ", "số 12/", "Nghị định ",
    "Nghị định số ", "Luật ", "Luật A ", "Nghị định số 12/2034/NĐ-CP ngày 22/02/2034 của Chính phủ ", "của ", "về ",
    "Sở ", "Ủy ban nhân dân ", "đồng chí ", "Đồng chí Nguyễn ", "điểm a khoản 1 Điều 2 ", "khoản ", "Điều ", "A, B ",
    "A; ", "(A) ", "(A", "A (", "ABC (", "Ủy ban (UB", "a \"", "\"a ", "“a ", "a” ", "a.", "a. A", "a.A", "ÀÁ", "àá ",
    "học học ", "nghìn ", "10 triệu ", "10%", "MẬT ", "M Ậ T ", "m\u00a0", "\u00a0", "\u200b", "\u3000", "é", "e\u0301",
    "x=", "mật khẩu: ", "key=", "-----BEGIN ", "eyJ", "eyJa.", "eyJ-", "0912345678 ", "a1", "A1", "A1b2",
    "từ ngày 1 đến ", "8 giờ ", "8h", "2034 - ", "Quý I ", "tỉnh A ", "nhiệm kỳ ", "(sau đây gọi là ", "Phụ lục 1 ",
    "mục VI ", "uỷ ", "Hội nghị ", "Hội nghị tổ chức ", "Trung đoàn 247 ", "KT-XH ", "ngoai-le: ", "ngoai-le:a",
)
# Contexts of a long run of spaces: patterns that begin or end with spaces are tried at each of them.
APART = (" ", "{#a}x", "{", "-->x", "x", "|x", "tháng", "12/2034", ")")


def texts(piece: str, size: int) -> Iterator[tuple[str, str]]:
    """Yield the repeated piece as each kind of block, several of them."""
    long = (piece * (size // len(piece) + 1))[:size]
    front = FRONT.format("Chữ")
    yield "paragraph", front + "\n\n".join([f"Chữ {long}"] * BLOCKS)
    if "\n" in piece:
        return
    flat = long.replace("|", "a")
    for name, mark in (("heading", "## "), ("roman", "## I. "), ("numbered", "### 1. "), ("item", "- ")):
        yield name, front + "\n\n".join([f"{mark}{flat}"] * BLOCKS)
    yield "comment", front + "\n\n".join([f"<!-- bang: a {flat} b", f"Chữ <!-- ngoai-le: a: {flat} b"] * (BLOCKS // 2))
    yield "cell", front + "| a | b |\n|---|---|\n" + f"| a | {flat} |\n" * BLOCKS
    yield "note", front + "Chữ." + "".join(f"[^{number}]\n\n[^{number}]: {flat}\n" for number in range(BLOCKS))
    yield "title", FRONT.format("'" + flat.replace("'", "a") + "'") + "Chữ."


class Bench:
    """The environment of the measurements: the fabricated conference without its longer documents."""

    def __init__(self, *, printing: bool) -> None:
        root = lay_out_project(Path(tempfile.mkdtemp()) / "project")
        self._view = settings.load(root / "mkdocs.yml")
        self._conference = reading.read_project(self._view).conference
        self._printing = printing

    def steps(self, text: str) -> Iterator[tuple[str, Callable[[], object]]]:
        """Yield each step by name.

        Inputs from earlier steps are computed again, because these may have been stopped.
        """
        yield "bounds", lambda: excess(text)
        if excess(text):
            return
        yield "parse", lambda: parse.__wrapped__(PATH, text)
        yield "repair", lambda: repairs.repaired(text)
        document = parse(PATH, text)
        yield from self._rules(document)
        yield "render", lambda: rendering.render(document.body, self._view)
        rendered = rendering.render(document.body, self._view)
        yield "finish", lambda: rendering.finish(rendered)
        root = rendering.finish(rendered)
        yield "paper", lambda: typesetting.prepare(root)
        if self._printing:
            html = f'<html lang="vi"><title>a</title>{STYLES}<body>{rendering.serialise(root)}</body></html>'
            yield "print", lambda: pdf.lay_out(html, (ROOT / "overrides",))

    def _rules(self, document: Document) -> Iterator[tuple[str, Callable[[], object]]]:
        documents = {path: each for path, each in self._conference.documents.items()
                     if path in KEPT or path.startswith("phu-luc")} | {PATH: document}
        speeches = read_speeches(documents, self._conference.plan, "docs", 7, Faults())
        conference = replace(self._conference, documents=MappingProxyType(documents),
                             speeches=MappingProxyType(speeches))
        for name, check in CHECKS.items():
            yield name, lambda check=check: list(check.problems(conference))  # type: ignore[misc]

    def slow(self, text: str, least: float) -> dict[str, float]:
        """Return the seconds of the steps that take at least `least`."""
        found = {}
        for name, step in self.steps(text):
            seconds = _seconds(step)
            if seconds >= least:
                found[name] = seconds
            if seconds >= PATIENCE:  # later steps would need its result
                break
        return found


def _seconds(step: Callable[[], object]) -> float:
    start = time.process_time()
    try:
        with time_limit.limited(PATIENCE):
            step()
    except time_limit.TooSlowError:
        return PATIENCE
    except pdf.PrintError as error:  # letters without a glyph, words too long for a page
        print(f"   {str(error)[:100]}")
    return time.process_time() - start


def main() -> None:
    """Measure all pieces, or the given ones."""
    parser = argparse.ArgumentParser()
    parser.add_argument("pieces", nargs="*")
    parser.add_argument("--print", action="store_true", help="lay pages out as well")
    parser.add_argument("--part", default="0/1", help="every M-th piece from N on")
    options = parser.parse_args()
    bench, (first, parts) = Bench(printing=options.print), map(int, options.part.split("/"))
    spaced = tuple(f"a{' ' * 2_000}{end}" for end in APART)
    for piece in options.pieces or (*SIGNS, *MARKUP, *WORDS, *spaced)[first::parts]:
        for (kind, text), (_, half) in zip(texts(piece, LONGEST), texts(piece, LONGEST // 2), strict=True):
            slow = bench.slow(text, SLOW)
            before = bench.slow(half, 0.001) if slow else {}
            for step, seconds in slow.items():
                grown = seconds / before.get(step, 0.001)
                print(f"{piece.strip()!r:20.20} {kind:10} {step:25} {seconds:6.2f} s  x{grown:.1f}", flush=True)
    print("done")


if __name__ == "__main__":
    main()
