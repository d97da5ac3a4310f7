"""How the command lines are called and end: a wrong call, a stop and a refusal of the system get one sentence each."""

import argparse
import gc
import os
import re
import sys
from collections.abc import Callable
from typing import Any, NoReturn

# Reading and checking create few reference cycles; looking for them often costs a tenth of the time. Set before the
# package is imported, which allocates much.
gc.set_threshold(50_000, 20, 100)
try:
    from proceedings.checks.engine.reports import visible
except ModuleNotFoundError as missing:
    print(f"Python này chưa có gói {missing.name}; hãy gọi bằng .venv/bin/python {sys.argv[0]}, sau khi đã chạy "
          "scripts/check hoặc scripts/build một lần.", file=sys.stderr)
    sys.exit(2)

STOPPED = 130
# What argparse says of a wrong call.
_SAID = (
    (r"unrecognized arguments: (.+)", 'không có tùy chọn hay tham số "{}"'),
    (r"argument ([^ :]+): expected .+", "sau {} còn thiếu giá trị"),
    (r"argument ([^ :]+): invalid choice: (.+) \(choose from (.+)\)", "{} không nhận {}, chỉ nhận: {}"),
    (r"argument ([^ :]+): ignored explicit argument (.+)", "{} không nhận giá trị {}"),
    (r"the following arguments are required: (.+)", "còn thiếu: {}"),
    (r"argument ([^ :]+): (.+)", "{}: {}"),
)


class Parser(argparse.ArgumentParser):
    """A command line that speaks Vietnamese and takes options by their whole name only."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, allow_abbrev=False, add_help=False)
        self.add_argument("-h", "--help", action="help", help="xem cách gọi")

    def format_help(self) -> str:
        """Return the help with Vietnamese headings."""
        words = super().format_help().replace("usage:", "Cách gọi:", 1)
        return words.replace("\noptions:\n", "\nTùy chọn:\n").replace("\npositional arguments:\n", "\nTham số:\n")

    def error(self, message: str) -> NoReturn:
        """End with one sentence."""
        found = ((re.fullmatch(pattern, message, re.DOTALL), words) for pattern, words in _SAID)
        told = next((words.format(*match.groups()) for match, words in found if match), message)
        self.exit(2, visible(f"Lệnh gọi chưa đúng: {told}; hãy xem cách gọi bằng --help.") + "\n")


def run(main: Callable[[], int]) -> NoReturn:
    """End the process with the status that `main` returns, 1 where the system refuses something, 130 after Ctrl+C."""
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads, such as `head`, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    except OSError as error:
        place = f" {error.filename}" if error.filename else ""
        print(visible(f"Máy không đọc hoặc không ghi được{place} ({error.strerror or error}); "
                      "hãy xem quyền, tên tệp và chỗ trống trên đĩa rồi chạy lại."), file=sys.stderr)
        status = 1
    except KeyboardInterrupt:
        print("Đã dừng theo yêu cầu.", file=sys.stderr)
        status = STOPPED
    sys.exit(status)
