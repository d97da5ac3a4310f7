"""Wording of corrections; the plan is kept as issued, so there they depend on its issuer."""

from proceedings.checks.engine.walk import Text

KEPT = "Kế hoạch giữ nguyên văn; nếu cơ quan ban hành đồng ý thì cần"  # continued by the remedy


def remedy_in(text: Text) -> str:
    """Return the beginning of a sentence with the remedy for a text."""
    return KEPT if text.is_plan else "hãy"


def write_instead(text: Text, words: str) -> str:
    """Return the remedy of writing these words in a text."""
    verb = "sửa thành" if text.is_plan else "viết"
    return f"{remedy_in(text)} {verb} \"{words}\"."
