"""What makes the PDFs, by name and version: other versions may set the same text otherwise."""

import pydyf
import weasyprint
from fontTools.ttLib import TTFont
from weasyprint.text.ffi import pango

from proceedings import system

_VERSION_NAME = 5  # of a font's names (OpenType, table "name")


def made_with() -> tuple[str, ...]:
    """The font that texts are set in, and the programs that set them."""
    number = pango.pango_version()
    version = f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    programs = (f"WeasyPrint {weasyprint.__version__}", f"pydyf {pydyf.__version__}", f"Pango {version}")
    family = system.times_metric_family()
    return (_font(family), *programs) if family else programs


def _font(family: str) -> str:
    with TTFont(system.font_file(family), fontNumber=0, lazy=True) as font:
        version = str(font["name"].getDebugName(_VERSION_NAME) or "")
    return f"{family} {version.removeprefix('Version ').split(';')[0]}".strip()
