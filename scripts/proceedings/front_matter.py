"""The front matter of a Markdown file: strings with line numbers, as typed. Nothing in it can become a huge value."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.reader import Reader
from yaml.scanner import ScannerError

from proceedings import schema

_MAX_NESTING = 4
# What nearly all front matter is: on it, libyaml and PyYAML's own reader agree to the line.
_PLAIN = re.compile(r"(?:[a-z][\w-]*:(?: +\w[\w /.,()–-]*)?\n)+")
_TWICE = ("phần đầu tệp có hai phần", "hãy bỏ dòng \"...\" hoặc \"---\" ở giữa")
_NO_FIELDS = "phần đầu tệp không đúng cú pháp \"khóa: giá trị\" ở dòng này hoặc ngay trên"


@dataclass(frozen=True)
class Scalar:
    """A value as typed, never converted: `no` stays "no", `012` stays "012"."""

    text: str
    line: int


@dataclass(frozen=True)
class Items:
    """A list of values."""

    items: "tuple[Value, ...]"
    line: int


@dataclass(frozen=True)
class Fields:
    """Keys with their values, in file order; a key given twice stands twice."""

    entries: "tuple[tuple[Scalar, Value], ...]" = ()
    line: int = 1

    def get(self, key: str) -> "Value | None":
        """The first value under the key."""
        return next((value for name, value in self.entries if name.text == key), None)

    def text(self, key: str) -> str:
        """The scalar under the key, or "" where it is absent, empty or no scalar."""
        value = self.get(key)
        return value.text if isinstance(value, Scalar) else ""

    def line_of(self, key: str) -> int:
        """The line of the key, or that of the fields themselves where it is absent."""
        return next((name.line for name, _ in self.entries if name.text == key), self.line)


Value = Scalar | Items | Fields


class FrontMatterError(ValueError):
    """Front matter that is no plain YAML mapping: `line` says where, `reason` what (Vietnamese), `remedy` what to do.

    Without a remedy, the template's front matter is one to compare with.
    """

    def __init__(self, line: int, reason: str, remedy: str = f"hãy đối chiếu với tệp mẫu {schema.SPEECH_TEMPLATE}",
                 ) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason
        self.remedy = remedy


# --- Reading ------------------------------------------------------------------
def fields_of(text: str) -> Fields:
    """The fields of front matter, given without the rules around it; lines count from that of the rule above.

    Raises FrontMatterError where it is no plain mapping.
    """
    try:
        values = _read(text)
    except yaml.MarkedYAMLError as error:
        # What is left open is wrong where it begins, not where the file's end is met.
        begin = error.context_mark if isinstance(error, ScannerError) else None
        if "<document start>" in (error.problem or ""):  # words below a line "..."
            raise FrontMatterError(_line(error.problem_mark), *_TWICE) from error
        raise FrontMatterError(_line(begin or error.problem_mark or error.context_mark), _NO_FIELDS) from error
    except (yaml.YAMLError, OverflowError, UnicodeError) as error:  # "\UFFFFFFFF" is beyond any character
        raise FrontMatterError(1, "phần đầu tệp có ký tự không hợp lệ") from error
    if not values:
        return Fields()
    if not isinstance(values[0], Fields):
        raise FrontMatterError(values[0].line, "phần đầu tệp phải gồm các dòng \"khóa: giá trị\"")
    return values[0]


def scalars_of(text: str) -> Iterator[Scalar]:
    """The keys and values of a whole YAML file, up to where it is none; tags and anchors are passed over."""
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader):
            if isinstance(event, yaml.ScalarEvent):
                yield Scalar(event.value, _line(event.start_mark) - 1)
    except (yaml.YAMLError, OverflowError, UnicodeError):
        return


def _read(text: str) -> tuple[Value, ...]:
    """All values; by libyaml, several times as fast, where it is there and the text is plain."""
    loader = yaml.CSafeLoader if yaml.__with_libyaml__ and _PLAIN.fullmatch(text) else yaml.SafeLoader
    return tuple(_values(_plain_events(text, loader)))


def _plain_events(text: str, loader: "type[yaml.SafeLoader | yaml.CSafeLoader]") -> Iterator[yaml.Event]:
    """What YAML reads, piece by piece; what has no place here is refused before anything is made of it."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=loader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        documents += isinstance(event, yaml.DocumentStartEvent)
        if documents > 1:
            raise FrontMatterError(_line(event.start_mark), *_TWICE)
        if reason := _cleverness(event, depth):
            raise FrontMatterError(_line(event.start_mark), reason)
        yield event


def _cleverness(event: yaml.Event, depth: int) -> str:
    """Anchors, aliases, tags and deep nesting have no place here, and can make a small file a huge value."""
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or getattr(event, "tag", None):
        return "phần đầu tệp không được dùng &, * hoặc ! ở đầu giá trị"
    if isinstance(event, yaml.ScalarEvent) and Reader.NON_PRINTABLE.search(event.value):  # such as "\0"
        return "phần đầu tệp có ký tự không hợp lệ"
    return "phần đầu tệp lồng nhau quá nhiều tầng" if depth > _MAX_NESTING else ""


def _line(mark: Any) -> int:
    """The file's line at the mark; YAML's own count takes U+2028 and the like for line ends, no editor does."""
    if mark is None:
        return 1
    buffer = getattr(mark, "buffer", None)  # libyaml's marks have none
    above: int = buffer.count("\n", 0, mark.pointer) if buffer else mark.line
    return above + 2


def _values(events: Iterator[yaml.Event]) -> Iterator[Value]:
    """The values up to the end of what holds them."""
    for event in events:
        if isinstance(event, yaml.CollectionEndEvent):
            return
        if isinstance(event, yaml.NodeEvent):
            yield _value(event, events)


def _value(event: yaml.NodeEvent, events: Iterator[yaml.Event]) -> Value:
    line = _line(event.start_mark)
    if isinstance(event, yaml.ScalarEvent):
        return Scalar(event.value.strip(), line)
    inside = tuple(_values(events))
    if isinstance(event, yaml.SequenceStartEvent):
        return Items(inside, line)
    return Fields(tuple((_key(key), value) for key, value in zip(inside[::2], inside[1::2], strict=True)), line)


def _key(value: Value) -> Scalar:
    return value if isinstance(value, Scalar) else Scalar("", value.line)
