"""The range of a lever: how far a planner can move a quantity, in the unit in which the quantity is written."""

from __future__ import annotations

import re
from typing import NamedTuple

from itilsim.text.faults import FaultyQuantity, shown

_NUMBER = r"[+-]?[\d,]*\.?\d+"
_RANGE = re.compile(rf"({_NUMBER})\s*(.*?)\s+to\s+({_NUMBER})\s*(.*)")
Written = tuple[float, float, float, str]


class Range(NamedTuple):
    """The lowest and the highest value, in the unit of what is moved."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Say whether a value lies in it."""
        return self.low <= value <= self.high


def read_range(given: object, written: Written | None, *, unknown: bool) -> Range:
    """Read what stands under `lever`: "60 to 140", or true for an input that has a low and a high of its own.

    `written` is the quantity's own low, likely, high and unit. Raises FaultyQuantity with a sentence where there is no range, where it is
    the wrong way round, in another unit, or does not hold the quantity itself.
    """
    if written is None:
        raise FaultyQuantity("found a lever, but this is not one number in one unit; state it as a number, or as low, likely and high")
    low, likely, high, unit = written
    if given is True:
        if not unknown:
            raise FaultyQuantity('found lever = true, but this has no low and high of its own; give it a range, as lever = "60 to 140"')
        return Range(low, high)
    found = _RANGE.fullmatch(given.strip()) if isinstance(given, str) else None
    if found is None:
        raise FaultyQuantity(f'found {shown(str(given))} as a lever; it needs a range, as lever = "60 to 140"')
    bounds = Range(*(float(found[at].replace(",", "")) for at in (1, 3)))
    for other in (found[2], found[4]):
        if other not in ("", unit):
            said = f"'{unit}'" if unit else "no unit"
            raise FaultyQuantity(f"found a lever in '{other}', but the quantity is written in {said}; give its range in the same unit")
    if bounds.low >= bounds.high:
        raise FaultyQuantity(f"found a lever of {shown(found[0])}; its range runs from the lower number to the higher")
    if not bounds.holds(likely):
        raise FaultyQuantity(f"found {likely:g} outside its own lever of {shown(found[0])}; the range has to hold the quantity as stated")
    return bounds
