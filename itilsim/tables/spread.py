"""How an amount is spread over the futures, with the Monte Carlo error of each figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, sqrt

import numpy as np

from itilsim.tables.result import Floats


@dataclass(frozen=True)
class Estimate:
    """A figure read from the futures with its standard error, in the figure's own unit."""

    value: float
    error: float


@dataclass(frozen=True)
class Share:
    """In how many of so many futures something holds."""

    count: float
    of: int

    @property
    def value(self) -> float:
        """The share, between nought and one; nought where there are no futures."""
        return self.count / self.of if self.of else 0.0

    @property
    def error(self) -> float:
        """The standard error of the share, of a binomial count with one success and one failure added."""
        shrunk = (self.count + 1) / (self.of + 2)
        return sqrt(shrunk * (1 - shrunk) / (self.of + 2))


def mean(values: Floats) -> Estimate:
    """Estimates the mean over futures; one future alone has an error as large as itself."""
    if values.size == 0:
        return Estimate(float("nan"), float("nan"))
    centre = float(values.mean())
    return Estimate(centre, float(values.std(ddof=1)) / sqrt(values.size) if values.size > 1 else abs(centre))


def surely_most(values: Floats, others: Sequence[Floats]) -> bool:
    """Says that a mean is surely above each other one of the same futures: by two standard errors, or in no future below it."""
    gaps = [values - other for other in others]
    return all((gap.min() >= 0.0 and gap.any()) or _ahead(mean(gap)) for gap in gaps)


def _ahead(gap: Estimate) -> bool:
    return gap.value > 2 * gap.error


def quantile(values: Floats, probability: float, *, ordered: bool = False) -> Estimate:
    """Estimates a quantile; the error is half the distance between the order statistics one binomial error either side."""
    if values.size == 0:
        return Estimate(float("nan"), float("nan"))
    rising = values if ordered else np.sort(values)
    last = rising.size - 1
    ranks = sqrt(rising.size * probability * (1 - probability))
    low = max(0, floor(last * probability - ranks))
    high = min(last, ceil(last * probability + ranks))
    return Estimate(float(np.quantile(rising, probability)), float(rising[high] - rising[low]) / 2)


def quantiles(values: Floats, probabilities: Sequence[float]) -> tuple[Estimate, ...]:
    """Estimates several quantiles of the same values."""
    rising = np.sort(values)
    return tuple(quantile(rising, probability, ordered=True) for probability in probabilities)


def share(holds: Floats | np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Share:
    """Counts in how many futures something holds; fractions share a tie."""
    return Share(float(holds.sum()), int(holds.size))


def clip(rows: Floats) -> tuple[float, float]:
    """Returns where an axis over several rows of values, shape (rows, futures), is cut so that long tails do not flatten the rest.

    A side reaches at most one p05-p95 width beyond p05 or p95 of a row and never beyond its 0.5 % or 99.5 % quantile; nought is
    always on the axis.
    """
    q = np.quantile(rows, [0.005, 0.05, 0.95, 0.995], axis=1)
    width = q[2] - q[1]
    low = min(0.0, float(np.min(np.maximum(q[0], q[1] - width))))
    high = max(0.0, float(np.max(np.minimum(q[3], q[2] + width))))
    if high - low <= 0.0:
        return -1.0, 1.0
    pad = 0.02 * (high - low)
    return low - pad, high + pad
