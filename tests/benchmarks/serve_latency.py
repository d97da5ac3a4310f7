"""Latency of the live preview, from saving a file to the new words in a browser.

    PYTHONPATH=scripts:tests python tests/benchmarks/serve_latency.py [SPEECHES …]

Creates the fabricated conference with these numbers of speeches (default: 13 and 200), opens one in Chromium, and
saves it fifteen times with other words. Prints the times, the processor time of the preview per save, and other load
on the machine. Fails if the median is above 0.7 s, or above 1.5 s with more than 13 speeches.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import Page

from benchmarks.fabricate import fabricate
from browsing import chromium
from conftest import CONFERENCE, git
from proceedings.conference import reading

SAVES, PAUSE = 15, 2.5  # seconds between two saves, in which the preview builds the other pages
LIMITS = ((13, 0.7), (200, 1.5))  # speeches, seconds


def main(counts: list[int]) -> int:
    """Measure and print."""
    return max([_measured(count) for count in counts])


def _measured(count: int) -> int:
    own = len(reading.read_conference(CONFERENCE / "docs").conference.speeches)
    with tempfile.TemporaryDirectory() as folder:
        root = fabricate(Path(folder) / "project", max(0, count - own))
        for call in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "một")):
            git(root, *call)
        speech = next(path for path in sorted((root / "docs/tham-luan").glob("*.md"))
                      if "trang-thai: da-nop" in path.read_text("utf-8"))
        with _previewed(root) as (address, process), chromium() as browser:
            page = browser.new_page()
            page.goto(f"{address}tham-luan/{speech.stem}.html")
            page.wait_for_timeout(1000 * PAUSE)
            before = _cpu(process)
            times = [_saved(speech, page, f"Lần lưu thứ {number}.") for number in range(SAVES)]
            cpu = (_cpu(process) - before) / SAVES
    limit = next((limit for most, limit in LIMITS if count <= most), LIMITS[-1][1])
    print(f"{count} speeches: median {median(times):.2f} s, longest {max(times):.2f} s (limit {limit} s); "
          f"{cpu:.2f} s CPU a save; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    return int(median(times) > limit)


def _saved(speech: Path, page: Page, words: str) -> float:
    """Return the seconds until a page shows the saved words."""
    text = f"{speech.read_text('utf-8')}\n{words}\n"
    begun = time.monotonic()
    speech.write_text(text, "utf-8")
    page.wait_for_function("words => document.body?.innerText.includes(words)", arg=words, timeout=60_000)
    taken = time.monotonic() - begun
    page.wait_for_timeout(1000 * PAUSE)
    return taken


def _cpu(process: subprocess.Popen[str]) -> float:
    """Return the processor time of a process in seconds."""
    fields = Path(f"/proc/{process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _previewed(root: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, str(root / "scripts/serve.py"), "--dev-addr", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True,
                          env={**os.environ, "PROCEEDINGS_PDF": "false"}) as process:
        try:
            assert process.stderr
            assert any("Xem trang" in line for line in process.stderr)  # reads up to that line
            yield f"http://127.0.0.1:{port}/", process
        finally:
            process.terminate()


if __name__ == "__main__":
    sys.exit(main([int(count) for count in sys.argv[1:]] or [13, 200]))
