"""Newcomers: what failures and leaks share, that people who are new to a team have more of them."""

from __future__ import annotations

from collections.abc import Iterator

from itilsim.kinds.leaf import Leaf
from itilsim.plan.number import Number
from itilsim.plan.specs import Times


def newcomers_of(staff: str, factor: Leaf | None) -> tuple[list[Times], Number | float]:
    """Give the modifier of a rate by the share of newcomers in a staff, and the most that it multiplies the rate by."""
    if not staff or factor is None:
        return [], 1.0
    most = factor.number
    return [Times(f"{staff}:new-share", a=1.0, b=most - 1.0, low=1.0, high=most)], most


def newcomers_faults(staff: str, factor: Leaf | None) -> Iterator[tuple[str, str]]:
    """Give what is wrong between the two fields."""
    if bool(staff) != (factor is not None):
        yield "staff" if staff else "newcomers", "staff and newcomers belong together; state both or neither"
    if factor is not None and factor.low < 1.0:
        yield "newcomers", f"found {factor.low:g}; newcomers have at least as many of them as others: 1 or more"
