"""A budget holder: a perception that sees cash alone, and an amount that breaks the budget of its year more than one that runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from itilsim.kinds.block import Block, Party
from itilsim.kinds.leaf import FixedFactor, FixedRate, FixedShare
from itilsim.kinds.lowering import Lowering
from itilsim.plan.accounts import Account


class BudgetHolder(Block):
    """A stakeholder of `party` to whom hours are nothing, running cash is what it is, and one-off cash counts `surprise` times.

    It discounts at `discount_rate`, feels a loss `loss_aversion` times, and decides by the mean of the worst `tail` of futures.
    """

    kind: Literal["budget-holder"] = "budget-holder"
    party: Party
    role: Literal["sponsor", "owner"] = "sponsor"
    surprise: FixedFactor
    discount_rate: FixedRate
    loss_aversion: FixedFactor
    tail: FixedShare
    attitude: Literal["cvar"] = "cvar"

    def faults(self) -> Iterator[tuple[str, str]]:
        if self.surprise.likely < 1.0:
            yield "surprise", f"found {self.surprise.likely:g}; what breaks a budget counts at least as much as what runs: 1 or more"

    def sentence(self, name: str) -> str:
        return f"{self.say(name)} (of {self.party}) {self.perceives()}."

    def lower(self, name: str, to: Lowering) -> None:
        """A perception needs no rows: it looks at the ledger afterwards."""

    def perceives(self) -> str:
        """Say what it sees."""
        return f"sees cash alone, what is paid once {self.surprise.likely:g} times"

    def weight(self, account: Account) -> float:
        """Give the weight of an account of the stakeholder's party."""
        if not account.cash:
            return 0.0
        return self.surprise.likely if account.one_off else 1.0
