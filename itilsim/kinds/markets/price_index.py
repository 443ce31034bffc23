"""A price index: what the like costs on the market, against its price at the start."""

from __future__ import annotations

from typing import Literal

from itilsim.kinds.block import Block, Titles
from itilsim.kinds.leaf import DrawnGrowth
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.story import Slot
from itilsim.kinds.wording import percent
from itilsim.plan import rows


class PriceIndex(Block):
    """An index that begins at 1 and grows each year by `growth`, drawn in each year: the same in all alternatives of a world."""

    kind: Literal["price-index"] = "price-index"
    growth: DrawnGrowth

    def sentence(self, name: str) -> str:
        growth = self.growth.parsed.mean()
        return f"{self.say(name)} begins at 1 and {'falls' if growth < 0.0 else 'grows'} by {percent(abs(growth))} in a mean year."

    def slots(self, name: str, titles: Titles) -> dict[str, Slot]:
        return {f"market:{name}": Slot(f"{self.called(name)} against the start", steady=True)}

    def lower(self, name: str, to: Lowering) -> None:
        index = to.stock(f"market:{name}", 1.0)
        to.quantity(f"{index}:growth", self.growth)
        to.decide(f"{index}:growth", rows.INDEX, index, quantity=f"{index}:growth", every=12, offset=12, p=(1e9,))
        to.measure(index, slot=index)
