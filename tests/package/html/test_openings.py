"""Openings and official form, on site and in print."""

import re
from dataclasses import replace

import pytest

from proceedings.conference.model import Conference
from proceedings.conference.reading import Reading
from proceedings.conference.settings import Settings
from proceedings.html import rendering
from proceedings.html.fragments import Fragments
from proceedings.html.openings import lay_out


def words(html: str) -> list[str]:
    return re.findall(r"\w+", str(rendering.parse(html).text_content()))


def laid_out(conference: Conference, settings: Settings, path: str) -> tuple[str, str]:
    """Return a document's own HTML with its derived tables, and its finished HTML."""
    rendered = rendering.render(conference.documents[path].body, settings)
    fragments = Fragments(conference, settings.looks)
    own = rendering.finish(rendered)
    fragments.fill(own, str)
    return rendering.serialise(own), rendering.serialise(lay_out(path, rendered, conference, fragments, str))


def test_speech_stands_below_its_opening(fabricated: Reading, fabricated_settings: Settings) -> None:
    conference = fabricated.conference
    speech = conference.speeches["so-sach-va-thu-tich"]
    content, whole = laid_out(conference, fabricated_settings, speech.path)
    opening = Fragments(conference, fabricated_settings.looks).speech_opening(speech)
    assert whole == opening + content
    assert len(list(rendering.parse(whole).iter("h1"))) == 1


def test_report_has_its_opening_below_its_title(fabricated: Reading, fabricated_settings: Settings) -> None:
    content, whole = laid_out(fabricated.conference, fabricated_settings, "bao-cao.md")
    tags = [(element.tag, element.get("class")) for element in rendering.parse(whole)]
    assert tags[:2] == [("h1", None), ("div", "opening opening--report")]
    opening = rendering.parse(whole).find("div")
    assert opening is not None
    assert len(words(whole)) == len(words(content)) + len(words(rendering.serialise(opening)))


def test_report_has_one_opening_whatever_its_titles(fabricated: Reading, fabricated_settings: Settings) -> None:
    fragments = Fragments(fabricated.conference, fabricated_settings.looks)
    root = lay_out("bao-cao.md", "<h1>a</h1>một<h1>b</h1>", fabricated.conference, fragments, str)
    assert [(element.tag, element.tail) for element in root] == [("h1", None), ("div", "một"), ("h1", None)]


def test_report_without_a_title_has_its_opening_all_the_same(fabricated: Reading,
                                                             fabricated_settings: Settings) -> None:
    fragments = Fragments(fabricated.conference, fabricated_settings.looks)
    root = lay_out("bao-cao.md", "một<p>a</p>", fabricated.conference, fragments, str)
    assert [(element.tag, element.tail) for element in root] == [("div", "một"), ("p", None)]


def test_plan_is_laid_out_as_an_official_document(fabricated: Reading, fabricated_settings: Settings) -> None:
    content, whole = laid_out(fabricated.conference, fabricated_settings, "ke-hoach.md")
    root = rendering.parse(whole)
    assert [element.get("class") for element in root] == ["official"]
    assert [element.get("class") for element in root[0]] == ["letterhead", "official__title", "official__body",
                                                             "official__foot"]
    for motto in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "UBND TỈNH GIẢ ĐỊNH"):
        assert motto in root.text_content()
    rest = iter(words(whole))
    assert [word for word in words(content) if word not in rest] == []  # all of them, in order


@pytest.mark.parametrize("path", ["index.md", "chuong-trinh.md", "phu-luc/van-ban.md", "tham-luan/index.md"])
def test_other_pages_are_only_made_harmless(fabricated: Reading, fabricated_settings: Settings, path: str) -> None:
    content, whole = laid_out(fabricated.conference, fabricated_settings, path)
    assert whole == content


@pytest.mark.parametrize("path", ["ke-hoach.md", "bao-cao.md", "tham-luan/so-sach-va-thu-tich.md", "index.md",
                                  "khac.md"])
def test_every_page_is_made_harmless(fabricated: Reading, fabricated_settings: Settings, path: str) -> None:
    fragments = Fragments(fabricated.conference, fabricated_settings.looks)
    whole = rendering.serialise(lay_out(path, "<h1>a</h1><script>b</script><p onclick=\"c\">[…]</p>",
                                     fabricated.conference, fragments, str))
    assert "<script" not in whole
    assert "onclick" not in whole
    assert "<span class=\"blank\">[…]</span>" in whole


def test_report_page_without_a_report_is_a_page_like_others(fabricated: Reading, fabricated_settings: Settings) -> None:
    conference = replace(fabricated.conference, report=None)
    content, whole = laid_out(conference, fabricated_settings, "bao-cao.md")
    assert whole == content
