"""Amounts get their value here: exact fractions in canonical units, checked against the dimension that is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from itilsim.text.dimension import TIME_BASE, Dimension
from itilsim.text.expression import Expression, Term
from itilsim.text.faults import FaultyQuantity, shown
from itilsim.text.unit import HOURS_PER_MONTH, MULTIPLIERS, Unit, UnknownWord, meanings

_LARGEST = Fraction(10**60)


@dataclass(frozen=True)
class Asked:
    """What a quantity is read for: its dimension, the currency of amounts, and its name in messages ("a fee")."""

    dimension: Dimension
    currency: str
    what: str


def value_of(expression: Expression, asked: Asked) -> Fraction:
    """Give the exact value of an amount in canonical units (see the package), checked to be of the dimension asked for.

    Raises FaultyQuantity naming what was found and what would be right: no unit, an unknown unit, a wrong
    dimension, a sum of different units.
    """
    try:
        return _value(expression, asked)
    except UnknownWord as unknown:
        raise FaultyQuantity(f"found {shown(expression.text)}: {unknown}") from None


def number_of(expression: Expression, asked: Asked) -> float:
    """Give the value of an amount as a float, rounded once; raises FaultyQuantity beyond 1e-60 and 1e60 too."""
    value = value_of(expression, asked)
    if value and not 1 / _LARGEST <= abs(value) <= _LARGEST:
        size = "larger" if abs(value) > 1 else "smaller"
        raise FaultyQuantity(f"found {shown(expression.text)}, which is {size} than anything that can be meant; check its digits")
    return float(value)


def _value(expression: Expression, asked: Asked) -> Fraction:
    total = Fraction(0)
    seen: Unit | None = None
    for term in expression.terms:
        size = term.number * MULTIPLIERS.get(term.multiplier, 1)
        unit = _meaning(term.word, 1, asked) if term.word else None
        if len(expression.terms) > 1:
            _check_addable(expression, seen, unit, term)
        seen = unit
        total += size * (unit.size if unit else 1)
    found = Dimension(((seen.base, 1),)) if seen and seen.base else Dimension(share=seen is not None)
    for per in expression.pers:
        unit = _meaning(per.word, -1, asked)
        if unit.base == "":
            raise FaultyQuantity(f"found {shown(expression.text)}, which divides by per cent; write the number that is meant")
        found = found / Dimension(((unit.base, 1),))
        under = per.number * (unit.size / HOURS_PER_MONTH if unit.base == TIME_BASE else unit.size)
        if under == 0:
            raise FaultyQuantity(f"found {shown(expression.text)}, which divides by nought; write a number above nought there")
        total /= under
    plain_nought = total == 0 and expression.bare
    if not plain_nought and not _fits(found, asked.dimension, has_unit=seen is not None):
        raise FaultyQuantity(wrong_dimension(expression, found, asked))
    return -total if expression.negative else total


def wrong_dimension(expression: Expression, found: Dimension, asked: Asked) -> str:
    """Say which kind of quantity was found and which is needed, with an example that keeps the number found."""
    first = expression.terms[0]
    number = " ".join(part for part in (first.spelt, first.multiplier) if part)
    example = asked.dimension.example(currency=asked.currency, number=number)
    kind = found.describe() if found.powers or found.share else "a number without a unit"
    if not found.powers and expression.pers and first.word:
        kind = f"a number, since '{first.word}' is divided by its own kind"
    needed = f"{asked.what} needs {asked.dimension.describe()}, for instance '{example}'"
    return f"found {shown(expression.text)}, {kind}; {needed}"


def _fits(found: Dimension, wanted: Dimension, *, has_unit: bool) -> bool:
    if found.powers == wanted.powers and (not found.share or not wanted.above):
        return True
    return not has_unit and found.powers == wanted.without_counted().powers


def _meaning(word: str, sign: int, asked: Asked) -> Unit:
    units = meanings(word, currency=asked.currency, nouns=asked.dimension.nouns)
    wanted = (unit for unit in units if unit.base and asked.dimension.power(unit.base) * sign > 0)
    return next(wanted, units[0])


def _check_addable(expression: Expression, before: Unit | None, unit: Unit | None, term: Term) -> None:
    if unit is None:
        raise FaultyQuantity(
            f"found {shown(expression.text)}, where {shown(term.spelt)} has no unit; write one after each number, as in '1 h 30 min'"
        )
    if before is not None and before.base != unit.base:
        kinds = [Dimension(((each.base, 1),)).describe() if each.base else "a share" for each in (before, unit)]
        raise FaultyQuantity(
            f"found {shown(expression.text)}, which adds {kinds[0]} ('{before.word}') to {kinds[1]}"
            f" ('{unit.word}');"
            f" write units of one kind, as in '1 h 30 min'"
        )
