"""What the leading alternative is worth more than another in the same future, counted into bars."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from itilsim.tables.net_value import Comparison, Strip, read_strip
from itilsim.tables.result import Floats, Result
from itilsim.tables.spread import clip

BARS = 44


@dataclass(frozen=True)
class SameFuture:
    """Differences of the leader from each other alternative (from the baseline where there is no other), counted.

    `edges` has the shape (bars + 1,), nought being one of them; `counts` (pairs, bars) futures a bar; `off_low`, `off_high` the
    futures off either end of the axis for each pair.
    """

    strip: Strip
    pairs: tuple[Comparison, ...]
    edges: Floats
    counts: Floats
    off_low: tuple[int, ...]
    off_high: tuple[int, ...]


def read_same_future(result: Result) -> SameFuture:
    """Reads the differences in the same future."""
    return same_future(read_strip(result))


def same_future(strip: Strip) -> SameFuture:
    """Counts the differences into bars of one width that meet at nought, over an axis cut like every other."""
    pairs = strip.against[:-1] or strip.against
    rows = np.stack([pair.difference for pair in pairs])
    low, high = clip(rows)
    width = (high - low) / BARS
    edges = np.arange(np.floor(low / width), np.ceil(high / width) + 1) * width
    counts = np.stack([np.histogram(row, edges)[0] for row in rows]).astype(np.float64)
    return SameFuture(
        strip,
        pairs,
        edges,
        counts,
        tuple(int((row < edges[0]).sum()) for row in rows),
        tuple(int((row > edges[-1]).sum()) for row in rows),
    )
