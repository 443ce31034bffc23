"""Canonical values are printed in the units that a reader would choose: "1.2 M CNY / year", "3 months", "99.5 %"."""

from __future__ import annotations

import math
from decimal import Decimal

from itilsim.text.dimension import MONEY_BASE, TIME_BASE, WORK_BASE, YEAR_BASE, Dimension, plural

_TIME_UNITS = (("year", 8760), ("month", 730), ("day", 24), ("h", 1))
_MULTIPLIERS = ((Decimal(10**9), "bn"), (Decimal(10**6), "M"), (Decimal(10**3), "k"))
_WITH_MULTIPLIER = Decimal(10**4)
_SYMBOLS = frozenset({"h", "min", "%"})
_NOUGHT_BELOW = Decimal("1e-300")


def format_quantity(value: float, dimension: Dimension, *, currency: str = "CNY", digits: int = 4) -> str:
    """Spell a canonical value of a dimension in reader-friendly units, rounded to significant digits (17 keep every bit).

    What is printed can be parsed again. Money per time is given per year, per user or other noun and time per
    month; counts per time per month, or per year where they are rarer than one a month. Raises ValueError
    where the value is not finite.
    """
    if not math.isfinite(value):
        raise ValueError(f"A quantity to print has to be a finite number, not {value!r}.")
    above, below = list(dimension.above), list(dimension.below)
    number, time_below = value, "month"
    if TIME_BASE in below:
        steps = below.count(TIME_BASE)
        if _by_year(value, dimension):
            number, time_below = value * 12**steps, "year"
    if above == [TIME_BASE] and not below:
        return _spell_time(number, digits)
    if not above and dimension.share:
        number, unit = number * 100, "%"
    else:
        unit = " ".join(_unit_above(base, currency) for base in above)
    return " / ".join([_spell(number, unit, digits), *(_unit_below(base, time_below, currency) for base in below)])


def _by_year(value: float, dimension: Dimension) -> bool:
    if dimension.share and not dimension.above:
        return True
    if MONEY_BASE in dimension.above:
        return set(dimension.below) == {TIME_BASE}
    return 0 < abs(value) < 1 and WORK_BASE not in dimension.above


def _unit_above(base: str, currency: str) -> str:
    names = {MONEY_BASE: currency, TIME_BASE: "h", WORK_BASE: "h", YEAR_BASE: "year"}
    return names.get(base, base)


def _unit_below(base: str, time_below: str, currency: str) -> str:
    names = {MONEY_BASE: currency, TIME_BASE: time_below, WORK_BASE: "h", YEAR_BASE: "year"}
    return names.get(base, base)


def _spell_time(hours: float, digits: int) -> str:
    if 0 < abs(hours) < 1:
        return _spell(hours * 60, "min", digits)
    for unit, size in _TIME_UNITS:
        count = hours / size
        if abs(count) >= 1 and count == float(f"{count:.3g}"):
            return _spell(count, unit, digits)
    unit, size = next(((unit, size) for unit, size in _TIME_UNITS if abs(hours) >= 2 * size), ("h", 1))
    return _spell(hours / size, unit, digits)


def _spell(number: float, unit: str, digits: int) -> str:
    rounded = Decimal(f"{number:.{digits - 1}e}")
    if abs(rounded) < _NOUGHT_BELOW:
        rounded = Decimal(0)
    if unit in _SYMBOLS or not unit or abs(rounded) < _WITH_MULTIPLIER:
        return f"{_digits(rounded)} {_agreeing(unit, rounded)}".strip()
    size, name = next((size, name) for size, name in _MULTIPLIERS if abs(rounded) >= size)
    return f"{_digits(rounded / size)} {name} {_agreeing(unit, Decimal(2))}"


def _digits(number: Decimal) -> str:
    if number and not Decimal("1e-6") <= abs(number) < Decimal("1e18"):
        return f"{number.normalize():e}"
    spelt = f"{number:,f}"
    return spelt.rstrip("0").rstrip(".") if "." in spelt else spelt


def _agreeing(unit: str, number: Decimal) -> str:
    first, _, rest = unit.partition(" ")
    if rest or not unit or unit in _SYMBOLS or unit.isupper() or abs(number) == 1:
        return unit
    return plural(first)
