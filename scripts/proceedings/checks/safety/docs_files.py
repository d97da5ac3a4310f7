"""Rules on files under docs/: portable names and formats, and no files of other kinds."""

import re
import unicodedata
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import PurePosixPath

from proceedings import schema
from proceedings.checks.delivery.speech_files import misnamed_files
from proceedings.checks.engine.registry import elsewhere, rule
from proceedings.conference.model import Conference
from proceedings.conference.stored_files import StoredFile
from proceedings.problems import Problem, Rule, Severity
from proceedings.system import filenames, pictures
from proceedings.system.filenames import printable
from proceedings.text.slugs import slug

LINK = "loi-tat"
USB_NAME = elsewhere(Rule("ten-tep-usb", Severity.BLOCKING, cleandoc("""
    Tên tệp trong trang đã dựng không chép được vào USB, hoặc Windows không mở được.

    Chỉ báo khi đóng gói trang cho USB: khi đó mới biết tên và độ dài đường dẫn của mọi tệp trong gói.

    Sai: đường dẫn trong gói dài hơn 240 ký tự; hai tệp chỉ khác nhau ở chữ hoa, chữ thường.
    Đúng: tên tệp, tên thư mục ngắn, không dấu, không trùng nhau khi viết thường.
""")), __name__)
_MOST_BYTES = 5_000_000
# The Windows path limit, less the archive's folder and the longest suffix of a printed copy.
_LONGEST_PATH = filenames.LONGEST_PATH - filenames.LONGEST_FOLDER - len("/-chu-lon.pdf")
_KEBAB = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+)?")
_FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".gif": "GIF", ".webp": "WebP"}
_FOREIGN_PICTURES = frozenset({".svg", ".svgz", ".bmp", ".tif", ".tiff", ".heic", ".heif", ".avif", ".emf", ".wmf",
                               ".ico", ".psd", ".eps"})
_WORD = frozenset({".doc", ".docx", ".docm", ".dot", ".dotx", ".odt", ".rtf"})
_LEFTOVERS = ("~", ".bak", ".tmp", ".swp", ".orig", ".rej", ".old", ".lnk", "thumbs.db", "desktop.ini")
_HIDDEN = re.compile(r"(?:[^/.][^/]*/)*\.[^/]*")  # up to the first component that begins with a dot
_KEPT_HIDDEN = frozenset({".gitkeep", ".gitignore", ".gitattributes"})


# --- Names and places ---------------------------------------------------------------
@rule("ten-tep-sai-cach", Severity.BLOCKING)
def unsafe_name(conference: Conference) -> Iterator[Problem]:
    """Tên tệp hoặc thư mục không phải chữ thường không dấu nối bằng gạch ngang, hoặc có máy không mở được.

    Địa chỉ của trang lấy từ tên tệp. Tên có dấu, dấu cách, chữ hoa, tên quá dài hay trùng tên thiết bị của Windows
    (con, aux, nul …) thì có máy không mở được.

    Sai: `phu-luc/Số liệu.md`, `so-mau/Bieu_do (1).PNG`, `aux.png`.
    Đúng: `phu-luc/so-lieu.md`, `so-mau/bieu-do-1.png`.
    """
    told = misnamed_files(conference)  # reported by the rule on names of speech files
    for path in _kept(conference):
        name, fault = PurePosixPath(path).name, _fault(path)
        if fault and path not in told:
            yield conference.place(path).problem(f"Tên \"{_shown(name)}\" {fault}; hãy {_better(name)}.", name)


@rule("ten-tep-trung", Severity.BLOCKING)
def colliding_names(conference: Conference) -> Iterator[Problem]:
    """Hai tên chỉ khác nhau ở chữ hoa, chữ thường hoặc cách ghi dấu: Windows và máy Mac coi là một, tệp nọ đè tệp kia.

    Sai: `so-mau/bieu-do.png` và `so-mau/Bieu-do.png` cùng có trong một thư mục.
    Đúng: `so-mau/bieu-do-2033.png` và `so-mau/bieu-do-2034.png`.
    """
    for held, known in dict.fromkeys((held, known) for _, held, known in filenames.collisions(_visible(conference))):
        yield conference.place(held).problem(
            f"Tên này và \"{_shown(known)}\" chỉ khác nhau ở chữ hoa, chữ thường hoặc cách ghi dấu, Windows và máy "
            "Mac coi là một; hãy đổi một trong hai thành tên khác hẳn.", held, others=[conference.place(known)])


@rule("anh-sai-cho", Severity.ADVISORY)
def misplaced_picture(conference: Conference) -> Iterator[Problem]:
    """Ảnh không nằm trong thư mục cùng tên với một bài hay một trang, nên không rõ là của bài nào.

    Sai: `tham-luan/bieu-do.png`, `anh/bieu-do.png`.
    Đúng: `tham-luan/so-mau/bieu-do.png` là ảnh của bài `tham-luan/so-mau.md`.
    """
    for path in conference.files:
        page = f"{PurePosixPath(path).parent}.md"
        if _suffix(path) in schema.PICTURE_SUFFIXES and page not in conference.documents:
            yield conference.place(path).problem(
                "Ảnh không nằm trong thư mục của bài nào; hãy chuyển vào thư mục cùng tên với bài dùng ảnh này, rồi "
                "sửa đường dẫn trong bài.")


@rule("cho-danh-rieng", Severity.BLOCKING)
def reserved_place(conference: Conference) -> Iterator[Problem]:
    """Tệp nằm ở chỗ của giao diện trang, nếu đưa lên sẽ đè biểu tượng, phông chữ hay trang báo sai địa chỉ.

    Trang không lấy những tệp này.

    Sai: `assets/images/favicon.png`, `search/anh.png`, `may-chu/so-do.png`, `404.md`.
    Đúng: `tham-luan/so-mau/bieu-do.png`: ảnh nằm trong thư mục cùng tên với bài.
    """
    for path in _visible(conference):
        first = path.partition("/")[0]
        if first.lower() in schema.RESERVED:
            yield conference.place(path).problem(
                f"Tên \"{_shown(first)}\" dành cho giao diện của trang nên tệp này không lên trang; hãy chuyển ảnh vào "
                "thư mục cùng tên với bài, chuyển trang vào phu-luc/ hoặc bien-tap/, hoặc xóa tệp.", first)


# --- What does not belong -------------------------------------------------------------
@rule("tep-la", Severity.BLOCKING)
def foreign_file(conference: Conference) -> Iterator[Problem]:
    """Tệp không phải trang `.md`, cũng không phải ảnh: tệp Word, PDF, bảng tính, tệp nén, bản lưu tạm của phần mềm.

    Trang web và bản in không dùng những tệp này, nhưng ai mở kho tài liệu cũng lấy được, và lịch sử của kho giữ mãi.

    Sai: `tham-luan/so-mau.docx`, `tham-luan/so-mau.md.bak`, `Thumbs.db`.
    Đúng: chữ của bài ở trong `tham-luan/so-mau.md`; tệp Word cất ở nơi lưu trữ của cơ quan.
    """
    for path in _visible(conference):
        suffix = _suffix(path)
        if conference.stored[path].target is None and suffix not in _FOREIGN_PICTURES and not _belongs(path):
            yield conference.place(path).problem(_remedy(path, conference.folder))


@rule("tep-an", Severity.ADVISORY)
def hidden_file(conference: Conference) -> Iterator[Problem]:
    """Tệp hoặc thư mục ẩn (tên bắt đầu bằng dấu chấm): không được đọc, không lên trang, dễ bị bỏ quên.

    Sai: `tham-luan/.nhap.md`, `.DS_Store`.
    Đúng: xóa tệp, hoặc đổi tên nếu là trang cần dùng.
    """
    outermost = dict.fromkeys(found[0] for path in conference.stored if (found := _HIDDEN.match(path)))
    for path in outermost:
        if PurePosixPath(path).name not in _KEPT_HIDDEN:
            yield conference.place(path).problem(
                "Đây là tệp hoặc thư mục ẩn nên không được đọc và không lên trang; hãy xóa, hoặc đổi tên nếu cần dùng.")


@rule(LINK, Severity.BLOCKING)
def symbolic_link(conference: Conference) -> Iterator[Problem]:
    """Lối tắt (liên kết tượng trưng) thay cho tệp thật: máy Windows không dựng lại được, có khi dẫn ra ngoài kho.

    Sai: `so-mau/bieu-do.png` là lối tắt tới `../so-khac/bieu-do.png`.
    Đúng: chép chính tệp đó vào chỗ cần, hoặc viết đường dẫn tới tệp thật trong bài.
    """
    for path, file in conference.stored.items():
        if file.target is not None:
            yield conference.place(path).problem(
                f"Đây là lối tắt tới \"{_shown(file.target)}\", không phải tệp thật; hãy thay bằng chính tệp đó "
                "hoặc xóa lối tắt.", file.target)


# --- Pictures ---------------------------------------------------------------------------
@rule("anh-sai-dang", Severity.BLOCKING)
def wrong_picture_format(conference: Conference) -> Iterator[Problem]:
    """Tệp ảnh ở dạng không dùng được, hỏng, hoặc có đuôi không khớp với nội dung.

    Chỉ dùng ảnh PNG, JPEG, GIF, WebP, với hệ màu RGB hoặc đen trắng. Ảnh SVG có thể chứa mã chạy trong máy người đọc
    nên không được nhận; ảnh hệ màu CMYK của nhà in thì trên trang và trong bản in màu sẽ sai.

    Sai: `so-do.svg`, `anh.heic`; tệp `bieu-do.png` mà bên trong là ảnh JPEG hoặc tệp Word; ảnh bị cắt ngắn.
    Đúng: `so-do.png` cho hình vẽ, biểu đồ; `anh.jpg` cho ảnh chụp.
    """
    for path in _visible(conference):
        file = conference.stored[path]
        fault = "" if file.target is not None else _format_fault(path, file)
        if fault:
            yield conference.place(path).problem(fault, file.format or _suffix(path),
                                                 kind="content" if fault == file.fault else "format")


@rule("anh-qua-lon", Severity.BLOCKING)
def oversized_picture(conference: Conference) -> Iterator[Problem]:
    """Ảnh nặng quá 5 MB hoặc có quá 40 triệu điểm ảnh: trang mở chậm, máy yếu không mở được, bản in không nét hơn.

    Sai: ảnh chụp 12 MB đưa nguyên từ máy ảnh.
    Đúng: ảnh thu lại còn rộng khoảng 2.000 điểm ảnh, nặng dưới 1 MB.
    """
    for path, file in _pictures(conference):
        pixels = file.width * file.height
        size = (f"nặng {f'{file.size / 1_000_000:.1f}'.replace('.', ',')} MB" if file.size > _MOST_BYTES else
                f"có {file.width} × {file.height} điểm ảnh" if pixels > pictures.MOST_PIXELS else "")
        if size:
            yield conference.place(path).problem(
                f"Ảnh {size}, quá mức cho phép (5 MB và 40 triệu điểm ảnh); hãy thu nhỏ ảnh còn rộng khoảng 2.000 điểm "
                "ảnh rồi đưa lại.", count=max(file.size, pixels))


@rule("anh-kem-thong-tin", Severity.BLOCKING)
def carrying_picture(conference: Conference) -> Iterator[Problem]:
    """Ảnh mang theo tọa độ nơi chụp, hoặc có tệp khác gắn phía sau, mà nhìn ảnh thì không thấy.

    Trang web, gói USB và bản in chỉ lấy hình, bỏ mọi thông tin kèm theo ảnh. Nhưng ai mở được kho tài liệu cũng đọc
    được thông tin đó, kể cả vị trí của một khu vực quân sự.

    Sai: ảnh đưa nguyên từ điện thoại đang bật định vị.
    Đúng: ảnh đã xóa vị trí (trong Windows: Thuộc tính → Chi tiết → Loại bỏ thuộc tính và thông tin cá nhân).
    """
    for path, file in _pictures(conference):
        if file.located:
            yield conference.place(path).problem(
                "Ảnh mang theo tọa độ nơi chụp; nếu chụp ở khu vực quân sự, hãy dừng và báo người phụ trách bảo vệ bí "
                "mật nhà nước; nếu không, hãy xóa vị trí (Windows: Thuộc tính → Chi tiết → Loại bỏ thuộc tính và thông "
                "tin cá nhân) rồi đưa lại ảnh.", kind="located")
        if file.appended:
            yield conference.place(path).problem(
                "Sau ảnh còn gắn thêm dữ liệu khác (như tệp nén, đoạn phim); hãy mở ảnh, lưu lại thành tệp ảnh mới rồi "
                "đưa lại.", kind="appended")


@rule("anh-dong", Severity.ADVISORY)
def moving_picture(conference: Conference) -> Iterator[Problem]:
    """Ảnh động: bản in chỉ có hình đầu, còn trên trang hình nhấp nháy làm rối người đọc và không dừng được.

    Sai: `dien-bien.gif` gồm nhiều hình nối nhau.
    Đúng: chọn một hình, hoặc đặt vài hình cạnh nhau, lưu thành PNG.
    """
    for path, file in _pictures(conference):
        if file.moves:
            yield conference.place(path).problem(
                "Đây là ảnh động, bản in chỉ có hình đầu; hãy thay bằng một ảnh tĩnh hoặc vài ảnh đặt cạnh nhau.")


# --- Helpers ----------------------------------------------------------------------------
def _visible(conference: Conference) -> list[str]:
    """Return all files and links except hidden ones and those in hidden folders."""
    return [path for path in conference.stored if not _HIDDEN.match(path)]


def _kept(conference: Conference) -> dict[str, None]:
    """Return the pages, pictures and links, and each folder that contains a file, by path."""
    return dict.fromkeys(
        held for path in _visible(conference)
        for held in (*(parent.as_posix() for parent in [*PurePosixPath(path).parents][-2::-1]),
                     *([path] if _belongs(path) else [])))


def _pictures(conference: Conference) -> Iterator[tuple[str, StoredFile]]:
    return ((path, file) for path, file in conference.stored.items() if _suffix(path) in schema.PICTURE_SUFFIXES)


def _shown(name: str) -> str:
    return unicodedata.normalize("NFC", printable(name))


def _suffix(path: str) -> str:
    return PurePosixPath(path).suffix.lower()


def _belongs(path: str) -> bool:
    return _suffix(path) == ".md" or _suffix(path) in schema.PICTURE_SUFFIXES


def _fault(path: str) -> str:
    """Return why the last component of a path is invalid, or ""."""
    name, length = PurePosixPath(path).name, filenames.units(path)
    if length > _LONGEST_PATH:
        return f"nằm ở đường dẫn dài {length} ký tự, quá {_LONGEST_PATH}"
    return filenames.fault(name) or ("" if _KEBAB.fullmatch(name) else
                                     "không phải chữ thường không dấu, chữ số và gạch ngang")


def _better(name: str) -> str:
    """Return the remedy for an invalid name."""
    right = f"{slug(PurePosixPath(name).stem)}{PurePosixPath(name).suffix.lower()}"
    usable = _KEBAB.fullmatch(right) and right != name and not filenames.fault(right)
    return f"đổi thành \"{right}\"" if usable else "đặt tên khác, ngắn gọn, như \"bieu-do-1.png\""


def _remedy(path: str, folder: str) -> str:
    if _suffix(path) in _WORD:
        return (f"Tệp Word không để trong {folder}/; hãy đưa chữ của bài vào tệp .md của đơn vị, cất tệp Word ở nơi "
                "lưu trữ của cơ quan rồi bỏ tệp này khỏi đây.")
    if path.lower().endswith(_LEFTOVERS) or PurePosixPath(path).name.startswith("~$"):
        return "Đây là tệp do phần mềm tự tạo ra hoặc bản lưu tạm; hãy xóa."
    return (f"Trong {folder}/ chỉ để trang .md và ảnh PNG, JPEG, GIF, WebP; trang web và bản in không dùng tệp này, "
            "hãy bỏ tệp khỏi đây.")


def _format_fault(path: str, file: StoredFile) -> str:
    """Return why a picture's format is invalid; "" if valid, or if the file is not a picture by name."""
    suffix = _suffix(path)
    wanted, known = _FORMATS.get(suffix), file.format in _FORMATS.values()
    if suffix in _FOREIGN_PICTURES:
        return (f"Ảnh dạng {suffix} không dùng được trên trang và bản in; hãy lưu lại thành PNG (hình vẽ, biểu đồ) "
                "hoặc JPEG (ảnh chụp).")
    if not wanted or file.format == wanted:
        return file.fault
    if not file.size:
        return "Tệp ảnh rỗng; hãy đưa lại ảnh."
    if known:
        return f"Tệp có đuôi {suffix} nhưng là ảnh {file.format}; hãy đổi đuôi hoặc lưu lại ảnh thành {wanted}."
    return (f"Tệp có đuôi {suffix} nhưng không phải ảnh{f' mà là {file.format}' if file.format else ''}; hãy đưa lại "
            "đúng tệp ảnh PNG, JPEG, GIF hoặc WebP.")
