"""The margin of end customers: what each of a clientele brings a month, whatever service they use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from itilsim.kinds.block import Block, Party, Titles, Users
from itilsim.kinds.leaf import UserPrice
from itilsim.kinds.lowering import Lowering


class Margin(Block):
    """`amount` a month for each customer of `users`, of `party`, paid by `payer`.

    It does not hang on a service: today's customers bring it too, so what a service wins or loses of them is an outcome supported or
    affected. Decisions compare months with today's margin.
    """

    kind: Literal["margin"] = "margin"
    users: Users
    party: Party
    payer: Party
    amount: UserPrice

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        group = blocks["users"][self.users]
        if group.kind != "clientele":
            yield "users", f"found '{self.users}', a {group.kind}; a margin is brought by end customers, a clientele"

    def sentence(self, name: str) -> str:
        return f"{self.say(name)}: each of {self.users} brings {self.party} {self.amount.likely:,.6g} a month."

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        return {name: self.say(name)}

    def lower(self, name: str, to: Lowering) -> None:
        account = to.account(self.party, name, "outcome", to=self.payer)
        to.charge(name, account, self.amount.number, scale=f"users:{self.users}", gain=True)
        today = to.block("users", self.users).number.number
        to.old_month.append((self.party, self.amount.number * today * -1.0))
