"""Designs: which values the varied inputs take together at each point.

================== =====================================================================================
`grid`             every combination of the values of all inputs; the last input varies fastest
`list`             the first values of all inputs together, then the second, and so on
`latin-hypercube`  so many points, each input's range cut into as many slices and each slice met once
                   (McKay, Beckman and Conover 1979)
`sobol`            so many points of Sobol's sequence, scrambled (Owen 1998); balanced at powers of two
================== =====================================================================================

The last two are drawn by `scipy.stats.qmc` from the study's seed.
"""

from __future__ import annotations

import hashlib
import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from itilsim.study.sweep.varied import Value, Varied

DESIGNS = ("grid", "list", "latin-hypercube", "sobol")
SAMPLED = ("latin-hypercube", "sobol")
MOST_POINTS = 1_000_000


@dataclass(frozen=True)
class Design:
    """The points of a sweep, numbered from nought."""

    kind: str
    inputs: tuple[Varied, ...]
    points: int
    shares: NDArray[np.float64] | None = field(default=None, repr=False)
    """Where each point of a sampled design lies in the unit cube, shape (points, inputs)."""

    def __len__(self) -> int:
        return self.points

    def at(self, point: int) -> dict[str, Value]:
        """Give the value of each input at a point, by key."""
        if self.shares is not None:
            return {each.key: each.at(float(share)) for each, share in zip(self.inputs, self.shares[point], strict=True)}
        if self.kind == "list":
            return {each.key: each.values[point] for each in self.inputs}
        found: dict[str, Value] = {}
        for each in reversed(self.inputs):
            levels = each.levels
            point, own = divmod(point, len(levels))
            found[each.key] = levels[own]
        return {each.key: found[each.key] for each in self.inputs}

    def columns(self, first: int, end: int) -> dict[str, list[Any]]:
        """Give the points `first .. end - 1` as columns: `point`, then each input by key."""
        rows = [self.at(point) for point in range(first, end)]
        return {"point": list(range(first, end)), **{each.key: [row[each.key] for row in rows] for each in self.inputs}}

    def fingerprint(self) -> str:
        """Give a hash of every value at every point."""
        digest = hashlib.sha256(repr((self.kind, self.points, self.inputs)).encode())
        if self.shares is not None:
            digest.update(self.shares.tobytes())
        return digest.hexdigest()


def size_of(kind: str, inputs: Sequence[Varied], points: int) -> int:
    """Give the number of points of a design; `points` counts for a sampled one alone."""
    if kind == "grid":
        return math.prod(len(each.values) or each.steps for each in inputs)
    return len(inputs[0].values) if kind == "list" else points


def designed(kind: str, inputs: Sequence[Varied], points: int, *, seed: int) -> Design:
    """Make a design of checked inputs."""
    size = size_of(kind, inputs, points)
    return Design(kind, tuple(inputs), size, _sampled(kind, size, len(inputs), seed) if kind in SAMPLED else None)


def _sampled(kind: str, points: int, inputs: int, seed: int) -> NDArray[np.float64]:
    from scipy.stats import qmc

    rng = np.random.default_rng(seed)
    if kind == "latin-hypercube":
        return np.asarray(qmc.LatinHypercube(inputs, rng=rng).random(points))
    with warnings.catch_warnings():
        # A planner may stop the sequence anywhere; the docstring says where it is balanced.
        warnings.filterwarnings("ignore", message="The balance properties")
        return np.asarray(qmc.Sobol(inputs, rng=rng).random(points))
