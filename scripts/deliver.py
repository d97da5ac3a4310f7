"""Make a built site ready to be carried and served: the web server's configuration, and an archive for a USB stick.

Exit status: 0 written, 1 a file that pages refer to is not there, a name cannot be carried or a file not be written,
2 wrong call.
"""

import sys
from pathlib import Path

import entry
from proceedings.checks.engine.reports import visible
from proceedings.conference import products, settings
from proceedings.site import completeness, server_config, usb_archive
from proceedings.system import outputs

ROOT = Path(__file__).absolute().parent.parent


def main() -> int:
    """Run the command line."""
    options = _parser().parse_args()
    try:
        view = settings.load(options.config_file)
    except settings.SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    site = (options.output or view.site).absolute()
    if not (site / "index.html").is_file():
        print(f"Chưa có trang web ở {site}; hãy chạy scripts/build trước.", file=sys.stderr)
        return 2
    lacking = completeness.lacking(site)
    if lacking:
        print(*(visible(f"{page}: nhắc đến \"{path}\" mà trang không có tệp này.") for page, path in lacking),
              f"Chưa giao trang: thiếu {len(lacking)} tệp; hãy chạy lại scripts/build, "
              "vẫn thiếu thì sửa liên kết trong bài.",
              sep="\n", file=sys.stderr)
        return 1
    problems = usb_archive.problems(usb_archive.carried(site), usb_archive.folder_of(view.name), Path(view.folder))
    if problems:
        print(*problems, f"Chưa đóng gói: còn {len(problems)} tên phải đổi.", sep="\n", file=sys.stderr)
        return 1
    try:
        _write(site, view.name)
    except outputs.WriteError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _parser() -> entry.Parser:
    parser = entry.Parser(description="Viết cấu hình máy chủ và đóng gói trang đã dựng cho USB.")
    parser.add_argument("--config-file", type=Path, default=ROOT / "mkdocs.yml", help="tệp mkdocs.yml của bộ tài liệu")
    parser.add_argument("--output", type=Path, help="thư mục của trang đã dựng; mặc định theo mkdocs.yml")
    return parser


def _write(site: Path, name: str) -> None:
    for path, data in server_config.files(site).items():
        outputs.write(site / path, data)
        print(path)
    archive = usb_archive.pack(site, name)
    outputs.write(site / products.archive, archive.data)
    size = f"{len(archive.data) / 1e6:.1f}".replace(".", ",")
    print(f"{products.archive}: {archive.files} tệp, {size} MB")


if __name__ == "__main__":
    entry.run(main)
