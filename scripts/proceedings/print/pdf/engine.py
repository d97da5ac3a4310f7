"""Names and versions of the fonts and programs that produce the PDFs.

Other versions may change the layout.
"""

import pydyf
import weasyprint
from fontTools.ttLib import TTFont
from weasyprint.text.ffi import pango

from proceedings.system import packages

_FAMILY_NAME, _VERSION_NAME = 1, 5  # name IDs of the OpenType "name" table
# One file per family; all files of a family have the same version.
_SHOWN = ("LiberationSerif-Regular.ttf", "DejaVuSans.ttf")


def made_with() -> tuple[str, ...]:
    """Return the versions of the fonts and of the programs used for layout."""
    number = pango.pango_version()
    version = f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    installed = packages.font_files()
    return (*(_font(installed[name]) for name in _SHOWN if name in installed),
            f"WeasyPrint {weasyprint.__version__}", f"pydyf {pydyf.__version__}", f"Pango {version}")


def _font(path: str) -> str:
    with TTFont(path, fontNumber=0, lazy=True) as font:
        version = str(font["name"].getDebugName(_VERSION_NAME) or "")
        family = str(font["name"].getDebugName(_FAMILY_NAME))
    return f"{family} {version.removeprefix('Version ').split(';')[0]}".strip()
