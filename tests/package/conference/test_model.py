"""Derived properties of the model."""

from dataclasses import FrozenInstanceError, is_dataclass, replace
from datetime import date
from typing import Any

import pytest

from proceedings.conference import model
from proceedings.conference.model import Agency, Agenda, Backdrop, Delivery, Slot, Speech, Task
from proceedings.conference.reading import Reading
from proceedings.problems import Place, Problem, Rule
from proceedings.schema import Status

PLACE = Place("docs/a.md")
DATA = [value for value in vars(model).values() if is_dataclass(value) and isinstance(value, type)]
DUE = date(2035, 5, 25)


@pytest.mark.parametrize("kind", [*DATA, Place, Problem, Rule])
def test_data_cannot_be_changed_once_it_is_made(kind: type) -> None:
    made: Any = object.__new__(kind)
    with pytest.raises(FrozenInstanceError):
        made.path = "khac"


def speech(deadline: date | None = DUE, delivery: Delivery | None = None, slug: str = "so-mau") -> Speech:
    return Speech(1, slug, "Sở Mẫu", "Việc mẫu", deadline, assigned=True, delivery=delivery or Delivery(Status.OUTLINE),
                  minutes=8, path=f"tham-luan/{slug}.md")


@pytest.mark.parametrize(("footer", "lines"), [
    ("Giả Định, năm 2035", ("A", "B", "HỘI NGHỊ", "C", "D", "Giả Định, năm 2035")),
    ("", ("A", "B", "HỘI NGHỊ", "C", "D")),
])
def test_backdrop_lines_run_from_top_to_bottom(footer: str, lines: tuple[str, ...]) -> None:
    assert Backdrop(("A", "B"), "HỘI NGHỊ", ("C", "D"), footer).lines == lines


@pytest.mark.parametrize(("deadlines", "first"), [
    ((None, DUE, date(2035, 1, 1)), DUE), ((None, None), None), ((), None),
])
def test_deadline_of_an_agency_is_that_of_its_first_task_with_one(deadlines: tuple[date | None, ...],
                                                                  first: date | None) -> None:
    tasks = tuple(Task("việc", deadline, PLACE) for deadline in deadlines)
    assert Agency(1, "Sở Mẫu", "", tasks, PLACE).deadline == first


@pytest.mark.parametrize(("status", "delivered"), [
    (Status.OUTLINE, False), (Status.DELIVERED, True), (Status.APPROVED, True),
])
def test_all_but_an_outline_is_delivered(fabricated: Reading, status: Status, delivered: bool) -> None:
    assert Delivery(status).delivered is delivered
    made = replace(fabricated.conference, speeches={"so-mau": speech(delivery=Delivery(status))}, report=None)
    assert made.is_delivered("tham-luan/so-mau.md") is delivered
    assert not made.is_delivered("ke-hoach.md")


@pytest.mark.parametrize(("delivered", "deadline", "late"), [
    (date(2035, 5, 24), DUE, False),
    (DUE, DUE, True),  # the plan requires delivery before that day
    (date(2035, 5, 26), DUE, True),
    (None, DUE, False),
    (date(2035, 5, 26), None, False),
])
def test_speech_is_late_from_its_deadline_on(delivered: date | None, deadline: date | None, late: bool) -> None:
    assert speech(deadline, Delivery(Status.DELIVERED, delivered_on=delivered)).late is late


def test_agenda_ends_with_its_last_slot() -> None:
    slots = (Slot(450, 470, "Đón tiếp", "", "", PLACE), Slot(470, 485, "Khai mạc", "", "", PLACE))
    assert Agenda(450, 690, slots, PLACE).ends == 485
    assert Agenda(450, 690, (), PLACE).ends == 450


def test_standing_agency_is_the_first_with_tasks(fabricated: Reading) -> None:
    plan = fabricated.conference.plan
    assert plan.standing_agency == "Thư viện tỉnh Giả Định"
    assert replace(plan, agencies=()).standing_agency == ""


def test_place_names_the_folder_as_problems_show_it(fabricated: Reading) -> None:
    conference = replace(fabricated.conference, folder="tai-lieu")
    assert conference.place("ke-hoach.md", 5) == Place("tai-lieu/ke-hoach.md", 5)
    assert conference.place("ke-hoach.md") == Place("tai-lieu/ke-hoach.md", 1)


def test_speech_is_found_by_its_file(fabricated: Reading) -> None:
    found = fabricated.conference.speech_at("tham-luan/so-sach-va-thu-tich.md")
    assert found
    assert found.unit == "Sở Sách và Thư tịch"
    assert fabricated.conference.speech_at("tham-luan/index.md") is None
    assert fabricated.conference.speech_at("ke-hoach.md") is None
