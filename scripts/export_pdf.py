"""Print the proceedings: the volume, its offprints, a booklet and the stage backdrop.

With --only, --reading, --booklet or --press just these are written. They go to ban-in/ beside the site unless --output
names another folder, as the build does for what the site links to. Exit status: 0 written, 1 something blocks or
cannot be printed, 2 wrong call, 3 the machine lacks a part to print with.
"""

import argparse
import sys
from pathlib import Path, PurePosixPath

import entry
from proceedings import checks
from proceedings.checks.engine.reports import visible
from proceedings.conference import products, settings
from proceedings.conference.model import Conference
from proceedings.conference.reading import Reading, read_project
from proceedings.print.book import Edition
from proceedings.problems import blocking
from proceedings.system import outputs, packages, revisions
from proceedings.system.git import GitError

ROOT = Path(__file__).absolute().parent.parent


def main() -> int:
    """Run the command line."""
    options = _parser().parse_args()
    lacking = packages.missing(packages.PRINT)
    if lacking:
        print(f"Máy này chưa in được PDF; hãy cài: apt-get install {' '.join(lacking)}", file=sys.stderr)
        return 3
    try:
        view = settings.load(options.config_file)
    except settings.SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    reading = read_project(view)
    stopping = blocking(checks.check(reading, final=options.final))
    if stopping:
        print(*stopping, f"Chưa in: còn {len(stopping)} điều phải xử lý.", sep="\n", file=sys.stderr)
        return 1
    unknown = [name for name in (*options.only, *options.reading) if not _path(name, reading.conference)]
    if unknown:
        names = ", ".join(PurePosixPath(path).stem for path in reading.conference.printed)
        print(visible(f"Không có bài {', '.join(unknown)}; các bài in được: {names}."), file=sys.stderr)
        return 2
    return _print(reading, view, options)


def _parser() -> entry.Parser:
    parser = entry.Parser(description="In kỷ yếu hội nghị ra PDF.")
    parser.add_argument("--config-file", type=Path, default=ROOT / "mkdocs.yml", help="tệp mkdocs.yml của bộ tài liệu")
    parser.add_argument("--final", action="store_true", help="in bản chính thức: mọi bài đã duyệt, không còn chỗ trống")
    parser.add_argument("--only", nargs="+", metavar="TEN", default=[], help="chỉ in các bài này (tên tệp, không .md)")
    parser.add_argument("--reading", nargs="+", metavar="TEN", default=[], help="bản đọc chữ lớn của các bài này")
    parser.add_argument("--booklet", nargs="?", type=_signature, const=0, metavar="TRANG",
                        help="chỉ in kỷ yếu và tập khổ A5, mỗi tay sách TRANG trang (mặc định: một tay cho cả tập)")
    parser.add_argument("--press", action="store_true", help="bản cho nhà in: có lề xén và dấu cắt, ruột đen một màu")
    parser.add_argument("--output", type=Path, help=f"thư mục ghi PDF (mặc định: {products.on_request})")
    return parser


def _signature(text: str) -> int:
    if not text.isdecimal() or int(text) % 4 or int(text) == 0:
        raise argparse.ArgumentTypeError(f"\"{text}\" không phải bội số dương của 4")
    return int(text)


def _path(name: str, conference: Conference) -> str:
    """The document that is printed under this name, "" where there is none."""
    paths = {PurePosixPath(path).stem: path for path in conference.printed}
    return paths.get(name.removesuffix(".md"), "")


def _print(reading: Reading, view: settings.Settings, options: argparse.Namespace) -> int:
    from proceedings.print import pdf, production  # noqa: PLC0415 - loads Pango, whose absence is told above

    conference = reading.conference
    sources = [f"{view.folder}/{path}" for path in (*conference.documents, *conference.files)]
    edition = Edition(
        revision=revision(view), final=options.final, made_with=pdf.made_with(),
        checksum=revisions.checksum(view.root, [*sources, view.file.name]))
    order = production.Order(
        offprints=tuple(_path(name, conference) for name in options.only),
        reading_copies=tuple(_path(name, conference) for name in options.reading),
        booklet=options.booklet is not None, signature=options.booklet or None, press=options.press)
    output = options.output or view.root / products.on_request
    printer = production.Printer(conference, view, edition, output.absolute())
    try:
        for printed in printer.fill(order):
            print(f"{printed.path}: {printed.pages} trang", *([printed.advice] if printed.advice else []), sep="\n  ",
                  flush=True)
    except (pdf.PrintError, outputs.WriteError) as error:
        print(visible(f"Không in được: {error}"), file=sys.stderr)
        return 1
    return 0


def revision(view: settings.Settings) -> revisions.Revision | None:
    """The revision that the colophon names; why there is none is told, and no reason to stop."""
    try:
        return revisions.current(view.root)
    except GitError as error:
        print(f"Bản in sẽ không ghi phiên bản. {error}", file=sys.stderr)
        return None


if __name__ == "__main__":
    entry.run(main)
