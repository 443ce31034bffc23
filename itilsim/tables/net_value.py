"""The decision maker's net value, future by future: how each alternative does against today and against the others."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from itilsim.ledger.futures import LEVELS
from itilsim.tables.openings import openings, read_stored
from itilsim.tables.result import Alternative, Floats, Result, ResultFault
from itilsim.tables.spread import Estimate, Share, clip, mean, quantile, share


@dataclass(frozen=True)
class NetValues:
    """Net value of the decision maker, present value, difference from the baseline: `values` has the shape (alternatives, futures)."""

    currency: str
    horizon_months: int
    baseline: Alternative
    alternatives: tuple[Alternative, ...]
    values: Floats
    cash: Floats

    @property
    def futures(self) -> int:
        """How many futures were simulated."""
        return int(self.values.shape[1])


@dataclass(frozen=True)
class Standing:
    """One row of the decision strip. Amounts are differences from the baseline; `alternative` may be the baseline itself."""

    alternative: Alternative
    mean: Estimate
    cash: Estimate
    typical: Estimate
    bad: Estimate
    """The value that is undercut in 1 of 10 futures."""
    good: Estimate
    """The value that is exceeded in 1 of 10 futures."""
    below: Share
    """How often it is worth less than the baseline."""
    when_below: Estimate
    """Mean of what is missing in those futures, positive."""
    best: Share
    """How often nothing, the baseline included, is worth more; ties are shared out."""
    regret: Estimate
    """Mean of what the best choice in each future would have been worth more: hindsight, not the value of information."""


@dataclass(frozen=True)
class Comparison:
    """Two alternatives in the same futures: `difference` is a less b, one a future."""

    a: Alternative
    b: Alternative
    difference: Floats
    mean: Estimate
    better: Share
    worse: Share
    when_better: Estimate
    when_worse: Estimate
    """Mean of what a is worth less in the futures where it is worse, positive."""

    @property
    def level(self) -> bool:
        """Says that the means cannot be told apart by so many futures."""
        return abs(self.mean.value) <= 2 * self.mean.error


@dataclass(frozen=True)
class Strip:
    """The decision strip: a row an alternative, the baseline last, and how the leader on average does against every other row."""

    values: NetValues
    rows: tuple[Standing, ...]
    leader: Standing
    """The alternative with the largest mean."""
    often: Standing
    """The row that is best in the most futures, which may be the baseline."""
    against: tuple[Comparison, ...]
    """The leader against every other alternative, nearest mean first, then against the baseline."""

    @property
    def pays(self) -> int:
        """1: the leader is worth more than the baseline on average, -1: less, 0: cannot be told apart."""
        gap = self.leader.mean
        return 0 if abs(gap.value) <= 2 * gap.error else (1 if gap.value > 0 else -1)


@dataclass(frozen=True)
class Dots:
    """Fifty equally likely futures of each alternative: `quantiles` has the shape (alternatives, 50); the axis is cut at `low`, `high`.

    `opens` holds the stored future that each dot opens, shape (alternatives, 50), or (alternatives, 0) where none can be shown.
    """

    strip: Strip
    quantiles: Floats
    low: float
    high: float
    opens: NDArray[np.int64]


@lru_cache(maxsize=4)
def read_net_values(result: Result) -> NetValues:
    """Reads the decision maker's net value. Raises ResultFault where an alternative has no rows."""
    worlds = result.worlds("values", ["net_value", "cash"], where={"party": result.decision_maker})
    absent = [a.name for a in result.alternatives if a.name not in worlds]
    if absent or not result.alternatives:
        raise ResultFault(
            f"{result.folder / 'values.parquet'}: has no rows of party '{result.decision_maker}' for "
            f"{', '.join(absent) or 'any alternative'}; each alternative of the manifest needs them"
        )
    return NetValues(
        result.currency,
        int(result.manifest["horizon_months"]),
        result.baseline,
        result.alternatives,
        np.stack([worlds[a.name]["net_value"] for a in result.alternatives]),
        np.stack([worlds[a.name]["cash"] for a in result.alternatives]),
    )


@lru_cache(maxsize=4)
def read_strip(result: Result) -> Strip:
    """Reads the decision strip."""
    return strip(read_net_values(result))


def strip(values: NetValues) -> Strip:
    """Ranks the alternatives and the baseline, whose value is nought in every future."""
    everything = np.vstack([values.values, np.zeros(values.futures)])
    best = everything.max(axis=0)
    ties = everything >= best
    shares = ties / ties.sum(axis=0)
    titles = (*values.alternatives, values.baseline)
    cash = np.vstack([values.cash, np.zeros(values.futures)])
    rows = tuple(_standing(titles[i], everything[i], cash[i], shares[i], best) for i in range(len(titles)))
    order = sorted(range(len(values.alternatives)), key=lambda i: -rows[i].mean.value)
    lead = order[0]
    others = [*order[1:], len(titles) - 1]
    against = tuple(compare(titles[lead], titles[i], everything[lead] - everything[i]) for i in others)
    return Strip(values, rows, rows[lead], max(rows, key=lambda row: row.best.count), against)


def _standing(alternative: Alternative, values: Floats, cash: Floats, shares: Floats, best: Floats) -> Standing:
    ordered = np.sort(values)
    return Standing(
        alternative,
        mean(values),
        mean(cash),
        quantile(ordered, 0.5, ordered=True),
        quantile(ordered, 0.1, ordered=True),
        quantile(ordered, 0.9, ordered=True),
        share(values < 0),
        mean(-values[values < 0]),
        share(shares),
        mean(best - values),
    )


def compare(a: Alternative, b: Alternative, difference: Floats) -> Comparison:
    """Compares two alternatives by their difference in the same futures."""
    return Comparison(
        a,
        b,
        difference,
        mean(difference),
        share(difference > 0),
        share(difference < 0),
        mean(difference[difference > 0]),
        mean(-difference[difference < 0]),
    )


def read_dots(result: Result) -> Dots:
    """Reads fifty equally likely futures of each alternative: the quantiles at 1 %, 3 %, ... 99 %."""
    table = read_strip(result)
    quantiles = np.quantile(table.values.values, LEVELS, axis=1).T
    low, high = clip(table.values.values)
    return Dots(table, quantiles, low, high, openings(table.values.values, read_stored(result)))
