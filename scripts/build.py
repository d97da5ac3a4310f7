"""Build the site and everything that belongs to it in one process: check, pages, print, delivery.

The project is opened once and shared by all steps. The output folder is complete only with exit status 0. Exit
status: 0 built, 1 blocking problems or a failed step, 2 usage error, 3 missing system packages for print, 130
interrupted.
"""

import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import deliver
import entry
import export_pdf
from proceedings.checks.engine import reports
from proceedings.conference import settings
from proceedings.project import Project
from progress import Step, step

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_AT_PAGE = re.compile("Error (?:reading|building) page ")  # MkDocs' words for an exception that it raises again
_LAID_OUT = re.compile(r"Creating layout - Page (\d+)")  # progress messages in WeasyPrint's log


def main() -> int:
    """Run the command line."""
    options = _parser().parse_args()
    output = options.output.absolute()
    entry.end_when_terminated()
    config = settings.configuration(options.config_file, strict=True, site_dir=str(output))
    project = _checked(settings.of(config), final=options.final)
    if project.stopping():
        return 1
    _build_pages(config, project)
    if os.environ.get("PROCEEDINGS_PDF") != "false":
        _print(project, output, final=options.final)
    with step("Đóng gói") as at:
        written = list(deliver.delivered(output, project.settings))
        at.clear()
        print(*written, sep="\n", flush=True)
        at.end(f"{len(written)} tệp")
    return 0


def _parser() -> entry.Parser:
    parser = entry.Parser(description="Kiểm tra tài liệu, dựng trang web, in và đóng gói vào một thư mục.")
    parser.add_config_file()
    parser.add_argument("--final", action="store_true", help="in bản chính thức: mọi bài đã duyệt, không còn chỗ trống")
    parser.add_argument("--output", type=Path, required=True, help="thư mục sẽ ghi; những gì có sẵn ở đó bị xóa")
    return parser


def _checked(view: settings.Settings, *, final: bool) -> Project:
    with step("Đọc và kiểm tra tài liệu") as at:
        project = Project.open(view)
        report = reports.FORMATS["text"](project.findings)
        at.clear()
        print(report, flush=True)
        if final and not project.stopping():
            entry.refuse_on(project.stopping(final=True), export_pdf.NOT_PRINTED)
        at.end(f"{len(project.conference.documents)} tài liệu")
    return project


# --- Pages --------------------------------------------------------------------------
def _build_pages(config: "MkDocsConfig", project: Project) -> None:
    from mkdocs.commands.build import build as build_site  # noqa: PLC0415 - loaded once the documents are right
    from mkdocs.exceptions import Abort, MkDocsException  # noqa: PLC0415

    pages = len(project.conference.documents)
    with step("Dựng trang web") as at, _log_told(at):
        config.extra["project"] = project  # used by hooks.py
        config.plugins["progress"] = _Counting(at, pages)  # type: ignore[assignment]  # only its methods are asked for
        try:
            config.plugins.on_startup(command="build", dirty=False)
            build_site(config)
        except MkDocsException as error:
            reason = "vì những điều vừa nêu" if isinstance(error, Abort) else f": {error.message}"
            raise entry.RefusalError(f"Chưa dựng được trang web {reason}; hãy sửa rồi chạy lại.") from error
        finally:
            config.plugins.on_shutdown()
        at.end(f"{pages} trang")


class _Counting:
    """A MkDocs plugin that counts the pages as they are rendered and written."""

    def __init__(self, at: Step, pages: int) -> None:
        self._at, self._pages = at, pages
        self._made = self._written = 0

    def on_page_content(self, html: str, **_: object) -> str:
        self._made += 1
        self._at.count(f"đã soạn {self._made}/{self._pages} trang")
        return html

    def on_post_page(self, output: str, **_: object) -> str:
        self._written += 1
        self._at.count(f"đã ghi {self._written}/{self._pages} trang")
        return output


class _Told(logging.Handler):
    """Reports warnings of MkDocs; they may contain file names and content, which are escaped."""

    def __init__(self, at: Step) -> None:
        super().__init__()
        self._at = at

    def emit(self, record: logging.LogRecord) -> None:
        if not _AT_PAGE.match(record.getMessage()):
            self._at.clear()
            entry.tell(record.getMessage())


@contextmanager
def _log_told(at: Step) -> Iterator[None]:
    """Report MkDocs' warnings and all messages of the hook; other messages are suppressed."""
    told, loggers = _Told(at), (logging.getLogger("mkdocs"), logging.getLogger("mkdocs.hooks.proceedings"))
    loggers[0].addHandler(told)
    loggers[1].setLevel(logging.INFO)
    try:
        yield
    finally:
        loggers[0].removeHandler(told)


# --- Print --------------------------------------------------------------------------
def _print(project: Project, output: Path, *, final: bool) -> None:
    export_pdf.require_parts()
    with step("In PDF") as at, _layout_counted(at):
        copies = pages = 0
        for printed in export_pdf.printed(project, output, final=final):
            copies, pages = copies + 1, pages + printed.pages
            at.clear()
            print(*export_pdf.lines(printed, output), sep="\n", flush=True)
        at.end(f"{copies} tệp, {pages} trang")


class _Layout(logging.Handler):
    def __init__(self, at: Step) -> None:
        super().__init__()
        self._at = at

    def emit(self, record: logging.LogRecord) -> None:
        found = _LAID_OUT.search(record.getMessage())
        if found:
            self._at.count(f"đang xếp trang {found[1]}")


@contextmanager
def _layout_counted(at: Step) -> Iterator[None]:
    """Count the pages laid out by WeasyPrint, from the messages in its log."""
    logger, counting = logging.getLogger("weasyprint.progress"), _Layout(at)
    logger.addHandler(counting)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeHandler(counting)


if __name__ == "__main__":
    entry.run(main)
