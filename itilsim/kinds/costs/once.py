"""A cost that falls once: at the start, when a relationship goes live, or when it ends."""

from __future__ import annotations

from typing import Literal

from itilsim.kinds.block import Block, Party, Relationship, Titles
from itilsim.kinds.leaf import Money
from itilsim.kinds.lowering import Lowering
from itilsim.plan import rows


class Once(Block):
    """`amount` that `party` pays to `to` at the `start` (when `relationship` is signed), or when it is `live` or has `ended`."""

    kind: Literal["once"] = "once"
    party: Party
    to: Party
    amount: Money
    at: Literal["start", "live", "ended"] = "start"
    relationship: Relationship
    source: str = ""

    def sentence(self, name: str) -> str:
        when = {"start": "at the start", "live": "at go-live", "ended": "when the relationship ends"}[self.at]
        return f"{self.party} pays {self.amount.likely:,.0f} for {self.say(name)} to {self.to} {when}."

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        return {self.source or name: titles.of("costs", self.source) if self.source else self.say(name)}

    def lower(self, name: str, to: Lowering) -> None:
        account = to.account(self.party, self.source or name, to=self.to, one_off=True)
        r = self.relationship
        bundle = {"start": to.signing(r), "live": f"{r}:goes-live", "ended": f"{r}:ends"}[self.at]
        to.effect(bundle, f"{name}:once", rows.POST, account, amount=-1.0 * self.amount.number)
