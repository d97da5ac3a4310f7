"""Keys, tokens and passwords are reported and never repeated; mentions of them are not reported."""

import re
import time
from pathlib import Path

import pytest

from conftest import fabricated_config
from proceedings import checks
from proceedings.checks.safety.credentials import _lines
from proceedings.conference.reading import read_conference

LETTERS = "aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5bC7d"  # not a key: letters in order, cut to the length of each format


def _joined(*parts: str) -> str:
    """Return an invented key, joined here so that secret scanners do not report this file."""
    return "".join(parts)


KEYS = [
    _joined("ghp", "_", LETTERS[:36]), _joined("github", "_pat_", LETTERS[:22]), _joined("glpat", "-", LETTERS[:20]),
    _joined("AK", "IA", "IOSFODNN7EXAMPLE"), _joined("AI", "za", LETTERS[:35]), _joined("xox", "b-", LETTERS[:12]),
    _joined("npm", "_", LETTERS[:36]), _joined("sk", "-ant-", LETTERS[:24]), _joined("sk", "-", LETTERS[:32]),
    _joined("sk", "_live_", LETTERS[:24]), _joined("hf", "_", LETTERS[:34]),
    _joined("ey", "J", LETTERS[:20], ".ey", "J", LETTERS[:20], ".", LETTERS[:20]),
    _joined("123456789:A", "A", LETTERS[:33]),
    _joined("-----BEGIN ", "OPENSSH PRIVATE KEY-----"), _joined("-----BEGIN ", "PRIVATE KEY-----"),
    _joined("-----BEGIN ", "RSA PRIVATE KEY-----"), _joined("PuTTY-User", "-Key-File-3: ssh-rsa"),
    _joined("https://thu-ky:", "Abc12345@kho.vi-du.example/ky-yeu.git"),
]


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key[:12])
@pytest.mark.parametrize("around", ["{}", "Xem `{}` ở đây.", "- [chữ]({})", "| Khóa | {} |"])
def test_a_key_is_found_wherever_it_stands(key: str, around: str) -> None:
    assert list(_lines(f"Dòng đầu\n{around.format(key)}\n", 0)) == [2]


@pytest.mark.parametrize("line", [
    "mat-khau: Abc@12345", "mat-khau: 123", "Mật khẩu: hoi-nghi", "  token: abc", "- api_key: x1", '"secret": "y"',
    "PASSWORD=abc", "db_password: abc", "# password: cu", "private-key: abc", "client_secret = abc", "pwd:abc",
])
def test_a_password_is_found_among_fields_only(line: str) -> None:
    assert list(_lines(line, 1)) == [1]
    assert list(_lines(line, 0)) == []


@pytest.mark.parametrize(("line", "told"), [
    ("Mật khẩu: Abc@12345", True), ("- Mật khẩu: Abc@12345.", True), ("Mật khẩu: `hoinghi2035`", True),
    ("Mật khẩu: do quản trị cấp riêng", False), ("Mật khẩu: riêng", False), ("Mật khẩu: […]", False),
    ("Mật khẩu: bảo-mật", False), ("Token: 12345", False), ("Mật khẩu: 08/2035", False),
])
def test_a_password_alone_on_its_line_is_found_in_the_text_too(line: str, told: bool) -> None:
    assert list(_lines(f"Đoạn.\n\n{line}\n", 0)) == ([3] if told else [])


@pytest.mark.parametrize("line", [
    "password:", "mat-khau:", "token: !ENV TOKEN", "secret: ${SECRET}", "password: […]", "mật khẩu: …", "token: null",
    "password: <của máy chủ>", "mat-khau: ***", "password: # chưa có", "chuc-vu: Trưởng phòng", "mat-khau-moi",
    "bi-mat: co", "noi-dung: Mật khẩu và bảo mật", "secretary: Lê Thị Giấy", "token_count",
    "ten-ngan: Đổi mật khẩu: ba bước",
])
def test_a_field_without_a_password_is_none(line: str) -> None:
    assert list(_lines(line, 1)) == []


@pytest.mark.parametrize("line", [
    "Xem https://vi-du.example/trang?a=1", "http://127.0.0.1:8000/", "thu@vi-du.example", "https://vi-du.example:443/@ten",
    "risk-ban-do-phong-thu-va-cac-khu-vuc-trong-diem", "sk-so-ke-hoach-va-dau-tu-tinh", "ghp_ngan", "AKIA",
    "-----BEGIN", "-----BEGIN CERTIFICATE-----", "-----BEGIN PUBLIC KEY-----", "eyJ", "Số: 12/KH-BTC", "12345678:AA",
])
def test_what_only_looks_like_a_key_is_none(line: str) -> None:
    assert list(_lines(line, 0)) == []


def test_each_place_is_told_and_no_key_is_repeated(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    (docs / "phu-luc").mkdir(parents=True)
    (docs / "phu-luc" / "a.md").write_text(f"---\npassword: Abc@12345\n---\n\n# A\n\nKhóa {KEYS[0]}\n", "utf-8")
    (docs / ".env").write_text("X=1\nTOKEN=hoi-nghi-2035\n", "utf-8")
    (docs / "khoa").write_text(f"{KEYS[13]}\n", "utf-8")
    settings = tmp_path / "mkdocs.yml"
    settings.write_text(f"site_name: A\nrepo_url: {KEYS[-1]}\nextra:\n  password: Abc@12345\n", "utf-8")
    found = [problem for problem in checks.check(read_conference(docs, settings_file=settings))
             if problem.rule == "lo-mat-khau"]
    assert [(problem.path, problem.line) for problem in found] == [
        ("docs/.env", 2), ("docs/khoa", 1), ("docs/phu-luc/a.md", 2), ("docs/phu-luc/a.md", 7), ("mkdocs.yml", 2),
        ("mkdocs.yml", 4)]
    assert not re.search(r"Abc@12345|ghp_|hoi-nghi-2035", " ".join(map(str, found)))


def test_no_other_rule_repeats_a_key(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    (docs / "phu-luc").mkdir(parents=True)
    (docs / "phu-luc" / "tu-viet-tat.md").write_text("# A\n\n| A | B |\n|---|---|\n| AB | a b |\n", "utf-8")
    (docs / "bao-cao.md").write_text(f"# A\n\n[tải](ftp://an:matkhau123@may/x) {KEYS[3]}\n", "utf-8")
    told = "\n".join(map(str, checks.check(read_conference(docs))))
    assert "(lo-mat-khau)" in told
    assert "(lien-ket-hong)" in told
    assert not re.search(rf"matkhau123|{KEYS[3]}", told)


def test_the_fabricated_settings_give_no_password() -> None:
    text = fabricated_config()
    assert list(_lines(text, 1000)) == []


@pytest.mark.parametrize("line", ["://" + "a" * 200_000, "eyJ" + "a" * 200_000, "eyJaaaaaaaaaa.x" * 20_000,
                                  " " * 200_000, "a-" * 100_000, "://a:" * 40_000, "-----BEGIN " * 20_000,
                                  "#" * 200_000],
                         ids=lambda line: line[:6].strip() or "spaces")
def test_a_long_line_is_looked_through_in_time_that_grows_with_its_length(line: str) -> None:
    start = time.process_time()
    assert list(_lines(line, 1)) == []
    assert time.process_time() - start < 2


@pytest.mark.parametrize(("front", "words", "secret"), [
    ("", f"!!! note {'x' * 40} {KEYS[0]}", KEYS[0]),  # truncated in the message
    ("mat-khau: tủ-sách@2035\n", "Xem [bài](tủ-sách@2035.md).", "tủ-sách@2035"),
    ("", f"Xem [bài]({KEYS[2]}.md).", KEYS[2]),
])
def test_no_rule_repeats_a_piece_of_what_is_secret(front: str, words: str, secret: str, conference_root: Path) -> None:
    page = conference_root / "docs/phu-luc/index.md"
    head = f"---\n{front}---\n\n" if front else ""
    page.write_text(f"{head}# Phụ lục\n\n{words}\n", "utf-8")
    found = [each for each in checks.check(read_conference(conference_root / "docs")) if "phu-luc/index" in each.path]
    assert len(found) > 1
    pieces = {secret[at:at + 8] for at in range(len(secret) - 7)}
    for problem in found:
        told = f"{problem.message}\n{problem.written}\n{problem.proposed}\n{problem.edits}"
        assert [piece for piece in pieces if piece in told] == []
