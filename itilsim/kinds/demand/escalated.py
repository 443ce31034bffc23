"""Requests to a first level that escalates what it cannot solve, asked by people who help themselves when it takes too long."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from itilsim.kinds.block import Block, Party, Service, Team, Titles
from itilsim.kinds.demand.requests import UNIT, office_clock
from itilsim.kinds.leaf import DrawnDuration, DrawnHours, Duration, FixedFactor, FixedShare, Hours, PerUserMonth, Share
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.story import Step
from itilsim.kinds.wording import counted, percent
from itilsim.plan import rows
from itilsim.plan.specs import WorkSpec


class Escalated(Block):
    """`per_user` requests a month of each adopted user of `service`, in office hours.

    `first` works `first_work` on each and solves the share `solved`; the others are escalated to `second`, which works `second_work` on
    each. Whoever waits longer than `patience` for somebody of the first level to begin gives up and helps himself, with colleagues:
    `self_help` hours of `party`. An office hour in which a request is open costs the share `waiting` of an hour. `target` is the agreed
    time to a solution at each level, in office hours; `monday` and `dispersion` say how the load is spread, as for requests.
    """

    kind: Literal["escalated"] = "escalated"
    service: Service
    party: Party
    per_user: PerUserMonth
    first: Team
    first_work: DrawnHours
    solved: Share
    second: Team
    second_work: DrawnHours
    patience: DrawnDuration
    self_help: Hours
    waiting: Share
    target: Duration
    dispersion: FixedShare
    monday: FixedFactor

    def faults(self) -> Iterator[tuple[str, str]]:
        if self.first == self.second:
            yield "second", f"found '{self.second}', which is the first level already; a request is escalated to another team"

    def sentence(self, name: str) -> str:
        asked = counted(float(f"{self.per_user.likely:.3g}"), "request")
        return (
            f"{self.say(name)}: {asked} a user and month; each takes {self.first_work.likely:.2g} h of {self.first}, where "
            f"{percent(self.solved.likely)} are solved, and the others are escalated to {self.second} ({self.second_work.likely:.2g} h); "
            f"whoever waits for {self.patience.likely:.3g} h gives up and helps himself in {self.self_help.likely:.2g} h."
        )

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        return {f"{name} waiting": f"waiting for {self.say(name)}", f"{name} self-help": f"people who help themselves: {self.say(name)}"}

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        n, first, second = name, titles.of("teams", self.first), titles.of("teams", self.second)
        return {
            f"stream {n}": Step(f"{self.called(n)}: a user asks for help", called=self.called(n), summed="always"),
            f"done {n}:first": Step(f"solved by {first} after {{elapsed}}{{open}}"),
            f"not accepted {n}:first": Step(f"escalated by {first} to {second}"),
            f"gives up {n}:first": Step("the user gives up waiting after {elapsed} and helps himself"),
            f"done {n}:second": Step(f"solved by {second} after {{elapsed}}{{open}}"),
        }

    def lower(self, name: str, to: Lowering) -> None:
        n = name
        most = to.block("services", self.service).most_adopted(self.service, to)
        clock = office_clock(to, dispersion=self.dispersion.likely, monday=self.monday.likely)
        to.product(f"{n}:rate", self.per_user.number, f"{self.service}:adopted")
        to.stream(n, f"{n}:rate", self.per_user.number * most, unit=UNIT, clock=clock)
        to.effect(n, "first", rows.ENQUEUE, f"{n}:first")
        to.product(f"{n}:not-solved", 1.0 - self.solved.number)
        to.dice(f"{n}:solves")
        for level, work in (("first", self.first_work), ("second", self.second_work), ("patience", self.patience)):
            to.quantity(f"{n}:{level}", work)
        target = self.target.number
        to.specs.works[f"{n}:first"] = WorkSpec(
            self.first, f"{n}:first", calendar="office", target=target, patience=f"{n}:patience", left=f"{n}:gives-up",
            failed=f"{n}:escalated", failure=f"{n}:not-solved", failure_quantity=f"{n}:solves",
        )  # fmt: skip
        to.specs.works[f"{n}:second"] = WorkSpec(self.second, f"{n}:second", calendar="office", target=target)
        to.effect(f"{n}:escalated", "second", rows.ENQUEUE, f"{n}:second")
        to.specs.counters.add(f"{n}:gave-up")
        to.effect(f"{n}:gives-up", "count", rows.COUNT, f"{n}:gave-up")
        to.hours(f"{n}:self-help", self.party, f"{n} self-help", self.self_help.number, basis=f"{n}:gave-up")
        for level in ("first", "second"):
            in_time = to.stock(f"{n}:{level}:in-time", 1.0)
            meters = (f"{n}:{level}:within", f"{n}:{level}:done")
            to.decide(in_time, rows.RATIO, in_time, meters=meters, p=(1.0,), order=0)
            to.measure(in_time, slot=in_time)
            to.hours(f"{n}:{level}:waiting", self.party, f"{n} waiting", self.waiting.number, basis=f"{n}:{level}:elapsed")
        to.measure(f"{n}:gave-up", meter=f"{n}:gave-up")
