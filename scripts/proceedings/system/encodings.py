"""Decoding of text files: UTF-8, UTF-16 and UTF-32, as Windows programs save them."""

import codecs

# UTF-32 first, because its byte order mark begins with that of UTF-16.
_MARKS = ((codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
          (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SAMPLE = 4_096  # bytes; a multiple of the character width


def decoded(data: bytes) -> tuple[str, str]:
    """Decode bytes, and return the text with the encoding's name: "UTF-16", "UTF-32", or "" for UTF-8.

    Invalid bytes are replaced by U+FFFD.
    """
    encoding = _wide(data)
    text = data.decode(encoding or "utf-8", errors="replace")
    return text, encoding[:6].upper()


def _wide(data: bytes) -> str:
    """Detect UTF-16 and UTF-32 by the byte order mark or the positions of zero bytes; "" for any other."""
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    sample = data[:_SAMPLE]
    if marked or b"\0" not in sample:
        return marked
    zeros = [sample[place::4].count(0) * 4 / len(sample) for place in range(4)]
    most, few = 0.9, 0.1
    if min(zeros[2:]) > most and zeros[0] < few:
        return "utf-32-le"
    if min(zeros[:2]) > most and zeros[3] < few:
        return "utf-32-be"
    odd, even = zeros[1::2], zeros[::2]
    # Vietnamese letters above U+00FF have no zero byte, so less than half of the bytes is sufficient.
    if sum(odd) > 0.8 and min(odd) > few > max(even):
        return "utf-16-le"
    return "utf-16-be" if sum(even) > 0.8 and min(even) > few > max(odd) else ""
