"""Build the pages of the site: MkDocs, whose troubles are told in one sentence.

    pages.py build FOLDER

Exit status: 0 done, 1 not done, 2 wrong call, 130 stopped.
"""

import logging

import entry
from proceedings.checks.engine.reports import visible


class _Record(logging.LogRecord):
    """A record of MkDocs' log, in which names of files and words of content may stand."""

    def getMessage(self) -> str:  # noqa: N802 - the library's name
        return "\n".join(map(visible, super().getMessage().split("\n")))


def main() -> int:
    """Run the command line."""
    options = _parser().parse_args()
    logging.setLogRecordFactory(_Record)
    return _mkdocs("build", "--strict", "--site-dir", str(options.folder))


def _parser() -> entry.Parser:
    parser = entry.Parser(description="Dựng trang web.")
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("build", help="dựng các trang vào một thư mục").add_argument("folder", help="thư mục sẽ ghi")
    return parser


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
