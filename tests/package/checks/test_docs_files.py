"""Files under docs/ are surveyed without following links; regular files are not reported."""

import io
import os
import struct
import time
import tracemalloc
import unicodedata
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from proceedings import checks
from proceedings.conference.reading import read_conference
from proceedings.conference.reading.files import survey
from proceedings.problems import Problem
from proceedings.system import filenames, pictures

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    return folder


def write(docs: Path, path: str, data: bytes = b"# A\n") -> Path:
    file = docs / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return file


def picture(kind: str, width: int = 5, height: int = 4, frames: int = 1, **options: Any) -> bytes:
    images = [Image.new("RGB", (width, height), (60 * number, 9, 9)) for number in range(frames)]
    file = io.BytesIO()
    more: dict[str, Any] = {"save_all": True, "append_images": images[1:]} if frames > 1 else {}
    images[0].save(file, kind, **more, **options)
    return file.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def header(width: int, height: int) -> bytes:
    return PNG + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))


def told(docs: Path, *rules: str) -> list[tuple[str, str]]:
    return [(problem.path.removeprefix("docs/"), problem.rule) for problem in problems(docs) if problem.rule in rules]


def problems(docs: Path) -> list[Problem]:
    return list(checks.check(read_conference(docs)))


# --- The survey ---------------------------------------------------------------------
def test_all_that_lies_there_is_told_in_order(docs: Path, tmp_path: Path) -> None:
    write(tmp_path, "ngoai/a.md")
    for path in ("b.md", "a/b.md", "a-b.md", ".an", ".kho/HEAD", "a/.an.md"):
        write(docs, path)
    (docs / "ngoai").symlink_to(tmp_path / "ngoai")
    (docs / "vong").symlink_to(".")
    (docs / "minh").symlink_to("minh")
    (docs / "trong.md").symlink_to("b.md")
    stored = survey(docs)
    assert list(stored) == [".an", ".kho/HEAD", "a/.an.md", "a/b.md", "a-b.md", "b.md", "minh", "ngoai", "trong.md",
                            "vong"]
    assert [path for path, file in stored.items() if file.readable] == ["a/b.md", "a-b.md", "b.md", "trong.md"]
    assert {path: file.target for path, file in stored.items() if file.target is not None} == {
        "minh": "minh", "ngoai": str(tmp_path / "ngoai"), "trong.md": "b.md", "vong": "."}
    assert stored["b.md"].size == 4


@pytest.mark.parametrize("path", [".nhap/bai.md", "tham-luan/.nhap/cu/bai.txt", ".nhap/.kin/a", "phu-luc/.a/b.md"])
def test_a_hidden_folder_is_looked_into_and_told_once(docs: Path, path: str) -> None:
    write(docs, path, "Số liệu.\n\nMẬT\n".encode())
    write(docs, f"{path}.png", picture("PNG"))
    found = told(docs, "tep-an", "tep-la", "dau-mat", "ten-tep-sai-cach", "anh-sai-cho", "ngoai-muc-luc")
    hidden = path[: path.index("/", path.index("."))]
    assert found == sorted([(hidden, "tep-an"), (path, "dau-mat")])


def test_a_mark_in_the_name_of_a_hidden_file_is_told(docs: Path) -> None:
    write(docs, ".nhap/MẬT_a.txt", b"a")
    assert told(docs, "dau-mat") == [(".nhap/MẬT_a.txt", "dau-mat")]


@pytest.mark.parametrize("name", [b"a\n::error::b.md", b"a\x1b[2Jb.md", b"\xff\xfe.md", "a\u202eb.md".encode(),
                                  "a\u200bb.md".encode()])
def test_a_name_that_cannot_be_shown_is_refused_unread(docs: Path, name: bytes) -> None:
    (Path(os.fsdecode(os.fsencode(docs) + b"/" + name))).write_text("---\nkhac: x\n---\n", "utf-8")
    conference = read_conference(docs).conference
    assert not conference.documents
    assert not conference.files
    lines = [str(problem) for problem in problems(docs) if problem.rule == "ten-tep-sai-cach"]
    assert len(lines) == 1
    assert lines[0].isprintable()


def test_many_folders_in_each_other_are_gone_through(docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(docs)
    for _ in range(1050):  # above Python's recursion limit
        Path("a").mkdir()
        os.chdir("a")
    Path("b.md").touch()
    assert list(survey(docs)) == ["a/" * 1050 + "b.md"]
    Path("b.md").unlink()
    for _ in range(1050):  # pytest would remove them recursively
        os.chdir("..")
        Path("a").rmdir()


# --- Pictures by their headers ---------------------------------------------------------
@pytest.mark.parametrize(("kind", "name"), [("PNG", "PNG"), ("JPEG", "JPEG"), ("GIF", "GIF"), ("WEBP", "WebP")])
@pytest.mark.parametrize("size", [(1, 1), (301, 207), (5, 1200)])
def test_format_and_size_are_read(kind: str, name: str, size: tuple[int, int]) -> None:
    found = pictures.inspect(io.BytesIO(picture(kind, *size)))
    assert found
    assert (found.format, found.width, found.height, found.moves) == (name, *size, False)


@pytest.mark.parametrize(("kind", "options"), [
    ("WEBP", {"lossless": True}), ("JPEG", {"progressive": True}), ("PNG", {"optimize": True}),
    ("WEBP", {"exif": b"Exif\0\0MM\0*"}),
])
def test_other_ways_to_write_them_are_read(kind: str, options: dict[str, Any]) -> None:
    found = pictures.inspect(io.BytesIO(picture(kind, 30, 20, **options)))
    assert found
    assert (found.width, found.height) == (30, 20)


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP"])
def test_moving_pictures_are_known(kind: str) -> None:
    found = pictures.inspect(io.BytesIO(picture(kind, frames=3)))
    assert found
    assert found.moves


def test_a_gif_moves_though_its_second_frame_is_far_behind_the_first() -> None:
    noise = [Image.effect_noise((1000, 900), 90).convert("P") for _ in range(2)]
    for frames in (1, 2):
        made = io.BytesIO()
        options = {"save_all": True, "append_images": noise[1:], "loop": 0} if frames > 1 else {}
        noise[0].save(made, "GIF", **options)
        assert made.tell() > 600_000
        found = pictures.inspect(io.BytesIO(made.getvalue()))
        assert found
        assert found.moves is (frames > 1)


def test_a_header_that_is_cut_short_tells_no_size() -> None:
    found = pictures.inspect(io.BytesIO(header(300, 200)[:21]))
    assert found
    assert (found.width, found.height) == (0, 0)


def test_no_pixel_is_decoded() -> None:
    found = pictures.inspect(io.BytesIO(header(2**31 - 1, 2**31 - 1) + chunk(b"IDAT", b"x") + chunk(b"IEND", b"")))
    assert found
    assert found.width * found.height == (2**31 - 1) ** 2


def test_a_text_that_would_unpack_to_gigabytes_is_cut() -> None:
    packed = zlib.compress(b"M" * 50_000_000, 9)
    text = b"".join(chunk(b"zTXt", b"a\0\0" + packed) for _ in range(50))
    tracemalloc.start()
    found = pictures.inspect(io.BytesIO(header(1, 1) + text))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found
    assert 1000 < len(found.words) < 1_000_000
    assert peak < 15_000_000  # the file itself has 2.4 MB


def test_values_that_overlap_do_not_grow_without_end() -> None:
    entry = struct.pack(">HHII", 0x010E, 2, 60_000, 0)
    exif = b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 5000) + entry * 5000
    start = time.process_time()
    found = pictures.inspect(io.BytesIO(b"\xff\xd8\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + b"\xff\xd9"))
    assert found
    assert time.process_time() - start < 1


@pytest.mark.parametrize("data", [
    header(1, 1) + struct.pack(">I", 0) * 2_000_000, b"GIF89a" + b"\1\0\1\0\0\0\0" + b"\x21\x01\0" * 1_500_000,
    b"\xff\xd8" + b"\xff" * 4_000_000, b"\xff\xd8" + b"\xff\xe0\0\2" * 1_000_000,
    b"RIFF\0\0\0\0WEBP" + b"XXXX\0\0\0\0" * 500_000, b"GIF89a\1\0\1\0\0\0\0\x21\xfe" + b"\1A" * 2_000_000,
], ids=["PNG", "GIF", "JPEG fill", "JPEG", "WebP", "GIF comment"])
def test_a_file_of_countless_pieces_is_left_soon(data: bytes) -> None:
    start = time.process_time()
    assert pictures.inspect(io.BytesIO(data))
    assert time.process_time() - start < 2


@given(st.sampled_from(["PNG", "JPEG", "GIF", "WEBP"]), st.data())
def test_broken_pictures_are_read_without_a_fault(kind: str, data: st.DataObject) -> None:
    whole = bytearray(picture(kind, frames=1 if kind == "JPEG" else 2))
    for place, byte in data.draw(st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), max_size=8)):
        whole[place] = byte
    pictures.inspect(io.BytesIO(bytes(whole[: data.draw(st.integers(0, len(whole)))])))


@given(st.binary(max_size=200), st.sampled_from([PNG, b"\xff\xd8\xff\xe1\x00\x80Exif\0\0II*\0", b"GIF89a",
                                                b"RIFFxxxxWEBP", b"\xff\xd8\xff\xe1\x00\x80Exif\0\0MM\0*", b""]))
def test_any_bytes_are_read_without_a_fault(data: bytes, start: bytes) -> None:
    pictures.inspect(io.BytesIO(start + data))


# --- Rules: cases that fixtures cannot contain -------------------------------------------------
def test_a_folder_is_told_once_by_its_own_name(docs: Path) -> None:
    for path in ("phu-luc/Biên bản/a.md", "phu-luc/Biên bản/b.md", "phu-luc/Biên bản/Cũ/c.md"):
        write(docs, path)
    assert told(docs, "ten-tep-sai-cach") == [("phu-luc/Biên bản", "ten-tep-sai-cach"),
                                             ("phu-luc/Biên bản/Cũ", "ten-tep-sai-cach")]


@pytest.mark.parametrize(("name", "remedy"), [
    ("Số liệu.md", 'đổi thành "so-lieu.md"'), ("ANH.md", 'đổi thành "anh.md"'), ("a b.md", 'đổi thành "a-b.md"'),
    ("a--b.md", 'đổi thành "a-b.md"'), ("-a.md", 'đổi thành "a.md"'), ("NUL.md", "đặt tên khác"),
    ("nul.md", "đặt tên khác"), ("人.md", "đặt tên khác"),
    ("com1.so-lieu.md", 'đổi thành "com1-so-lieu.md"'), ("a?.md", 'đổi thành "a.md"'),
])
def test_a_better_name_is_offered(docs: Path, name: str, remedy: str) -> None:
    write(docs, f"phu-luc/{name}")
    found = [problem.message for problem in problems(docs) if problem.rule == "ten-tep-sai-cach"]
    assert len(found) == 1
    assert f"hãy {remedy}" in found[0]


@pytest.mark.parametrize("path", ["phu-luc/a.md", "phu-luc/so-lieu-2034.md", "phu-luc/12.md", "phu-luc/conga.md",
                                  "tham-luan/so-mau/bieu-do-1.png", "phu-luc/" + "a" * 100 + ".md"])
def test_a_good_name_is_left_alone(docs: Path, path: str) -> None:
    write(docs, path)
    assert told(docs, "ten-tep-sai-cach", "ten-tep-trung") == []


def test_a_path_too_long_for_a_stick_is_told(docs: Path) -> None:
    write(docs, "phu-luc/" + "a" * 90 + "/" + "b" * 90 + ".md")
    assert "quá 167" in "".join(problem.message for problem in problems(docs) if problem.rule == "ten-tep-sai-cach")


def test_a_misnamed_speech_is_told_by_its_own_rule_only(docs: Path) -> None:
    write(docs, "tham-luan/So_Khac.md", "---\nngoai-phan-cong: co\ndon-vi: Sở Khác\nnoi-dung: a\n---\n".encode())
    assert told(docs, "sai-ten-tep", "ten-tep-sai-cach") == [("tham-luan/So_Khac.md", "sai-ten-tep")]


def test_names_that_differ_in_the_coding_of_marks_collide(docs: Path) -> None:
    for form in ("NFC", "NFD"):
        write(docs, unicodedata.normalize(form, "phu-luc/Sở/a.md"))
    assert [path for path, _ in told(docs, "ten-tep-trung")] == [
        "phu-luc/Sở", "phu-luc/Sở/a.md"]


def test_a_heavy_picture_is_told(docs: Path) -> None:
    write(docs, "tham-luan/so-mau/vua.png", header(10, 10) + b"\0" * (5_000_000 - 33))
    write(docs, "tham-luan/so-mau/nang.png", header(10, 10) + b"\0" * (5_000_001 - 33))
    assert told(docs, "anh-qua-lon") == [("tham-luan/so-mau/nang.png", "anh-qua-lon")]
    assert "nặng 5,0 MB" in "".join(problem.message for problem in problems(docs) if problem.rule == "anh-qua-lon")


def test_a_hidden_folder_is_told_once_and_not_entered(docs: Path) -> None:
    for path in (".kho/a.md", ".kho/b.docx", "phu-luc/.gitkeep", ".gitignore", ".gitattributes"):
        write(docs, path)
    assert told(docs, "tep-an", "tep-la") == [(".kho", "tep-an")]


@pytest.mark.parametrize(("path", "data", "words"), [
    ("a.docx", b"PK\x03\x04", "Tệp Word"), ("a.DOC", b"", "Tệp Word"), ("a.md.bak", b"", "bản lưu tạm"),
    ("~$a.xlsx", b"", "tạm"),
    ("Thumbs.db", b"", "tạm"), ("a.xlsx", b"", "hãy bỏ tệp"), ("LICENSE", b"", "hãy bỏ tệp"),
    ("so-do.svg", b"<svg/>", "Ảnh dạng .svg"), ("a.png", b"", "rỗng"),
    ("a.png", b"PK\x03\x04", "không phải ảnh mà là ZIP"),
    ("a.png", picture("GIF"), "là ảnh GIF; hãy đổi đuôi"), ("a.jpg", b"x", "không phải ảnh; hãy"),
    ("a.png", PNG, "bị hỏng"),
])
def test_the_remedy_fits_the_file(docs: Path, path: str, data: bytes, words: str) -> None:
    write(docs, path, data)
    found = [problem.message for problem in problems(docs) if problem.rule in {"tep-la", "anh-sai-dang"}]
    assert len(found) == 1
    assert words in found[0]


def test_pages_and_pictures_in_their_places_are_left_alone(docs: Path) -> None:
    write(docs, "tham-luan/so-mau.md")
    write(docs, "phu-luc/so-lieu.md")
    for kind, path in (("PNG", "tham-luan/so-mau/a.png"), ("JPEG", "tham-luan/so-mau/b.jpg"),
                       ("WEBP", "phu-luc/so-lieu/c.webp"),
                       ("JPEG", "phu-luc/so-lieu/d.jpeg"), ("GIF", "phu-luc/so-lieu/e.gif")):
        write(docs, path, picture(kind))
    assert told(docs, "tep-la", "tep-an", "loi-tat", "ten-tep-sai-cach", "ten-tep-trung", "anh-sai-cho", "anh-sai-dang",
                "anh-qua-lon", "anh-dong") == []


# --- Portable names -----------------------------------------------------------------------------
@given(st.text(max_size=20))
def test_what_is_printable_is_one_line_of_visible_signs(text: str) -> None:
    shown = filenames.printable(text)
    assert shown.isprintable()
    assert shown == text or not text.isprintable()
