"""Load test of the served site: all delegates open it within a minute, over TLS and with a login.

Run by name: python tests/benchmarks/serving_load.py [SITE] [--delegates 500] [--seconds 60]. Prints requests, errors,
latencies and the server's CPU time; exit status 1 if a request failed. SITE is a built site (default: site/).
"""

import argparse
import asyncio
import base64
import ssl
import statistics
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from lxml import html

PROJECT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(PROJECT / "scripts"), str(PROJECT / "tests")]

from webserver import PASSWORD, USER, Server, nginx  # noqa: E402 - found by the line above

LOGIN = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()


@dataclass
class Tally:
    """Results of the delegates: seconds per request and per visit, responses by status, bytes received."""

    requests: list[float] = field(default_factory=list)
    visits: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    received: int = 0


def main() -> int:
    options = _options()
    site = options.site.resolve()
    wanted = first_visit(site)
    with tempfile.TemporaryDirectory() as folder, nginx(site, Path(folder) / "nginx") as server:
        started = _cpu_seconds(server)
        begun = time.perf_counter()
        tally = asyncio.run(_everyone(server, wanted, options.delegates, options.seconds))
        took = time.perf_counter() - begun
        used = _cpu_seconds(server) - started
    _report(tally, wanted, took, used)
    return 0 if set(tally.statuses) <= {"200", "401"} else 1


def first_visit(site: Path) -> list[str]:
    """Return all files that a first visit of the home page may load, including fonts and the index."""
    home = html.parse(site / "index.html").getroot()
    named = {address for element, _, address, _ in home.iterlinks() if element.tag in {"script", "link", "img"}}
    files = {name for name in named if name and not name.endswith("html") and (site / name).is_file()}
    fonts = {path.relative_to(site).as_posix() for path in (site / "assets/fonts").glob("*.woff2")}
    index = {path.relative_to(site).as_posix() for path in (site / "search").glob("*.js")}
    return ["index.html", *sorted(files | fonts | index)]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", nargs="?", type=Path, default=PROJECT / "site")
    parser.add_argument("--delegates", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=60)
    return parser.parse_args()


async def _everyone(server: Server, wanted: list[str], delegates: int, seconds: float) -> Tally:
    trust = ssl.create_default_context(cafile=str(server.folder / "tai-lieu.crt"))
    tally = Tally()

    async def one(number: int) -> None:
        await asyncio.sleep(number * seconds / delegates)
        begun = time.perf_counter()
        try:
            await _visit(server, trust, wanted, tally)
        except (OSError, asyncio.IncompleteReadError) as error:
            tally.statuses[type(error).__name__] += 1
        tally.visits.append(time.perf_counter() - begun)

    await asyncio.gather(*map(one, range(delegates)))
    return tally


async def _visit(server: Server, trust: ssl.SSLContext, wanted: list[str], tally: Tally) -> None:
    """Simulate a delegate with an empty cache.

    The first request has no login, as in a browser; the others follow on the same connection.
    """
    reader, writer = await asyncio.open_connection("127.0.0.1", server.https, ssl=trust, server_hostname="localhost")
    for number, path in enumerate([wanted[0], *wanted]):
        login = f"Authorization: Basic {LOGIN}\r\n" if number else ""
        begun = time.perf_counter()
        writer.write(f"GET /{path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n{login}\r\n".encode())
        status, body = await _answer(reader)
        tally.requests.append(time.perf_counter() - begun)
        tally.statuses[status] += 1
        tally.received += body
    writer.close()
    await writer.wait_closed()


async def _answer(reader: asyncio.StreamReader) -> tuple[str, int]:
    """Return the status of a response and the size of its body."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
    status = head[0].split()[1]
    if "content-length" in headers:
        size = int(headers["content-length"])
        await reader.readexactly(size)
        return status, size
    total = 0
    while size := int(await reader.readuntil(b"\r\n"), 16):
        await reader.readexactly(size + 2)
        total += size
    await reader.readexactly(2)
    return status, total


def _cpu_seconds(server: Server) -> float:
    """Return the CPU time of nginx and its workers."""
    master = server.process.pid
    workers = Path(f"/proc/{master}/task/{master}/children").read_text("ascii").split()
    ticks = 0
    for pid in (str(master), *workers):
        fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / 100


def _report(tally: Tally, wanted: list[str], took: float, used: float) -> None:
    print(f"{len(tally.visits)} delegates, {len(wanted)} files each: {len(tally.requests)} requests in {took:.1f} s, "
          f"{tally.received / 1e6:.1f} MB; statuses {dict(tally.statuses)}")
    print(f"nginx: {used:.1f} s of CPU, {100 * used / took:.0f} % of one core")
    for name, times in (("request", tally.requests), ("visit", tally.visits)):
        cuts = statistics.quantiles(times, n=100)
        print(f"{name}: median {1000 * cuts[49]:.1f} ms, 95 % {1000 * cuts[94]:.1f} ms, 99 % {1000 * cuts[98]:.1f} ms, "
              f"worst {1000 * max(times):.1f} ms")


if __name__ == "__main__":
    sys.exit(main())
