"""Discounting: a month's amounts count as if paid in its middle."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

MONTHS_A_YEAR = 12


def month_factor(rate: float, month: int) -> float:
    """Give the present value of one unit of currency posted in a month, counted from 1.

    `(1 + rate)^(-(month - 1/2) / 12)` with `rate` effective a year; months after the horizon count on.
    """
    return float((1.0 + rate) ** (-(month - 0.5) / MONTHS_A_YEAR))


@lru_cache(maxsize=64)
def month_factors(rate: float, months: int) -> NDArray[np.float64]:
    """Give the factors of months 1 to `months`, shape (months,), not to be written to."""
    factors = np.array([month_factor(rate, month) for month in range(1, months + 1)], dtype=np.float64)
    factors.flags.writeable = False
    return factors
