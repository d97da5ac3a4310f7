"""Splitting of picture files into parts that define pixels and colours, and metadata.

Files are split at segment, chunk and block boundaries without decoding pixels, so that a picture without its metadata
is otherwise unchanged. Pillow cannot do this: it re-encodes JPEG and lossy WebP. No library on PyPI does it for all
four formats without decoding, under an open licence and without an external program (piexif is unmaintained; pyexiv2
and mat2 depend on exiv2 and exiftool).
"""

import re
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from warnings import catch_warnings

BEHIND = b"behind"  # name of the part after the end of the picture
FORMATS = frozenset({"PNG", "JPEG", "GIF", "WebP"})
_MOST_PARTS = 20_000  # a picture of 5 MB has several hundred
_CUT_SHORT = "Ảnh bị cắt ngắn hoặc bị hỏng; hãy lưu lại ảnh rồi đưa lại."


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
    at, name, sizes = 8, b"", 0
    while name != b"IEND":
        name, end = data[at + 4: at + 8], at + 12 + int.from_bytes(data[at: at + 4])
        if end > len(data):
            raise BrokenPictureError(_CUT_SHORT)
        kept = data[at:end] if name in _PNG_KEPT else b""
        if kept and zlib.crc32(data[at + 4: end - 4]) != int.from_bytes(data[end - 4: end]):
            raise BrokenPictureError(_CUT_SHORT)
        yield Part(name, data[at + 8: end - 4], kept)
        at, sizes = end, sizes + (name == b"IHDR")
    yield Part(BEHIND, data[at:])
    if sizes != 1:  # Pillow uses the last one, browsers none
        raise BrokenPictureError(_CUT_SHORT)


# --- JPEG: segments -------------------------------------------------------------------
_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7\x01]")  # other markers do not end a scan
_SCAN, _END = 0xDA, 0xD9
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


_WALKS: Mapping[str, Callable[[bytes], Iterator[Part]]] = MappingProxyType(
    {"PNG": _png, "JPEG": _jpeg, "GIF": _gif, "WebP": _webp})


# --- EXIF -------------------------------------------------------------------------------
_UNREADABLE = (ArithmeticError, LookupError, OSError, SyntaxError, TypeError, ValueError, struct.error)


def exif(data: bytes) -> Mapping[int, Mapping[int, Any]]:
    """Return the EXIF directories by the tag that refers to them; the main one has 0.

    Pillow limits what it reads by the size of each directory: 5,000 values that all refer to the same half of 16 MB
    take 25 ms.
    """
    from PIL import ExifTags, Image  # noqa: PLC0415 - takes long, and most documents have no picture

    read, found, tags = Image.Exif(), dict[int, Mapping[int, Any]](), ExifTags.IFD
    with catch_warnings(action="ignore"), suppress(*_UNREADABLE):
        read.load(data)
        for tag in (0, tags.Exif, tags.GPSInfo, tags.Interop, tags.IFD1):
            with suppress(*_UNREADABLE):
                found[tag] = dict(read.get_ifd(tag) if tag else read)
    return found


def orientation(data: bytes) -> int:
    """Return the EXIF orientation from 1 (upright) to 8, or 0 if there is none."""
    told = exif(data).get(0, {}).get(0x0112)
    return told if isinstance(told, int) else 0
