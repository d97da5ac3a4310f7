"""How a rule offers the right words: in the plan, which is kept as issued, only if its issuer agrees."""

from proceedings import schema


def write_instead(path: str, words: str) -> str:
    """What to do: write these words in the document at the path."""
    if path == schema.PLAN:
        return ("Kế hoạch được giữ nguyên văn; nếu cơ quan ban hành đồng ý thì hãy sửa thành "
                f"\"{words}\".")
    return f"hãy viết \"{words}\"."
