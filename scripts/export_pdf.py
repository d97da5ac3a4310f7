"""Print the proceedings: the volume, its offprints, a booklet and the stage backdrop.

With --only, --reading, --booklet or --press only these are written. The output folder is ban-in/ beside the site,
unless --output names another. Exit status: 0 written, 1 blocking problems or a failed print, 2 usage error, 3 missing
system packages for print.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import entry
from proceedings.conference import products, settings
from proceedings.conference.model import Conference
from proceedings.print.book import Edition
from proceedings.project import Project
from proceedings.system import packages
from proceedings.system.git import GitError
from proceedings.system.outputs import WriteError
from proceedings.system.revisions import Revision

if TYPE_CHECKING:  # imports Pango, whose absence must be reported first
    from proceedings.print.production import Printed

NOT_PRINTED = "Chưa in: còn {} điều phải xử lý."


def main() -> int:
    """Run the command line."""
    options = _parser().parse_args()
    require_parts()
    project = Project.open(settings.load(options.config_file))
    entry.refuse_on(project.stopping(final=options.final), NOT_PRINTED)
    conference = project.conference
    unknown = [name for name in (*options.only, *options.reading) if not _path(name, conference)]
    if unknown:
        names = ", ".join(PurePosixPath(path).stem for path in conference.printed)
        raise entry.RefusalError(f"Không có bài {', '.join(unknown)}; các bài in được: {names}.", status=2)
    choice = {
        "offprints": tuple(_path(name, conference) for name in options.only),
        "reading_copies": tuple(_path(name, conference) for name in options.reading),
        "booklet": options.booklet is not None, "signature": options.booklet or None, "press": options.press,
    }
    output = (options.output or project.settings.root / products.on_request).absolute()
    for each in printed(project, output, final=options.final, **choice):
        print(*lines(each), sep="\n", flush=True)
    return 0


def _parser() -> entry.Parser:
    parser = entry.Parser(description="In kỷ yếu hội nghị ra PDF.")
    parser.add_config_file()
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
    """Return the path of the document that is printed under this name, or ""."""
    paths = {PurePosixPath(path).stem: path for path in conference.printed}
    return paths.get(name.removesuffix(".md"), "")


def require_parts() -> None:
    """Raise RefusalError if system packages for print are missing."""
    lacking = packages.missing(packages.PRINT)
    if lacking:
        raise entry.RefusalError(f"Máy này chưa in được PDF; hãy cài: apt-get install {' '.join(lacking)}", status=3)


def printed(project: Project, output: Path, *, final: bool, **choice: Any) -> Iterator["Printed"]:
    """Print the chosen files, or all that belong to the site; yield each once written.

    `choice` are fields of `production.Order`.
    """
    from proceedings.print import pdf, production  # noqa: PLC0415 - loads Pango, see above

    edition = Edition(revision=revision(project), final=final, made_with=pdf.made_with(), checksum=project.checksum)
    try:
        yield from production.Printer(project, edition, output).fill(production.Order(**choice))
    except (pdf.PrintError, WriteError) as error:
        raise entry.RefusalError(f"Không in được: {error}") from error


def lines(each: "Printed", folder: Path | None = None) -> tuple[str, ...]:
    """Return the message for a printed file, with its path relative to `folder` or as it is."""
    path = each.path.relative_to(folder) if folder else each.path
    return (f"{path}: {each.pages} trang", *([f"  {each.advice}"] if each.advice else []))


def revision(project: Project) -> Revision | None:
    """Return the revision for the colophon; if there is none, report the reason and continue."""
    try:
        return project.revision
    except GitError as error:
        entry.tell(f"Bản in sẽ không ghi phiên bản. {error}")
        return None


if __name__ == "__main__":
    entry.run(main)
