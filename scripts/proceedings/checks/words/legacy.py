"""Rule on mojibake from legacy encodings, which cannot be fixed by a font."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from proceedings.checks.engine.registry import rule
from proceedings.checks.engine.walk import ALL, Text
from proceedings.problems import MOST_LINES, Problem, Severity, in_lines
from proceedings.text.shown import coded

# --- Traces of each encoding -----------------------------------------------------------
# These sequences never occur in Vietnamese and foreign names, so one is sufficient.
_SIGNS = {
    "lost": r"\ufffd",
    "font": r"[\ue000-\uf8ff]",
    # UTF-8 read as Latin-1 or CP1252 ("Ä‘", "á»™", "Æ°"), or as Mac Roman.
    "utf8": (r"[áÁ]º[^\s\w]|áº[\w¡-¿]|á»[\x80-\x9f‚ƒ„†‡ˆ‰Š‹Œ‘“•˜™š›œžŸ¡-¿€]|Ã[\x80-\x9f¡-¿ƒ€]|Ä[\x80-\x9f‘’ƒ]|Æ[°¡¯]"
             r"|â€[\x80-\x9f“”˜™œž¦¢]|·∫|·ª|∆[∞°]"),
    # TCVN3 and VISCII read as Latin-1: symbols and capitals within lower-case letters ("®iÒu", "c¸c", "ViÖt", "§éc").
    "tcvn3": (r"(?<!\w)®[a-zà-ÿ¨-¬µ-¾]|[a-z®][µ¸](?!\d)|[a-z][¨©ª¬®¹¶§¥¤¦][a-z]|[a-z][ÆÇËÎÏÑÖØÜÞÐÄ](?![A-ZÀ-Þ\d])"
              r"|(?<!\w)§[a-zà-ÿ¶µ·¸¹][a-zà-ÿ]"),
    # VNI: "ươ" is always "öô".
    "vni": r"[oO]?öô|ÖÔ",
    # A combining mark alone, or on a letter that already has one.
    "mark": r"[aeiouyà-ỹ][\u0300-\u0303\u0306\u0309\u031b\u0323]|(?<!\w)[\u0300\u0301\u0303\u0309\u0323]",
}
_DEBRIS = re.compile("|".join(f"(?P<{name}>{signs})" for name, signs in _SIGNS.items()))
# Other VNI syllables look like foreign names ("Loïc"), but two of them on one line do not.
_VNI_WORD = re.compile(r"(?<![\w-])(?:ngh?|[ckpt]h|tr|g[hi]|qu|[bcdghklmnñpqrstvx])?[uoiy]?[aeouyôö][øûïåäëü][aeiouy]?"
                       r"(?:ch?|ng?|nh|[mptiyou])?(?![\w-])", re.IGNORECASE)
_STRANGE = re.compile("[\x80-\xbfÄ-ÇËÎÏÐÑÖØÛÜÞßäåæçëîïðñöøûüþÿ€ƒ∫ª∆\u0300-\u036f\ue000-\uf8ff\ufffd]")
_KINDS = {"lost": "chữ đã mất khi chuyển mã (U+FFFD)", "font": "ký tự của phông riêng như Symbol, Wingdings",
          "utf8": "chữ UTF-8 bị đọc bằng bảng mã khác", "tcvn3": "chữ theo bảng mã cũ như TCVN3 (phông .VnTime)",
          "vni": "chữ theo bảng mã cũ VNI (phông VNI-Times)", "mark": "dấu rời không ghép được vào chữ"}


@rule("vo-chu", Severity.BLOCKING, ALL)
def legacy_encoding(texts: Iterable[Text]) -> Iterator[Problem]:
    """Chữ bị vỡ vì bảng mã cũ hoặc chuyển mã sai; không phông nào hiện đúng được.

    Thường do chép từ tệp Word cũ gõ bằng phông .VnTime, VNI-Times, hoặc mở tệp bằng sai bảng mã.

    Sai: `Céng hoµ x· héi`, `Coäng hoøa xaõ hoäi`, `Cá»™ng hÃ²a`.
    Đúng: `Cộng hòa xã hội`; chuyển tệp gốc sang Unicode bằng bộ gõ (mục "Chuyển mã") rồi chép lại.
    """
    for text in texts:
        written = text.passages if _STRANGE.search(text.markdown) else ()
        in_code = ((piece.line, piece.text) for piece in coded(text.document, text.shown()))
        pieces = dict.fromkeys((*((passage.line, passage.words) for passage in written), *in_code))
        found = [(line, *debris) for line, words in pieces if (debris := debris_of(words))]
        for kind in dict.fromkeys(kind for _, kind, _ in found):
            if kind == "font" and text.printed:  # reported with the other unprintable characters
                continue
            first, *more = [line for line, other, _ in found if other == kind]
            word = next(word for _, other, word in found if other == kind)
            told = f" và {len(more)} chỗ khác ({in_lines(more[:MOST_LINES], len(more))})" if more else ""
            yield text.at(first).problem(
                f"\"{word}\"{told} là {_KINDS[kind]}; hãy chuyển tệp gốc sang Unicode rồi chép lại, hoặc gõ lại.",
                kind=kind, others=map(text.at, more[:MOST_LINES]), count=1 + len(more))


def debris_of(text: str) -> tuple[str, str] | None:
    """Return the kind of mojibake and the first word with it, or None."""
    if not _STRANGE.search(text):
        return None
    text = unicodedata.normalize("NFC", text)  # decomposed characters are reported by another rule
    found = _DEBRIS.search(text)
    if found and found.lastgroup:
        return found.lastgroup, _word_around(found)
    words = dict.fromkeys(match[0] for match in _VNI_WORD.finditer(text))
    return ("vni", next(iter(words))) if len(words) > 1 else None


def _word_around(found: re.Match[str]) -> str:
    before = found.string[max(0, found.start() - 12): found.start()]
    after = found.string[found.start(): found.end() + 12]
    return (before[before.rfind(" ") + 1:] + after.split(" ")[0]).strip() or found[0]
