"""A residual value: what is owned at the horizon, where the relationship still lives or the code is owned."""

from __future__ import annotations

from typing import Literal

from itilsim.kinds.block import Block, Party, Relationship, Service, Titles
from itilsim.kinds.leaf import Money
from itilsim.kinds.lowering import Lowering
from itilsim.plan import rows
from itilsim.plan.specs import Times


class Residual(Block):
    """`amount` that `party` still has at the horizon where `service` is used; not cash.

    Nought where this block is left out, and always printed.
    """

    kind: Literal["residual"] = "residual"
    party: Party
    relationship: Relationship
    service: Service
    amount: Money

    def sentence(self, name: str) -> str:
        return f"At the horizon {self.party} owns {self.say(name)} worth {self.amount.likely:,.0f}, if {self.relationship} is live."

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        return {name: f"the remaining worth of {self.say(name)}"}

    def lower(self, name: str, to: Lowering) -> None:
        account = to.account(self.party, name, "outcome", cash=False, one_off=True)
        used = Times(f"{self.service}:use:mean", rows.AT_LEAST, a=1e-9, b=1.0)
        worth = to.product(f"{name}:worth", 1.0, f"{self.relationship}:live", used)
        to.charge(name, account, self.amount.number, scale=worth, gain=True, horizon=True)
