"""Terms that only price: the parameters of a plan that scale postings which no rule reads, told apart from all that is lived.

Two plans that differ in such parameters alone live the same lifetimes, and every amount of theirs is linear in the parameters: a
posting is a parameter times a slot, a meter and a draw, none of which money reaches. Money reaches a rule in two places: a decision
watches accounts, and a service level gives back a share of its fee's account. What is watched is lived; what is given back is a share
of the fee, so it stays linear.

What is so scaled is told from the rows alone, and sparingly: a price that moves through a product of the state is lived.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from itilsim.plan import rows
from itilsim.plan.plan import ROW_TYPES, Plan

Terms = list[tuple[tuple[int, ...], float]]
"""The coefficient of each product of unknown inputs in a parameter."""
NUMBERS = ("p0", "p1", "p2", "p3", "p4")
"""Fields of a decision that are parameters, as those of all rows that end in `_p`."""


@dataclass(frozen=True)
class Priced:
    """A plan in two parts: what is lived, and the prices at which it is posted."""

    lived: str
    """A hash of all that a lifetime depends on, alike for plans that live the same."""
    prices: NDArray[np.float64]
    """The parameters that only scale postings, in the order of the rows."""


def priced(plan: Plan) -> Priced:
    """Tell the prices of a plan from what is lived."""
    own = _Parameters(plan)
    digest = hashlib.sha256(repr((plan.sizes, plan.books, plan.names)).encode())
    prices: list[float] = []
    for table, kind in ROW_TYPES.items():
        if table == "terms":
            continue
        array = getattr(plan.records, table)
        is_price = _price_rows(plan, table)
        for field in kind._fields:
            if field.endswith("_p") or (table == "decisions" and field in NUMBERS):
                is_scale = is_price & (field == "amount_p")
                digest.update(own.spelled(array[field], is_scale))
                prices += own.prices(array[field][is_scale])
            elif table == "decisions" and field in ("first", "last"):
                digest.update(np.where(array["kind"] == rows.SCHEDULE, 0, array[field]).tobytes())
            else:
                digest.update(array[field].tobytes())
    elsewhere = np.fromiter(_elsewhere(plan), np.int64)
    digest.update(own.spelled(elsewhere, np.zeros(len(elsewhere), dtype=bool)))
    for name, array in plan.records._asdict().items():
        if name not in (*ROW_TYPES, "base", "initial_p"):
            digest.update(array.tobytes())
    return Priced(digest.hexdigest(), np.array(prices))


class _Parameters:
    """The parameters of a plan by what they are; which number a parameter has moves nothing."""

    def __init__(self, plan: Plan) -> None:
        self._terms: dict[int, Terms] = {}
        for term in plan.rows.terms:
            names = (term.first, term.second, term.third, term.fourth)
            self._terms.setdefault(term.parameter, []).append((names, term.coefficient))
        self._constants = plan.records.base
        self._whole, self._shape = (np.zeros(len(self._constants), dtype=np.int64) for _ in range(2))
        for parameter, terms in self._terms.items():
            self._whole[parameter] = _code(repr(terms))
            self._shape[parameter] = _code(repr([names for names, _ in terms]))

    def spelled(self, parameters: NDArray[np.int64], is_price: NDArray[np.bool_]) -> bytes:
        """Spell what parameters are, of those that are prices only in which unknown inputs they are."""
        there = parameters >= 0
        constants = np.where(there & ~is_price, self._constants[parameters], 0.0)
        terms = np.where(is_price, self._shape[parameters], self._whole[parameters])
        return there.tobytes() + constants.tobytes() + np.where(there, terms, 0).tobytes()

    def prices(self, parameters: NDArray[np.int64]) -> list[float]:
        """Give the constant and the coefficients of each of these parameters."""
        found: list[float] = []
        for parameter in parameters.tolist():
            found += [float(self._constants[parameter]), *(coefficient for _, coefficient in self._terms.get(parameter, ()))]
        return found


def _code(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little", signed=True)


def _price_rows(plan: Plan, table: str) -> NDArray[np.bool_]:
    """Say of each row of a table whether it posts in proportion to its amount, on accounts that no decision reads."""
    array = getattr(plan.records, table)
    if table == "charges":
        accounts, posts = array["account"], np.ones(len(array), dtype=bool)
    elif table == "effects":
        posts = array["verb"] == rows.POST
        accounts = np.where(posts, array["target"], 0)
    else:
        return np.zeros(len(array), dtype=bool)
    watched = plan.records.watches["account"]
    return posts & ~np.isin(accounts, watched) & ~np.isin(plan.records.mirrors[accounts], watched)


def _elsewhere(plan: Plan) -> Iterator[int]:
    """Give the parameters that no field of a row names: the first of each slot, of each unknown input, and of each schedule."""
    yield from plan.rows.initial_p
    for quantity in plan.unknowns:
        yield from (quantity.a_p, quantity.b_p, quantity.c_p)
    for decision in plan.rows.decisions:
        if decision.kind == rows.SCHEDULE:
            yield from range(decision.first, decision.last)
