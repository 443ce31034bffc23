"""A fixed fee: so much a year while the relationship is live."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from itilsim.kinds.block import Block, Relationship
from itilsim.kinds.leaf import MoneyRate
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.terms import without_contract


class FixedFee(Block):
    """`amount` a year from go-live to the end, with the contract's indexation."""

    kind: Literal["fixed-fee"] = "fixed-fee"
    relationship: Relationship
    amount: MoneyRate

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        yield from without_contract(self.relationship, blocks, "prices; inside one organization a recharge stands for a fee")

    def sentence(self, name: str) -> str:
        return f"The fee of {self.relationship} is {self.amount.likely * 12:,.0f} a year while it is live."

    def lower(self, name: str, to: Lowering) -> None:
        contract = to.block("relationships", self.relationship)
        account = to.account(contract.consumer, f"{self.relationship} fee", to=contract.provider)
        live = to.flow(f"{name}:live", f"{self.relationship}:live", "always")
        to.charge(name, account, self.amount.number, scale=f"{self.relationship}:prices", basis=live)
