"""Mentions of documents, units and themes."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proceedings.conference import mentions
from proceedings.conference.mentions import Mention, Mentions, Spot, absent_themes, alternatives, numbers, plain, whole
from proceedings.conference.model import Conference, Theme
from proceedings.conference.reading import Reading
from proceedings.problems import Place
from proceedings.text import source

FIRST, SECOND = "so-sach-va-thu-tich", "truong-cao-dang-doc-sach"
NUMBER = "99/2032/QĐ-UBND"


def with_text(conference: Conference, slug: str, markdown: str) -> Conference:
    """Return the conference with this text as one speech, and no text in the others.

    Plan, agenda and report are unchanged.
    """
    texts = {speech.path: source.parse(speech.path, markdown if name == slug else "")
             for name, speech in conference.speeches.items()}
    return replace(conference, documents={**conference.documents, **texts})


def in_speech(found: tuple[Mention, ...]) -> list[tuple[str, tuple[Spot, ...]]]:
    return [(mention.path, mention.spots) for mention in found if mention.path.startswith("tham-luan/")]


# --- Patterns ----------------------------------------------------------------------------
@given(st.lists(st.text("ab/ .(", min_size=1, max_size=6), min_size=1, max_size=12), st.text("ab/ .(", max_size=30))
def test_branches_find_what_a_list_of_names_finds(names: list[str], text: str) -> None:
    known = sorted({plain(name) for name in names} - {""}, key=len, reverse=True)
    listed = "|".join(r"\s+".join(map(re.escape, name.split())) for name in known) or r"(?!)"
    assert re.findall(alternatives(names), text) == re.findall(listed, text)


@pytest.mark.parametrize("text", ["Sở Y tế", "Sở\nY  tế", "(Sở Y tế)"])
def test_a_name_is_found_across_any_space(text: str) -> None:
    assert re.search(whole(["Sở Y tế", "Sở"]), text)[0].split() == ["Sở", "Y", "tế"]  # type: ignore[index]


def test_a_part_of_a_word_is_no_name() -> None:
    assert re.findall(whole(["Sở Y", "Sở"]), "Sở Yên, tSở, Sởm") == ["Sở"]


def test_no_names_find_nothing() -> None:
    assert re.search(whole([]), "a b") is None


@pytest.mark.parametrize("text", [f"1{NUMBER}", f"1/{NUMBER}", f"{NUMBER}X", f"{NUMBER}-X"])
def test_a_number_is_no_part_of_a_longer_one(fabricated: Reading, text: str) -> None:
    assert re.search(numbers(fabricated.conference.cited_documents), text) is None
    assert re.search(numbers(fabricated.conference.cited_documents), f"số {NUMBER}.")


# --- Finding --------------------------------------------------------------------------------
def test_no_name_runs_from_one_block_into_the_next(fabricated: Reading) -> None:
    for text, count in (("- Trường Cao đẳng\n- Đọc sách", 0), ("- Trường Cao đẳng\n  Đọc sách", 1)):
        conference = with_text(fabricated.conference, FIRST, text)
        found = in_speech(Mentions.of(conference).units.get("Trường Cao đẳng Đọc sách", ()))
        assert len(found) == count


def test_a_citation_is_told_with_its_sections_and_how_often(fabricated: Reading) -> None:
    found = Mentions.of(with_text(fabricated.conference, SECOND, (
        f"Theo {NUMBER}.\n\n# Tên\n\nvà {NUMBER}.\n\n## I. MỘT\n\n- {NUMBER}, {NUMBER}\n\n### 1. Hai {{#hai}}\n\n"
        f"Không.\n\n| A |\n|---|\n| {NUMBER} |\n\n`{NUMBER}`\n\n```\n{NUMBER}\n```\n")))
    path = f"tham-luan/{SECOND}.md"
    assert in_speech(found.citations[NUMBER]) == [
        (path, (Spot("", "", 2), Spot("i-mot", "I. MỘT", 2), Spot("hai", "1. Hai", 1)))]
    assert found.cited_by[path] == (NUMBER,)
    assert next(mention for mention in found.citations[NUMBER] if mention.path == path).count == 5


def test_the_plan_cites_but_no_register_does(fabricated: Reading) -> None:
    paths = {mention.path for found in Mentions.of(fabricated.conference).citations.values() for mention in found}
    assert "ke-hoach.md" in paths
    assert not [path for path in paths if path.startswith(("phu-luc/", "bien-tap/"))]


def test_documents_that_none_cites_are_absent(fabricated: Reading) -> None:
    cited = fabricated.conference.cited_documents
    conference = replace(fabricated.conference, cited_documents=(replace(cited[0], number="1/QĐ-LẠ"), *cited[1:]))
    assert list(Mentions.of(conference).citations) == [document.number for document in cited[1:]]


def test_a_unit_is_named_by_others_only_and_by_its_whole_name(fabricated: Reading) -> None:
    one, two = (fabricated.conference.speeches[slug].unit for slug in (FIRST, SECOND))
    conference = with_text(fabricated.conference, SECOND, f"{two} và {one}, {one}ơ.\n")
    # The report may mention them too; the plan and the agenda mention all units.
    found = Mentions.of(conference).units
    assert in_speech(found[one]) == [(f"tham-luan/{SECOND}.md", (Spot("", "", 1),))]
    assert in_speech(found[two]) == []
    assert {mention.path for each in found.values() for mention in each} <= {"bao-cao.md", f"tham-luan/{SECOND}.md"}


def test_of_two_names_the_longer_is_meant(fabricated: Reading) -> None:
    speeches = dict(fabricated.conference.speeches)
    speeches[FIRST] = replace(speeches[FIRST], unit="Trung đoàn 24")
    speeches["x"] = replace(speeches[FIRST], unit="Bộ Chỉ huy Trung đoàn 24", slug="x")
    conference = with_text(replace(fabricated.conference, speeches=speeches), SECOND, "Bộ Chỉ huy Trung đoàn 24.\n")
    found = Mentions.of(conference).units
    assert "Trung đoàn 24" not in found
    assert in_speech(found["Bộ Chỉ huy Trung đoàn 24"])


def themes(*rows: tuple[str, tuple[str, ...]]) -> tuple[Theme, ...]:
    return tuple(Theme(name, words, Place("docs/phu-luc/chu-de.md", 5)) for name, words in rows)


def test_a_theme_is_told_by_any_of_its_words_in_any_case(fabricated: Reading) -> None:
    conference = replace(
        with_text(fabricated.conference, FIRST, "## PHÒNG ĐỌC\n\nPhòng đọc lớn có kệ; kệ sách.\n"),
        themes=themes(("Phòng", ("phòng đọc", "Kệ")), ("Sách", ("kệ sách",)), ("Phòng lớn", ("phòng đọc lớn",))))
    found = Mentions.of(conference).themes
    heading = ("phong-doc", "PHÒNG ĐỌC")
    path = f"tham-luan/{FIRST}.md"
    assert in_speech(found["Phòng"]) == [(path, (Spot(*heading, 2),))]  # the longer words belong to another theme
    assert in_speech(found["Sách"]) == [(path, (Spot(*heading, 1),))]
    assert in_speech(found["Phòng lớn"]) == [(path, (Spot(*heading, 1),))]


def test_the_topic_of_a_speech_is_a_part_of_its_text(fabricated: Reading) -> None:
    topic = fabricated.conference.speeches[SECOND].topic
    conference = replace(with_text(fabricated.conference, FIRST, "Không có.\n"), themes=themes(("Một", (topic,))))
    assert in_speech(Mentions.of(conference).themes["Một"]) == [(f"tham-luan/{SECOND}.md", (Spot("", "", 1),))]


def test_themes_that_no_document_speaks_of_are_told(fabricated: Reading) -> None:
    rows = themes(("Có", ("XE THƯ VIỆN",)), ("Không", ("tàu thư viện",)), ("Nửa chữ", ("xe thư việ",)))
    assert [theme.name for theme in absent_themes(replace(fabricated.conference, themes=rows))] == ["Không", "Nửa chữ"]
    assert absent_themes(fabricated.conference) == ()


def test_thousands_of_names_take_no_longer_than_a_few(fabricated: Reading) -> None:
    names = [f"Đơn vị giả lập số {number}" for number in range(2000)]
    pattern = re.compile(mentions.whole(names))
    assert len(pattern.pattern) < 20_000  # common prefixes are shared: a plain list would have 60,000 letters
    assert pattern.findall("Đơn vị giả lập số 19, số 1999, Đơn vị giả lập số 2000") == ["Đơn vị giả lập số 19"]


def test_thousands_of_names_within_names_are_found() -> None:
    names = ["a " * length + "b" * length for length in range(1, 150)]
    pattern = re.compile(whole(names))
    assert [found for name in names[::50] for found in pattern.findall(name)] == names[::50]
    assert re.findall(whole(["a" * length for length in range(1, 700)]), "a" * 699) == ["a" * 699]
