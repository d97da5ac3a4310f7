"""The corrections that rules offer for sample texts."""

from collections.abc import Mapping

OFFERED: Mapping[str, tuple[str, str]] = {
    "sai-chinh-ta": ("Giữ **thể trận**, thể trận\nvà chủ chương.", "Giữ **thế trận**, thế trận\nvà chủ trương."),
    "lap-chu": ("Kết quả của của tỉnh.", "Kết quả của tỉnh."),
    "dat-dau-thanh": ("Tòan tỉnh có 02 thư viện.", "Toàn tỉnh có 02 thư viện."),
    "cach-viet-chung": ("Đảm bảo đủ sách.", "Bảo đảm đủ sách."),
    "cach-viet-so": ("Cả tỉnh có 12345 người đọc, đạt `95%`, 95.2 %.",
                     "Cả tỉnh có 12.345 người đọc, đạt `95%`, 95,2 %."),
    "phan-tram-dinh-lien": ("Đạt 95%.", "Đạt 95 %."),
    "cach-viet-ngay": ("Từ ngày 5/4/2034.", "Từ ngày 05/4/2034."),
    "chu-gia-latinh": ("Toàn \u0422ỉnh.", "Toàn Tỉnh."),
    "de-muc-sai-dang": ("## I. Kết quả. {#ket-qua}\n\nMột.", "## I. KẾT QUẢ {#ket-qua}\n\nMột."),
    "danh-sach-dau-cau": ("- mua sách\n- mua kệ;\n- sửa nhà;", "- mua sách;\n- mua kệ;\n- sửa nhà."),
    "danh-sach-dinh": ("Gồm:\n- mua sách;\n- mua kệ.", "Gồm:\n\n- mua sách;\n- mua kệ."),
    "bang-hong": ("Gồm:\n| Việc | Số |\n|---|---|\n| Mua | 1 |", "Gồm:\n\n| Việc | Số |\n|---|---|\n| Mua | 1 |"),
    "vien-dan-sai-cach": ("Theo Nghị định 31/2034/NĐ-CP.", "Theo Nghị định số 31/2034/NĐ-CP."),
    "ten-khac-ke-hoach": ("Sở Sách và thư tịch đã làm.", "Sở Sách và Thư tịch đã làm."),
    "ho-ten-khac-ke-hoach": ("Đồng chí Vũ Thị Trang Vang, Phó Chủ tịch UBND tỉnh.",
                             "Đồng chí Vũ Thị Trang Vàng, Phó Chủ tịch UBND tỉnh."),
}
