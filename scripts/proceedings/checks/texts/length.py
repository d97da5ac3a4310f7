"""Rules that compare the speaking time of delivered texts with the agenda."""

from collections.abc import Iterable, Iterator

from proceedings import schema
from proceedings.checks.engine.registry import InPlan, rule
from proceedings.checks.engine.walk import DELIVERED, Text
from proceedings.conference.model import Conference, Speech
from proceedings.problems import Problem, Severity
from proceedings.text.clock import clock
from proceedings.text.reading_time import minutes, spoken


@rule("dai-hon-so-phut", Severity.ADVISORY, DELIVERED, plan=InPlan.LEFT_OUT)
def speech_too_long(conference: Conference, texts: Iterable[Text]) -> Iterator[Problem]:
    """Bài đã nộp đọc lâu hơn số phút mà chương trình dành cho bài.

    Số phút tính theo số chữ của bài, đếm như Word ("quốc phòng" là hai chữ), và tốc độ `speaking_rate` trong
    `mkdocs.yml`; bảng, chú thích và chỗ trống không tính vì không đọc. Đề cương không phải bài đọc nên không tính. Đây
    là ước lượng, nên chỉ nhắc, không chặn.

    Sai: bài 1.540 chữ, đọc hết 11 phút, mà `phut-tham-luan: 8`.
    Đúng: rút bài còn khoảng 1.120 chữ; hoặc ghi `phut: 11` vào phần đầu tệp của bài khi chương trình còn chỗ.
    """
    rate = conference.rates.speaking
    for text, speech, count in _spoken(texts):
        needed, given = minutes(count, rate), speech.minutes
        if needed > given:
            yield text.at_key(schema.MINUTES).problem(
                f"Bài có khoảng {_grouped(count)} chữ, đọc hết {needed} phút, trong khi chương trình dành {given} "
                f"phút; hãy rút bớt khoảng {_grouped(count - given * rate)} chữ, hoặc ghi \"{schema.MINUTES}: "
                f"{needed}\" vào phần đầu tệp nếu chương trình còn chỗ.", count=needed - given)


@rule("doc-het-qua-gio", Severity.ADVISORY, DELIVERED, plan=InPlan.LEFT_OUT)
def texts_too_long(conference: Conference, texts: Iterable[Text]) -> Iterator[Problem]:
    """Nếu đọc hết các bài đã nộp thì Hội nghị kéo dài quá giờ kết thúc, dù chương trình vừa giờ.

    Bài chưa nộp tính theo số phút của chương trình; bài đã nộp tính theo số chữ của bài.

    Sai: chương trình vừa 240 phút, nhưng năm bài đã nộp đều đọc lâu hơn số phút của mình, cộng lại 25 phút.
    Đúng: rút ngắn các bài đó, hoặc bớt số phút của mục khác.
    """
    agenda = conference.agenda
    booked = {slot.speech for slot in agenda.slots}
    excess = sum(minutes(count, conference.rates.speaking) - speech.minutes
                 for _, speech, count in _spoken(texts) if speech.slug in booked)
    over = agenda.ends + excess - agenda.end
    if agenda.slots and agenda.ends <= agenda.end and over > 0:
        yield agenda.place.problem(
            f"Nếu đọc hết các bài đã nộp thì Hội nghị kết thúc lúc {clock(agenda.ends + excess)}, quá giờ "
            f"{clock(agenda.end)} là {over} phút; hãy rút ngắn những bài đọc lâu hơn số phút của mình hoặc bớt số phút "
            "của mục khác.", count=over)


def _spoken(texts: Iterable[Text]) -> Iterator[tuple[Text, Speech, int]]:
    """Yield the speeches among the texts with the number of spoken syllables."""
    for text in texts:
        if isinstance(text.entry, Speech):
            yield text, text.entry, spoken(text.document)


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
