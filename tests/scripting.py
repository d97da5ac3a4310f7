"""Scripts of the site run without a page, by the Node that Playwright brings along for itself."""

import json
import subprocess
from importlib.resources import files
from pathlib import Path
from typing import Any

_NODE = files("playwright").joinpath("driver/node")
# What a page gives to the scripts that know none.
_FRAME = """
globalThis.window = globalThis;
{source}
console.log(JSON.stringify(({function})(...{arguments})));
"""


def call(script: Path, function: str, *arguments: object) -> Any:
    """What a function comes to, called once the script has run; arguments and result are what JSON can hold."""
    program = _FRAME.format(source=script.read_text("utf-8"), function=function, arguments=json.dumps(arguments))
    done = subprocess.run([str(_NODE), "-"], input=program, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
