"""The guide's page of rules contains the whole text of every rule exactly once."""

import re

import pytest
from lxml import html

import words
from proceedings import checks
from proceedings.checks.engine import rulebook
from proceedings.checks.engine.registry import CHECKS
from proceedings.conference.reading import Reading
from proceedings.conference.settings import Settings
from proceedings.html import rendering
from proceedings.html.fragments import Fragments
from proceedings.problems import Rule


@pytest.fixture(scope="module")
def page(fabricated: Reading, fabricated_settings: Settings) -> html.HtmlElement:
    """The finished page of the rules."""
    fragments = Fragments(fabricated.conference, fabricated_settings.looks)
    markdown = fragments.with_rules("# Quy tắc\n\n<!-- bang: quy-tac -->\n")
    return rendering.finish(rendering.render(markdown, fabricated_settings))


def _section(page: html.HtmlElement, rule: Rule) -> str:
    [heading] = page.xpath(f"//h3[@id='{rule.id}']")
    text = str(heading.text_content())
    for after in heading.itersiblings():
        if after.tag in ("h2", "h3"):
            break
        text += f"\n{after.text_content()}"
    return text


@pytest.mark.parametrize("rule", checks.all_rules(), ids=lambda rule: rule.id)
def test_the_page_says_all_of_a_rule(page: html.HtmlElement, rule: Rule, fabricated_settings: Settings) -> None:
    shown = _section(page, rule)
    # Lines are rendered separately, because wrong and right examples are separate paragraphs on the page.
    wanted = [html.fragment_fromstring(rendering.render(line, fabricated_settings), create_parent="div").text_content()
              for line in rule.text.splitlines()]
    assert words.lost(words.words(" ".join(wanted)), words.words(shown)) == []
    assert rule.id in shown


def test_the_page_lists_each_rule_once_below_a_group(page: html.HtmlElement) -> None:
    found = [heading.get("id") for heading in page.iter("h3")]
    assert sorted(found) == sorted(rule.id for rule in checks.all_rules())
    assert next(heading.tag for heading in page.iter("h2", "h3")) == "h2"


@pytest.mark.parametrize(("rule", "weight"), [
    ("con-cho-trong", "phải sửa, chỉ xét bài đã nộp"), ("danh-sach-mot-y", "nên xem lại, không xét Kế hoạch"),
    ("ngay-khong-co", "phải sửa, trong Kế hoạch chỉ nhắc"), ("mkdocs", "phải sửa"), ("ten-tep-usb", "phải sửa"),
    ("vien-dan-lan-dau", "nên xem lại, chỉ xét bài đã nộp và Kế hoạch"), ("the-html", "nên xem lại"),
    ("chua-duyet", "phải xong trước khi in chính thức"), ("khong-phai-utf-8", "phải sửa"),
    ("ngoai-le-thua", "nên xem lại"),
])
def test_the_weight_of_a_rule_stands_below_its_heading(rule: str, weight: str) -> None:
    assert f"{{#{rule}}}\n\n`{rule}` · {weight}\n" in rulebook.rulebook()


def test_every_module_of_rules_has_its_group() -> None:
    modules = {check.find.__module__.rpartition(".")[2] for check in CHECKS.values()}
    assert modules <= set(rulebook.GROUPS)
    assert all(re.search(rf"^## {title}$", rulebook.rulebook(), re.MULTILINE) for title in rulebook.GROUPS.values())
