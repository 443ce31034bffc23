"""A residual value: what is owned at the horizon, where the relationship still lives or the code is owned."""

from __future__ import annotations

from typing import Literal

from itilsim.kinds.block import Block, Party, Relationship
from itilsim.kinds.leaf import Money
from itilsim.kinds.lowering import Lowering


class Residual(Block):
    """`amount` that `party` still has at the horizon; not cash. Nought where this block is left out, and always printed."""

    kind: Literal["residual"] = "residual"
    party: Party
    relationship: Relationship
    amount: Money

    def sentence(self, name: str) -> str:
        return f"At the horizon {self.party} owns {self.say(name)} worth {self.amount.likely:,.0f}, if {self.relationship} is live."

    def lower(self, name: str, to: Lowering) -> None:
        account = to.account(self.party, name, "outcome", cash=False, one_off=True)
        to.charge(name, account, self.amount.number, scale=f"{self.relationship}:live", gain=True, horizon=True)
