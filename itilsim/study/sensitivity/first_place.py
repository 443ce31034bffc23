"""Where first place changes hands as one input moves over its range, in worlds that all values of the input share.

For each alternative `c` the difference of the leader's mean worth and that of `c` is a function of the input, since the worlds stay the
same. The leader loses first place at the smallest root of these functions. It is bracketed between two values of the input, narrowed by
false position (with the Illinois rule), and read off by a straight line between the two ends.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, product
from typing import NamedTuple

from itilsim.study.statistics import Floats, mean_of, standard_error_of

STEPS = 8
"""Values tried at most to narrow one change of first place."""
FINEST = 0.005
"""Share of the range below which a bracket is not narrowed."""
CLOSE = 0.25
"""A lead of so many of its own standard errors is as good as none: narrowing on would tell noise apart."""
WIDE = 0.05
"""Share of the range over which a slope is taken at least, so that it is no slope of noise."""
SURE = 2.0
"""Standard errors beyond which a lead is told from noise."""


class Estimate(NamedTuple):
    """A mean over worlds and its Monte Carlo error."""

    value: float
    error: float

    @property
    def is_sure(self) -> bool:
        """Whether the mean is told from nought."""
        return abs(self.value) > SURE * self.error


@dataclass(frozen=True, eq=False)
class Point:
    """One value of the input, and the worth of each alternative there, shape (alternatives, worlds)."""

    value: float
    worth: Floats

    @cached_property
    def means(self) -> tuple[float, ...]:
        """The mean worth of each alternative."""
        return tuple(mean_of(row) for row in self.worth)

    @property
    def first(self) -> int:
        """The alternative of the highest mean; of several the one that stands first."""
        return max(range(len(self.means)), key=self.means.__getitem__)

    def lead(self, a: int, b: int) -> Estimate:
        """Give what `a` is worth more than `b` in the same worlds."""
        apart = self.worth[a] - self.worth[b]
        return Estimate(mean_of(apart), standard_error_of(apart))

    def nearest(self, a: int) -> int:
        """Give the best of the alternatives other than `a`."""
        return max((c for c in range(len(self.means)) if c != a), key=self.means.__getitem__)


@dataclass(frozen=True)
class Change:
    """First place passes from one alternative to another, read from low to high.

    `error` is the standard error of `at` by the delta method: that of the mean difference at the change over the slope of the mean
    difference in the input; infinite where the difference does not move.
    """

    at: float
    error: float
    before: int
    after: int
    is_sure: bool
    """Whether each of the two is told to lead the other somewhere on its own side."""


class _Bracket(NamedTuple):
    """Two values of the input between which a leader loses first place to a challenger."""

    left: Point
    right: Point
    challenger: int
    is_level: bool
    """Whether the two are as good as level at one of the ends."""


class Search:
    """Finds changes of first place; `live` gives the worth of the alternatives with the input held at a value."""

    def __init__(self, live: Callable[[float], Floats], points: Iterable[Point]) -> None:
        self._live = live
        self.points = sorted(points, key=lambda point: point.value)
        """All values tried so far, in rising order."""
        self._width = self.points[-1].value - self.points[0].value

    def changes(self) -> list[Change]:
        """Give every change of first place between neighbours among the values given, in rising order."""
        return [change for left, right in pairwise(list(self.points)) for change in self._between(left, right)]

    def _between(self, left: Point, right: Point) -> list[Change]:
        found: list[Change] = []
        leader = left.first
        for _ in left.means:
            if leader == right.first:
                break
            bracket = self._narrowed(leader, left, right)
            found.append(self._change(leader, bracket))
            leader, left = bracket.challenger, bracket.left if bracket.is_level else bracket.right
        return found

    def _narrowed(self, leader: int, left: Point, right: Point) -> _Bracket:
        """Narrow the place where a leader loses first place, until the best other is level with it or the bracket is narrow."""
        moves = 0
        scale = max(abs(point.means[leader] - point.means[point.nearest(leader)]) for point in (left, right))
        for _ in range(STEPS):
            if right.value - left.value <= FINEST * self._width:
                break
            tried = self._try(_guess(leader, left, right, moves=moves))
            if tried.first == leader:
                left, moves = tried, max(moves, 0) + 1
            else:
                right, moves = tried, min(moves, 0) - 1
            if _is_level(tried, leader, scale):
                return _Bracket(left, right, tried.nearest(leader), is_level=True)
        return _Bracket(left, right, right.first, is_level=False)

    def _try(self, value: float) -> Point:
        point = Point(value, self._live(value))
        self.points.append(point)
        self.points.sort(key=lambda each: each.value)
        return point

    def _change(self, leader: int, bracket: _Bracket) -> Change:
        """Read the change off a bracket; where the lead jumps within it, the change may be anywhere in it."""
        a, c, left, right = leader, bracket.challenger, bracket.left, bracket.right
        above, below = left.lead(a, c), right.lead(a, c)
        fall = above.value - below.value
        share = above.value / fall if fall > 0.0 else 0.5
        at = left.value + share * (right.value - left.value)
        apart = (1.0 - share) * (left.worth[a] - left.worth[c]) + share * (right.worth[a] - right.worth[c])
        slope = self._slope(a, c, at, about=0.5 * WIDE * self._width if bracket.is_level else 0.0)
        error = standard_error_of(apart)
        error = error / slope if slope > 0.0 else (math.inf if error > 0.0 else 0.0)
        if not bracket.is_level:
            error = math.hypot(error, (right.value - left.value) / math.sqrt(12.0))
        leads = [(point.value, point.lead(a, c)) for point in self.points]
        is_sure = any(x <= at and each.value > 0.0 and each.is_sure for x, each in leads) and any(
            x >= at and each.value < 0.0 and each.is_sure for x, each in leads
        )
        return Change(at, error, a, c, is_sure)

    def _slope(self, a: int, c: int, at: float, *, about: float) -> float:
        """Give by how much the lead of `a` over `c` changes with the input around a value, as a magnitude.

        It is taken between the two values tried that lie nearest on either side, or as good as there (`about`), and not nearer to one
        another than a share of the range.
        """
        below = [point for point in self.points if point.value <= at + about]
        above = [point for point in self.points if point.value >= at - about]
        pairs = [(x, y) for x, y in product(below, above) if y.value - x.value >= WIDE * self._width]
        x, y = min(pairs, key=lambda pair: max(abs(pair[0].value - at), abs(pair[1].value - at)))
        return abs(x.lead(a, c).value - y.lead(a, c).value) / (y.value - x.value)


def _guess(leader: int, left: Point, right: Point, *, moves: int) -> float:
    """Give the smallest root of the straight lines between two points, kept off the ends, which are known.

    The Illinois rule: the end that stayed while the other moved several times running (`moves`, positive for the left one) counts half
    as much each time, so that the bracket closes from both sides.
    """
    weight = 0.5 ** max(abs(moves) - 1, 0)
    roots = []
    for c in range(len(left.means)):
        above, below = left.means[leader] - left.means[c], right.means[leader] - right.means[c]
        if c != leader and below < 0.0 and above > below:
            above, below = max(above, 0.0) * (weight if moves < 0 else 1.0), below * (weight if moves > 0 else 1.0)
            roots.append(above / (above - below))
    share = min(roots, default=0.5)
    return left.value + min(max(share, 0.02), 0.98) * (right.value - left.value)


def _is_level(tried: Point, leader: int, scale: float) -> bool:
    """Say whether the leader and the best other are as good as level at the value tried."""
    lead = tried.lead(leader, tried.nearest(leader))
    return abs(lead.value) <= max(CLOSE * lead.error, 1e-9 * scale)
