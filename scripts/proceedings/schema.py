"""Strings that content must spell exactly: front matter keys, anchors, markers, file names, statuses.

They are Vietnamese without diacritics, so that they can be typed on any keyboard. Code refers to them only through
this module.
"""

import re
from enum import Enum, StrEnum, auto
from typing import Self

# --- Files under docs/ ------------------------------------------------------
HOME = "index.md"
PLAN = "ke-hoach.md"
AGENDA = "chuong-trinh.md"
REPORT = "bao-cao.md"
PROGRESS = "tien-do.md"
NOTES = "ghi-chu.md"
SPEECH_FOLDER = "tham-luan"
SPEECH_INDEX = f"{SPEECH_FOLDER}/index.md"
ANNEX_FOLDER = "phu-luc"
CITED_DOCUMENTS = f"{ANNEX_FOLDER}/van-ban.md"
ABBREVIATIONS = f"{ANNEX_FOLDER}/tu-viet-tat.md"
REGISTERS = (CITED_DOCUMENTS, ABBREVIATIONS)  # register pages; names listed here do not count as mentions
THEMES = f"{ANNEX_FOLDER}/chu-de.md"
GUIDE_FOLDER = "bien-tap"
SPEECH_TEMPLATE = f"{GUIDE_FOLDER}/mau-tham-luan.md"
REVIEWERS = f"{GUIDE_FOLDER}/nguoi-duyet.md"
SPEECH_TEMPLATE_TITLE = "Mẫu tham luận"  # the template is a speech, and speech files have no title of their own
PICTURE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp"})
SERVER_FOLDER = "may-chu"  # part of the published site
# Names at the site's root that the site itself uses.
RESERVED = frozenset({"assets", "search", SERVER_FOLDER, "404.md"})


# --- Status of a text -------------------------------------------------------
class Status(StrEnum):
    """Status of a text: outline, delivered or approved."""

    OUTLINE = "de-cuong"
    DELIVERED = "da-nop"
    APPROVED = "da-duyet"

    @property
    def label(self) -> str:
        """Vietnamese label shown to readers."""
        return {"de-cuong": "Đề cương", "da-nop": "Đã nộp", "da-duyet": "Đã duyệt"}[self.value]


# --- Front matter -----------------------------------------------------------
class Takes(Enum):
    """The type of a key's value, by which it is validated."""

    TEXT = auto()  # any words
    NAME = auto()  # a person's name, without title or post
    STATUS = auto()  # one of `Status`
    DAY = auto()  # a date
    MINUTES = auto()  # a whole number of minutes
    YES = auto()  # `YES` alone
    AGENDA = auto()  # validated by the reader of the agenda: a time of day, items, numbers of speeches


class Key(str):
    """A front matter key: name, type of value, and row of the guide's table in Markdown.

    `printed` is true if the value is printed; other keys are left out of the Markdown attached to PDFs.
    """

    def __new__(cls, name: str, takes: Takes, meaning: str, values: str, example: str = "", *,
                printed: bool = False) -> Self:
        """Create the string of the name with the other values as attributes."""
        key = super().__new__(cls, name)
        key.takes, key.meaning, key.values, key.example, key.printed = takes, meaning, values, example, printed
        return key

    takes: Takes
    meaning: str
    values: str
    example: str
    printed: bool


YES = "co"
REST = "con-lai"
BY_CHAIR = "chu-tri"
BY_STANDING_AGENCY = "thuong-truc"
_WORDS = "Chữ tự do"
_WHOLE_MINUTES = "Số nguyên từ 1 đến 240"
_IN_CONTENTS = "Tên ngắn trong mục lục"

# Keys of speeches, some of which the report may have as well.
STATUS = Key("trang-thai", Takes.STATUS, "Bài đã đến đâu. Bắt buộc", "`de-cuong`, `da-nop`, `da-duyet`", "`da-nop`",
             printed=True)
PRESENTER = Key("nguoi-trinh-bay", Takes.NAME, "Họ tên người trình bày. Bắt buộc khi đã nộp hoặc đã duyệt",
                'Chỉ họ tên: không kèm "Đồng chí", "Đ/c" hay chức vụ', "Nguyễn Văn A", printed=True)
POST = Key("chuc-vu", Takes.TEXT, "Chức vụ người trình bày", _WORDS, "Phó Giám đốc Sở Mẫu", printed=True)
DELIVERED_ON = Key("ngay-nop", Takes.DAY, "Ngày cơ quan nhận được bài. Bắt buộc khi đã nộp hoặc đã duyệt; để trống khi "
                   "còn đề cương", "Ngày/tháng/năm, theo [quy tắc số 0](quy-tac-van-ban.md#ngay-thang)", "05/6/2024")
MINUTES = Key("phut", Takes.MINUTES, "Số phút trình bày. Chỉ ghi khi khác số phút chung của chương trình",
              _WHOLE_MINUTES, "`10`", printed=True)
OUTSIDE_PLAN = Key("ngoai-phan-cong", Takes.YES, "Báo rằng Kế hoạch không phân công đơn vị này", "Chỉ có `co`", "`co`",
                   printed=True)
UNIT = Key("don-vi", Takes.TEXT, "Tên đơn vị, khớp với tên tệp", "Tên đầy đủ, có dấu", "Sở Công Thương", printed=True)
TOPIC = Key("noi-dung", Takes.TEXT, "Nội dung tham luận, in làm tên bài", "Một câu, không có dấu chấm cuối",
            "Bảo đảm hàng hóa thiết yếu cho nhân dân khi có thiên tai", printed=True)
# Keys of other pages and of the plan.
SHORT_TITLE = Key("ten-ngan", Takes.TEXT, f"{_IN_CONTENTS}; không có thì mục lục dùng tên trang", _WORDS, "Tiến độ")
PARENT_BODY = Key("co-quan-chu-quan", Takes.TEXT, "Cơ quan chủ quản, dòng trên", "Chữ in hoa như bản gốc",
                  "ỦY BAN NHÂN DÂN TỈNH MẪU", printed=True)
ISSUING_BODY = Key("co-quan-ban-hanh", Takes.TEXT, "Cơ quan ban hành, dòng dưới", "Chữ in hoa như bản gốc",
                   "BAN TỔ CHỨC HỘI NGHỊ MẪU", printed=True)
# Keys of the agenda and its items.
AGENDA_START = Key("bat-dau", Takes.AGENDA, "Giờ bắt đầu", "Giờ:phút", "`7:30`", printed=True)
AGENDA_END = Key("ket-thuc", Takes.AGENDA, "Giờ phải xong", "Giờ:phút", "`11:30`", printed=True)
AGENDA_DEFAULT_MINUTES = Key("phut-tham-luan", Takes.MINUTES, "Số phút chung cho mỗi tham luận", _WHOLE_MINUTES, "`8`",
                             printed=True)
AGENDA_ITEMS = Key("muc", Takes.AGENDA, "Các mục của chương trình", "Danh sách, xem ví dụ", printed=True)
ITEM_TITLE = Key("noi-dung", Takes.TEXT, "Tên mục. Bắt buộc", _WORDS, "Nghỉ giữa giờ", printed=True)
ITEM_MINUTES = Key("phut", Takes.MINUTES, "Số phút của mục", _WHOLE_MINUTES, "`15`", printed=True)
ITEM_SPEECHES = Key("tham-luan", Takes.AGENDA, "Những tham luận trình bày ở mục này, ghi thay cho `phut`",
                    "Một số; một khoảng; hoặc `con-lai`: tất cả bài chưa xếp, kể cả bài ngoài danh sách", "`1-7`",
                    printed=True)
ITEM_BY = Key("thuc-hien", Takes.TEXT, "Ai thực hiện. Có thể bỏ", "`chu-tri`: người chủ trì ghi trong Kế hoạch; "
              "`thuong-truc`: cơ quan thứ nhất ở mục V của Kế hoạch; hoặc chữ tự do", "`chu-tri`", printed=True)


def _in_contents(example: str) -> Key:
    return Key(SHORT_TITLE, Takes.TEXT, _IN_CONTENTS, _WORDS, example)


_OF_EVERY_SPEECH = (STATUS, PRESENTER, POST, DELIVERED_ON, MINUTES)
_OUTSIDE_PLAN = (OUTSIDE_PLAN, UNIT, TOPIC)
SPEECH_KEYS = (*_OF_EVERY_SPEECH, *_OUTSIDE_PLAN)
REPORT_KEYS = (STATUS, PRESENTER, POST, DELIVERED_ON, SHORT_TITLE)
AGENDA_KEYS = (_in_contents("Chương trình"), AGENDA_START, AGENDA_END, AGENDA_DEFAULT_MINUTES, AGENDA_ITEMS)
AGENDA_ITEM_KEYS = (ITEM_TITLE, ITEM_MINUTES, ITEM_SPEECHES, ITEM_BY)
PLAN_KEYS = (PARENT_BODY, ISSUING_BODY, _in_contents("Kế hoạch"))
PAGE_KEYS = (SHORT_TITLE,)
_AT_TOP = (*SPEECH_KEYS, *REPORT_KEYS, *AGENDA_KEYS, *PLAN_KEYS, *PAGE_KEYS)
ALL_KEYS = frozenset((*_AT_TOP, *AGENDA_ITEM_KEYS))
# Only these keys are attached to PDFs.
PRINTED_KEYS = frozenset(key for key in _AT_TOP if key.printed)
PRINTED_ITEM_KEYS = frozenset(key for key in AGENDA_ITEM_KEYS if key.printed)
_KEYS_BY_PATH = {PLAN: PLAN_KEYS, AGENDA: AGENDA_KEYS, REPORT: REPORT_KEYS, SPEECH_TEMPLATE: SPEECH_KEYS}


def is_speech(path: str) -> bool:
    """Return whether a Markdown file is a speech, from its path under docs/."""
    folder, _, name = path.rpartition("/")
    return folder == SPEECH_FOLDER and path != SPEECH_INDEX and name.lower().endswith(".md")


def known_keys(path: str) -> tuple[Key, ...]:
    """Return the allowed front matter keys of a document, by its path."""
    return _KEYS_BY_PATH.get(path, SPEECH_KEYS if is_speech(path) else PAGE_KEYS)


# --- Anchors of the plan ----------------------------------------------------
class Anchor(StrEnum):
    """Anchors (`{#…}`) of the plan's sections."""

    NUMBER = "so-ky-hieu"
    ISSUED_ON = "ngay-ban-hanh"
    KIND = "ke-hoach"
    SUBJECT = "trich-yeu"
    BASES = "can-cu"
    ENACTING = "noi-dung-ban-hanh"
    PURPOSE = "muc-dich"
    REQUIREMENTS = "yeu-cau"
    CONTENT = "noi-dung"
    TIME = "thoi-gian"
    VENUE = "dia-diem"
    CHAIR = "chu-tri"
    GUESTS = "khach-moi"
    SUMMONED = "trieu-tap"
    BACKDROP = "ma-ket"
    FORM = "to-chuc"
    METHOD = "phuong-phap"
    TASKS = "to-chuc-thuc-hien"
    ASSIGNMENTS = "phan-cong-tham-luan"
    OTHER_UNITS = "cac-don-vi-con-lai"
    CLOSING = "ket-thuc"
    RECIPIENTS = "noi-nhan"
    SIGNATURE = "chu-ky"


# --- Words of the plan that are interpreted --------------------------------
PROVISIONAL = "dự kiến"
HONORIFIC = "Đồng chí"
COLLECTIVE = "Các"

# --- Optional columns of the register of cited documents --------------------
EFFECTIVE_FROM = "Hiệu lực từ"
ENDED_ON = "Hết hiệu lực"
REPLACED_BY = "Thay thế bởi"
EFFECT_COLUMNS = (EFFECTIVE_FROM, ENDED_ON, REPLACED_BY)

# --- Markers and blanks -------------------------------------------------------
MARKER = re.compile(r"^<!--[ \t]*bang:[ \t]*([a-z0-9-]+)[ \t]*-->[ \t]*$", re.MULTILINE)
# Group 1 is the name, possibly with trailing whitespace.
ANY_MARKER = re.compile(r"<!--\s*(?:bang\b|bảng\s*:)[\s:]*(.*?)(?:-->|$)",
                        re.IGNORECASE | re.MULTILINE)
BLANK = re.compile(r"\[(?:…|\.\.\.)[^\]\[]*\]")  # most keyboards produce three dots instead of "…"

# An exemption from a rule, with its reason: in a comment, or after "#" in front matter.
EXEMPTION = re.compile(r"ngoai-le:[ \t]*([a-z0-9-]+)[ \t]*:[ \t]*(\S.*)")
# Cheap test before the next two patterns, both of which contain it.
EXEMPTION_SIGN = re.compile(r"[Nn][Gg][Oo][AaẠạ][Ii][ -]?[Ll][EeỆệ]")
EXEMPTION_COMMENT = re.compile(r"<!--[ \t]*(ngo(?:ai|ại)[ -]?l[eệ]\b.*?)(?:-->|$)", re.IGNORECASE | re.MULTILINE)
EXEMPTION_VALUE = re.compile(r"(?:^|[ \t])#[ \t]*(ngo(?:ai|ại)[ -]?l[eệ]\b.*)$", re.IGNORECASE | re.MULTILINE)


class Table(StrEnum):
    """The derived tables that a marker can request."""

    AGENDA = "chuong-trinh"
    SPEECHES = "tham-luan"
    PROGRESS = "tien-do"
    SUMMARY = "tom-tat"
    UNITS = "don-vi"
    NOTES = "ghi-chu"
    RULES = "quy-tac"
    SPEECH_KEYS = "khoa-tham-luan"
    KEYS_OUTSIDE_PLAN = "khoa-ngoai-ke-hoach"
    AGENDA_KEYS = "khoa-chuong-trinh"
    AGENDA_ITEM_KEYS = "khoa-muc-chuong-trinh"
    PAGE_KEYS = "khoa-trang"
    PLAN_KEYS = "khoa-ke-hoach"


# Tables of keys in the editors' guide.
KEY_TABLES = {
    Table.SPEECH_KEYS: _OF_EVERY_SPEECH, Table.KEYS_OUTSIDE_PLAN: _OUTSIDE_PLAN, Table.AGENDA_KEYS: AGENDA_KEYS,
    Table.AGENDA_ITEM_KEYS: AGENDA_ITEM_KEYS, Table.PAGE_KEYS: PAGE_KEYS, Table.PLAN_KEYS: PLAN_KEYS,
}
# Inserted as Markdown before a page is rendered; others are rendered by templates.
MARKDOWN_TABLES = frozenset({Table.RULES, *KEY_TABLES})


# --- HTML in Markdown: anything in angle brackets except these is literal text ----
LINE_BREAK = re.compile(r"(?i:<br ?/?>)")  # flags inline, because the pattern is also used as part of others
COMMENT = re.compile(r"<!--(?s:.)*?-->")

# --- Anchors: `{#name}`; other text in braces is literal, so that content cannot set a class ----------
# Ids that templates and scripts of the site use for their own elements. Their ids with two consecutive hyphens need
# not be listed, because no anchor or heading can have such an id.
RESERVED_IDS = frozenset("""
    here menu news-title progress-title search-found search-help search-words tip
""".split())
ATTRIBUTES = (rf"\{{:?[ ]*(#(?!(?:{'|'.join(sorted(RESERVED_IDS))})[ ]*\}})"
              r"[a-z0-9]+(?:[_-][a-z0-9]+)*)[ ]*\}")
# Text that looks like attributes: words in braces after ":", "#" or ".".
ANY_ATTRIBUTES = re.compile(r"\{(?::[^{}\n]*|[ ]*[#.][^\W\d][^{}\n]*)\}")

# --- Characters that Python-Markdown and its extensions use as placeholders; replaced by spaces ----
MARKS = "\x01\x02\x03\x04"

# --- Boxes: `!!! note "Title"`, followed by lines indented by four spaces ------------------------------
# The kinds, each with its default title.
BOXES = {"note": "Ghi chú", "info": "Thông tin", "tip": "Gợi ý", "warning": "Lưu ý"}
BOX = rf'!!! ({"|".join(BOXES)})(?: +"(.*?)")? *'
# Text that looks like a box, also in the syntax of other Markdown extensions.
ANY_BOX = re.compile(rf'!!!.*|\?\?\?\+? +(?:[\w-]+(?: +[\w-]+)* +".*"|(?:{"|".join(BOXES)})) *')

# --- Footnotes: a reference `[^1]`, and the definition at the start of a line, `[^1]: words` ---------
NOTE_CALL = r"\[\^([^\]\s]+)\]"
ANY_NOTE_CALL = re.compile(r"\[\^[^\]\n]*\]|\^\[[^\]\n]+\]")  # also Pandoc's inline notes
NOTE = r"^[ ]{0,3}\[\^([^\]\s]+)\]:[ ]*(.*)$"

# --- Code: a fence of three characters, followed by the name of the language or nothing --------------
FENCE = re.compile(r"(?:`{3,}|~{3,})[ \t]*(?![\w#.+-]*[ \t]*$)(.*)")  # a fence followed by other text

# --- Secrecy ------------------------------------------------------------------
SECRECY_LEVELS = ("TUYỆT MẬT", "TỐI MẬT", "MẬT")
