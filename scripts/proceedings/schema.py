"""The words that content must spell exactly: front matter keys, anchors, markers, file names, status values.

They are Vietnamese without marks, so that they can be typed anywhere; they occur in code only here.
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
REGISTERS = (CITED_DOCUMENTS, ABBREVIATIONS)  # of the volume: what they name is what they are there for
THEMES = f"{ANNEX_FOLDER}/chu-de.md"
GUIDE_FOLDER = "bien-tap"
SPEECH_TEMPLATE = f"{GUIDE_FOLDER}/mau-tham-luan.md"
REVIEWERS = f"{GUIDE_FOLDER}/nguoi-duyet.md"
SPEECH_TEMPLATE_TITLE = "Mẫu tham luận"  # it is a speech, whose title stands in no file
PICTURE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp"})
SERVER_FOLDER = "may-chu"  # of the site
RESERVED = frozenset({"assets", "search", SERVER_FOLDER, "404.md"})  # where the site has files of its own, at its top


# --- Status of a text -------------------------------------------------------
class Status(StrEnum):
    """How far a text has come: outline, delivered, approved."""

    OUTLINE = "de-cuong"
    DELIVERED = "da-nop"
    APPROVED = "da-duyet"

    @property
    def label(self) -> str:
        """What readers see."""
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
# Keys whose values print shows: only these travel with a text that is attached to its PDF. A new key is listed here if
# readers of the PDF may see its value.
PRINTED_KEYS = frozenset({STATUS, PRESENTER, POST, MINUTES, OUTSIDE_PLAN, UNIT, TOPIC, PARENT_BODY, ISSUING_BODY,
                          AGENDA_START, AGENDA_END, AGENDA_DEFAULT_MINUTES, AGENDA_ITEMS})
PRINTED_ITEM_KEYS = frozenset({ITEM_TITLE, ITEM_MINUTES, ITEM_SPEECHES, ITEM_BY})


# --- Anchors of the plan ----------------------------------------------------
class Anchor(StrEnum):
    """The plan's sections, as `{#…}` names them."""

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


# --- Words with a meaning to the reader of the plan --------------------------
PROVISIONAL = "dự kiến"
HONORIFIC = "Đồng chí"
COLLECTIVE = "Các"
DEADLINE = re.compile(r"(?:trước|chậm nhất(?: là)?|đến)\s+ngày\s+(\d{1,2}/\d{1,2}/\d{4})", re.IGNORECASE)

# --- Columns that the register of cited documents may have beside its five ------
EFFECTIVE_FROM = "Hiệu lực từ"
ENDED_ON = "Hết hiệu lực"
REPLACED_BY = "Thay thế bởi"
EFFECT_COLUMNS = (EFFECTIVE_FROM, ENDED_ON, REPLACED_BY)

# --- Markers and blanks -------------------------------------------------------
MARKER = re.compile(r"^<!--[ \t]*bang:[ \t]*([a-z0-9-]+)[ \t]*-->[ \t]*$", re.MULTILINE)
ANY_MARKER = re.compile(r"<!--\s*(?:bang\b|bảng\s*:)[\s:]*(.*?)(?:-->|$)",  # the name, with spaces behind it
                        re.IGNORECASE | re.MULTILINE)
BLANK = re.compile(r"\[(?:…|\.\.\.)[^\]\[]*\]")  # three dots are what most keyboards type

# An exemption from a rule, with its reason: in a comment, in front matter behind "#".
EXEMPTION = re.compile(r"ngoai-le:[ \t]*([a-z0-9-]+)[ \t]*:[ \t]*(\S.*)")
EXEMPTION_SIGN = re.compile(r"[Nn][Gg][Oo][AaẠạ][Ii][ -]?[Ll][EeỆệ]")  # quickly sought; the next two have it
EXEMPTION_COMMENT = re.compile(r"<!--[ \t]*(ngo(?:ai|ại)[ -]?l[eệ]\b.*?)(?:-->|$)", re.IGNORECASE | re.MULTILINE)
EXEMPTION_VALUE = re.compile(r"(?:^|[ \t])#[ \t]*(ngo(?:ai|ại)[ -]?l[eệ]\b.*)$", re.IGNORECASE | re.MULTILINE)


class Table(StrEnum):
    """The derived tables that a marker can ask for."""

    AGENDA = "chuong-trinh"
    SPEECHES = "tham-luan"
    PROGRESS = "tien-do"
    SUMMARY = "tom-tat"
    UNITS = "don-vi"
    NOTES = "ghi-chu"
    RULES = "quy-tac"


# --- HTML in Markdown: all else in angle brackets is text ------------------------
LINE_BREAK = re.compile(r"(?i:<br ?/?>)")  # handed on as a pattern, which takes no flags along
COMMENT = re.compile(r"<!--(?s:.)*?-->")

# --- Anchors: `{#name}`; any other words in braces are text, so that content can set no class ----------
# Ids that templates and scripts of the site find their own elements by. No id of theirs with two hyphens side by side
# need be listed, for no anchor and no heading can have such an id.
RESERVED_IDS = frozenset("""
    here menu news-title progress-title search-found search-help search-words tip
""".split())
ATTRIBUTES = (rf"\{{:?[ ]*(#(?!(?:{'|'.join(sorted(RESERVED_IDS))})[ ]*\}})"
              r"[a-z0-9]+(?:[_-][a-z0-9]+)*)[ ]*\}")
# What is meant as attributes: words in braces behind ":", "#" or ".".
ANY_ATTRIBUTES = re.compile(r"\{(?::[^{}\n]*|[ ]*[#.][^\W\d][^{}\n]*)\}")

# --- Characters that Python-Markdown and its extensions set marks of their own with; spaces take their place ----
MARKS = "\x01\x02\x03\x04"

# --- Boxes: `!!! note "Title"` with lines indented by four spaces below ------------------------------
# The kinds, each with the title that a box without one has.
BOXES = {"note": "Ghi chú", "info": "Thông tin", "tip": "Gợi ý", "warning": "Lưu ý"}
BOX = rf'!!! ({"|".join(BOXES)})(?: +"(.*?)")? *'
# What is meant as a box, also in the syntax of other Markdown extensions.
ANY_BOX = re.compile(rf'!!!.*|\?\?\?\+? +(?:[\w-]+(?: +[\w-]+)* +".*"|(?:{"|".join(BOXES)})) *')

# --- Footnotes: a call `[^1]`, and the note at the start of a line, `[^1]: words` --------------------
NOTE_CALL = r"\[\^([^\]\s]+)\]"
ANY_NOTE_CALL = re.compile(r"\[\^[^\]\n]*\]|\^\[[^\]\n]+\]")  # also Pandoc's inline notes
NOTE = r"^[ ]{0,3}\[\^([^\]\s]+)\]:[ ]*(.*)$"

# --- Code: three signs, and the language's name or nothing behind them --------------------------------
FENCE = re.compile(r"(?:`{3,}|~{3,})[ \t]*(?![\w#.+-]*[ \t]*$)(.*)")  # with more than that

# --- Secrecy ------------------------------------------------------------------
SECRECY_LEVELS = ("TUYỆT MẬT", "TỐI MẬT", "MẬT")
