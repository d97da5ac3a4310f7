# ruff: noqa: E501 - an attack is best read on one line
"""Attacks and malformed files, by name; generated on request, not stored.

Every script in them calls `alert`, every request goes to `ngoai.example`, and every file outside docs/ contains
`SECRET`, so that their effects can be detected.
"""

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import picturing
from proceedings.schema import SPEECH_KEYS, TOPIC, UNIT, Takes

SECRET = "chữ-của-tệp-bên-ngoài"  # noqa: S105 - of no use to anyone
OUTSIDE = "ngoai.example"
RUN = "alert(1)"

# --- Harmful text in pages: must be shown harmlessly -----------------------------------------------
INJECTIONS: Mapping[str, str] = {
    # Plain HTML
    "script": f"<script>{RUN}</script>",
    "script-upper": f"<SCRIPT>{RUN}</SCRIPT>",
    "script-src": f"<script src=//{OUTSIDE}/a.js></script>",
    "script-split": f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    "script-nul": f"<scr\0ipt>{RUN}</scr\0ipt>",
    "script-slash": f"<script/x>{RUN}</script>",
    "script-open": f"<script>{RUN}",
    "script-entities": f"&lt;script&gt;{RUN}&lt;/script&gt;",
    "script-double-entities": f"&amp;lt;script&amp;gt;{RUN}",
    "script-numeric-entities": f"&#60;script&#62;{RUN}&#60;/script&#62;",
    "script-fullwidth": f"＜script＞{RUN}＜/script＞",
    "script-in-comment": f"<!-- --><script>{RUN}</script><!-- -->",
    "comment-abrupt": f"<!--><script>{RUN}</script>-->",
    "comment-open": f"Trước <!-- <script>{RUN}</script>",
    "comment-nested": f"<!-- a <!-- b --> <img src=x onerror={RUN}> -->",
    "comment-bang": f"<!-- a --!><img src=x onerror={RUN}>",
    "comment-block": f"<!--\n\n<img src=x onerror={RUN}>\n\n--> <script>{RUN}</script>",
    "cdata": f"<![CDATA[<script>{RUN}</script>]]>",
    "declaration": f"<!DOCTYPE x [<!ENTITY a '{RUN}'>]>&a;",
    "instruction": f"<?php {RUN} ?><?xml-stylesheet href='//{OUTSIDE}/a.css'?>",
    "img-onerror": f"<img src=x onerror={RUN}>",
    "svg-onload": f"<svg onload={RUN}><script>{RUN}</script></svg>",
    "svg-use": f"<svg><use href='//{OUTSIDE}/a.svg#a'/><image href='//{OUTSIDE}/a.png'/></svg>",
    "svg-animate": f"<svg><a><animate attributeName=href values=javascript:{RUN} /><text>a</text></a></svg>",
    "math": f"<math><mtext></p><img src=x onerror={RUN}></mtext></math>",
    "math-style": f"<math><mi><style><img title='</style><img src=x onerror={RUN}>'></style></mi></math>",
    "details-ontoggle": f"<details open ontoggle={RUN}>a</details>",
    "body-onload": f"<body onload={RUN}>",
    "input-autofocus": f"<input autofocus onfocus={RUN}>",
    "marquee": f"<marquee onstart={RUN}>a</marquee>",
    "iframe": f"<iframe src=javascript:{RUN}></iframe><iframe srcdoc='<script>{RUN}</script>'></iframe>",
    "object": f"<object data=//{OUTSIDE}/a></object><embed src=//{OUTSIDE}/a>",
    "base": f"<base href=//{OUTSIDE}/>",
    "meta-refresh": f"<meta http-equiv=refresh content='0;url=//{OUTSIDE}/'>",
    "meta-csp": "<meta http-equiv=Content-Security-Policy content=\"script-src 'none'\">",
    "link-stylesheet": f"<link rel=stylesheet href=//{OUTSIDE}/a.css><link rel=prefetch href=//{OUTSIDE}/b>",
    "style-import": f"<style>@import '//{OUTSIDE}/a.css'; @font-face{{font-family:a;src:url(//{OUTSIDE}/a.woff2)}}</style>",
    "style-attribute": f"<p style=\"background:url(//{OUTSIDE}/a.png);position:fixed;inset:0\">chữ</p>",
    "form": f"<form action=//{OUTSIDE}/ ><input name=a><button formaction=javascript:{RUN}>a</button></form>",
    "video": f"<video src=//{OUTSIDE}/a.mp4 autoplay poster=//{OUTSIDE}/a.png></video><audio src=//{OUTSIDE}/a></audio>",
    "template": f"<template><script>{RUN}</script></template><slot onslotchange={RUN}></slot>",
    "noscript": f"<noscript><p title=\"</noscript><img src=x onerror={RUN}>\"></noscript>",
    "textarea": f"<textarea></textarea><img src=x onerror={RUN}><title></title><script>{RUN}</script>",
    "close-article": f"</article></main></body><script>{RUN}</script>",
    "clobber-html": "<a id=location></a><form id=document><input name=cookie></form><img name=body>",
    "dialog": f"<dialog open onclose={RUN}><div popover id=x onbeforetoggle={RUN}>a</div></dialog>",
    # Links
    "link-javascript": f"[chữ](javascript:{RUN})",
    "link-javascript-case": f"[chữ](JaVaScRiPt:{RUN})",
    "link-javascript-entity": f"[chữ](&#106;avascript:{RUN})",
    "link-javascript-hex": f"[chữ](&#x6a;&#x61;vascript&colon;{RUN})",
    "link-javascript-tab": f"[chữ](<java\tscript:{RUN}>)",
    "link-javascript-entity-tab": f"[chữ](java&Tab;script:{RUN}) [chữ](java&NewLine;script:{RUN})",
    "link-javascript-control": f"[chữ](\x01javascript:{RUN}) [chữ](<\x1f javascript:{RUN}>)",
    "link-javascript-nul": f"[chữ](java\0script:{RUN})",
    "link-javascript-percent": f"[chữ](javascript%3A{RUN}) [chữ](%6Aavascript:{RUN})",
    "link-javascript-space": f"[chữ](< javascript:{RUN}>) [chữ](<\u00a0javascript:{RUN}>)",
    "link-javascript-title": f"[chữ](a.md \"javascript:{RUN}\")",
    "link-javascript-escaped": f"[chữ](java\\script:{RUN}) [chữ](javascript\\:{RUN})",
    "link-javascript-comment": f"[chữ](javascript://{OUTSIDE}/%0A{RUN})",
    "link-javascript-bidi": f"[chữ](java\u202escript:{RUN}) [chữ](java\u200bscript:{RUN})",
    "link-vbscript": f"[chữ](vbscript:{RUN}) [chữ](livescript:{RUN}) [chữ](mocha:{RUN})",
    "link-data": f"[chữ](data:text/html,<script>{RUN}</script>)",
    "link-data-base64": "[chữ](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "link-data-svg": f"[chữ](data:image/svg+xml,<svg onload={RUN}>)",
    "link-blob": f"[chữ](blob:https://{OUTSIDE}/1) [chữ](filesystem:a) [chữ](view-source:javascript:{RUN})",
    "link-file": "[chữ](file:///etc/passwd) [chữ](file://localhost/etc/passwd) [chữ](FILE:/etc/passwd)",
    "link-traversal": "[chữ](../../../../etc/passwd) [chữ](..%2f..%2f..%2fetc/passwd) [chữ](%2e%2e/%2e%2e/a.md)",
    "link-backslash": f"[chữ](\\\\\\\\{OUTSIDE}\\\\a) [chữ](/\\\\{OUTSIDE}/a)",
    "link-quote": f"[chữ](a.md\"onmouseover=\"{RUN}) [chữ](<a.md' onclick='{RUN}>)",
    "link-title-quote": f"[chữ](a.md 'b\" onmouseover=\"{RUN}') [chữ](a.md \"b\\\" onclick={RUN}\")",
    "link-no-host": "[chữ](//[x) [chữ](http://[) [chữ](//\N{ACCOUNT OF}.example) [chữ](http://a:b:c)",
    "link-in-link": f"[a [b](javascript:{RUN}) c](javascript:{RUN})",
    "link-image": f"[![chữ](x.svg)](javascript:{RUN})",
    "link-html-label": f"[<img src=x onerror={RUN}>](a.md)",
    "link-newline": f"[chữ](java\nscript:{RUN})",
    "link-reference": f"[chữ][a]\n\n[a]: javascript:{RUN}\n",
    "link-reference-title": f"[a]\n\n[a]: a.md \"b' onclick='{RUN}\"\n",
    "autolink-javascript": f"<javascript:{RUN}> <JAVASCRIPT:{RUN}>",
    "autolink-slashes": f"<javascript://%0a{RUN}> <data://text/html,{RUN}> <file:///etc/passwd>",
    "automail": f"<a@b.example?subject=x\"onclick=\"{RUN}> <javascript:a@b>",
    "autolink-quote": f"<http://{OUTSIDE}/\"onmouseover=\"{RUN}>",
    "mailto-headers": f"[chữ](mailto:a@{OUTSIDE}?bcc=b@{OUTSIDE}&body=<script>)",
    # Pictures
    "image-foreign": f"![chữ](https://{OUTSIDE}/a.png) ![chữ](//{OUTSIDE}/a.png) ![chữ](http:{OUTSIDE}/a.png)",
    "image-backslash": f"![chữ](/\\{OUTSIDE}/a.png) ![chữ](\\\\\\\\{OUTSIDE}\\a.png)",
    "image-tab": f"![chữ](</\t/{OUTSIDE}/a.png>) ![chữ](&#9;//{OUTSIDE}/a.png)",
    "image-slashes": f"![chữ](///{OUTSIDE}/a.png) ![chữ](////{OUTSIDE}/a.png) ![chữ](</ /{OUTSIDE}/a.png>)",
    "image-mixed": f"![chữ](\\\\{OUTSIDE}/a.png) ![chữ](/\\/{OUTSIDE}/a.png) ![chữ](&#1;///{OUTSIDE}/a.png)",
    "image-drive": "![chữ](C:\\a.png) ![chữ](c:/a.png) ![chữ](/a.png) ![chữ](x.svg) ![chữ](thu.md)",
    "image-data": "![chữ](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+) ![chữ](data:image/png;base64,AAAA)",
    "image-javascript": f"![chữ](javascript:{RUN}) ![chữ](JAVASCRIPT:{RUN})",
    "image-file": "![chữ](file:///etc/passwd) ![chữ](file:/etc/hostname)",
    "image-alt": f"![\"><script>{RUN}</script>](javascript:x) ![a\" onerror=\"{RUN}](//{OUTSIDE}/x.png)",
    "image-title": f"![chữ](//{OUTSIDE}/a.png '\" onerror=\"{RUN}')",
    "image-srcset": f"![chữ](https://{OUTSIDE}/a.png){{: srcset=//{OUTSIDE}/b.png onerror={RUN} }}",
    # Attributes
    "attr-onclick": f"Chữ\n{{: onclick={RUN} }}",
    "attr-onclick-quoted": f"Chữ\n{{: #a .b onclick=\"{RUN}\" style='color:red' }}",
    "attr-heading": f"## Đề mục {{#a onclick={RUN}}}",
    "attr-inline": f"*chữ*{{: onmouseover={RUN} style=\"background:url(//{OUTSIDE}/a)\" }} [b](a.md){{: target=x }}",
    "attr-href": f"[chữ](a.md){{: href=javascript:{RUN} }} ![c](//{OUTSIDE}/a){{: src=//{OUTSIDE}/b }}",
    "attr-cell": f"| a {{: onclick={RUN} }} | b |\n| --- | --- |\n| c {{: style=x }} | d |\n",
    "attr-role": "Chữ\n{: data-role=Artifact data-tip=x data-search=off contenteditable tabindex=1 }",
    "attr-class": "Chữ\n{: .md-search .md-header .search .menu .official }",
    "clobber-ids": "\n\n".join(f"## Mục {i}\n\nĐoạn {{}}\n{{: #{name} }}" for i, name in enumerate(
        ["location", "proceedings", "__proto__", "document", "constructor", "toString", "__md_scope", "__config",
         "__drawer", "search-words", "body", "cookie", "_1", "fn:1", "fnref:1"])),
    "clobber-heading": "## location {#hasOwnProperty}\n\n## __proto__\n\n## constructor\n\n## proceedings {#proceedings}",
    # Extensions
    "admonition-title": f"!!! note \"<script>{RUN}</script><img src=x onerror={RUN}>\"\n    Chữ.",
    "admonition-class": f"!!! note onclick={RUN} \"b\"\n    Chữ.",
    "admonition-quote": f"!!! note\" onclick=\"{RUN} \"c\"\n    Chữ.",
    "admonition-link": f"!!! note \"[a](javascript:{RUN})\"\n    [b](javascript:{RUN})",
    "footnote-id": f"Chữ.[^\"><script>{RUN}</script>]\n\n[^\"><script>{RUN}</script>]: <script>{RUN}</script>",
    "footnote-quote": f"Chữ.[^a' onclick='{RUN}]\n\n[^a' onclick='{RUN}]: Chữ [b](javascript:{RUN}).",
    "footnote-percent": "Chữ.[^50%41][^a b\\c][^%22]\n\n[^50%41]: Một.\n\n[^a b\\c]: Hai.\n\n[^%22]: Ba.",
    "footnote-clobber": "Chữ.[^__proto__][^constructor]\n\n[^__proto__]: Một.\n\n[^constructor]: Hai.",
    "footnote-self": "Chữ.[^x]\n\n[^x]: Lại chú thích.[^x]",
    "footnote-place": f"///Footnotes Go Here///\n\nChữ.[^y]\n\n[^y]: <img src=x onerror={RUN}>",
    "table-cells": f"| <script>{RUN}</script> | [a](javascript:{RUN}) |\n| --- | --- |\n| <img src=x onerror={RUN}> | `<b>` |",
    "table-align": f"| a |\n| :--\" onclick={RUN} --: |\n| b |",
    "toc-marker": f"[TOC]\n\n## <script>{RUN}</script>\n\n## [a](javascript:{RUN})",
    "heading-html": f"## <img src=x onerror={RUN}> & \"quotes\" 'apostrophes' </script>",
    "heading-entities": f"## &lt;script&gt;{RUN}&lt;/script&gt; &quot;&#39;",
    "heading-code": f"## `<script>{RUN}</script>`",
    "heading-bidi": "## \u202eabc\u202c \u2066x\u2069 \u200f",
    "fence-language": f"```\"><script>{RUN}</script>\nx\n```",
    "fence-language-quote": f"```a\" onclick=\"{RUN}\nx\n```",
    "fence-options": f"``` {{.python #id onclick=\"{RUN}\" style=\"x\" title=\"<script>{RUN}</script>\" linenums=1}}\nx\n```",
    "fence-title": f"``` python title=\"<script>{RUN}</script>\" hl_lines=\"1 2\" linenums=\"1\"\nx\n```",
    "fence-content": f"```html\n</code></pre><script>{RUN}</script>\n```",
    "fence-unclosed": f"~~~~\n<script>{RUN}</script>",
    "code-span": f"`<script>{RUN}</script>` ``</code><img src=x onerror={RUN}>``",
    "code-indented": f"    </code></pre><script>{RUN}</script>",
    "emphasis": f"***<b onclick={RUN}>a*** __<img src=x onerror={RUN}>__ _*a_*",
    "quote-list": f"> - <script>{RUN}</script>\n>     1. [a](javascript:{RUN})\n>         > <img src=x onerror={RUN}>",
    "snippet": "--8<-- \"../../mkdocs.yml\"\n\n--8<--\n/etc/passwd\n--8<--\n\n{!../../mkdocs.yml!} {% include '/etc/passwd' %}",
    "entities": "&#0; &#x110000; &#xD800; &#1114112; &nosuch; &#x; &#; &amp;amp; &zwj; &#8238;abc",
    "placeholders": "\x02wzxhzdk:0\x03 \x02klzzwxh:0000\x03 \x02klzzwxh:9999\x03 \x02amp\x03 \x023\x03",
    "reserved-places": "\ue000tien-do\ue001\n\n\ue000x\ue001\n\n<p>\ue000tien-do\ue001</p>",
    # Templates, search text, lines
    "jinja": "{{ config }} {{ config.extra.site }} {% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %} {# a #}",
    "mustache": "{{{a}}} ${alert(1)} #{x} <%= x %> [[x]] {{constructor.constructor('alert(1)')()}}",
    "heading-jinja": "## {{ config.site_name }} {% raw %} {{ 7*7 }}",
    "search-close": f"Chữ </script><script>{RUN}</script> ]]> */ //--> \\u003cscript>",
    "search-separators": f"Một\u2028{RUN}\u2029hai\x85ba\x0bbốn",
    "search-escapes": "\\\" \\\\\" \\' \\n \\x3cscript\\x3e \\u2028 `${alert(1)}`",
    "bidi-overrides": "\u202ealert\u202c \u2066\u2067\u2068\u2069 \u200e\u200f \u061c",
    "zero-width": "chữ\u200b\u200c\u200d\u2060\ufeff chữ \U000e0001\U000e0041",
    "controls": "a\x00b\x01c\x08d\x0be\x0cf\x1bg\x7fh\ufffei\uffffj",
    "combining": "a" + "\u0301" * 500 + " Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞",
    "astral": "\U0001f600\U000100a0\U0010fffd 𝐒𝐜𝐫𝐢𝐩𝐭 \ufdd0",
    "marker-injection": f"<!-- bang: ../../etc -->\n\n<!-- bang: tien-do --><script>{RUN}</script>",
}

# --- Harmful front matter of a speech, beside its text ----------------------------------------------
_VALUE = f"</script><script>{RUN}</script><img src=x onerror={RUN}>\\\" onclick=\\\"{RUN}\\\" {{{{ config }}}} '"
FRONT: Mapping[str, str] = {
    "front-unit": f"trang-thai: da-nop\nngoai-phan-cong: co\ndon-vi: \"{_VALUE} một\"\nnoi-dung: Chữ",
    "front-topic": f"trang-thai: da-nop\nngoai-phan-cong: co\ndon-vi: Hai\nnoi-dung: \"{_VALUE}\"",
    "front-words": "trang-thai: da-nop\nngoai-phan-cong: co\ndon-vi: Ba\nnoi-dung: Chữ\n"
                   + "\n".join(f'{key}: "{_VALUE}"' for key in SPEECH_KEYS if key not in (UNIT, TOPIC)
                               and key.takes in (Takes.NAME, Takes.TEXT)),
    "front-javascript": f"ngoai-phan-cong: co\ndon-vi: \"[a](javascript:{RUN})\"\nnoi-dung: \"javascript:{RUN}\"",
    "front-template": f"ngoai-phan-cong: co\ndon-vi: Bốn\nnoi-dung: Chữ\ntemplate: ../../../etc/passwd\n"
                      f"title: \"{_VALUE}\"\nhide: [navigation]\ndescription: \"{_VALUE}\"",
    "front-lines": "ngoai-phan-cong: co\ndon-vi: \"Năm\\u2028\\u2029\\x85\\u202e\"\nnoi-dung: \"{% raw %}{{ 7*7 }}\\t\\b\\e\"",
}


@dataclass(frozen=True)
class Case:
    """Files added to a project: paths from its root with text or bytes. `place` does what files cannot."""

    name: str
    files: Callable[[], Mapping[str, str | bytes]]
    place: Callable[[Path], None] = field(default=lambda root: None)


def front(slug_of: str) -> str:
    """Return front matter of a delivered speech outside the plan."""
    return (f"---\ntrang-thai: da-nop\nngay-nop: 01/3/2035\nnguoi-trinh-bay: Lê Văn Thử\nphut: 1\n"
            f"ngoai-phan-cong: co\ndon-vi: {slug_of.replace('-', ' ')}\nnoi-dung: Bài thử {slug_of}\n---\n\n")


# Attacks that interfere with others on the same page: equal ids, unclosed fences, unprintable content.
_ALONE = ("attr", "clobber", "footnote", "fence", "heading", "toc")
# Letters without a glyph, at which printing stops with an error.
UNPRINTABLE = {"astral": "U+100A0", "reserved-places": "U+E000", "script-fullwidth": "U+FF1C"}
_TOGETHER = 8


def groups() -> list[list[str]]:
    """Return the names of the injections, grouped by those that can share a page."""
    alone = [name for name in INJECTIONS if name.startswith(_ALONE) or name in UNPRINTABLE]
    others = [name for name in INJECTIONS if name not in alone]
    return [[name] for name in alone] + [others[at:at + _TOGETHER] for at in range(0, len(others), _TOGETHER)]


def shown() -> dict[str, str]:
    """Return the speeches that must be shown harmlessly, by file name.

    Each attack is followed by "Hết" and its name.
    """
    texts = {group[0]: front(group[0]) + "\n\n".join(f"{INJECTIONS[name]}\n\nHết {name}." for name in group)
             for group in groups()}
    return texts | {name: f"---\n{fields}\n---\n\n## Mục\n\nHết {name}.\n" for name, fields in FRONT.items()}


# --- Too large: must be reported as a problem, or be read quickly -------------------------------------
HEAVY: Mapping[str, Callable[[], str]] = {
    "quotes-10000": lambda: ">" * 10_000 + " a",
    "quotes-spaced": lambda: "> " * 2_000 + "a",
    "quotes-lazy": lambda: "".join(">" * (i % 8) + " a\n" for i in range(9_000)),
    "list-5000-levels": lambda: "".join(" " * 4 * i + "- a\n" for i in range(350)) + "- " * 5_000 + "a",
    "list-two-spaces": lambda: "".join(" " * 2 * i + "- a\n" for i in range(140)),
    "list-inline": lambda: "- " * 4_000 + "a",
    "list-numbered-inline": lambda: "1. " * 3_000 + "a",
    "list-mixed": lambda: "> - 1. " * 400 + "a",
    "list-50000": lambda: "- a\n" * 50_000,
    "list-3000": lambda: "- a\n" * 3_000,
    "list-tabs": lambda: "".join("\t" * i + "- a\n" for i in range(300)),
    "list-blank-items": lambda: "*\n" * 19_000,
    "number-of-list": lambda: "99999999999999999999. a\n\n" + "9" * 5_000 + ") b\n\n999999999. c",
    "admonitions-nested": lambda: "".join("    " * i + "!!! note\n" for i in range(300)),
    "admonitions-900": lambda: "!!! note\n    a\n\n" * 900,
    "admonition-title-long": lambda: "!!! note \"" + "a\"" * 4_000,
    "footnotes-nested": lambda: "a[^0]\n\n" + "".join(f"[^{i}]: b[^{i + 1}]\n\n" for i in range(900)),
    "footnotes-20000": lambda: "".join(f"a[^{i}]\n\n" for i in range(20_000)),
    "footnotes-990": lambda: "".join(f"a[^{i}]\n\n[^{i}]: b\n\n" for i in range(990)),
    "footnote-called-1000": lambda: "a[^1] " * 700 + "\n\n" + "a[^1] " * 300 + "\n\n[^1]: b",
    "footnote-open": lambda: "[^" * 4_000,
    "footnote-deep": lambda: "".join("[^1]: " for _ in range(500)) + "a",
    "brackets-5000": lambda: "[" * 5_000 + "a" + "]" * 5_000,
    "brackets-open": lambda: "[" * 9_000,
    "brackets-open-across": lambda: ("[" * 10 + "\n") * 3_000,
    "brackets-in-code": lambda: "[ `]` " * 1_500,
    "brackets-escaped": lambda: "[ \\] " * 1_900,
    "brackets-at-bound": lambda: ("[" * 190 + "a" * 9_000 + "\n\n") + ("a" * 9_000 + "\n\n") * 30,
    "links-open": lambda: "[a](" * 2_000,
    "links-angle": lambda: "[a](<" * 1_900,
    "links-quote": lambda: "[a](b \"" * 1_300,
    "links-paren": lambda: "[a](" + "(" * 9_000,
    "links-1800": lambda: ("[a](b.md) " * 900 + "\n\n") * 2,
    "links-nested": lambda: "[" * 900 + "a" + "](b)" * 900,
    "images-nested": lambda: "![" * 900 + "a" + "](b.png)" * 900,
    "images-open": lambda: "![" * 4_900,
    "emphasis-run": lambda: "*" * 9_900 + "a",
    "emphasis-open": lambda: ("*a **b " * 1_400 + "\n\n") * 8,
    "emphasis-alternating": lambda: ("***a**b*" * 1_200 + "\n\n") * 6,
    "emphasis-nested": lambda: "*a **b " * 900 + "c" + "** *" * 900,
    "underscores": lambda: ("_" * 4_900 + "a " + "_a " * 1_500 + "\n\n") * 8,
    "backticks-all-lengths": lambda: "".join("`" * i + "a" for i in range(1, 140)),
    "backticks-short": lambda: ("".join("`" * (i % 19 + 1) + "a" for i in range(900)) + "\n\n") * 25,
    "backslashes": lambda: ("\\" * 9_900 + "\n\n") * 8,
    "entities-many": lambda: ("&amp;" * 1_900 + "\n\n") * 8,
    "entity-long": lambda: "&#" + "9" * 9_000 + ";",
    "entity-long-hex": lambda: "&#x" + "f" * 9_000 + ";",
    "angles": lambda: ("<" * 9_900 + "\n\n") * 8,
    "angles-tags": lambda: ("<a x" * 2_400 + "\n\n") * 8,
    "comments-open": lambda: "<!--\n" * 20_000,
    "comments-open-line": lambda: "<!--" * 2_400,
    "comments-at-bound": lambda: "<!--\n" * 299 + ("a" * 9_000 + "\n\n") * 10,
    "comments-closed": lambda: "<!-- a -->" * 290,
    "markers-open": lambda: "<!-- bang: " * 900,
    "marker-spaces": lambda: "<!-- bang" + " " * 9_900 + "x",
    "comments-and-fences": lambda: "```\n<!--\n" * 499 + "~~~\n" * 2,
    "fences-990": lambda: "```\na\n```\n" * 490,
    "fence-ticks": lambda: "```" * 3_000,
    "fence-options-long": lambda: "``` {.a " + "a=\"b\" " * 1_500 + "}\nx\n```",
    "fence-deep": lambda: "".join("    " * i + "```\n" for i in range(200)),
    "table-wide": lambda: "|a" * 5_000 + "|\n" + "|-" * 5_000 + "|\n",
    "table-99-columns": lambda: "|a" * 98 + "|\n" + "|---" * 98 + "|\n" + ("|b" * 98 + "|\n") * 80,
    "table-100000-rows": lambda: "| a | b |\n| --- | --- |\n" + "| c | d |\n" * 100_000,
    "table-4000-rows": lambda: "| a | b |\n| --- | --- |\n" + "| c | d |\n" * 4_000,
    "table-escaped-bars": lambda: "| a |\n| --- |\n| " + "\\|" * 4_000 + " |",
    "headings-100000": lambda: "# a\n\n" * 100_000,
    "headings-990-alike": lambda: "## a\n\n" * 990,
    "headings-990-nameless": lambda: "## …\n\n" * 990,
    "headings-setext": lambda: "a\n---\n" * 490,
    "heading-hashes": lambda: "## " + "#" * 4_000 + " #" * 400,
    "heading-spaces": lambda: ("## a" + " " * 9_900 + "x\n\n") * 8,
    "attributes-dots": lambda: "## a {" + ".a" * 4_000 + "\n\nb\n{" + ".a" * 4_000 + "!}",
    "attributes-many": lambda: "## a {" + "#a " * 3_000 + "}\n\nb\n{: " + ".a " * 3_000 + "}",
    "attributes-open": lambda: "## a" + " {#a" * 2_400,
    "id-long": lambda: "## a {#" + "a" * 9_000 + "}\n\n## b {#a_" + "9" * 6_000 + "}\n\n## a",
    "line-5-mb": lambda: "chữ " * 1_250_000,
    "line-9900": lambda: ("chữ " * 2_475 + "\n\n") * 29,
    "word-5-mb": lambda: "a" * 5_000_000,
    "word-9900": lambda: ("a" * 9_900 + "\n\n") * 29,
    "lines-1000000": lambda: "a\n" * 1_000_000,
    "lines-one-paragraph": lambda: "a\n" * 15_000,
    "lines-like-items": lambda: "a\n" + "- [ b\n" * 190 + "- c *d\n" * 6_000,
    "lines-like-rows": lambda: "a\n" + "| ( ( ( (\n" * 15_000,
    "paragraphs-200000": lambda: "a\n\n" * 200_000,
    "paragraphs-5000": lambda: "a\n\n" * 5_000,
    "blank-lines": lambda: "\n" * 5_000_000,
    "spaces": lambda: " " * 5_000_000,
    "crlf": lambda: "a\r\n\r\n" * 50_000,
    "blanks-open": lambda: "[…" * 4_900,
    "blanks-2000": lambda: ("[…] " * 1_000 + "\n\n") * 8,
    "digits": lambda: "1" * 9_900,
    "dates": lambda: ("ngày 05/4/2032 " * 650 + "\n\n") * 8,
    "numbers-of-documents": lambda: ("12/2034/NĐ-CP " * 700 + "\n\n") * 8,
    "capitals": lambda: ("A-" * 4_900 + "\n\n") * 8,
    "abbreviations": lambda: "".join(f"{chr(65 + i % 26)}{chr(65 + i // 26 % 26)}{chr(65 + i // 676 % 26)}X "
                                     + ("\n\n" if i % 900 == 0 else "") for i in range(8_000)),
    "secrecy-brackets": lambda: "[MẬ" * 900 + "(MẬ" * 2_000,
    "secrecy-braces": lambda: "MẬT " + "{:" * 4_000 + " - " * 500,
    "secrecy-tags": lambda: "M&lt;b ẬT " * 900,
    "line-breaks": lambda: ("a<br>" * 1_900 + "\n\n") * 8,
    "decomposed": lambda: "e\u0302\u0301 " * 3_000 + "a" + "\u0301" * 3_000,
    "plus-many-rules": lambda: "* * *\n\n- - -\n\n___\n\n" * 300 + "- " * 40,
}


# --- Malformed files ------------------------------------------------------------------
def _speech(data: bytes | str, name: str = "tham-luan/thu.md") -> Callable[[], Mapping[str, str | bytes]]:
    return lambda: {f"docs/{name}": data}


def _link(path: str, target: str) -> Callable[[Path], None]:
    """Create a symbolic link under docs/; the target is absolute or relative to the project's folder."""

    def place(root: Path) -> None:
        (root / "docs" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "docs" / path).symlink_to(target.replace("ROOT", str(root)))

    return place


def _picture(kind: str, change: Callable[[bytes], bytes]) -> Callable[[], Mapping[str, str | bytes]]:
    """Return a picture of this kind with its bytes changed."""
    return lambda: _laid({"JPEG": "jpg"}.get(kind, kind.lower()), change(picturing.saved(kind)))


def _laid(suffix: str, data: bytes) -> Mapping[str, str | bytes]:
    return {f"docs/phu-luc/van-ban/a.{suffix}": data}


def _front(text: str, count: int = 1) -> Callable[[], Mapping[str, str | bytes]]:
    return lambda: {"docs/tham-luan/thu.md": f"---\n{text * count}\n---\n\n## Mục\n"}


def _named(name: bytes) -> Callable[[Path], None]:
    def place(root: Path) -> None:
        Path(f"{root}/docs/phu-luc/{name.decode('utf-8', 'surrogateescape')}").write_text("# A\n")

    return place


_BOMB = "a0: &a0 x\n" + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 12))
_MERGE = "m0: &m0 {x: 1}\n" + "".join(f"m{i}: &m{i} {{<<: [*m{i - 1}, *m{i - 1}]}}\n" for i in range(1, 40))
_NONE: Callable[[], Mapping[str, str | bytes]] = dict

FILES: tuple[Case, ...] = (
    Case("bytes-broken", _speech(b"# A\n\nca ph\xe9 \xff\xfe\n")),
    Case("bytes-truncated", _speech("# A\n\nđường".encode()[:-1])),
    Case("bytes-overlong", _speech(b"# A\n\n\xc0\xbcscript\xc0\xbe \xed\xa0\x80 \xf5\x80\x80\x80\n")),
    Case("bytes-random", _speech(bytes(range(256)) * 40)),
    Case("utf-16-le", _speech("\ufeff# A\n\n<script>alert(1)</script>\n".encode("utf-16-le"))),
    Case("utf-16-be", _speech("\ufeff# A\n".encode("utf-16-be"))),
    Case("utf-16-odd", _speech("\ufeff# A\n".encode("utf-16-le") + b"\n")),
    Case("utf-16-without-mark", _speech("# A\n\nChữ\n".encode("utf-16-le"))),
    Case("utf-32", _speech("\ufeff# A\n".encode("utf-32-le"))),
    Case("utf-7", _speech("# A\n\n+ADw-script+AD4-alert(1)+ADw-/script+AD4-\n")),
    Case("byte-order-mark", _speech("\ufeff---\ntrang-thai: de-cuong\n---\n# A\n")),
    Case("byte-order-mark-twice", _speech("\ufeff\ufeff---\ntrang-thai: de-cuong\n---\n# A\n")),
    Case("nul", _speech(b"# A\0B\n\n\0\n")),
    Case("nul-only", _speech(b"\0" * 100_000)),
    Case("empty", _speech(b"")),
    Case("binary-picture-as-page", _speech(b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" * 100)),
    Case("zip-as-page", _speech(b"PK\x03\x04" + b"\0" * 5_000)),
    Case("plan-empty", _speech(b"", "ke-hoach.md")),
    Case("plan-broken", _speech(b"\xff\xfe\x00", "ke-hoach.md")),
    Case("plan-too-long", lambda: {"docs/ke-hoach.md": "a" * 5_000_000}),
    Case("plan-brackets", lambda: {"docs/ke-hoach.md": "# V {#to-chuc-thuc-hien}\n\n1. " + "(\n" * 4_500 + ": a"}),
    Case("plan-number", lambda: {"docs/ke-hoach.md": "# V {#to-chuc-thuc-hien}\n\n" + "9" * 9_000 + ". a: b\n\nGiờ: "
                                 + "9" * 5_000 + " ngày\n{: #thoi-gian }\n"}),
    Case("plan-days", lambda: {"docs/ke-hoach.md": "Thời gian: 5/" + "0" * 9_000 + " ngày, 1/0 ngày\n{: #thoi-gian }\n"}),
    Case("plan-backdrop", lambda: {"docs/ke-hoach.md": "## Ma kết {#ma-ket}\n\n" + "a<br>" * 1_900 + "\n\nb\n\nc\n"}),
    Case("plan-assignments", lambda: {"docs/ke-hoach.md": "## VI {#phan-cong-tham-luan}\n\n" + "".join(
        f"{i}. Đơn vị {i}: chữ\n" for i in range(1, 900))}),
    Case("agenda-too-long", _speech("---\nbat-dau: 7:30\nket-thuc: 11:30\nmuc:\n"
                                    + "  - noi-dung: a\n    phut: 1\n" * 20_000 + "---\n# A\n", "chuong-trinh.md")),
    Case("agenda-odd", _speech("---\nbat-dau: 99:99\nket-thuc: -1\nphut-tham-luan: 1e9\nmuc:\n  - [a]\n  - {b: {c: d}}\n"
                               "  - noi-dung: x\n    tham-luan: 1-999999999999\n  - noi-dung: [y]\n    phut: ９\n---\n# A\n",
                               "chuong-trinh.md")),
    Case("register-alike", lambda: {"docs/phu-luc/tu-viet-tat.md": "# A\n\n| a | b |\n| --- | --- |\n" + "".join(
        f"| {'A' * (i % 90 + 1)}{i} | b |\n" for i in range(2_000))}),
    Case("register-deep-pattern", lambda: {"docs/phu-luc/tu-viet-tat.md": "# A\n\n| a | b |\n| --- | --- |\n" + "".join(
        f"| {'A' * i} | b |\n" for i in range(1, 700))}),
    Case("register-signs", lambda: {"docs/phu-luc/van-ban.md": "# A\n\n| a | b | c | d | e |\n|---|---|---|---|---|\n"
                                    "| x | (.*)+$ | 22/02/2034 | [a](javascript:alert(1)) | \\\\ |\n"
                                    "| x | 1" + " 1" * 2_000 + " | 00/00/0000 | b | c |\n"}),
    Case("themes-many-words", lambda: {"docs/phu-luc/chu-de.md": "# A\n\n| a | b |\n| --- | --- |\n| x | "
                                       + ";".join(f"a{i}" for i in range(1_500)) + ";; |\n"}),
    # Front matter
    Case("yaml-bomb", _front(_BOMB)),
    Case("yaml-merge-bomb", _front(_MERGE)),
    Case("yaml-recursive", _front("a: &a [*a]")),
    Case("yaml-python", _front("a: !!python/object/apply:os.system ['touch pwned']")),
    Case("yaml-tags", _front("a: !!binary aGk=\nb: !!set {x}\nc: !<tag:x> d")),
    Case("yaml-deep", _front("[" * 5_000)),
    Case("yaml-deep-block", _front("".join(" " * i + "a:\n" for i in range(180)))),
    Case("yaml-question-marks", _front("? " * 5_000)),
    Case("yaml-dashes", _front("- " * 5_000)),
    Case("yaml-keys", _front("k: v\n", 4_500)),
    Case("yaml-same-keys", _front("trang-thai: da-nop\n", 900)),
    Case("yaml-flow-open", _front("a: {b: [c, {d: ", 1_000)),
    Case("yaml-quotes-open", _front("a: \"" + "\\x41" * 4_000)),
    Case("yaml-anchors", _front("a: &" + "a" * 9_000)),
    Case("yaml-long-key", _front("a" * 9_000 + ": b")),
    Case("yaml-escapes", _front("a: \"\\UFFFFFFFF\"\nb: \"\\0\"")),
    Case("yaml-surrogate", _front("a: \"\\uD800\"")),
    Case("yaml-block-scalar", _front("a: |99999999999999999999\n  b")),
    Case("yaml-numbers", _front("phut: " + "9" * 5_000 + "\nngay-nop: 99/99/9999\nngoai-phan-cong: co")),
    Case("yaml-dates", _front("ngay-nop: 00/00/0000\ntrang-thai: [da-nop]\nngoai-phan-cong: {co: co}")),
    Case("yaml-directive", _front("%YAML 9.9\n%TAG ! x:\n--- a")),
    Case("yaml-documents", _front("a: 1\n...\n--- \nb: 2")),
    Case("yaml-tabs", _front("a:\t- b\n\t\tc: d")),
    Case("yaml-front-huge", _front("a: b # chữ\n", 90_000)),
    Case("yaml-unclosed", _speech("---\na: [\n" + "b\n" * 9_000)),
    Case("yaml-second", _speech("---\ntrang-thai: de-cuong\n---\n---\ntemplate: x.html\na: &a [*a]\n---\n\nChữ\n")),
    # Names, links, pictures
    Case("name-newline", _NONE, _named(b"a\nb: 1: c (d).md")),
    Case("name-not-utf-8", _NONE, _named(b"ca ph\xe9.md")),
    Case("name-control", _NONE, _named(b"a\x1b[31mb.md")),
    Case("name-bidi", _NONE, _named("a\u202edm.b.md".encode())),
    Case("name-markup", _NONE, _named(b"<img src=x onerror=alert(1)>.md".replace(b"/", b""))),
    Case("name-quote", _NONE, _named(b"a\"'`$(x);&|.md")),
    Case("name-long", _NONE, _named(b"a" * 240 + b".md")),
    Case("name-upper-case", lambda: {"docs/phu-luc/DON-VI.md": "# A\n", "docs/Tham-Luan/x.md": "# B\n"}),
    Case("name-composed", lambda: {"docs/phu-luc/ế.md": "# A\n", "docs/phu-luc/e\u0302\u0301.md": "# B\n"}),
    Case("name-device", lambda: {"docs/phu-luc/CON.md": "# A\n", "docs/phu-luc/aux.md": "# B\n"}),
    Case("name-index-html", lambda: {"docs/phu-luc/index.html": "<script>alert(1)</script>", "docs/404.md": "# A\n"}),
    Case("name-readme", lambda: {"docs/README.md": "# A\n", "docs/phu-luc/README.md": "# A\n"}),
    Case("link-to-passwd", _NONE, _link("phu-luc/x.md", "/etc/passwd")),
    Case("link-outside", _NONE, _link("phu-luc/x.md", "ROOT/bi-mat.md")),
    Case("link-outside-relative", _NONE, _link("phu-luc/x.md", "../../bi-mat.md")),
    Case("link-folder-outside", _NONE, _link("phu-luc/x", "ROOT")),
    Case("link-to-itself", _NONE, _link("phu-luc/x.md", "x.md")),
    Case("link-loop", _NONE, _link("phu-luc/x", ".")),
    Case("link-to-device", _NONE, _link("phu-luc/x.md", "/dev/zero")),
    Case("link-to-process", _NONE, _link("phu-luc/x.md", "/proc/self/environ")),
    Case("link-picture-outside", lambda: {"docs/phu-luc/a.md": "# A\n\n![a](x.png)\n"},
         _link("phu-luc/x.png", "ROOT/bi-mat.md")),
    Case("folder-named-like-a-page", _NONE, lambda root: (root / "docs/phu-luc/x.md").mkdir()),
    # Pictures
    Case("picture-bomb-png", _picture("PNG", lambda data: data[:16] + b"\0\0\xea\x60" * 2 + data[24:])),
    Case("picture-bomb-gif", _picture("GIF", lambda data: data[:6] + b"\xff" * 4 + data[10:])),
    Case("picture-bomb-webp", lambda: _laid("webp", picturing.huge_webp())),
    Case("picture-text-bomb", _picture("PNG", lambda data: picturing.in_png(
        data, picturing.chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(100_000_000)))))),
    Case("picture-cut", _picture("JPEG", lambda data: data[:300])),
    Case("picture-polyglot-zip", _picture("GIF", lambda data: data + b"PK\x03\x04" + bytes(400))),
    Case("picture-polyglot-html", _picture("JPEG", lambda data: data + f"<script>{RUN}</script>".encode())),
    Case("picture-drawing", lambda: _laid("png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")),
    Case("picture-program", lambda: _laid("jpg", b"MZ" + bytes(400))),
    Case("picture-of-another-name", lambda: _laid("png", picturing.saved("JPEG"))),
    Case("picture-exif-ring", _picture("JPEG", lambda data: data[:2] + picturing.segment(
        0xE1, b"Exif\0\0MM\0*\0\0\0\x08" + (5_000).to_bytes(2) + b"\x87\x69\0\4\0\0\0\1\0\0\0\x08" * 5_000) + data[2:])),
    Case("picture-place", lambda: _laid("jpg", picturing.saved("JPEG", exif=picturing.position()))),
    Case("picture-favicon", lambda: {"docs/assets/images/favicon.png": picturing.saved("PNG")}),
    Case("stray-files", lambda: {"docs/phu-luc/a.js": "alert(1)", "docs/phu-luc/b.svg": "<svg onload='alert(1)'/>",
                                 "docs/phu-luc/c.html": "<script>alert(1)</script>", "docs/phu-luc/d.docx": b"PK",
                                 "docs/.htaccess": "x", "docs/phu-luc/mkdocs.yml": "hooks: [x.py]"}),
)


def heavy() -> tuple[Case, ...]:
    """Return a page for each text that is too large."""
    return tuple(Case(name, lambda make=make: {"docs/tham-luan/thu.md": front("thu") + make()})  # type: ignore[misc]
                 for name, make in HEAVY.items())


CASES: Mapping[str, Case] = {case.name: case for case in (*heavy(), *FILES)}

# Rules that must report each of these; other cases may be reported or not.
TOLD: Mapping[str, str] = {
    "tep-qua-lon": """
        quotes-10000 quotes-spaced quotes-lazy list-5000-levels list-two-spaces list-inline
        list-numbered-inline list-mixed list-50000 list-tabs admonitions-nested footnotes-20000
        footnote-open footnote-deep brackets-5000 brackets-open brackets-open-across brackets-in-code
        brackets-escaped links-open links-angle links-quote links-nested images-nested
        images-open backticks-all-lengths comments-open comments-open-line comments-at-bound markers-open
        comments-and-fences fence-ticks table-wide table-100000-rows headings-100000 lines-like-items
        line-5-mb word-5-mb lines-1000000 lines-one-paragraph lines-like-rows paragraphs-200000
        blank-lines spaces crlf blanks-open secrecy-brackets decomposed
        nul-only plan-too-long agenda-too-long yaml-deep yaml-keys yaml-flow-open
        yaml-quotes-open yaml-front-huge yaml-unclosed emphasis-alternating emphasis-open
        emphasis-nested underscores backticks-short table-99-columns
    """,
    "lien-ket-hong": """
        links-1800
    """,
    "bang-la": """
        marker-spaces
    """,
    "con-cho-trong": """
        blanks-2000
    """,
    "dau-mat": """
        secrecy-braces
    """,
    "khong-phai-utf-8": """
        bytes-broken bytes-overlong bytes-random utf-16-le utf-16-be utf-16-odd
        utf-16-without-mark utf-32 binary-picture-as-page plan-broken
    """,
    "chuong-trinh-khong-ro": """
        plan-empty plan-brackets plan-number plan-days plan-backdrop
    """,
    "ke-hoach-khong-ro": """
        plan-assignments
    """,
    "dau-tep-sai": """
        agenda-odd yaml-bomb yaml-merge-bomb yaml-recursive yaml-python yaml-tags
        yaml-deep-block yaml-question-marks yaml-dashes yaml-same-keys yaml-anchors yaml-long-key
        yaml-escapes yaml-surrogate yaml-block-scalar yaml-numbers yaml-dates yaml-directive
        yaml-tabs yaml-documents
    """,
    "bang-khong-ro": """
        register-signs themes-many-words
    """,
    "ten-tep-sai-cach": """
        name-newline name-not-utf-8 name-control name-bidi name-markup name-quote name-long name-device
        name-readme
    """,
    "ten-tep-trung": """
        name-upper-case name-composed
    """,
    "tep-la": """
        stray-files name-index-html
    """,
    "anh-qua-lon": """
        picture-bomb-gif picture-bomb-webp
    """,
    "anh-sai-dang": """
        picture-bomb-png picture-text-bomb picture-cut picture-drawing picture-program picture-of-another-name
    """,
    "anh-kem-thong-tin": """
        picture-polyglot-zip picture-polyglot-html picture-place
    """,
    "cho-danh-rieng": """
        picture-favicon
    """,
    "loi-tat": """
        link-to-passwd link-outside link-outside-relative link-folder-outside link-to-itself
        link-loop link-to-device link-to-process link-picture-outside
    """,
}
