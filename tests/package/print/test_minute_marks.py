"""Speaking time of a speech by syllables, and its minute marks; the text is unchanged."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import HtmlElement

from proceedings.conference.reading import Reading
from proceedings.conference.settings import Settings
from proceedings.html import rendering
from proceedings.print.book import Book, Edition
from proceedings.print.minute_marks import mark_minutes, pace, syllables
from proceedings.project import Project

MARK = re.compile(r'<span class="minute" data-minute="(\d+)"[^>]*></span>')
UNSPOKEN = ("table", "sup", "code", "pre", "figure")
UNSPOKEN_CLASSES = ("nowrap", "foot-note", "footnote", "blank", "admonition", "opening")


def _numbers(content: str) -> list[int]:
    return [int(number) for number in MARK.findall(content)]


def _before(content: str) -> list[int]:
    """Return the number of syllables spoken before each mark."""
    return [syllables(content[:found.start()]) for found in MARK.finditer(content)]


def _marks(content: str) -> list[HtmlElement]:
    return [span for span in rendering.parse(content).iter("span") if span.get("class") == "minute"]


# --- Counting ------------------------------------------------------------------
@pytest.mark.parametrize("unspoken", [
    "<table><tr><td>không đọc</td></tr></table>", '<span class="blank">[… không đọc]</span>',
    '<sup id="fnref:1"><a href="#fn:1">1</a></sup>', '<span class="foot-note">không</span>', "<code>khong-doc</code>",
    '<div class="footnote"><ol><li>không đọc</li></ol></div>', "<pre>không đọc</pre>", '<img src="a.png" alt="không">',
    "<figure><figcaption>không đọc</figcaption></figure>", '<div class="opening"><h1>không đọc</h1></div>',
    '<div class="admonition note"><p>không đọc</p></div>',
])
def test_only_what_is_spoken_counts(unspoken: str) -> None:
    assert syllables(f"<h2>Đề mục</h2>{unspoken}<ul><li>một</li></ul><blockquote><p>hai</p></blockquote>") == 4
    assert syllables(f"<p>một {unspoken}hai ba</p>") == 3


def test_a_word_is_one_word_whatever_elements_it_runs_through() -> None:
    assert syllables("<p>U<b>BN</b>D <em>b</em>ốn</p>") == 5
    assert syllables("<p>một<br>hai</p><p>ba</p>") == 3


def test_the_pace_is_syllables_a_minute() -> None:
    assert pace("<p>một hai ba bốn năm</p>", 2) == 2
    assert pace(f"<p>{'tiếng ' * 900}</p>", 6) == 150
    assert pace("", 8) == 0


# --- Marking -------------------------------------------------------------------
def test_each_minute_but_the_last_is_marked_before_its_word() -> None:
    marked = mark_minutes("<p>một hai ba</p><p>bốn <b>năm</b> sáu</p>", 3)
    assert MARK.sub(r"|\1|", marked) == "<p>một hai |1|ba</p><p>bốn <b>|2|năm</b> sáu</p>"


def test_marks_say_that_they_are_decoration() -> None:
    assert [mark.get("data-role") for mark in _marks(mark_minutes("<p>một hai</p>", 2))] == ["Artifact"]


@pytest.mark.parametrize(("content", "marked"), [
    ('<p>a <span class="nowrap">số 12/2034/QĐ</span> b</p>', '<p>a |1|<span class="nowrap">số 12/2034/QĐ</span> b</p>'),
    ('<p>(<span class="nowrap">ngày 5</span>) a</p>', '<p>(<span class="nowrap">ngày 5</span>) |1|a</p>'),
    ('<p>a (<span class="nowrap">ngày 5</span>)</p>', '<p>a |1|(<span class="nowrap">ngày 5</span>)</p>'),
    ('<p>a <span class="nowrap">b <i>c</i> d</span> e</p>', '<p>a |1|<span class="nowrap">b <i>c</i> d</span> e</p>'),
    ('<p>a <span class="nowrap"><i>b</i> c</span> d</p>', '<p>a |1|<span class="nowrap"><i>b</i> c</span> d</p>'),
    ("<p>a</p><pre>x y z</pre><p>b</p>", "<p>a</p><pre>x y z</pre><p>|1|b</p>"),
    ('<p>a b <span class="blank">[… x y]</span>c d</p>', '<p>a b |1|<span class="blank">[… x y]</span>c d</p>'),
    ("<p>a – b</p>", "<p>a – |1|b</p>"),
    ("<p>a<br>b</p>", "<p>a<br>|1|b</p>"),
])
def test_marks_stand_before_words_and_citations_never_within(content: str, marked: str) -> None:
    assert MARK.sub(r"|\1|", mark_minutes(content, 2)) == marked


def test_what_is_kept_on_one_line_is_marked_at_its_nearer_end() -> None:
    marked = mark_minutes('<p>a <span class="nowrap">b <i>c</i> d</span> e</p>', 3)
    assert MARK.sub(r"|\1|", marked) == '<p>a |1|<span class="nowrap">b <i>c</i> d</span> |2|e</p>'


@pytest.mark.parametrize(("content", "minutes"), [
    ("<p>một hai ba</p>", 1), ("", 8), ('<p><span class="blank">[…]</span></p>', 8),
    ("<table><tr><td>một hai</td></tr></table>", 8), ("<p>– !</p>", 8),
])
def test_nothing_is_marked_where_there_is_nothing_to_mark(content: str, minutes: int) -> None:
    assert mark_minutes(content, minutes) == content


def test_a_text_too_short_for_its_slot_still_has_every_mark() -> None:
    assert _numbers(mark_minutes("<p>một hai</p>", 6)) == [1, 2, 3, 4, 5]


# --- Properties ----------------------------------------------------------------
def _joined(pieces: st.SearchStrategy[str], *gaps: str) -> st.SearchStrategy[str]:
    """Return a few of the pieces, joined by the same string."""
    return st.tuples(st.sampled_from(gaps), st.lists(pieces, max_size=5)).map(lambda drawn: drawn[0].join(drawn[1]))


def _within(inner: st.SearchStrategy[str], *patterns: str) -> st.SearchStrategy[str]:
    return st.tuples(st.sampled_from(patterns), inner).map(lambda drawn: drawn[0].format(drawn[1]))


_WORDS = _joined(st.sampled_from("Kính thưa và UBND 2034, – “một giờ” 95 % KẾT".split()), " ")
_SIGNS = st.sampled_from(['<span class="blank">[… điền]</span>', "<sup>1</sup>", "<code>a b</code>", "<br>",
                          '<span class="foot-note" data-role="Note">ghi chú</span>'])
_INLINE = st.recursive(
    st.one_of(_WORDS, _SIGNS, _within(_WORDS.filter(bool), '<span class="nowrap">{}</span>')),
    lambda inner: _within(_joined(inner, "", " "), "<b>{}</b>", "<em>{}</em>", "<a>{}</a>"), max_leaves=6)
_BLOCK = _within(_joined(_INLINE, "", " ", " ("), "<p>{}</p>", "<h2>{}</h2>", "<ul><li>{}</li></ul>",
                 "<blockquote><p>{}</p></blockquote>", "<table><tr><td>{}</td></tr></table>",
                 '<div class="footnote"><p>{}</p></div>', '<div class="admonition note"><p>{}</p></div>')
_TEXTS = st.lists(_BLOCK, max_size=8).map(lambda blocks: rendering.serialise(rendering.parse("\n".join(blocks))))


@given(_TEXTS, st.integers(1, 12))
def test_marking_changes_nothing_but_for_the_marks(content: str, minutes: int) -> None:
    marked = mark_minutes(content, minutes)
    assert MARK.sub("", marked) == content
    assert syllables(marked) == syllables(content)


@given(_TEXTS, st.integers(1, 12))
def test_every_minute_is_marked_once_in_order(content: str, minutes: int) -> None:
    wanted = list(range(1, minutes)) if syllables(content) else []
    assert _numbers(mark_minutes(content, minutes)) == wanted


@given(_TEXTS, st.integers(2, 12))
def test_no_mark_stands_within_a_word_or_where_nothing_is_spoken(content: str, minutes: int) -> None:
    marked = mark_minutes(content, minutes)
    for mark in _marks(marked):
        for around in mark.iterancestors():
            assert around.tag not in UNSPOKEN
            assert not set((around.get("class") or "").split()) & set(UNSPOKEN_CLASSES)
    for found in MARK.finditer(marked):  # text before it on its line, with placeholders for unspoken content
        line = re.split(r"<br>|</?(?:p|h2|li|ul|blockquote|table|div)\b[^>]*>", marked[:found.start()])[-1]
        before = re.sub(r"<[^>]*>", "", re.sub(r"<(sup|code)>.*?</\1>", "x", MARK.sub("", line)))
        assert before == "" or before[-1].isspace()


@given(_TEXTS, st.integers(2, 12))
@settings(max_examples=30)
def test_a_mark_stands_before_the_word_nearest_to_its_minutes_end(content: str, minutes: int) -> None:
    marked, total = mark_minutes(content, minutes), syllables(content)
    starts = set(_before(mark_minutes(content, 1 + 2 * total)))  # enough marks for each word
    for number, before in zip(_numbers(marked), _before(marked), strict=True):
        end = total * number / minutes
        assert abs(before - end) == min(abs(start - end) for start in starts)


def test_the_marks_of_real_speeches_are_evenly_spaced(fabricated: Reading, fabricated_settings: Settings) -> None:
    for chapter in Book(Project(fabricated_settings, fabricated), Edition()).chapters():
        total, minutes = syllables(chapter.html), 10
        marked = mark_minutes(chapter.html, minutes)
        if total > 1000:
            for number, before in zip(_numbers(marked), _before(marked), strict=True):
                assert abs(before - total * number / minutes) <= 12  # half of the longest citation
