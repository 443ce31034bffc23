"""Saying the same in other words: units that people choose differently, tables in another order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from itilsim.case.sources import Merged

SIMPLE = re.compile(r"([-\d.,]+) ?(k|M)? ?(.*)")
MULTIPLIERS = {None: 1, "k": 1000, "M": 1_000_000}
OTHER_UNITS = (
    ("CNY / person / year", Fraction(1, 4), "CNY / quarter / person"),
    ("CNY / year", Fraction(1, 12), "CNY / month"),
    ("CNY / year", Fraction(1, 4), "CNY / quarter"),
    ("CNY / user / month", Fraction(12), "CNY / user / year"),
    ("CNY / month", Fraction(12), "CNY / year"),
    ("CNY / h", Fraction(1, 1000), "k CNY / h"),
    ("CNY / case", Fraction(1, 1000), "k CNY / case"),
    ("CNY / sheet", Fraction(1, 1000), "k CNY / sheet"),
    ("CNY", Fraction(1, 10_000), "万 CNY"),
    ("% / year", Fraction(1, 100), "/ year"),
    ("/ user / month", Fraction(12), "/ user / year"),
    ("/ year", Fraction(1, 4), "/ quarter"),
    ("%", Fraction(1, 100), ""),
    ("months", Fraction(730), "h"),
    ("month", Fraction(730), "h"),
    ("years", Fraction(12), "months"),
    ("days", Fraction(24), "h"),
    ("day", Fraction(24), "h"),
    ("h / user", Fraction(60), "min / user"),
    ("h", Fraction(60), "min"),
    ("min", Fraction(60), "s"),
)


def respelt(text: str) -> str:
    """Spell one quantity in other units, where a short decimal says exactly the same; else give it as it is."""
    if text.startswith("lognormal("):
        inner = re.fullmatch(r"lognormal\(median ([^,]+?), sigma (.+)\)", text)
        assert inner is not None
        return f"lognormal(sigma {inner[2]}, median {respelt(inner[1])})"
    found = SIMPLE.fullmatch(text)
    if found is None:
        return text
    number = Fraction(found[1].replace(",", "")) * MULTIPLIERS[found[2]]
    return _in_other_units(number, found[3]) or text


def _in_other_units(number: Fraction, unit: str) -> str:
    for before, factor, after in OTHER_UNITS:
        if unit == before and (decimal := _decimal(number * factor)):
            return f"{decimal} {after}".strip()
    return ""


def _decimal(number: Fraction) -> str:
    spelt = Decimal(number.numerator) / Decimal(number.denominator)
    return format(spelt, "f") if Fraction(spelt) == number else ""


def reordered(value: Any) -> Any:
    if isinstance(value, Mapping):  # a lever speaks of the unit in which its quantity is written
        value = {key: item for key, item in value.items() if key != "lever"}
    """Turn every table around and spell every quantity in other units."""
    if isinstance(value, Mapping) and "low" in value:
        unit = str(value.get("unit", ""))
        changed = {**value}
        for key in ("low", "likely", "high"):
            changed[key] = respelt(f"{value[key]} {unit}".strip() if isinstance(value[key], (int, float)) else value[key])
        changed.pop("unit", None)
        return dict(reversed(changed.items()))
    if isinstance(value, Mapping):
        words = {"title", "source", "label", "trust", "note", "sentence"}
        return {key: item if key in words else reordered(item) for key, item in reversed(list(value.items()))}
    if isinstance(value, list):
        return [reordered(item) for item in value]
    return respelt(value) if isinstance(value, str) else value


def one_file(merged: Merged) -> dict[str, Any]:
    """Give an alternative with all that it shares as the content of one file, in other words."""
    return {section: reordered(tables) for section, tables in reversed(merged.data.items()) if section != "alternative"}
