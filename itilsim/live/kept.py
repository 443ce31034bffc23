"""Lifetimes that are kept: for each plan the chunks of worlds that were lived, and how others' make up a plan that only prices."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from itilsim.live.chunks import mixed, size_of
from itilsim.plan.plan import Plan
from itilsim.plan.priced import Priced
from itilsim.study.reckoning import View

MOST_BYTES = 400_000_000
MOST_MEMBERS = 12
"""Plans of one kind of lifetime that are kept with different prices."""
LARGEST_WEIGHT = 1_000.0
"""Prices so far beside those that were lived are lived themselves: rounding would show."""


@dataclass(eq=False)
class Lived:
    """A plan with its prices and the chunks of it that were lived."""

    plan: Plan
    prices: NDArray[np.float64]
    chunks: dict[int, View] = field(default_factory=dict)
    size: int = 0
    """The bytes that its chunks hold."""

    def add(self, chunk: int, view: View) -> None:
        """Keep the totals of a chunk that was lived."""
        if self.chunks.setdefault(chunk, view) is view:
            self.size += size_of(view)


@dataclass(frozen=True)
class Recipe:
    """How a plan's totals are made: its own lifetimes, or those of others that live the same, by weight."""

    parts: tuple[tuple[Lived, float], ...]
    is_new: bool
    """Whether nothing that was lived before can make it."""

    @property
    def is_priced(self) -> bool:
        """Whether it is priced from lifetimes of other prices."""
        return len(self.parts) > 1

    def missing(self, chunk: int) -> list[Lived]:
        """Give the plans whose lifetimes this chunk lacks."""
        return [lived for lived, _ in self.parts if chunk not in lived.chunks]

    def view(self, chunk: int) -> View:
        """Give the totals of a chunk, all of whose lifetimes are there."""
        views = [lived.chunks[chunk] for lived, _ in self.parts]
        return mixed(views, [weight for _, weight in self.parts]) if self.is_priced else views[0]


class Kept:
    """The lifetimes that a workbench keeps, those longest unused let go first; safe to use from several threads."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self.most = most
        self._families: OrderedDict[Any, list[Lived]] = OrderedDict()
        self._lock = Lock()

    def recipe(self, plan: Plan, found: Priced, about: Any) -> Recipe:
        """Say how to make a plan's totals; `about` is what they depend on beside the plan. A plan that nothing makes is kept."""
        with self._lock:
            key = (found.lived, about)
            members = self._families.setdefault(key, [])
            self._families.move_to_end(key)
            for at, lived in enumerate(members):
                if np.array_equal(lived.prices, found.prices):
                    members.append(members.pop(at))
                    return Recipe(((lived, 1.0),), is_new=not lived.chunks)
            weights = weights_of([each.prices for each in members], found.prices)
            if weights is not None:
                parts = tuple((each, float(w)) for each, w in zip(members, weights, strict=True) if w != 0.0)
                return Recipe(parts, is_new=False)
            lived = Lived(plan, found.prices)
            members.append(lived)
            del members[:-MOST_MEMBERS]
            return Recipe(((lived, 1.0),), is_new=True)

    def trim(self) -> None:
        """Let lifetimes go that were longest unused, until what is kept holds no more bytes than allowed."""
        with self._lock:
            sizes = {key: sum(each.size for each in members) for key, members in self._families.items()}
            total = sum(sizes.values())
            while total > self.most and len(self._families) > 1:
                key, _ = self._families.popitem(last=False)
                total -= sizes[key]

    @property
    def size(self) -> int:
        """The bytes that are kept."""
        with self._lock:
            return sum(each.size for members in self._families.values() for each in members)


def weights_of(members: list[NDArray[np.float64]], prices: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """Give weights that sum to one with which the members' prices make these, the smallest such; None where there are none."""
    if len(members) < 2 or len(prices) == 0:
        return None
    size = np.maximum(np.max(np.abs(members), axis=0), 1e-300)
    scaled = np.array([each / size for each in members])
    base, wanted = scaled[0], prices / size - scaled[0]
    found, *_ = np.linalg.lstsq((scaled[1:] - base).T, wanted, rcond=1e-9)
    weights = np.concatenate([[1.0 - found.sum()], found])
    weights[np.abs(weights) < 1e-13] = 0.0
    apart = np.max(np.abs(weights @ scaled - prices / size))
    return weights if apart <= 1e-12 and np.abs(weights).sum() <= LARGEST_WEIGHT else None
