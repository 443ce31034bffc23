"""A cost that comes every n-th month: an audit, a licence true-up, a rent paid by the quarter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from itilsim.kinds.block import Block, Party, Relationship, Titles
from itilsim.kinds.leaf import Money
from itilsim.kinds.lowering import HOURS_A_MONTH, Lowering
from itilsim.plan import rows
from itilsim.plan.specs import StreamSpec


class EveryNthMonth(Block):
    """`amount` that `party` pays to `to` after every `every` months from the start on, while `relationship` is active."""

    kind: Literal["every-nth-month"] = "every-nth-month"
    party: Party
    to: Party
    amount: Money
    every: Annotated[int, Field(ge=1, le=240)]
    relationship: Relationship

    def faults(self) -> Iterator[tuple[str, str]]:
        if self.party == self.to:
            yield "to", f"found '{self.to}', who pays it; nobody pays themselves"

    def sentence(self, name: str) -> str:
        return f"{self.party} pays {self.amount.likely:,.0f} for {self.say(name)} to {self.to} every {self.every} months."

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        return {name: self.say(name)}

    def lower(self, name: str, to: Lowering) -> None:
        period = self.every * HOURS_A_MONTH
        to.dice(name)
        to.specs.streams[name] = StreamSpec(f"{self.relationship}:active", name, bound=1.0, period=period, offset=period)
        to.effect(name, "pays", rows.POST, to.account(self.party, name, to=self.to), amount=self.amount.number * -1.0)
