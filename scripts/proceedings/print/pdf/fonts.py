"""The fonts that PDFs are set in: those of `packages.FONTS` and no other, whatever else is installed or configured."""

import os

from weasyprint.text.ffi import ffi, fontconfig, pangoft2
from weasyprint.text.fonts import FontConfiguration

from proceedings.system import packages

# WeasyPrint declares the other functions of fontconfig that are called here.
ffi.cdef("FcConfig *FcConfigCreate(void);")
_COMPLAIN = True  # on standard error
# What is set where a style names no family of FONTS; the machine's own settings have no say.
_DEFAULTS = b"""<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><match target="pattern"><edit name="family" mode="append_last">
<string>Liberation Serif</string><string>DejaVu Sans</string>
</edit></match></fontconfig>"""


class OwnFonts(FontConfiguration):  # type: ignore[misc]  # WeasyPrint has no types
    """A font configuration without the machine's own: none of its settings, and none of its other fonts.

    A character that no font of FONTS has is therefore never set in another; WeasyPrint warns of it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._config = fontconfig.FcConfigCreate()
        fontconfig.FcConfigParseAndLoadFromMemory(self._config, _DEFAULTS, _COMPLAIN)
        for _, path in sorted(packages.font_files().items()):
            fontconfig.FcConfigAppFontAddFile(self._config, os.fsencode(path))
        pangoft2.pango_fc_font_map_set_config(ffi.cast("PangoFcFontMap *", self.font_map), self._config)
        fontconfig.FcConfigDestroy(self._config)  # the font map holds it
