"""Wording of corrections; the plan is kept as issued, so there they depend on its issuer."""

from proceedings import schema

KEPT = "Kế hoạch giữ nguyên văn; nếu cơ quan ban hành đồng ý thì cần"  # continued by the remedy


def remedy_at(path: str) -> str:
    """How a sentence begins that says what to do in the document at the path."""
    return KEPT if path == schema.PLAN else "hãy"


def write_instead(path: str, words: str) -> str:
    """What to do: write these words in the document at the path."""
    verb = "sửa thành" if path == schema.PLAN else "viết"
    return f"{remedy_at(path)} {verb} \"{words}\"."
