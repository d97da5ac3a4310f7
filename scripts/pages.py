"""Build the pages of the site, or show them while they are edited: MkDocs, whose troubles are told in one sentence.

    pages.py build FOLDER
    pages.py serve [--dev-addr ADDRESS:PORT]

Exit status: 0 done, 1 not done, 2 wrong call, 130 stopped.
"""

import argparse
import errno
import logging
import os
import signal
import socket
import sys

import entry
from proceedings.checks.engine.reports import visible

SERVED = "127.0.0.1:8000"


class _Record(logging.LogRecord):
    """A record of MkDocs' log, which may contain file names and content."""

    def getMessage(self) -> str:  # noqa: N802 - the library's name
        return "\n".join(map(visible, super().getMessage().split("\n")))


def main() -> int:
    """Run the command line."""
    options = _parser().parse_args()
    logging.setLogRecordFactory(_Record)
    if options.action == "build":
        return _mkdocs("build", "--strict", "--site-dir", str(options.folder))
    host, port = options.dev_addr
    try:
        socket.create_server((host, port), reuse_port=False).close()
    except OSError as error:
        remedy = (f"tắt chương trình đang dùng cổng {port}" if error.errno == errno.EADDRINUSE else
                  "xem lại địa chỉ, chọn cổng từ 1024")
        print(visible(f"Không mở được {host}:{port} để xem trang ({os.strerror(error.errno or 0)}); hãy {remedy}, "
                      f"hoặc chạy: scripts/serve --dev-addr 127.0.0.1:{max(port, 8000) % 65535 + 1}"), file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(entry.STOPPED))  # so that MkDocs removes its temporary folder
    return _mkdocs("serve", "--watch", "scripts", "--watch", "overrides", "--dev-addr", f"{host}:{port}")


def _parser() -> entry.Parser:
    parser = entry.Parser(description="Dựng trang web, hoặc xem trang trong khi sửa.")
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("build", help="dựng các trang vào một thư mục").add_argument("folder", help="thư mục sẽ ghi")
    serve = actions.add_parser("serve", help="xem trang trong khi sửa; Ctrl + C để dừng", prog="scripts/serve")
    serve.add_argument("--dev-addr", type=_address, default=SERVED, metavar="DIA-CHI:CONG",
                       help="nơi xem trang (mặc định: %(default)s)")
    return parser


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise argparse.ArgumentTypeError(f"\"{text}\" không có dạng {SERVED}")
    return host, int(port)


def _mkdocs(*arguments: str) -> int:
    from click import ClickException  # noqa: PLC0415 - MkDocs is loaded once the call is known to be right
    from mkdocs.__main__ import cli  # noqa: PLC0415
    from mkdocs.exceptions import Abort  # noqa: PLC0415

    try:
        cli(list(arguments), standalone_mode=False)
    except (Abort, ClickException) as error:
        error.show()
        return 1
    return 0


if __name__ == "__main__":
    entry.run(main)
