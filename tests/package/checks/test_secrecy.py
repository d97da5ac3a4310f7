"""Marks of secrecy are found in every customary form; mentions of secrecy are not reported."""

import io
import time
import unicodedata

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from proceedings.checks.safety import secrecy
from proceedings.checks.safety.secrecy import is_marked_name, is_secrecy_mark
from proceedings.problems import Severity
from proceedings.system import pictures


# --- Marks of secrecy -----------------------------------------------------------
@pytest.mark.parametrize("line", [
    "MẬT", "TỐI MẬT", "TUYỆT MẬT", "mật", "Tối mật", "  Tuyệt  mật.  ", "TỐI\u00a0MẬT", "M\u200bẬT",
    "**MẬT**", "# MẬT", "## *TỐI MẬT* {#do-mat}", "> MẬT", "- MẬT", "• MẬT", "`MẬT`", "“MẬT”", "--- MẬT ---",
    r"\*MẬT\*", "[MẬT]", "(MẬT)", "(TUYỆT MẬT)", "Báo cáo tình hình (Tối mật)", "Báo cáo [tuyệt mật]",
    r"\[TỐI MẬT\]", "Số: 12/BC-BCH (MẬT)", "# Báo cáo [TỐI MẬT] quý I",
    "Số: 12/BC-BCH [**MẬT**]", r"Báo cáo \[MẬT\]", "( M Ậ T )",
    "M Ậ T", "T Ố I  M Ậ T", "T U Y Ệ T   M Ậ T",
    "M&#7852;T", "M&#x1eac;T", "T&#7888;I&nbsp;M&#7852;T", unicodedata.normalize("NFD", "TUYỆT MẬT"),
    "<b>MẬT</b>", "<p align=center>TỐI MẬT</p>", "<span>M</span>ẬT", "MẬT<br>", "MẬT<br>Số: 12/BC-BCH",
    "<td>12/BC-BCH</td><td>MẬT</td>",
    "| 12/BC-BCH | MẬT |", "| **Tối mật** | x |", "MẬT | Bản số 01", "| Độ mật: Mật | Số: 12 |",
    "do-mat: MẬT", "Độ mật: Tối mật", 'ten-ngan: "MẬT"', "chuc-vu: [MẬT]", "Số: 12; Độ mật: MẬT",
    "<!-- MẬT -->", "<!-- do mat: TỐI MẬT -->", "<!--TUYỆT MẬT",
])
def test_mark_of_secrecy_is_found(line: str) -> None:
    assert is_secrecy_mark(line)


@pytest.mark.parametrize("line", [
    "", "|", "BÍ MẬT NHÀ NƯỚC", "BẢO MẬT", "MẬT KHẨU", "MẬT ĐỘ DÂN SỐ", "Mật ong", "MAT", "mất", "MẶT", "TỐI",
    "Tài liệu mật không được đưa vào đây.", "Ba cấp độ là Tuyệt mật, Tối mật, Mật.", "Độ mật do pháp luật quy định.",
    "Công tác giữ bí mật (kể cả bí mật nhà nước)", "Không có tài liệu MẬT trong tập này.", "| Bảo mật | Bí mật |",
    "Mật: không có.", "Bảo vệ bí mật: đạt", "Tài liệu (mật) được lưu riêng.", "[Bảo mật](bao-mat.md)",
])
def test_mention_of_secrecy_is_no_mark(line: str) -> None:
    assert not is_secrecy_mark(line)


@pytest.mark.parametrize("line", ["1. MẬT", "1\\. TỐI MẬT", "a) Tuyệt mật", "MẬT - HỎA TỐC", "TỐI MẬT/KHẨN",
                                  "copyright: MẬT", "HỎA TỐC – TUYỆT MẬT", "MẬT MẬT MẬT", "TUYỆT MẬT  TUYỆT MẬT",
                                  "~~MẬT~~ ==MẬT==", "Mật. Mật.", "phut: 1 # TUYỆT MẬT", "trang-thai: da-nop # MẬT"])
def test_secrecy_mark_is_found_behind_a_number_and_beside_other_marks(line: str) -> None:
    assert is_secrecy_mark(line)


@pytest.mark.parametrize("line", ["1. Bảo mật", "2. Mật độ dân số", "mức mật/thường do cơ quan định",
                                  "a) bí mật nhà nước", "giữ bí mật - kỷ luật", "mật ong mật ong", "phut: 1 # bảo mật",
                                  "BẢO MẬT BẢO MẬT", "## BÍ MẬT # 2"])
def test_words_about_secrecy_behind_a_number_are_no_mark(line: str) -> None:
    assert not is_secrecy_mark(line)


@pytest.mark.parametrize("line", [
    "│ MẬT │", "┃ TỐI MẬT ┃ Bản số 01 ┃", "+--- MẬT ---+", "█ MẬT █", "★ TUYỆT MẬT ★", "__MẬT__", "~~Mật~~", "==MẬT==",
    "MẬT (bản số 01)", "MẬT [bản nháp]", "MẬT\tSố: 12/BC-BCH", "Số: 12/BC-BCH      MẬT", "MẬT, HỎA TỐC", "HOẢ TỐC MẬT",
    "Mật, khẩn", "TỐI MẬT – HỎA TỐC HẸN GIỜ", "ＭẬＴ", "M\u00adẬT", "M\u200dẬ\u2060T", "Hình 1. MẬT", "Ảnh 02) Tối mật",
    "II. TUYỆT MẬT", "Hình 3: Mật", "*Hình 1. Sơ đồ bố trí (MẬT)*", "![Mật](a.png)", "![Tối mật](so-do.png) Sơ đồ.",
    '![Sơ đồ](a.png "Mật")', '[Sơ đồ](a.md "Tuyệt mật")', '!!! danger "Mật"', "!!! MẬT", '??? note "TỐI MẬT"',
    "do-mat: toi-mat", "Do mat: Mat", "muc-do-mat: tuyet mat", "TOI MAT", "(TUYET MAT)", "mËt", "TèI MËT", "TuyÖt mËt",
    "MAÄT", "TOÁI MAÄT", "TUYEÄT MAÄT", "[^1]: MẬT", "> !!! MẬT", "\\[Tối mật\\]", "|MẬT|", "title: '[MẬT] Báo cáo'",
    f"(MẬT) &#{'9' * 5000};", "MẬT <!-- bất kỳ -->", "<!-- a --> Tối mật <!-- b > c -->", "TUYỆT <!-- x -->MẬT",
    "M<!-- x -->ẬT", "chữ <!-- MẬT --> chữ",
    f"MẬT &#{'9' * 5000};", f"M&#7852;T &#{'0' * 5000}1;", "&#99999999;MẬT",
])
def test_mark_of_secrecy_is_found_in_customary_forms(line: str) -> None:
    assert is_secrecy_mark(line)


@pytest.mark.parametrize("line", [
    "HỎA TỐC", "HOẢ TỐC", "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC - KHẨN", "Hỏa tốc hẹn giờ: 10 giờ 00", "Số: 12/BC - HỎA TỐC",
    "- Mật ong rừng", "- Mật (của ong) được lấy vào tháng 5", "- bí mật", "- mật độ", "Trí mật", "bí mật nhà nước",
    "Bảo vệ bí mật nhà nước (BVBMNN)", "CÔNG TÁC BẢO MẬT - LƯU TRỮ", "BÍ MẬT/CÔNG KHAI", "| Mật độ | 5 người/km² |",
    "MẬT ĐỘ (người/km²)", "Mật khẩu: […]", "mật khẩu:", 'Đóng dấu "MẬT" lên trang đầu là việc của văn thư.', "túi mật",
    "các mức Tuyệt mật, Tối mật và Mật", "Danh mục tài liệu Mật do Thủ tướng ban hành.", "ông Nguyễn Văn Mật",
    "![Mật độ dân số](a.png)", '![Sơ đồ](mat-do.png "Mật độ")', '!!! note "Bảo mật"', "mat", "MAT", "format: MAT-1",
    "ma tuý", "Ma túy: tối", "mặt trận", "Mặt trận Tổ quốc", "do-mau: mat", "toi-mat-nguoi", "Sỏi mật: 5 ca", "&#7852;",
    "mä t", "Tôi mất", "tối mắt", "mét", "tuyệt, mật ong",
])
def test_ordinary_words_are_no_mark(line: str) -> None:
    assert not is_secrecy_mark(line)


@pytest.mark.parametrize("line", [
    "MẬT x" + " " * 200_000, " " * 200_000 + "MẬT x", "M" + "-" * 200_000 + "ẬT x", "![" * 100_000 + "MẬT x",
    "<a " * 70_000 + "mật x", "(" * 200_000 + "mật x", "mật x|" * 40_000, "mật x:" * 40_000, '](" ' * 50_000 + "mật x",
    "mật bản" + " " * 200_000 + "x", "mật số" + " :" * 100_000 + "x", "«" * 200_000 + "mật x", "«mật x " * 40_000,
    "&amp;" * 40_000 + "mật x", "\\u1eac" * 40_000 + "mật x", "%E1%BA%AC" * 20_000 + "mật x",
    "gan" + "-" * 200_000 + "mật x",
    "mật bản 1" + " " * 200_000 + "x", "\u115f" * 200_000 + "mật x", "M\u0323\u0302" * 60_000 + "mật x",
    "mật; x " * 40_000,
    "&#" * 100_000 + "mật x", "{#" * 100_000 + "mật x", "mật - " * 40_000 + "x", "m" * 200_000, "ma" * 100_000 + "&",
], ids=lambda line: line[:4].strip() or "spaces")
def test_a_long_line_is_looked_through_in_time_that_grows_with_its_length(line: str) -> None:
    start = time.process_time()
    assert not is_secrecy_mark(line)
    assert time.process_time() - start < 2  # in quadratic time it would take minutes


@pytest.mark.parametrize("text", [
    "m\n" * 100_000, "M\nẬ\n" * 50_000, "\n" * 200_000 + "mật x", "M" + "\n" * 200_000 + "ật x", "&#77;\n" * 40_000,
    "- x\n" * 80_000,
    "<!--\n" * 40_000 + "mật x", "| m | ậ |\n" * 30_000,
], ids=lambda text: ascii(text[:8]))
def test_a_long_text_is_looked_through_in_time_that_grows_with_its_length(text: str) -> None:
    start = time.process_time()
    assert list(secrecy.marked_lines(text)) == []
    assert time.process_time() - start < 3


# --- Names ------------------------------------------------------------------------
@pytest.mark.parametrize("path", [
    "MẬT_bao cao.png", "phu-luc/BC 12 (MẬT).docx", "toi-mat", "bao-cao-toi-mat.md", "tuyet_mat.png",
    "Tối mật.docx", "12-BC-tuyệt-mật.pdf", "MẬT.png", "mật.png", "Báo cáo - MẬT.docx", "M Ậ T.png", "TUYET MAT.zip",
    unicodedata.normalize("NFD", "MẬT_bao cao.png"), "tham-luan/so-mau/TốiMật.png", "BÁO CÁO MẬT.docx",
])
def test_a_name_that_bears_a_mark_is_found(path: str) -> None:
    assert is_marked_name(path)


@pytest.mark.parametrize("path", [
    "bao-mat.md", "bí mật.md", "BẢO MẬT.docx", "BI MAT NHA NUOC.docx", "mat-do-dan-so.png", "MẬT ĐỘ.png", "mật ong.png",
    "tham-luan/uy-ban-mat-tran-to-quoc.md", "toi-mat/so-do.png", "anh-mat-bang.png", "tôi mất.png", "toi-da-mat.png",
    "buoi-toi-mat-dien.png", "chung-toi-mat-lien-lac.md",
    "MẬT KHẨU.txt", "hoa-toc.png", "ke-hoach.md",
])
def test_a_name_of_ordinary_words_is_not(path: str) -> None:
    assert not is_marked_name(path)


@pytest.mark.parametrize(("path", "doubtful"), [
    ("mat.png", True), ("to-mat.png", True), ("bao-cao-mat.png", True), ("so-y-te-bao-cao-mat-2.png", True),
    ("mat", True), ("12-mat.png", True), ("báo cáo mật.docx", True), ("do_mat.png", True),
    ("bao-mat.png", False), ("bao-cao-mat-tran.png", False), ("mat-bang.png", False), ("be-mat.png", False),
    ("bảo mật.docx", False), ("mật độ.png", False), ("túi mật.png", False), ("format.png", False),
    ("thong-mat.png", False), ("buoi-toi-mat-dien.png", True),
])
def test_a_name_that_may_be_a_mark_is_doubtful(path: str, doubtful: bool) -> None:
    assert secrecy._is_doubtful(path) == doubtful


# --- Metadata of pictures ----------------------------------------------------------------
def _picture(kind: str, **options: object) -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (4, 3)).save(file, kind, **options)
    file.seek(0)
    return file


def _exif(tag: int, value: str | bytes) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0131] = "ODD"  # must not be joined with the text before it
    exif[tag] = value
    return exif


def _texts(text: str, *, packed: bool = False, international: bool = False) -> PngInfo:
    info = PngInfo()
    if international:
        info.add_itxt("Title", text, zip=packed)
    else:
        info.add(b"tEXt", b"Comment\0" + text.encode())
    return info


def _iptc(number: int, text: str) -> bytes:
    return b"\x1c\x02" + bytes([number]) + len(text.encode()).to_bytes(2) + text.encode()


_XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:li xml:lang="x-default">{}</rdf:li></x:xmpmeta>'


def _attached(text: str) -> dict[str, io.BytesIO]:
    return {
        "PNG tEXt": _picture("PNG", pnginfo=_texts(text)),
        "PNG iTXt": _picture("PNG", pnginfo=_texts(text, international=True)),
        "PNG iTXt compressed": _picture("PNG", pnginfo=_texts(text, international=True, packed=True)),
        "PNG EXIF": _picture("PNG", exif=_exif(0x9C9C, text.encode("utf-16-le"))),
        "JPEG comment": _picture("JPEG", comment=text.encode()),
        "JPEG EXIF title": _picture("JPEG", exif=_exif(0x9C9B, text.encode("utf-16-le"))),
        "JPEG EXIF description": _picture("JPEG", exif=_exif(0x010E, text.encode())),
        "JPEG XMP": _picture("JPEG", xmp=_XMP.format(text).encode()),
        "JPEG XMP attribute": _picture("JPEG", xmp=f'<rdf:Description photoshop:Headline="{text}"/>'.encode()),
        "JPEG IPTC": _picture("JPEG", comment=_iptc(25, text) + _iptc(120, "x")),
        "WebP XMP": _picture("WEBP", xmp=_XMP.format(text).encode()),
        "WebP EXIF": _picture("WEBP", exif=_exif(0x9C9E, text.encode("utf-16-le"))),
        "GIF comment": _picture("GIF", comment=text.encode()),
    }


@pytest.mark.parametrize(("text", "marked"), [("MẬT", True), ("Tối mật", True), ("Bảo mật", False), ("Mật độ", False)])
@pytest.mark.parametrize("kind", list(_attached("")))
def test_what_is_attached_to_a_picture_is_read(kind: str, text: str, marked: bool) -> None:
    picture = pictures.inspect(_attached(text)[kind])
    assert picture
    assert text in picture.words
    assert any(map(is_secrecy_mark, picture.words.split("\n"))) == marked


# --- Commit messages --------------------------------------------------------------------
@pytest.mark.parametrize(("message", "lines"), [
    ("Thêm báo cáo (MẬT)", [1]), ("[TỐI MẬT] Thêm báo cáo", [1]), ("Thêm bài\n\nĐộ mật: Mật\n", [3]),
    ("MẬT: thêm báo cáo", [1]), ("Thêm bài\n\nMẬT\n\nTỐI MẬT", [3, 5]), ("Thêm docs/tham-luan/toi-mat.md", [1]),
    ("Thêm `anh/BC_MẬT.png`.", [1]), (unicodedata.normalize("NFD", "Báo cáo - MẬT"), [1]),
    ("Sửa mục bảo mật", []), ("Mật độ: sửa số liệu", []), ("Không đưa tài liệu MẬT vào đây.", []), ("", []),
    ("Add mat-do.png", []), ("Mật: sửa lời văn", []), ("HỎA TỐC: sửa giờ", []),
])
def test_marks_in_messages_are_told_by_commit_and_line(message: str, lines: list[int]) -> None:
    problems = list(secrecy.in_messages([("0123456789abcdef", message)]))
    assert [(problem.path, problem.line) for problem in problems] == [("commit 0123456789", line) for line in lines]
    assert {(problem.rule, problem.severity) for problem in problems} <= {("dau-mat", Severity.BLOCKING)}


def test_messages_are_told_in_their_order() -> None:
    found = secrecy.in_messages([("b" * 40, "MẬT"), ("a" * 40, "Sửa lỗi"), ("c" * 40, "(MẬT)")])
    assert [problem.path for problem in found] == ["commit bbbbbbbbbb", "commit cccccccccc"]


def test_a_problem_never_repeats_the_words() -> None:
    problem, = secrecy.in_messages([("a" * 40, "Kế hoạch đánh chiếm đồi 1509 (TUYỆT MẬT)")])
    assert "1509" not in problem.message
