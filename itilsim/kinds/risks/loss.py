"""A loss of the old way: papers lost or altered, thinned by the share of an activity that still goes the old way."""

from __future__ import annotations

from typing import Annotated, Literal

from itilsim.kinds.block import Block, Party, Ref, Titles
from itilsim.kinds.leaf import DrawnMoney, Frequency, Money
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.risks.thinning import UNIT, controls_of
from itilsim.kinds.story import Step
from itilsim.plan import rows
from itilsim.plan.number import Number
from itilsim.plan.specs import LossSpec


class Loss(Block):
    """`frequency` a year while all of `activity` goes the old way; each loses `severity`, `cap` at most, of `party`.

    `includes` says what the severity contains (lost working hours, fraud, fines ...). Lines that name the same `event` happen together, at
    the frequency of the first of them by name. Two lines of one event, or of one activity where no event is named, must not include the
    same.
    """

    kind: Literal["loss"] = "loss"
    party: Party
    activity: Annotated[str, Ref("activities")]
    frequency: Frequency
    severity: DrawnMoney
    cap: Money
    includes: tuple[str, ...]
    event: str = ""

    def sentence(self, name: str) -> str:
        return (
            f"{self.say(name)}: {self.frequency.likely * 12:g} times a year where all goes the old way, each {self.severity.likely:,.0f} "
            f"typically and {self.cap.likely:,.0f} at most, borne by {self.party}."
        )

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        return {name: self.say(name)}

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        return {
            f"stream {name}": Step(self.say(name), called=self.called(name), summed="often"),
            f"loss {name}": Step("the loss is settled"),
        }

    def lower(self, name: str, to: Lowering) -> None:
        n = name
        cap = self.cap.number * to.setting.caps
        to.quantity(f"{n}:severity", self.severity, cap=cap)
        to.specs.losses[n] = LossSpec(f"{n}:severity", to.account(self.party, n, "risk", to="public"), cap=cap)
        first = min((m for m, b in to.blocks("risks").items() if self.event and getattr(b, "event", "") == self.event), default=n)
        to.effect(first, f"loss {n}", rows.SETTLE, n)
        to.rare(first, n)
        frequency = to.block("risks", first).frequency
        to.old_month.append((self.party, Number.of(self.severity.parsed.mean()) * frequency.number))
        if first != n:
            return
        to.product(f"{n}:rate", self.frequency.number, f"{self.activity}:left-now", *controls_of(n, to))
        to.stream(n, f"{n}:rate", self.frequency.number, unit=UNIT if self.frequency.high < 1.0 else 0.25)

    def counts(self) -> tuple[str, frozenset[str]]:
        return self.event or f"old way of {self.activity}", frozenset(self.includes)
