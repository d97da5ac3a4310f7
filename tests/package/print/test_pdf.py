"""Writing of PDFs: warnings of WeasyPrint are errors, no partial files, nothing read from outside."""

from pathlib import Path

import pytest

import words
from proceedings.print import pdf
from typeset import typeset


def _html(body: str) -> str:
    return f'<html lang="vi"><head><title>Thử</title></head><body>{body}</body></html>'


def test_words_with_marks_come_back_as_they_were(tmp_path: Path) -> None:
    text = "Ủy ban nhân dân tỉnh, phòng thủ dân sự, ạ ệ ị ộ ữ ỹ Ằ Ỗ Ợ đĐ 1.234,5 95,2 %"
    assert typeset(_html(f"<p>{text}</p>"), tmp_path / "thu.pdf", ()) == 1
    assert words.of_pdf(tmp_path / "thu.pdf") == words.words(text)


@pytest.mark.parametrize("body", [
    '<img src="khong-co.png" alt="">',
    '<img src="file:///etc/hostname" alt="">',
    '<img src="https://vi-du.example/anh.png" alt="">',
    '<a href="#khong-co">liên kết</a>',
    '<link rel="stylesheet" href="file:///etc/passwd">',
])
def test_what_cannot_be_printed_is_an_error_and_leaves_nothing(tmp_path: Path, body: str) -> None:
    target = tmp_path / "ra" / "thu.pdf"
    with pytest.raises(pdf.PrintError):
        typeset(_html(body), target, (tmp_path,))
    assert not target.exists()
    assert list(tmp_path.rglob("*.pdf")) == []


def test_a_failed_print_leaves_the_former_file_whole(tmp_path: Path) -> None:
    target = tmp_path / "thu.pdf"
    typeset(_html("<p>bản cũ</p>"), target, ())
    former = target.read_bytes()
    with pytest.raises(pdf.PrintError):
        typeset(_html('<p>bản mới</p><img src="khong-co.png" alt="">'), target, ())
    assert target.read_bytes() == former
    assert list(tmp_path.iterdir()) == [target]


def test_a_symbolic_link_leads_nowhere_outside(tmp_path: Path, conference_root: Path) -> None:
    picture = next((conference_root / "docs").rglob("*.png"))
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "anh.png").symlink_to(picture)
    body = f'<img src="{(tmp_path / "docs" / "anh.png").as_uri()}" alt="Biểu đồ">'
    with pytest.raises(pdf.PrintError):
        typeset(_html(body), tmp_path / "thu.pdf", (tmp_path / "docs",))
    assert typeset(_html(body), tmp_path / "thu.pdf", (tmp_path / "docs", conference_root / "docs")) == 1


def test_the_same_html_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("một.pdf", "hai.pdf"):
        typeset(_html("<h1>Đề mục</h1><p>Chữ</p>"), tmp_path / name, ())
    assert (tmp_path / "một.pdf").read_bytes() == (tmp_path / "hai.pdf").read_bytes()
