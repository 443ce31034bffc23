"""What each choice forgoes in hindsight, and its mean beside the mean of its worst futures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from itilsim.tables.net_value import NetValues, read_net_values
from itilsim.tables.result import Alternative, Floats, Result
from itilsim.tables.spread import Estimate, mean, quantile

WORST = 0.05
"""The share of futures, the worst ones, whose mean is set beside the mean of all."""
SURE = 2.0
"""Standard errors by which one figure has to be ahead of another."""


@dataclass(frozen=True)
class Choice:
    """One alternative, or the baseline: amounts are present values against the baseline, regret is positive."""

    alternative: Alternative
    regret: Estimate
    """Mean of what the best choice of each future would have been worth more."""
    regret_high: Estimate
    """Regret that is exceeded in 1 of 20 futures."""
    mean: Estimate
    worst: Estimate
    """Mean of the worst 1 in 20 futures."""
    beaten: bool
    """Whether another choice is surely worth more both on average and in the worst futures."""


@dataclass(frozen=True)
class Hindsight:
    """Every choice, the baseline last."""

    currency: str
    futures: int
    baseline: Alternative
    rows: tuple[Choice, ...]

    @property
    def safest(self) -> tuple[Choice, ...]:
        """The choices of the least 1-in-20 regret: the smallest one and those that cannot be told from it, in the case's order."""
        least = min(self.rows, key=lambda row: row.regret_high.value).regret_high
        return tuple(row for row in self.rows if row.regret_high.value - least.value <= SURE * _joint(row.regret_high, least))


def _joint(a: Estimate, b: Estimate) -> float:
    return float(np.hypot(a.error, b.error)) if a is not b else 0.0


@lru_cache(maxsize=4)
def read_hindsight(result: Result) -> Hindsight:
    """Reads regret and the mean of the worst futures from values.parquet."""
    return hindsight(read_net_values(result))


def hindsight(values: NetValues) -> Hindsight:
    """Reckons the regret of each choice and which of them are beaten."""
    everything = np.vstack([values.values, np.zeros(values.futures)])
    regrets = everything.max(axis=0) - everything
    tails = np.stack([tail(row) for row in everything])
    pairs = list(zip(everything, tails, strict=True))
    beaten = [any(_beats(other, own) for other in pairs) for own in pairs]
    rows = tuple(
        Choice(alternative, mean(regrets[i]), quantile(regrets[i], 1 - WORST), mean(everything[i]), mean(tails[i]), beaten[i])
        for i, alternative in enumerate((*values.alternatives, values.baseline))
    )
    return Hindsight(values.currency, values.futures, values.baseline, rows)


def tail(values: Floats) -> Floats:
    """Returns a number a future whose mean is the mean of the worst futures, and whose spread gives that mean's error.

    With q the quantile at `WORST` and k its futures, each is q - (q - x)+ / share (Rockafellar and Uryasev, 2000), the share being that
    of whole futures.
    """
    count = max(1, round(WORST * values.size))
    edge = float(np.partition(values, count - 1)[count - 1])
    return np.asarray(edge - np.maximum(edge - values, 0.0) * (values.size / count), dtype=np.float64)


def _beats(a: tuple[Floats, Floats], b: tuple[Floats, Floats]) -> bool:
    """Says whether a is surely ahead of b in both values and tails, by their differences in the same futures."""
    gaps = [mean(own - other) for own, other in zip(a, b, strict=True)]
    return all(gap.value > SURE * gap.error for gap in gaps)
