"""Strings that content must spell exactly: front matter keys, anchors, markers, file names, statuses.

They are Vietnamese without diacritics, so that they can be typed on any keyboard. Code refers to them only through
this module.
"""

import re
from enum import StrEnum

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
STATUS = "trang-thai"
PRESENTER = "nguoi-trinh-bay"
POST = "chuc-vu"
DELIVERED_ON = "ngay-nop"
MINUTES = "phut"
OUTSIDE_PLAN = "ngoai-phan-cong"
UNIT = "don-vi"
TOPIC = "noi-dung"
SHORT_TITLE = "ten-ngan"
PARENT_BODY = "co-quan-chu-quan"
ISSUING_BODY = "co-quan-ban-hanh"
AGENDA_START = "bat-dau"
AGENDA_END = "ket-thuc"
AGENDA_DEFAULT_MINUTES = "phut-tham-luan"
AGENDA_ITEMS = "muc"
ITEM_TITLE = "noi-dung"
ITEM_MINUTES = "phut"
ITEM_SPEECHES = "tham-luan"
ITEM_BY = "thuc-hien"
YES = "co"
REST = "con-lai"
BY_CHAIR = "chu-tri"
BY_STANDING_AGENCY = "thuong-truc"

REPORT_KEYS = (STATUS, PRESENTER, POST, DELIVERED_ON, SHORT_TITLE)
SPEECH_KEYS = (STATUS, PRESENTER, POST, DELIVERED_ON, MINUTES, OUTSIDE_PLAN, UNIT, TOPIC)
AGENDA_KEYS = (SHORT_TITLE, AGENDA_START, AGENDA_END, AGENDA_DEFAULT_MINUTES, AGENDA_ITEMS)
AGENDA_ITEM_KEYS = (ITEM_TITLE, ITEM_MINUTES, ITEM_SPEECHES, ITEM_BY)
PLAN_KEYS = (SHORT_TITLE, PARENT_BODY, ISSUING_BODY)
PAGE_KEYS = (SHORT_TITLE,)


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
DEADLINE = re.compile(r"(?:trước|chậm nhất(?: là)?|đến)\s+ngày\s+(\d{1,2}/\d{1,2}/\d{4})", re.IGNORECASE)

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
