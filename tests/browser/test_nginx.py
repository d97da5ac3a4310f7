"""The built site served by Debian's nginx with the generated configuration."""

import base64
import gzip
import http.client
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext

from proceedings.conference import products
from webserver import PASSWORD, USER, Server, nginx

LOGIN = {"Authorization": "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()}
ON_EVERY_RESPONSE = {
    "x-content-type-options": "nosniff", "referrer-policy": "no-referrer", "x-robots-tag": "noindex, nofollow",
    "cross-origin-opener-policy": "same-origin", "cross-origin-resource-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp"}
# Records CSP violations from the start of each page.
WATCH = """
window.refused = [];
document.addEventListener("securitypolicyviolation", e => refused.push(`${e.violatedDirective} ${e.blockedURI}`));
"""
# Resolves when fonts are loaded and the scripts of the page are idle.
QUIET = "document.fonts.ready.then(() => new Promise((done) => requestIdleCallback(done)))"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@pytest.fixture(scope="module")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with nginx(built, tmp_path_factory.mktemp("etc") / "nginx") as running:
        yield running


@pytest.fixture
def context(server: Server, browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(ignore_https_errors=True, service_workers="block",
                               http_credentials={"username": USER, "password": PASSWORD})
    made.add_init_script(WATCH)
    yield made
    made.close()


def ask(server: Server, path: str, method: str = "GET", *, login: bool = True, secure: bool = True,
        **headers: str) -> Answer:
    """Send a request; underscores in header names stand for hyphens."""
    trust = ssl.create_default_context(cafile=str(server.folder / "tai-lieu.crt"))
    connection = (http.client.HTTPSConnection("localhost", server.https, context=trust, timeout=30) if secure
                  else http.client.HTTPConnection("localhost", server.http, timeout=30))
    given = {**(LOGIN if login else {}), **{name.replace("_", "-"): value for name, value in headers.items()}}
    connection.request(method, path, headers=given)
    response = connection.getresponse()
    answer = Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())
    connection.close()
    return answer


def _files(built: Path, suffix: str) -> list[str]:
    return sorted(path.relative_to(built).as_posix() for path in built.rglob(f"*{suffix}"))


def test_a_browser_runs_every_page_without_one_refusal_and_asks_no_one_else(
    built: Path, server: Server, context: BrowserContext,
) -> None:
    faults: list[str] = []
    page = context.new_page()
    page.on("console", lambda message: faults.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: faults.append(request.url) if not request.url.startswith(
        (server.address, "data:", "blob:")) else None)
    pages = [path for path in _files(built, ".html") if path != "404.html"]
    for path in [*pages, products.backdrop_drawing, products.backdrop_screen]:
        arrived = page.goto(server.address + path)
        page.evaluate(QUIET)
        assert arrived
        assert arrived.status == 200, path
        assert page.evaluate("refused") == [], path
    assert len(pages) > 10
    assert faults == []


def test_a_browser_refuses_what_the_policy_does_not_know(server: Server, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(server.address)
    page.evaluate("""async () => {
        const inline = document.createElement("script");
        inline.textContent = "window.ran = true";
        const foreign = document.createElement("img");
        foreign.src = "https://other.example/a.png";
        document.body.append(inline, foreign);
        document.body.insertAdjacentHTML("beforeend", "<p style='color: red'>");
        await new Promise(done => setTimeout(done, 300));
    }""")
    assert page.evaluate("window.ran") is None
    assert {str(refusal).split(" ", maxsplit=1)[0] for refusal in page.evaluate("refused")} == {
        "script-src-elem", "img-src", "style-src-attr"}


@pytest.mark.parametrize("path", ["/", "/ke-hoach.html", "/ky-yeu.pdf", "/assets/stylesheets/proceedings.css",
                                  "/tai-lieu-usb.zip", "/khong-co.html", "/404.html", "/may-chu/nginx.conf", "/.git/"])
def test_without_login_nothing_is_shown_not_even_what_there_is(server: Server, path: str) -> None:
    for wrong in ("", "Basic " + base64.b64encode(f"{USER}:sai".encode()).decode()):
        answer = ask(server, path, login=False, Authorization=wrong)
        assert answer.status == 401
        assert answer.headers["www-authenticate"].startswith("Basic realm=")
        assert len(answer.body) < 500
    assert "Hãy tải lại trang rồi nhập tên và mật khẩu" in ask(server, "/", login=False).body.decode()


@pytest.mark.parametrize("path", [
    "/may-chu", "/may-chu/", "/may-chu/nginx.conf", "/may-chu/gia-tri.conf", "//may-chu/nginx.conf",
    "/assets/../may-chu/nginx.conf", "/%6day-chu/nginx.conf", "/.git/config", "/assets/.ghi-chu", "/assets/",
    "/assets/fonts/", "/khong-co.html", "/../nginx.conf", "/%2e%2e/nginx.conf"])
def test_configuration_hidden_files_and_folders_are_not_there(server: Server, built: Path, path: str) -> None:
    (built / "assets" / ".ghi-chu").write_text("kín")
    answer = ask(server, path)
    (built / "assets" / ".ghi-chu").unlink()
    if answer.status == 301:  # a folder without trailing slash, a response that reveals nothing of its content
        answer = ask(server, answer.headers["location"])
    assert answer.status in {400, 404}
    assert b"Index of" not in answer.body
    assert b"server {" not in answer.body
    assert "Không tìm thấy trang" in answer.body.decode() or answer.status == 400


def _kinds(server: Server) -> dict[int, Answer]:
    """Return a response of each status that the site sends."""
    etag = ask(server, "/").headers["etag"]
    return {200: ask(server, "/"), 206: ask(server, "/ky-yeu.pdf", Range="bytes=0-99"), 301: ask(server, "/assets"),
            304: ask(server, "/", If_None_Match=etag), 401: ask(server, "/", login=False),
            404: ask(server, "/khong-co.html"), 405: ask(server, "/", "POST"),
            416: ask(server, "/ky-yeu.pdf", Range="bytes=999999999-")}


def test_every_response_carries_every_header(server: Server) -> None:
    for status, answer in _kinds(server).items():
        assert answer.status == status
        assert answer.headers.items() >= ON_EVERY_RESPONSE.items(), status
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
        assert answer.headers["server"] == "nginx"
        assert "camera=()" in answer.headers["permissions-policy"]
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'")
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy


def test_only_reading_is_allowed(server: Server) -> None:
    assert ask(server, "/", "HEAD").status == 200
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "PROPFIND", "PATCH"):
        answer = ask(server, "/", method)
        assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")
    assert ask(server, "/", "TRACE").status == 405
    assert ask(server, "/", "POST", login=False).status == 405  # rejected before the password is checked


def test_plain_http_leads_to_https_at_the_sites_own_name(server: Server) -> None:
    answer = ask(server, "/ke-hoach.html?x=1", login=False, secure=False, Host="other.example")
    assert (answer.status, answer.headers["location"]) == (301, "https://localhost/ke-hoach.html?x=1")
    assert "strict-transport-security" not in answer.headers


def test_hashed_files_are_kept_and_all_else_asks_again(server: Server, built: Path) -> None:
    kept = [path for path in _files(built, ".min.js") if path.startswith("assets/javascripts/bundle.")]
    assert len(kept) == 1
    assert ask(server, f"/{kept[0]}").headers["cache-control"] == "private, max-age=31536000, immutable"
    asked = ["index.html", "ky-yeu.pdf", *(f"assets/{path.relative_to(built / 'assets').as_posix()}"
             for folder in ("fonts", "javascripts", "stylesheets") for path in (built / "assets" / folder).iterdir()
             if path.is_file() and ".min." not in path.name)]
    for path in asked:
        first = ask(server, f"/{path}")
        assert first.headers["cache-control"] == "private, no-cache", path
        assert ask(server, f"/{path}", If_None_Match=first.headers["etag"]).status == 304
    for answer in (ask(server, f"/{kept[0]}", login=False), ask(server, "/assets/javascripts/x.00000000.min.js")):
        assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(("path", "kind", "squeezed"), [
    ("/ke-hoach.html", "text/html; charset=utf-8", True),
    ("/assets/stylesheets/proceedings.css", "text/css; charset=utf-8", True),
    ("/assets/javascripts/display.js", "application/javascript; charset=utf-8", True),
    ("/ma-ket.svg", "image/svg+xml; charset=utf-8", True),
    ("/favicon.ico", "image/png", False),
    ("/ky-yeu.pdf", "application/pdf", False),
    ("/tai-lieu-usb.zip", "application/zip", False),
    ("/assets/fonts/be-vietnam-pro-regular.woff2", "font/woff2", False)])
def test_types_are_right_and_text_is_compressed(
    server: Server, built: Path, path: str, kind: str, squeezed: bool,
) -> None:
    answer = ask(server, path, Accept_Encoding="gzip")
    assert answer.headers["content-type"] == kind
    assert (answer.headers.get("content-encoding") == "gzip") == squeezed
    body = gzip.decompress(answer.body) if squeezed else answer.body
    assert body == (built / path.lstrip("/").replace("favicon.ico", "assets/images/favicon.png")).read_bytes()


def test_old_protocols_are_refused(server: Server) -> None:
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
    old.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSv1"):
        old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    connection = http.client.HTTPSConnection("localhost", server.https, context=old, timeout=30)
    with pytest.raises(ssl.SSLError):
        connection.request("GET", "/")
    connection.close()


def test_the_log_tells_who_opened_what_and_nothing_after_the_question_mark(server: Server) -> None:
    wanted = f' 127.0.0.1 {USER} "GET /phu-luc/tu-viet-tat.html" 200 '
    before = server.log("tai-lieu.log").count(wanted)
    ask(server, "/phu-luc/tu-viet-tat.html?h=tu-khoa")
    for _ in range(50):  # a request is logged after its response is sent
        if server.log("tai-lieu.log").count(wanted) > before:
            break
        time.sleep(0.1)
    assert server.log("tai-lieu.log").count(wanted) == before + 1
    assert "tu-khoa" not in server.log("tai-lieu.log")


def test_the_page_for_wrong_addresses_works_at_any_depth(server: Server, context: BrowserContext) -> None:
    page = context.new_page()
    arrived = page.goto(f"{server.address}tham-luan/sau/khong-co.html")
    assert arrived
    assert arrived.status == 404
    home = page.locator("article a, main a").first.get_attribute("href")
    assert urlsplit(str(home)).path.startswith(("/", "."))
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Be Vietnam Pro"')
    page.locator("#search-words").fill("thư viện")
    page.locator(".search__title").first.wait_for()
    assert page.evaluate("refused") == []
    page.locator(".search__title").first.click()
    page.locator("mark.found").first.wait_for()
    assert page.evaluate("refused") == []
