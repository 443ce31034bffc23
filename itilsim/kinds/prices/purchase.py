"""A purchase: the one-time price of things whose ownership passes."""

from __future__ import annotations

from typing import Literal

from itilsim.kinds.block import Block, Relationship, Titles
from itilsim.kinds.leaf import Share, UnitPrice, Units
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.wording import percent
from itilsim.plan import rows


class Purchase(Block):
    """`number` things at `price` each, the consumer's for good: the share `deposit` is paid at signing, the rest when they are handed over
    at go-live. Nothing comes back when the relationship ends.
    """

    kind: Literal["purchase"] = "purchase"
    relationship: Relationship
    number: Units
    price: UnitPrice
    deposit: Share

    def sentence(self, name: str) -> str:
        return (
            f"{self.say(name)}: {self.number.likely:g} at {self.price.likely:,.0f} each are bought under {self.relationship}; "
            f"{percent(self.deposit.likely)} is paid at signing."
        )

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        return {f"{name} price": f"the price of {self.say(name)}"}

    def lower(self, name: str, to: Lowering) -> None:
        contract = to.block("relationships", self.relationship)
        account = to.account(contract.consumer, f"{name} price", to=contract.provider, one_off=True)
        price, deposit = self.number.number * self.price.number, self.deposit.number
        to.effect(to.signing(self.relationship), f"{name}:deposit", rows.POST, account, amount=price * deposit * -1.0)
        to.effect(f"{self.relationship}:goes-live", f"{name}:rest", rows.POST, account, amount=price * (1.0 - deposit) * -1.0)
