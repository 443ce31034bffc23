"""Running a block of worlds through the compiled kernel."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
from numba.extending import register_jitable
from numpy.typing import NDArray

from itilsim.engine.compiled.cache import cache_directory
from itilsim.engine.compiled.kernel import lifetime
from itilsim.engine.compiled.layout import (
    FULL_JOBS,
    JOBS,
    OVER_BOUND,
    new_state,
    plan_record,
)
from itilsim.engine.outcome import empty_arrays, ledger_of
from itilsim.ledger.ledger import Ledger
from itilsim.plan.plan import Plan
from itilsim.plan.records import as_records
from itilsim.plan.rows import Quantity
from itilsim.rules import acceptance, behaviour, chance, clock, losses, month, registry, state
from itilsim.rules.chance import uniform, value
from itilsim.world.keys import keys_of
from itilsim.world.unknowns import unknown_keys

vars(numba.config)["CACHE_DIR"] = str(cache_directory())
compiled: Any = numba.njit
RULE_MODULES = (acceptance, behaviour, chance, clock, losses, month, state)
"""Modules whose rules are registered for the compiler before the kernel is compiled."""
for _rule in registry.RULES:
    register_jitable(forceinline=_rule in registry.SMALL)(_rule)



class EngineError(Exception):
    """The engine could not live a world: an internal error that names world and reason."""


@compiled(nogil=True, cache=True, error_model="numpy", _nrt=False)
def fill_unknowns(r: Any, unknowns: Any, keys: Any, first: int, theta: Any) -> None:
    """Draw the inputs unknown to the planner, as `itilsim.world.unknowns.draw_unknowns` does."""
    for j in range(len(unknowns)):
        q = unknowns[j]
        a, b, c = r.base[q.a_p], r.base[q.b_p], r.base[q.c_p]
        for w in range(len(theta)):
            u = uniform(keys[j, 0], keys[j, 1], first + w, 0, 0, 0)
            theta[w, j] = value(q.family, a, b, c, q.table, r.coefficients, u)


@compiled(nogil=True, cache=True, error_model="numpy", _nrt=False)
def run_worlds(
    r: Any, s: Any, first: int, theta: Any, amounts: Any, measures: Any, totals: Any, finals: Any, ended: Any
) -> tuple[int, int]:
    """Live a block of worlds; give (worlds lived, events), fewer worlds where one ran into an error."""
    events = 0
    for w in range(len(theta)):
        s.replication = first + w
        if lifetime(r, s, theta[w], amounts[w], measures[w]) != 0:
            return w, events
        events += s.events
        for i in range(r.n_totals_m):
            totals[w, i] = s.totals[r.totals_m[i]]
        for i in range(r.n_finals_x):
            finals[w, i] = s.x[r.finals_x[i]]
        for i in range(r.n_relationships):
            ended[w, 3 * i] = s.ended[i]
            ended[w, 3 * i + 1] = s.reason[i]
            ended[w, 3 * i + 2] = s.x[r.relationships[i].phase_x]
    return len(theta), events


def run_block(plan: Plan, seed: int, first: int, count: int, theta: NDArray[np.float64] | None = None) -> Ledger:
    """Live worlds `first .. first + count - 1` of a plan and give their ledger.

    `theta` (worlds x unknowns) sets the inputs unknown to the planner; drawn from the world unless given.
    """
    ledger, _ = run_counted(plan, seed, first, count, theta)
    return ledger


def run_counted(
    plan: Plan, seed: int, first: int, count: int, theta: NDArray[np.float64] | None = None
) -> tuple[Ledger, int]:
    """Live a block of worlds and give its ledger and the number of events handled."""
    a = empty_arrays(plan, count)
    record, state = plan_record(plan), new_state()
    if theta is None:
        theta = np.zeros((count, len(plan.unknowns)))
        unknowns = as_records(list(plan.unknowns), Quantity)
        unknown_keys_ = np.array(unknown_keys(plan, seed), dtype=np.int64).reshape(-1, 2)
        fill_unknowns(record[0], unknowns, unknown_keys_, first, theta)
    for name, keys in zip(("key0", "key1"), keys_of(plan.names["quantities"], seed), strict=True):
        state[name][0, : len(keys)] = keys
    lived, events = run_worlds(
        record[0], state[0], first, theta, a.amounts, a.measures, a.totals, a.finals, a.ended
    )
    if lived < count:
        code = int(state["error"][0])
        reason = f"more than {JOBS} requests wait at once" if code == FULL_JOBS else "too many events are due at once"
        if code == OVER_BOUND:
            reason = "a stream's rate went over the bound that lowering derived"
        raise EngineError(f"world {first + lived}: {reason}")
    return ledger_of(plan, first, a, theta), int(events)
