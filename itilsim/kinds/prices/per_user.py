"""A price per user: so much for each licensed user and month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from itilsim.kinds.block import Block, Relationship, Users
from itilsim.kinds.leaf import UserPrice
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.terms import without_contract


class PerUser(Block):
    """`amount` for each user of the group and month while the relationship is live, with indexation and the rise at renewal.

    All users are licensed, adopted or not, as such contracts ask.
    """

    kind: Literal["per-user"] = "per-user"
    relationship: Relationship
    users: Users
    amount: UserPrice

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        yield from without_contract(self.relationship, blocks, "prices; inside one organization a recharge stands for a fee")

    def sentence(self, name: str) -> str:
        return f"The fee of {self.relationship} is {self.amount.likely:g} a user and month while it is live."

    def lower(self, name: str, to: Lowering) -> None:
        contract = to.block("relationships", self.relationship)
        account = to.account(contract.consumer, f"{self.relationship} fee", to=contract.provider)
        live = to.flow(f"{name}:live", f"{self.relationship}:live", "always")
        scale = to.product(f"{name}:scale", 1.0, f"users:{self.users}", f"{self.relationship}:prices")
        to.charge(name, account, self.amount.number, scale=scale, basis=live)
