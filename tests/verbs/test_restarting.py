"""The live preview starts anew with changed code, once all of it can be read."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import entry
import rebuild
import serve
from preview_server import Showing


class _Builder:
    pages = 1
    refused: tuple[tuple[str, ...], ...] = ()

    def __init__(self, *_: object) -> None:
        _Builder.refused = ()

    def sources(self) -> tuple[str, ...]:
        return ()

    def build(self, *_: object) -> tuple[str, ...]:
        return ()

    def refuse(self, faults: tuple[str, ...], *_: object) -> tuple[str, ...]:
        _Builder.refused += (faults,)
        return faults


def test_the_preview_does_not_start_anew_while_any_code_is_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = tmp_path / "mot.py", tmp_path / "hai.py"

    class Watch:
        def __init__(self, *_: object) -> None:
            self._changes = self._saved()

        def changed(self) -> frozenset[str]:
            return next(self._changes)

        def _saved(self) -> Iterator[frozenset[str]]:
            for path, text in ((first, "def ("), (second, "x = 1\n"), (first, "x = 1\n")):
                path.write_text(text, "utf-8")
                yield frozenset({str(path)})

    for module, name, value in ((serve, "CODE", tmp_path), (entry, "ROOT", tmp_path), (serve, "Watch", Watch),
                                (rebuild, "Builder", _Builder)):
        monkeypatch.setattr(module, name, value)
    serve._follow(tmp_path / "mkdocs.yml", tmp_path, Showing(), "http://x/")
    assert [faults[0].partition(" ")[0] for faults in _Builder.refused] == ["mot.py:1:", "mot.py:1:"]
