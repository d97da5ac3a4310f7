"""PDFs use only the configured fonts, so that the same text is set alike on every system."""

import re
import sys
from pathlib import Path

import pikepdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from conftest import PROJECT, run
from proceedings.print import pdf
from proceedings.print.measures import VOLUME
from proceedings.system import packages

STYLES = sorted((PROJECT / "overrides/print").glob("*.css"))
FAMILIES = {"Liberation Serif", "Liberation Mono", "DejaVu Sans"}
SIGNS = "✓ ★ ① ☐ ⇒ \ufffd ✔\ufe0f"
PRINT = """
import sys
from pathlib import Path
from proceedings.print import pdf
pdf.lay_out(sys.argv[1], ()).write(Path(sys.argv[2]))
"""


def _font(path: Path, letters: str) -> None:
    """Create a font with a box for each letter, whose family name sorts before all others."""
    names = [".notdef", *(f"u{ord(letter):X}" for letter in letters)]
    pen = TTGlyphPen(None)
    for number, corner in enumerate(((50, 0), (50, 700), (450, 700), (450, 0))):
        (pen.lineTo if number else pen.moveTo)(corner)
    pen.closePath()
    glyph = pen.glyph()
    made = FontBuilder(1000)
    made.setupGlyphOrder(names)
    made.setupCharacterMap({ord(letter): f"u{ord(letter):X}" for letter in letters})
    made.setupGlyf(dict.fromkeys(names, glyph))
    made.setupHorizontalMetrics(dict.fromkeys(names, (500, 50)))
    made.setupHorizontalHeader(ascent=900, descent=-300)
    made.setupNameTable({"familyName": "Aaa", "styleName": "Regular"})
    made.setupOS2()
    made.setupPost()
    made.save(path)


def _other_machine(folder: Path) -> str:
    """Return a fontconfig file with one more font, preferred to all others."""
    _font(folder / "aaa.ttf", "abc✓★雲")
    file = folder / "fonts.conf"
    file.write_text(f"""<fontconfig><include>/etc/fonts/fonts.conf</include><dir>{folder}</dir>
        <match target="pattern"><edit name="family" mode="prepend" binding="strong"><string>Aaa</string></edit></match>
        </fontconfig>""", "utf-8")
    return str(file)


def _print(html: str, target: Path, **environment: str) -> str:
    done = run(sys.executable, "-c", PRINT, html, target, folder=PROJECT, PYTHONPATH=str(PROJECT / "scripts"),
               **environment)
    return done.stderr


@pytest.mark.parametrize("styled", [True, False], ids=["styles of print", "no style"])
def test_a_machine_with_more_fonts_sets_the_same_bytes(tmp_path: Path, *, styled: bool) -> None:
    rules = (PROJECT / "overrides/print/book.css").read_text("utf-8")
    style = f"<style>{VOLUME.style}{rules}</style>" if styled else ""
    html = f"<html lang=vi>{style}<p>abc Cộng hòa {SIGNS} <b>{SIGNS}</b> <i>{SIGNS}</i> <code>{SIGNS}</code>"
    told = [_print(html, tmp_path / "here.pdf"),
            _print(html, tmp_path / "there.pdf", FONTCONFIG_FILE=_other_machine(tmp_path))]
    assert told == ["", ""]
    assert (tmp_path / "here.pdf").read_bytes() == (tmp_path / "there.pdf").read_bytes()
    assert "Aaa" not in " ".join(_fonts(tmp_path / "there.pdf"))


def _fonts(path: Path) -> set[str]:
    with pikepdf.open(path) as document:
        return {str(font.BaseFont) for page in document.pages for font in page.Resources.get("/Font", {}).values()}


def test_a_sign_that_only_another_font_has_is_an_error(tmp_path: Path) -> None:
    told = _print("<p>雲</p>", tmp_path / "a.pdf", FONTCONFIG_FILE=_other_machine(tmp_path))
    assert "U+96F2" in told
    assert "PrintError" in told
    assert not (tmp_path / "a.pdf").exists()


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.name)
def test_styles_name_the_families_that_are_installed_and_no_other(style: Path) -> None:
    text = style.read_text("utf-8")
    embedded = set(re.findall(r'@font-face \{ font-family: "([^"]+)"', text))
    for families in re.findall(r"font-family: ([^;]+);", text):
        named = {family.strip().strip('"') for family in families.split(",")}
        assert named <= FAMILIES | embedded, families
        assert named <= embedded or "DejaVu Sans" in named, families


def test_the_installed_fonts_are_those_families() -> None:
    files = packages.font_files()
    assert set(files) == {name for names in packages.FONTS.values() for name in names}
    assert {Path(path).name for path in files.values()} == set(files)
    assert {re.sub("([a-z])([A-Z])", r"\1 \2", name.partition("-")[0].removesuffix(".ttf")).replace("Deja Vu", "DejaVu")
            for name in files} == FAMILIES


def test_the_colophon_names_the_fonts_with_their_versions() -> None:
    text, signs, *programs = pdf.made_with()
    assert re.fullmatch(r"Liberation Serif 2\.\d+\.\d+", text)
    assert re.fullmatch(r"DejaVu Sans 2\.\d+", signs)
    assert len(programs) == 3
