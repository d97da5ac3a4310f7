"""Run the properties of test_fuzz.py and test_source.py with new examples for a given time.

    PYTHONPATH=scripts:tests python tests/benchmarks/fuzz.py [SECONDS]

Prints seed, examples and result of each round; stops at the first failure and prints it.
"""

import os
import subprocess
import sys
import time

from conftest import PROJECT

EXAMPLES = 400  # per property and round
_PROPERTIES = 5


def main() -> int:
    """Run rounds until the time is over."""
    end = time.monotonic() + float(sys.argv[1] if len(sys.argv) > 1 else 600)
    seed = examples = 0
    while time.monotonic() < end:
        seed += 1
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", "tests/test_fuzz.py",
             "--hypothesis-profile=long", f"--hypothesis-seed={seed}"], cwd=PROJECT, capture_output=True, text=True,
            check=False, env={**os.environ, "HOSTILE_EXAMPLES": str(EXAMPLES)})
        if done.returncode:
            print(done.stdout[-6_000:])
            return 1
        examples += EXAMPLES * _PROPERTIES
        print(f"seed {seed}: {examples} examples in all, no failure", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
