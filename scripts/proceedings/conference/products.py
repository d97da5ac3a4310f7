"""The files that are made beside the pages, by their path in the folder that they are written to."""

from proceedings import schema

volume = "ky-yeu.pdf"
booklet = "ky-yeu-a5.pdf"
press = "ky-yeu-nha-in.pdf"
backdrop = "ma-ket.pdf"
backdrop_drawing = "ma-ket.svg"
backdrop_screen = "ma-ket-16x9.svg"
archive = "tai-lieu-usb.zip"
server_folder = schema.SERVER_FOLDER
on_request = "ban-in"  # beside the site: what a person has printed, which no build removes and no server publishes


def of(path: str) -> str:
    """The printed copy of one document, by its path under docs/."""
    return f"{path.removesuffix('.md')}.pdf"


plan = of(schema.PLAN)


def speech(slug: str) -> str:
    """The printed copy of one speech."""
    return of(f"{schema.SPEECH_FOLDER}/{slug}.md")


def reading_copy(slug: str) -> str:
    """The large-type copy of one speech, for who reads it out."""
    return f"{schema.SPEECH_FOLDER}/{slug}-chu-lon.pdf"
