"""The printed plan measured against Decree 30/2020, annex I: fonts, positions, rules, and line breaks."""

import re
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

import pytest

from conftest import PROJECT, lay_out_project
from paper import MM, Run, Sheet, sheets
from proceedings.conference import settings
from proceedings.conference.model import Plan
from proceedings.conference.reading import Reading
from proceedings.html import rendering
from proceedings.html.unbroken import keep_together
from proceedings.print.book import Book, Edition
from proceedings.print.measures import VOLUME
from proceedings.project import Project
from typeset import styles, typeset

COUNTRY, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
NUMBER, DATE = "Số: 12/KH-BTC", "Giả Định, ngày 05 tháng 4 năm 2035"
END = "\nNhận được Kế hoạch này"  # the last paragraph
LONG = f"\nMột đoạn{' dài' * 1000}.\n"
TIMES_METRIC = "LiberationSerif"
NEAR = .6  # points; the tolerance for equal positions
Edit = Callable[[str], str]


@pytest.fixture(scope="module")
def plan(fabricated: Reading) -> Plan:
    return fabricated.conference.plan


@pytest.fixture(scope="module")
def printed(built: Path) -> list[Sheet]:
    return sheets(built / "ke-hoach.pdf")


@pytest.fixture(scope="module")
def reprint(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Edit], list[Sheet]]:
    """Print the plan with an editor's changes."""
    root = lay_out_project(tmp_path_factory.mktemp("reprint") / "project")
    page, view = root / "docs" / "ke-hoach.md", settings.load(root / "mkdocs.yml")
    original = page.read_text("utf-8")

    def print_again(edit: Edit) -> list[Sheet]:
        changed = edit(original)
        assert changed != original
        page.write_text(changed, "utf-8")
        book = Book(Project.open(view), Edition())
        typeset(book.offprint("ke-hoach.md"), root / "thu.pdf", (view.docs, view.looks))
        return sheets(root / "thu.pdf")

    return print_again


def find(pages: Iterable[Sheet], words: str) -> tuple[Sheet, Run]:
    return next((page, run) for page in pages for run in page.find_all(words))


def find_last(pages: Iterable[Sheet], words: str) -> tuple[Sheet, Run]:
    """Return the last occurrence of the words: names in the foot also occur in the text."""
    *_, found = ((page, run) for page in pages for run in page.find_all(words))
    return found


def signed(plan: Plan) -> tuple[str, ...]:
    return (*plan.signature.titles, plan.signature.name)


def replaced(*pairs: tuple[str, str]) -> Edit:
    def edit(text: str) -> str:
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        return text

    return edit


def left_of(page: Sheet, number: int) -> float:
    """Return the left edge of the text: right-hand pages (even index) have the wide margin on the left."""
    return (VOLUME.inner if number % 2 == 0 else VOLUME.outer) * MM


# --- Fonts ---------------------------------------------------------------------
BOLD, ITALIC, UPRIGHT, BOLD_ITALIC = (True, False), (False, True), (False, False), (True, True)


@pytest.mark.parametrize(("words", "least", "most", "style"), [
    (lambda _: COUNTRY, 12, 13, BOLD),
    (lambda _: MOTTO, 13, 14, BOLD),
    (lambda plan: plan.letterhead.parent_body, 12, 13, UPRIGHT),
    (lambda plan: plan.letterhead.issuing_body, 12, 13, BOLD),
    (lambda _: NUMBER, 13, 13, UPRIGHT),
    (lambda _: DATE, 13, 14, ITALIC),
    (lambda plan: plan.kind, 13, 14, BOLD),
    (lambda plan: plan.subject, 13, 14, BOLD),
    (lambda plan: plan.bases[0], 13, 14, ITALIC),
    (lambda plan: plan.bases[-1], 13, 14, ITALIC),
    (lambda plan: plan.enacting, 13, 14, UPRIGHT),
    (lambda _: "I. MỤC ĐÍCH - YÊU CẦU", 13, 14, BOLD),
    (lambda _: "1. Mục đích", 13, 14, BOLD),
    (lambda plan: plan.purpose[0], 13, 14, UPRIGHT),
    (lambda plan: plan.venue, 13, 14, UPRIGHT),
    (lambda plan: plan.assignments[0].topic, 13, 14, UPRIGHT),
    (lambda _: "Nơi nhận:", 12, 12, BOLD_ITALIC),
    (lambda plan: plan.recipients[0], 11, 11, UPRIGHT),
    (lambda plan: plan.recipients[-1], 11, 11, UPRIGHT),
    (lambda plan: plan.signature.titles[0], 13, 14, BOLD),
    (lambda plan: plan.signature.titles[-1], 13, 14, BOLD),
    (lambda plan: plan.signature.name, 13, 14, BOLD),
])
def test_each_element_has_its_type(words: Callable[[Plan], str], least: float, most: float, style: tuple[bool, bool],
                                   printed: list[Sheet], plan: Plan) -> None:
    _, run = (find_last if words(plan) in (*plan.recipients, *signed(plan)) else find)(printed, words(plan))
    assert all(least - .05 <= size <= most + .05 for size in run.sizes), run.sizes
    assert (run.bold, run.italic) == style, run.fonts
    assert run.upright == (style == UPRIGHT)
    assert all(font.replace("-", "").startswith(TIMES_METRIC) for font in run.fonts)


# --- Pages -----------------------------------------------------------------------
def test_pages_are_a4_with_the_margins_of_the_decree_mirrored_for_binding(
        reprint: Callable[[Edit], list[Sheet]]) -> None:
    pages = reprint(lambda text: shortened(text).replace(END, f"{LONG * 3}{END}"))
    assert len(pages) > 4
    for number, page in enumerate(pages[1:3], 1):  # a left-hand and a right-hand page, both full
        assert (page.width / MM, page.height / MM) == pytest.approx((VOLUME.width, VOLUME.height), abs=.2)
        left, right = page.body.x0 / MM, (page.width - page.body.x1) / MM
        inner, outer = (right, left) if number % 2 else (left, right)
        assert 30 - .3 <= inner <= 35, number
        assert 15 - .3 <= outer <= 20, number
        first, last = page.body.lines[0].baseline / MM, page.body.lines[-1].baseline / MM
        assert 20 <= VOLUME.height - first - 4.8 <= 25.1, number  # the top of a line is 4.8 mm above its baseline
        assert 20 <= last - 1.5 <= 25 + 6.5, number  # no space for another line


def test_page_numbers_stand_upright_in_the_middle_of_the_top_margin_from_page_two(printed: list[Sheet]) -> None:
    assert printed[0].head.glyphs == ()
    numbers = [int(page.head.text) for page in printed[1:]]
    assert [after - before for before, after in pairwise(numbers)] == [1] * (len(printed) - 2)
    for number, page in enumerate(printed[1:], 1):
        assert page.head.upright
        assert page.head.sizes <= {13, 14}
        assert page.head.middle == pytest.approx(left_of(page, number) + VOLUME.measure / 2 * MM, abs=NEAR)


# --- Letterhead ------------------------------------------------------------------
HEADED = "---\nco-quan-chu-quan: {}\nco-quan-ban-hanh: {}\n---\n\nSố: 12"
LETTERHEADS = [
    ("UBND TỈNH GIẢ ĐỊNH", "SỞ SÁCH"),
    ("UBND TỈNH GIẢ ĐỊNH", "BAN TỔ CHỨC ĐỀ ÁN THƯ VIỆN"),
    ("BỘ TƯ LỆNH QUÂN KHU 2", "BAN CHỈ ĐẠO XÂY DỰNG PHONG TRÀO ĐỌC SÁCH VÀ THƯ VIỆN LƯU ĐỘNG TỈNH GIẢ ĐỊNH"),
    ("ỦY BAN NHÂN DÂN TỈNH GIẢ ĐỊNH VÀ CÁC TỈNH LÂN CẬN", "BAN THƯ VIỆN"),
]


def check_letterhead(page: Sheet, parent: str, issuer: str) -> None:
    country, motto, number, date = (page.find(words) for words in (COUNTRY, MOTTO, NUMBER, DATE))
    body, above = page.find(issuer), page.find(parent)
    assert len(country.lines) == len(motto.lines) == len(number.lines) == len(date.lines) == 1
    assert above.baseline == pytest.approx(country.baseline, abs=NEAR)
    assert number.baseline == pytest.approx(date.baseline, abs=NEAR)
    assert number.baseline < min(body.lines[-1].baseline, motto.baseline) - 12
    for run in (motto, date):
        assert run.middle == pytest.approx(country.middle, abs=NEAR)
    for run in (*body.lines, *above.lines):
        assert run.middle == pytest.approx(number.middle, abs=NEAR)
    assert max(body.x1, above.x1, number.x1) < country.x0
    check_letterhead_rules(page, motto, body)


def check_letterhead_rules(page: Sheet, motto: Run, body: Run) -> None:
    under_motto, under_body = page.rule_below(motto), page.rule_below(body)
    assert page.rule_below(page.find(COUNTRY)) == under_motto  # the country's name has no rule of its own
    assert (under_motto.x0, under_motto.x1) == pytest.approx((motto.x0, motto.x1), abs=NEAR)
    assert 1 / 3 <= under_body.width / max(line.width for line in body.lines) <= 1 / 2
    assert under_body.middle == pytest.approx(body.lines[0].middle, abs=NEAR)
    for rule, run in ((under_motto, motto), (under_body, body)):
        assert 2 < run.lines[-1].baseline - rule.y < 8


def test_letterhead_is_laid_out_as_the_decree_says(printed: list[Sheet], plan: Plan) -> None:
    check_letterhead(printed[0], plan.letterhead.parent_body, plan.letterhead.issuing_body)


def shortened(text: str) -> str:
    """Shorten the plan between its legal bases and its end."""
    return re.sub(rf"\n## I\. .*?(?={END})", "", text, count=1, flags=re.DOTALL)


@pytest.mark.parametrize(("parent", "issuer"), LETTERHEADS)
def test_letterhead_holds_with_bodies_of_any_length(parent: str, issuer: str,
                                                    reprint: Callable[[Edit], list[Sheet]]) -> None:
    (page, *_) = reprint(lambda text: shortened(replaced(("Số: 12", HEADED.format(parent, issuer)))(text)))
    check_letterhead(page, parent, issuer)


def test_a_draft_leaves_room_for_its_number_and_day(reprint: Callable[[Edit], list[Sheet]]) -> None:
    blank = replaced(("Số: 12/KH-BTC", "Số: /KH-BTC"), ("Giả Định, ngày 05 tháng 4", "Giả Định, ngày tháng 4"))
    (page, *_) = reprint(lambda text: shortened(blank(text)))
    for before, after in (("Số:", "/KH-BTC"), ("Giả Định, ngày", "tháng 4 năm 2035")):
        whole = page.find(before + after)
        assert len(whole.lines) == 1
        assert 9 * MM < page.find(after).x0 - page.find(before).x1 < 15 * MM
    assert page.find("Số:/KH-BTC").baseline == pytest.approx(page.find("Giả Định, ngày").baseline, abs=NEAR)


# --- Title -----------------------------------------------------------------------
def check_title(page: Sheet, kind: str, subject: str) -> list[Run]:
    middle = left_of(page, 0) + VOLUME.measure / 2 * MM
    title, below = page.find(kind), page.find(subject)
    rule = page.rule_below(below)
    for line in (title, *below.lines):
        assert line.middle == pytest.approx(middle, abs=NEAR)
    assert rule.middle == pytest.approx(middle, abs=NEAR)
    assert all(1 / 3 <= rule.width / line.width <= 1 / 2 for line in (below.lines[-1], max(
        below.lines, key=lambda line: line.width)))
    assert 10 < title.baseline - below.baseline < 25
    return below.lines


def test_title_and_subject_are_centred_above_a_rule(printed: list[Sheet], plan: Plan) -> None:
    assert len(check_title(printed[0], plan.kind, plan.subject)) == 1
    assert len(printed[0].rules) == 3


@pytest.mark.parametrize(("subject", "lines"), [
    ("Họp", 1),
    ("Tổng kết 05 năm thực hiện Nghị quyết số 18/2032/NQ-HĐND", 1),
    ("Tổng kết 03 năm thực hiện Nghị quyết số 18/2032/NQ-HĐND ngày 12/02/2032 về văn hóa đọc", 2),
    ("Tổng kết 03 năm thực hiện Đề án Thư viện lưu động tỉnh Giả Định, phát động phong trào đọc sách ở mọi nơi", 2),
    ("Tổng kết 03 năm thực hiện Nghị quyết số 18/2032/NQ-HĐND ngày 12/02/2032 của Hội đồng nhân dân tỉnh Giả Định về "
     "phát triển văn hóa đọc trên địa bàn tỉnh", 3),
])
def test_a_long_subject_is_broken_into_lines_of_like_length(subject: str, lines: int,
                                                            reprint: Callable[[Edit], list[Sheet]]) -> None:
    original = "Tổng kết 03 năm thực hiện Đề án Thư viện lưu động\n{: #trich-yeu"
    (page, *_) = reprint(lambda text: shortened(replaced((original, f"{subject}\n{{: #trich-yeu"))(text)))
    found = check_title(page, "KẾ HOẠCH", subject)
    assert len(found) == lines
    assert min(line.width for line in found) > .7 * max(line.width for line in found)


# --- Text ------------------------------------------------------------------------
def paragraphs(printed: list[Sheet], plan: Plan) -> list[tuple[int, Run]]:
    """Return paragraphs of several lines that are on one page."""
    texts = (*plan.bases, plan.enacting, *plan.purpose, *plan.content, plan.closing)
    found = [(number, run) for text in texts for number, page in enumerate(printed) for run in page.find_all(text)]
    return [(number, run) for number, run in found if len(run.lines) > 1]


def test_paragraphs_are_justified_with_their_first_line_indented(printed: list[Sheet], plan: Plan) -> None:
    found = paragraphs(printed, plan)
    assert len(found) > 5
    for number, run in found:
        left = left_of(printed[number], number)
        first, *others = run.lines
        assert 10 * MM - NEAR <= first.x0 - left <= 12.7 * MM + NEAR
        assert all(line.x0 == pytest.approx(left, abs=2) for line in others)
        assert all(line.x1 == pytest.approx(left + VOLUME.measure * MM, abs=2) for line in run.lines[:-1])


def test_lines_are_spaced_from_one_to_one_and_a_half_and_paragraphs_by_six_points_more(
        printed: list[Sheet], plan: Plan) -> None:
    pitches = {round(above.baseline - below.baseline, 1)
               for _, run in paragraphs(printed, plan) for above, below in pairwise(run.lines)}
    (pitch,) = pitches
    assert 1.15 * 14 <= pitch <= 1.725 * 14  # single line spacing of Times is 1.15 of its size
    bases = [printed[0].find(text) for text in plan.bases]
    for above, below in pairwise(bases):
        assert above.lines[-1].baseline - below.baseline >= pitch + 6 - .1


def test_each_basis_begins_a_line_and_ends_with_its_sign(printed: list[Sheet], plan: Plan) -> None:
    for text in plan.bases:
        run = printed[0].find(text)
        assert run.x0 >= left_of(printed[0], 0) - NEAR
        assert run.lines[0].x0 > left_of(printed[0], 0) + 9 * MM
    whole = printed[0].all.text
    signs = [whole[whole.index("".join(text.split()).rstrip(";.")) + len("".join(text.split()).rstrip(";."))]
             for text in plan.bases]
    assert signs == [*[";"] * (len(signs) - 1), "."]


# --- Foot ------------------------------------------------------------------------
def test_recipients_stand_on_the_left_level_with_the_signers_capacity(printed: list[Sheet], plan: Plan) -> None:
    page, heading = find(printed, "Nơi nhận:")
    left = left_of(page, printed.index(page))
    assert heading.x0 == pytest.approx(left, abs=NEAR)
    assert heading.baseline == pytest.approx(page.find(plan.signature.titles[0]).baseline, abs=NEAR)
    lines = page.find("-" + "-".join(f"{words.rstrip(';.')}{';' if words != plan.recipients[-1] else '.'}"
                                     for words in plan.recipients)).lines
    assert len(lines) == len(plan.recipients)
    for line in lines:
        assert line.x0 == pytest.approx(left, abs=NEAR)
        assert line.text.startswith("-")
        assert line.text.endswith("." if line is lines[-1] else ";")


def test_signer_stands_below_room_to_sign_centred_under_the_capacity(printed: list[Sheet], plan: Plan) -> None:
    page, name = find_last(printed, plan.signature.name)
    capacity = page.find("".join(plan.signature.titles))
    assert len(capacity.lines) == len(plan.signature.titles)
    assert all(line.middle == pytest.approx(name.middle, abs=NEAR) for line in capacity.lines)
    assert 20 * MM < capacity.lines[-1].baseline - name.baseline < 40 * MM
    assert capacity.x0 > page.find("Nơi nhận:").x1
    assert capacity.x1 <= left_of(page, printed.index(page)) + VOLUME.measure * MM + NEAR


def test_the_body_ends_with_its_sign(printed: list[Sheet]) -> None:
    text = "".join(page.body.text for page in printed)
    assert text.partition("Nơinhận:")[0].endswith("./.")
    assert text.count("./.") == 1


@pytest.mark.parametrize("count", [11, 12, 13, 14, 15])
def test_the_signature_never_stands_alone_on_a_page(count: int, reprint: Callable[[Edit], list[Sheet]]) -> None:
    pages = reprint(lambda text: shortened(text).replace(END, "\nMột đoạn.\n" * count + END))
    page, _ = find(pages, "Nơi nhận:")
    assert page.find_all("./.")


# --- Line breaks -----------------------------------------------------------------------
WHOLE = [
    "số 12/2034/NĐ-CP", "46/KH-BTC", "số 12/TTr-BCĐ", "ngày 05/4/2034", "ngày 05 tháng 4", "năm 2034", "05 năm",
    "1/2 ngày", "8 giờ 00", "Quân khu 2", "QUÂN KHU 2", "Trung đoàn 247", "Điều 5", "khoản 2 Điều 103",
    "điểm a khoản 2 Điều 103", "tháng 7/2034", "quý II/2034", "tuần 1", "mục VI", "Phụ lục I", "Phần 2", "trang 15",
    "số 5", "95,2 %", "1.234,5 triệu đồng", "7,8 km", "06 huyện", "2032 - 2035", "KT-XH", "năm 2032 - 2035",
]
EMPHASISED = {"ngày 15/6/2034": "ngày <strong>15/6/2034</strong>", "03 tháng": "<em>03</em> tháng"}
CONTROL = "kinh tế và xã hội"  # may be broken, and is
SHELVES = ("<p>{}</p>", "<h3>{}</h3>", "<ul><li>{}</li></ul>", "<table><tr><td>{}</td></tr></table>")
STEPS = 9


@pytest.fixture(scope="module")
def galley(tmp_path_factory: pytest.TempPathFactory) -> list[Sheet]:
    """Print every phrase at each position in the line, in paragraphs, headings, cells and items."""
    shelves = [SHELVES[0]] * STEPS + [shelf for shelf in SHELVES[1:] for _ in range(STEPS)][::3]
    phrases = (*WHOLE, *EMPHASISED.values(), CONTROL)
    root = rendering.finish("".join(shelf.format(f"{'là ' * (2 + number % STEPS)}{phrase} của")
                                    for phrase in phrases for number, shelf in enumerate(shelves)))
    keep_together(root)
    target = tmp_path_factory.mktemp("galley") / "thu.pdf"
    typeset(f'<html lang="vi"><head><title>Thử</title>{styles("book.css")}<style>main {{ width: 62mm }}</style></head>'
            f"<body><main>{rendering.serialise(root)}</main></body></html>", target, (PROJECT / "overrides",))
    return sheets(target)


def broken(pages: list[Sheet], phrase: str) -> tuple[int, int]:
    """Return how often the phrase occurs on a page, and how often it is broken there."""
    found = [run for page in pages for run in page.find_all(phrase)]
    return len(found), sum(len(run.lines) > 1 for run in found)


@pytest.mark.parametrize("phrase", [*WHOLE, *EMPHASISED])
def test_no_line_breaks_within(phrase: str, galley: list[Sheet]) -> None:
    found, parted = broken(galley, phrase)
    assert found >= 2 * STEPS
    assert parted == 0


def test_other_words_do_break_there(galley: list[Sheet]) -> None:
    found, parted = broken(galley, CONTROL)
    assert found > STEPS  # a page may end within it
    assert parted > 4


PIECES = re.compile(r"""số\s\d+/\S+-[A-ZĐ]+ | ngày\s\d+/\d+/\d{4} | ngày\s\d+\stháng\s\d+ | tháng\s\d+ | năm\s\d{4} |
                        \d+\snăm\b | \d+\shuyện | 1/2\sngày | 8\sgiờ\s00 | \d{4}\s-\s\d{4}""", re.VERBOSE)


def test_no_line_of_the_plan_ends_within_a_piece(printed: list[Sheet], fabricated: Reading) -> None:
    text = fabricated.conference.documents["ke-hoach.md"].body.replace("**", "")
    pieces = set(PIECES.findall(text))
    assert len(pieces) > 20
    for piece in pieces:
        found, parted = broken(printed, piece)
        assert (found >= text.count(piece), parted) == (True, 0), piece
