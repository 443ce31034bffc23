"""Which stored future each dot opens: the one whose value is nearest to the quantile that the dot stands for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from itilsim.ledger.futures import nearest
from itilsim.tables.result import Floats, Result

NEEDED = ("paths", "sources")
"""The files without which a single future cannot be shown."""


def read_stored(result: Result) -> NDArray[np.int64]:
    """Reads the numbers of the futures whose months are stored, in rising order; none where single futures cannot be shown."""
    if not all(result.has(name) for name in NEEDED):
        return np.empty(0, dtype=np.int64)
    return np.unique(result.table("paths", ["replication"])["replication"].to_numpy()).astype(np.int64)


def openings(values: Floats, stored: NDArray[np.int64]) -> NDArray[np.int64]:
    """Gives the stored future that each dot opens, shape (alternatives, 50), or (alternatives, 0) where none is stored.

    `values` has the shape (alternatives, futures).
    """
    if not stored.size:
        return np.empty((len(values), 0), dtype=np.int64)
    return np.stack([stored[nearest(row, stored)] for row in values])
