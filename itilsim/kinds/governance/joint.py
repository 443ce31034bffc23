"""Joint governance: hours of both sides that make risks rarer, each hour less than the one before."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Annotated, Literal

from itilsim.kinds.block import Block, Party, Ref, Relationship, Titles
from itilsim.kinds.leaf import HourPrice, JointHours
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.wording import percent
from itilsim.plan.specs import Times


class Joint(Block):
    """Both sides spend `hours` a month each on governing `risks`, which leaves exp(-hours / `scale`) of their frequency.

    So much where both are wholly at it: of what is taken away comes the share that the speed of their joint work allows. The
    consumer's hours are worth what an hour of its people is, the provider pays `rate` for each of its own to `paid_to`. Cost grows with the
    hours and the gain ever less: the best number of hours is scale x ln(loss / (scale x price of both hours)) (after Bezerra et al. 2014).
    """

    kind: Literal["joint"] = "joint"
    risks: Annotated[tuple[str, ...], Ref("risks")]
    relationship: Relationship
    hours: JointHours
    scale: JointHours
    rate: HourPrice
    paid_to: Party

    def faults(self) -> Iterator[tuple[str, str]]:
        if not self.risks:
            yield "risks", "found none; governance that makes no risk rarer is a cost of its own"
        if self.scale.likely <= 0.0:
            yield "scale", "found nought; so many hours leave 37 % of the risk, as '20 h / month'"

    @property
    def remaining(self) -> float:
        """The share of the risks that is left where both sides are wholly at it."""
        return math.exp(-self.hours.likely / self.scale.likely)

    def sentence(self, name: str) -> str:
        return (
            f"{self.say(name)}: both sides of {self.relationship} spend {self.hours.likely:g} h a month each, which leaves "
            f"{percent(self.remaining)} of {', '.join(self.risks)}."
        )

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        return {name: self.say(name)}

    def lower(self, name: str, to: Lowering) -> None:
        contract = to.block("relationships", self.relationship)
        active = to.flow(f"{name}:active", f"{self.relationship}:active", "always")
        to.hours(f"{name}:consumer", contract.consumer, name, self.hours.number, basis=active)
        account = to.account(contract.provider, name, to=self.paid_to)
        to.charge(f"{name}:provider", account, self.hours.number * self.rate.number, scale="wages", basis=active)

    def factor(self, name: str) -> Times:
        """Give the modifier by which the rates of the risks fall."""
        left = self.remaining
        return Times(f"{self.relationship}:speed", a=1.0, b=left - 1.0, low=left, high=1.0)
