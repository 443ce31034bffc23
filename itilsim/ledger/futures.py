"""Which futures stand for an alternative: fifty equally likely ones, each by the stored future whose value is nearest."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

DOTS = 50
LEVELS = (np.arange(DOTS) + 0.5) / DOTS
"""The quantiles that the dots stand for: 1 %, 3 %, ... 99 %."""
TOLD_FIRST, TOLD_THEN = (24, 2, 47), (4, 45)
"""The dots whose stories are told: the middle one, the values at 1 in 20 on either side, then those next to 1 in 10."""


def nearest(values: Floats, stored: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give for each of the fifty dots the place among `stored` of the future whose value is nearest to the dot's, shape (50,).

    `values` are of all futures, shape (futures,); `stored` are the numbers of those whose months are kept. The first of equals is taken.
    """
    own = values[stored]
    return np.asarray(np.abs(own[None, :] - np.quantile(values, LEVELS)[:, None]).argmin(axis=1), dtype=np.int64)
