"""The files that print makes, by their path in the site."""

from proceedings import schema

volume = "ky-yeu.pdf"
plan = f"{schema.PLAN.removesuffix('.md')}.pdf"


def speech(slug: str) -> str:
    """The printed copy of one speech."""
    return f"{schema.SPEECH_FOLDER}/{slug}.pdf"
