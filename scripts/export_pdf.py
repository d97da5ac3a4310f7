"""Print the proceedings: the volume, the plan and each speech, as tagged PDF below the site's folder.

Exit status: 0 written, 1 something blocks or cannot be printed, 2 wrong call, 3 the machine lacks a part to print with.
"""

import argparse
import sys
from functools import partial
from pathlib import Path, PurePosixPath

from proceedings import checks, revisions, schema, settings, system
from proceedings.book import Book, Edition
from proceedings.model import Conference
from proceedings.problems import blocking
from proceedings.reading import read_project

ROOT = Path(__file__).absolute().parent.parent


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="In kỷ yếu hội nghị ra PDF.")
    parser.add_argument("--config-file", type=Path, default=ROOT / "mkdocs.yml", help="tệp mkdocs.yml của bộ tài liệu")
    parser.add_argument("--only", nargs="+", metavar="TEN", help="chỉ in các bài này (tên tệp không có .md)")
    parser.add_argument("--output", type=Path, help="thư mục ghi PDF; mặc định là thư mục của trang web")
    options = parser.parse_args()
    lacking = system.missing(system.PRINT)
    if lacking:
        print(f"Máy này chưa in được PDF; hãy cài: apt-get install {' '.join(lacking)}", file=sys.stderr)
        return 3
    try:
        view = settings.load(options.config_file)
    except settings.SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    reading = read_project(view)
    stopping = blocking(checks.check(reading))
    if stopping:
        print(*stopping, f"Chưa in: còn {len(stopping)} lỗi phải sửa.", sep="\n", file=sys.stderr)
        return 1
    edition = Edition(revisions.current(view.root))
    book = Book(reading.conference, view, edition)
    wanted = _wanted(book, reading.conference, options.only)
    unknown = [name for name, path in wanted.items() if not path]
    if unknown:
        names = ", ".join(PurePosixPath(path).stem for path in book.paths)
        print(f"Không có bài {', '.join(unknown)}; các bài in được: {names}.", file=sys.stderr)
        return 2
    return _write(reading.conference, edition, wanted, not options.only, view, (options.output or view.site).absolute())


def _wanted(book: Book, conference: Conference, only: list[str] | None) -> dict[str, str]:
    """The documents to print on their own, by name, with their paths; "" where there is none of that name."""
    paths = {PurePosixPath(path).stem: path for path in book.paths}
    if only:
        return {name: paths.get(name.removesuffix(".md"), "") for name in only}
    return {name: path for name, path in paths.items() if path == schema.PLAN or conference.speech_at(path)}


def _write(conference: Conference, edition: Edition, wanted: dict[str, str], whole: bool, view: settings.Settings,
           output: Path) -> int:
    from proceedings import pdf, printing  # noqa: PLC0415 - loads Pango, whose absence is told above

    printer = printing.Printer(conference, view, edition, output)
    try:
        volume = printer.lay_out()
        jobs = [partial(printer.volume, volume)] if whole else []
        jobs += [partial(printer.offprint, path, volume) for path in wanted.values()]
        for job in jobs:
            printed = job()
            print(f"{printed.path}: {printed.pages} trang")
    except pdf.PrintError as error:
        print(f"Không in được: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
