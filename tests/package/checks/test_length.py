"""Speaking time of delivered texts compared with the agenda."""

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from conftest import PROJECT
from proceedings import checks
from proceedings.conference.model import Conference, Delivery
from proceedings.conference.reading import Reading
from proceedings.schema import Status
from proceedings.text.reading_time import Rates
from proceedings.text.source import parse

SPEECH, HALF_DAY = "dai-hon-so-phut", "doc-het-qua-gio"
ASSIGNED, OUTLINE = "truong-cao-dang-doc-sach", "ban-to-chuc-de-an-thi-xa-ben-mo"


def _with(conference: Conference, **texts: str) -> Conference:
    """Return the conference with speeches of these texts only, by slug with "_" for "-"."""
    said = {speech.path: parse(speech.path, texts.get(slug.replace("-", "_"), ""))
            for slug, speech in conference.speeches.items()}
    return replace(conference, documents={**conference.documents, **said}, rates=Rates(speaking=10))


def _messages(conference: Conference, rule: str) -> Mapping[str, str]:
    found = checks.check(Reading(conference, ()))
    return {problem.path: problem.message for problem in found if problem.rule == rule}


@pytest.mark.parametrize(("words", "found"), [(0, False), (120, False), (121, True), (200, True)])
def test_a_speech_may_fill_its_slot_and_no_more(fabricated: Reading, words: int, found: bool) -> None:
    conference = _with(fabricated.conference, truong_cao_dang_doc_sach="sách " * words)  # 12 minutes at 10 per minute
    assert bool(_messages(conference, SPEECH)) is found


def test_the_message_says_how_much_too_much(fabricated: Reading) -> None:
    conference = _with(fabricated.conference, truong_cao_dang_doc_sach="sách " * 1345)
    message, = _messages(conference, SPEECH).values()
    assert "1.345 chữ, đọc hết 135 phút" in message
    assert "dành 12 phút" in message
    assert "rút bớt khoảng 1.225 chữ" in message
    assert 'ghi "phut: 135"' in message


@pytest.mark.parametrize("unspoken", ["| sách |\n|---|\n" + "| sách |\n" * 200, "[… " + "sách " * 200 + "]",
                                      "một[^1]\n\n[^1]: " + "sách " * 200])
def test_what_is_not_spoken_takes_no_time(fabricated: Reading, unspoken: str) -> None:
    assert not _messages(_with(fabricated.conference, truong_cao_dang_doc_sach=unspoken), SPEECH)


def test_an_outline_is_not_measured(fabricated: Reading) -> None:
    conference = _with(fabricated.conference, ban_to_chuc_de_an_thi_xa_ben_mo="sách " * 2000)
    assert not _messages(conference, SPEECH)
    assert not _messages(conference, HALF_DAY)
    outline = conference.speeches[OUTLINE]
    delivered = replace(outline, delivery=Delivery(Status.DELIVERED))
    conference = replace(conference, speeches={**conference.speeches, OUTLINE: delivered})
    assert _messages(conference, SPEECH)
    assert _messages(conference, HALF_DAY)


def test_the_rate_is_that_of_the_settings(fabricated: Reading) -> None:
    conference = _with(fabricated.conference, truong_cao_dang_doc_sach="sách " * 200)
    assert _messages(conference, SPEECH)
    assert not _messages(replace(conference, rates=Rates(speaking=20)), SPEECH)


def test_a_long_speech_may_use_what_the_short_ones_leave(fabricated: Reading) -> None:
    # Three speeches of one minute leave 32 of their 35 minutes unused, and the agenda ends 3 minutes early.
    short = dict.fromkeys(("so_sach_va_thu_tich", "ban_to_chuc_de_an_huyen_doi_gio", "hoi_nguoi_yeu_sach_gia_dinh"),
                          "sách")
    fits = _with(fabricated.conference, truong_cao_dang_doc_sach="sách " * (12 + 32 + 3) * 10, **short)
    assert _messages(fits, SPEECH)
    assert not _messages(fits, HALF_DAY)
    over = _with(fabricated.conference, truong_cao_dang_doc_sach="sách " * (12 + 32 + 4) * 10, **short)
    message, = _messages(over, HALF_DAY).values()
    assert "kết thúc lúc 11h31, quá giờ 11h30 là 1 phút" in message


def test_an_agenda_that_is_too_long_itself_is_told_once(fabricated: Reading) -> None:
    agenda = replace(fabricated.conference.agenda, end=600)
    conference = _with(replace(fabricated.conference, agenda=agenda), truong_cao_dang_doc_sach="sách " * 2000)
    assert _messages(conference, "qua-gio")
    assert not _messages(conference, HALF_DAY)


def test_a_speech_that_the_agenda_leaves_out_lengthens_no_half_day(fabricated: Reading) -> None:
    agenda = fabricated.conference.agenda
    agenda = replace(agenda, slots=tuple(slot for slot in agenda.slots if slot.speech != ASSIGNED))
    conference = _with(replace(fabricated.conference, agenda=agenda), truong_cao_dang_doc_sach="sách " * 2000)
    assert _messages(conference, SPEECH)
    assert not _messages(conference, HALF_DAY)


def test_no_count_of_syllables_can_be_read_as_hours() -> None:
    said = [path for folder in ("scripts", "overrides") for path in (PROJECT / folder).rglob("*")
            if path.suffix in {".py", ".html", ".js", ".css"}]
    assert len(said) > 100
    counted = re.compile(r"(?:\d|\}|\bsố|\bmấy|\bmỗi) tiếng\b(?! Việt| nước)")
    assert {path.name: found for path in said if (found := counted.findall(path.read_text("utf-8")))} == {}
