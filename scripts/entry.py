"""Common parts of the command lines: options, messages, exit status.

Usage errors, interruptions and refusals are reported in one Vietnamese sentence each.
"""

import argparse
import gc
import io
import os
import re
import signal
import sys
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NoReturn

# Reading and checking create few reference cycles, and frequent collection costs a tenth of the time. Set before the
# package is imported, because the import allocates many objects.
gc.set_threshold(200_000, 50, 100)
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # suppresses the theme's notice to developers
try:
    from jinja2 import TemplateNotFound, TemplateSyntaxError

    from proceedings.checks.engine.reports import visible
    from proceedings.conference.settings import SettingsError
    from proceedings.problems import Problem
    from proceedings.system.git import GitError
    from proceedings.system.outputs import WriteError
except ModuleNotFoundError as missing:
    print(f"Python này chưa có gói {missing.name}; hãy gọi bằng .venv/bin/python {sys.argv[0]}, sau khi đã chạy "
          "scripts/check hoặc scripts/build một lần.", file=sys.stderr)
    sys.exit(2)

ROOT = Path(__file__).absolute().parent.parent
STOPPED = 130
_TEMPLATES = (".html", ".css", ".svg")
# Vietnamese translations of argparse's error messages.
_SAID = (
    (r"unrecognized arguments: (.+)", 'không có tùy chọn hay tham số "{}"'),
    (r"argument ([^ :]+): expected .+", "sau {} còn thiếu giá trị"),
    (r"argument ([^ :]+): invalid choice: (.+) \(choose from (.+)\)", "{} không nhận {}, chỉ nhận: {}"),
    (r"argument ([^ :]+): ignored explicit argument (.+)", "{} không nhận giá trị {}"),
    (r"the following arguments are required: (.+)", "còn thiếu: {}"),
    (r"argument ([^ :]+): (.+)", "{}: {}"),
)


class Parser(argparse.ArgumentParser):
    """Argument parser with Vietnamese messages and without abbreviated options."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, allow_abbrev=False, add_help=False)
        self.add_argument("-h", "--help", action="help", help="xem cách gọi")

    def add_config_file(self) -> None:
        """Add the option for the settings file of another project."""
        self.add_argument("--config-file", type=Path, default=ROOT / "mkdocs.yml",
                          help="tệp mkdocs.yml của bộ tài liệu")

    def format_help(self) -> str:
        """Return the help with Vietnamese headings."""
        words = super().format_help().replace("usage:", "Cách gọi:", 1)
        return words.replace("\noptions:\n", "\nTùy chọn:\n").replace("\npositional arguments:\n", "\nTham số:\n")

    def error(self, message: str) -> NoReturn:
        """Exit with a one-sentence message."""
        found = ((re.fullmatch(pattern, message, re.DOTALL), words) for pattern, words in _SAID)
        told = next((words.format(*match.groups()) for match, words in found if match), message)
        self.exit(2, visible(f"Lệnh gọi chưa đúng: {told}; hãy xem cách gọi bằng --help.") + "\n")


class RefusalError(Exception):
    """Raised to stop with a message of one or more lines and an exit `status`."""

    def __init__(self, *lines: object, status: int = 1) -> None:
        super().__init__("\n".join(map(str, lines)))
        self.status = status


def refuse_on(problems: Iterable[Problem], sentence: str) -> None:
    """Raise RefusalError if there are problems; the message lists them and ends in `sentence`.

    The placeholder {} in the sentence is replaced by their number.
    """
    told = tuple(problems)
    if told:
        raise RefusalError(*told, sentence.format(len(told)))


def tell(words: object) -> None:
    """Print a message on standard error, escaped so that neither terminals nor CI runners interpret it."""
    for line in str(words).split("\n"):
        print(visible(line), file=sys.stderr)


def end_when_terminated() -> None:
    """Handle SIGTERM like Ctrl+C but silently, so that temporary files are removed.

    The signal is repeated every second, because an exception raised in a C callback is lost.
    """

    def stop(*_: object) -> NoReturn:
        signal.setitimer(signal.ITIMER_REAL, 1)
        sys.exit(STOPPED)

    signal.signal(signal.SIGALRM, stop)
    signal.signal(signal.SIGTERM, stop)


def refused(error: OSError, retry: str) -> str:
    """Return a sentence about a system error; `retry` is what to do once it is resolved."""
    place = f" {error.filename}" if error.filename else ""
    return (f"Máy không đọc hoặc không ghi được{place} ({error.strerror or error}); "
            f"hãy xem quyền, tên tệp và chỗ trống trên đĩa rồi {retry}.")


def template_fault(error: Exception, retry: str, root: Path = ROOT) -> str:
    """Return a sentence about a faulty or missing template, with its place; "" if no template caused the error."""
    if isinstance(error, TemplateSyntaxError):
        found = [(error.filename or error.name or "", error.lineno)]
    else:  # Jinja puts templates into the traceback in place of their code
        found = [(frame.filename, frame.lineno or 1) for frame in traceback.extract_tb(error.__traceback__)
                 if Path(frame.filename).suffix in _TEMPLATES]
    file, line = found[-1] if found else ("", 0)
    path = Path(file).relative_to(root) if Path(file).is_relative_to(root) else file
    place = f"{path}:{line}: " if file else ""
    if isinstance(error, TemplateNotFound):
        return f"{place}Không có mẫu trang \"{error.name}\"; hãy đưa lại tệp đó vào overrides/ rồi {retry}."
    return f"{place}Mẫu trang viết sai ({error}); hãy sửa rồi {retry}." if found else ""


def run(main: Callable[[], int]) -> NoReturn:
    """Exit with the status of a command line.

    Its output is UTF-8 whatever the locale; output that the caller has closed is discarded.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - used to the end
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    sys.exit(status(main))


def status(main: Callable[[], int]) -> int:
    """Return the status of `main`, or report what stopped it in one sentence and return its status."""
    try:
        returned = main()
        sys.stdout.flush()
        return returned
    except BrokenPipeError:  # the reader, for example `head`, has closed the pipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except RefusalError as refusal:
        tell(refusal)
        return refusal.status
    except (SettingsError, GitError, WriteError) as error:
        tell(error)
        return 1 if isinstance(error, WriteError) else 2
    except KeyboardInterrupt:
        tell("Đã dừng theo yêu cầu.")
        return STOPPED
    except Exception as error:
        if told := template_fault(error, "chạy lại"):  # a missing template is an OSError as well
            tell(told)
        elif isinstance(error, OSError):
            tell(refused(error, "chạy lại"))
        else:
            raise
        return 1
