"""Words as they look: without signs that show nothing, and with look-alikes of other scripts as Latin letters."""

import re
import unicodedata

# Anything but what Vietnamese is written with; looked for first, as most texts have none of it.
_ODD = re.compile("[^\t\n\x20-\x7e\u00a0-\u00ac\u00ae-\u024f\u0300-\u0303\u0306\u0309\u031b\u0323\u1ea0-\u1ef9"
                  "\u2010-\u2027]")
_BREAKS = dict.fromkeys(map(ord, "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"), "\t")  # lines and pages end there to some
# Fillers that are letters or signs to Unicode and look like nothing.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
_MARKS = frozenset("\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323")  # that Vietnamese letters bear
_ALIKE = str.maketrans({
    **dict(zip("АВЕЅІЈКМНОРСТУҮХԌԚԜ", "ABESIJKMHOPCTYYXGQW", strict=True)),  # Cyrillic
    **dict(zip("авеѕіјкмнорстуүхԛԝ", "abesijkmhopctyyxqw", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ", "ABEZHIKMNOPTYXC", strict=True)),  # Greek
    **dict(zip("αικνορτυχϲ", "aikvoptuxc", strict=True)),
    **dict(zip("ᎪᎬᎷᎢᏔᎡᏚᏙᎻᏃᏞᏢ", "AEMTWRSVHZLP", strict=True)),  # Cherokee
    **dict(zip("ꓮꓰꓟꓔꓳꓲꓴꓬ", "AEMTOIUY", strict=True)),  # Lisu
    **dict(zip("ᴀᴇɪᴍᴏᴛᴜʏⅼ", "AEIMOTUYl", strict=True)),  # small capitals
    "ո": "n", "ս": "u", "օ": "o", "Օ": "O", "Տ": "S", "ӏ": "l", "ɑ": "a", "ı": "i", "Ɑ": "A",
    "\u0311": "\u0302", "\u1dcd": "\u0302", "\u0324": "\u0323",  # marks
})


def plain(text: str) -> str:
    """The text as it looks, in NFKC, with as many lines as before."""
    if not _ODD.search(text):
        return unicodedata.normalize("NFKC", text)
    letters = unicodedata.normalize("NFKD", text.translate(_BREAKS)).translate(_ALIKE)
    return unicodedata.normalize("NFC", "".join(filter(_is_seen, letters)))


def _is_seen(char: str) -> bool:
    if char.isascii():
        return char.isprintable() or char in "\t\n"
    category = unicodedata.category(char)
    if category in {"Mn", "Me"}:
        return char in _MARKS
    return category not in {"Cf", "Cc", "Cs", "Co", "Cn"} and char not in _BLANK
