"""What both engines hand over: arrays of a block of worlds, and the ledger made from them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from itilsim.ledger.ledger import Ledger
from itilsim.plan.plan import Plan
from itilsim.plan.rows import LIVE
from itilsim.rules.clock import MONTH


class Arrays(NamedTuple):
    """A block's raw records, one row a world; `ended` holds (hour, reason, phase) for each relationship, hour -1 where it did not end."""

    amounts: NDArray[np.float64]
    measures: NDArray[np.float64]
    totals: NDArray[np.float64]
    finals: NDArray[np.float64]
    ended: NDArray[np.float64]


def empty_arrays(plan: Plan, count: int) -> Arrays:
    """Allocate the records of a block."""
    z, b = plan.sizes, plan.books
    return Arrays(
        np.zeros((count, (z.months + z.runoff) * z.accounts)),
        np.zeros((count, z.months * len(b.measures))),
        np.zeros((count, len(b.counters))),
        np.zeros((count, len(b.finals))),
        np.zeros((count, 3 * len(b.relationships))),
    )


def ledger_of(plan: Plan, first: int, arrays: Arrays, theta: NDArray[np.float64]) -> Ledger:
    """Give the ledger of a block."""
    z, b = plan.sizes, plan.books
    count = len(arrays.amounts)
    ended = arrays.ended.reshape(count, len(b.relationships), 3)
    hour, reason, phase = ended[..., 0], ended[..., 1], ended[..., 2]
    over = hour >= 0.0
    endings = np.where(over, reason, np.where(phase >= LIVE, 0.0, 4.0)).astype(np.int64)
    return Ledger(
        books=b,
        first=first,
        amounts=arrays.amounts.reshape(count, z.months + z.runoff, z.accounts),
        measures=arrays.measures.reshape(count, z.months, len(b.measures)),
        counts=arrays.totals.round().astype(np.int64),
        finals=arrays.finals,
        lived=np.where(over, hour / MONTH, float(z.months)),
        endings=endings,
        theta=theta,
    )
