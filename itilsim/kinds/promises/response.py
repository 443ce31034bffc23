"""A response level: the share of requests solved within their target time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from itilsim.kinds.block import Block, Ref, Relationship, Titles
from itilsim.kinds.leaf import Share
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.story import Step
from itilsim.kinds.terms import without_contract
from itilsim.kinds.wording import percent
from itilsim.plan.specs import PromiseSpec

WEIGHT = 0.5


class Response(Block):
    """In each month the share `target` of the requests of `demand` with this `priority` that
    reach the support team is solved within their target; else `credit` of the fee is due."""

    kind: Literal["response"] = "response"
    relationship: Relationship
    demand: Annotated[str, Ref("demand")]
    priority: Literal["urgent", "normal", "low"]
    target: Share
    credit: Share

    def weight(self) -> float:
        """Give what this level counts for when a month is judged."""
        return WEIGHT

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        yield from without_contract(self.relationship, blocks, "fee of which credits could be given")
        named = blocks["demand"][self.demand]
        if named.kind != "requests":
            yield "demand", f"found '{self.demand}', {named.kind}, which have no priorities; name requests"

    def sentence(self, name: str) -> str:
        return (
            f"{self.say(name)}: {percent(self.target.likely)} of {self.priority} requests are solved in time, "
            f"else {percent(self.credit.likely)} of the fee comes back."
        )

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        return {f"missed {name}": Step(self.called(name), shows=(f"{self.relationship}:trust",))}

    def lower(self, name: str, to: Lowering) -> None:
        contract = to.block("relationships", self.relationship)
        fee = to.account(contract.consumer, f"{self.relationship} fee", to=contract.provider)
        met = f"{self.demand}-{self.priority}:in-time"
        to.specs.promises[name] = PromiseSpec(
            self.relationship, met, f"{self.relationship}:live", self.target.number, self.credit.number,
            contract.credits_at_risk(), fee, f"{self.relationship}:broken", weight=WEIGHT,
        )  # fmt: skip
