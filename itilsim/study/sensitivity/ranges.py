"""Which inputs are varied, and over which range each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from itilsim.case.case import Case
from itilsim.kinds.leaf import Leaf
from itilsim.plan.specs import INFINITE
from itilsim.study.subject import WrongRequest
from itilsim.text.distribution import Amount
from itilsim.text.faults import unknown_name
from itilsim.text.quantity import parse_quantity

SHARE = 0.2
"""How far an input that is taken as known is varied to each side, as a share of itself."""
AS_STATED, NEARLY, AROUND = "as stated", "5 % to 95 %", "± 20 %"
"""Where a range comes from: low and high of the case; quantiles of what has no lowest or no highest; a share of what is taken as known."""


@dataclass(frozen=True)
class Input:
    """An input to be varied.

    `key` is the one by which it can be set, `name` that of the quantity itself. `low`, `likely` and `high` are in canonical units;
    times `factor` they are in `unit`, in which the case states it.
    """

    key: str
    name: str
    label: str
    unit: str
    factor: float
    is_unknown: bool
    alternatives: tuple[str, ...]
    """The alternatives that state it so."""
    low: float
    likely: float
    high: float
    span: str
    """Where the range comes from."""

    @property
    def values(self) -> tuple[float, ...]:
        """The values that are tried first: both ends and what is likely, or the middle where that is an end."""
        inner = self.likely if self.low < self.likely < self.high else 0.5 * (self.low + self.high)
        return self.low, inner, self.high


def inputs_of(case: Case, *, everything: bool, keys: Collection[str] | None) -> tuple[list[Input], dict[str, str]]:
    """Give the inputs to be varied, and by key why others that were asked for cannot be.

    Those unknown to the planner unless `keys` names some or `everything` asks for every quantity. Raises WrongRequest for a key that is
    not known.
    """
    stated = case.stated()
    for key in keys or ():
        if key not in stated:
            raise WrongRequest(unknown_name("input", key, list(stated)))
    found: list[Input] = []
    left_out: dict[str, str] = {}
    for key, (leaf, alternatives) in stated.items():
        if (key not in keys) if keys is not None else not (everything or leaf.unknown):
            continue
        reason = _cannot_be_varied(leaf)
        if reason:
            left_out[key] = reason
        else:
            found.append(_input(case, key, leaf, alternatives))
    return found, left_out


def _cannot_be_varied(leaf: Leaf) -> str:
    if leaf.unknown:
        return "" if leaf.low < leaf.high else "its low and its high are the same"
    if not isinstance(leaf.parsed, Amount):
        return "it varies by itself, so it is no single number"
    return "" if leaf.parsed.value else f"it is nought, of which no share can be taken; state low, likely and high to vary {leaf.key}"


def _input(case: Case, key: str, leaf: Leaf, alternatives: tuple[str, ...]) -> Input:
    label = leaf.label or leaf.key.replace(".", " ").replace("-", " ").replace("_", " ")
    if leaf.unknown:
        span = AS_STATED if leaf.parsed.support()[1] < INFINITE else NEARLY
        low, likely, high = leaf.low, leaf.likely, leaf.high
    else:
        likely, span = leaf.likely, AROUND
        low, high = sorted((likely * (1.0 - SHARE), likely * (1.0 + SHARE)))
        high = min(high, 1.0) if leaf.dimension.share else high
    factor, unit = _unit(leaf, (low, likely, high), case.currency)
    return Input(key, leaf.key, label, unit, factor, leaf.unknown, alternatives, low, likely, high, span)


def _unit(leaf: Leaf, numbers: tuple[float, float, float], currency: str) -> tuple[float, str]:
    """Give what a canonical number is multiplied by to stand in the unit in which the case states the input, and that unit."""
    if leaf.stated is not None:
        *written, unit = leaf.stated
        canonical = numbers if leaf.unknown else (leaf.likely,) * 3
        size, there = max((abs(number), place) for place, number in enumerate(canonical))
        if size > 0.0 and written[there]:
            return written[there] / canonical[there], unit
    one = leaf.dimension.example(currency=currency, number="1")
    parsed = parse_quantity(one, leaf.dimension, currency=currency)
    return 1.0 / parsed.mean(), one.partition(" ")[2]
