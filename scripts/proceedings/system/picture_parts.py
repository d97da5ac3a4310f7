"""Splitting of picture files into parts that define pixels and colours, and metadata.

Files are cut at the borders that their formats know, and no pixel is decoded; so what is left of a picture without its
attachments is the very same picture. Pillow cannot do that: it writes JPEG and lossy WebP anew.
"""

import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Order = Literal["big", "little"]
BEHIND = b"behind"  # the name of what stands behind a picture's end
FORMATS = frozenset({"PNG", "JPEG", "GIF", "WebP"})
_MOST_PARTS = 20_000  # a picture of 5 MB has several hundred
_CUT_SHORT = "Ảnh bị cắt ngắn hoặc bị hỏng; hãy lưu lại ảnh rồi đưa lại."
_MOST_DIRECTORIES = 8  # of EXIF; cameras write five


class BrokenPictureError(ValueError):
    """A file that cannot be split; the message gives the reason and the remedy (Vietnamese)."""


@dataclass(frozen=True)
class Part:
    """A part of a file: `data` is its content, `kept` what is published of it, b"" for metadata."""

    name: bytes
    data: bytes
    kept: bytes = b""


def form_of(data: bytes) -> str:
    """Return the format detected from the first bytes, "" if not one of the four published formats."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    return "WebP" if data.startswith(b"RIFF") and data[8:12] == b"WEBP" else ""


def parts(data: bytes) -> Iterator[Part]:
    """Yield the parts of a picture in order.

    Raises BrokenPictureError if a part is incomplete or there are too many.
    """
    found = _WALKS[form_of(data)](data)
    for _ in range(_MOST_PARTS):
        part = next(found, None)
        if part is None:
            return
        yield part
    raise BrokenPictureError(f"Tệp ảnh gồm quá {_MOST_PARTS} mảnh; hãy lưu lại ảnh rồi đưa lại.")


def published(data: bytes) -> bytes:
    """Return the picture without metadata, except the orientation of a JPEG; raises BrokenPictureError."""
    if not form_of(data):
        raise BrokenPictureError("Tệp không phải ảnh PNG, JPEG, GIF, WebP; hãy đưa lại đúng tệp ảnh.")
    return joined(part.kept for part in parts(data))


def joined(pieces: Iterator[bytes] | list[bytes]) -> bytes:
    """Join the kept pieces into a picture."""
    data = b"".join(pieces)
    return b"RIFF" + (len(data) - 8).to_bytes(4, "little") + data[8:] if data.startswith(b"RIFF") else data


# --- PNG: chunks ----------------------------------------------------------------------
_PNG_KEPT = frozenset(b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP sBIT bKGD pHYs acTL fcTL fdAT".split())


def _png(data: bytes) -> Iterator[Part]:
    yield Part(b"", b"", data[:8])
    at, name = 8, b""
    while name != b"IEND":
        name, end = data[at + 4: at + 8], at + 12 + int.from_bytes(data[at: at + 4])
        if end > len(data):
            raise BrokenPictureError(_CUT_SHORT)
        kept = data[at:end] if name in _PNG_KEPT else b""
        if kept and zlib.crc32(data[at + 4: end - 4]) != int.from_bytes(data[end - 4: end]):
            raise BrokenPictureError(_CUT_SHORT)
        yield Part(name, data[at + 8: end - 4], kept)
        at = end
    yield Part(BEHIND, data[at:])


# --- JPEG: segments -------------------------------------------------------------------
_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7\x01]")  # other markers do not end a scan
_SCAN, _END = 0xDA, 0xD9
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # markers that tell the size
_JPEG_KEPT = frozenset({*range(0xC0, 0xD0), _SCAN, 0xDB, 0xDC, 0xDD, 0xDE, 0xDF}) - {0xC8}
EXIF, ICC = b"Exif\0\0", b"ICC_PROFILE\0"
_TURNED = EXIF + b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0%c\0\0\0\0\0\0"  # EXIF with the orientation only


def _jpeg(data: bytes) -> Iterator[Part]:
    yield Part(b"", b"", data[:2])
    at, turned = 2, False
    while found := _MARKER.search(data, at):
        yield Part(b"", data[at: found.start()].strip(b"\xff"))
        at, marker = found.end(), found[0][1]
        if marker == _END:
            yield Part(b"", b"", found[0])
            yield Part(BEHIND, data[at:])
            return
        end = at + int.from_bytes(data[at: at + 2])
        content = data[at + 2: end]
        after = _MARKER.search(data, end) if marker == _SCAN else None
        if end > len(data) or end < at + 2 or (marker == _SCAN and not after):
            break
        yield Part(bytes([marker]), content, _kept_segment(marker, content, data[at:end], turned))
        turned = turned or content.startswith(EXIF) or marker == _SCAN  # programs ignore what follows
        at = end
        if after:
            yield Part(b"", b"", data[end: after.start()])
            at = after.start()
    raise BrokenPictureError(_CUT_SHORT)


def _kept_segment(marker: int, content: bytes, whole: bytes, turned: bool) -> bytes:
    """Return the published part of a segment; of the first EXIF segment, the orientation only."""
    if marker in _JPEG_KEPT or (marker == 0xE2 and content.startswith(ICC)):
        return b"\xff" + bytes([marker]) + whole
    if marker == 0xE0 and content.startswith(b"JFIF\0") and len(content) >= 14:
        content = content[:12] + b"\0\0"  # without the thumbnail that may follow
    elif marker == 0xEE and content.startswith(b"Adobe"):
        content = content[:12]
    elif marker == 0xE1 and content.startswith(EXIF) and not turned and 1 < orientation(content) <= 8:
        content = _TURNED % orientation(content)
    else:
        return b""
    return b"\xff" + bytes([marker]) + (len(content) + 2).to_bytes(2) + content


# --- GIF: blocks ----------------------------------------------------------------------
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")  # number of repetitions of an animation


def _gif(data: bytes) -> Iterator[Part]:
    at = 13 + _colours(data[10:11])
    yield Part(b"", b"", data[:at])
    while at < len(data) and data[at] in b"\x2c\x21":
        start, kind = at, data[at: at + 2]
        at += 2 if kind[:1] == b"\x21" else 11 + _colours(data[at + 9: at + 10])
        pieces = []
        while length := int.from_bytes(data[at: at + 1]):
            pieces.append(data[at + 1: at + 1 + length])
            at += 1 + length
        at += 1
        content = b"".join(pieces)
        kept = kind[:1] == b"\x2c" or kind == b"\x21\xf9" or (kind == b"\x21\xff" and content.startswith(_LOOPS))
        # XMP is stored there without block lengths.
        yield Part(kind, data[start:at] if kind == b"\x21\xff" else content, data[start:at] if kept else b"")
    if data[at: at + 1] != b"\x3b":
        raise BrokenPictureError(_CUT_SHORT)
    yield Part(b"", b"", b"\x3b")
    yield Part(BEHIND, data[at + 1:])


def _colours(flags: bytes) -> int:
    """Return the size in bytes of the colour table that the flags announce."""
    return 3 << ((flags[0] & 7) + 1) if flags and flags[0] & 0x80 else 0


# --- WebP: chunks within chunks -----------------------------------------------------------
_WEBP_KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_FRAME_KEPT = frozenset((b"VP8 ", b"VP8L", b"ALPH"))
_FRAME_HEAD = 16
_NO_ATTACHMENT = 0xFF - 0x0C  # flags of VP8X


def _webp(data: bytes) -> Iterator[Part]:
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data):
        raise BrokenPictureError(_CUT_SHORT)
    yield Part(b"", b"", data[:12])
    yield from _chunks(data[12:end])
    yield Part(BEHIND, data[end:])


def _chunks(data: bytes, known: frozenset[bytes] = _WEBP_KEPT) -> Iterator[Part]:
    at = 0
    while at < len(data):
        name, length = data[at: at + 4], int.from_bytes(data[at + 4: at + 8], "little")
        content, at = data[at + 8: at + 8 + length], at + 8 + length + length % 2
        if len(content) < length:
            raise BrokenPictureError(_CUT_SHORT)
        kept = content if name in known else None
        if name == b"VP8X":
            kept = bytes([content[0] & _NO_ATTACHMENT]) + content[1:10] if len(content) >= 10 else None
        elif name == b"ANMF" and kept is not None:
            inside = list(_chunks(content[_FRAME_HEAD:], _FRAME_KEPT))
            yield from (Part(part.name, part.data) for part in inside if not part.kept)
            kept = content[:_FRAME_HEAD] + b"".join(part.kept for part in inside)
        yield Part(name, content, b"" if kept is None else name + len(kept).to_bytes(4, "little") + kept
                   + b"\0" * (len(kept) % 2))


def _none(_: bytes) -> Iterator[Part]:
    return iter(())


_WALKS: Mapping[str, Callable[[bytes], Iterator[Part]]] = MappingProxyType(
    {"PNG": _png, "JPEG": _jpeg, "GIF": _gif, "WebP": _webp, "": _none})


# --- How large ------------------------------------------------------------------------
def size(form: str, found: list[Part]) -> tuple[int, int]:
    """Width and height as the first part says that tells them, 0 where none does."""
    return next((_size(form, part) for part in found if any(_size(form, part))), (0, 0))


def _size(form: str, part: Part) -> tuple[int, int]:
    name, data = part.name, part.data
    if form == "GIF" and part.kept.startswith(b"GIF"):
        return _number(part.kept[6:8], "little"), _number(part.kept[8:10], "little")
    if name == b"IHDR":
        return _number(data[:4]), _number(data[4:8])
    if form == "JPEG" and name and name[0] in _FRAMES:
        return _number(data[3:5]), _number(data[1:3])
    return _webp_size(name, data) if form == "WebP" else (0, 0)


def _webp_size(name: bytes, data: bytes) -> tuple[int, int]:
    if name == b"VP8X":
        return _number(data[4:7], "little") + 1, _number(data[7:10], "little") + 1
    if name == b"VP8L":
        bits = _number(data[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if name == b"VP8 ":
        return _number(data[6:8], "little") & 0x3FFF, _number(data[8:10], "little") & 0x3FFF
    return 0, 0


def _number(data: bytes, order: Order = "big") -> int:
    return int.from_bytes(data, order)


# --- EXIF -------------------------------------------------------------------------------
# Read here and not by Pillow, which copies values that overlap without any bound.
@dataclass(frozen=True)
class Value:
    """A value of EXIF: the directory it is in (0 the main one), its tag, its bytes, and whether it can be text."""

    directory: int
    tag: int
    data: bytes
    text: bool


_MORE = frozenset({0x8769, 0x8825, 0xA005, 0x014A})  # tags that lead to further directories
POSITION = 0x8825
_NEXT = 1  # what is called a directory that follows another
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 129: 1}
_TEXTS = frozenset({1, 2, 6, 7, 129})


def is_exif(data: bytes) -> bool:
    """Whether a part holds EXIF."""
    return data.removeprefix(EXIF).startswith((b"II*\0", b"MM\0*"))


def exif(data: bytes) -> Iterator[Value]:
    """The values of EXIF in all its directories, together no more bytes than it has."""
    data = data.removeprefix(EXIF)
    order: Order = "little" if data.startswith(b"II") else "big"
    waiting, seen, room = [(0, int.from_bytes(data[4:8], order))], set[int](), len(data)
    while waiting and len(seen) < _MOST_DIRECTORIES:
        name, start = waiting.pop(0)
        if start in seen or not start:
            continue
        seen.add(start)
        last = min(start + 2 + 12 * int.from_bytes(data[start: start + 2], order), len(data))
        for at in range(start + 2, last - 11, 12):
            tag, kind, count, value = (int.from_bytes(data[at + first: at + end], order)
                                       for first, end in ((0, 2), (2, 4), (4, 8), (8, 12)))
            length = min(_SIZES.get(kind, 0) * count, room)
            first = value if length > 4 else at + 8
            if tag in _MORE and kind in {4, 13} and count == 1:
                waiting.append((tag, value))
            else:
                room -= length
                yield Value(name, tag, data[first: first + length], kind in _TEXTS)
        waiting.append((_NEXT, int.from_bytes(data[last: last + 4], order)))


def orientation(data: bytes) -> int:
    """How EXIF says that the picture is to be turned, from 1 (not at all) to 8; 0 where it does not say."""
    order: Order = "little" if data.removeprefix(EXIF).startswith(b"II") else "big"
    return next((int.from_bytes(value.data[:2], order) for value in exif(data)
                 if value.directory == 0 and value.tag == 0x0112), 0)
