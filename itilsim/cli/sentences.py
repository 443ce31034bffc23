"""The answer in two to four sentences, the same that the page begins with."""

from __future__ import annotations

from pathlib import Path

from itilsim.text.wording import plain

ASSUMED = "All of this holds under the assumptions of the case, in the same futures under each alternative."


def sentences(folder: Path) -> list[str]:
    """Say from a stored study which alternative is better, by how much, how surely, and how bad it is when it is worse."""
    from itilsim.pages.answer import answer
    from itilsim.pages.catalogue import open_catalogue
    from itilsim.tables.net_value import read_strip
    from itilsim.tables.result import open_result

    result = open_result(folder)
    said = answer(read_strip(result), open_catalogue("en", result.currency))
    return [*(_said(each) for each in said), ASSUMED]


def _said(sentence: str) -> str:
    """Give a sentence of the page as a terminal shows it: without emphasis, its first letter large."""
    text = plain(sentence.replace("**", ""))
    return text[:1].upper() + text[1:]
