"""Text in a drawing, which no browser wraps: how wide it is, and its lines."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

PIECES = re.compile(r"\s+|[^\s\u2e80-\u9fff\uff00-\uffef]+|.[\u3001\u3002\uff0c\uff1a\uff1b\uff09]*")
"""What may stand on a line of its own: a word, or a Chinese character with the punctuation that must not begin a line."""


def breadth(text: str) -> int:
    """Returns how many letters wide a text is; a Chinese character is two."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def lines(text: str, width: int) -> list[str]:
    """Breaks a text into lines of at most so many letters, unless a word alone is longer; at least one line."""
    found, line = [], ""
    for piece in PIECES.findall(text):
        if line.strip() and breadth((line + piece).rstrip()) > width:
            found.append(line.strip())
            line = ""
        line += piece
    return [*found, line.strip()] if line.strip() or not found else found
