"""Mapping of letters that look Latin to plain Latin letters; invisible characters are removed.

The table contains only the letters of the levels of secrecy (A, E, I, M, O, T, U, Y); the rules in `characters`
report letters of other scripts in general.
"""

import re
import unicodedata

# Cyrillic, Greek, Armenian, Cherokee, Coptic, Lisu letters and variant Latin letters, by the letter they resemble.
_LIKE = {
    "A": "АΑᎪⲀꓮᴀȺ🅐🅰🇦", "a": "аαɑⲁ", "E": "ЕΕᎬⲈꓰᴇ🅔🅴🇪", "e": "еҽⲉ", "I": "ІΙӀⲒꓲɪ🅘🅸🇮", "i": "іιɩıⲓӏ",
    "M": "МмΜϺᎷⲘⲙꓟᴍⱮṂṀḾ🅜🅼🇲", "m": "ɱṃṁḿ", "O": "ОΟՕⲞꓳᴏ🅞🅾🇴", "o": "оοօⲟ",
    "T": "ТтΤτᎢⲦⲧꓔᴛŦƬȾṬṪŢŤṰṮ🅣🆃🇹", "t": "ŧƭṭṫţťṱṯ", "U": "ՍꓴᴜɄ🅤🆄🇺", "u": "սʋ", "Y": "УΥҮⲨꓬʏ🅨🆈🇾", "y": "уүγⲩ",
}
_TWINS = str.maketrans({odd: plain for plain, letters in _LIKE.items() for odd in letters})
# Fillers and joiners, variation selectors, and combining marks other than those of Vietnamese.
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff9-\ufffc\U000e0000-\U000e01ef"
    "\u0304\u0305\u0307\u0308\u030a-\u031a\u031c-\u0322\u0324-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f")
_ANY_UNSEEN = re.compile(f"[{_UNSEEN}]")
_ODD = re.compile(f"[{_UNSEEN}{''.join(_LIKE.values())}]")
# Characters other than Vietnamese letters, punctuation and spaces; texts without them need no mapping.
_UNUSUAL = re.compile(
    "[^\x00-\xa9\xab\xac\xae-\xb9\xbb-\u0130\u0132-\u0163\u0168-\u017e\u0180-\u01bf\u1ea0-\u1ef9\u2010-\u2026]")


def plain_letters(text: str) -> str:
    """Return the text in plain Latin letters (NFKC), without invisible characters."""
    if text.isascii() or not _UNUSUAL.search(text):
        return text
    text = unicodedata.normalize("NFKC", text)
    if not _ODD.search(text):
        return text
    return unicodedata.normalize("NFKC", _ANY_UNSEEN.sub("", text).translate(_TWINS))
