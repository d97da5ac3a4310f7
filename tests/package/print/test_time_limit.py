"""Layout that takes too long is stopped, the document is named, and nothing is written."""

import signal
import threading
from pathlib import Path

import pytest

from conftest import lay_out_project, printer_of
from proceedings.print import pdf, time_limit
from proceedings.print.production import Order

SLOW = "tham-luan/truong-cao-dang-doc-sach.md"


def _busy(steps: int) -> int:
    return sum(number % 7 for number in range(steps))


def test_work_beyond_the_limit_is_stopped() -> None:
    with pytest.raises(time_limit.TooSlowError), time_limit.limited(0.05):
        _busy(10**10)


def test_work_within_the_limit_goes_on_afterwards_as_before() -> None:
    before = signal.getsignal(signal.SIGPROF)
    with time_limit.limited(30):
        _busy(1_000)
    assert signal.getsignal(signal.SIGPROF) is before
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def test_another_thread_works_without_a_limit() -> None:
    done = []

    def work() -> None:
        with time_limit.limited(0.001):
            done.append(_busy(200_000))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done


def test_no_library_takes_the_stop_for_a_failure_of_its_own() -> None:
    def forgiving() -> None:
        while True:
            try:
                _busy(10**9)
            except Exception:  # noqa: BLE001 - as libraries do
                _busy(1)

    with pytest.raises(time_limit.TooSlowError), time_limit.limited(0.05):
        forgiving()


@pytest.mark.parametrize("letters", [10_000, 2_000_000])
def test_the_limit_grows_with_the_text(letters: int) -> None:
    assert time_limit.allowed(letters) > time_limit.allowed(letters // 2) >= 100


# An exception raised in a callback of the garbage collector, such as hypothesis sets, is lost there and raised again
# later.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_print_names_the_document_that_takes_too_long_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = lay_out_project(tmp_path / "project")
    with (root / "docs" / SLOW).open("a", encoding="utf-8") as file:
        file.write("\n\n|" + " a |" * 15 + "\n|" + "---|" * 15 + ("\n|" + " 12 |" * 15) * 800 + "\n")
    monkeypatch.setattr(time_limit, "allowed", lambda letters: 1.5 if letters > 100_000 else 600)
    for order in (Order(), Order(reading_copies=(SLOW,))):
        with pytest.raises(pdf.SlowError, match=f"^{SLOW}: quá 2 giây"):
            list(printer_of(root, root / "ra").fill(order))
    assert not (root / "ra").exists()
