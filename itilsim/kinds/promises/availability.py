"""An availability level: the month's availability in service hours, with a credit below each step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from itilsim.kinds.block import Block, Relationship, Service
from itilsim.kinds.leaf import Share
from itilsim.kinds.lowering import Lowering
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

    def sentence(self, name: str) -> str:
        steps = ", ".join(f"{c.likely:.0%} below {t.likely:.2%}" for t, c in zip(self.targets, self.credits, strict=True))
        return f"{self.say(name)}: a credit of {steps} of the month's fee."

    def lower(self, name: str, to: Lowering) -> None:
        contract = to.block("relationships", self.relationship)
        fee = to.account(contract.consumer, f"{self.relationship} fee", to=contract.provider)
        for step, (target, credit) in enumerate(zip(self.targets, self.credits, strict=True)):
            to.specs.promises[f"{name} {step + 1}"] = PromiseSpec(
                self.relationship, f"{self.service}:up:mean", f"{self.relationship}:live", target.number, credit.number,
                contract.credits_at_risk(), fee, f"{self.relationship}:broken", weight=FIRST if step == 0 else LATER,
            )  # fmt: skip
