"""The files that print makes, by their path in the site."""

from proceedings import schema

volume = "ky-yeu.pdf"


def of(path: str) -> str:
    """The printed copy of one document, by its path under docs/."""
    return f"{path.removesuffix('.md')}.pdf"


plan = of(schema.PLAN)


def speech(slug: str) -> str:
    """The printed copy of one speech."""
    return of(f"{schema.SPEECH_FOLDER}/{slug}.md")
