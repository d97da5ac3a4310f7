"""Parsing and writing of front matter: values are strings as typed, with line numbers.

Aliases, tags and deep nesting are refused, so that a small file cannot expand into a huge value. As the only module
that reads YAML, it also finds the settings in mkdocs.yml that would execute code.
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

CODE = "scripts"  # the folder in which hooks are allowed
_MAX_NESTING = 4
# The form of nearly all front matter. For texts that match, libyaml and PyYAML's pure Python parser return the same
# values and line numbers.
_PLAIN = re.compile(r"(?:[a-z][\w-]*:(?: +\w[\w /.,()–-]*)?\n)+")
_TWICE = ("phần đầu tệp có hai phần", "hãy bỏ dòng \"...\" hoặc \"---\" ở giữa")
_BEYOND = re.compile(r"\\U(?!000|0010)")  # an escape above U+10FFFF
_NO_CHARACTER = "phần đầu tệp có ký tự không hợp lệ"
_NO_FIELDS = "phần đầu tệp không đúng cú pháp \"khóa: giá trị\" ở dòng này hoặc ngay trên"


@dataclass(frozen=True)
class Scalar:
    """A value as typed, without type conversion: `no` stays "no", `012` stays "012"."""

    text: str
    line: int


@dataclass(frozen=True)
class Items:
    """A list of values."""

    items: "tuple[Value, ...]"
    line: int


@dataclass(frozen=True)
class Fields:
    """A mapping as key-value pairs in file order; a duplicate key has one pair for each occurrence."""

    entries: "tuple[tuple[Scalar, Value], ...]" = ()
    line: int = 1

    def get(self, key: str) -> "Value | None":
        """Return the first value of a key, or None."""
        return next((value for name, value in self.entries if name.text == key), None)

    def text(self, key: str) -> str:
        """Return the scalar value of a key; "" if it is absent, empty or not a scalar."""
        value = self.get(key)
        return value.text if isinstance(value, Scalar) else ""

    def line_of(self, key: str) -> int:
        """Return the line of a key, or the line of the mapping if the key is absent."""
        return next((name.line for name, _ in self.entries if name.text == key), self.line)


Value = Scalar | Items | Fields


class FrontMatterError(ValueError):
    """Front matter that is not a plain YAML mapping.

    `line` is the line of the file, `reason` the beginning of a Vietnamese sentence, `remedy` its end. The default
    remedy refers to the template for speeches.
    """

    def __init__(self, line: int, reason: str, remedy: str = f"hãy đối chiếu với tệp mẫu {schema.SPEECH_TEMPLATE}",
                 ) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason
        self.remedy = remedy


# --- Writing ------------------------------------------------------------------
def restricted(fields: Fields, keys: Collection[str], inner: Collection[str]) -> Fields:
    """Return only the given keys; of nested mappings, only the `inner` keys."""
    entries = tuple((name, _restricted(value, inner)) for name, value in fields.entries if name.text in keys)
    return Fields(entries, fields.line)


def _restricted(value: Value, keys: Collection[str]) -> Value:
    if isinstance(value, Items):
        return Items(tuple(_restricted(item, keys) for item in value.items), value.line)
    return restricted(value, keys, keys) if isinstance(value, Fields) else value


def serialised(fields: Fields) -> str:
    """Serialize the fields as equivalent front matter, without comments."""
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
    """Parse front matter, given without its delimiter lines.

    Line numbers count from the opening delimiter. Raises FrontMatterError if it is not a plain mapping.
    """
    try:
        values = _read(text)
    except yaml.MarkedYAMLError as error:
        # An unclosed construct is reported where it begins, not at the end of the file, where the scanner notices it.
        begin = error.context_mark if isinstance(error, ScannerError) else None
        if "<document start>" in (error.problem or ""):  # content after a line "..."
            raise FrontMatterError(_line(error.problem_mark), *_TWICE) from error
        raise FrontMatterError(_line(begin or error.problem_mark or error.context_mark), _NO_FIELDS) from error
    except ReaderError as error:
        raise FrontMatterError(_line_at(text, error.position), _NO_CHARACTER) from error
    except FrontMatterError:
        raise
    # ValueError and OverflowError come from chr() and int()
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        beyond = _BEYOND.search(text)
        place, reason = (beyond.start(), _NO_CHARACTER) if beyond else (max(0, text.find("%YAML")), _NO_FIELDS)
        raise FrontMatterError(_line_at(text, place), reason) from error
    if not values:
        return Fields()
    if not isinstance(values[0], Fields):
        raise FrontMatterError(values[0].line, "phần đầu tệp phải gồm các dòng \"khóa: giá trị\"")
    return values[0]


def scalars_of(text: str) -> Iterator[Scalar]:
    """Yield the keys and values of a YAML file up to the first syntax error, ignoring tags and anchors."""
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader):
            if isinstance(event, yaml.ScalarEvent):
                yield Scalar(event.value, _line(event.start_mark) - 1)
    except (yaml.YAMLError, ValueError, OverflowError):
        return


def code_executing(settings: bytes) -> Iterator[tuple[int, str]]:
    """Find settings of MkDocs that would execute code from outside the project.

    Yields the line and the name of each setting (Vietnamese); nothing if the settings are not valid YAML.
    """
    try:
        for event in yaml.parse(settings, Loader=yaml.SafeLoader):
            if "python/" in (getattr(event, "tag", None) or ""):
                yield _line(event.start_mark) - 1, "Dấu !!python"
        root = yaml.compose(settings, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError):
        return
    for key, value in root.value if isinstance(root, yaml.MappingNode) else ():
        if key.value in ("INHERIT", "<<"):  # inherited files may define hooks
            yield _line(key.start_mark) - 1, f"Khóa {key.value}"
        elif key.value == "hooks":
            yield from ((_line(each.start_mark) - 1, "Khóa hooks") for each in value.value
                        if isinstance(each, yaml.Node) and not _is_own(str(each.value)))


def _is_own(hook: str) -> bool:
    return hook.startswith(f"{CODE}/") and ".." not in hook.split("/")


def _read(text: str) -> tuple[Value, ...]:
    """Return all top-level values.

    Plain text is parsed by libyaml where available, which is several times faster.
    """
    loader = yaml.CSafeLoader if yaml.__with_libyaml__ and _PLAIN.fullmatch(text) else yaml.SafeLoader
    return tuple(_values(_plain_events(text, loader)))


def _plain_events(text: str, loader: "type[yaml.SafeLoader | yaml.CSafeLoader]") -> Iterator[yaml.Event]:
    """Yield parser events, raising FrontMatterError at unsupported YAML before a value is constructed."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=loader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        documents += isinstance(event, yaml.DocumentStartEvent)
        if documents > 1:
            raise FrontMatterError(_line(event.start_mark), *_TWICE)
        if reason := _unsupported_yaml(event, depth):
            raise FrontMatterError(_line(event.start_mark), reason)
        yield event


def _unsupported_yaml(event: yaml.Event, depth: int) -> str:
    """Return why an event is refused, or "".

    Anchors, aliases, tags and deep nesting are not needed in front matter and can expand a small file into a huge
    value.
    """
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or getattr(event, "tag", None):
        return "phần đầu tệp không được dùng &, * hoặc ! ở đầu giá trị"
    if isinstance(event, yaml.ScalarEvent) and Reader.NON_PRINTABLE.search(event.value):  # for example "\0"
        return _NO_CHARACTER
    return "phần đầu tệp lồng nhau quá nhiều tầng" if depth > _MAX_NESTING else ""


def _line(mark: Any) -> int:
    """Return the line of the file for a YAML mark.

    The line of the mark itself is not used where possible: YAML counts U+2028 and similar characters as line ends,
    editors do not.
    """
    if mark is None:
        return 1
    buffer = getattr(mark, "buffer", None)  # marks of libyaml have no buffer
    above: int = buffer.count("\n", 0, mark.pointer) if buffer else mark.line
    return above + 2


def _line_at(text: str, position: int) -> int:
    """Return the line of the file for a position in the text, which begins on the second line of the file."""
    return text.count("\n", 0, position) + 2


def _values(events: Iterator[yaml.Event]) -> Iterator[Value]:
    """Yield values until the enclosing collection ends."""
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
    keys = (key if isinstance(key, Scalar) else Scalar("", key.line) for key in inside[::2])
    return Fields(tuple(zip(keys, inside[1::2], strict=True)), line)
