"""Pictures for the tests, and functions that add metadata as programs do."""

import io
import struct
import zlib
from typing import Any

from PIL import Image

from proceedings.system import pictures
from proceedings.system.pictures import Picture

KINDS = {"PNG": "png", "JPEG": "jpg", "GIF": "gif", "WEBP": "webp"}
XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description {}/></x:xmpmeta>'


def drawn(mode: str = "RGB", size: tuple[int, int] = (40, 30)) -> Image.Image:
    """Return a picture that differs in all orientations."""
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    image.paste((200, 30, 60), (0, 0, size[0] // 2, size[1] // 3))
    return image.convert(mode)


def saved(kind: str, image: Image.Image | None = None, **options: Any) -> bytes:
    file = io.BytesIO()
    (image or drawn()).save(file, kind, **options)
    return file.getvalue()


def looked(data: bytes) -> Picture:
    found = pictures.inspect(io.BytesIO(data))
    assert found
    return found


def segment(marker: int, data: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(data) + 2) + data


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def riff(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def behind_scan(data: bytes, piece: bytes) -> bytes:
    """Return a JPEG with a segment between its scan and its end."""
    return data[:-2] + piece + data[-2:]


def in_png(data: bytes, piece: bytes) -> bytes:
    """Return a PNG with a chunk after its pixels."""
    return data[:-12] + piece + data[-12:]


def in_webp(data: bytes, piece: bytes) -> bytes:
    return b"RIFF" + struct.pack("<I", len(data) + len(piece) - 8) + data[8:] + piece


def in_gif(data: bytes, piece: bytes) -> bytes:
    return data[:-1] + piece + data[-1:]


# --- EXIF, written by hand because Pillow writes no second directory ------------------------------
Entry = tuple[int, int, bytes]


def directory(order: str, start: int, entries: list[Entry], following: int = 0) -> bytes:
    head = struct.pack(order + "H", len(entries))
    values, at = b"", start + 2 + 12 * len(entries) + 4
    for tag, kind, data in entries:
        count = len(data) // {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1}[kind]
        place = data.ljust(4, b"\0") if len(data) <= 4 else struct.pack(order + "I", at + len(values))
        values += data if len(data) > 4 else b""
        head += struct.pack(order + "HHI", tag, kind, count) + place
    return head + struct.pack(order + "I", following) + values


def exif(order: str, main: list[Entry], more: list[Entry] = [], tag: int = 0x8769, second: list[Entry] = []) -> bytes:  # noqa: B006
    """Return EXIF with a main directory, one referenced by a tag of it, and one that follows it."""
    start = b"II*\0" if order == "<" else b"MM\0*"
    pointer = [(tag, 4, struct.pack(order + "I", 1000))] if more else []
    first = directory(order, 8, [*main, *pointer], 4000 if second else 0)
    whole = (start + struct.pack(order + "I", 8) + first).ljust(1000, b"\0")
    whole = (whole + (directory(order, 1000, more) if more else b"")).ljust(4000, b"\0")
    return b"Exif\0\0" + whole + (directory(order, 4000, second) if second else b"")


def position(order: str = "<", degrees: int = 21) -> bytes:
    angle = struct.pack(order + "6I", degrees, 1, 49, 1, 12, 1)
    return exif(order, [], [(1, 2, b"N\0"), (2, 5, angle), (3, 2, b"E\0"), (4, 5, angle)], 0x8825)


LOCATED = {
    "JPEG": saved("JPEG", exif=position()), "JPEG other order": saved("JPEG", exif=position(">")),
    "JPEG behind": behind_scan(saved("JPEG"), segment(0xE1, position())),
    "PNG": in_png(saved("PNG"), chunk(b"eXIf", position()[6:])),
    "PNG text": in_png(saved("PNG"), chunk(b"tEXt", b"exif:GPSLatitude\x0021/1, 49/1, 12/1")),
    "WebP": in_webp(saved("WEBP"), riff(b"EXIF", position())),
    "JPEG XMP": saved("JPEG", xmp=XMP.format('exif:GPSLatitude="21,49.2N"').encode()),
    "WebP XMP": in_webp(saved("WEBP"), riff(b"XMP ", b"<exif:GPSLongitude>105,13E</exif:GPSLongitude>")),
    # Second pictures of phones, thumbnails, and private blocks of picture editors.
    "JPEG second picture": saved("JPEG") + saved("JPEG", exif=position()),
    "JPEG thumbnail": saved("JPEG", exif=exif("<", [(0x010F, 2, b"Cam\0")]) + saved("JPEG", exif=position(">"))),
    "JPEG JFXX": behind_scan(saved("JPEG"), segment(0xE0, b"JFXX\0\x10" + saved("JPEG", exif=position()))),
    "JPEG Photoshop": behind_scan(saved("JPEG"), segment(0xED, b"Photoshop 3.0\x008BIM\4\x22\0\0" + position()[6:])),
    "JPEG Meta": behind_scan(saved("JPEG"), segment(0xE3, b"Meta\0\0" + position()[6:])),
    # Drones write a plus sign and sometimes another spelling; programs write JSON.
    "JPEG drone": saved("JPEG", xmp=XMP.format('drone-dji:GpsLatitude="+21.02"').encode()),
    "JPEG drone, short": saved("JPEG", xmp=XMP.format('drone-dji:Longtitude="+105.8"').encode()),
    "JPEG comment": behind_scan(saved("JPEG"), segment(0xFE, b'{"latitude": -21.02, "longitude": 105.8}')),
    "JPEG user comment": saved("JPEG", exif=exif("<", [], [(0x9286, 7, b"ASCII\0\0\0Latitude: 21.02")])),
    "PNG Latitude": in_png(saved("PNG"), chunk(b"tEXt", b"Latitude\x0021.5")),
    "JPEG UTF-16": saved("JPEG", comment='<exif:GPSLatitude>21,49.2N</exif:GPSLatitude>'.encode("utf-16")),
}


def huge_webp() -> bytes:
    """Return an animated picture with small frames and the largest canvas that the format allows."""
    data = saved("WEBP", save_all=True, append_images=[drawn().rotate(90)])
    at = data.index(b"VP8X") + 12
    return data[:at] + (16_382).to_bytes(3, "little") * 2 + data[at + 6:]
