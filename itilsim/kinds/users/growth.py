"""How many users a group can come to have, by which streams of what they ask for are bounded."""

from __future__ import annotations

from itilsim.kinds.leaf import Leaf
from itilsim.plan.number import Number


def most_users(number: Leaf, growth: Leaf, months: int) -> Number:
    """Give the most users that a group can have in a horizon: grown every year, the last one too, and never fewer than now."""
    total = 1.0
    for _ in range(int(months / 12.0 + 1.0)):
        total *= 1.0 + max(0.0, growth.high)
    return number.number * total
