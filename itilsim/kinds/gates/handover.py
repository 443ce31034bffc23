"""A handover: the old provider goes when the new one has come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from itilsim.kinds.block import Block, Relationship, Titles
from itilsim.kinds.leaf import Duration
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.relationships.contract import NOT_RENEWED
from itilsim.kinds.story import Step
from itilsim.kinds.terms import without_contract
from itilsim.plan import rows


class Handover(Block):
    """The relationship `old` ends, without a decision and without exit fee, `overlap` after the relationship `new` has gone live.

    Both are paid in the meantime. Where the new one never goes live the old one goes on.
    """

    kind: Literal["handover"] = "handover"
    old: Relationship
    new: Relationship
    overlap: Duration

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        if self.old == self.new:
            yield "new", f"found '{self.new}', which is the old one too; a handover is from one relationship to another"
        else:
            yield from without_contract(self.old, blocks, "term that could end", field="old")

    def sentence(self, name: str) -> str:
        return f"{self.say(name)}: {self.old} ends {self.overlap.likely / 24:.0f} days after {self.new} has gone live."

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        return {f"due {name}:over": Step(f"the overlap of {titles.provider(self.old)} with {titles.provider(self.new)} is over")}

    def lower(self, name: str, to: Lowering) -> None:
        n = name
        to.constant(f"{n}:overlap", self.overlap.number)
        to.after(f"{self.new}:goes-live", f"{n}:over", f"{n}:over", f"{n}:overlap")
        to.effect(f"{n}:over", "ended", rows.PHASE, self.old, amount=float(rows.ENDED), low=NOT_RENEWED)
