"""The live preview in a browser: saved words appear, and problems are shown above the last good page."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from browsing import Watch
from conftest import lay_out_project

SPEECH = "tham-luan/ban-to-chuc-de-an-huyen-doi-gio"


@dataclass(frozen=True)
class Served:
    """A project and the address of its preview."""

    root: Path
    address: str

    @property
    def speech(self) -> Path:
        """A speech of the project."""
        return self.root / f"docs/{SPEECH}.md"

    def add(self, words: str) -> None:
        """Append these words to the speech."""
        self.speech.write_text(f"{self.speech.read_text('utf-8')}\n\n{words}\n", "utf-8")


@pytest.fixture(scope="module")
def previewed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The preview of the fabricated conference in a separate process."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    root = lay_out_project(tmp_path_factory.mktemp("preview") / "project")
    process = subprocess.Popen([sys.executable, root / "scripts/serve.py", "--dev-addr", f"127.0.0.1:{port}"],
                               stderr=subprocess.PIPE, text=True, env={**os.environ, "PROCEEDINGS_PDF": "false"})
    assert process.stderr
    try:
        assert any("Xem trang ở" in line for line in process.stderr)  # reads up to that line
        yield Served(root, f"http://127.0.0.1:{port}/")
    finally:
        process.terminate()
        process.communicate()


def test_saved_words_appear_and_problems_come_and_go(browser: Browser, previewed: Served) -> None:
    watch = Watch(browser, previewed.address, 1280)
    page, banner = watch.page, watch.page.get_by_role("alert")
    page.goto(f"{previewed.address}{SPEECH}.html")
    expect(banner).to_have_count(0)

    good = previewed.speech.read_text("utf-8")
    previewed.add("Lời mới.")
    expect(page.get_by_text("Lời mới.")).to_be_visible()
    previewed.add("Xem [<b>đây</b>](khong-co.md). Lời sau.")
    line = len(previewed.speech.read_text("utf-8").splitlines())
    expect(banner).to_contain_text(f"docs/{SPEECH}.md:{line}: ")
    expect(page.get_by_text("Lời mới.")).to_be_visible()
    expect(page.get_by_text("Lời sau.")).to_have_count(0)
    box = banner.bounding_box()
    assert box
    assert (box["x"], box["y"], box["width"]) == (0, 0, 1280)

    previewed.speech.write_text(f"{good}\n\nLời cuối.\n", "utf-8")
    expect(page.get_by_text("Lời cuối.")).to_be_visible()
    expect(banner).to_have_count(0)
    assert watch.faults == []


def test_a_page_that_does_not_change_is_not_loaded_again(browser: Browser, previewed: Served) -> None:
    page = browser.new_page()
    page.goto(f"{previewed.address}bien-tap/index.html")
    page.evaluate("window.loaded = 'once'")
    other = browser.new_page()
    other.goto(f"{previewed.address}{SPEECH}.html")
    previewed.add("Lời khác.")
    expect(other.get_by_text("Lời khác.")).to_be_visible()
    page.wait_for_timeout(1000)
    assert page.evaluate("window.loaded") == "once"


def test_changed_code_is_run_and_wrong_code_is_told(browser: Browser, previewed: Served) -> None:
    page = browser.new_page()
    page.goto(f"{previewed.address}index.html")
    code = previewed.root / "scripts/proceedings/html/fragments.py"
    good = code.read_text("utf-8")
    code.write_text(f"{good}\ndef (\n", "utf-8")
    expect(page.get_by_role("alert")).to_contain_text("scripts/proceedings/html/fragments.py:")
    code.write_text(good, "utf-8")
    expect(page.get_by_role("alert")).to_have_count(0, timeout=20_000)
