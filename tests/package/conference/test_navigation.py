"""The order of the site's pages."""

from dataclasses import replace

import pytest

from proceedings.conference.model import Conference
from proceedings.conference.navigation import Entry, documents, navigation, near, short_title
from proceedings.conference.reading import Reading
from proceedings.text import source


def without(conference: Conference, *paths: str) -> Conference:
    return replace(conference, documents={path: found for path,
                                          found in conference.documents.items() if path not in paths},
                   speeches={slug: speech for slug, speech in conference.speeches.items()
                             if speech.path not in paths})


def with_page(conference: Conference, path: str, text: str) -> Conference:
    documents = {**conference.documents, path: source.parse(path, text)}
    return replace(conference, documents=dict(sorted(documents.items())))


def test_pages_stand_in_reading_order(fabricated: Reading) -> None:
    assert navigation(fabricated.conference) == (
        Entry("Trang chủ", "index.md"),
        Entry("KẾ HOẠCH", "ke-hoach.md"),
        Entry("Chương trình Hội nghị", "chuong-trinh.md"),
        Entry("Báo cáo sơ kết", "bao-cao.md"),
        Entry("Tham luận", entries=(
            Entry("Tham luận", "tham-luan/index.md"),
            Entry("1. Sở Sách và Thư tịch", "tham-luan/so-sach-va-thu-tich.md"),
            Entry("2. Trường Cao đẳng Đọc sách", "tham-luan/truong-cao-dang-doc-sach.md"),
            Entry("3. Ban Tổ chức Đề án huyện Đồi Gió", "tham-luan/ban-to-chuc-de-an-huyen-doi-gio.md"),
            Entry("4. Ban Tổ chức Đề án thị xã Bến Mơ", "tham-luan/ban-to-chuc-de-an-thi-xa-ben-mo.md"),
            Entry("5. Hội Người yêu sách Giả Định", "tham-luan/hoi-nguoi-yeu-sach-gia-dinh.md"))),
        Entry("Tiến độ", "tien-do.md"),
        Entry("Ghi chú của tôi", "ghi-chu.md"),
        Entry("Phụ lục", entries=(
            Entry("Phụ lục", "phu-luc/index.md"),
            Entry("Tra cứu theo chủ đề", "phu-luc/chu-de.md"),
            Entry("Tra cứu theo đơn vị", "phu-luc/don-vi.md"),
            Entry("Từ viết tắt", "phu-luc/tu-viet-tat.md"),
            Entry("Văn bản viện dẫn", "phu-luc/van-ban.md"))),
        Entry("Hướng dẫn biên tập", entries=(
            Entry("Hướng dẫn biên tập", "bien-tap/index.md"), Entry("Người duyệt", "bien-tap/nguoi-duyet.md"))),
    )


def test_every_page_is_listed_once(fabricated: Reading) -> None:
    listed = [path for entry in navigation(fabricated.conference) for path in entry.paths()]
    assert sorted(listed) == sorted(fabricated.conference.documents)


@pytest.mark.parametrize("path", ["index.md", "ke-hoach.md", "ghi-chu.md", "tham-luan/index.md", "phu-luc/van-ban.md",
                                  "tham-luan/so-sach-va-thu-tich.md"])
def test_missing_page_is_left_out(fabricated: Reading, path: str) -> None:
    conference = without(fabricated.conference, path)
    listed = [found for entry in navigation(conference) for found in entry.paths()]
    assert sorted(listed) == sorted(set(fabricated.conference.documents) - {path})


def test_documents_are_plan_agenda_report_and_speeches_as_far_as_they_are_there(fabricated: Reading) -> None:
    found = documents(without(fabricated.conference, "chuong-trinh.md", "tham-luan/so-sach-va-thu-tich.md"))
    assert [(entry.title, entry.path) for entry in found[:3]] == [
        ("KẾ HOẠCH", "ke-hoach.md"), ("Báo cáo sơ kết", "bao-cao.md"),
        ("2. Trường Cao đẳng Đọc sách", "tham-luan/truong-cao-dang-doc-sach.md")]
    assert len(found) == 6


def test_section_without_pages_is_left_out(fabricated: Reading) -> None:
    conference = without(fabricated.conference, "bien-tap/index.md")
    assert "Hướng dẫn biên tập" not in [entry.title for entry in navigation(conference)]


def test_section_without_an_index_is_named_after_its_first_page(fabricated: Reading) -> None:
    titles = [entry.title for entry in navigation(without(fabricated.conference, "phu-luc/index.md"))]
    assert "Tra cứu theo chủ đề" in titles


def test_new_page_of_a_folder_is_listed_behind_its_index(fabricated: Reading) -> None:
    conference = with_page(fabricated.conference, "phu-luc/a.md", "# Bản đồ\n")
    section = next(entry for entry in navigation(conference) if entry.title == "Phụ lục")
    assert section.paths() == ("phu-luc/index.md", "phu-luc/a.md", "phu-luc/chu-de.md", "phu-luc/don-vi.md",
                               "phu-luc/tu-viet-tat.md", "phu-luc/van-ban.md")


@pytest.mark.parametrize("path", ["khac.md", "phu-luc/con/a.md", "tham-luan/so-khac.md", "khac/index.md"])
def test_page_without_a_place_is_not_listed(fabricated: Reading, path: str) -> None:
    conference = with_page(fabricated.conference, path, "# A\n")
    assert path not in [found for entry in navigation(conference) for found in entry.paths()]


@pytest.mark.parametrize(("text", "title"), [
    ("---\nten-ngan: Ngắn\n---\n\n# Dài\n", "Ngắn"), ("# Dài\n", "Dài"), ("Chữ.\n", "phu-luc/a.md"),
])
def test_title_in_menus_is_short_title_then_heading_then_path(fabricated: Reading, text: str, title: str) -> None:
    assert short_title(with_page(fabricated.conference, "phu-luc/a.md", text), "phu-luc/a.md") == title


def test_paths_of_an_entry_are_its_own_and_all_below() -> None:
    assert Entry("A", "a.md", (Entry("B", entries=(Entry("C", "c.md"),)), Entry("D", "d.md"))).paths() == (
        "a.md", "c.md", "d.md")


@pytest.mark.parametrize(("count", "here", "first", "last"), [
    (60, 0, 0, 59), (61, 0, 0, 12), (61, 6, 0, 12), (61, 7, 1, 13), (61, 30, 24, 36), (61, 54, 48, 60),
    (61, 60, 48, 60), (2000, 1998, 1987, 1999)])
def test_a_long_menu_lists_the_pages_near_the_one_at_hand(count: int, here: int, first: int, last: int) -> None:
    pages = [f"trang {number}" for number in range(count)]
    assert near(pages, pages[here]) == pages[first: last + 1]


def test_a_long_menu_that_lacks_the_page_at_hand_lists_its_first_ones() -> None:
    pages = [f"trang {number}" for number in range(61)]
    assert near(pages, "trang khác") == pages[:13]
    assert near([], "trang khác") == []
