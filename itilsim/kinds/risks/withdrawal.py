"""Withdrawal: the provider takes its product from the market, and the relationship ends."""

from __future__ import annotations

from typing import Literal

from itilsim.kinds.block import Block, Relationship
from itilsim.kinds.leaf import Frequency
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.relationships.contract import LEFT
from itilsim.kinds.risks.thinning import UNIT
from itilsim.plan import rows


class Withdrawal(Block):
    """`frequency` a year while live; the contract's notice is given, then it ends with its fallback."""

    kind: Literal["withdrawal"] = "withdrawal"
    relationship: Relationship
    frequency: Frequency

    def sentence(self, name: str) -> str:
        return f"{self.say(name)}: with a frequency of {self.frequency.likely * 12:.3g} a year the provider withdraws its product."

    def lower(self, name: str, to: Lowering) -> None:
        n, r = name, self.relationship
        to.product(f"{n}:rate", self.frequency.number, f"{r}:live")
        to.stream(n, f"{n}:rate", self.frequency.number, unit=UNIT)
        to.effect(n, "notice", rows.PHASE, r, amount=float(rows.NOTICE))
        to.after(n, "over", f"{n}:over", f"{r}:notice")
        to.effect(f"{n}:over", "ended", rows.PHASE, r, amount=float(rows.ENDED), low=LEFT)
