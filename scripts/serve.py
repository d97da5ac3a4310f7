"""Live preview: show the site in a browser, and update it after each change of its documents.

Exit status: 1 the address is not available, 2 usage error, 130 interrupted.
"""

import argparse
import errno
import gc
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import entry
from preview_server import Server, Showing
from progress import step
from watch import Watch

if TYPE_CHECKING:
    from rebuild import Builder

CODE = entry.ROOT / "scripts"
SERVED = "127.0.0.1:8000"
SWITCH = 0.0005  # seconds; requests are answered while the rest of the site is built


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
        raise entry.RefusalError(
            f"Không mở được {host}:{port} để xem trang ({os.strerror(error.errno or 0)}); hãy {remedy}, "
            f"hoặc chạy: scripts/serve --dev-addr 127.0.0.1:{max(port, 8000) % 65535 + 1}") from error
    entry.end_when_terminated()
    sys.setswitchinterval(SWITCH)
    with ExitStack() as stack:
        stack.enter_context(server)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="xem-thu-")))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        stack.callback(server.shutdown)
        stack.callback(signal.setitimer, signal.ITIMER_REAL, 0)  # the removal of the folder must not be interrupted
        _follow(options.config_file.absolute(), folder, showing, f"http://{host}:{port}/")
    # Replace this process by the changed code.
    os.execv(sys.executable, [sys.executable, *sys.argv])  # noqa: S606 - this very command


def _parser() -> entry.Parser:
    parser = entry.Parser(description="Xem trang trong khi sửa; Ctrl + C để dừng.")
    parser.add_config_file()
    parser.add_argument("--dev-addr", type=_address, default=SERVED, metavar="DIA-CHI:CONG",
                        help="nơi xem trang (mặc định: %(default)s)")
    return parser


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise argparse.ArgumentTypeError(f"\"{text}\" không có dạng {SERVED}")
    return host, int(port)


def _follow(config_file: Path, folder: Path, showing: Showing, address: str) -> None:
    """Build the site, and rebuild it after each change until the code has changed."""
    from rebuild import Builder  # noqa: PLC0415 - MkDocs is loaded once the call is known to be right

    builder = Builder(config_file, folder, showing.show)
    watch = Watch((*builder.sources(), str(CODE)))
    _tell("Dựng trang để xem thử", builder, builder.build)
    entry.tell(f"Xem trang ở {address} (dừng: Ctrl + C)")
    code: set[Path] = set()  # changed since the start; a fault in any of it would end the preview
    while True:
        gc.unfreeze()  # the hook freezes objects for the garbage collector, for builds that end with their process
        gc.collect()
        changed = watch.changed()
        newer = {Path(path) for path in changed if Path(path).is_relative_to(CODE)}
        code |= newer
        faults = tuple(_faults(sorted(code))) if newer else ()
        if newer and not faults:
            entry.tell("Chương trình đã đổi, khởi động lại")
            return
        if str(config_file) in changed:
            watch = Watch((*builder.sources(), str(CODE)))
        _tell(Path(*changed).name if len(changed) == 1 else f"{len(changed)} tệp", builder,
              partial(builder.refuse, faults, changed) if faults else partial(builder.build, changed))


def _tell(title: str, builder: "Builder", build: Callable[[], tuple[str, ...]]) -> None:
    """Build, and report the problems or the number of pages."""
    with step(title) as at:
        problems = build()
        at.end(f"còn {len(problems)} lỗi phải sửa" if problems else f"{builder.pages} trang")
        if problems:
            entry.tell("\n".join(problems))


def _faults(code: Iterable[Path]) -> Iterator[str]:
    """Yield the syntax errors in the changed code."""
    for path in code:
        try:
            if path.suffix == ".py" and path.exists():
                compile(path.read_bytes(), path, "exec")
        except (SyntaxError, ValueError) as error:
            line = getattr(error, "lineno", None) or 1
            yield (f"{path.relative_to(entry.ROOT).as_posix()}:{line}: Python không đọc được ({error}); "
                   "hãy sửa rồi lưu lại.")


if __name__ == "__main__":
    entry.run(main)
