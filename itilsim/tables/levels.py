"""Trust and service levels of single futures, quarter by quarter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from itilsim.tables.result import Floats, Result, Worlds

KINDS = ("trust", "adoption", "up", "in-time", "warranty", "utility")
"""What is shown, by the last word of a measure's name, the first first."""
MOST = 6
QUARTER = 3
STILL = 0.005
"""The standard deviation over futures and months below which a level says nothing."""


@dataclass(frozen=True)
class Level:
    """One level of one alternative: its kind, what it is the level of in words, and its course, shape (futures, quarters), shares of 1."""

    kind: str
    of: str
    course: Floats


def read_levels(result: Result, futures: NDArray[np.int64]) -> dict[str, tuple[Level, ...]]:
    """Reads at most six levels of each alternative in some futures: those that move most, one of each kind before a second of any."""
    names = [name for name in result.columns("months") if name.rpartition(":")[2] in KINDS and ":" in name]
    if not names:
        return {}
    found = {}
    for alternative, worlds in result.worlds("months", names, step="month").items():
        rows = np.searchsorted(worlds.replications, futures)
        found[alternative] = tuple(_level(name, worlds[name][rows], result) for name in _chosen(names, worlds))
    return found


def _chosen(names: Sequence[str], worlds: Worlds) -> list[str]:
    """Chooses the levels that move most, by rounds over the kinds, and gives them in the order of the kinds."""
    moves = {name: float(np.nanstd(worlds[name])) for name in names if not np.isnan(worlds[name]).all()}
    moving = sorted((name for name, move in moves.items() if move > STILL), key=lambda name: -moves[name])
    by_kind = {kind: [name for name in moving if name.rpartition(":")[2] == kind] for kind in KINDS}
    rounds = [own[at] for at in range(len(moving)) for own in by_kind.values() if at < len(own)]
    return sorted(rounds[:MOST], key=lambda name: (KINDS.index(name.rpartition(":")[2]), name))


def _level(name: str, months: Floats, result: Result) -> Level:
    of, _, kind = name.rpartition(":")
    quarters = -(-months.shape[1] // QUARTER)
    padded = np.full((len(months), quarters * QUARTER), np.nan)
    padded[:, : months.shape[1]] = months
    held = padded.reshape(len(months), quarters, QUARTER)
    counted = np.isfinite(held).sum(axis=2)
    sums = np.where(np.isfinite(held), held, 0.0).sum(axis=2)
    return Level(kind, result.said(of.replace("-", " ")), np.where(counted, sums / np.maximum(counted, 1), np.nan))
