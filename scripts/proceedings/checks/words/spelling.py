"""Rules on spelling: wrong words, doubled words, position of tone marks, preferred forms."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from proceedings.checks.engine.prose import Correction, corrections
from proceedings.checks.engine.registry import rule
from proceedings.checks.engine.walk import OWN_WORDS, VOLUME, Passage, Text
from proceedings.conference.mentions import alternatives, plain, whole
from proceedings.problems import Problem, Severity
from proceedings.text.slugs import TONES, small

_DATA = Path(__file__).parent
_WORD = re.compile(r"[^\W_]+")


def _smalls(words: str) -> list[str]:
    return list(map(small, _WORD.findall(words)))


def _has_pair(passage: Passage, pairs: frozenset[tuple[str, str]]) -> bool:
    """Return whether any of these pairs of words stands in a passage."""
    return not pairs.isdisjoint(pairwise(passage.small))


# --- Wrong pairs ------------------------------------------------------------------
@dataclass(frozen=True)
class WordPair:
    """Words that are always wrong, the right ones, the reason, and right phrases that contain them."""

    wrong: str
    right: str
    why: str
    spared: tuple[str, ...] = ()


def _lines(name: str) -> list[str]:
    lines = (_DATA / name).read_text("utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def _pair(line: str) -> WordPair:
    words, why, *rest = (part.strip() for part in line.split("|"))
    wrong, _, right = (part.strip() for part in words.partition("→"))
    spared = rest[0].removeprefix("trừ:").split(";") if rest else []
    return WordPair(wrong, right, why, tuple(phrase.strip() for phrase in spared))


WORD_PAIRS = tuple(map(_pair, _lines("word_pairs.txt")))
_BY_WRONG = {pair.wrong: pair for pair in WORD_PAIRS}
# A right phrase that contains wrong words is matched instead of them, because it is longer or begins earlier.
_PAIR = re.compile(whole((*_BY_WRONG, *(phrase for pair in WORD_PAIRS for phrase in pair.spared))), re.IGNORECASE)
_SINGLE = frozenset(_smalls(wrong)[0] for wrong in _BY_WRONG if len(_smalls(wrong)) == 1)
_PAIRS_OF = tuple(pairs for wrong in _BY_WRONG if (pairs := frozenset(pairwise(_smalls(wrong)))))
_ANY_PAIR = frozenset[tuple[str, str]]().union(*_PAIRS_OF)


@rule("sai-chinh-ta", Severity.ADVISORY, VOLUME)
def misspelt_words(texts: Iterable[Text]) -> Iterator[Problem]:
    """Từ viết sai thường gặp trong văn bản hành chính.

    Danh sách ở tệp `scripts/proceedings/checks/words/word_pairs.txt`; mỗi cặp có lý do.

    Sai: "thể trận", "chủ chương", "sử lý", "bổ xung".
    Đúng: "thế trận", "chủ trương", "xử lý", "bổ sung".
    """
    yield from corrections(texts, _PAIR, _misspelt, _may_be_misspelt)


def _may_be_misspelt(passage: Passage) -> bool:
    found = _ANY_PAIR.intersection(pairwise(passage.small))
    return (bool(found) and any(map(found.issuperset, _PAIRS_OF))) or not _SINGLE.isdisjoint(passage.small)


def _misspelt(found: re.Match[str]) -> Correction | None:
    pair = _BY_WRONG.get(plain(found[0]).lower())
    return Correction(_cased(pair.right, found[0]), f"là viết sai, {pair.why}") if pair else None


def _cased(right: str, like: str) -> str:
    """Return the right words in capitals or with a capital, as the wrong ones are."""
    if like.isupper():
        return right.upper()
    return right[0].upper() + right[1:] if like[0].isupper() else right


# --- Doubled words ----------------------------------------------------------------
_NEVER_DOUBLED = _lines("never_doubled.txt")
_DOUBLED = re.compile(rf"(?<!\w)({alternatives(_NEVER_DOUBLED)})(?:\s+\1)+(?!\w)", re.IGNORECASE)
_MEETING = frozenset((_smalls(words)[-1], _smalls(words)[0]) for words in _NEVER_DOUBLED)


@rule("lap-chu", Severity.ADVISORY, VOLUME)
def doubled_words(texts: Iterable[Text]) -> Iterator[Problem]:
    """Một từ gõ hai lần liền nhau, kể cả khi lần thứ hai ở đầu dòng sau.

    Danh sách từ ở tệp `scripts/proceedings/checks/words/never_doubled.txt`; từ láy như "ngày ngày" và chỗ hai từ gặp
    nhau như "Ủy ban ban hành" không bị nhắc.

    Sai: "kết quả của của các đơn vị".
    Đúng: "kết quả của các đơn vị".
    """
    yield from corrections(texts, _DOUBLED, lambda found: Correction(found[1], "bị lặp"),
                           lambda passage: _has_pair(passage, _MEETING))


# --- Position of tone marks -------------------------------------------------------
_FIRST, _SECOND = r"[óòỏõọ][ae]|[úùủũụ]y", r"o[áàảãạéèẻẽẹ]|u[ýỳỷỹỵ]"
_LETTER = r"[^\W\d_]"
_START = rf"(?<!\w)(?:(?!q){_LETTER}){{0,3}}"
# Two final vowels may be marked in either style; before a final consonant, and after "qu" and "gi", in one only.
_OPEN = re.compile(rf"{_START}(?P<pair>{_FIRST}|{_SECOND})(?!\w)", re.IGNORECASE)
_MARKED = re.compile(rf"{_OPEN.pattern}|{_START}(?P<closed>[óòỏõọ][ae]){_LETTER}{{1,2}}(?!\w)"
                     rf"|(?<!\w)(?P<onset>q[úùủũụ][aeiyâêơă]|g[íìỉĩị][aeouâêôơưă]){_LETTER}{{0,3}}(?!\w)",
                     re.IGNORECASE)
_NAME_BEFORE = re.compile(rf"({_LETTER}+)[ ]$")
_NAME_AFTER = re.compile(rf"[ ]({_LETTER}+)")
_NO_NAME = {"uỷ", "ủy"}  # "UỶ BAN", "Các Uỷ viên"; other words with a capital may be names


@rule("dat-dau-thanh", Severity.ADVISORY, VOLUME)
def tone_mark_misplaced(texts: Sequence[Text]) -> Iterator[Problem]:
    """Dấu thanh đặt khác cách đặt của Kế hoạch, hoặc đặt sai chữ.

    Cả tập theo một kiểu: kiểu mà Kế hoạch dùng nhiều hơn ("hóa, ủy" hoặc "hoá, uỷ"). Tên riêng giữ nguyên.

    Sai: Kế hoạch viết "ủy", "hóa" mà bài viết "uỷ", "hoá"; "tòan", "qúy", "gía".
    Đúng: "ủy", "hóa"; "toàn", "quý", "giá".
    """
    on_first = _plan_marks_first(texts)

    def judge(found: re.Match[str]) -> Correction | None:
        if found["pair"] is None:
            return Correction(_remarked(found), "đặt sai dấu thanh")
        if on_first is None or _marks_first(found["pair"]) is on_first or _is_name(found):
            return None
        return Correction(_remarked(found), "đặt dấu thanh khác Kế hoạch")

    def any_misplaced(passage: Passage) -> bool:
        return any(first is not None and first != on_first for first in set(map(_marked, passage.typed)))

    yield from corrections(texts, _MARKED, judge, any_misplaced)


@lru_cache(maxsize=20_000)  # words repeat often
def _marked(word: str) -> bool | str | None:
    """Return whether a word marks the first of its two final vowels.

    "closed" and "onset" if another letter must have its mark; None if it contains none of these.
    """
    found = _MARKED.search(word)
    return None if not found else found.lastgroup if found["pair"] is None else _marks_first(found["pair"])


def _plan_marks_first(texts: Iterable[Text]) -> bool | None:
    """Return whether the plan usually marks the first of two vowels; None if there is no majority."""
    found = [match for text in texts if text.is_plan for passage in text.passages
             for match in _OPEN.finditer(passage.words)]
    first = sum(_marks_first(match["pair"]) for match in found)
    return first * 2 > len(found) if first * 2 != len(found) else None


def _marks_first(pair: str) -> bool:
    return not pair[0].isascii()


def _remarked(found: re.Match[str]) -> str:
    """Return the word with the mark on the other vowel."""
    group = next(name for name in ("pair", "closed", "onset") if found[name])
    letters = unicodedata.normalize("NFD", found[group][-2:])
    tone = next(letter for letter in letters if letter in TONES)
    bare = unicodedata.normalize("NFC", letters.replace(tone, ""))
    moved = bare + tone if _marks_first(found[group][-2:]) else bare[0] + tone + bare[1]
    end = found.end(group) - found.start()
    return found[0][: end - 2] + unicodedata.normalize("NFC", moved) + found[0][end:]


def _is_name(found: re.Match[str]) -> bool:
    """Return whether a word is among capitalized words or in capitals: names keep their own spelling."""
    word, text = found[0], found.string
    if not word[0].isupper() or word.lower() in _NO_NAME:
        return False
    if word.isupper() and len(word) > 1:
        return True
    before = _NAME_BEFORE.search(text, max(0, found.start() - 20), found.start())
    after = _NAME_AFTER.match(text, found.end())
    return any(other and other[1].istitle() for other in (before, after))


# --- Preferred forms ----------------------------------------------------------------
_HOUSE_FORMS = {"assured": "bảo đảm", "fought": "phòng, chống", "joined": "kinh tế - xã hội"}
# "nền kinh tế xã hội chủ nghĩa" does not contain "kinh tế - xã hội", nor does the list "kinh tế, xã hội". "Hải Phòng"
# is a city, and "quốc phòng", "biên phòng" and similar words are words of their own.
_FORM_PAIRS = frozenset({("đảm", "bảo"), ("phòng", "chống"), ("tế", "xã"), ("kinh", "tếxã")})
_OTHER_FORMS = re.compile(r"(?<!\w)(?:(?P<assured>đảm\s+bảo)"
                          r"|(?<!hải )(?<!quốc )(?<!biên )(?<!dự )(?<!văn )(?<!dân )(?<!đề )(?P<fought>phòng\s+chống)"
                          r"|(?P<joined>kinh\s+tế(?!\s-\sxã)\s{0,3}[-–—]?\s{0,3}xã\s+hội(?!\s+(?:chủ\s+nghĩa|h[oó][aá]))))(?!\w)",
                          re.IGNORECASE)


@rule("cach-viet-chung", Severity.ADVISORY, OWN_WORDS)
def other_form(texts: Iterable[Text]) -> Iterator[Problem]:
    """Từ viết khác cách viết chung của cả tập.

    Tên văn bản ở bảng văn bản viện dẫn giữ nguyên như văn bản đó.

    Sai: "đảm bảo", "phòng chống thiên tai", "kinh tế-xã hội", "kinh tế xã hội".
    Đúng: "bảo đảm", "phòng, chống thiên tai", "kinh tế - xã hội".
    """
    def judge(found: re.Match[str]) -> Correction:
        return Correction(_cased(_HOUSE_FORMS[found.lastgroup or ""], found[0]), "khác cách viết chung")

    yield from corrections(texts, _OTHER_FORMS, judge, lambda passage: _has_pair(passage, _FORM_PAIRS))
