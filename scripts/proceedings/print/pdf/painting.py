"""Painting of pages with marked content, and postprocessing of their operators."""

import re
from collections.abc import Mapping
from importlib.resources import files
from io import BytesIO
from typing import Any

import pydyf
from weasyprint.css import ColorProfile
from weasyprint.document import Page

_PAGINATION = b"<</Type/Pagination>>"
_PICTURE = re.compile(rb"/(i[0-9a-f]{32}[01]) Do")
_GREY = re.compile(rb"([\d.]+) \1 \1 (rg|RG)")


def srgb() -> ColorProfile:
    """Return the output intent: the sRGB profile included in WeasyPrint, which PDF/A requires."""
    profile = (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()
    return ColorProfile(BytesIO(profile), "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"]))


class MarkedPage(Page):  # type: ignore[misc]  # WeasyPrint has no types
    """A page that numbers the text and pictures it paints; after painting, `marks` maps boxes to MCIDs."""

    def __init__(self, page: Page) -> None:
        self.__dict__.update(page.__dict__)
        self.marks: Mapping[Any, int] = {}

    @property
    def page_box(self) -> Any:
        """The page box."""
        return self._page_box

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Paint the page, numbering its marked content."""
        tags: dict[Any, dict[str, Any]] = {}
        stream._tags = tags
        super().paint(stream, scale)
        stream._tags = None
        self.marks = {box: tag["mcid"] for box, tag in tags.items()}


def turn_into_artifacts(operators: list[Any], numbers: frozenset[int]) -> None:
    """Turn marked content with these MCIDs into artifacts, which screen readers skip."""
    for index, operator in enumerate(operators):
        if operator == b"BDC" and operators[index - 1].get("MCID") in numbers:
            operators[index - 2], operators[index - 1] = "/Artifact", _PAGINATION


def use_pure_black(operators: list[Any]) -> None:
    """Replace grey RGB colours by DeviceGray, so that a press prints them with black ink only."""
    for index, operator in enumerate(operators):
        found = _GREY.fullmatch(operator) if isinstance(operator, bytes) else None
        if found:
            operators[index] = found[1] + (b" g" if found[2] == b"rg" else b" G")


def name_pictures(pdf: Any) -> None:
    """Rename pictures to sequential numbers.

    WeasyPrint derives their names from the folder they are read from, which would make the output depend on it.
    """
    names: dict[str, str] = {}
    for operators in [found.stream for found in pdf.objects if hasattr(found, "stream")]:
        for index, operator in enumerate(operators):
            found = _PICTURE.fullmatch(operator) if isinstance(operator, bytes) else None
            if found:
                name = names.setdefault(found[1].decode(), f"picture{len(names) + 1}")
                operators[index] = f"/{name} Do".encode()
    for resources in [found for found in pdf.objects if isinstance(found, dict) and found.get("XObject")]:
        resources["XObject"] = pydyf.Dictionary(
            {names.get(name, name): picture for name, picture in resources["XObject"].items()})
