"""A fixed fee: so much a year while the relationship is live."""

from __future__ import annotations

from typing import Literal

from itilsim.kinds.block import Block, Relationship
from itilsim.kinds.leaf import MoneyRate
from itilsim.kinds.lowering import Lowering


class FixedFee(Block):
    """`amount` a year from go-live to the end, with the contract's indexation."""

    kind: Literal["fixed-fee"] = "fixed-fee"
    relationship: Relationship
    amount: MoneyRate

    def sentence(self, name: str) -> str:
        return f"The fee of {self.relationship} is {self.amount.likely * 12:,.0f} a year while it is live."

    def lower(self, name: str, to: Lowering) -> None:
        contract = to.block("relationships", self.relationship)
        account = to.account(contract.consumer, f"{self.relationship} fee", to=contract.provider)
        live = to.flow(f"{name}:live", f"{self.relationship}:live", "always")
        to.charge(name, account, self.amount.number, scale=f"{self.relationship}:prices", basis=live)
