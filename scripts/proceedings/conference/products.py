"""Paths of generated files, relative to the output folder."""

from proceedings import schema

volume = "ky-yeu.pdf"
booklet = "ky-yeu-a5.pdf"
press = "ky-yeu-nha-in.pdf"
backdrop = "ma-ket.pdf"
backdrop_drawing = "ma-ket.svg"
backdrop_screen = "ma-ket-16x9.svg"
archive = "tai-lieu-usb.zip"
server_folder = schema.SERVER_FOLDER
on_request = "ban-in"  # outside the site: prints made on request, which no build deletes and no server publishes


def of(path: str) -> str:
    """Return the path of a document's PDF, from the document's path under docs/."""
    return f"{path.removesuffix('.md')}.pdf"


plan = of(schema.PLAN)


def speech(slug: str) -> str:
    """Return the path of a speech's PDF."""
    return of(f"{schema.SPEECH_FOLDER}/{slug}.md")


def reading_copy(slug: str) -> str:
    """Return the path of a speech's large-type copy for the presenter."""
    return f"{schema.SPEECH_FOLDER}/{slug}-chu-lon.pdf"
