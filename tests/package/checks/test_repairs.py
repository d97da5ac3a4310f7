"""Repairs never change what a text says, and are idempotent."""

import os
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conftest import CONFERENCE
from proceedings.checks.engine.repairs import Repair, repaired, repairs
from proceedings.conference.settings import Settings
from proceedings.html import rendering
from proceedings.text import source

UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202d\u2060-\u2064\u2066-\u206f\ufeff]")
# Pieces that form or break markup, next to what is repaired.
PIECES = st.sampled_from([
    "Sở", "Y tế", "e\u0302\u0301", "a", "1", "10", " ", "  ", "   ", "\n", "\n\n", "\r\n", "\r", "\t", "\u200b",
    "\u200d", "\ufeff", "\u00ad", "\u202e", "\u200f", "\u00a0", "\u202f", "#", "##", "-", "*", "**", "_", "`",
    "```", "\u1fef", "|", "|---|", ".", ")", ":", "[", "]", "(", "[^1]", "[^1]: ", "<", ">", "<!--", "-->", "<br>",
    "!", "!!! note", "&am", "p;", "&", "\u0338", "\u037e", "\\", "{#neo}", "{", "}", "---", "---\n", "===",
    "trang-thai: da-nop", "+", "=", "~~~",
])
TEXTS = st.lists(PIECES, max_size=25).map("".join)


def _words(text: str) -> list[str]:
    return unicodedata.normalize("NFC", UNSEEN.sub("", text)).split()


def _shown(text: str, view: Settings) -> tuple[list[str], list[str]]:
    """Return the words of the rendered page, and its elements except empty paragraphs."""
    html = rendering.render(source.parse("a.md", text).body, view)
    root = rendering.parse(html)
    elements = [element.tag for element in root.iter() if element.tag != "p" or _words(element.text_content())]
    return _words(root.text_content()), elements


# --- Repairs ---------------------------------------------------------------------
@pytest.mark.parametrize(("text", "mended"), [
    ("E\u0302\u0301 vê\u0301\n", "Ế vế\n"),
    ("Sở\u200b Y\u00ad tế\u2060\n", "Sở Y tế\n"),
    ("Một \u202aSở\u202c \u2067Y\u2069 tế\n", "Một Sở Y tế\n"),
    ("\ufeff# Bài\n", "# Bài\n"),
    ("Chữ \u200b(ngoặc)\n", "Chữ (ngoặc)\n"),
    ("\u200bChữ\n", "Chữ\n"),
    ("**\u200bSở** và *Sở\u200b*\n", "**Sở** và *Sở*\n"),
    ("e\u0302\u200b\u0301\n", "ế\n"),
    ("Quân khu\u00a02, 05\u202fnăm\n", "Quân khu 2, 05 năm\n"),
    ("một \nhai\n", "một\nhai\n"),
    ("một  \n\nhai   ", "một\n\nhai\n"),
    ("một\r\nhai\rba\n", "một\nhai\nba\n"),
    ("một\n   \nhai\n", "một\n\nhai\n"),
    ("một\n\n\n", "một\n"),
    ("một", "một\n"),
    ("\n\n", ""),
    ("---\ntrang-thai: da-\u200bnop \n---\n\nmột\n", "---\ntrang-thai: da-nop\n---\n\nmột\n"),
    ("[a](b\u200bc.md)\n", "[a](bc.md)\n"),
])
def test_what_cannot_change_meaning_is_repaired(text: str, mended: str) -> None:
    assert repaired(text) == mended


@pytest.mark.parametrize("text", [
    "", "một\n", "một  \nhai\n", "một   \nhai\n", "| a | b |\n|---|---|\n| c | d |\n",
    "- \n", "một\n- \n", "một\\ \nhai\n", "cột\tcột\t\n",
    "\u200b# Bài\n", "1\u200b. Bài\n", "1.\u00a0Bài\n", "-\u00a0Bài\n", "##\u00a0Bài\n", "*\u200b*Bài**\n",
    "[Bài]\u200b(a.md)\n",
    "&am\u200bp;\n", "<\u200b!-- chữ -->\n", "A\u1fefb`\n", "a <\u0338br>\n",
    "Chữ \u202eđảo\u202c\n", "👨\u200d👩\n", "a\u2028b\n", "a\x0cb\n",
    "---\na:\u00a0b\n---\n",
])
def test_what_could_change_meaning_is_left(text: str) -> None:
    assert repaired(text) == text


def test_one_line_that_must_stay_does_not_hold_back_other_repairs() -> None:
    assert repaired("&am\u200bp; e\u0301 \n") == "&am\u200bp; é\n"


@settings(max_examples=600)
@given(TEXTS)
@example("1\u200b0. a\n")
def test_a_repaired_text_is_not_repaired_again(text: str) -> None:
    assert repaired(repaired(text)) == repaired(text)


@settings(max_examples=600)
@given(text=TEXTS)
@example(text="a\n \u200b\nb")
@example(text="Sở  \u200b\nSở")
@example(text="Sở\u00a0\u00a0\nSở")
def test_the_rendered_words_stay(text: str, fabricated_settings: Settings) -> None:
    assert _shown(repaired(text), fabricated_settings) == _shown(text, fabricated_settings)


@pytest.mark.parametrize("path", sorted((CONFERENCE / "docs").rglob("*.md")), ids=lambda path: path.name)
def test_the_fabricated_conference_needs_no_repair(path: Path) -> None:
    assert repaired(path.read_text("utf-8")) == path.read_text("utf-8")


# --- Files ------------------------------------------------------------------------
def test_only_markdown_below_the_folder_is_repaired(tmp_path: Path) -> None:
    docs, outside = tmp_path / "docs", tmp_path / "ngoai.md"
    (docs / "a").mkdir(parents=True)
    outside.write_text("x \n")
    (docs / "a" / "b.md").write_text("x \n")
    (docs / "tot.md").write_text("x\n")
    (docs / "chu.txt").write_text("x \n")
    (docs / ".an.md").write_text("x \n")
    (docs / "cu.md").write_bytes("Tiếng Việt \n".encode("utf-16"))
    (docs / "dai.md").write_text("a\n" * 600_000 + " \n")
    (docs / "roi.md").write_text("<!--\n" * 20_000 + " \n")
    (docs / "noi.md").symlink_to(outside)
    (docs / "thu-muc").symlink_to(tmp_path)
    os.mkfifo(docs / "ong.md")
    assert list(repairs(docs)) == [
        Repair("a/b.md", "x \n", "x\n"),
        Repair("cu.md", reason="không phải văn bản UTF-8"),
        Repair("dai.md", reason="quá lớn hoặc quá rối, phải chia nhỏ trước"),
        Repair("noi.md", reason="là liên kết tượng trưng"),
        Repair("roi.md", reason="quá lớn hoặc quá rối, phải chia nhỏ trước"),
    ]
