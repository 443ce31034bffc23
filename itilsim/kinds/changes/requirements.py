"""Requirements: each new one opens a gap in utility, which joint work closes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from itilsim.kinds.again import refused_without_end
from itilsim.kinds.block import Block, OptionalParty, Service, Team, Titles
from itilsim.kinds.leaf import DrawnFactor, DrawnHours, Frequency, HourPrice, Hours, Money, Share
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.story import PASSES_ON, Step
from itilsim.kinds.wording import percent
from itilsim.plan import rows
from itilsim.plan.specs import Times, WorkSpec

UNIT = 0.05
"""Height of a layer of candidates, in changes a month."""


class Requirements(Block):
    """Requirements of the customer that move.

    `frequency` a year `during` live, or active (from signing on, while the first version is still built); each opens a gap of `weight` (a
    share of utility, drawn) until `triage` has specified it (`triage_hours`) and `team` has worked `work` in packages of `package`, at the
    speed of joint work. A share `unfit` is never followed. Acceptance fails with
    `failure` at full effort of the consumer and `failure_alone` without any; a share `breaks` of the accepted ones takes the service down
    until `repair` is done. The consumer pays `price` an hour to the provider, where there is one, and `each` besides once a change is
    accepted: what is refused is worked on again for nothing where all is paid by the change.
    """

    usual = True
    kind: Literal["requirements"] = "requirements"
    service: Service
    frequency: Frequency
    weight: DrawnFactor
    triage: Team
    triage_hours: Hours
    team: Team
    work: DrawnHours
    package: Hours
    unfit: Share
    failure: Share
    failure_alone: Share
    breaks: Share
    repair: DrawnHours
    price: HourPrice
    payer: OptionalParty = ""
    each: Money | None = None
    during: Literal["live", "active"] = "live"

    def faults(self) -> Iterator[tuple[str, str]]:
        yield from refused_without_end(self)

    def sentence(self, name: str) -> str:
        since = ", from signing on," if self.during == "active" else ""
        return (
            f"{self.say(name)}: {self.frequency.likely * 12:g} a year{since} each open a gap of {percent(self.weight.likely)} in utility, "
            f"which {self.work.likely:g} h of work by {self.team} close; {percent(self.unfit.likely)} are never followed, and "
            f"{percent(self.breaks.likely)} break something."
        )

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        return {f"{name} fee": f"the fee for changed {self.say(name)}"}

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        n = name
        return {
            f"stream {n}": Step("the customer's requirements move", called=self.called(n), summed="very often"),
            f"done {n}:triage": PASSES_ON,
            f"not accepted {n}:work": Step("the change is refused at acceptance and worked on again"),
            f"done {n}:work": Step("the change is accepted after {elapsed}"),
            f"due {n}:broken": Step("the change breaks the service"),
            f"done {n}:repair": Step("the service is repaired"),
        }

    def lower(self, name: str, to: Lowering) -> None:
        n, s = name, self.service
        relationship = to.block("services", s).relationship
        to.product(f"{n}:rate", self.frequency.number, f"{relationship}:{self.during}")
        to.stream(n, f"{n}:rate", self.frequency.number, unit=UNIT)
        to.quantity(f"{n}:weight", self.weight)
        to.effect(n, "gap", rows.OPEN, f"{s}:gap", quantity=f"{n}:weight")
        to.dice(f"{n}:fit")
        fit = to.product(f"{n}:fits", 1.0 - self.unfit.number)
        to.effect(n, "triage", rows.ENQUEUE, f"{n}:triage", chance=fit, chance_quantity=f"{n}:fit")
        self.lower_work(n, relationship, to)
        level = f"{s}:availability"
        in_use = [f"{relationship}:live"] if self.during == "active" else []
        breaks = to.product(f"{n}:breaks", self.breaks.number, *in_use)
        to.dice(f"{n}:breaks")
        to.effect(f"{n}:accepted", "closes", rows.CLOSE, f"{s}:gap", quantity=f"{n}:weight")
        to.after(f"{n}:accepted", "breaks", f"{n}:broken", chance=breaks, chance_quantity=f"{n}:breaks")
        to.effect(f"{n}:broken", "open", rows.OPEN, level, amount=1.0)
        to.effect(f"{n}:broken", "repair", rows.ENQUEUE, f"{n}:repair")
        to.effect(f"{n}:repaired", "close", rows.CLOSE, level, amount=1.0)
        contract = to.block("relationships", relationship)
        if contract.provider != (self.payer or contract.consumer) and contract.kind == "contract":
            fee = to.account(self.payer or contract.consumer, f"{n} fee", to=contract.provider)
            to.charge(f"{n}:fee", fee, self.price.number, scale=f"{relationship}:prices", basis=f"{n}:work:hours")
            if self.each is not None:
                price = self.each.number * -1.0
                to.effect(f"{n}:accepted", "fee", rows.POST, fee, amount=price, scale=f"{relationship}:prices")

    def lower_work(self, n: str, relationship: str, to: Lowering) -> None:
        """Lower specification, work and repair."""
        alone = self.failure_alone.number
        engaged = Times(f"{relationship}:engagement", a=alone, b=self.failure.number - alone, low=0.0, high=1.0)
        to.product(f"{n}:refused", 1.0, engaged)
        to.dice(f"{n}:acceptance")
        to.constant(f"{n}:triage", self.triage_hours.number)
        to.quantity(f"{n}:work", self.work)
        to.quantity(f"{n}:repair", self.repair)
        works = to.specs.works
        works[f"{n}:triage"] = WorkSpec(self.triage, f"{n}:triage", priority=3, done=f"{n}:specified")
        works[f"{n}:work"] = WorkSpec(
            self.team, f"{n}:work", priority=3, package=self.package.number, speed=f"{relationship}:speed",
            done=f"{n}:accepted", failed=f"{n}:again", failure=f"{n}:refused", failure_quantity=f"{n}:acceptance",
        )  # fmt: skip
        works[f"{n}:repair"] = WorkSpec(self.team, f"{n}:repair", priority=0, done=f"{n}:repaired")
        to.effect(f"{n}:specified", "work", rows.ENQUEUE, f"{n}:work")
        to.effect(f"{n}:again", "work", rows.ENQUEUE, f"{n}:work", amount=2.0)
