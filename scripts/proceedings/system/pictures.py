"""Inspection of picture files: format, size, animation, metadata.

Pillow reads what would be published (size, frames, and pixels if there are not too many) and the EXIF metadata. Other
metadata is read here: of 37 places where the tests put text, Pillow 13.0 shows 25, and of 19 with coordinates 10. It
does not see data after the pixels of a JPEG, comments of later GIF blocks, unknown chunks, data after the end, and
all but the last of PNG texts with the same name.
"""

import re
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import Any, BinaryIO
from warnings import catch_warnings

from proceedings.system import picture_parts
from proceedings.system.picture_parts import BEHIND, ICC, BrokenPictureError, Part, exif, orientation

MOST_PIXELS = 40_000_000  # an A4 page at 600 dpi has 35 million
_MOST_BYTES = 16_000_000  # of a file that are read: three times the limit for pictures
_MOST_ATTACHED = 400_000  # bytes of metadata that are inspected, after decompression
# Letters, punctuation and spaces of Vietnamese; text in quotes or tags is separated.
_RUN = re.compile(r"[ !#-;=?-~\u00a0-\u024f\u0300-\u036f\u1e00-\u1eff\u2010-\u201b\u2026\uff01-\uff5e]{3,}")
# Prefixes of encoded EXIF comments, and of each IPTC text.
_JIS = b"JIS\0\0\0\0\0"
_CODES = (b"ASCII\0\0\0", b"UNICODE\0", _JIS, b"\0" * 8)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_IPTC = re.compile(rb"\x1c[\x01-\x09].[\x00-\x7f].", re.DOTALL)
_RAW_PROFILE = re.compile(rb"Raw profile type \w+\0[\s\S]{0,9}\n[\w ]+\n\s*\d+\n([0-9a-fA-F\s]+)")  # ImageMagick's EXIF
# In XMP, PNG texts and comments; drones write "Longtitude". "Latitude 5520" alone is a computer.
_POSITION = re.compile(rb"(?:GPSL(?:at|ongt?)itude|\bL(?:at|ongt?)itude[\s\"']{0,3}(?=[=>:\0]))[\s=>:\"'\0]{1,9}"
                       rb"[+-]?\d", re.IGNORECASE)
_GPS, _LATITUDE, _LONGITUDE = 0x8825, 2, 4  # EXIF tags
_EXIF = re.compile(rb"II\*\0|MM\0\*")
_MOST_EXIF = 4  # per part of a file: an embedded picture has its own
# Pixel modes that the print engine supports and that PDF/A allows with an sRGB output intent.
_MODES = frozenset({"1", "L", "LA", "P", "RGB", "RGBA"})
_DEEP = "Ảnh có hơn 8 bit cho mỗi màu nên không in được; hãy lưu lại ảnh với 8 bit mỗi màu rồi đưa lại."
_FAULTS = {"CMYK": "Ảnh ở hệ màu CMYK của nhà in, trên trang và trong bản in màu sẽ sai; hãy lưu lại ảnh ở hệ màu RGB "
                   "rồi đưa lại."}
_TURNED = ("Ảnh nằm xoay và chỉ ghi hướng xoay ở thông tin kèm theo, nơi theo nơi không; hãy xoay chính ảnh rồi lưu "
           "lại và đưa lại.")
_MUCH = "Ảnh kèm quá nhiều thông tin nên không xem hết được; hãy xóa thông tin kèm theo ảnh rồi đưa lại."
_HEAVY = "Ảnh nặng quá 16 MB nên không xem hết được; hãy thu nhỏ ảnh rồi đưa lại."
_BROKEN = "Ảnh bị hỏng nên không mở được; hãy lưu lại ảnh rồi đưa lại."


@dataclass(frozen=True)
class Picture:
    """A picture; an unknown width or height is 0, `words` are the metadata texts, one per line.

    `fault` is why it cannot be used, with the remedy (Vietnamese). `located`: it contains coordinates. `appended`:
    other data follows its end.
    """

    format: str
    width: int = 0
    height: int = 0
    moves: bool = False
    words: str = ""
    fault: str = ""
    located: bool = False
    appended: bool = False


def inspect(file: BinaryIO) -> Picture | None:
    """Inspect a file if it begins as a PNG, JPEG, GIF or WebP picture; else return None."""
    start = file.read(12)
    form = picture_parts.form_of(start)
    if not form:
        return None
    found = list[Part]()
    data = start + file.read(_MOST_BYTES - len(start))
    fault = _HEAVY if file.read(1) else ""
    try:
        for part in picture_parts.parts(data):
            found.append(part)
    except BrokenPictureError as error:
        fault = fault or str(error)
    width, height, moves, fault = _opened(form, picture_parts.joined(part.kept for part in found), fault)
    attached = list(_attached(found))
    whole = bool(found) and found[-1].name == BEHIND
    behind = found[-1].data if whole else b""
    rest = behind if whole else data  # data that cannot be split may be long: its beginning and end are inspected
    words = _words([*attached, rest[:_MOST_ATTACHED], rest[_MOST_ATTACHED:][-_MOST_ATTACHED:]])
    # All browsers and the print engine apply the EXIF orientation of JPEG pictures, but not of others.
    if not fault and form != "JPEG" and any(orientation(data) > 1 for data in attached):
        fault = _TURNED
    if not fault and sum(map(len, attached)) >= _MOST_ATTACHED:
        fault = _MUCH
    located = any(map(_tells_position, [*attached, behind[:_MOST_ATTACHED]]))
    foreign = behind.lstrip(b"\0")
    second = form == "JPEG" and foreign.startswith(b"\xff\xd8\xff")  # phones append a second version of the picture
    return Picture(form, width, height, moves, words, fault, located, appended=bool(foreign) and not second)


def _opened(form: str, data: bytes, fault: str) -> tuple[int, int, bool, str]:
    """Return width, height, whether the picture is animated, and what is wrong with it.

    Pictures with too many pixels are not decoded.
    """
    from PIL import Image, ImageFile  # noqa: PLC0415 - takes long, and most documents have no picture

    width = height = 0
    # The print engine makes Pillow lenient. Without Pillow's limit, the size of any picture is returned, which takes
    # no memory because no pixels are decoded (measured with WebP of 16,383 x 16,383).
    lenient, limit = ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS
    ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS = False, None
    try:
        with catch_warnings(action="ignore"), Image.open(BytesIO(data), formats=[form.upper()]) as image:
            width, height = image.size
            if fault or width * height > MOST_PIXELS:
                return width, height, False, fault
            if form == "GIF" and (width, height) != struct.unpack("<HH", data[6:10]):
                return width, height, False, _BROKEN  # a frame is larger than the picture
            moves = bool(getattr(image, "is_animated", False))
            image.load()
            return width, height, moves, _FAULTS.get(image.mode, "" if image.mode in _MODES else _DEEP)
    except (OSError, SyntaxError, ValueError, EOFError):
        return width, height, False, fault or _BROKEN
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS = lenient, limit


# --- Metadata -----------------------------------------------------------------------------
def _attached(found: Sequence[Part]) -> Iterator[bytes]:
    """Yield the parts that are not published, and colour profiles, which may also contain text."""
    room = _MOST_ATTACHED
    for part in found:
        if part.name == BEHIND:
            continue
        if len(part.kept) < len(part.data) or part.name in {b"iCCP", b"ICCP"} or part.data.startswith(ICC):
            for data in _unpacked(part, room):
                yield data[:room]
                room = max(room - len(data), 0)


def _unpacked(part: Part, room: int) -> Iterator[bytes]:
    """Yield a part's content and hex encoded content; PNG texts are decompressed up to `room` bytes."""
    data = part.data
    key, _, rest = data.partition(b"\0")
    packed = rest[1:] if part.name in {b"zTXt", b"iCCP"} else b""
    if part.name == b"iTXt" and rest[:1] == b"\1":
        packed = rest[2:].split(b"\0", 2)[-1]
    if packed and room:
        with suppress(zlib.error):  # inspected as it is
            data = key + b"\0" + zlib.decompressobj().decompress(packed, room)
    yield data
    raw = _RAW_PROFILE.match(data) if part.name in {b"tEXt", b"zTXt", b"iTXt"} else None
    if raw:
        digits = b"".join(raw[1].split())
        yield bytes.fromhex(digits[: len(digits) // 2 * 2].decode())


def _words(attached: Sequence[bytes]) -> str:
    """Return all runs of letters in the metadata, in any encoding."""
    return "\n".join(dict.fromkeys(run.strip() for data in attached for text in _texts(data)
                                   for run in _RUN.findall(text)))


def _texts(data: bytes) -> Iterator[str]:
    """Yield the metadata decoded in each encoding that cameras and editors use.

    Each text in it is also yielded separately.
    """
    yield from _readings(data)
    yield from (data[1:].decode(coding, errors="replace") for coding in ("utf-16-le", "utf-16-be"))
    for found in _IPTC.finditer(data):
        yield from _readings(data[found.end(): found.end() + int.from_bytes(found[0][3:])])
    for directory in _directories(data):
        for value in directory.values():
            if isinstance(value, str | bytes):
                yield from _readings(value.encode("latin-1") if isinstance(value, str) else value)


def _readings(data: bytes) -> Iterator[str]:
    """Yield a text decoded in each of these encodings; DOS and Windows code pages only if no other fits."""
    code, text = (data[:8], data[8:]) if data.startswith(_CODES) else (b"", data)
    yield from (text.decode(coding, errors="replace") for coding in ("utf-8", "utf-16-le", "utf-16-be"))
    if code == _JIS:
        yield text.decode("iso2022_jp", errors="replace")
    try:
        text.decode()
    except UnicodeDecodeError:
        if not _CONTROL.search(text.rstrip(b"\0")):
            yield text.decode("cp1258", errors="replace")


def _tells_position(data: bytes) -> bool:
    """Return whether a part contains coordinates: as text, also in UTF-16, or in EXIF at any position."""
    return bool(_POSITION.search(data) or _POSITION.search(data.replace(b"\0", b""))) or any(
        all(_is_told(directory.get(tag)) for tag in (_LATITUDE, _LONGITUDE)) for directory in _directories(data, _GPS))


def _directories(data: bytes, *tags: int) -> Iterator[Mapping[int, Any]]:
    """Yield the EXIF directories in a part: all, or those of these tags."""
    for found in islice(_EXIF.finditer(data), _MOST_EXIF):
        yield from (directory for tag, directory in exif(data[found.start():]).items() if not tags or tag in tags)


def _is_told(value: Any) -> bool:
    """Return whether an EXIF value is present and not zero, which cameras write without a position."""
    return any(getattr(part, "numerator", part) for part in (value if isinstance(value, tuple) else (value,)))
