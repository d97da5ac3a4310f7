"""The fonts that PDFs are set in: those of `system.FONTS` and no other, whatever else is installed or configured."""

from pathlib import Path
from xml.sax.saxutils import escape

from weasyprint.text.ffi import ffi, fontconfig, pangoft2
from weasyprint.text.fonts import FontConfiguration

from proceedings import system

# WeasyPrint declares the other functions of fontconfig that are called here.
ffi.cdef("FcConfig *FcConfigCreate(void); FcBool FcConfigBuildFonts(FcConfig *config);")
_COMPLAIN = True  # on standard error
_DEFAULTS = ("Liberation Serif", "DejaVu Sans")  # where a style names no family of FONTS


class OwnFonts(FontConfiguration):  # type: ignore[misc]  # WeasyPrint has no types
    """A font configuration without the machine's own: none of its settings, and none of its other fonts.

    A character that no font of FONTS has is therefore never set in another; WeasyPrint warns of it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._config = fontconfig.FcConfigCreate()
        fontconfig.FcConfigParseAndLoadFromMemory(self._config, _configuration().encode(), _COMPLAIN)
        fontconfig.FcConfigBuildFonts(self._config)
        pangoft2.pango_fc_font_map_set_config(ffi.cast("PangoFcFontMap *", self.font_map), self._config)
        fontconfig.FcConfigDestroy(self._config)  # the font map holds it


def _configuration() -> str:
    paths = sorted(system.font_files().values())
    folders = "".join(f"<dir>{escape(folder)}</dir>" for folder in sorted({str(Path(path).parent) for path in paths}))
    files = "".join(f"<glob>{escape(path)}</glob>" for path in paths)
    families = "".join(f"<string>{family}</string>" for family in _DEFAULTS)
    return f"""<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
{folders}
<selectfont><rejectfont><glob>*</glob></rejectfont><acceptfont>{files}</acceptfont></selectfont>
<match target="pattern"><edit name="family" mode="append_last">{families}</edit></match>
<cachedir>/var/cache/fontconfig</cachedir><cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>"""
