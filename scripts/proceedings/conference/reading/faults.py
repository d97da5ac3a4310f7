"""Rules about content that cannot be read into fields, and a collector for their problems."""

from inspect import cleandoc

from proceedings.problems import Place, Problem, Rule, Severity
from proceedings.text.source import Document


def _blocking(id: str, text: str) -> Rule:
    return Rule(id, Severity.BLOCKING, cleandoc(text))


PLAN = _blocking("ke-hoach-khong-ro", """
    Không đọc được một mục của kế hoạch.

    Mỗi mục của kế hoạch mang một neo như `{#phan-cong-tham-luan}`; chương trình dựa vào neo để biết mục đó nói gì.

    Sai: "1. Sở Mẫu - công tác mẫu" (thiếu dấu hai chấm sau tên đơn vị).
    Đúng: "1. Sở Mẫu: công tác mẫu".
""")
ENCODING = _blocking("khong-phai-utf-8", """
    Tệp không phải văn bản UTF-8 nên không đọc được.

    Sai: tệp lưu từ phần mềm cũ bằng bảng mã TCVN3, VNI, UTF-16 hoặc UTF-32.
    Đúng: mở tệp, chọn "Lưu thành" (Save as) với bảng mã UTF-8 rồi nộp lại.
""")
TOO_MUCH = _blocking("tep-qua-lon", """
    Tệp quá lớn, hoặc có quá nhiều dấu lồng nhau, chưa đóng, nên không đọc được trong thời gian hợp lý.

    Tệp như thế được để trống trên trang và bản in cho đến khi sửa. Một tệp không quá 300.000 chữ cái, 20.000 dòng và
    15.000 ô bảng; một dòng, một đoạn không quá 10.000 chữ cái và 1.000 dấu nhấn mạnh; một bảng không quá 30 cột; danh
    sách, trích dẫn, khung lồng nhau không quá 8 tầng. Cả bộ tài liệu cũng có giới hạn (30 triệu chữ cái, 300.000 ô
    bảng, 10.000 tệp), lớn hơn nhiều lần một hội nghị có 200 bài dài.

    Sai: dán cả một bộ hồ sơ vào một tệp; một dòng mở đầu bằng hàng nghìn dấu `>`; bảng 100 cột.
    Đúng: chia thành nhiều tệp; bỏ những dấu thừa do phần mềm chuyển đổi sinh ra.
""")
FRONT_MATTER = _blocking("dau-tep-sai", """
    Phần đầu tệp (giữa hai dòng `---`) sai cú pháp hoặc có giá trị không hợp lệ.

    Phần này phải ở dòng 1 của tệp, mở và đóng bằng dòng chỉ có `---`, và chỉ có một.

    Sai: `trang-thai: xong`, `ngay-nop: 31/2/2024`, `nguoi-trinh-bay: Đ/c Nguyễn Văn A`.
    Đúng: `trang-thai: da-nop`, `ngay-nop: 05/6/2024`, `nguoi-trinh-bay: Nguyễn Văn A`.
""")
UNKNOWN_KEY = _blocking("khoa-la", """
    Phần đầu tệp có khóa không được dùng ở đây.

    Sai: `trangthai: da-nop`.
    Đúng: `trang-thai: da-nop`.
""")
MISSING_KEY = _blocking("thieu-khoa", """
    Phần đầu tệp thiếu một khóa bắt buộc.

    Sai: tham luận không có dòng `trang-thai`.
    Đúng: `trang-thai: de-cuong`.
""")
AGENDA = _blocking("chuong-trinh-khong-ro", """
    Không đọc được một mục của chương trình.

    Sai: mục không có `phut` mà cũng không có `tham-luan`; `tham-luan: 1-20` khi chỉ có 13 tham luận.
    Đúng: `phut: 15`, hoặc `tham-luan: 1-7`, hoặc `tham-luan: con-lai`.
""")
REGISTER = _blocking("bang-khong-ro", """
    Một dòng của bảng văn bản viện dẫn, bảng chữ viết tắt hoặc bảng chủ đề thiếu ô, trùng hoặc sai.

    Từ thường ở ô chữ viết tắt sẽ bị giải nghĩa ở khắp nơi, nên dòng như thế không được nhận.

    Sai: `| Nghị định | 12/2034/NĐ-CP | | Chính phủ | về việc mẫu |` (thiếu ngày ban hành); `| và | Văn hóa |`.
    Đúng: `| Nghị định | 12/2034/NĐ-CP | 22/02/2034 | Chính phủ | về việc mẫu |`; `| VH | Văn hóa |`.
""")

ALL = (PLAN, ENCODING, TOO_MUCH, FRONT_MATTER, UNKNOWN_KEY, MISSING_KEY, AGENDA, REGISTER)


class Faults:
    """Collects the problems met while reading, in order."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def add(self, rule: Rule, place: Place, message: str, written: str, *, kind: str = "", proposed: str = "") -> None:
        """Add a problem; the last three parameters are as in `Problem`."""
        self._problems.append(rule.at(place, message, written, kind=kind, proposed=proposed))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems so far."""
        return tuple(self._problems)


def about(document: Document, faults: Faults) -> Faults:
    """Return the collector for missing fields of a file.

    If the front matter is unreadable it is a new one, which is dropped, because that is reported once and not for
    each field.
    """
    return Faults() if document.front_matter_error or document.unread else faults
