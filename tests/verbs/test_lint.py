"""Configuration of the linter for the site's scripts."""

import json
import subprocess
import sys
from pathlib import Path

from conftest import PROJECT

OXLINT = Path(sys.executable).parent / "oxlint"
_FAULTS = """(() => {
  const unused = 1;
  let never = 2;
  if (never == 3) console.log(missing);
  var old = eval("1");
  const shown = (shown) => shown;
  shown(old);
  location.href = "javascript:1";
})();
leaked = 1;
"""


def _rules(file: Path) -> set[str]:
    done = subprocess.run([OXLINT, "--config", PROJECT / ".oxlintrc.json", "--format", "json", file],
                          capture_output=True, text=True, check=False)
    told = json.loads(done.stdout)["diagnostics"]
    assert done.returncode == bool(told)
    return {fault["code"].partition("(")[2].rstrip(")") for fault in told}


def test_faults_of_scripts_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(_FAULTS, "utf-8")
    assert _rules(tmp_path / "a.js") >= {"no-unused-vars", "prefer-const", "eqeqeq", "no-undef", "no-var", "no-eval",
                                         "no-shadow", "no-script-url", "no-implicit-globals"}


def test_a_script_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("const a = ;\n", "utf-8")
    done = subprocess.run([OXLINT, tmp_path / "a.js"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
