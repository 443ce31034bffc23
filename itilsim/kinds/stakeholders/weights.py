"""A perception by weights on outcomes, risks, cash and hours, with a discount rate and loss aversion of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from itilsim.kinds.block import Block, Party
from itilsim.kinds.leaf import FixedFactor, FixedRate, FixedShare, Leaf
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.wording import counted, percent
from itilsim.plan.accounts import Account


class Weights(Block):
    """A stakeholder of `party` who weighs `outcomes`, `hours` (costs that are not cash), `cash` (costs that are) and `risks`.

    `discount_rate` is its own; a negative total of a world counts `loss_aversion` times, once. `attitude` "mean" or "cvar" (the average of
    the worst `tail` of worlds) says how it looks at many worlds. `role` is customer, sponsor or user of the consumer, owner, employee or
    investor of a provider, or else supplier, regulator, public.
    """

    kind: Literal["weights"] = "weights"
    party: Party
    role: Literal["customer", "sponsor", "user", "owner", "employee", "supplier", "investor", "regulator", "public"]
    outcomes: FixedFactor | None = None
    hours: FixedFactor | None = None
    cash: FixedFactor | None = None
    risks: FixedFactor | None = None
    discount_rate: FixedRate
    loss_aversion: FixedFactor
    attitude: Literal["mean", "cvar"]
    tail: FixedShare | None = None

    def faults(self) -> Iterator[tuple[str, str]]:
        if (self.attitude == "cvar") != (self.tail is not None):
            yield "attitude", "a stakeholder that decides by the worst futures (cvar) needs their share as `tail`; another has none"

    def sentence(self, name: str) -> str:
        return (
            f"{self.say(name)} ({self.role}, of {self.party}) weighs outcomes {_of(self.outcomes):g}, hours {_of(self.hours):g}, cash "
            f"{_of(self.cash):g} and risks {_of(self.risks):g}, discounts at {percent(self.discount_rate.likely)} and counts a loss "
            f"{counted(self.loss_aversion.likely, 'time')}."
        )

    def lower(self, name: str, to: Lowering) -> None:
        """A perception needs no rows: it looks at the ledger afterwards."""

    def perceives(self) -> str:
        """Say what the weights do."""
        return (
            f"weighs outcomes {_of(self.outcomes):g}, hours {_of(self.hours):g}, cash {_of(self.cash):g} and risks "
            f"{_of(self.risks):g}"
        )

    def weight(self, account: Account) -> float:
        """Give the weight of an account of the stakeholder's party."""
        if account.component == "outcome":
            return _of(self.outcomes)
        if account.component == "risk":
            return _of(self.risks)
        return _of(self.cash if account.cash else self.hours)


def _of(weight: Leaf | None) -> float:
    """Give a weight, nought where none is stated."""
    return weight.likely if weight else 0.0
