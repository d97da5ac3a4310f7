"""Debian's Firefox, controlled over WebDriver BiDi by its own remote agent, without a driver."""

import json
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

_LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
_SECONDS = 60


@dataclass(frozen=True)
class Firefox:
    """A tab of a running Firefox."""

    _socket: ClientConnection
    _context: str
    _numbers: Iterator[int] = field(default_factory=lambda: count(10))

    def open(self, address: str) -> None:
        """Navigate to an address and wait until the page is loaded."""
        self._call("browsingContext.navigate", context=self._context, url=address, wait="complete")

    def value(self, expression: str) -> Any:
        """Return the awaited value of an expression in the page; text, numbers, booleans and null only."""
        answer = self._call("script.evaluate", expression=expression, awaitPromise=True,
                            target={"context": self._context})
        assert answer["type"] == "success", answer
        return answer["result"].get("value")

    def wait_for(self, expression: str) -> None:
        """Wait until an expression is true in the page."""
        assert self.value("new Promise(done => { let left = 200; const look = () => { "
                          f"if ({expression}) done(true); else if (left--) setTimeout(look, 50); else done(false); }}; "
                          "look(); })"), expression

    def press(self, selector: str) -> None:
        """Scroll an element into view and click it."""
        self.value(f"document.querySelector({json.dumps(selector)}).scrollIntoView({{block: 'center'}})")
        box = json.loads(self.value("(() => { const box = document.querySelector(" + json.dumps(selector) + ")"
                                    ".getBoundingClientRect(); return JSON.stringify("
                                    "[Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)]); })()"))
        self._act("pointer", [{"type": "pointerMove", "x": box[0], "y": box[1]},
                              {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}])

    def type(self, text: str) -> None:
        """Type into the focused element."""
        self._act("key", [{"type": kind, "value": letter} for letter in text for kind in ("keyDown", "keyUp")])

    def _act(self, kind: str, actions: list[dict[str, Any]]) -> None:
        self._call("input.performActions", context=self._context,
                   actions=[{"type": kind, "id": kind, "actions": actions}])

    def _call(self, method: str, **parameters: object) -> dict[str, Any]:
        return _call(self._socket, next(self._numbers), method, parameters)


@contextmanager
def firefox() -> Iterator[Firefox]:
    """A Firefox with an empty profile while the block runs."""
    with (tempfile.TemporaryDirectory() as profile, _running(Path(profile)) as process,
          connect(f"{_address(process)}/session", max_size=None, proxy=None) as socket):
        _call(socket, 1, "session.new", {"capabilities": {}})
        tree = _call(socket, 2, "browsingContext.getTree", {})
        yield Firefox(socket, tree["contexts"][0]["context"])


@contextmanager
def _running(profile: Path) -> Iterator["subprocess.Popen[str]"]:
    command = ["firefox-esr", "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port=0"]
    # Running as root, Firefox requires root's own home, which not every CI runner sets.
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                          env={**os.environ, "HOME": str(profile)}) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.communicate(timeout=_SECONDS)


def _address(process: "subprocess.Popen[str]") -> str:
    """Return the address on which Firefox listens, printed once it is ready."""
    assert process.stderr
    for line in process.stderr:
        found = _LISTENING.search(line)
        if found:
            return found[1]
    raise AssertionError("Firefox has ended without listening")


def _call(socket: ClientConnection, number: int, method: str, parameters: dict[str, object]) -> dict[str, Any]:
    socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
    while True:
        answer: dict[str, Any] = json.loads(socket.recv(timeout=_SECONDS))
        if answer.get("id") == number:
            assert answer["type"] == "success", answer
            result: dict[str, Any] = answer["result"]
            return result
