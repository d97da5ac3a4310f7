"""What no line may break: document numbers, dates, and numbers with what they count or name.

Browsers and Pango would break them at spaces, "/" and "-". Pieces are short, or justified lines would gape; every
repeat is bounded, so that no text takes long to search.
"""

import re
from collections.abc import Iterator
from types import MappingProxyType

from proceedings.text.language import dates, document_numbers
from proceedings.text.language.grammar import Grammar, Piece, either, expression

LONGEST = 36  # letters: what is longer, as no number or date is, breaks like any other text
_LETTERS = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệfghiìíỉĩịjklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvwxyỳýỷỹỵz"
_UNITS = """
    năm, tháng, quý, tuần, ngày, đêm, giờ, phút, giây, buổi, tuổi, thế kỷ, %, ‰, °C, mm, cm, dm, m, km, m², km², m³, ha,
    g, kg, yến, tạ, tấn, lít, đồng, nghìn, triệu, tỷ, nghìn đồng, triệu đồng, tỷ đồng, nghìn tỷ đồng, lần, lượt, đợt,
    lượt người, người, đồng chí, cán bộ, chiến sĩ, đại biểu, hộ, gia đình, cơ quan, đơn vị, tỉnh, thành phố, huyện,
    quận, thị xã, xã, phường, thị trấn, thôn, bản, xóm, tổ, đội, lớp, trường, cuộc, vụ, việc, bài, cuốn, bộ, chiếc,
    trang, điểm, mục, điều, khoản, chương, sở, ngành, phòng
""".replace("\n", " ").split(",")
_TIMES = "năm|tháng|quý|tuần|ngày"
_PARTS = r"chương|mục|phần|phụ\slục|bảng|biểu|hình|số|tr\.|trang|thứ|lần|đợt|kỳ|khóa|tập|lớp|tổ|đội"
_ANY_UNIT = "|".join(r"\s".join(unit.split()) for unit in sorted(_UNITS, key=len, reverse=True))


PIECES: Grammar = MappingProxyType({
    # --- Parts of pieces ---
    "document": Piece(expression(document_numbers.PIECES, "<number>"), "12/2034/NĐ-CP"),
    "date": Piece(expression(dates.PIECES, "<numeric>") + r"(?!\d)", "05/4/2034"),
    "fraction": Piece(r"(?<!/)" + expression(dates.PIECES, "<day_month>"), "1/2"),
    "year": Piece(expression(dates.PIECES, "<year>") + r"(?!\d)", "2034"),
    "capital": Piece(f"[{_LETTERS.upper()}]", "Đ"),
    "small": Piece(f"[{_LETTERS}]", "đ"),
    "to": Piece(r"\s?[-–]\s?", " - "),
    "end": Piece(r"(?![\w/]|[.,]\d|-[A-ZĐ])", ""),  # the number is not the head of a citation, a date, a decimal
    "figures": Piece(r"\d(?:[\d.,]{0,14}\d)?", "1.234,5"),
    "amount": Piece(r"(?<!\d[.,/])<figures>(?:<to><figures>)?", "3 - 5"),
    "decimal": Piece(r"\d{1,4}(?:\.\d{1,2}){0,2}", "2.1"),
    "roman": Piece(r"[IVXLCDM]{1,7}", "VI"),
    "ordinal": Piece(r"(?:<decimal>|<roman>)(?:/\d{4})?<end>", "7/2034"),
    "ordinals": Piece(r"<ordinal>(?:<to><ordinal>)?", "2032 - 2035"),
    "unit": Piece(rf"(?i:{_ANY_UNIT})(?!\w)", "triệu đồng"),
    "time": Piece(f"(?i:{_TIMES})", "tháng"),
    "part": Piece(f"(?i:{_PARTS})", "Phụ lục"),
    "counted": Piece(r"\s(?:<time>\s<ordinal>|<unit>)", " năm 2034"),
    "point": Piece(r"(?i:điểm)\s[a-xđ]\)?(?!\w)", "điểm đ"),
    "clause": Piece(r"(?i:khoản|điều)\s\d{1,3}[a-zđ]?<end>", "Điều 12a"),
    "of_law": Piece(r"<point>|<clause>", "khoản 2"),
    "starting": Piece(r"(?i:ngày|khoản|điều)\s", "ngày "),  # begins a piece of its own, is no second word of a name
    "title": Piece(r"<capital><small>{0,6}(?:\s(?!<starting>)<small>{1,7})?", "Trung đoàn"),
    "heading": Piece(r"<capital>{1,7}(?:\s(?!<starting>)<capital>{1,7})?", "QUÂN KHU"),
    # --- Pieces that begin with a figure ---
    "hour": Piece(r"\d{1,2}\s(?i:giờ)(?:\s\d{2}(?!\d)(?:\s(?i:phút))?)?(?!\w)", "8 giờ 00"),
    "count": Piece(r"(?:<amount>|<fraction>)<counted>", "1/2 ngày"),
    "plain_date": Piece(r"(?<!/)<date>", "05/4/2034"),
    "years": Piece(r"(?<!/)\d{4}<to><year>", "2032 - 2035"),  # or a line would begin as the item of a list does
    # --- Pieces that begin with a word ---
    "announced": Piece(r"(?i:số)\s<document>", "số 12/2034/NĐ-CP"),
    "day": Piece(r"(?i:ngày)\s<date>", "ngày 05/4/2034"),
    # A draft's blanks stay side by side, for `official` makes room between them; a whole date may break at its year.
    "day_and_month": Piece(r"(?i:ngày)\s{1,9}(?:\d{1,2}\s)?(?i:tháng)\s{1,9}(?:\d{1,2}(?!\d)|(?i:năm)\s<year>)",
                           "ngày 05 tháng 4"),
    "law": Piece(r"<of_law>(?:,?\s<of_law>){0,2}", "điểm a khoản 2 Điều 103"),
    "time_named": Piece(r"<time>\s<ordinals>", "tháng 7/2034"),
    "part_named": Piece(r"<part>\s<ordinals><counted>?", "mục VI"),
    "numbered": Piece(r"(?:<title>|<heading>)\s<ordinals><counted>?", "Quân khu 2"),
    "short_form": Piece(r"[A-ZĐ]{2,10}(?:-[A-ZĐ]{2,10}){1,5}\b", "KT-XH"),
})
# The first that fits at a place wins, so what holds a number whole stands before what would take its beginning.
_FROM_A_FIGURE = ("document", "plain_date", "hour", "count", "years")
_FROM_A_WORD = ("announced", "day", "day_and_month", "law", "time_named", "part_named", "numbered", "short_form")
_FIRST = f"[{_LETTERS.upper()}]|{_TIMES}|{_PARTS}|điểm|khoản|điều"  # the words that pieces begin with


def compiled(pieces: Grammar) -> re.Pattern[str]:
    """The pattern that finds the pieces.

    It looks only where a figure, a capital or one of the first words begins, which keeps the search short.
    """
    return re.compile(rf"(?<!\w)(?:(?=\d)(?:{either(pieces, _FROM_A_FIGURE)})"
                      rf"|(?={_FIRST})(?:{either(pieces, _FROM_A_WORD)}))")


_UNBREAKABLE = compiled(PIECES)


def unbreakable(text: str) -> Iterator[re.Match[str]]:
    """The pieces of a text that no line may break, in order."""
    return (found for found in _UNBREAKABLE.finditer(text) if len(found[0]) <= LONGEST)
