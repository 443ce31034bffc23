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
from typing import Any

import numpy as np
from numpy.typing import NDArray

from itilsim.plan import rows
from itilsim.plan.plan import ROW_TYPES, Plan

Stated = tuple[float, tuple[tuple[tuple[int, ...], float], ...]]
"""A parameter's constant, and the coefficient of each product of unknown inputs."""


@dataclass(frozen=True)
class Priced:
    """A plan in two parts: what is lived, and the prices at which it is posted."""

    lived: str
    """A hash of all that a lifetime depends on, alike for plans that live the same."""
    prices: NDArray[np.float64]
    """The parameters that only scale postings, in the order of the rows."""


def priced(plan: Plan) -> Priced:
    """Tell the prices of a plan from what is lived."""
    stated = _stated(plan)
    watched = _watched(plan)
    lived: list[Any] = [plan.sizes, plan.books, plan.names]
    prices: list[float] = []
    for table, kind in ROW_TYPES.items():
        for row in () if table == "terms" else getattr(plan.rows, table):
            whole, parameters = _divided(kind, row)
            lived.append(whole)
            price = _price_of(row)
            for field, parameter in parameters:
                constant, terms = stated[parameter]
                if field == price and not watched & _posted_to(plan, row):
                    lived.append(tuple(names for names, _ in terms))
                    prices += [constant, *(coefficient for _, coefficient in terms)]
                else:
                    lived.append((constant, terms))
    lived += [stated[parameter] for parameter in _elsewhere(plan)]
    digest = hashlib.sha256(repr(lived).encode())
    for name, array in plan.records._asdict().items():
        if name not in (*ROW_TYPES, "base", "initial_p"):
            digest.update(array.tobytes())
    return Priced(digest.hexdigest(), np.array(prices))


def _stated(plan: Plan) -> list[Stated]:
    """Give every parameter with its terms; which number a parameter has moves nothing."""
    terms: list[list[tuple[tuple[int, ...], float]]] = [[] for _ in plan.rows.base]
    for term in plan.rows.terms:
        terms[term.parameter].append(((term.first, term.second, term.third, term.fourth), term.coefficient))
    return [(constant, tuple(own)) for constant, own in zip(plan.rows.base, terms, strict=True)]


NUMBERS = ("p0", "p1", "p2", "p3", "p4")
"""Fields of a decision that are parameters, as those of all rows that end in `_p`."""
PARAMETERS: dict[type[Any], tuple[tuple[bool, str], ...]] = {
    kind: tuple((field.endswith("_p") or (kind is rows.Decision and field in NUMBERS), field) for field in kind._fields)
    for kind in ROW_TYPES.values()
}
"""Each field of each kind of row with whether it is a parameter."""


def _divided(kind: type[Any], row: Any) -> tuple[list[Any], list[tuple[str, int]]]:
    """Divide a row into what is no parameter, and (field, parameter) of each one that it has."""
    whole: list[Any] = [kind.__name__]
    parameters: list[tuple[str, int]] = []
    for (is_parameter, field), value in zip(PARAMETERS[kind], row, strict=True):
        if is_parameter and value >= 0:
            parameters.append((field, value))
        elif not (kind is rows.Decision and row.kind == rows.SCHEDULE and field in ("first", "last")):
            whole.append(value)
    return whole, parameters


def _elsewhere(plan: Plan) -> Iterator[int]:
    """Give the parameters that no field of a row names: the first of each slot, of each unknown input, and of each schedule."""
    yield from plan.rows.initial_p
    for quantity in plan.unknowns:
        yield from (quantity.a_p, quantity.b_p, quantity.c_p)
    for decision in plan.rows.decisions:
        if decision.kind == rows.SCHEDULE:
            yield from range(decision.first, decision.last)


def _price_of(row: Any) -> str:
    """Give the field that scales what a row posts, "" where it posts nothing or not in proportion."""
    is_price = isinstance(row, rows.Charge) or (isinstance(row, rows.Effect) and row.verb == rows.POST)
    return "amount_p" if is_price else ""


def _posted_to(plan: Plan, row: Any) -> set[int]:
    account = row.account if isinstance(row, rows.Charge) else row.target
    return {account, plan.rows.mirrors[account]}


def _watched(plan: Plan) -> set[int]:
    """Give the accounts that a decision reads."""
    return {watch.account for watch in plan.rows.watches}
