"""A project with all attacks that must be shown harmlessly, one speech each, and in all other pages."""

import re
from pathlib import Path

from conftest import lay_out_project
from hostile.corpus import CASES, OUTSIDE, RUN, SECRET, shown

HARM = (f"</script><script>{RUN}</script> <img src=x onerror={RUN}> [chữ](javascript:{RUN}) \"onmouseover={RUN} "
        f"'{{{{ config }}}} ![chữ](//{OUTSIDE}/a.png)")
# Content of the conference's files after which harm is appended.
_HARMED = {
    "ke-hoach.md": ("Giả Định, ngày 05", "Tổng kết 03 năm thực hiện", "về phát triển văn hóa đọc", "### 2. Yêu cầu",
                    "Phòng đọc lớn", "Đồng chí Vũ Thị Trang Vàng", "thảo luận mô hình", "- Thường trực HĐND tỉnh",
                    "- Đại diện Ban Văn hóa", "TỔNG KẾT 03 NĂM", "BAN TỔ CHỨC ĐỀ ÁN THƯ VIỆN LƯU ĐỘNG", "TRƯỞNG BAN",
                    "VI. PHÂN CÔNG THAM LUẬN", "3. Ban Tổ chức Đề án huyện Đồi Gió: Công tác"),
    "chuong-trinh.md": ("# Chương trình", "làm việc trong một buổi sáng"),
    "bao-cao.md": ("# Báo cáo sơ kết", "*Văn bản giả lập"),
    "index.md": ("# ",),
    "tien-do.md": ("# ",),
    "tham-luan/index.md": ("# ",),
    "bien-tap/index.md": ("# ",),
    "phu-luc/van-ban.md": ("văn hóa đọc trên địa bàn tỉnh", "| Sở Sách và Thư tịch", "# Văn bản"),
    "phu-luc/tu-viet-tat.md": ("| Câu lạc bộ", "| Đề án"),
    "phu-luc/chu-de.md": ("| Xe thư viện", "| xe thư viện"),
}
_MALFORMED = ("bytes-broken", "bytes-random", "utf-16-le", "utf-32", "nul", "yaml-merge-bomb", "yaml-recursive",
              "yaml-python", "yaml-second", "quotes-10000", "list-5000-levels", "line-5-mb", "brackets-open",
              "name-markup", "name-quote", "name-newline", "name-not-utf-8", "stray-files",
              "name-index-html")  # not included: a link would stop the build


def gather(root: Path) -> Path:
    """Create the project and return its root."""
    lay_out_project(root)
    (root / "bi-mat.md").write_text(f"# {SECRET}\n", "utf-8")
    for path, places in _HARMED.items():
        file = root / "docs" / path
        text = file.read_text("utf-8")
        for place in places:
            assert place in text, (path, place)
            text = text.replace(place, f"{place} {HARM.replace('|', '')}", 1)
        file.write_text(text, "utf-8")
    agenda = root / "docs/chuong-trinh.md"
    quoted = HARM.replace("'", "''")
    agenda.write_text(re.sub(r"noi-dung: (Thảo luận|Nghỉ.*)", lambda found: f"noi-dung: '{found[1]} {quoted}'",
                             agenda.read_text("utf-8")).replace("ket-thuc: 11:30", "ket-thuc: 0:00"), "utf-8")
    for name, text in shown().items():
        (root / "docs/tham-luan" / f"{name}.md").write_bytes(text.encode("utf-8", "surrogatepass"))
    for name in _MALFORMED:
        _place(name, root)
    return root


def _place(name: str, root: Path) -> None:
    for path, data in CASES[name].files().items():
        target = root / path.replace("tham-luan/thu.md", f"phu-luc/{name}.md")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data.encode() if isinstance(data, str) else data)
    CASES[name].place(root)
