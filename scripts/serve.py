"""Show the site in a browser while its documents are edited: what is saved is shown as soon as it is rendered.

Exit status: 1 the address cannot be had, 2 wrong call, 130 stopped.
"""

import argparse
import errno
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NoReturn

import entry
from answers import Server, Showing
from proceedings.checks.engine.reports import visible
from watch import Watch

ROOT = Path(__file__).absolute().parent.parent
CODE = ROOT / "scripts"
SERVED = "127.0.0.1:8000"
SWITCH = 0.0005  # seconds; browsers are answered while the rest of the site is built


def main() -> int:
    """Run the command line."""
    options = _parser().parse_args()
    host, port = options.dev_addr
    showing = Showing()
    try:
        server = Server(host, port, showing)
    except OSError as error:
        remedy = (f"tắt chương trình đang dùng cổng {port}" if error.errno == errno.EADDRINUSE else
                  "xem lại địa chỉ, chọn cổng từ 1024")
        _say(f"Không mở được {host}:{port} để xem trang ({os.strerror(error.errno or 0)}); hãy {remedy}, "
             f"hoặc chạy: scripts/serve --dev-addr 127.0.0.1:{max(port, 8000) % 65535 + 1}")
        return 1
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(entry.STOPPED))  # so that the temporary folder is removed
    sys.setswitchinterval(SWITCH)
    with ExitStack() as stack:
        stack.enter_context(server)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="xem-thu-")))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        stack.callback(server.shutdown)
        _follow(options.config_file.absolute(), folder, showing, f"http://{host}:{port}/")
    return _restart()


def _restart() -> NoReturn:
    """Run the changed code in the place of this."""
    os.execv(sys.executable, [sys.executable, *sys.argv])  # noqa: S606 - this very command


def _parser() -> entry.Parser:
    parser = entry.Parser(description="Xem trang trong khi sửa; Ctrl + C để dừng.", prog="scripts/serve")
    parser.add_argument("--config-file", type=Path, default=ROOT / "mkdocs.yml", help="tệp mkdocs.yml của bộ tài liệu")
    parser.add_argument("--dev-addr", type=_address, default=SERVED, metavar="DIA-CHI:CONG",
                        help="nơi xem trang (mặc định: %(default)s)")
    return parser


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise argparse.ArgumentTypeError(f"\"{text}\" không có dạng {SERVED}")
    return host, int(port)


def _follow(config_file: Path, folder: Path, showing: Showing, address: str) -> None:
    """Build the site, and again after each change, until the code has changed."""
    from rebuild import Builder  # noqa: PLC0415 - MkDocs is loaded once the call is known to be right

    builder = Builder(config_file, folder, showing.show)
    watch = Watch((*builder.sources(), str(CODE)))
    _say("Đang dựng trang để xem thử.")
    _tell(builder.build())
    _say(f"Xem trang ở {address} (dừng: Ctrl + C).")
    while True:
        changed = watch.changed()
        begun = time.monotonic()
        code = [Path(path) for path in changed if Path(path).is_relative_to(CODE)]
        faults = tuple(_faults(code))
        if code and not faults:
            _say("Chương trình đã đổi; khởi động lại.")
            return
        if str(config_file) in changed:
            watch = Watch((*builder.sources(), str(CODE)))
        if not _tell(builder.refuse(faults) if faults else builder.build(changed)):
            seconds = f"{time.monotonic() - begun:.1f}".replace(".", ",")
            _say(f"{_named(changed)}: trang đã cập nhật sau {seconds} giây.")


def _faults(code: Iterable[Path]) -> Iterator[str]:
    """What Python would not take of the changed code."""
    for path in code:
        try:
            if path.suffix == ".py" and path.exists():
                compile(path.read_bytes(), path, "exec")
        except (SyntaxError, ValueError) as error:
            line = getattr(error, "lineno", None) or 1
            yield f"{path.relative_to(ROOT).as_posix()}:{line}: Python không đọc được ({error}); hãy sửa rồi lưu lại."


def _named(changed: Collection[str]) -> str:
    return Path(*changed).name if len(changed) == 1 else f"{len(changed)} tệp"


def _tell(problems: Sequence[str]) -> Sequence[str]:
    """Tell the problems, and give them back."""
    for problem in problems:
        _say(problem)
    if problems:
        _say(f"{len(problems)} lỗi phải sửa; hãy sửa rồi lưu tệp.")
    return problems


def _say(words: str) -> None:
    print(visible(words), file=sys.stderr, flush=True)


if __name__ == "__main__":
    entry.run(main)
