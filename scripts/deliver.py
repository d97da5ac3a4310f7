"""Complete a built site for distribution: web server configuration, and archive for a USB stick.

Exit status: 0 written, 1 a referenced file is missing, a name is not portable, or a file could not be written, 2
usage error.
"""

from collections.abc import Iterator
from pathlib import Path

import entry
from proceedings.conference import products, settings
from proceedings.conference.settings import Settings
from proceedings.site import completeness, server_config, usb_archive
from proceedings.system import outputs


def main() -> int:
    """Run the command line."""
    options = _parser().parse_args()
    view = settings.load(options.config_file)
    site = (options.output or view.site).absolute()
    if not (site / "index.html").is_file():
        raise entry.RefusalError(f"Chưa có trang web ở {site}; hãy chạy scripts/build trước.", status=2)
    for written in delivered(site, view):
        print(written)
    return 0


def _parser() -> entry.Parser:
    parser = entry.Parser(description="Viết cấu hình máy chủ và đóng gói trang đã dựng cho USB.")
    parser.add_config_file()
    parser.add_argument("--output", type=Path, help="thư mục của trang đã dựng; mặc định theo mkdocs.yml")
    return parser


def delivered(site: Path, view: Settings) -> Iterator[str]:
    """Write the missing files of a built site, and yield a message for each."""
    lacking = completeness.lacking(site)
    if lacking:
        raise entry.RefusalError(*(f"{page}: nhắc đến \"{path}\" mà trang không có tệp này." for page, path in lacking),
                            f"Chưa giao trang: thiếu {len(lacking)} tệp; hãy chạy lại scripts/build, "
                            "vẫn thiếu thì sửa liên kết trong bài.")
    folder = usb_archive.folder_of(view.name)
    entry.refuse_on(usb_archive.problems(usb_archive.carried(site), folder, Path(view.folder)),
                    "Chưa đóng gói: còn {} tên phải đổi.")
    for path, data in server_config.files(site).items():
        outputs.write(site / path, data)
        yield path
    archive = usb_archive.pack(site, view.name)
    outputs.write(site / products.archive, archive.data)
    size = f"{len(archive.data) / 1e6:.1f}".replace(".", ",")
    yield f"{products.archive}: {archive.files} tệp, {size} MB"


if __name__ == "__main__":
    entry.run(main)
