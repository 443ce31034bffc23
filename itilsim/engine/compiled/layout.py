"""The memory layout of the compiled engine: one record for a plan, one for the state of a lifetime.

A record is handed from function to function as one pointer. (Tuples of arrays would be taken apart and put together again at each
call: 5 to 50 times slower, and slow to compile.) Its arrays have fixed capacities, so that one compilation serves all plans; a plan
that is larger is refused with a sentence.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from itilsim.plan.plan import ROW_TYPES, WHOLE, Plan
from itilsim.plan.records import dtype_of
from itilsim.plan.rows import PRIORITIES
from itilsim.world.quantiles import SIZE

CAPACITY: dict[str, int] = {
    "terms": 1024,
    "quantities": 384,
    "clocks": 8,
    "levels": 64,
    "modifiers": 3072,
    "products": 1024,
    "streams": 96,
    "layers": 1152,
    "teams": 32,
    "works": 128,
    "effects": 1024,
    "bundles": 512,
    "losses": 64,
    "flows": 128,
    "charges": 512,
    "promises": 32,
    "relationships": 8,
    "watches": 1024,
    "decisions": 256,
    "records": 256,
    "base": 4096,
    "initial_p": 2048,
    "mirrors": 1024,
    "coefficients": 48 * SIZE,
    "sums": 24 * 169,
    "opens": 24 * 169,
    "hour_levels": 2048,
    "hour_shares": 2048,
    "totals_m": 512,
    "finals_x": 128,
    "renewed": 4096,
    "followers_at": 2049,
    "followers": 32768,
}
METERS = 1024
DAYS = 8192
AGENDA = 4096
MOST_CHANGES = 16
"""Slots that an event may change before everything is computed again, rather than what follows from each."""
EVERYTHING = -1
"""Stands in `changed_n` for more changes than are kept."""
JOBS = 65536
SCALARS = ("months", "runoff", "accounts", "meters", "days", "start_bundle")


class PlanTooLarge(Exception):
    """A plan has more rows of a kind than the compiled engine holds; the reference engine still lives it."""


def _plan_dtype() -> np.dtype[Any]:
    fields: list[Any] = [(name, np.int64) for name in SCALARS] + [("grid", np.float64)]
    fields += [(f"n_{name}", np.int64) for name in CAPACITY]
    for name, size in CAPACITY.items():
        kind: Any = np.int64 if name in WHOLE else np.float64
        fields.append((name, dtype_of(ROW_TYPES[name]) if name in ROW_TYPES else kind, (size,)))
    return np.dtype(fields, align=True)


JOB = np.dtype(
    [
        ("work", np.int64),
        ("stream", np.int64),
        ("layer", np.int64),
        ("k", np.int64),
        ("attempt", np.int64),
        ("next", np.int64),
        ("born", np.float64),
        ("left", np.float64),
        ("package", np.float64),
    ],
    align=True,
)
"""A job: what it is, the identity of its occurrence, the next job in its line; hours: birth, work left (-1: not begun), package in hand."""

PENDING = np.dtype(
    [
        ("stream", np.int64),
        ("layer", np.int64),
        ("k", np.int64),
        ("attempt", np.int64),
        ("next", np.int64),
        ("amount", np.int64),
        ("born", np.float64),
    ],
    align=True,
)
"""A due effect: the identity of its occurrence and, where patience ends, the size of the degradation."""

LAYER = np.dtype([("at", np.float64), ("mark", np.float64), ("k", np.int64), ("day", np.int64)], align=True)
"""Where a layer stands: operational time, height of its candidate, the candidate's number, its day."""

EVENT = np.dtype([("time", np.float64), ("key", np.int64), ("ref", np.int64)], align=True)

PLAN = _plan_dtype()
STATE = np.dtype(
    [
        ("replication", np.int64),
        ("month", np.int64),
        ("error", np.int64),
        ("dirty", np.int64),
        ("changed_n", np.int64),
        ("changed", np.int64, (MOST_CHANGES,)),
        ("events", np.int64),
        ("agenda_n", np.int64),
        ("free_job", np.int64),
        ("jobs_used", np.int64),
        ("free_pending", np.int64),
        ("pending_used", np.int64),
        ("granted_n", np.int64),
        ("parked_n", np.int64),
        ("now", np.float64),
        ("since", np.float64),
        ("month_start", np.float64),
        ("key0", np.int64, (CAPACITY["quantities"],)),
        ("key1", np.int64, (CAPACITY["quantities"],)),
        ("p", np.float64, (CAPACITY["base"],)),
        ("x", np.float64, (CAPACITY["initial_p"],)),
        ("opened", np.int64, (CAPACITY["levels"],)),
        ("waiting", np.int64, (CAPACITY["levels"],)),
        ("meters", np.float64, (METERS,)),
        ("totals", np.float64, (METERS,)),
        ("agenda", EVENT, (AGENDA,)),
        ("layers", LAYER, (CAPACITY["layers"],)),
        ("day_sum", np.float64, (CAPACITY["clocks"] * DAYS,)),
        ("day_filled", np.int64, (CAPACITY["clocks"],)),
        ("busy", np.int64, (CAPACITY["teams"],)),
        ("alarm", np.int64, (CAPACITY["teams"],)),
        ("queued", np.int64, (CAPACITY["teams"],)),
        ("head", np.int64, (CAPACITY["teams"] * PRIORITIES,)),
        ("tail", np.int64, (CAPACITY["teams"] * PRIORITIES,)),
        ("jobs", JOB, (JOBS,)),
        ("pending", PENDING, (AGENDA,)),
        ("granted", np.int64, (JOBS,)),
        ("parked", np.int64, (JOBS,)),
        ("ended", np.float64, (CAPACITY["relationships"],)),
        ("reason", np.float64, (CAPACITY["relationships"],)),
    ],
    align=True,
)

FULL_AGENDA, FULL_JOBS, FULL_PENDING, OVER_BOUND = 1, 2, 3, 4
"""Error codes: a list was too short, or a rate went over its stream's bound."""

ROW_BITS = 32


def plan_record(plan: Plan) -> Any:
    """Lay a plan out as one record (an array of length one)."""
    record = np.zeros(1, dtype=PLAN)
    if plan.sizes.meters > METERS or plan.sizes.days + 1 > DAYS:
        raise PlanTooLarge(f"the plan has {plan.sizes.meters} meters and {plan.sizes.days} days; {METERS} and {DAYS} fit")
    for name in (*SCALARS, "grid"):
        record[name] = getattr(plan.sizes, name)
    for name, values in plan.rows._asdict().items():
        if len(values) > CAPACITY[name]:
            raise PlanTooLarge(f"the plan has {len(values)} {name}; the compiled engine holds {CAPACITY[name]}")
        record[f"n_{name}"] = len(values)
        if len(values):
            record[name][0, : len(values)] = getattr(plan.records, name)
    return record


def new_state() -> Any:
    """Allocate the state of a lifetime (an array of length one); pages that are never touched cost nothing."""
    return np.zeros(1, dtype=STATE)
