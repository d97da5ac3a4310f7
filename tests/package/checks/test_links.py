"""Links and pictures with entities in their target are reported with the plain target."""

import pytest

from proceedings import schema
from telling import told

PLAIN = "viết bằng mã"


@pytest.mark.parametrize(("target", "right"), [
    ("../&#105;ndex.md", "../index.md"), ("../&#x69;ndex.md", "../index.md"), ("..&sol;index.md", "../index.md"),
    ("../&#0000000105;ndex.md", "../index.md"), ("../index&period;md", "../index.md"),
    ("../ke&#45;hoach.md#ma-ket", "../ke-hoach.md#ma-ket"),
    ("../ke-hoach.md&#35;ma-ket", "../ke-hoach.md#ma-ket"), ("../ke-hoach.md#ma&#45;ket", "../ke-hoach.md#ma-ket"),
    ("<../&#105;ndex.md>", "../index.md"), ("../&#105;ndex.md 'a'", "../index.md"),
])
def test_a_link_written_in_code_is_told_with_the_plain_one(target: str, right: str) -> None:
    message, = told("lien-ket-hong", f"Chữ.\n\n[a]({target})")
    assert PLAIN in message
    assert message.endswith(f'hãy viết thẳng "{right}".')


def test_a_link_over_lines_is_looked_at_too() -> None:
    message, = told("lien-ket-hong", "Chữ\nchữ [a\nb\nc](../&#105;ndex.md)")
    assert PLAIN in message


def test_a_link_in_code_that_leads_nowhere_is_told_as_it_reads() -> None:
    message, = told("lien-ket-hong", "[a](../i&#110;dx.md)")
    assert message == 'Liên kết "../indx.md" viết bằng mã và không trỏ tới tệp nào; có phải là ../index.md?'


@pytest.mark.parametrize(("target", "right"), [("so-mau/&#97;.png", "so-mau/a.png"), ("&#97;.png", "a.png")])
def test_a_picture_written_in_code_is_told_with_the_plain_name(target: str, right: str) -> None:
    message, = told("thieu-anh", f"![a]({target})")
    assert PLAIN in message
    assert right in message


@pytest.mark.parametrize("text", [
    "[a](../index.md)", "[a](https://giả.example/?x=1&amp;y=2)", "[a](<mailto:a&#64;b.example>)",
    "a &amp; b [a](../index.md)", "[a](../ke-hoach.md#ma-ket) &copy;",
    "[a &amp; b](../index.md 'c &amp; d')", "[a](../ke\\-hoach.md) &amp;", "[a](../%69ndex.md) &amp; b",
    "`[a](../&#105;ndex.md)`",
])
def test_other_links_are_not_told(text: str) -> None:
    assert told("lien-ket-hong", text) == []


def test_the_page_at_hand_is_named_too() -> None:
    message, = told("lien-ket-hong", "[a](&#105;ndex.md)", schema.HOME)
    assert message.endswith('hãy viết thẳng "index.md".')
