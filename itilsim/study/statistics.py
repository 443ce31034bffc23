"""What is said about a value over worlds: mean with its error, percentiles, the bad tail, and paired differences."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Summary:
    """A value over worlds, in the unit of the value."""

    mean: float
    standard_error: float
    """Monte Carlo error of the mean; not a number for a single world."""
    p05: float
    p10: float
    p50: float
    p90: float
    p95: float
    cvar05: float
    """Mean of the worst twentieth."""
    probability_positive: float

    def as_dict(self) -> dict[str, float]:
        """Give the fields by name."""
        return asdict(self)


@dataclass(frozen=True)
class Difference:
    """What `a` is worth more than `b` in the same worlds."""

    a: str
    b: str
    party: str
    mean_difference: float
    standard_error: float
    probability_a_better: float
    probability_equal: float
    mean_when_better: float
    """Mean difference over the worlds in which `a` is better, not a number where there are none."""
    mean_when_worse: float
    """Mean difference, negative, over the worlds in which `a` is worse, not a number where there are none."""

    def as_dict(self) -> dict[str, Any]:
        """Give the fields by name."""
        return asdict(self)


def mean_of(values: Floats) -> float:
    """Give the mean, correctly rounded before the division, so that it does not depend on an order of summing."""
    return math.fsum(values.tolist()) / len(values) if len(values) else math.nan


def standard_error_of(values: Floats) -> float:
    """Give the Monte Carlo error of the mean: the sample's standard deviation over the root of the number of worlds."""
    if len(values) < 2:
        return math.nan
    return float(np.std(values, ddof=1) / math.sqrt(len(values)))


def cvar_of(values: Floats, share: float) -> float:
    """Give the mean of the worst `share` of the worlds; the world on the border counts in part.

    The empirical lower conditional value at risk (Rockafellar and Uryasev 2000), `share` in (0, 1].
    """
    if not len(values):
        return math.nan
    ordered = np.sort(values)
    weight = share * len(values)
    whole = min(int(math.floor(weight)), len(values))
    total = math.fsum(ordered[:whole].tolist())
    if whole < len(values) and weight > whole:
        total += (weight - whole) * float(ordered[whole])
    return total / weight


def summary_of(values: Floats) -> Summary:
    """Summarise a value over worlds, shape (worlds,)."""
    p05, p10, p50, p90, p95 = (float(q) for q in np.quantile(values, (0.05, 0.10, 0.50, 0.90, 0.95)))
    return Summary(
        mean_of(values),
        standard_error_of(values),
        p05,
        p10,
        p50,
        p90,
        p95,
        cvar_of(values, 0.05),
        float(np.count_nonzero(values > 0.0)) / len(values),
    )


def difference_of(a: str, b: str, party: str, *, of_a: Floats, of_b: Floats) -> Difference:
    """Compare two alternatives world by world."""
    apart = of_a - of_b
    better, worse = apart[apart > 0.0], apart[apart < 0.0]
    return Difference(
        a,
        b,
        party,
        mean_of(apart),
        standard_error_of(apart),
        len(better) / len(apart),
        float(np.count_nonzero(apart == 0.0)) / len(apart),
        mean_of(better),
        mean_of(worse),
    )


def probability_best(values: dict[str, Floats]) -> dict[str, float]:
    """Give the share of worlds in which each alternative is worth most; those that tie for it share the world."""
    stacked = np.stack(list(values.values()))
    best = stacked == stacked.max(axis=0)
    shares = best / best.sum(axis=0)
    return {name: mean_of(shares[at]) for at, name in enumerate(values)}
