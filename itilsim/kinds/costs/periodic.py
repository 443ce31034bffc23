"""A periodic cost: so much a year, always or while a relationship is active or live."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from itilsim.kinds.block import Block, Party, Relationship, Titles
from itilsim.kinds.costs.timing import While, running
from itilsim.kinds.leaf import MoneyRate
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.terms import without_contract


class Periodic(Block):
    """`amount` a year that `party` pays to `to`, `during` a relationship's phase, grown with `index`.

    An index is wages, the prices of the contract, or none.
    """

    kind: Literal["periodic"] = "periodic"
    party: Party
    to: Party
    amount: MoneyRate
    during: While = "active"
    relationship: Relationship = ""
    index: Literal["none", "wages", "prices"] = "none"
    source: str = ""

    def faults(self) -> Iterator[tuple[str, str]]:
        if not self.relationship and (self.during != "always" or self.index == "prices"):
            yield "relationship", 'found none; a cost that runs with a relationship has to name it, or say during = "always"'

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        if self.index == "prices":
            yield from without_contract(self.relationship, blocks, "prices with which a cost could grow")

    def sentence(self, name: str) -> str:
        when = "all the time" if self.during == "always" else f"while {self.relationship} is {self.during}"
        return f"{self.party} pays {self.amount.likely * 12:,.0f} a year for {self.say(name)} to {self.to}, {when}."

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        return {self.source or name: titles.of("costs", self.source) if self.source else self.say(name)}

    def lower(self, name: str, to: Lowering) -> None:
        account = to.account(self.party, self.source or name, to=self.to)
        index = {"none": "", "wages": "wages", "prices": f"{self.relationship}:prices"}[self.index]
        to.charge(name, account, self.amount.number, scale=index, basis=running(name, self.during, self.relationship, to))


