"""Rules on the names of units, posts and people, compared with the plan's names."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from proceedings import schema
from proceedings.checks.citing.plan_names import Found, Index, Name, Word, Wording, Words, misspells, names_of, words_in
from proceedings.checks.engine.advice import write_instead
from proceedings.checks.engine.registry import rule
from proceedings.checks.engine.walk import BUT_REGISTERS, Passage, Text
from proceedings.conference.model import Conference
from proceedings.problems import MOST_LINES, Place, Problem, Severity

# Words that specify a body after its name; "các huyện" and "cấp huyện" refer to several bodies.
_LEVELS = frozenset("tinh huyen xa phuong quan thanh thi cac cap trung".split())
# Ranks within a body, longest first, so that "Phó Bí thư" is not read as "Bí thư".
_RANKS = tuple(tuple(rank.split()) for rank in (
    "pho truong ban", "pho giam doc", "pho chu tich", "pho chu nhiem", "pho bi thu", "truong ban", "giam doc",
    "chu tich", "chu nhiem", "bi thu"))
_SHOWN = 6  # lines named in a message
_CLAUSE = re.compile(r"[.;:()!?\n]")
_REACH = 300  # characters after a name within which its posts are searched
_NEAR = 25  # words between a person's name and a post that is attributed to them


@dataclass(frozen=True)
class _Line:
    """A passage and its words; `typed` is true if it is literally in the file."""

    passage: Passage
    words: Wording
    typed: bool = True

    @property
    def text(self) -> Text:
        """The text it belongs to."""
        return self.passage.text

    @property
    def place(self) -> Place:
        """Its first line."""
        return self.passage.place

    def between(self, first: Word, last: Word) -> str:
        """Return the text from one word to another."""
        return self.passage.words[first.start:last.end]

    def unlike_plan(self, found: Found, message: str) -> Problem:
        """Return a problem with the plan's words as remedy, and as a correction if the words occur only once."""
        start, end, right = found.words[0].start, found.words[-1].end, found.name.text
        typed = self.passage.words[start:end]
        once = self.typed and self.text.markdown.count(typed) == 1
        return self.place.problem(f"{message}; {write_instead(self.text, right)}", typed, proposed=right,
                                  edits=self.passage.edits(start, end, right) if once else ())


def _lines(conference: Conference, texts: Iterable[Text],
           wanted: Callable[[tuple[str, ...]], bool]) -> Iterator[_Line]:
    """Yield the passages whose words without diacritics pass a quick test."""
    words = words_in(conference)
    return (_Line(passage, words.of(passage.words)) for text in texts for passage in text.passages
            if wanted(words.folded(passage.typed)))


# --- Units, bodies, posts ----------------------------------------------------------------------
@rule("ten-khac-ke-hoach", Severity.ADVISORY, BUT_REGISTERS)
def name_unlike_plan(conference: Conference, texts: Iterable[Text]) -> Iterator[Problem]:
    """Tên đơn vị, cơ quan, chức danh viết khác Kế hoạch: sai chữ hoa, sai dấu, thiếu hoặc thừa chữ.

    Tên lấy theo Kế hoạch, là tên vào thời điểm họp; không đổi sang tên mới sau này.

    Sai: bài viết "Sở mẫu và Thử nghiệm", "Sở Mẫu Thử nghiệm" mà Kế hoạch ghi "Sở Mẫu và Thử nghiệm".
    Đúng: "Sở Mẫu và Thử nghiệm".
    """
    words, body = words_in(conference), _Body.of(conference)
    # The spelling of the issuing body is checked by the next rule, once for the whole volume.
    index = Index(tuple(name for name in names_of(conference.plan, words) if body is None or not body.within(name)))
    reported = set[tuple[str, str]]()
    for line in _lines(conference, texts, index.begins_in):
        for found in index.find(line.words):
            typed = line.between(found.words[0], found.words[-1])
            if misspells(found) and (line.text.path, typed) not in reported:
                reported.add((line.text.path, typed))
                where = "một chỗ khác của Kế hoạch" if line.text.is_plan else "Kế hoạch"
                yield line.unlike_plan(found, f"\"{typed}\" khác với tên mà {where} ghi")


# --- The issuing body ------------------------------------------------------------------------------
@rule("ten-co-quan-nhieu-cach", Severity.ADVISORY, BUT_REGISTERS)
def issuing_body_in_several_spellings(conference: Conference, texts: Iterable[Text]) -> Iterator[Problem]:
    """Tên của cơ quan ban hành Kế hoạch được viết nhiều cách trong bộ tài liệu; báo một lần cho tất cả.

    Sai: chỗ viết "Ban Tổ chức Đề án", chỗ viết "Ban tổ chức đề án", chỗ viết "BTC ĐA".
    Đúng: một cách viết, theo cách mà Kế hoạch dùng nhiều nhất.
    """
    body = _Body.of(conference)
    if not body:
        return
    places: dict[str, list[_Line]] = {}
    for line in _lines(conference, texts, body.occurs_in):
        for spelling in body.spellings(line):
            places.setdefault(spelling, []).append(line)
    right = body.best(places)
    wrong = {spelling: lines for spelling, lines in places.items()
             if spelling != right and not right.startswith(f"{spelling} ")}
    if not right or not wrong:
        return
    elsewhere = [line for lines in wrong.values() for line in lines if not line.text.is_plan]
    first = min(elsewhere or (line for lines in wrong.values() for line in lines), key=lambda line: line.place)
    told = "; ".join(f"\"{spelling}\" {_count(lines)}" for spelling, lines in {right: places[right], **wrong}.items())
    kept = " Lời văn của Kế hoạch được giữ nguyên, trừ khi cơ quan ban hành đồng ý sửa."
    others = [line.place for lines in wrong.values() for line in lines if line is not first]
    yield first.place.problem(f"Tên cơ quan ban hành được viết {len(wrong) + 1} cách: {told}; hãy viết thống nhất là "
                              f"\"{right}\".{kept}", "; ".join(sorted(wrong)), proposed=right,
                              others=others[:MOST_LINES], count=1 + len(others))


def _count(lines: Sequence[_Line]) -> str:
    """Return the number of occurrences and their lines: "3 lần (ke-hoach.md dòng 5, 7, …)"."""
    places = dict.fromkeys(f"{line.text.path} dòng {line.place.line}" for line in lines)
    return f"{len(lines)} lần ({', '.join(islice(places, _SHOWN))}{', …' if len(places) > _SHOWN else ''})"


@dataclass(frozen=True)
class _Body:
    """The issuing body: the words of its name, and the level at its end in the letterhead, or ""."""

    stem: tuple[str, ...]
    level: str

    @classmethod
    def of(cls, conference: Conference) -> "_Body | None":
        words = words_in(conference).key(_small(conference.plan.letterhead.issuing_body, conference))
        end = next((at for at, word in enumerate(words) if word in _LEVELS and at > 2), len(words))
        return cls(words[:end], words[end] if end < len(words) else "") if end > 2 else None

    def within(self, name: Name) -> bool:
        """Return whether a name contains the body's name, without another level."""
        key, size = name.key, len(self.stem)
        return any(key[at:at + size] == self.stem and self._ours(key[at + size:at + size + 1])
                   for at in range(len(key) - size + 1))

    def occurs_in(self, folded: Sequence[str]) -> bool:
        """Return whether the words of the name occur in a text."""
        return f" {' '.join(self.stem)} " in f" {' '.join(folded)} "

    def _ours(self, after: Sequence[str]) -> bool:
        return not after or after[0] == self.level or after[0] not in _LEVELS

    def spellings(self, line: _Line) -> Iterator[str]:
        """Yield the spellings of the body in a line, except all capitals."""
        folded, size = line.words.folded, len(self.stem)
        for at in range(len(folded) - size + 1):
            after = folded[at + size:at + size + 1]
            if folded[at] == self.stem[0] and folded[at:at + size] == self.stem and self._ours(after):
                end = at + size - 1 + (bool(self.level) and after == (self.level,))
                typed = " ".join(line.between(line.words[at], line.words[end]).split())
                if not typed.isupper():
                    yield typed

    def best(self, places: dict[str, list[_Line]]) -> str:
        """Return the plan's most frequent spelling without abbreviations and with its level, or ""."""
        words = len(self.stem) + bool(self.level)
        counts = {spelling: sum(line.text.is_plan for line in lines) for spelling, lines in places.items()
                  if len(spelling.split()) == words}
        best = max(counts, key=lambda spelling: (counts[spelling], len(places[spelling])), default="")
        return best if best and counts[best] else ""


def _small(text: str, conference: Conference) -> str:
    """Return the text in lower case except for abbreviations, so that these are recognized."""
    known = {entry.short for entry in conference.abbreviations}
    return " ".join(word if word in known else word.lower() for word in text.split())


# --- People ------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class _Post:
    text: str
    key: tuple[str, ...]


@dataclass(frozen=True)
class _Person:
    name: str
    posts: tuple[_Post, ...]
    words: Words


def _people(conference: Conference) -> tuple[_Person, ...]:
    """Return the people named in the plan (chair and signer) with their posts."""
    plan, words = conference.plan, words_in(conference)
    posts: dict[str, list[str]] = {}
    if plan.chair:
        posts.setdefault(plan.chair.name, []).extend(plan.chair.posts)
    posts.setdefault(plan.signature.name, []).extend(plan.signature.titles)
    return tuple(_Person(name, tuple(_Post(post, words.key(post)) for post in held), words)
                 for name, held in posts.items() if len(name.split()) > 2)


def _lines_with(conference: Conference, texts: Iterable[Text], people: Sequence[_Person]) -> Iterator[_Line]:
    """Yield lines that contain a family name of the people, and presenters with their posts."""
    words = words_in(conference)
    families = {person.name.split()[0] for person in people}
    for text in texts if families else ():
        delivery = text.entry.delivery if text.entry else None
        line = text.at_key(schema.POST).line
        presenter = [Passage(text, line, f"{delivery.presenter}, {delivery.post}")] if delivery else []
        for passage in (*text.passages, *presenter):
            if any(family in passage.words for family in families):
                yield _Line(passage, words.of(passage.words), typed=passage not in presenter)


@rule("ho-ten-khac-ke-hoach", Severity.ADVISORY, BUT_REGISTERS)
def person_unlike_plan(conference: Conference, texts: Iterable[Text]) -> Iterator[Problem]:
    """Họ tên viết khác Kế hoạch bên cạnh đúng chức vụ của người đó.

    Sai: "Đồng chí Trần Văn Sách, Giám đốc Thư viện tỉnh" viết thành "Đồng chí Trần Văn Sạch, Giám đốc Thư viện tỉnh".
    Đúng: "Đồng chí Trần Văn Sách, Giám đốc Thư viện tỉnh", như Kế hoạch ghi.
    """
    people = {person.name: person for person in _people(conference)}
    plain = Words({})
    index = Index(tuple(Name(name, plain.of(name).all(), first=True) for name in people))
    reported = set[tuple[str, str, int]]()
    for line in _lines_with(conference, texts, tuple(people.values())):
        for found in index.find(line.words):
            typed = line.between(found.words[0], found.words[-1])
            place = (line.text.path, typed, line.place.line)
            if misspells(found) and place not in reported and _has_post(line, found.at, people[found.name.text]):
                reported.add(place)
                yield line.unlike_plan(found, f"Họ tên \"{typed}\" khác với Kế hoạch")


def _has_post(line: _Line, at: int, person: _Person) -> bool:
    """Return whether a post of the person stands near the name at word index `at`, in the same clause."""
    folded = line.words.folded
    before = list(takewhile(bool, reversed(folded[max(0, at - _NEAR):at])))[::-1]
    near = [*before, *takewhile(bool, folded[at:at + _NEAR])]
    return any(tuple(near[place:place + len(post.key)]) == post.key and near[place - 1:place] != ["pho"]
               for post in person.posts for place in range(len(near)))


@rule("chuc-vu-khac-ke-hoach", Severity.ADVISORY, BUT_REGISTERS)
def post_unlike_plan(conference: Conference, texts: Iterable[Text]) -> Iterator[Problem]:
    """Chức vụ ghi sau họ tên khác với chức vụ mà Kế hoạch ghi cho người đó.

    Sai: Kế hoạch ghi "Phó Chủ tịch UBND tỉnh" mà bài ghi người đó là "Chủ tịch UBND tỉnh".
    Đúng: ghi đúng chức vụ như Kế hoạch, là chức vụ vào thời điểm họp.
    """
    people = _people(conference)
    reported = set[tuple[str, int]]()
    for line in _lines_with(conference, texts, people):
        for person in people:
            for typed, right in _wrong_posts(line, person):
                if (typed, line.place.line) not in reported:
                    reported.add((typed, line.place.line))
                    yield line.place.problem(f"Kế hoạch không ghi {person.name} là \"{typed}\"; hãy đối chiếu: Kế "
                                             f"hoạch ghi \"{right}\".", f"{person.name}, {typed}", proposed=right)


def _wrong_posts(line: _Line, person: _Person) -> Iterator[tuple[str, str]]:
    """Yield posts after the person's name that contradict the plan, each with the plan's post."""
    for named in re.finditer(re.escape(person.name), line.passage.words):
        behind = line.passage.words[named.end():named.end() + _REACH].lstrip()
        clause = _CLAUSE.split(behind, maxsplit=1)[0] if behind.startswith((",", "-", "–")) else ""
        for part in clause.lstrip(" ,-–").split(","):
            rank, body = _rank(person.words.key(part))
            alike = [post for post in person.posts if rank and _same_body(body, _rank(post.key)[1])]
            if alike and all(_rank(post.key)[0] != rank for post in alike):
                # Words after the post do not belong to it: "… Tỉnh ủy phát biểu".
                length = len(rank) + len(_rank(alike[0].key)[1])
                yield part[:person.words.of(part)[length - 1].end].strip(), alike[0].text


def _rank(post: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split a post into its rank, () if none, and the body in which it is held."""
    rank = next((each for each in _RANKS if post[:len(each)] == each), ())
    return rank, post[len(rank):]


def _same_body(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether one body's name begins with the other's, with at least two significant words."""
    return len(other) >= 2 and one[:len(other)] == other
