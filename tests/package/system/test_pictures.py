"""Metadata of pictures is inspected and not published; pixels are unchanged."""

import io
import resource
import struct
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageCms, ImageFile, WebPImagePlugin

from picturing import (
    KINDS,
    LOCATED,
    XMP,
    behind_scan,
    chunk,
    drawn,
    exif,
    huge_webp,
    in_gif,
    in_png,
    in_webp,
    looked,
    position,
    riff,
    saved,
    segment,
)
from proceedings import checks
from proceedings.checks.safety.credentials import RULE as CREDENTIAL
from proceedings.checks.safety.secrecy import RULE as SECRECY
from proceedings.conference.reading import read_conference
from proceedings.system import picture_parts, pictures
from proceedings.system.picture_parts import BrokenPictureError

MARK = "TUYỆT MẬT"


def comments() -> dict[str, bytes]:
    """Return EXIF with the mark in a comment of every encoding, and in a following directory."""
    found = {}
    for order, coding in (("<", "utf-16-le"), (">", "utf-16-be")):
        for code, text in (("UNICODE", MARK.encode(coding)), ("ASCII", MARK.encode()), ("JIS", b"TUYET MAT"),
                           ("", MARK.encode())):
            prefix = code.encode().ljust(8, b"\0")
            found[f"{coding} {code or 'no code'}"] = exif(order, [], [(0x9286, 7, prefix + text)])
        found[f"{coding} thumbnail"] = exif(order, [], second=[(0x010E, 2, MARK.encode() + b"\0")])
        found[f"{coding} windows-1258"] = exif(order, [(0x010E, 2, b"TUY\xca\xf2T M\xc2\xf2T\0")])
    found["JIS letters"] = exif(">", [], [(0x9286, 7, b"JIS\0\0\0\0\0" + "ＴＯＩＭＡＴ".encode("iso2022_jp"))])
    return found


def attached() -> dict[str, bytes]:
    """Return pictures with the mark in all places where programs store text."""
    mark, found = MARK.encode(), {}
    for name, data in comments().items():
        found[f"JPEG EXIF {name}"] = saved("JPEG", exif=data)
    data = comments()["utf-16-be UNICODE"]
    found["PNG EXIF"] = in_png(saved("PNG"), chunk(b"eXIf", data[6:]))
    found["WebP EXIF"] = in_webp(saved("WEBP"), riff(b"EXIF", data))
    found["JPEG second EXIF"] = b"\xff\xd8" + segment(0xE1, exif("<", [])) + segment(0xE1, data) + saved("JPEG")[2:]
    found["JPEG second comment"] = b"\xff\xd8" + segment(0xFE, mark) + segment(0xFE, b"x") + saved("JPEG")[2:]
    found["JPEG comment behind"] = behind_scan(saved("JPEG"), segment(0xFE, mark))
    found["JPEG segment of an unknown program"] = b"\xff\xd8" + segment(0xEB, b"abc\0" + mark) + saved("JPEG")[2:]
    found["JPEG progressive, behind"] = behind_scan(saved("JPEG", progressive=True), segment(0xFE, mark))
    xmp = b"http://ns.adobe.com/xap/1.0/\0" + XMP.format(f'a="{MARK}"').encode()
    found["JPEG XMP"] = b"\xff\xd8" + segment(0xE1, xmp) + saved("JPEG")[2:]
    long = mark + b" - " + b"a" * 60
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">IBBBH", len(long) + 5, 0x1C, 2, 120, len(long)) + long
    found["JPEG IPTC, long"] = b"\xff\xd8" + segment(0xED, iptc) + saved("JPEG")[2:]
    words = zlib.compress(mark)
    for name, piece in (("tEXt", b"Comment\0" + mark), ("zTXt", b"Comment\0\0" + words),
                        ("iTXt", b"Comment\0\0\0vi\0\0" + mark), ("iTXt packed", b"Comment\0\1\0vi\0\0" + words)):
        found[f"PNG {name} behind"] = in_png(saved("PNG"), chunk(name[:4].encode(), piece))
    found["PNG text of a name that comes twice"] = in_png(
        saved("PNG"), chunk(b"tEXt", b"Comment\0" + mark) + chunk(b"tEXt", b"Comment\0x"))
    dumped = f"Raw profile type exif\0\nexif\n{len(data)}\n{data.hex()}\n".encode()
    found["PNG EXIF in hex"] = in_png(saved("PNG"), chunk(b"tEXt", dumped))
    found["PNG profile of colours"] = saved("PNG", icc_profile=_profile(mark))
    found["WebP XMP"] = in_webp(saved("WEBP"), riff(b"XMP ", XMP.format(f'a="{MARK}"').encode()))
    found["WebP unknown"] = in_webp(saved("WEBP"), riff(b"abcd", mark))
    found["GIF comment behind"] = in_gif(saved("GIF"), b"\x21\xfe" + bytes([len(mark)]) + mark + b"\0")
    found["GIF XMP"] = in_gif(saved("GIF"), b"\x21\xff\x0bXMP DataXMP" + bytes([len(mark)]) + mark + b"\0")
    for kind in KINDS:
        found[f"{kind} behind the end"] = saved(kind) + b"\0" + mark
    return found


def _profile(description: bytes) -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + b"\0" + description


ATTACHED = attached()


@pytest.mark.parametrize("name", ATTACHED)
def test_a_mark_is_found_wherever_it_is_attached(name: str, tmp_path: Path) -> None:
    assert SECRECY in rules(tmp_path, ATTACHED[name])


@pytest.mark.parametrize("name", [name for name in ATTACHED if "profile of colours" not in name])
def test_nothing_attached_is_published_and_the_pixels_stay(name: str) -> None:
    data = ATTACHED[name]
    clean = picture_parts.published(data)
    assert MARK.encode() not in clean
    assert len(clean) < len(data)
    found = looked(clean)
    assert (found.words, found.fault) == ("", "")
    assert picture_parts.published(clean) == clean
    assert pixels(clean) == pixels(data)


def pixels(data: bytes) -> tuple[str, tuple[int, int], bytes]:
    with Image.open(io.BytesIO(data)) as image:
        return image.mode, image.size, image.tobytes()


BROKEN = {
    "PNG": saved("PNG")[:33] + struct.pack(">I", 99_999) + b"tEXtComment\0" + MARK.encode(),
    "PNG checksum": saved("PNG")[:29] + b"abcd" + chunk(b"tEXt", b"Comment\0" + MARK.encode()) + saved("PNG")[33:],
    "JPEG": saved("JPEG")[:20] + b"\xff\xfe\xff\xff" + MARK.encode() + b"\n",
    "GIF": saved("GIF")[:-1] + b"\0\0" + MARK.encode() + b"\0",
    "WebP": saved("WEBP")[:-9] + b"\0" + MARK.encode() + b"\0" + b"XMP \xff\xff\0\0",
    "too many pieces": saved("PNG")[:33] + chunk(b"abcd", b"") * 20_001 + chunk(b"tEXt", b"Comment\0" + MARK.encode()),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_mark_is_found_in_a_broken_picture(name: str, tmp_path: Path) -> None:
    assert {SECRECY, "anh-sai-dang"} <= rules(tmp_path, BROKEN[name])


def test_a_credential_in_a_comment_is_found(tmp_path: Path) -> None:
    assert CREDENTIAL in rules(tmp_path, saved("JPEG", comment=b"ghp_" + b"a1B2" * 9))


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_without_attachments_is_published_as_it_is(kind: str) -> None:
    options: dict[str, Any] = {"progressive": True, "dpi": (300, 300)} if kind in ("PNG", "JPEG") else {}
    data = saved(kind, **options)
    assert picture_parts.published(data) == data
    assert (looked(data).fault, looked(data).words) == ("", "")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_the_profile_of_colours_stays(kind: str) -> None:
    profile = _profile(b"")
    data = picture_parts.published(saved(kind, icc_profile=profile, exif=position()))
    with Image.open(io.BytesIO(data)) as image:
        assert image.info["icc_profile"] == profile
        assert "exif" not in image.info


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP"])
def test_frames_of_moving_pictures_stay(kind: str) -> None:
    frames = [drawn().rotate(90 * turn) for turn in range(3)]
    data = saved(kind, frames[0], save_all=True, append_images=frames[1:], loop=0, duration=100)
    assert picture_parts.published(data) == data
    assert looked(data).moves


def test_what_is_attached_within_a_frame_is_taken_out() -> None:
    data = saved("WEBP", save_all=True, append_images=[drawn().rotate(90)])
    start = data.index(b"ANMF")
    length = int.from_bytes(data[start + 4: start + 8], "little")
    frame = riff(b"ANMF", data[start + 8: start + 8 + length] + riff(b"abcd", MARK.encode()))
    body = data[12:start] + frame + data[start + 8 + length + length % 2:]
    moving = b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body
    assert MARK in looked(moving).words
    assert picture_parts.published(moving) == data


# --- Coordinates ------------------------------------------------------------------------------------
NOT_LOCATED = {
    "no EXIF": saved("JPEG"), "other EXIF": saved("JPEG", exif=exif("<", [(0x010E, 2, b"GPSLatitude\0")])),
    "no fix": saved("JPEG", exif=exif("<", [], [(0, 1, b"\2\3\0\0")], 0x8825)),
    "no fix, empty": saved("JPEG", exif=exif("<", [], [(2, 5, bytes(24)), (4, 5, bytes(24))], 0x8825)),
    "a computer": saved("JPEG", exif=exif("<", [(0x013C, 2, b"Dell Latitude 5520\0")])),
    "a comment": saved("JPEG", comment="Latitude 5520, at the same latitude as 2 others"),
    "another comment": saved("JPEG", comment="GPSLatitude is not known; II*"),
    "a second picture": saved("JPEG") + saved("JPEG", exif=exif("<", [(0x010E, 2, b"mot anh\0")])),
}


@pytest.mark.parametrize("name", LOCATED)
def test_where_a_picture_was_taken_is_told_and_not_published(name: str, tmp_path: Path) -> None:
    assert "anh-kem-thong-tin" in rules(tmp_path, LOCATED[name])
    clean = picture_parts.published(LOCATED[name])
    assert not looked(clean).located
    assert b"GPS" not in clean
    assert struct.pack("<2I", 21, 1) not in clean


@pytest.mark.parametrize("name", NOT_LOCATED)
def test_a_picture_that_tells_no_place_is_left_alone(name: str, tmp_path: Path) -> None:
    assert rules(tmp_path, NOT_LOCATED[name]) == set()


# --- Orientation ------------------------------------------------------------------------------------
@pytest.mark.parametrize("turned", range(1, 9))
def test_a_turned_jpeg_stays_turned_and_carries_nothing_else(turned: int) -> None:
    data = saved("JPEG", exif=exif(">", [(0x010E, 2, b"mot anh\0"), (0x0112, 3, struct.pack(">H", turned))]))
    clean = picture_parts.published(data)
    with Image.open(io.BytesIO(clean)) as image:
        assert dict(image.getexif()) == ({0x0112: turned} if turned > 1 else {})
    assert looked(clean).words == ""
    assert looked(data).fault == ""


def test_only_what_programs_read_turns_a_jpeg() -> None:
    turning = segment(0xE1, exif(">", [(0x0112, 3, struct.pack(">H", 6))]))
    assert picture_parts.published(behind_scan(saved("JPEG"), turning)) == saved("JPEG")
    level = segment(0xE1, exif(">", [(0x0112, 3, struct.pack(">H", 1))]))
    assert picture_parts.published(b"\xff\xd8" + level + turning + saved("JPEG")[2:]) == saved("JPEG")


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_turned_picture_of_another_format_is_refused(kind: str) -> None:
    assert "xoay" in looked(saved(kind, exif=exif(">", [(0x0112, 3, struct.pack(">H", 6))]))).fault
    assert looked(saved(kind, exif=exif(">", [(0x0112, 3, struct.pack(">H", 1))]))).fault == ""


# --- Faults -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(("data", "words"), [
    (saved("JPEG", drawn("CMYK")), "CMYK"),
    (saved("PNG", Image.new("I;16", (9, 9))), "8 bit"),
    (saved("PNG")[:-5], "cắt ngắn"), (saved("JPEG")[:-40], "cắt ngắn"), (saved("GIF")[:-4], "cắt ngắn"),
    (saved("WEBP")[:-4], "cắt ngắn"), (saved("PNG").replace(b"IDAT\x78", b"IDAT\x79"), "hỏng"),
    (saved("PNG")[:33] + chunk(b"IDAT", zlib.compress(b"\0" * 9)) + chunk(b"IEND", b""), "hỏng"),
    (saved("PNG")[:33] + chunk(b"IDAT", b"nothing") + chunk(b"IEND", b""), "hỏng"),
    (in_webp(saved("WEBP")[:12], riff(b"VP8 ", b"\0" * 20)), "hỏng"),
    (in_png(saved("PNG"), chunk(b"zTXt", b"a\0\0" + zlib.compress(b"a" * 5_000_000))), "quá nhiều thông tin"),
], ids=["CMYK", "16 bit", "PNG cut", "JPEG cut", "GIF cut", "WebP cut", "checksum", "too few pixels", "no pixels",
        "WebP", "much attached"])
def test_what_cannot_be_used_is_told_with_what_to_do(data: bytes, words: str, tmp_path: Path) -> None:
    fault = looked(data).fault
    assert words in fault
    assert "; hãy " in fault
    assert fault.endswith(".")
    assert "anh-sai-dang" in rules(tmp_path, data)


def test_a_fault_is_told_though_another_library_has_made_pillow_lenient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    few = saved("PNG")[:33] + chunk(b"IDAT", zlib.compress(b"\0" * 9)) + chunk(b"IEND", b"")
    assert "hỏng" in looked(few).fault
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_usual_pixels_are_left_alone(mode: str) -> None:
    assert looked(saved("PNG", drawn(mode))).fault == ""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("data", [b"PK\x03\x04" + b"a" * 50, b"%PDF-1.7", b"<script>alert(1)</script>"])
def test_another_file_behind_a_picture_is_told_and_not_published(kind: str, data: bytes, tmp_path: Path) -> None:
    assert "anh-kem-thong-tin" in rules(tmp_path, saved(kind) + data)
    assert picture_parts.published(saved(kind) + data) == saved(kind)


@pytest.mark.parametrize("padding", [b"\0" * 100, b"", saved("JPEG")], ids=["padding", "nothing", "second"])
def test_padding_and_a_phones_second_picture_are_left_alone(padding: bytes, tmp_path: Path) -> None:
    assert rules(tmp_path, saved("JPEG") + padding) == set()
    assert picture_parts.published(saved("JPEG") + padding) == saved("JPEG")


@pytest.mark.parametrize("data", [b"", b"a", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"II*\0\x08\0\0\0"])
def test_what_is_no_picture_is_never_published(data: bytes) -> None:
    with pytest.raises(BrokenPictureError, match="không phải ảnh"):
        picture_parts.published(data)


# --- Limits ---------------------------------------------------------------------------------------
def bomb(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return saved("PNG")[:8] + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(999_999))) + chunk(b"IEND", b"")


_FRAME = struct.pack(">BHHB", 8, 65_500, 65_500, 1) + b"\1\x11\0"


BOMBS: dict[str, Callable[[], bytes]] = {
    "PNG": lambda: bomb(60_000, 60_000),
    "GIF": lambda: saved("GIF")[:6] + struct.pack("<HH", 65_535, 65_535) + saved("GIF")[10:],
    "JPEG": lambda: b"\xff\xd8" + segment(0xC0, _FRAME) + segment(0xDA, b"\1\1\0\0?\0") + b"a\xff\xd9",
    "WebP": huge_webp,
}


@pytest.mark.parametrize("name", BOMBS)
def test_no_pixel_of_a_picture_beyond_the_bound_is_read(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in (ImageFile.ImageFile, WebPImagePlugin.WebPImageFile):
        monkeypatch.setattr(kind, "load", lambda _: pytest.fail("loaded"))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = looked(BOMBS[name]())
    assert found.width * found.height > pictures.MOST_PIXELS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # KiB
    assert Image.MAX_IMAGE_PIXELS


LARGE = drawn(size=(60, 60))
TWO_SIZES = {
    "GIF": saved("GIF", LARGE).replace(b"a<\0<\0", b"a\5\0\5\0"),
    "PNG": saved("PNG")[:33] + saved("PNG", LARGE)[8:],
    "JPEG": b"\xff\xd8" + segment(0xC0, b"\x08\0\5\0\5\1\1\x11\0") + saved("JPEG", LARGE)[2:],
    "WebP": saved("WEBP", save_all=True, append_images=[drawn().rotate(90)]).replace(b"\x27\0\0\x1d", b"\5\0\0\5", 1),
}


@pytest.mark.parametrize("name", TWO_SIZES)
def test_a_picture_that_says_two_sizes_is_refused(name: str) -> None:
    assert looked(TWO_SIZES[name]).fault


@pytest.mark.parametrize("size", [64_000, 8_000_000])
def test_values_of_exif_that_lie_on_one_another_are_left_soon(size: int) -> None:
    entries = b"".join(struct.pack(">HHII", tag, 7, size // 2, 0) for tag in range(0x9000, 0x9000 + 5000))
    data = b"MM\0*" + struct.pack(">IH", 8, 5000) + entries + bytes(4)
    start = time.process_time()
    looked(in_png(saved("PNG"), chunk(b"eXIf", data.ljust(size, b"\0"))))
    assert time.process_time() - start < 2


def test_exif_whose_directories_lead_to_one_another_ends_soon() -> None:
    entry = struct.pack(">HHII", 0x8769, 4, 1, 8)
    ring = b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 5000) + entry * 5000 + struct.pack(">I", 8)
    start = time.process_time()
    looked(b"\xff\xd8" + segment(0xE1, ring) + saved("JPEG")[2:])
    assert time.process_time() - start < 1


@pytest.mark.parametrize("data", [
    b"\xff\xd8\xff" + b"\xff\x00" * 2_000_000, b"RIFF" + struct.pack("<I", 4_000_028) + b"WEBP" + riff(
        b"ANMF", b"\0" * 16 + b"XXXX\0\0\0\0" * 500_000), b"GIF89a\1\0\1\0\0\0\0" + b"\x2c" + bytes(10) * 400_000,
], ids=["JPEG", "WebP frame", "GIF frames"])
def test_more_files_of_countless_pieces_are_left_soon(data: bytes) -> None:
    start = time.process_time()
    looked(data)
    assert time.process_time() - start < 5


@given(st.sampled_from(list(ATTACHED)), st.data())
def test_broken_pictures_are_looked_at_and_published_or_refused(name: str, data: st.DataObject) -> None:
    whole = bytearray(ATTACHED[name])
    for place, byte in data.draw(st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), max_size=8)):
        whole[place] = byte
    cut = bytes(whole[: data.draw(st.integers(12, len(whole)))])
    found = pictures.inspect(io.BytesIO(cut))
    if found and not found.fault:
        assert pictures.inspect(io.BytesIO(picture_parts.published(cut)))


def rules(folder: Path, data: bytes) -> set[str]:
    """Return the rules that a picture violates."""
    form = looked(data).format
    suffix = {"WebP": "webp", "JPEG": "jpg"}.get(form, form.lower())
    picture = folder / "docs/tham-luan/so-mau" / f"a.{suffix}"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(data)
    return {problem.rule for problem in checks.check(read_conference(folder / "docs"))
            if problem.path.endswith(picture.name)} - {"anh-sai-cho"}


def test_pixels_are_compared() -> None:
    assert ImageChops.difference(drawn(), drawn().rotate(180)).getbbox()
