"""Rules on dates: they must exist, be in official notation, and agree with each other."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from proceedings import schema
from proceedings.checks.engine.prose import Correction, Judge, corrections
from proceedings.checks.engine.registry import InPlan, rule
from proceedings.checks.engine.walk import OWN_WORDS, Scope, Text
from proceedings.conference.model import Conference, ConferenceTime, Task
from proceedings.problems import Place, Problem, Severity
from proceedings.text.language.dates import PIECES, PartialDate, parse_written, read, short, two_digit
from proceedings.text.language.grammar import expression

# --- Patterns of dates --------------------------------------------------------------
# Not within a document number ("21/2019/NĐ-CP"), an address ("số 12/5/2004") or a fraction ("1/2 ngày").
_FORMS = {
    "full": (r"(?<![\w/.,-])(?<!số )(?<!Số )<recent>(?![\w/]|[.,]\d)", ("day", "month", "year")),
    "in_words": (r"ngày<gap>(?:<in_words>|<day_and_month>)(?!\w)", ("day", "month", "year")),
    "month_year": (r"(?<=tháng )<month_year>(?![\w/])", ("month", "year")),
    "day_month": (r"(?<=ngày )<day_month>(?![\w/]|[.,-]\d)", ("day", "month")),
    "dotted": (r"(?<=ngày )<dotted>(?!\w)", ("day", "month", "year")),
    "years": (r"(?<![\w/.,–-])<years>(?![\w/–-])", ()),
}
_WAYS = "|".join(f"(?P<{name}>{expression(PIECES, pattern)})" for name, (pattern, _) in _FORMS.items())
_DATE = re.compile(rf"(?=[\dn])(?:{_WAYS})", re.IGNORECASE)  # fast rejection test
_HINT = re.compile(r"[\dTt](?:(?<=\d)[/.–-]|[Hh][Áá][Nn][Gg])")  # each match contains one of these
_FIGURES = re.compile(r"\d+")
# After a lunar date; the second lunar month may have 30 days: "ngày 30/2 âm lịch", "… năm Giáp Thìn".
_LUNAR = re.compile(r"\s{0,2}[(]?(?:âm lịch|năm\s(?:Giáp|Ất|Bính|Đinh|Mậu|Kỷ|Canh|Tân|Nhâm|Quý)\s)", re.IGNORECASE)
_LEAP_YEAR = 2000  # a day and month without a year may belong to any year


@dataclass(frozen=True)
class _Parts:
    """Day, month and year as typed; "" if not given."""

    day: str = ""
    month: str = ""
    year: str = ""

    @classmethod
    def of(cls, found: re.Match[str]) -> "_Parts":
        """The parts of a date that was found in one of the forms."""
        return cls(**dict(zip(_FORMS[found.lastgroup or ""][1], _FIGURES.findall(found[0]), strict=False)))

    @property
    def real(self) -> bool:
        """Whether the date exists in the calendar."""
        try:
            date(int(self.year or _LEAP_YEAR), int(self.month or 1), int(self.day or 1))
        except ValueError:
            return False
        return True


# --- Dates that are not in the calendar -------------------------------------------------
@rule("ngay-khong-co", Severity.BLOCKING, OWN_WORDS, plan=InPlan.ADVISED)
def impossible_date(texts: Iterable[Text]) -> Iterator[Problem]:
    """Ngày không có trong lịch.

    Sai: "31/02/2024", "ngày 31 tháng 4 năm 2024", "tháng 13/2024".
    Đúng: ngày có thật, đối chiếu với văn bản gốc.
    """
    def judge(found: re.Match[str]) -> Correction | None:
        parts = _Parts.of(found)
        lunar = parts.day == "30" and int(parts.month) == 2 and _LUNAR.match(found.string, found.end())
        return None if parts.real or lunar else Correction("", "không phải ngày có thật")

    yield from _dates(texts, _DATE, judge)


def _dates(texts: Iterable[Text], pattern: re.Pattern[str], judge: Judge,
           hint: re.Pattern[str] = _HINT) -> Iterator[Problem]:
    """Report dates of the volume that `judge` rejects, except the fields of registers and of deliveries."""
    def ours(found: re.Match[str]) -> Correction | None:
        return None if found.string.startswith(schema.DELIVERED_ON) else judge(found)

    yield from corrections(texts, pattern, ours, lambda passage: hint.search(passage.words))


# --- How dates are written --------------------------------------------------------------
@rule("cach-viet-ngay", Severity.ADVISORY, OWN_WORDS)
def misspelt_date(texts: Iterable[Text]) -> Iterator[Problem]:
    """Ngày tháng viết không đúng quy tắc số 0 hoặc không đúng dấu.

    Thêm số 0 trước ngày dưới 10 và trước tháng 1, tháng 2; các tháng khác không thêm.

    Sai: "5/4/2024", "05/04/2024", "22/2/2019", "ngày 5 tháng 04 năm 2024", "ngày 22-02-2019", "2019-2024".
    Đúng: "05/4/2024", "22/02/2019", "ngày 05 tháng 4 năm 2024", "ngày 22/02/2019", "2019 - 2024".
    """
    def judge(found: re.Match[str]) -> Correction | None:
        right = _well_written(found)
        return Correction(right, "viết chưa đúng cách") if right != found[0] else None

    yield from _dates(texts, _DATE, judge)


def _well_written(found: re.Match[str]) -> str:
    """Return the date with zeros and slashes in their places."""
    if found["years"]:
        return re.sub("[-–]", " - ", found[0])
    parts = _Parts.of(found)
    if not parts.real:
        return found[0]  # reported by another rule
    day, month = two_digit(int(parts.day or 0), 10), two_digit(int(parts.month), 3)
    figures = iter((*([day] if parts.day else []), month))
    right = _FIGURES.sub(lambda _: next(figures), found[0], count=2 if parts.day else 1)
    return re.sub("[.-]", "/", right) if found["dotted"] else right


# --- Weekdays ---------------------------------------------------------------------------
_WEEKDAYS = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "bẩy": 5,
             "2": 0, "3": 1, "4": 2, "5": 3, "6": 4, "7": 5}
_NAMES = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_WEEKDAY = rf"(?P<weekday>thứ\s+(?P<name>{'|'.join(_WEEKDAYS)})|chủ\s+nhật)(?!\w)"
_DAY = expression(PIECES, r"(?P<date><numeric>|<in_words>)(?![\w/])")
_OPEN, _CLOSED = r"\s{0,2},?\s{0,2}(?P<open>[(])?", r"(?(open)[)]?)"
_NAMED_DAYS = (re.compile(rf"(?<!\w){_WEEKDAY}{_OPEN}(?:ngày\s+)?{_DAY}{_CLOSED}", re.IGNORECASE),
               re.compile(rf"(?<![\w/]){_DAY}{_OPEN}{_WEEKDAY}{_CLOSED}", re.IGNORECASE))
_ANY_WEEKDAY = re.compile(r"[TtNn][Hh](?:[Ứứ]|[Ậậ][Tt])")
_TIME_OF_DAY = re.compile(r"(?:[(]|\b(?:sáng|trưa|chiều|tối|đêm|vào|hồi|giờ|phút|\d{1,2}h\d\d),?)\s*$", re.IGNORECASE)
_COUNTED = re.compile(r"\b(?:lần|khóa|khoá|đợt|bản|buổi|tuần|ngày(?: làm việc)?|chuyên đề|chặng|vòng"
                      r"|(?:(?:kỳ|phiên|cuộc)(?: họp)?|hội nghị|đại hội)(?: toàn thể)?)\s*$", re.IGNORECASE)


@rule("thu-khong-khop-ngay", Severity.BLOCKING, OWN_WORDS, plan=InPlan.ADVISED)
def wrong_weekday(texts: Iterable[Text]) -> Iterator[Problem]:
    """Thứ trong tuần không khớp với ngày đi cùng, nên người đọc không biết đến họp hôm nào.

    Sai: "sáng thứ Hai, ngày 11/6/2024" (ngày 11/6/2024 là thứ Ba).
    Đúng: "sáng thứ Ba, ngày 11/6/2024".
    """
    for pattern in _NAMED_DAYS:
        yield from _dates(texts, pattern, _weekday_mended, _ANY_WEEKDAY)


def _weekday_mended(found: re.Match[str]) -> Correction | None:
    """Return the words with the right weekday; None if it is right or no weekday is meant."""
    day = read(found["date"])
    named = _WEEKDAYS[found["name"].lower()] if found["name"] else 6
    if not day or day.weekday() == named or not _means_weekday(found):
        return None
    real = _NAMES[day.weekday()]
    right = found[0].replace(found["weekday"], real)
    return Correction(right, f"sai thứ (ngày {short(day)} là {real}, không phải {_NAMES[named]})",
                      certain=False)  # the date may be the wrong part


def _means_weekday(found: re.Match[str]) -> bool:
    """Return whether "thứ ba" is certainly Tuesday, not the third: "Kỳ họp thứ ba, ngày …" is not."""
    if not found["name"]:
        return True
    before = found.string[max(0, found.start("weekday") - 20): found.start("weekday")]
    return bool(_TIME_OF_DAY.search(before)) or (found["name"][0].isupper() and not _COUNTED.search(before))


# --- The plan's deadlines -----------------------------------------------------------------
# Tasks that follow from the conference are due after it.
_AFTERWARDS = re.compile(r"sau (?:khi |ngày )?(?:kết thúc |tổ chức )?hội nghị|kết quả hội nghị|kết luận"
                         r"|quyết toán|thanh toán", re.IGNORECASE)


@rule("thoi-han-sai-thu-tu", Severity.ADVISORY)
def deadline_out_of_order(conference: Conference) -> Iterator[Problem]:
    """Thời hạn của Kế hoạch trước ngày ban hành, hoặc không trước ngày Hội nghị.

    Việc làm sau Hội nghị (báo cáo kết quả, quyết toán) thì không bị nhắc.

    Sai: Hội nghị ngày 20/6/2024 mà hạn gửi báo cáo là "trước ngày 25/6/2024".
    Đúng: ngày ban hành, rồi đến các thời hạn, rồi đến ngày Hội nghị.
    """
    tasks = [task for agency in conference.plan.agencies for task in agency.tasks if task.deadline]
    time, issued = conference.plan.time, _first_day(conference.plan.letterhead.issued_on)
    start = None
    if time:
        day = time.day.day if time.day else 7 * min(time.week, 4) - 6 if time.week else None
        start = _first_day(PartialDate(time.year or 0, time.month, day))
    for task in tasks:
        deadline = task.deadline or date.min
        if issued and deadline < issued:
            yield _advice(task, "issued", f"Thời hạn {short(deadline)} ở trước ngày ban hành Kế hoạch")
        elif start and time and deadline >= start and not _AFTERWARDS.search(task.text):
            yield _advice(task, "held", f"Thời hạn {short(deadline)} không ở trước thời gian Hội nghị ({time.text})")


def _advice(task: Task, kind: str, fault: str) -> Problem:
    return task.place.problem(f"{fault}. Kế hoạch giữ nguyên văn; cần báo cơ quan ban hành xem lại.", task.text,
                              kind=kind)


def _first_day(day: PartialDate) -> date | None:
    """Return the first possible day of a date whose month is known, else None."""
    return date(day.year, day.month, day.day or 1) if day.year and day.month else None


# --- The conference's own date ----------------------------------------------------------------
_OWN_PAGES = (schema.HOME, schema.AGENDA, schema.REPORT, schema.SPEECH_INDEX, schema.PROGRESS)
# "Hội nghị tổng kết được tổ chức ngày 20/6/2035": with a capital it is this conference, unless the words between say
# otherwise.
_HELD = re.compile(r"\bHội nghị(?P<between>[^.;:?!\n]{0,80}?)\b(?:tổ chức|diễn ra|khai mạc|họp|tiến hành|bắt đầu)\b"
                   rf"(?P<until>[^.;:?!\n]{{0,40}}?)(?:(?<!\w)ngày\s+)?(?<![\w/]){_DAY}")
_OTHER = re.compile(r"\b(?:cấp|huyện|xã|phường|thị xã|thành phố|sở|ngành|đã|trước|theo|số|trung ương|toàn quốc)\b",
                    re.IGNORECASE)


@rule("ngay-hoi-nghi-khac", Severity.ADVISORY, Scope(volume=False, only=_OWN_PAGES))
def another_conference_date(conference: Conference, texts: Iterable[Text]) -> Iterator[Problem]:
    """Ngày Hội nghị nêu ở một chỗ khác với Kế hoạch hoặc với chỗ khác.

    Sai: Kế hoạch ghi ngày 20/6/2024 mà trang chủ ghi "Hội nghị tổ chức ngày 21/6/2024".
    Đúng: mọi chỗ ghi cùng một ngày; khi đổi ngày thì sửa đủ các chỗ.
    """
    time = conference.plan.time
    if not time or not time.year:
        return
    known = time.day
    footer = parse_written(conference.plan.backdrop.footer)
    if footer and not _fits(time, footer):
        lines = conference.documents[schema.PLAN].section(schema.Anchor.BACKDROP)
        line = next((block.line for block in lines if parse_written(block.text)), 1)
        yield conference.place(schema.PLAN, line).problem(
            "Thời gian ở ma kết khác thời gian Hội nghị ở Kế hoạch. Kế hoạch giữ nguyên văn; cần báo cơ quan ban hành "
            "xem lại.", conference.plan.backdrop.footer)
    for place, day in _days_named(texts):
        if not _fits(time, PartialDate(day.year, day.month, day.day)) or known not in (None, day):
            told = f"ngày {short(known)}" if known else time.text
            yield place.problem(f"Ngày Hội nghị ở đây là {short(day)}, khác chỗ khác ({told}); hãy ghi thống nhất.",
                                short(day))
        known = known or day


def _fits(time: ConferenceTime, day: PartialDate) -> bool:
    """Return whether a date may be the time set in the plan; weeks of a month are counted in several ways."""
    if day.year != time.year or (day.month and day.month != time.month):
        return False
    if time.day and day.day:
        return day.day == time.day.day
    return not (time.week and day.day) or 7 * time.week - 13 < day.day <= 7 * time.week + 6


def _days_named(texts: Iterable[Text]) -> Iterator[tuple[Place, date]]:
    """Yield the dates that the organisers' pages give for the conference."""
    for text in texts:
        for passage in text.passages:
            for found in _HELD.finditer(passage.words):
                day = read(found["date"])
                if day and not _OTHER.search(found["between"] + " " + found["until"]):
                    yield text.at(passage.line_of(found)), day
