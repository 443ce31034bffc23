"""A price index: what the like costs on the market, against its price at the start."""

from __future__ import annotations

from typing import Literal

from itilsim.kinds.block import Block
from itilsim.kinds.leaf import DrawnGrowth
from itilsim.kinds.lowering import Lowering
from itilsim.plan import rows


class PriceIndex(Block):
    """An index that begins at 1 and grows each year by `growth`, drawn in each year: the same in all alternatives of a world."""

    kind: Literal["price-index"] = "price-index"
    growth: DrawnGrowth

    def sentence(self, name: str) -> str:
        return f"{self.say(name)} begins at 1 and grows by {self.growth.parsed.mean():.1%} in a mean year."

    def lower(self, name: str, to: Lowering) -> None:
        index = to.stock(f"market:{name}", 1.0)
        to.quantity(f"{index}:growth", self.growth)
        to.decide(f"{index}:growth", rows.INDEX, index, quantity=f"{index}:growth", every=12, offset=12, p=(1e9,))
        to.measure(index, slot=index)
