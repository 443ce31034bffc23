"""How many futures reach at least an amount more than the baseline, counted for each alternative at any amount."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from itilsim.tables.net_value import Strip, read_strip
from itilsim.tables.result import Alternative, Floats, Result
from itilsim.tables.spread import Share, clip

POINTS = 200
"""Points of a curve at the most."""


@dataclass(frozen=True)
class Reach:
    """Who reaches a target: `shares` of futures in the case's order, and the places of those that reach it in the most futures.

    `safest` starts with the one that does so most often; the others there cannot be told from it by so many futures.
    """

    target: float
    shares: tuple[Share, ...]
    safest: tuple[int, ...]

    @property
    def best(self) -> Share:
        """The largest share."""
        return self.shares[self.safest[0]]


@dataclass(frozen=True)
class AtLeast:
    """The chance of being worth at least an amount more than the baseline, over an axis cut at `low` and `high`."""

    strip: Strip
    low: float
    high: float

    @property
    def alternatives(self) -> tuple[Alternative, ...]:
        """The alternatives in the case's order."""
        return self.strip.values.alternatives

    @property
    def futures(self) -> int:
        """How many futures were simulated."""
        return self.strip.values.futures

    @cached_property
    def ordered(self) -> Floats:
        """Values in rising order, shape (alternatives, futures)."""
        return np.sort(self.strip.values.values, axis=1)

    def at(self, target: float) -> Reach:
        """Counts who reaches a target, and compares in the same futures: only those in which one reaches it and the other does not tell."""
        holds = self.strip.values.values >= target
        counts = holds.sum(axis=1)
        best = int(np.argmax(counts))
        level = [place for place in range(len(counts)) if place != best and _level(holds[best], holds[place])]
        level.sort(key=lambda place: -int(counts[place]))
        return Reach(target, tuple(Share(float(count), self.futures) for count in counts), (best, *level))

    def steps(self, place: int) -> tuple[Floats, Floats]:
        """Returns amounts in rising order, from one end of the axis to the other, and how many futures reach each.

        Between two amounts as many futures reach the value as reach the second, but for at most one in POINTS - 2 of them.
        """
        row = self.ordered[place]
        inside = np.unique(row[(row > self.low) & (row < self.high)])
        if inside.size > POINTS - 2:
            held = row[(row > self.low) & (row < self.high)]
            ranks = np.round(np.linspace(0, held.size - 1, POINTS - 2)).astype(np.int64)
            inside = np.unique(held[ranks])
        amounts = np.array([self.low, *inside, self.high])
        return amounts, (row.size - np.searchsorted(row, amounts, side="left")).astype(np.float64)


def _level(a: NDArray[np.bool_], b: NDArray[np.bool_]) -> bool:
    """Says that two shares of the same futures cannot be told apart: a sign test of the futures that differ, two errors wide."""
    only_a, only_b = int((a & ~b).sum()), int((b & ~a).sum())
    return abs(only_a - only_b) <= 2 * sqrt(only_a + only_b + 2)


def read_at_least(result: Result) -> AtLeast:
    """Reads what is needed to count, at any target, the futures that reach it."""
    strip = read_strip(result)
    return AtLeast(strip, *clip(strip.values.values))
