"""Levers: the inputs that a case says a planner can move, each with its range and what a move of it costs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from itilsim.case.case import Case
from itilsim.case.lower import lower
from itilsim.kinds.leaf import Leaf
from itilsim.plan.priced import priced
from itilsim.text.faults import FaultyInput


@dataclass(frozen=True)
class Lever:
    """An input that can be moved from `low` to `high`, in `unit` as the planner wrote it; `value` is the likely one."""

    key: str
    label: str
    unit: str
    low: float
    high: float
    value: float
    source: str
    alternatives: tuple[str, ...]
    """The alternatives that it moves."""
    is_priced: bool
    """Whether a move prices lifetimes again that were lived already, or has to be simulated."""

    def stated(self, value: float) -> str:
        """Give a value in the files' grammar, as `Case.with_values` and a scenario take it."""
        return f"{value!r} {self.unit}".strip()


def levers(case: Case) -> tuple[Lever, ...]:
    """Give the levers of a case in the order of their keys."""
    return tuple(_lever(case, key, leaf, names) for key, (leaf, names) in case.stated().items() if leaf.lever)


def _lever(case: Case, key: str, leaf: Leaf, names: tuple[str, ...]) -> Lever:
    assert leaf.lever is not None and leaf.stated is not None
    label = leaf.label or leaf.key.replace(".", " ").replace("-", " ").replace("_", " ")
    low, high = leaf.lever
    made = Lever(key, label, leaf.stated[3], low, high, leaf.stated[1], leaf.source, names, is_priced=False)
    is_priced = _is_priced(case, made)
    return Lever(key, label, made.unit, low, high, made.value, leaf.source, names, is_priced)


def _is_priced(case: Case, lever: Lever) -> bool:
    """Say whether the plans at both ends and between them live the same and lie on one line, in every alternative that is moved."""
    try:
        ends = [case.with_values({lever.key: lever.stated(x)}) for x in (lever.low, (lever.low + lever.high) / 2, lever.high)]
        for name in lever.alternatives:
            low, middle, high = (priced(lower(end, name)) for end in ends)
            if not low.lived == middle.lived == high.lived:
                return False
            if not np.allclose(middle.prices, (low.prices + high.prices) / 2, rtol=1e-12, atol=0.0):
                return False
    except FaultyInput:
        return False
    return True
