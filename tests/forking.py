"""Runs Python command lines in processes forked from one that has already imported the packages.

A child is a separate process in all respects that tests check (arguments, folder, environment, output, exit status,
signals, memory); only the second that a new interpreter takes to import MkDocs and WeasyPrint is saved.
"""

import atexit
import importlib
import json
import os
import pkgutil
import runpy
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parent.parent / "scripts"
SECONDS = 300  # per command; then SIGALRM ends it


def run(arguments: Sequence[str], folder: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run `python ARGUMENTS…` in a folder: the path of a script, or `-m` and a module, with arguments."""
    server = _server()
    assert server.stdin
    assert server.stdout
    with tempfile.TemporaryDirectory() as outputs:
        request = {"arguments": list(arguments), "folder": str(folder), "environment": dict(environment),
                   "outputs": outputs}
        server.stdin.write(json.dumps(request) + "\n")
        server.stdin.flush()
        status = int(server.stdout.readline())
        stdout, stderr = ((Path(outputs) / name).read_text("utf-8") for name in ("1", "2"))
    return subprocess.CompletedProcess([sys.executable, *arguments], status, stdout, stderr)


@cache
def _server() -> "subprocess.Popen[str]":
    server = subprocess.Popen([sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                              env={**os.environ, "PYTHONUTF8": "1"})
    atexit.register(server.communicate)  # it ends when its standard input is closed
    return server


def _serve() -> None:
    """Fork for each request on standard input; reply with the child's exit status, negative for a signal."""
    sys.path.insert(0, str(SCRIPTS))
    for name in ("mkdocs.__main__", "mkdocs.commands.build", "material.plugins.search.plugin"):
        importlib.import_module(name)
    for module in pkgutil.walk_packages([str(SCRIPTS / "proceedings")], "proceedings."):
        importlib.import_module(module.name)
    del sys.path[0]
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # handled by the tests, which then close the standard input
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _become(**json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _become(arguments: list[str], folder: str, environment: dict[str, str], outputs: str) -> None:
    """Run the command line in this process and end it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.alarm(SECONDS)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number in (1, 2):
        os.dup2(os.open(f"{outputs}/{number}", os.O_WRONLY | os.O_CREAT), number)
    status = _status(arguments, folder)
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(status)


def _status(arguments: list[str], folder: str) -> int:
    try:
        if arguments[0] == "-m":
            sys.argv = arguments[1:]
            sys.path.insert(0, folder)
            runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
        else:
            sys.argv = arguments
            sys.path.insert(0, str(Path(arguments[0]).absolute().parent))
            runpy.run_path(arguments[0], run_name="__main__")
    except SystemExit as end:
        if not isinstance(end.code, str):
            return end.code or 0
        print(end.code, file=sys.stderr)
        return 1
    except BaseException:  # noqa: BLE001 - told as the interpreter would
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    _serve()
