"""Runs scripts of the site without a page, in the Node that Playwright includes."""

import json
import subprocess
from importlib.resources import files
from pathlib import Path
from typing import Any

_NODE = files("playwright").joinpath("driver/node")
# The environment that a page provides for scripts.
_FRAME = """
globalThis.window = globalThis;
{source}
console.log(JSON.stringify(({function})(...{arguments})));
"""


def call(script: Path, function: str, *arguments: object) -> Any:
    """Return the result of a function after running the script; arguments and result are JSON values."""
    program = _FRAME.format(source=script.read_text("utf-8"), function=function, arguments=json.dumps(arguments))
    done = subprocess.run([str(_NODE), "-"], input=program, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
