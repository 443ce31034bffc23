"""A perception by weights on outcomes, risks, cash and hours, with a discount rate and loss aversion of its own."""

from __future__ import annotations

from typing import Literal

from itilsim.kinds.block import Block, Party
from itilsim.kinds.leaf import FixedFactor, FixedRate, FixedShare
from itilsim.kinds.lowering import Lowering
from itilsim.plan.accounts import Account


class Weights(Block):
    """A stakeholder of `party` who weighs `outcomes`, `hours` (costs that are not cash), `cash` (costs that are) and `risks`.

    `discount_rate` is its own; a negative total of a world counts `loss_aversion` times, once. `attitude` "mean" or "cvar" (the average of
    the worst `tail` of worlds) says how it looks at many worlds. `role` is customer, sponsor, user or owner;
    `sees` limits it to sources that begin with one of the words.
    """

    kind: Literal["weights"] = "weights"
    party: Party
    role: Literal["customer", "sponsor", "user", "owner"]
    outcomes: FixedFactor
    hours: FixedFactor
    cash: FixedFactor
    risks: FixedFactor
    discount_rate: FixedRate
    loss_aversion: FixedFactor
    attitude: Literal["mean", "cvar"]
    tail: FixedShare

    def sentence(self, name: str) -> str:
        return (
            f"{self.say(name)} ({self.role}, of {self.party}) weighs outcomes {self.outcomes.likely:g}, hours {self.hours.likely:g}, cash "
            f"{self.cash.likely:g} and risks {self.risks.likely:g}, discounts at {self.discount_rate.likely:.0%} and counts a loss "
            f"{self.loss_aversion.likely:g} times."
        )

    def lower(self, name: str, to: Lowering) -> None:
        """A perception needs no rows: it looks at the ledger afterwards."""

    def perceives(self) -> str:
        """Say what the weights do."""
        return (
            f"weighs outcomes {self.outcomes.likely:g}, hours {self.hours.likely:g}, cash {self.cash.likely:g} and risks "
            f"{self.risks.likely:g}"
        )

    def weight(self, account: Account) -> float:
        """Give the weight of an account of the stakeholder's party."""
        if account.component == "outcome":
            return self.outcomes.likely
        if account.component == "risk":
            return self.risks.likely
        return self.cash.likely if account.cash else self.hours.likely
