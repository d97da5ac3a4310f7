"""Rule against passwords, keys and tokens in the repository. Messages never repeat them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from proceedings.checks.engine.registry import CHECKS, rule
from proceedings.checks.engine.walk import ALL_AND_SETTINGS, Text
from proceedings.conference.model import Conference
from proceedings.problems import Place, Problem, Severity

RULE = "lo-mat-khau"
_MASK = "[đã che]"
_TELLING = 8  # minimum length of a key to be masked
_SHORTEST = 6  # minimum length of a password to be masked
EXPOSED = "mật khẩu, khóa bí mật hoặc mã truy cập"
IN_HISTORY = ("hãy đổi hoặc hủy nó ngay, rồi gửi lại bằng một nhánh mới không có lần gửi này, vì xóa ở lần gửi sau "
              "không lấy nó ra khỏi lịch sử.")
# Known formats of keys and tokens, which are recognized anywhere.
_KEY = re.compile(
    r"-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY|PuTTY-User-Key-File-\d"
    r"|\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{22}|gl(?:pat|dt|ptt|rt|ft|soat|cbt)-[\w-]{20}"  # GitHub, GitLab
    r"|A(?:K|S)IA[0-9A-Z]{16}\b|AIza[\w-]{35}|xox[abeprs]-[\w-]{10}|npm_[A-Za-z0-9]{36}|pypi-[\w-]{50}"
    r"|sk-(?:ant-|proj-)[\w-]{20}|sk-[A-Za-z0-9]{32}|[sr]k_live_\w{20}|hf_[A-Za-z0-9]{34}"
    r"|\d{8,10}:AA[\w-]{33})"  # Telegram bot
    # A JSON web token. The lookahead checks the text around its dots first, so that letters are not scanned again for
    # each "eyJ".
    r"|(?<![\w-])(?=[\w-]{13,}\.eyJ[\w-]{10,}\.[\w-]{10})[\w-]*?eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10}"
    r"|\w://[^\s/:@]{1,64}:[^\s/:@]{1,128}@")  # URL with user name and password
# Strings of which a line with a key contains at least one, and other lines hardly any; a cheap test before the
# pattern.
_SIGNS = ("-----BEGIN", "PuTTY", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "gl", "AKIA", "ASIA", "AIza",
          "xox", "npm_", "pypi-", "sk-", "k_live_", "hf_", "eyJ", ":AA", "://")
_FIELD = re.compile(
    r"^[\s#-]{0,40}[\"']?(?:\w{1,30}[-_])?(?:mat-?khau|mật khẩu|password|passwd|passphrase|pwd|secret|token|api[-_]?key"
    r"|private[-_]?key)[\"']?\s{0,9}[:=]\s{0,9}[\"']?(?P<value>[^\s\"'#].*)", re.IGNORECASE)
# In running text, a password is a single word with letters and digits after the keyword.
_ALONE = re.compile(
    r"^[\s*#>-]{0,40}(?:mật khẩu|password|passwd|passphrase|pwd)\s{0,9}[:=]\s{0,9}[`\"'*]{0,3}"
    r"(?=\S{0,128}\d)(?=\S{0,128}[^\W\d_])(?P<value>[^\s`\"'*]{6,128})[`\"'*.;,]{0,3}\s{0,9}$", re.IGNORECASE)
_NO_VALUE = re.compile(r"!ENV\b|\$|\[…|\[\.\.\.|<|\*\*|…|\.\.\.|(?:null|none|true|false|co|khong)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Mask:
    """Masks the keys and passwords of some texts in messages, also truncated ones."""

    secrets: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[Text]) -> "Mask":
        """Create the mask for some texts.

        Short passwords are left out, because masking them would hide ordinary words.
        """
        found = (secret for text in texts for _, secret in _secrets(text.markdown, _fields(text)))
        return cls(frozenset(secret for secret in found if len(secret) >= _SHORTEST))

    @classmethod
    def of_words(cls, *texts: str) -> "Mask":
        """Create the mask for texts of which any line may assign a password."""
        return cls(frozenset(secret for text in texts for _, secret in _secrets(text, text.count("\n") + 1)
                             if len(secret) >= _SHORTEST))

    @cached_property
    def _pieces(self) -> frozenset[str]:
        return frozenset(secret[at:at + _TELLING] for secret in self.secrets
                         for at in range(max(len(secret) - _TELLING, 0) + 1))

    def hide(self, words: str) -> str:
        """Mask credentials in a text."""
        hidden = [False] * len(words)
        for size in {len(piece) for piece in self._pieces}:
            for at in range(len(words) - size + 1):
                if words[at:at + size] in self._pieces:
                    hidden[at:at + size] = [True] * size
        runs = groupby(zip(hidden, words, strict=True), key=lambda each: each[0])
        return _KEY.sub(_MASK, "".join(_MASK if within else "".join(char for _, char in run) for within, run in runs))

    def problem(self, problem: Problem) -> Problem:
        """Mask credentials in a problem, and remove its correction, which would repeat them."""
        return replace(problem, message=self.hide(problem.message), written=self.hide(problem.written),
                       proposed=self.hide(problem.proposed), edits=())


@rule(RULE, Severity.BLOCKING, ALL_AND_SETTINGS)
def exposed_credential(conference: Conference, texts: Iterable[Text]) -> Iterator[Problem]:
    """Mật khẩu, khóa bí mật hoặc mã truy cập nằm trong tài liệu; ai mở được kho tài liệu cũng dùng được.

    Sai: `password: Abc@12345` ở phần đầu tệp hoặc trong `mkdocs.yml`; một tệp khóa `id_rsa`; địa chỉ có kèm mật khẩu.
    Đúng: để mật khẩu ngoài kho tài liệu. Đã lỡ đưa lên thì đổi mật khẩu, hủy khóa hoặc mã đó trước, rồi mới xóa dòng.
    """
    for place in _places(conference, texts):
        yield place.problem(
            f"Dòng này có {EXPOSED}; hãy đổi hoặc hủy nó ngay rồi mới xóa khỏi tệp, vì bản cũ vẫn còn trong lịch sử "
            "của kho tài liệu.")


def in_messages(messages: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """Yield credentials in commit messages, given as hash and full text; places as for secrecy."""
    for name, text in messages:
        for line in _lines(text, 0):
            yield CHECKS[RULE].rule.at(
                Place(f"commit {name[:10]}", line), f"Lời ghi của lần gửi này có {EXPOSED}; {IN_HISTORY}")


def _places(conference: Conference, texts: Iterable[Text]) -> Iterator[Place]:
    for text in texts:
        yield from map(text.at, _lines(text.markdown, _fields(text)))
    for path, file in conference.stored.items():
        found = next(_lines(file.words, 0 if file.format else 1000), 0)
        if found:
            yield conference.place(path, 1 if file.format else found)


def _fields(text: Text) -> int:
    """Return the number of lines that contain fields."""
    return len(text.lines) if text.is_settings else text.document.front_matter_lines


def _lines(text: str, fields: int) -> Iterator[int]:
    """Yield the lines with credentials.

    These are lines that contain a key; that assign a password, among the first `fields` lines, which are fields; or
    that consist of such an assignment, below.
    """
    return (number for number, _ in _secrets(text, fields))


def _secrets(text: str, fields: int) -> Iterator[tuple[int, str]]:
    """Yield the lines with keys or passwords, with each of them."""
    signs = tuple(sign for sign in _SIGNS if sign in text)
    for number, line in enumerate(text.split("\n"), 1):
        found = _KEY.findall(line) if any(sign in line for sign in signs) else []
        if not found and (":" in line or "=" in line):
            password = (_FIELD if number <= fields else _ALONE).match(line)
            found = [password["value"]] if password and not _NO_VALUE.match(password["value"]) else []
        yield from ((number, secret) for secret in found)
