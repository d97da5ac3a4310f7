"""Read-only access to git, independent of user settings and environment.

User settings, environment variables and replacement objects can change git's output, so all of them are set here or
removed. Raises GitError if git fails.
"""

import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

_SECONDS = 60
_SETTINGS = ("core.quotePath=true", "core.warnAmbiguousRefs=true", "core.abbrev=auto", "core.fsmonitor=false",
             "core.ignoreStat=false", "color.ui=never", "log.showSignature=false", "i18n.logOutputEncoding=UTF-8",
             "diff.noprefix=false", "diff.mnemonicPrefix=false", "status.relativePaths=true")
_OPTIONS = ("--no-pager", "--no-replace-objects", "--literal-pathspecs",
            *(part for setting in _SETTINGS for part in ("-c", setting)))
# Environment variables of git that are kept: location, settings and trusted folders. Others select another
# repository, index or diff program, for example while a git hook runs.
_KEPT = ("GIT_CONFIG", "GIT_EXEC_PATH", "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM")
_SET = {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_GRAFT_FILE": os.devnull, "GIT_TERMINAL_PROMPT": "0"}
_OWNER = re.compile(r"safe\.directory")
_NO_REPOSITORY = re.compile(r"not a git repository", re.IGNORECASE)


class GitError(Exception):
    """Git failed; the message (Vietnamese) gives the reason and the remedy."""


class RefusedError(GitError):
    """Git ended with a non-zero exit status; contains `status` and the error output."""

    def __init__(self, root: Path, status: int, said: str) -> None:
        self.status = status
        self.said = said
        super().__init__(_reason(root, said))


def _reason(root: Path, said: str) -> str:
    if _OWNER.search(said):
        return (f"git không đọc kho ở {root}, vì thư mục này thuộc người dùng khác; nếu tin thư mục này, hãy chạy: "
                f'git config --global --add safe.directory "{root}"')
    if _NO_REPOSITORY.search(said):
        return (f"Thư mục {root} không nằm trong kho git nên không có lịch sử; hãy dùng bản sao lấy về bằng "
                "git clone, không dùng tệp nén tải xuống.")
    first = next((line for line in said.splitlines() if line.startswith(("fatal:", "error:"))), said.strip()[:200])
    return f"git không đọc được kho ở {root} (git báo: {first}); hãy sửa theo lời báo, hoặc lấy lại kho bằng git clone."


def run(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    """Return git's output for a folder, with `given` as its input; raises GitError."""
    return _run(root, arguments, given).stdout


def warned(root: Path, *arguments: str) -> tuple[bytes, str]:
    """Return git's output and its warnings."""
    done = _run(root, arguments, b"")
    return done.stdout, done.stderr.decode("utf-8", "replace")


def line(root: Path, *arguments: str) -> str:
    """Return git's output if it is a single line without file names."""
    return run(root, *arguments).decode("utf-8", "surrogateescape").strip()


def names(listing: bytes) -> list[str]:
    """Split a NUL-terminated list of names."""
    return [name.decode("utf-8", "surrogateescape") for name in listing.split(b"\0") if name]


def sizes(root: Path, hashes: Sequence[str]) -> list[int]:
    """Return the size of each object in bytes; raises GitError if one is missing."""
    told = run(root, "cat-file", "--batch-check", given="".join(f"{name}\n" for name in hashes).encode()).decode()
    found = [line.split()[-1] for line in told.splitlines()]
    for name, size in zip(hashes, found, strict=True):
        if not size.isdecimal():
            raise _lacking(root, name)
    return [int(size) for size in found]


def objects(root: Path, hashes: Iterable[str]) -> Iterator[bytes]:
    """Yield the content of each object, read by a single process; raises GitError if one is missing."""
    hashes = list(hashes)
    if not hashes:
        return
    run(root, "rev-parse", "--git-dir")  # reports why, if the repository cannot be read
    with subprocess.Popen(_command(root, ("cat-file", "--batch")), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, env=_environment()) as process:
        if not process.stdin or not process.stdout:
            return
        for name in hashes:
            process.stdin.write(name.encode() + b"\n")
            process.stdin.flush()
            about = process.stdout.readline().split()
            if len(about) != 3:
                raise _lacking(root, name)
            yield process.stdout.read(int(about[2]))
            process.stdout.read(1)


def _lacking(root: Path, name: str) -> GitError:
    return GitError(f"Kho ở {root} thiếu dữ liệu của lịch sử ({name[:10]}); hãy lấy lại kho bằng git clone.")


def _run(root: Path, arguments: Iterable[str], given: bytes) -> "subprocess.CompletedProcess[bytes]":
    try:
        done = subprocess.run(_command(root, arguments), input=given, capture_output=True, timeout=_SECONDS,
                              check=False, env=_environment())
    except FileNotFoundError:
        raise GitError("Máy này chưa có git nên không đọc được lịch sử; hãy cài: apt-get install git") from None
    except subprocess.TimeoutExpired:
        raise GitError(f"git không trả lời trong {_SECONDS} giây; hãy chạy lại khi máy rảnh hơn.") from None
    except (OSError, ValueError) as error:  # ValueError: an argument contains a NUL
        raise GitError(f"Không chạy được git ({error}); hãy xem lại việc cài git trên máy này.") from None
    if done.returncode:
        raise RefusedError(root, done.returncode, done.stderr.decode("utf-8", "replace"))
    return done


def _command(root: Path, arguments: Iterable[str]) -> list[str]:
    return ["git", "-C", str(root), *_OPTIONS, *arguments]


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name.startswith(_KEPT)}
    return kept | _SET
