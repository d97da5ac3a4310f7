"""Wrong passwords are rate limited by address; right ones are not, even for many users of one address."""

import base64
import http.client
import ssl
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from proceedings.site import server_config
from webserver import PASSWORD, USER, Server, nginx

WRONG = 200


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    site = tmp_path / "site"
    for name, data in {**server_config.files(site), "index.html": b"<p>trang</p>", "404.html": b"<p>404</p>",
                       "a/index.html": b"<p>a</p>"}.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(data)
    with nginx(site, tmp_path / "nginx") as running:
        yield running


def asked(server: Server, passwords: list[str], path: str = "/") -> list[tuple[int, str]]:
    """Return status and body of requests with these passwords over one connection; "" sends none."""
    trust = ssl.create_default_context(cafile=str(server.folder / "tai-lieu.crt"))
    connection = http.client.HTTPSConnection("localhost", server.https, context=trust, timeout=30)
    answers = []
    for password in passwords:
        secret = base64.b64encode(f"{USER}:{password}".encode()).decode()
        connection.request("GET", path, headers={"Authorization": f"Basic {secret}"} if password else {})
        response = connection.getresponse()
        answers.append((response.status, response.read().decode()))
    connection.close()
    return answers


@pytest.mark.parametrize("path", ["/", "/khong-co.html", "/favicon.ico", "/.git/config", "/may-chu/nginx.conf", "/a",
                                  "/404.html", "/a/.an"])
def test_wrong_passwords_are_stopped_and_told_so_in_vietnamese(server: Server, path: str) -> None:
    answers = asked(server, [f"sai-{number}" for number in range(WRONG)], path)
    statuses = Counter(status for status, _ in answers)
    assert set(statuses) == {401, 429}
    assert 20 <= statuses[401] <= 100  # many users of one address may mistype theirs in the same minute
    assert "Cần đăng nhập" in answers[0][1]
    assert "Hãy đợi ít giây" in answers[-1][1]
    assert asked(server, ["sai"], "/khong-co.html")[0][0] == 429  # for any path


def test_right_passwords_and_first_visits_are_not_held_up_by_wrong_ones(server: Server) -> None:
    asked(server, ["sai"] * WRONG)
    assert {status for status, _ in asked(server, [PASSWORD] * 300)} == {200}
    assert {status for status, _ in asked(server, [""] * 300)} == {401}
    assert {status for status, _ in asked(server, [PASSWORD] * 20, "/khong-co.html")} == {404}
    assert [status for status, _ in asked(server, [PASSWORD, PASSWORD], "/a/")] == [200, 200]


def test_five_hundred_behind_one_address_get_in(server: Server) -> None:
    with ThreadPoolExecutor(20) as pool:
        found = [status for answers in pool.map(lambda _: asked(server, ["", PASSWORD, PASSWORD]), range(500))
                 for status, _ in answers]
    assert Counter(found) == {401: 500, 200: 1000}


def test_one_who_calls_without_end_is_slowed(server: Server) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = Counter(status for answers in pool.map(lambda _: asked(server, [""] * 1_500), range(8))
                        for status, _ in answers)
    assert found[429] > 0
    assert set(found) == {401, 429}
