"""Markdown as markdown-it-py is made to read it, so that it finds what the renderer finds; its tokens know lines."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.admon.index import admon_plugin, admonition
from mdit_py_plugins.footnote.index import footnote_def, footnote_plugin

from proceedings.schema import BOX, BOXES

__all__ = ["INLINE_SIGNS", "Note", "Token", "read"]
_BOX = re.compile(BOX)
# What each of the parser's rules cannot do without, for those that many texts have no use for.
_SIGNS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "table": ("|",), "admonition": ("!!!",), "fence": ("```", "~~~"), "blockquote": (">",),
    "footnote_def": ("[^",), "footnote_ref": ("[^",), "escape": ("\\",),
    "backticks": ("`",), "link": ("[",), "image": ("![",), "autolink": ("<",), "html_inline": ("<",), "entity": ("&",),
})
# Where a rule within lines may begin or end; the parser's own list has signs that only other plugins look for.
INLINE_SIGNS = re.compile(r"[\n!&*<\[\\\]_`]")
_ENDS_BLOCKS: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}  # without a blank line


@dataclass(frozen=True)
class Note:
    """A footnote by the name that calls use, at the line where it begins; `called` says whether any does."""

    name: str
    line: int
    called: bool


def read(body: str) -> tuple[list[Token], tuple[Note, ...]]:
    """The tokens of Markdown without comments, its footnotes behind all else; and what is known of those."""
    notes: dict[str, list[Note]] = {}
    tokens = _parser(_idle_rules(body)).parse(body, notes)
    return tokens, tuple(notes.get("notes", ()))


class _Markdown(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - MarkdownIt's name
        """Every target is a link, also one that browsers refuse: it is for the checks to tell."""
        return True


def _idle_rules(body: str) -> tuple[str, ...]:
    """The parser's rules that find nothing in the text, for it has nowhere what each of them begins with."""
    return tuple(rule for rule, signs in _SIGNS.items() if not any(sign in body for sign in signs))


@lru_cache(maxsize=64)  # it keeps nothing of what it has read
def _parser(idle: tuple[str, ...]) -> MarkdownIt:
    # As for the renderer, what stands in angle brackets is text, and so is "[a]: b".
    markdown = _Markdown("commonmark").enable("table").disable(["html_block", "reference"])
    markdown.use(footnote_plugin, inline=False).use(admon_plugin)
    markdown.block.ruler.at("admonition", _box, _ENDS_BLOCKS)
    markdown.block.ruler.at("footnote_def", footnote_def, _ENDS_BLOCKS)
    markdown.core.ruler.before("footnote_tail", "footnote_idle", _keep_notes)
    markdown.disable(idle)
    markdown.inline.terminator_re = INLINE_SIGNS
    markdown.core.ruler.at("inline", _parse_lines)
    return markdown


def _box(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The plugin's rule, but for what the renderer takes for text: boxes of other kinds, and "???"."""
    line = state.src[state.bMarks[start] + state.tShift[start]:state.eMarks[start]]
    found, count = _BOX.fullmatch(line), len(state.tokens)
    if not found or not admonition(state, start, end, silent):
        return False
    if found[2] is None and not silent:
        state.tokens[count + 2].content = BOXES[found[1]]  # behind the tokens that open the box and its title
    return True


def _keep_notes(state: StateCore) -> None:
    """Record where each note stands, and keep those that are never called, because the page shows them too."""
    data = state.env.get("footnotes")
    if not data:
        return
    calls = {label.removeprefix(":") for label, number in data["refs"].items() if number >= 0}
    openings = [token for token in state.tokens if token.type == "footnote_reference_open"]
    state.env["notes"] = [Note(token.meta["label"], token.map[0] + 1 if token.map else 1, token.meta["label"] in calls)
                          for token in openings]
    for token in openings:
        label = token.meta["label"]
        if data["refs"][f":{label}"] < 0:
            data["refs"][f":{label}"] = len(data["list"])
            data["list"][len(data["list"])] = {"label": label, "count": 0}


def _parse_lines(state: StateCore) -> None:
    """The parser's own rule, but for text without any sign, which most cells and headings are: it is one piece."""
    for token in state.tokens:
        if token.type == "inline" and INLINE_SIGNS.search(token.content):
            token.children = state.md.inline.parse(token.content, state.md, state.env, [])
        elif token.type == "inline" and token.content:
            token.children = [Token("text", "", 0, content=token.content)]
