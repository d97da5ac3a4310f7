"""Create the picture at the top of the README: a page of the site beside a spread of the volume.

Run `python tests/product_picture.py` after `scripts/build`; it writes `.github/product.png`.
"""

from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageOps

from browsing import chromium, serving

PROJECT = Path(__file__).resolve().parent.parent
TARGET = PROJECT / ".github/product.png"
HEIGHT = 720  # of the page and of the spread, in pixels
MARGIN = 24
PAGES = (8, 9)  # of the volume: end of the agenda, beginning of the plan
GROUND, EDGE = "#e9e6e0", "#b9b4ab"


def page(site: Path) -> Image.Image:
    """Return the plan's page as on an office computer."""
    with serving(site) as origin, chromium() as browser:
        shown = browser.new_page(viewport={"width": 1366, "height": 900})
        shown.goto(f"{origin}ke-hoach.html")
        return Image.open(BytesIO(shown.screenshot())).convert("RGB")


def spread(volume: Path) -> Image.Image:
    """Return two facing pages of the volume."""
    document = pdfium.PdfDocument(volume)
    pages = [document[number - 1].render(scale=2).to_pil() for number in PAGES]
    both = Image.new("RGB", (sum(each.width for each in pages), pages[0].height), "white")
    both.paste(pages[0], (0, 0))
    both.paste(pages[1], (pages[0].width, 0))
    return both


def _framed(picture: Image.Image) -> Image.Image:
    size = (picture.width * HEIGHT // picture.height, HEIGHT)
    return ImageOps.expand(picture.resize(size, Image.Resampling.LANCZOS), 1, EDGE)


def main() -> None:
    """Combine both and write the file."""
    shown = [_framed(each) for each in (page(PROJECT / "site"), spread(PROJECT / "site/ky-yeu.pdf"))]
    width = sum(each.width + MARGIN for each in shown) + MARGIN
    picture = Image.new("RGB", (width, HEIGHT + 2 * (MARGIN + 1)), GROUND)
    left = MARGIN
    for each in shown:
        picture.paste(each, (left, MARGIN))
        left += each.width + MARGIN
    picture.quantize(256).save(TARGET, optimize=True)


if __name__ == "__main__":
    main()
