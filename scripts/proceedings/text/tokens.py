"""Markdown tokenizer: markdown-it-py, configured to match Python-Markdown, with line numbers."""

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
# Strings without which a parser rule cannot match, for rules that many texts do not need.
_SIGNS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "table": ("|",), "admonition": ("!!!",), "fence": ("```", "~~~"), "blockquote": (">",),
    "footnote_def": ("[^",), "footnote_ref": ("[^",), "escape": ("\\",),
    "backticks": ("`",), "link": ("[",), "image": ("![",), "autolink": ("<",), "html_inline": ("<",), "entity": ("&",),
})
# Characters at which an inline rule may begin or end. The parser's own list includes characters for other plugins.
INLINE_SIGNS = re.compile(r"[\n!&*<\[\\\]_`]")
# Also without a blank line before.
_ENDS_BLOCKS: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}


@dataclass(frozen=True)
class Note:
    """A footnote definition with its label and first line; `called` is true if any reference to it exists."""

    name: str
    line: int
    called: bool


def read(body: str) -> tuple[list[Token], tuple[Note, ...]]:
    """Tokenize Markdown from which comments were removed.

    Returns the tokens, those of footnotes last, and the footnote definitions.
    """
    notes: dict[str, list[Note]] = {}
    # Rules whose starting strings do not occur in the text are left out.
    idle = tuple(rule for rule, signs in _SIGNS.items() if not any(sign in body for sign in signs))
    tokens = _parser(idle).parse(body, notes)
    return tokens, tuple(notes.get("notes", ()))


class _Markdown(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - MarkdownIt's name
        """Accept every target as a link, also those that browsers refuse: the checks report them."""
        return True


@lru_cache(maxsize=64)  # a parser instance has no state between texts
def _parser(idle: tuple[str, ...]) -> MarkdownIt:
    # As in the renderer, HTML and link reference definitions ("[a]: b") are literal text.
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
    """Parse a box by the plugin's rule, except unknown kinds and "???", which the renderer leaves as text."""
    line = state.src[state.bMarks[start] + state.tShift[start]:state.eMarks[start]]
    found, count = _BOX.fullmatch(line), len(state.tokens)
    if not found or not admonition(state, start, end, silent):
        return False
    if found[2] is None and not silent:
        state.tokens[count + 2].content = BOXES[found[1]]  # after the tokens that open the box and its title
    return True


def _keep_notes(state: StateCore) -> None:
    """Record the line of each footnote, and keep unreferenced ones, which the page shows too."""
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
    """Parse inline content.

    Replaces the parser's rule: text without any special character (most cells and headings) becomes one token
    directly.
    """
    for token in state.tokens:
        if token.type == "inline" and INLINE_SIGNS.search(token.content):
            token.children = state.md.inline.parse(token.content, state.md, state.env, [])
        elif token.type == "inline" and token.content:
            token.children = [Token("text", "", 0, content=token.content)]
