"""A response level: the share of requests solved within their target time."""

from __future__ import annotations

from typing import Annotated, Literal

from itilsim.kinds.block import Block, Ref, Relationship
from itilsim.kinds.leaf import Share
from itilsim.kinds.lowering import Lowering
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

    def sentence(self, name: str) -> str:
        return (
            f"{self.say(name)}: {self.target.likely:.0%} of {self.priority} requests are solved in time, "
            f"else {self.credit.likely:.0%} of the fee comes back."
        )

    def lower(self, name: str, to: Lowering) -> None:
        contract = to.block("relationships", self.relationship)
        fee = to.account(contract.consumer, f"{self.relationship} fee", to=contract.provider)
        met = f"{self.demand}-{self.priority}:in-time"
        to.specs.promises[name] = PromiseSpec(
            self.relationship, met, f"{self.relationship}:live", self.target.number, self.credit.number,
            contract.credits_at_risk(), fee, f"{self.relationship}:broken", weight=WEIGHT,
        )  # fmt: skip
