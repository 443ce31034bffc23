"""Running a block of worlds through the reference engine."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from itilsim.engine.outcome import empty_arrays, ledger_of
from itilsim.engine.reference.draws import Draws, World
from itilsim.engine.reference.lifetime import Lifetime
from itilsim.ledger.ledger import Ledger
from itilsim.plan.plan import Plan
from itilsim.world.unknowns import draw_unknowns


def run_block(
    plan: Plan,
    seed: int,
    first: int,
    count: int,
    theta: NDArray[np.float64] | None = None,
    *,
    world: Callable[[Plan, int, int], Draws] = World,
) -> Ledger:
    """Live worlds `first .. first + count - 1` of a plan and give their ledger.

    `theta` (worlds x unknowns) sets the inputs unknown to the planner; drawn from the world unless given. `world` makes the source of
    draws for a plan, a seed and a replication: another one than `World` serves comparisons of speed.
    """
    if theta is None:
        theta = draw_unknowns(plan, seed, first, count)
    arrays = empty_arrays(plan, count)
    for w in range(count):
        life = Lifetime(plan, world(plan, seed, first + w), [float(v) for v in theta[w]])
        life.live()
        arrays.amounts[w] = life.amounts
        arrays.measures[w] = life.measures
        arrays.totals[w] = [life.totals[m] for m in plan.rows.totals_m]
        arrays.finals[w] = [life.x[f] for f in plan.rows.finals_x]
        arrays.ended[w] = [v for ended in life.ended for v in ended]
    return ledger_of(plan, first, arrays, theta)
