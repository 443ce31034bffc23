"""A cost for each use of what is booked, or each action that is done: fuel and tolls, a mileage allowance, a ticket."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from itilsim.kinds.block import Block, Party, Ref, Relationship, Titles
from itilsim.kinds.leaf import CasePrice
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.terms import without_contract


class PerUse(Block):
    """`amount` that `party` pays to `to` for each of `demand` for which one was free, counted on return, or for each `action` done.

    What is done another way because none was free costs nothing here: its price is the `fallback` of the bookings. The amount grows with
    `index` (wages, or the prices of the contract of `relationship`) or with a `market`, not both.
    """

    kind: Literal["per-use"] = "per-use"
    party: Party
    to: Party
    demand: Annotated[str, Ref("demand")] = ""
    action: Annotated[str, Ref("offerings")] = ""
    amount: CasePrice
    relationship: Relationship = ""
    index: Literal["none", "wages", "prices"] = "none"
    market: Annotated[str, Ref("markets")] = ""
    source: str = ""

    def faults(self) -> Iterator[tuple[str, str]]:
        if bool(self.action) == bool(self.demand):
            yield "demand", f"found {'both' if self.action else 'neither'} of action and demand; a cost of each use is of one of the two"
        if (self.index == "prices") != bool(self.relationship):
            yield "relationship", 'a cost that grows with the prices of a contract names it as relationship and says index = "prices"'
        if self.market and self.index != "none":
            yield "market", f"found '{self.market}' beside the index '{self.index}'; a cost grows with one of them"

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        if self.demand and blocks["demand"][self.demand].kind != "bookings":
            yield "demand", f"found '{self.demand}', {blocks['demand'][self.demand].kind} by which nothing is taken; name bookings"
        if self.action and blocks["offerings"][self.action].kind != "actions":
            yield "action", f"found '{self.action}', a {blocks['offerings'][self.action].kind}, which nobody does; name actions"
        if self.index == "prices":
            yield from without_contract(self.relationship, blocks, "prices with which a cost could grow")

    def sentence(self, name: str) -> str:
        each = f"each of {self.demand} for which one is free" if self.demand else f"each of {self.action} done"
        return f"{self.party} pays {self.amount.likely:,.0f} to {self.to} for {self.say(name)}, for {each}."

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        return {self.source or name: titles.of("costs", self.source) if self.source else self.say(name)}

    def lower(self, name: str, to: Lowering) -> None:
        account = to.account(self.party, self.source or name, to=self.to)
        index = {"none": "", "wages": "wages", "prices": f"{self.relationship}:prices"}[self.index]
        index = f"market:{self.market}" if self.market else index
        to.charge(
            name, account, self.amount.number, scale=index, basis=f"{self.demand}:served" if self.demand else f"{self.action}:work:done"
        )
