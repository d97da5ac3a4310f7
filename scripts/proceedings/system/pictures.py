"""Inspection of picture files: format, size, animation, metadata.

Whatever is attached is looked at, for it is all that `picture_parts` leaves; Pillow then opens what would be published,
and reads its pixels where they are not too many. What is wrong with a file is told in `fault`.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import BinaryIO
from warnings import catch_warnings

from proceedings.system import picture_parts
from proceedings.system.picture_parts import BEHIND, ICC, POSITION, BrokenPictureError, Part, exif, is_exif, orientation

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
_LATITUDE, _LONGITUDE = 2, 4  # EXIF's tags
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


def look(file: BinaryIO) -> Picture | None:
    """Inspect a file if it begins as a PNG, JPEG, GIF or WebP picture; else return None."""
    start = file.read(12)
    form = picture_parts.form_of(start)
    if not form:
        return None
    found, moves = list[Part](), False
    data = start + file.read(_MOST_BYTES - len(start))
    fault = _HEAVY if file.read(1) else ""
    try:
        for part in picture_parts.parts(data):
            found.append(part)
    except BrokenPictureError as error:
        fault = fault or str(error)
    width, height = picture_parts.size(form, found)
    if not fault and width * height <= MOST_PIXELS:
        moves, fault = _opened(form, picture_parts.joined(part.kept for part in found), (width, height))
    attached = list(_attached(found))
    behind = next((part.data for part in found if part.name == BEHIND), b"")
    words = _words([*attached, *_ends(behind if found and found[-1].name == BEHIND else data)])
    if not fault:
        fault = _TURNED if _turned(form, attached) else _MUCH if sum(map(len, attached)) >= _MOST_ATTACHED else ""
    return Picture(form, width, height, moves, words, fault,
                   located=any(map(_tells_position, [*attached, behind[:_MOST_ATTACHED]])),
                   appended=_is_foreign(form, behind))


def _opened(form: str, data: bytes, size: tuple[int, int]) -> tuple[bool, str]:
    """Whether a picture of a bounded size moves, and what is wrong with it."""
    if not all(size):
        return False, _BROKEN
    from PIL import Image, ImageFile  # noqa: PLC0415 - takes long, and most documents have no picture

    # It may complain to standard error as well; the print engine makes it lenient.
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with catch_warnings(action="ignore"), Image.open(BytesIO(data), formats=[form.upper()]) as image:
            if image.size != size:
                return False, _BROKEN
            moves = bool(getattr(image, "is_animated", False))
            image.load()
            return moves, _FAULTS.get(image.mode, "" if image.mode in _MODES else _DEEP)
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError):
        return False, _BROKEN
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


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


def _ends(data: bytes) -> tuple[bytes, bytes]:
    """The beginning and the end of what cannot be taken apart, which may be long."""
    return data[:_MOST_ATTACHED], data[_MOST_ATTACHED:][-_MOST_ATTACHED:]


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
    """What is attached as each encoding that cameras and editors write would have it."""
    if is_exif(data):
        for value in exif(data):
            if value.text:
                yield from _readings(value.data)
        return
    yield from _readings(data)
    yield from (data[1:].decode(coding, errors="replace") for coding in ("utf-16-le", "utf-16-be"))
    for found in _IPTC.finditer(data):
        yield from _readings(data[found.end(): found.end() + int.from_bytes(found[0][3:])])


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
    """Whether a part gives coordinates: as text, in UTF-16 as well, or in EXIF, wherever in the part that begins."""
    if _POSITION.search(data) or _POSITION.search(data.replace(b"\0", b"")):
        return True
    for found in islice(_EXIF.finditer(data), _MOST_EXIF):
        told = {value.tag for value in exif(data[found.start():]) if value.directory == POSITION and any(value.data)}
        if {_LATITUDE, _LONGITUDE} <= told:
            return True
    return False


def _turned(form: str, attached: Sequence[bytes]) -> bool:
    """Whether it is to be turned, and no JPEG: only of those do all browsers and the print engine read that."""
    return form != "JPEG" and any(is_exif(data) and orientation(data) > 1 for data in attached)


def _is_foreign(form: str, data: bytes) -> bool:
    """Whether what stands behind a picture's end is more than padding, or a phone's second picture of the same."""
    rest = data.lstrip(b"\0")
    return bool(rest) and not (form == "JPEG" and rest.startswith(b"\xff\xd8\xff"))
