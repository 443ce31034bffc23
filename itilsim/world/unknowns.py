"""The inputs unknown to the planner: one draw of each in a world, handed to the engines from outside."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from itilsim.plan.plan import Plan
from itilsim.rules.chance import uniform, value
from itilsim.world.keys import key_of


def draw_unknowns(plan: Plan, seed: int, first: int, count: int) -> NDArray[np.float64]:
    """Draw theta for worlds `first ..`, shape (worlds, unknowns), each input addressed by its own name."""
    base, coefficients = plan.rows.base, plan.rows.coefficients
    theta = np.zeros((count, len(plan.unknowns)))
    for j, (q, (k0, k1)) in enumerate(zip(plan.unknowns, unknown_keys(plan, seed), strict=True)):
        a, b, c = base[q.a_p], base[q.b_p], base[q.c_p]
        for w in range(count):
            theta[w, j] = value(q.family, a, b, c, q.table, coefficients, uniform(k0, k1, first + w, 0, 0, 0))
    return theta


def unknown_keys(plan: Plan, seed: int) -> list[tuple[int, int]]:
    """Give the keys under which the unknown inputs are drawn, in the order of theta's columns."""
    return [key_of(f"unknown:{name}", seed) for name in plan.books.unknowns]
