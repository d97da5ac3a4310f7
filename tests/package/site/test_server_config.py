"""The web server's configuration: hashes in its policy, and values to be filled in."""

import base64
import hashlib
import re
from pathlib import Path

import pytest
from lxml import html

from proceedings.site import server_config



def _source(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _policy(*pages: str) -> dict[str, list[str]]:
    found = re.findall(r'add_header Content-Security-Policy "([^"]*)" always;', server_config.configuration(pages))
    assert len(found) == 1
    directives = (directive.split() for directive in found[0].split(";"))
    return {name: sources for name, *sources in directives}


def test_the_hash_is_that_of_the_standards_example() -> None:
    # https://www.w3.org/TR/CSP3/ gives the digest of this text.
    assert _policy("<script>alert('Hello, world.');</script>")["script-src"] == [
        "'self'", "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"]


def test_a_page_without_inline_script_leaves_the_policy_bare() -> None:
    assert _policy('<p>Không có gì</p><script src="a.js"></script>') == {
        "default-src": ["'none'"], "script-src": ["'self'"], "style-src": ["'self'"], "img-src": ["'self'", "data:"],
        "font-src": ["'self'"], "connect-src": ["'self'"], "base-uri": ["'self'"], "form-action": ["'self'"],
        "frame-ancestors": ["'none'"]}


@pytest.mark.parametrize("kind", ["", ' type=""', ' type="module"', ' type="text/javascript"', ' TYPE=" Module "',
                                  ' type="importmap"', " defer"])
def test_what_a_browser_runs_is_hashed(kind: str) -> None:
    assert _policy(f"<script{kind}>chạy()</script>")["script-src"] == ["'self'", _source("chạy()")]


@pytest.mark.parametrize("kind", [' type="application/json"', ' type="text/template"', ' src="a.js"', ' src=""'])
def test_data_and_scripts_with_an_address_are_not(kind: str) -> None:
    assert _policy(f"<script{kind}>x</script>")["script-src"] == ["'self'"]


def test_hashes_of_all_pages_come_once_each_and_sorted() -> None:
    pages = ["<script>a()</script><script>b()</script>", "<script>b()</script><script>\nc('&amp;<p>')\n</script>"]
    wanted = sorted(map(_source, ("a()", "b()", "\nc('&amp;<p>')\n")))
    assert _policy(*pages)["script-src"] == ["'self'", *wanted]
    assert server_config.configuration(pages) == server_config.configuration(pages[::-1])


def test_line_ends_are_hashed_as_a_browser_reads_them(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_bytes(b"<script>a()\r\nb()</script>")
    written = server_config.files(tmp_path)["may-chu/nginx.conf"].decode()
    assert _source("a()\nb()") in written


def test_inline_styles_are_hashed_where_there_are_any() -> None:
    assert _policy("<style>p { color: red }</style>")["style-src"] == ["'self'", _source("p { color: red }")]


@pytest.mark.parametrize("content", ["<script>xấu()</script>", "</article><script>xấu()</script>",
                                     "<article></article><script>xấu()</script><article>"])
def test_a_script_that_slipped_into_content_stays_refused(content: str) -> None:
    page = f"<head><script>a()</script></head><article>{content}</article><script>b()</script>"
    assert _policy(page)["script-src"] == ["'self'", *sorted([_source("a()"), _source("b()")])]


def test_nothing_is_left_to_fill_in_and_headers_stand_in_one_place() -> None:
    text = server_config.configuration(["<script>a()</script>"])
    assert re.findall(r"@[a-z-]+@", text) == []
    blocks = re.findall(r"^ *location [^{]*\{[^}]*\}", text, re.MULTILINE)
    assert len(blocks) == 8
    assert not any("add_header" in block for block in blocks)
    headers = [line.strip() for line in text.splitlines() if line.strip().startswith("add_header")]
    assert len(headers) == 11
    assert all(line.endswith("always;") for line in headers)


def test_the_build_writes_the_configuration_with_the_hashes_of_its_pages(built: Path) -> None:
    written = (built / "may-chu" / "nginx.conf").read_text("utf-8")
    scripts = {script.text or "" for page in built.rglob("*.html") for script in html.parse(page).iterfind(".//script")
               if "src" not in script.attrib and script.get("type") in {None, "module"}}
    hashes = set(re.findall(r"'sha256-[^']+'", written))
    assert hashes == set(map(_source, scripts))


def test_no_page_carries_an_inline_style_or_a_handler(built: Path) -> None:
    for page in built.rglob("*.html"):
        for element in html.parse(page).iter():
            if isinstance(element.tag, str):
                assert element.tag != "style", page
                assert not [name for name in element.attrib if name == "style" or name.startswith("on")], page


def test_the_sample_of_values_names_all_that_the_server_must_know(built: Path) -> None:
    values = (built / "may-chu" / "gia-tri.conf").read_text("utf-8")
    for directive in ("server_name", "listen", "ssl_certificate", "ssl_certificate_key", "root",
                      "auth_basic_user_file", "access_log", "error_log"):
        assert re.search(rf"^{directive} ", values, re.MULTILINE), directive
