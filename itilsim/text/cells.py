"""Numbers as spreadsheet programs write them into CSV cells: thousands separators, decimal points and decimal commas."""

from __future__ import annotations

import re

from itilsim.text.faults import FaultyQuantity, shown

_SPACES = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f'\u2019](?=\d{3}(?!\d))")
_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_ONE_GROUP = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")
_POINT_TO_COMMA = str.maketrans(".,", ",.")
_NUMBER_WITH_MORE = re.compile(r"[+-]?[\d.,' ]*\d\s*(?P<more>[^\d\s.,'].*)")
_LARGEST = 1e60


def number_in_cell(cell: str, *, decimal_comma: bool) -> float:
    """Read the number in a cell that is not empty, exact to the last digit of a float.

    With a decimal comma "1.200,5" is 1200.5 and "0.5" still 0.5, while "1.200" may be either and is refused;
    without, "1,200.5" is 1200.5. Spaces and apostrophes may divide thousands. Raises FaultyQuantity for
    anything else.
    """
    text = _SPACES.sub("", cell.replace("\u2212", "-"))
    if decimal_comma:
        if _ONE_GROUP.fullmatch(text):
            whole, part = text.split(".")
            raise FaultyQuantity(
                f"found {shown(cell)}, which may be {whole}{part} or {whole},{part} in a sheet with"
                " semicolons;"
                f" write {whole}{part} or {whole},{part}"
            )
        if "," in text or text.count(".") > 1:
            text = text.translate(_POINT_TO_COMMA)
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    if not _PLAIN.fullmatch(text):
        raise FaultyQuantity(_refusal(cell))
    number = float(text)
    if not -_LARGEST < number < _LARGEST:
        raise FaultyQuantity(f"found {shown(cell)}, a number larger than can be meant; check its digits")
    return number


def _refusal(cell: str) -> str:
    more = _NUMBER_WITH_MORE.fullmatch(cell)
    if more is not None:
        place = "belongs into column 'unit' or 'note'"
        return f"found {shown(cell)}; a number is needed, and {shown(more['more'])} {place}"
    if "," in cell and any(char.isdigit() for char in cell):
        return f"found {shown(cell)}, where ',' does not divide thousands; a number such as 1200.5 is needed"
    if cell.startswith("="):
        return f"found the formula {shown(cell)}; a number is needed, so save the sheet with its values"
    return f"found {shown(cell)}; a number is needed"
