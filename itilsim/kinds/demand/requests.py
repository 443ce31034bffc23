"""Support requests: asked by adopted users, triaged by the company's own person, the rest mended by a support team."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from itilsim.kinds.block import Block, Party, Service, Team, Titles
from itilsim.kinds.leaf import DrawnHours, Duration, Factor, FixedFactor, FixedShare, HourPrice, Hours, PerUserMonth, Share
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.story import Step
from itilsim.kinds.wording import counted, percent
from itilsim.plan import rows
from itilsim.plan.number import Number
from itilsim.plan.specs import Distribution, WorkSpec
from itilsim.rules.chance import SPREAD

PRIORITIES = ("urgent", "normal", "low")
UNIT = 8.0
"""Height of a layer of candidates, in requests a month."""


class Requests(Block):
    """Requests of three priorities, urgent, normal and low.

    `per_user` a month for each adopted user, in office hours with `monday` times the load of another day and a gamma factor for each day
    of coefficient of variation `dispersion`; `shares` divides them over the priorities. The own person (`triage`) looks at each for
    `triage_hours` and solves the share `solved`; `support` works `work` times `work_factor` on the others. A waiting hour costs the user
    the share in `waiting` of an hour, and a `frustration` that the `sufferer` bears at a shadow price; `targets` are the agreed times to a
    solution, in office hours.
    """

    usual = True
    kind: Literal["requests"] = "requests"
    service: Service
    users: Party
    per_user: PerUserMonth
    shares: tuple[Share, Share, Share]
    triage: Team
    triage_hours: Hours
    solved: Share
    support: Team
    work: DrawnHours
    work_factor: Factor
    waiting: tuple[Share, Share, Share]
    targets: tuple[Duration, Duration, Duration]
    dispersion: FixedShare
    monday: FixedFactor
    sufferer: Party
    frustration: HourPrice

    def faults(self) -> Iterator[tuple[str, str]]:
        total = sum(leaf.likely for leaf in self.shares)
        if abs(total - 1.0) > 1e-6:
            yield "shares", f"found {total:.1%} in all; the shares of the three priorities add up to 100 %"

    def sentence(self, name: str) -> str:
        asked = counted(float(f"{self.per_user.likely:.3g}"), "request")
        return (
            f"{self.say(name)}: {asked} a user and month; {percent(self.solved.likely)} are solved by {self.triage}, each of the others "
            f"takes {self.work.likely:g} h of {self.support} (half of them less)."
        )

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        return {"frustration": "frustration over support", "waiting for support": "waiting for support"}

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        triage, support = titles.of("teams", self.triage), titles.of("teams", self.support)
        found = {}
        for label in PRIORITIES:
            n, called = f"{name}-{label}", f"{self.called(name)} ({label})"
            found[f"stream {n}"] = Step(f"{called}: a user asks for help", called=called, summed="always")
            found[f"done {n}:triage"] = Step(f"solved by {triage} after {{elapsed}}{{open}}")
            found[f"not accepted {n}:triage"] = Step(f"handed on by {triage} to {support}")
            found[f"done {n}:support"] = Step(f"solved by {support} after {{elapsed}}{{open}}")
        return found

    def lower(self, name: str, to: Lowering) -> None:
        clock = office_clock(to, dispersion=self.dispersion.likely, monday=self.monday.likely)
        most = to.block("services", self.service).most_adopted(self.service, to)
        to.product(f"{name}:not-at-once", 1.0 - self.solved.number)
        for place, label in enumerate(PRIORITIES):
            self.lower_priority(f"{name}-{label}", name, place, most, clock, to)

    def lower_priority(self, n: str, name: str, place: int, most: Number, clock: str, to: Lowering) -> None:
        """Lower the requests of one priority."""
        rate = self.per_user.number * self.shares[place].number
        to.product(f"{n}:rate", rate, f"{self.service}:adopted")
        to.stream(n, f"{n}:rate", rate * most, unit=UNIT, clock=clock)
        to.effect(n, "triage", rows.ENQUEUE, f"{n}:triage")
        to.dice(f"{n}:solved-at-once")
        target = self.targets[place].number
        to.constant(f"{n}:triage", self.triage_hours.number)
        to.quantity(f"{n}:work", self.work, self.work_factor.number)
        to.specs.works[f"{n}:triage"] = WorkSpec(
            self.triage, f"{n}:triage", priority=place + 1, calendar="office", target=target,
            failed=f"{n}:handed-on", failure=f"{name}:not-at-once", failure_quantity=f"{n}:solved-at-once",
        )  # fmt: skip
        to.specs.works[f"{n}:support"] = WorkSpec(self.support, f"{n}:work", priority=place + 1, calendar="office", target=target)
        to.effect(f"{n}:handed-on", "support", rows.ENQUEUE, f"{n}:support")
        work = f"{n}:support"
        in_time = to.stock(f"{n}:in-time", 1.0)
        to.decide(f"{n}:in-time", rows.RATIO, in_time, meters=(f"{work}:within", f"{work}:done"), p=(1.0,), order=0)
        to.measure(f"{n}:in-time", slot=in_time)
        cost = self.waiting[place].number
        suffers = to.account(self.sufferer, "frustration", cash=False)
        for step in ("triage", "support"):
            elapsed = f"{n}:{step}:elapsed"
            to.hours(f"{n}:{step}:waiting", self.users, "waiting for support", cost, basis=elapsed)
            to.charge(f"{n}:{step}:frustration", suffers, cost * self.frustration.number, basis=elapsed)


def office_clock(to: Lowering, *, dispersion: float, monday: float) -> str:
    """Register the clock in which requests come: office hours with their morning and afternoon peaks, a mean of one an hour."""
    name = f"requests {dispersion:g} {monday:g}"
    if name not in to.specs.clocks:
        day = [0.0] * 9 + [1.2, 1.4, 1.1, 0.3, 0.9, 1.3, 1.2, 0.9, 0.7] + [0.0] * 6
        week = [hour * (monday if d == 0 else 1.0) for d in range(5) for hour in day] + [0.0] * 48
        mean = sum(week) / 168.0
        to.specs.calendars[name] = tuple(hour / mean for hour in week)
        factor = ""
        if dispersion > 0.0:
            factor = f"day factor {name}"
            shape = 1.0 / (dispersion * dispersion)
            to.specs.quantities[factor] = Distribution(SPREAD, 0.0, 1.0 / shape, shape=("gamma", repr(shape)))
        to.specs.clocks[name] = (name, factor)
    return name
