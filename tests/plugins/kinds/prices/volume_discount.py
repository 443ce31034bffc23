"""A price with a volume discount: users beyond a number cost less."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from itilsim.kinds.block import Block, Relationship, Users
from itilsim.kinds.leaf import Share, UserCount, UserPrice
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.terms import without_contract
from itilsim.plan.specs import Times


class VolumeDiscount(Block):
    """`amount` for each of `users` and month while the relationship is live, with its indexation; `discount` off for those beyond
    `from_users`.
    """

    kind: Literal["volume-discount"] = "volume-discount"
    relationship: Relationship
    users: Users
    amount: UserPrice
    from_users: UserCount
    discount: Share

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        yield from without_contract(self.relationship, blocks, "prices")

    def sentence(self, name: str) -> str:
        return (
            f"The fee of {self.relationship} is {self.amount.likely:g} a user and month while it is live, {self.discount.likely:.0%} less "
            f"for users beyond {self.from_users.likely:g}."
        )

    def lower(self, name: str, to: Lowering) -> None:
        contract, group = to.block("relationships", self.relationship), f"users:{self.users}"
        account = to.account(contract.consumer, f"{self.relationship} fee", to=contract.provider)
        beyond = Times(group, a=self.from_users.number * -1.0, b=1.0, low=0.0)
        charged = to.product(f"{name}:charged", self.discount.number * -1.0, beyond, plus=group)
        scale = to.product(f"{name}:scale", 1.0, charged, f"{self.relationship}:prices")
        live = to.flow(f"{name}:live", f"{self.relationship}:live", "always")
        to.charge(name, account, self.amount.number, scale=scale, basis=live)
