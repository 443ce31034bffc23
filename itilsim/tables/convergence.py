"""How the comparison settles as futures are added: the running mean of the leader less the runner-up, and when first place was in doubt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from itilsim.tables.net_value import Comparison, Strip, read_strip
from itilsim.tables.result import Alternative, Floats, Result
from itilsim.tables.spread import Estimate

FIRST = 10
"""Futures from which a running mean is shown."""
POINTS = 160
"""Points of the drawn curve at most."""
DOUBT = 2.0
"""Standard errors within which two means cannot be told apart."""


@dataclass(frozen=True)
class Convergence:
    """Running means of the pair's difference over the first n futures: `counts`, `means`, `errors` have the shape (points,).

    `steps` are the round numbers of futures among `counts`. `first` is what is worth most on average over all
    futures, which may be the baseline; `doubt` is the largest n at which it was not ahead of every other choice by two standard errors; at
    one future everything is in doubt.
    """

    strip: Strip
    pair: Comparison
    counts: NDArray[np.int64]
    means: Floats
    errors: Floats
    steps: tuple[int, ...]
    first: Alternative
    doubt: int

    @property
    def futures(self) -> int:
        """How many futures there are in all."""
        return int(self.pair.difference.size)

    @property
    def settled(self) -> bool:
        """Whether first place is out of doubt with all futures."""
        return self.doubt < self.futures

    def at(self, count: int) -> Estimate:
        """Returns the running mean and its error over the first so many futures, which have to be among `counts`."""
        place = int(np.searchsorted(self.counts, count))
        return Estimate(float(self.means[place]), float(self.errors[place]))


def read_convergence(result: Result) -> Convergence:
    """Reads how the comparison of the two best settles."""
    return convergence(read_strip(result))


def convergence(strip: Strip) -> Convergence:
    """Runs through the futures in their order."""
    pair = strip.against[0]
    futures = int(pair.difference.size)
    steps = round_steps(futures)
    spaced = np.geomspace(min(FIRST, futures), futures, POINTS).round().astype(np.int64)
    counts = np.unique(np.concatenate([spaced, np.array(steps, dtype=np.int64)]))
    means, errors = running(pair.difference)
    first, gaps = strip.leader.alternative, [each.difference for each in strip.against]
    if strip.leader.mean.value < 0.0:
        first, gaps = strip.values.baseline, list(-strip.values.values)
    doubt = max(last_doubt(gap) for gap in gaps)
    return Convergence(strip, pair, counts, means[counts - 1], errors[counts - 1], steps, first, doubt)


def round_steps(futures: int) -> tuple[int, ...]:
    """Returns 10, 20, 50, 100, 200, ... and the number of all futures at the end."""
    powers = range(1, len(str(futures)))
    return (*(n for power in powers for n in (10**power, 2 * 10**power, 5 * 10**power) if n < futures), futures)


def running(values: Floats) -> tuple[Floats, Floats]:
    """Returns the mean of the first n values and its standard error, for each n; one value alone has an error as large as itself."""
    count = np.arange(1, values.size + 1)
    centre = float(values.mean())
    about = values - centre  # sums of squares about the mean of all do not lose the digits of a small spread
    sums, squares = np.cumsum(about), np.cumsum(about**2)
    spread = np.maximum(squares - sums**2 / count, 0.0)
    errors = np.sqrt(spread / np.maximum(count - 1, 1) / count)
    means = centre + sums / count
    errors[0] = abs(means[0])
    return means, errors


def last_doubt(difference: Floats) -> int:
    """Returns the largest number of futures over which the mean difference is not above nought by two standard errors; 1 at least."""
    means, errors = running(difference)
    doubtful = np.flatnonzero(means <= DOUBT * errors)
    return int(doubtful[-1]) + 1 if doubtful.size else 1
