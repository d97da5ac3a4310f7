"""Generate the fabricated conference with a given number of further speeches, for benchmarks.

    PYTHONPATH=scripts:tests python tests/benchmarks/fabricate.py ROOT COUNT

creates a project in the folder ROOT, which must not exist. The further speeches are outside the plan, are delivered,
and use the texts of the conference's own speeches in turn, so that they are as long and have as much markup as real
ones. The agenda ends at 0:00, which means no limit, because no day is long enough for them.
"""

import re
import sys
from pathlib import Path

from conftest import lay_out_project
from proceedings.conference import reading
from proceedings.conference.model import Conference

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_END = re.compile(r"^ket-thuc: .*$", re.MULTILINE)
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")  # stored in a folder named after its own speech


def fabricate(root: Path, count: int) -> Path:
    """Create a project with `count` further speeches at `root`, which must not exist; return it."""
    lay_out_project(root)
    texts = _texts(reading.read_conference(root / "docs").conference)
    for number in range(1, count + 1):
        file = root / "docs" / "tham-luan" / f"don-vi-gia-lap-so-{number}.md"
        file.write_text(_front_matter(number) + texts[number % len(texts)], "utf-8")
    agenda = root / "docs" / "chuong-trinh.md"
    agenda.write_text(_END.sub("ket-thuc: 0:00", agenda.read_text("utf-8")), "utf-8")
    return root


def _texts(conference: Conference) -> tuple[str, ...]:
    """Return the texts of speeches without blanks, without front matter and pictures."""
    return tuple(_PICTURE.sub("", _FRONT_MATTER.sub("", conference.documents[speech.path].body))
                 for speech in conference.speeches.values() if not speech.blanks)


def _front_matter(number: int) -> str:
    return (f"---\ntrang-thai: da-nop\nngay-nop: 01/3/2035\nnguoi-trinh-bay: Lê Giả Lập\nphut: 1\n"
            f"ngoai-phan-cong: co\ndon-vi: Đơn vị giả lập số {number}\n"
            f"noi-dung: Kết quả công tác thư viện của đơn vị giả lập số {number}\n---\n")


if __name__ == "__main__":
    fabricate(Path(sys.argv[1]), int(sys.argv[2]))
