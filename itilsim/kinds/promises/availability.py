"""An availability level: the month's availability in service hours, with a credit below each step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from itilsim.kinds.block import Block, Relationship, Service, Titles
from itilsim.kinds.leaf import Share
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.story import Step
from itilsim.kinds.terms import without_contract
from itilsim.kinds.wording import percent
from itilsim.plan.specs import PromiseSpec

FIRST, LATER = 1.0, 0.5
"""What the first and each further step count for when a month is judged."""


class Availability(Block):
    """Availability of `service` in office hours; below each of `targets` the credit of the same place is due, on top of those before.

    The contract's `at_risk` share bounds all credits of a month.
    """

    kind: Literal["availability"] = "availability"
    relationship: Relationship
    service: Service
    targets: tuple[Share, ...]
    credits: tuple[Share, ...]

    def faults(self) -> Iterator[tuple[str, str]]:
        if len(self.targets) != len(self.credits):
            yield "credits", f"found {len(self.credits)} credits for {len(self.targets)} targets; each target needs one"

    def weight(self) -> float:
        """Give what all steps together count for when a month is judged."""
        return FIRST + LATER * (len(self.targets) - 1)

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        yield from without_contract(self.relationship, blocks, "fee of which credits could be given")

    def sentence(self, name: str) -> str:
        steps = ", ".join(f"{percent(c.likely)} below {percent(t.likely)}" for t, c in zip(self.targets, self.credits, strict=True))
        return f"{self.say(name)}: a credit of {steps} of the month's fee."

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        missed = Step(self.called(name), shows=(f"{self.relationship}:trust",))
        return {f"missed {name} {step + 1}": missed for step in range(len(self.targets))}

    def lower(self, name: str, to: Lowering) -> None:
        contract = to.block("relationships", self.relationship)
        fee = to.account(contract.consumer, f"{self.relationship} fee", to=contract.provider)
        for step, (target, credit) in enumerate(zip(self.targets, self.credits, strict=True)):
            to.specs.promises[f"{name} {step + 1}"] = PromiseSpec(
                self.relationship, f"{self.service}:up:mean", f"{self.relationship}:live", target.number, credit.number,
                contract.credits_at_risk(), fee, f"{self.relationship}:broken", weight=FIRST if step == 0 else LATER,
            )  # fmt: skip
