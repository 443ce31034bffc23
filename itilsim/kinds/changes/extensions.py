"""Extensions: what a standard service does not fit is built onto it piece by piece, and breaks at its upgrades."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal

from itilsim.kinds.again import refused_without_end
from itilsim.kinds.block import Block, Ref, Relationship, Service, Team, Titles
from itilsim.kinds.leaf import DrawnHours, Factor, FixedFactor, Hours, Share
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.relationships.contract import NOT_RENEWED
from itilsim.kinds.signing import is_deferred
from itilsim.kinds.story import Slot, Step
from itilsim.kinds.wording import percent
from itilsim.plan import rows
from itilsim.plan.specs import Times, WorkSpec


class Extensions(Block):
    """Extensions of a standard `service`, made under another `relationship`: by the company's own people, say.

    Once the service is live `team` builds `number` of them, one after the other: `work` hours each times `overrun` (not known to the
    planner), in packages of `package`, at the speed of that relationship's joint work. Acceptance fails with `failure` at full effort of
    its consumer and `failure_alone` without any; then it is worked on again. All of them together close the share `closes` of what the
    service's ceiling leaves open (of 2.5 the third closes half as much as the others). Each of its `upgrades` breaks something with
    probability `breaks` (less while not all are built): the share `suspends` of what they add is gone until the team has worked `repair`.
    They end with the service.
    """

    kind: Literal["extensions"] = "extensions"
    service: Service
    relationship: Relationship
    number: FixedFactor
    closes: Share
    team: Team
    work: DrawnHours
    overrun: Factor
    package: Hours
    failure: Share
    failure_alone: Share
    upgrades: Annotated[str, Ref("upkeep")]
    breaks: Share
    suspends: Share
    repair: DrawnHours

    def faults(self) -> Iterator[tuple[str, str]]:
        yield from refused_without_end(self)
        if self.number.likely < 1.0:
            yield "number", f"found {self.number.likely:g}; extensions are counted: one at least"

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        if blocks["services"][self.service].relationship == self.relationship:
            yield "relationship", f"found '{self.relationship}', which provides '{self.service}' itself; who extends it has another one"
        if is_deferred(self.relationship, blocks):
            yield "relationship", f"found '{self.relationship}', which a gate signs later; they are built once the service is live"
        for other, block in blocks["changes"].items():
            if other < name and block.kind == self.kind and block.service == self.service:
                yield "service", f"found '{self.service}', which '{other}' extends already"

    def sentence(self, name: str) -> str:
        return (
            f"{self.say(name)}: {self.number.likely:g} of them are built onto {self.service}, each with {self.work.likely:g} h of work by "
            f"{self.team}, and close {percent(self.closes.likely)} of what its ceiling leaves open; each of its {self.upgrades} breaks "
            f"something with {percent(self.breaks.likely)}: {percent(self.suspends.likely)} of what they add is gone for "
            f"{self.repair.likely:g} h of work."
        )

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        n, service, team = name, titles.of("services", self.service), titles.of("teams", self.team)
        return {
            f"due {n}:begins": Step(f"{team} begins to extend {service}"),
            f"not accepted {n}:work": Step(f"one of the extensions of {service} is refused at acceptance and worked on again"),
            f"done {n}:work": Step(f"one of the extensions of {service} is accepted, {{elapsed}} after {service} went live"),
            f"due {n}:breaks": Step(f"the upgrade breaks some of the extensions of {service}"),
            f"done {n}:repair": Step(f"{team} has repaired them after {{elapsed}}"),
        }

    def slots(self, name: str, titles: Titles) -> dict[str, Slot]:
        service = titles.of("services", self.service)
        return {
            f"{name}:to-build": Slot(f"extensions of {service} still to be built", share=False),
            f"{name}:broken": Slot(f"breakages of the extensions of {service}", share=False),
        }

    def lower(self, name: str, to: Lowering) -> None:
        n = name
        to.stock(f"{n}:to-build", self.number.number)
        to.stock(f"{n}:broken")
        self.lower_building(n, to)
        self.lower_breaking(n, to)
        self.lower_worth(n, to)

    def lower_building(self, n: str, to: Lowering) -> None:
        """Lower the work on one after the other, from the go-live of the service to its end."""
        r, extended = self.relationship, to.block("services", self.service).relationship
        alone = self.failure_alone.number
        to.product(f"{n}:refused", 1.0, Times(f"{r}:engagement", a=alone, b=self.failure.number - alone, low=0.0, high=1.0))
        to.dice(f"{n}:acceptance")
        to.quantity(f"{n}:work", self.work, self.overrun.number)
        to.specs.works[f"{n}:work"] = WorkSpec(
            self.team, f"{n}:work", priority=3, package=self.package.number, speed=f"{r}:speed",
            done=f"{n}:accepted", failed=f"{n}:again", failure=f"{n}:refused", failure_quantity=f"{n}:acceptance",
        )  # fmt: skip
        to.after(f"{extended}:goes-live", f"{n}:begins", f"{n}:begins")
        to.effect(f"{n}:begins", "first", rows.ENQUEUE, f"{n}:work")
        to.effect(f"{n}:again", "work", rows.ENQUEUE, f"{n}:work", amount=2.0)
        more = to.product(f"{n}:more", 1.0, Times(f"{n}:to-build", rows.AT_LEAST, a=1.0 + 1e-6, b=1.0), f"{extended}:live")
        to.dice(f"{n}:goes-on")
        to.effect(f"{n}:accepted", "next", rows.ENQUEUE, f"{n}:work", amount=2.0, chance=more, chance_quantity=f"{n}:goes-on")
        to.effect(f"{n}:accepted", "built", rows.ADD, f"{n}:to-build", amount=-1.0, low=0.0)
        to.effect(f"{n}:accepted", "live", rows.PHASE, r, amount=float(rows.LIVE))
        to.effect(f"{extended}:ends", f"{n}:end", rows.PHASE, r, amount=float(rows.ENDED), low=NOT_RENEWED)

    def lower_breaking(self, n: str, to: Lowering) -> None:
        """Lower what an upgrade breaks, and its repair."""
        to.dice(f"{n}:breaks")
        share = self.breaks.number * (1.0 / self.number.likely)
        breaking = to.product(f"{n}:breaking", share, Times(f"{n}:to-build", a=self.number.number, b=-1.0))
        to.after(f"{self.upgrades}:done", n, f"{n}:breaks", chance=breaking, chance_quantity=f"{n}:breaks")
        to.effect(f"{n}:breaks", "broken", rows.ADD, f"{n}:broken", amount=1.0)
        to.quantity(f"{n}:repair", self.repair)
        to.specs.works[f"{n}:repair"] = WorkSpec(self.team, f"{n}:repair", priority=1, done=f"{n}:repaired")
        to.effect(f"{n}:breaks", "repair", rows.ENQUEUE, f"{n}:repair")
        to.effect(f"{n}:repaired", "mended", rows.ADD, f"{n}:broken", amount=-1.0, low=0.0)
        to.specs.counters.add(f"{n}:breaks")
        to.effect(f"{n}:breaks", "count", rows.COUNT, f"{n}:breaks")

    def lower_worth(self, n: str, to: Lowering) -> None:
        """Lower what the extensions that are built and whole add to the utility of the service."""
        ceiling = to.block("services", self.service).ceiling.number
        each = (1.0 - ceiling) * self.closes.number * (1.0 / self.number.likely)
        built = Times(f"{n}:to-build", a=self.number.number, b=-1.0, low=0.0)
        whole = Times(f"{n}:broken", a=1.0, b=self.suspends.number * -1.0, low=0.0)
        added = to.product(f"{n}:added", each, built, whole)
        to.measure(f"{n}:added", slot=added)

        def add() -> None:
            utility = f"{self.service}:utility"
            to.specs.products[utility] = replace(to.specs.products[utility], plus=added)

        to.last.append(add)
