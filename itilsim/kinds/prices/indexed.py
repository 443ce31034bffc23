"""An indexed fee: it follows wages or a market once a year, in part, and within a cap and a floor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from itilsim.kinds.block import Block, Ref, Relationship, Titles
from itilsim.kinds.leaf import Growth, MoneyRate, Share
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.story import Slot
from itilsim.kinds.terms import without_contract
from itilsim.kinds.wording import percent
from itilsim.plan import rows
from itilsim.plan.specs import Times


class Indexed(Block):
    """`amount` a year while live, a stock of its own that moves at each anniversary of go-live.

    It moves by the share `passed_on` of what `market` (wages where none is named) has moved by since the last time (the first: since
    go-live), `floor` at least and `cap` at most. What is renegotiated at a renewal moves it too; the contract's own indexation must be
    nought.
    """

    kind: Literal["indexed"] = "indexed"
    relationship: Relationship
    amount: MoneyRate
    market: Annotated[str, Ref("markets")] = ""
    passed_on: Share
    cap: Growth
    floor: Growth

    def faults(self) -> Iterator[tuple[str, str]]:
        if self.floor.low > self.cap.high:
            yield "floor", f"found {self.floor.likely:.1%}, which is above the cap of {self.cap.likely:.1%}"

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        yield from without_contract(self.relationship, blocks, "prices; inside one organization a recharge stands for a fee")
        indexation = getattr(blocks["relationships"][self.relationship], "indexation", None)
        if indexation is not None and (indexation.low, indexation.high) != (0.0, 0.0):
            yield "relationship", (
                f"the prices of '{self.relationship}' grow by {indexation.likely:.1%} a year already; with an indexed fee its indexation "
                "is '0 % / year'"
            )

    def sentence(self, name: str) -> str:
        limits = f"between {percent(self.floor.likely)} and {percent(self.cap.likely)}"
        return (
            f"The fee of {self.relationship} is {self.amount.likely * 12:,.0f} a year while it is live; each year it follows "
            f"{self.market or 'wages'} by {percent(self.passed_on.likely)}, {limits}."
        )

    def slots(self, name: str, titles: Titles) -> dict[str, Slot]:
        return {f"{name}:price": Slot(f"the indexed fee of {titles.provider(self.relationship)} against the start", steady=True)}

    def lower(self, name: str, to: Lowering) -> None:
        n, contract = name, to.block("relationships", self.relationship)
        index = f"market:{self.market}" if self.market else "wages"
        now, last, price = to.product(f"{n}:index-now", 1.0, index), to.stock(f"{n}:index-last", 1.0), to.stock(f"{n}:price", 1.0)
        grown = to.product(f"{n}:index-grown", 1.0, now, Times(last, rows.INVERSE, a=1.0, high=1e9))
        behind = to.product(f"{n}:index-behind", -1.0, last, plus=now)
        to.effect(f"{self.relationship}:goes-live", f"{n}:index-last", rows.ADD, last, amount=1.0, scale=behind)
        passed = self.passed_on.number
        within = Times(grown, a=1.0 - passed, b=passed, low=1.0 + self.floor.number, high=1.0 + self.cap.number)
        after = to.product(f"{n}:price-after", 1.0, price, within)
        yearly: dict[str, Any] = {"every": 12, "offset": 12, "clock": f"{self.relationship}:age"}
        to.move(f"{n}:price", price, after, up=1.0, down=1.0, order=8, **yearly)
        to.move(f"{n}:index-last", last, now, up=1.0, down=1.0, order=9, **yearly)
        account = to.account(contract.consumer, f"{self.relationship} fee", to=contract.provider)
        live = to.flow(f"{n}:live", f"{self.relationship}:live", "always")
        scale = to.product(f"{n}:scale", 1.0, price, f"{self.relationship}:prices")
        to.charge(n, account, self.amount.number, scale=scale, basis=live)
        to.measure(f"{n}:price", slot=price)
