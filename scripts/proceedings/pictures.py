"""What a picture's file says of itself: its format, its pixels, whether it moves, the words attached to it.

Only headers are read and no pixel is decoded: a file of some bytes may claim to be of any size. Whatever is wrong with
it is told as what is not known: a size of 0, no words.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO, Literal

MOST_PIXELS = 40_000_000  # a page of A4 at 600 to the inch has 35 million
_MOST_PARTS = 20_000  # pieces of one file that are looked at; a picture of 5 MB has some hundred
_MOST_WORDS = 256 * 1024  # bytes of attached words that are kept, unpacked
_MOST_GIF = 512 * 1024  # bytes of a GIF that are read: its blocks are too short to be skipped one by one
_LOOP = b"\x21\xff\x0bNETSCAPE2.0"  # how often a GIF is to be shown again
# Letters, signs and spaces that Vietnamese is written with; what stands in quotes or tags stands apart.
_RUN = re.compile(r"[ !#-;=?-~\u00a0-\u024f\u0300-\u036f\u1e00-\u1eff\u2010-\u201b\u2026]{3,}")
_FRAME = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # JPEG's markers that tell the size
_ALONE = frozenset((0x01, *range(0xD0, 0xD8)))  # JPEG's markers without a length
_MORE_EXIF = 0x8769  # the tag that leads to a second list of EXIF's values
_EXIF_BYTES = frozenset({1, 2, 7})  # EXIF's kinds of values that can be text
_TEXTS = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"EXIF", b"XMP "})


@dataclass(frozen=True)
class Picture:
    """What the headers say; `words` are the attached texts, a line each."""

    format: str
    width: int = 0
    height: int = 0
    moves: bool = False
    words: str = ""


def look(file: BinaryIO) -> Picture | None:
    """What a file says of itself if it begins as a PNG, JPEG, GIF or WebP picture does."""
    start = file.read(12)
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        file.seek(8)
        return _chunked(file, "PNG", "big")
    if start.startswith(b"\xff\xd8\xff"):
        file.seek(2)
        return _jpeg(file)
    if start.startswith((b"GIF87a", b"GIF89a")):
        return _gif(file)
    if start.startswith(b"RIFF") and start.endswith(b"WEBP"):
        return _chunked(file, "WebP", "little")
    return None


# --- PNG and WebP: chunks with a name and a length ---------------------------------
def _chunked(file: BinaryIO, format: str, order: Literal["big", "little"]) -> Picture:
    size, moves, attached = (0, 0), False, _Attached()
    for name, length in _chunks(file, order):
        if name in _TEXTS:
            attached.add(_unpacked(name, file.read(min(length, attached.room))))
        elif name in {b"IHDR", b"VP8X", b"VP8 ", b"VP8L"}:
            size = size if any(size) else _size(name, file.read(10))
        moves = moves or name in {b"acTL", b"ANIM"}
    return Picture(format, *size, moves, attached.words())


def _chunks(file: BinaryIO, order: Literal["big", "little"]) -> Iterator[tuple[bytes, int]]:
    """Each chunk's name and length, the file standing at its content."""
    for _ in range(_MOST_PARTS):
        head = file.read(8)
        if len(head) < 8:
            return
        name, length = (head[4:], _big(head[:4])) if order == "big" else (head[:4], _little(head[4:]))
        content = file.tell()
        yield name, length
        file.seek(content + length + (4 if order == "big" else length % 2))  # a checksum, or padding


def _size(name: bytes, data: bytes) -> tuple[int, int]:
    if len(data) < 10:
        return 0, 0
    if name == b"IHDR":
        return _big(data[:4]), _big(data[4:8])
    if name == b"VP8X":
        return _little(data[4:7]) + 1, _little(data[7:10]) + 1
    if name == b"VP8L":
        bits = _little(data[1:5])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return _little(data[6:8]) & 0x3FFF, _little(data[8:10]) & 0x3FFF


def _unpacked(name: bytes, data: bytes) -> bytes:
    """The data, with what is compressed in PNG's texts unpacked as far as it is bounded."""
    key, _, rest = data.partition(b"\0")
    packed = rest[1:] if name == b"zTXt" else b""
    if name == b"iTXt" and rest[:1] == b"\1":
        packed = rest[2:].split(b"\0", 2)[-1]
    if not packed:
        return data
    try:
        return key + b"\0" + zlib.decompressobj().decompress(packed, _MOST_WORDS)
    except zlib.error:
        return data


# --- JPEG: segments up to the picture itself ----------------------------------------
def _jpeg(file: BinaryIO) -> Picture:
    size, attached = (0, 0), _Attached()
    for marker, length in _segments(file):
        if marker in _FRAME and not any(size):
            head = file.read(5)
            size = (_big(head[3:5]), _big(head[1:3]))
        elif 0xE0 <= marker <= 0xEF or marker == 0xFE:
            attached.add(file.read(min(length, attached.room)))
    return Picture("JPEG", *size, words=attached.words())


def _segments(file: BinaryIO) -> Iterator[tuple[int, int]]:
    """Each segment's marker and length, the file standing at its content."""
    for _ in range(_MOST_PARTS):
        mark = file.read(2)
        if len(mark) < 2 or mark[0] != 0xFF or mark[1] in {0xDA, 0xD9}:
            return
        if mark[1] == 0xFF:  # any number of these may stand before a marker
            file.seek(-1, 1)
        elif mark[1] not in _ALONE:
            length = max(_big(file.read(2)) - 2, 0)
            content = file.tell()
            yield mark[1], length
            file.seek(content + length)


# --- GIF: blocks --------------------------------------------------------------------
def _gif(file: BinaryIO) -> Picture:
    file.seek(6)
    head, data = file.read(7), file.read(_MOST_GIF)
    file = BytesIO(data)
    if len(head) < 7:
        return Picture("GIF")
    file.seek(_colours(head[4]))
    frames, attached = 0, _Attached()
    while frames < 2:
        kind = file.read(2)
        if kind[:1] == b"\x2c":
            frames += 1
            descriptor = file.read(8)
            file.seek(_colours(descriptor[-1]) + 1 if descriptor else 0, 1)
        elif kind[:1] != b"\x21":
            break
        attached.add(_sub_blocks(file, keep=kind in {b"\x21\xfe", b"\x21\xff"}))
    cut_short = len(data) == _MOST_GIF and _LOOP in data  # which says that there are more frames, behind a long one
    return Picture("GIF", _little(head[:2]), _little(head[2:4]), frames > 1 or cut_short, attached.words())


def _colours(flags: int) -> int:
    """The bytes of the table of colours that the flags announce."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _sub_blocks(file: BinaryIO, *, keep: bool) -> bytes:
    kept = []
    while (length := file.read(1)) not in {b"", b"\0"}:
        data = file.read(length[0])
        kept += [data] if keep else []
    return b"".join(kept)


# --- What is attached -----------------------------------------------------------------
class _Attached:
    """Pieces of a file that may hold words, up to a bound."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self.room = _MOST_WORDS

    def add(self, data: bytes) -> None:
        """Keep a piece as far as there is room."""
        self._pieces.append(data[: self.room])
        self.room = max(self.room - len(data), 0)

    def words(self) -> str:
        """All runs of letters in them, whichever encoding each is in."""
        return "\n".join(dict.fromkeys(run.strip() for piece in self._pieces for part in _parts(piece)
                                       for text in _readings(part) for run in _RUN.findall(text)))


def _readings(data: bytes) -> Iterator[str]:
    """The data as each encoding that cameras and editors write would have it."""
    return (data.decode(encoding, errors="replace") for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


def _parts(data: bytes) -> Iterator[bytes]:
    """A piece that holds EXIF as its values, of which each may be in an encoding of its own; any other as it is."""
    data = data.removeprefix(b"Exif\0\0")
    order: Literal["big", "little"] = "little" if data.startswith(b"II*\0") else "big"
    if order == "big" and not data.startswith(b"MM\0*"):
        yield data
        return
    room = len(data)
    directories = [int.from_bytes(data[4:8], order)]
    for start in directories:  # which grows while it is gone through
        count = int.from_bytes(data[start: start + 2], order)
        for entry in range(start + 2, min(start + 2 + 12 * count, len(data)), 12):
            tag, kind, length, value = (int.from_bytes(data[entry + at: entry + to], order)
                                        for at, to in ((0, 2), (2, 4), (4, 8), (8, 12)))
            if tag == _MORE_EXIF and len(directories) == 1:
                directories.append(value)
            elif kind in _EXIF_BYTES:
                first, length = (value if length > 4 else entry + 8), min(length, room)
                room -= length  # values that overlap, so as to grow without end, are cut
                yield data[first: first + length]


def _big(data: bytes) -> int:
    return int.from_bytes(data, "big")


def _little(data: bytes) -> int:
    return int.from_bytes(data, "little")
