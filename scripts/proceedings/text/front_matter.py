"""The front matter of a Markdown file: strings with line numbers, as typed. Nothing in it can become a huge value.

As the one module that reads YAML, it also says what of mkdocs.yml would run code.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.reader import Reader, ReaderError
from yaml.scanner import ScannerError

from proceedings import schema
from proceedings.text.bounds import LONGEST_TEXT

CODE = "scripts"  # where hooks may stand
_MAX_NESTING = 4
# What nearly all front matter is: on it, libyaml and PyYAML's own reader agree to the line.
_PLAIN = re.compile(r"(?:[a-z][\w-]*:(?: +\w[\w /.,()–-]*)?\n)+")
_TWICE = ("phần đầu tệp có hai phần", "hãy bỏ dòng \"...\" hoặc \"---\" ở giữa")
_BEYOND = re.compile(r"\\U(?!000|0010)")  # the escape of what is no character
_NO_CHARACTER = "phần đầu tệp có ký tự không hợp lệ"
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


# --- Writing ------------------------------------------------------------------
def kept(fields: Fields, keys: Collection[str], inner: Collection[str]) -> Fields:
    """The fields under the given keys; of fields within them, those under the inner keys."""
    entries = tuple((name, _kept(value, inner)) for name, value in fields.entries if name.text in keys)
    return Fields(entries, fields.line)


def _kept(value: Value, keys: Collection[str]) -> Value:
    if isinstance(value, Items):
        return Items(tuple(_kept(item, keys) for item in value.items), value.line)
    return kept(value, keys, keys) if isinstance(value, Fields) else value


def written(fields: Fields) -> str:
    """The fields as front matter that reads the same, without comments."""
    text: str = yaml.emit([yaml.StreamStartEvent(), yaml.DocumentStartEvent(), *_events(fields),
                           yaml.DocumentEndEvent(), yaml.StreamEndEvent()], allow_unicode=True, width=LONGEST_TEXT)
    return text.removesuffix("...\n")


def _events(value: Value) -> Iterator[yaml.Event]:
    if isinstance(value, Scalar):
        yield yaml.ScalarEvent(None, None, (True, True), value.text)
    elif isinstance(value, Items):
        yield yaml.SequenceStartEvent(None, None, implicit=True, flow_style=False)
        for item in value.items:
            yield from _events(item)
        yield yaml.SequenceEndEvent()
    else:
        yield yaml.MappingStartEvent(None, None, implicit=True, flow_style=False)
        for name, inner in value.entries:
            yield from (*_events(name), *_events(inner))
        yield yaml.MappingEndEvent()


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
    except ReaderError as error:
        raise FrontMatterError(_line_at(text, error.position), _NO_CHARACTER) from error
    except FrontMatterError:
        raise
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # chr() and int() raise the latter two
        beyond = _BEYOND.search(text)
        place, reason = (beyond.start(), _NO_CHARACTER) if beyond else (max(0, text.find("%YAML")), _NO_FIELDS)
        raise FrontMatterError(_line_at(text, place), reason) from error
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
    except (yaml.YAMLError, ValueError, OverflowError):
        return


def running(settings: bytes) -> Iterator[tuple[int, str]]:
    """What of MkDocs' settings would run other code than the project's, with its line; none where they are no YAML."""
    try:
        for event in yaml.parse(settings, Loader=yaml.SafeLoader):
            if "python/" in (getattr(event, "tag", None) or ""):
                yield _line(event.start_mark) - 1, "Dấu !!python"
        root = yaml.compose(settings, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError):
        return
    for key, value in root.value if isinstance(root, yaml.MappingNode) else ():
        if key.value in ("INHERIT", "<<"):  # hooks may come with them
            yield _line(key.start_mark) - 1, f"Khóa {key.value}"
        elif key.value == "hooks":
            yield from ((_line(each.start_mark) - 1, "Khóa hooks") for each in value.value
                        if isinstance(each, yaml.Node) and not _is_own(str(each.value)))


def _is_own(hook: str) -> bool:
    return hook.startswith(f"{CODE}/") and ".." not in hook.split("/")


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
        return _NO_CHARACTER
    return "phần đầu tệp lồng nhau quá nhiều tầng" if depth > _MAX_NESTING else ""


def _line(mark: Any) -> int:
    """The file's line at the mark; YAML's own count takes U+2028 and the like for line ends, no editor does."""
    if mark is None:
        return 1
    buffer = getattr(mark, "buffer", None)  # libyaml's marks have none
    above: int = buffer.count("\n", 0, mark.pointer) if buffer else mark.line
    return above + 2


def _line_at(text: str, position: int) -> int:
    """The file's line at a position of the text, above which stands one line more."""
    return text.count("\n", 0, position) + 2


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
