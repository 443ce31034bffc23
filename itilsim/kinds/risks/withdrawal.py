"""Withdrawal: the provider takes its product from the market, and the relationship ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from itilsim.kinds.block import Block, Relationship, Titles
from itilsim.kinds.leaf import Frequency
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.relationships.contract import LEFT
from itilsim.kinds.risks.thinning import UNIT
from itilsim.kinds.story import Step
from itilsim.kinds.terms import without_contract
from itilsim.plan import rows


class Withdrawal(Block):
    """`frequency` a year while live; the contract's notice is given, then it ends with its fallback."""

    kind: Literal["withdrawal"] = "withdrawal"
    relationship: Relationship
    frequency: Frequency

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        yield from without_contract(self.relationship, blocks, "notice that could be given")

    def sentence(self, name: str) -> str:
        return f"{self.say(name)}: with a frequency of {self.frequency.likely * 12:.3g} a year the provider withdraws its product."

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        provider = titles.provider(self.relationship)
        return {
            f"stream {name}": Step(f"{self.say(name)}: {provider} takes its product from the market", called=self.called(name)),
            f"due {name}:over": Step("the notice has run out"),
        }

    def lower(self, name: str, to: Lowering) -> None:
        n, r = name, self.relationship
        to.product(f"{n}:rate", self.frequency.number, f"{r}:live")
        to.stream(n, f"{n}:rate", self.frequency.number, unit=UNIT)
        to.effect(n, "notice", rows.PHASE, r, amount=float(rows.NOTICE))
        to.after(n, "over", f"{n}:over", f"{r}:notice")
        to.effect(f"{n}:over", "ended", rows.PHASE, r, amount=float(rows.ENDED), low=LEFT)
