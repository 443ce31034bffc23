"""How often the losses by risks over a lifetime exceed an amount, for all risks together and for each alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import floor, log10

import numpy as np

from itilsim.tables.net_value import Strip, read_strip
from itilsim.tables.result import Floats, Result
from itilsim.tables.spread import Estimate, Share, mean, quantile

POINTS = 120
"""Points of a curve at the most."""
CARRIED = 10
"""With fewer futures than this beyond an amount a curve is hardly carried there."""
NEAR = 2.0
"""How many powers of ten an axis begins at the most below the middle of what is lost when something is."""
Axis = tuple[float, float]


@dataclass(frozen=True)
class Appetite:
    """The decision maker accepts losses by risks over `amount` in no more than a share `chance` of lifetimes."""

    amount: float
    chance: float
    source: str


@dataclass(frozen=True)
class Losses:
    """Losses in present value over the lifetime that the decision maker bears by one risk, or by all together where `risk` is "".

    `rows` has the shape (alternatives and the baseline after them, futures), each row rising.
    """

    risk: str
    rows: Floats

    @property
    def futures(self) -> int:
        """How many futures were simulated."""
        return int(self.rows.shape[1])

    def over(self, place: int, amount: float) -> Share:
        """Counts the futures in which more than an amount is lost."""
        row = self.rows[place]
        return Share(float(row.size - np.searchsorted(row, amount, side="right")), row.size)

    def exceeded(self, place: int, chance: float) -> Estimate:
        """Estimates the loss that a share of futures exceeds."""
        return quantile(self.rows[place], 1.0 - chance, ordered=True)

    def average(self, place: int) -> Estimate:
        """Estimates the mean loss over all futures."""
        return mean(self.rows[place])

    @property
    def worst(self) -> int:
        """The place where most is lost on average."""
        return int(np.argmax(self.rows.mean(axis=1)))

    def axis(self, appetite: Appetite | None) -> Axis:
        """Returns where a logarithmic axis of amounts begins and ends, rounded to 1, 2 or 5 times a power of ten.

        The largest loss is on it, and the appetite where there is one.
        """
        positive = self.rows[self.rows > 0.0]
        low, high = max(float(positive.min()), float(np.median(positive)) / 10**NEAR), float(positive.max())
        if appetite is not None:
            low, high = min(low, appetite.amount / 2), max(high, 2 * appetite.amount)
        return _round_down(min(low, high / 10)), _round_up(high)

    def steps(self, place: int, axis: Axis) -> tuple[Floats, Floats]:
        """Returns amounts in rising order, from the start of an axis on, and how many futures exceed each.

        Between two amounts as many futures exceed the value as exceed the first, or fewer by at most about a tenth of them; the largest
        losses all have a point of their own. The last amount is the largest loss.
        """
        row = self.rows[place]
        inside = np.unique(row[row > axis[0]])
        beyond = (row.size - np.searchsorted(row, inside, side="right")).astype(np.float64)
        if inside.size > POINTS - 1:
            wanted = np.geomspace(1.0, 1.0 + float(beyond[0]), POINTS - 1)
            inside = inside[np.unique([int(np.argmin(np.abs(1.0 + beyond - each))) for each in wanted])]
        amounts = np.array([axis[0], *inside])
        return amounts, (row.size - np.searchsorted(row, amounts, side="right")).astype(np.float64)


@dataclass(frozen=True)
class Exceedance:
    """Losses of all risks together first, then of each risk alone where there are several, the heaviest first."""

    strip: Strip
    choices: tuple[Losses, ...]
    appetite: Appetite | None

    @property
    def futures(self) -> int:
        """How many futures were simulated."""
        return self.strip.values.futures

    @property
    def leader(self) -> int:
        """The place of the alternative of the largest mean net value."""
        return self.strip.values.alternatives.index(self.strip.leader.alternative)


@lru_cache(maxsize=4)
def read_exceedance(result: Result) -> Exceedance:
    """Reads losses from rare.parquet; a risk that an alternative does not have takes nothing from it."""
    strip = read_strip(result)
    names = [alternative.name for alternative in (*strip.values.alternatives, strip.values.baseline)]
    alone: list[Losses] = []
    together = np.zeros((len(names), strip.values.futures))
    for risk in sorted({str(name) for name in result.table("rare", ["risk"])["risk"].unique().to_pylist()}):
        worlds = result.worlds("rare", ["loss"], where={"risk": risk})
        losses = np.stack([worlds[name]["loss"] if name in worlds else np.zeros(strip.values.futures) for name in names])
        together += losses
        if (losses > 0.0).any():
            alone.append(Losses(result.source_title(next(iter(worlds)), risk), np.sort(losses, axis=1)))
    alone.sort(key=lambda each: -float(each.rows.mean(axis=1).max()))
    choices = (Losses("", np.sort(together, axis=1)), *(alone if len(alone) > 1 else ()))
    return Exceedance(strip, choices if (together > 0.0).any() else (), _appetite(result.manifest.get("appetite")))


def _appetite(entry: Mapping[str, object] | None) -> Appetite | None:
    return Appetite(float(str(entry["amount"])), float(str(entry["chance"])), str(entry["source"])) if entry else None


def _round_down(value: float) -> float:
    power: float = 10.0 ** floor(log10(value))
    return next(factor * power for factor in (5.0, 2.0, 1.0) if factor * power <= value * (1 + 1e-9))


def _round_up(value: float) -> float:
    power: float = 10.0 ** floor(log10(value))
    return next(factor * power for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= value * (1 - 1e-9))
