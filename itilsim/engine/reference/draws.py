"""The reference engine's view of a world: a number in (0, 1) for a quantity at an occurrence."""

from __future__ import annotations

from typing import Protocol

from itilsim.plan.plan import Plan
from itilsim.rules.chance import uniform, uniform_pair
from itilsim.world.keys import keys_of


class Draws(Protocol):
    """What a lifetime asks of its world."""

    def number(self, quantity: int, k: int, layer: int, attempt: int) -> float:
        """Give the number in (0, 1) of a quantity at an occurrence."""

    def pair(self, quantity: int, k: int, layer: int) -> tuple[float, float]:
        """Give the gap's and the mark's numbers of a stream's candidate."""


class World:
    """One world: draws addressed by name, seed, replication and occurrence."""

    def __init__(self, plan: Plan, seed: int, replication: int) -> None:
        self.keys0, self.keys1 = keys_of(plan.names["quantities"], seed)
        self.replication = replication

    def number(self, quantity: int, k: int, layer: int, attempt: int) -> float:
        """Give the number in (0, 1) of a quantity at an occurrence."""
        return uniform(self.keys0[quantity], self.keys1[quantity], self.replication, k, layer, attempt)

    def pair(self, quantity: int, k: int, layer: int) -> tuple[float, float]:
        """Give the gap's and the mark's numbers of a stream's candidate."""
        return uniform_pair(self.keys0[quantity], self.keys1[quantity], self.replication, k, layer, 0)
