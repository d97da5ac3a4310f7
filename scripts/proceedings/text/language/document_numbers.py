"""Numbers of Vietnamese documents: "21/2034/NĐ-CP", "301/KH-BTC", "12-NQ/TW", "59/2034/QH16".

`PIECES` is the only definition of document numbers. It includes numbers with spaces, without symbol or with a blank
serial, for the rules that report them. All repetitions are bounded, so that a text is searched in linear time.
"""

import re
from types import MappingProxyType

from proceedings.text.language.grammar import Grammar, Piece, expression

PIECES: Grammar = MappingProxyType({
    # --- Well-formed numbers ---
    "serial": Piece(r"\d{1,6}[a-z]?", "21a"),
    "year": Piece(r"\d{4}", "2034"),
    "sign": Piece(r"[A-ZĐÂÊÔƠƯĂ][^\W\d_]{0,11}\d{0,3}", "UBTVQH15"),  # the kind of document, or its issuer
    "joint": Piece(r"[-–/&]", "-"),
    "symbol": Piece(r"<sign>(?:<joint><sign>){0,5}", "TTLT-BTT-BĐS"),
    "of_the_state": Piece(r"<serial>/(?:<year>/)?<symbol>", "21/2034/NĐ-CP"),
    "of_the_party": Piece(r"<serial>[-–]<sign>/<symbol>", "12-NQ/TW"),
    "number": Piece(r"(?:<of_the_state>|<of_the_party>)(?!\w)", "99/QĐ-UBND"),
    "announcing": Piece(r"(?i:số)", "Số"),
    # --- Numbers with typing errors ---
    "slash": Piece(r"\s?/\s?", " / "),
    "dash": Piece(r"\s?[-–]\s|\s[-–]\s?", " - "),  # a hyphen with an adjacent space
    "typed_symbol": Piece(r"<sign>(?:<dash>[A-ZĐ]{2}\w{0,8})?(?:<joint><sign>){0,5}", "NĐ - CP"),
    "typed": Piece(r"(?<![\w/.,–-])<serial>(?:(?:<slash>(?P<year><year>))?<slash>(?P<symbol><typed_symbol>)"
                   r"|[-–](?P<party><sign>/<symbol>))(?!\w)", "21 / 2034 / NĐ - CP"),
    # --- Incomplete numbers ---
    "without_symbol": Piece(r"<serial>(?:/<year>)?", "21/2034"),
    "placeholder": Piece(r"…|[._]{2,10}", "…"),
    "blank": Piece(r"(?<!\w)<announcing>\s{0,3}:?\s{0,3}<placeholder>?\s?/(?:<year>/)?<symbol>", "số …/QĐ-UBND"),
    # --- The line with a document's own number; a draft leaves the serial blank ---
    "own": Piece(r"Số:\s*(?:(?P<number>[\w.]+(?:-<sign>)?)|-<sign>)?\s*/\s*(?P<symbol>\S+)", "Số: 12/KH-BTC"),
    "own_blank": Piece(r"Số:\s*(?=/|-<sign>/)", "Số: /KH-BTC"),
    # --- Anything that begins like a number ---
    "numberlike": Piece(r"(?<![\w/-])(?:\d[\w-]*)?(?:/[\w-]+)+", "12/2034-UBND"),
})

TYPED = re.compile(expression(PIECES, "<typed>"))
BLANK = re.compile(expression(PIECES, "<blank>"))
OWN = re.compile(expression(PIECES, "<own>"))
OWN_BLANK = expression(PIECES, "<own_blank>")
NUMBER = expression(PIECES, "<number>")
WITHOUT_SYMBOL = expression(PIECES, "<without_symbol>")
NUMBERLIKE = expression(PIECES, "<numberlike>")
