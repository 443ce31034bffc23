"""A ledger holds the lifetimes of a block of worlds under one alternative."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from itilsim.plan.accounts import Books

ENDINGS = ("ran to the horizon", "not renewed", "ended early", "provider left", "never went live")
"""How a relationship's life ended, by the code in `Ledger.endings`."""


@dataclass(frozen=True)
class Ledger:
    """What one engine recorded for the worlds `first .. first + len - 1` of one plan."""

    books: Books
    first: int
    amounts: NDArray[np.float64]
    """Nominal amounts, shape (worlds, months + runoff, accounts), currency units."""
    measures: NDArray[np.float64]
    """Physical month records, shape (worlds, months, measures), in the unit of each measure."""
    counts: NDArray[np.int64]
    """Events over the lifetime, shape (worlds, counters)."""
    finals: NDArray[np.float64]
    """State at the horizon, shape (worlds, finals)."""
    lived: NDArray[np.float64]
    """Months from a relationship's start to its end or the horizon, shape (worlds, relationships)."""
    endings: NDArray[np.int64]
    """How each relationship ended, an index into `ENDINGS`, shape (worlds, relationships)."""
    theta: NDArray[np.float64]
    """The inputs unknown to the planner as drawn, shape (worlds, unknowns)."""

    def __len__(self) -> int:
        return int(self.amounts.shape[0])
