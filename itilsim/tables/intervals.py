"""Intervals of percentiles from order statistics: they hold whatever the shape of the distribution."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from itilsim.tables.net_value import read_net_values
from itilsim.tables.result import Alternative, Floats, Result
from itilsim.tables.spread import Estimate, quantile

LEVELS = (0.05, 0.1, 0.5, 0.9, 0.95)
SURE = 0.95
"""How often an interval holds the true percentile, at least."""


@dataclass(frozen=True)
class Interval:
    """A percentile with the futures between which it lies; None where there are too few futures to bound it on that side."""

    value: Estimate
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Intervals:
    """Percentiles of every alternative's net value with their intervals: `cells` are (alternatives) by `LEVELS`."""

    alternatives: tuple[Alternative, ...]
    futures: int
    cells: tuple[tuple[Interval, ...], ...]


def read_intervals(result: Result) -> Intervals:
    """Reads percentiles of net value with their intervals."""
    values = read_net_values(result)
    return Intervals(values.alternatives, values.futures, tuple(intervals(row) for row in values.values))


def intervals(values: Floats) -> tuple[Interval, ...]:
    """Returns an interval for each of `LEVELS`."""
    rising = np.sort(values)
    found = []
    for level in LEVELS:
        low, high = ranks(rising.size, level)
        found.append(
            Interval(
                quantile(rising, level, ordered=True),
                float(rising[low - 1]) if low >= 1 else None,
                float(rising[high - 1]) if high <= rising.size else None,
            )
        )
    return tuple(found)


def ranks(futures: int, level: float) -> tuple[int, int]:
    """Returns the ranks, counted from 1, of the order statistics between which a percentile lies with a chance of `SURE` at least.

    The number of values below the percentile is binomial, which leaves at most half of the rest on either side (David and Nagaraja,
    Order Statistics, 7.1). Rank 0 or `futures` + 1 means that no value bounds it on that side.
    """
    from scipy.special import gammaln

    below = np.arange(futures + 1)
    ways = gammaln(futures + 1) - gammaln(below + 1) - gammaln(futures - below + 1)
    cumulative = np.cumsum(np.exp(ways + below * np.log(level) + (futures - below) * np.log1p(-level)))
    tail = (1 - SURE) / 2
    return int(np.searchsorted(cumulative, tail)), int(np.searchsorted(cumulative, 1 - tail)) + 1
