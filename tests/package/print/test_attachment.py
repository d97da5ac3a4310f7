"""Attachments of PDFs contain what the page shows, and nothing of what authors note for each other."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import finished_html
from proceedings import schema
from proceedings.conference.reading import Reading
from proceedings.conference.settings import Settings
from proceedings.html import rendering
from proceedings.print.attachment import attached
from proceedings.text import source
from proceedings.text.front_matter import Fields, Items, Scalar, fields_of, restricted, serialised

HIDDEN = "lời riêng của người soạn"


def carried(text: str, path: str = "tham-luan/so-mau.md") -> str:
    return attached(source.parse(path, text))


@pytest.mark.parametrize("text", [
    "# A\n\n<!-- {} -->\n\nChữ.\n", "# A\n\nChữ <!-- {} --> sau.\n", "# A\n\n<!-- a\n\n{}\n\n-->\n\nChữ.\n",
    "# A\n\n- Ý <!-- {}\n  b -->\n", "| a | b |\n|---|---|\n| c <!-- {} --> | d |\n", "# A <!-- {} -->\n\nChữ.\n",
    "<!-- ngoai-le: viet-tat-la: {} -->\nChữ.\n", "Chữ ` lẻ\n\n<!-- {} -->\n\nsau ` nữa.\n",
    "<!-- bang: {} -->\n\nChữ.\n",
    "```\n<!-- a -->\n```\n\n<!-- {} -->\nChữ.\n", "Chữ `` a ` <!-- {} -->\n\nsau ``\n",
    "---\ntrang-thai: da-nop # {}\n---\n\nChữ.\n", "---\n# {}\ntrang-thai: da-nop\n---\n\nChữ.\n",
    "---\ntrang-thai: da-nop\nghi-chu: {}\n---\n\nChữ.\n",
    "---\ntrang-thai: da-nop\nghi-chu:\n  - {}\n  - b\n---\n\nChữ.\n",
    "---\ntrang-thai: [\n# {}\n---\n\nChữ.\n", "---\ntrang-thai: da-nop\nten-ngan: {}\n---\n\nChữ.\n",
])
def test_what_only_authors_see_is_not_attached(text: str) -> None:
    found = carried(text.format(HIDDEN))
    assert HIDDEN not in found
    assert "Chữ" in found or "| d |" in found or "Ý" in found


@pytest.mark.parametrize("text", [
    "# A\n\nChữ.\n", "Chữ <!-- chưa đóng.\n", "`<!-- a -->` là lời chú.\n", "```\n<!-- a -->\n```\n",
    "<!-- bang: tien-do -->\n", "~~~\n<!-- a\n-->\n~~~\n\nChữ\n", "Một --> hai.\n",
    "---\ntrang-thai: da-nop\nphut: 8\n---\n\nChữ.\n",
    "---\ntrang-thai: de-cuong\nnguoi-trinh-bay:\n---\n\nChữ.\n",
])
def test_what_readers_read_is_attached_as_it_stands(text: str) -> None:
    assert carried(text) == text


def test_within_items_only_known_fields_are_attached() -> None:
    text = f"---\nbat-dau: 8:00\nmuc:\n  - noi-dung: Đón tiếp\n    phut: 15 # {HIDDEN}\n    ghi-chu: {HIDDEN}\n---\n"
    assert carried(text, schema.AGENDA) == "---\nbat-dau: 8:00\nmuc:\n- noi-dung: Đón tiếp\n  phut: 15\n---\n"


@pytest.mark.parametrize("path", [schema.PLAN, schema.AGENDA, schema.REPORT, "tham-luan/so-mau.md"])
def test_of_front_matter_only_what_print_shows_is_attached(path: str) -> None:
    keys = schema.known_keys(path)
    text = "---\n" + "".join(f"{key}: a\n" for key in keys) + "---\nChữ.\n"
    left_out = set(keys) - set(re.findall(r"^([a-z-]+):", carried(text, path), re.MULTILINE))
    assert left_out == {key for key in keys if not key.printed}
    assert left_out >= set(keys) & {schema.SHORT_TITLE, schema.DELIVERED_ON}


def test_a_key_is_not_printed_unless_it_says_so() -> None:
    assert not schema.Key("so-rieng", schema.Takes.TEXT, "Số riêng", "Chữ tự do").printed


def test_pages_are_the_same_without_what_is_left_out(fabricated: Reading, fabricated_settings: Settings) -> None:
    for path in fabricated.conference.printed:
        document = fabricated.conference.documents[path]
        again = source.parse(path, attached(document))
        assert _texts(again.front_matter) == _texts(
            restricted(document.front_matter, schema.PRINTED_KEYS, schema.PRINTED_ITEM_KEYS))
        shown, before = (finished_html(rendering.render(each.body, fabricated_settings)) for each in (again, document))
        assert shown == before


def _texts(value: Fields | Items | Scalar) -> object:
    if isinstance(value, Scalar):
        return value.text
    if isinstance(value, Items):
        return [_texts(item) for item in value.items]
    return [(name.text, _texts(inner)) for name, inner in value.entries]


def _fields(entries: list[tuple[Scalar, Fields | Items | Scalar]]) -> Fields:
    return Fields(tuple(entries))


TEXTS = st.sampled_from(["", "a", "có", "no", "012", "8:00", "a: b", "# c", "a # b", "'", '"', "- a", "[a]", "{",
                         "&a", "*a", "!a", "a\nb", "ơ\u2028b", "%", "@", "`", "|", ">", "?", "---", "...", "null",
                         "~", "05/6/2035"])
VALUES = st.recursive(TEXTS.map(lambda text: Scalar(text, 1)), lambda inner: st.one_of(
    st.lists(inner, max_size=3).map(lambda items: Items(tuple(items), 1)),
    st.lists(st.tuples(st.sampled_from(["a", "b-c", "d"]).map(lambda text: Scalar(text, 1)), inner), min_size=1,
             max_size=3, unique_by=lambda entry: entry[0].text).map(_fields)), max_leaves=5)


@given(st.lists(st.tuples(st.just(Scalar("muc", 1)), VALUES), min_size=1, max_size=1))
def test_fields_read_the_same_again(entries: list[tuple[Scalar, Fields | Items | Scalar]]) -> None:
    fields = _fields(entries)
    assert _texts(fields_of(serialised(fields))) == _texts(fields)
