"""The built site as a reproducible ZIP archive for a USB stick, readable on any system."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from proceedings.checks.safety.docs_files import USB_NAME
from proceedings.conference import products
from proceedings.problems import Place, Problem
from proceedings.system import filenames
from proceedings.system.filenames import LONGEST_FOLDER, LONGEST_PATH
from proceedings.text.slugs import slug

README = "DOC-TRUOC.txt"
# Files that are useful only on a web server; links of the 404 page are relative to the server's root.
_LEFT_OUT = {products.archive, "404.html"}
# ZIP dates begin in 1980. A month is added, so that no time zone conversion yields an earlier date.
_TIME = (1980, 2, 1, 0, 0, 0)
_README_TEXT = """\
{name}

Cách đọc tài liệu trong gói này:

1. Nếu đang xem bên trong tệp {archive}, hãy giải nén trước: bấm chuột phải vào tệp đó, chọn "Extract All"
   (Giải nén tất cả). Mở khi chưa giải nén thì trang mất hình thức và các liên kết không chạy.
2. Mở thư mục vừa giải nén, bấm đúp vào tệp index.html. Tài liệu mở ra trong trình duyệt.
3. Không cần mạng. Muốn chép sang máy khác, hãy chép cả thư mục.

Ghi chú và dấu "đã đọc" nằm trong trình duyệt của máy đang dùng, không nằm trong USB.
"""


@dataclass(frozen=True)
class Archive:
    """A finished archive: its content and number of files."""

    data: bytes
    files: int


def carried(site: Path) -> tuple[str, ...]:
    """Return the paths of the built site that go into the archive, sorted, without files for web servers."""
    paths = (path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    return tuple(sorted(path for path in paths if _goes_along(path)))


def folder_of(name: str) -> str:
    """Return the name of the archive's top-level folder, derived from the site's name.

    It differs between conferences, so that two of them can share a stick.
    """
    return slug(name)[:LONGEST_FOLDER].rstrip("-") or "tai-lieu"


def problems(paths: Iterable[str], folder: str, sources: Path) -> tuple[Problem, ...]:
    """Return a problem for each path that FAT, exFAT or Windows would not accept below the folder.

    Problems are located at the source document. `sources` is the documents' folder relative to the project.
    """
    paths = tuple(paths)
    faults = [*(fault for path in paths for fault in _faults(path, folder)), *_collisions(paths)]
    return tuple(sorted({USB_NAME.at(Place(str(sources / _document(path))), message, path) for path, message in faults}))


def pack(site: Path, name: str) -> Archive:
    """Pack the site into a ZIP file, below one folder, with a text file of instructions."""
    paths, folder = carried(site), folder_of(name)
    contents = {f"{folder}/{path}": (site / path).read_bytes() for path in paths}
    # Notepad before Windows 10 recognizes UTF-8 only by its byte order mark, and line ends only as CR LF.
    instructions = _README_TEXT.format(name=name, archive=products.archive).replace("\n", "\r\n")
    contents[f"{folder}/{README}"] = instructions.encode("utf-8-sig")
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for path in sorted(contents):
            file.writestr(_entry(path), contents[path])
    return Archive(held.getvalue(), len(contents))


def _document(path: str) -> PurePosixPath:
    """Return the path under docs/ of a site file's source.

    That is the Markdown for pages and PDFs, and the file itself otherwise.
    """
    made = PurePosixPath(path)
    return made.with_suffix(".md") if made.suffix in {".html", ".pdf"} else made


def _goes_along(path: str) -> bool:
    hidden = any(part.startswith(".") for part in PurePosixPath(path).parts)
    served = path.startswith(f"{products.server_folder}/") or path in _LEFT_OUT
    return not (hidden or served or path.endswith(".map"))


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, _TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3  # Unix on any system, so that the permissions below are used
    entry.external_attr = 0o100644 << 16
    return entry


def _faults(path: str, folder: str) -> Iterator[tuple[str, str]]:
    for part in PurePosixPath(path).parts:
        fault = filenames.fault(part)
        if fault:
            yield path, f"Tên \"{part}\" {fault} nên không chép được vào USB hoặc Windows không mở được; hãy đổi tên."
    length = filenames.units(f"{folder}/{path}")
    if length > LONGEST_PATH:
        yield path, (f"Đường dẫn trong gói USB dài {length} ký tự, Windows chỉ mở được đến {LONGEST_PATH}; "
                     "hãy đặt tên tệp hoặc tên thư mục ngắn hơn.")


def _collisions(paths: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for path, held, known in filenames.collisions(paths, [README]):
        yield path, (f"\"{held}\" và \"{known}\" chỉ khác nhau ở chữ hoa, chữ thường hoặc cách ghi dấu, "
                     "USB coi là một; hãy đổi tên một trong hai.")
