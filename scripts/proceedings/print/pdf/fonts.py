"""Font configuration with only `packages.FONTS`, independent of other fonts and system settings."""

import os

from weasyprint.text.ffi import ffi, fontconfig, pangoft2
from weasyprint.text.fonts import FontConfiguration

from proceedings.system import packages

# WeasyPrint declares the other fontconfig functions that are used here.
ffi.cdef("FcConfig *FcConfigCreate(void);")
_COMPLAIN = True  # reports errors on standard error
# Fallback if a style names no family of FONTS; system settings are not read.
_DEFAULTS = b"""<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><match target="pattern"><edit name="family" mode="append_last">
<string>Liberation Serif</string><string>DejaVu Sans</string>
</edit></match></fontconfig>"""


class OwnFonts(FontConfiguration):  # type: ignore[misc]  # WeasyPrint has no types
    """A font configuration without system settings and without other installed fonts.

    A character that is missing in all fonts of FONTS is therefore never taken from another font; WeasyPrint warns of
    it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._config = fontconfig.FcConfigCreate()
        fontconfig.FcConfigParseAndLoadFromMemory(self._config, _DEFAULTS, _COMPLAIN)
        for _, path in sorted(packages.font_files().items()):
            fontconfig.FcConfigAppFontAddFile(self._config, os.fsencode(path))
        pangoft2.pango_fc_font_map_set_config(ffi.cast("PangoFcFontMap *", self.font_map), self._config)
        fontconfig.FcConfigDestroy(self._config)  # the font map holds a reference
