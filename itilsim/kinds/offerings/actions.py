"""Service actions: done on request, by a team, within a target time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from itilsim.kinds.block import Block, Service, Team, Titles
from itilsim.kinds.demand.requests import office_clock
from itilsim.kinds.leaf import DrawnHours, Duration, PerUserMonth
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.story import Step
from itilsim.kinds.wording import counted
from itilsim.plan import rows
from itilsim.plan.specs import WorkSpec

UNIT = 1.0
"""Height of a layer of candidates, in requests for an action a month."""

Completion = tuple[str, float, float, bool]
"""(meter, what one is worth as agreed, what it is worth otherwise, whether the service's utility counts)."""


class Actions(Block):
    """Actions of `team` for users of `service`.

    Each adopted user asks `per_user` times a month, in office hours; the team works `work` on each, in the order in which they are asked
    for and at the speed of joint work, so that without either side's effort nothing is done. One that is done within `target` office
    hours is done as agreed. What is not done when the relationship ends is never done.
    """

    kind: Literal["actions"] = "actions"
    service: Service
    team: Team
    per_user: PerUserMonth
    work: DrawnHours
    target: Duration

    def sentence(self, name: str) -> str:
        return (
            f"{self.say(name)}: a user asks {counted(self.per_user.likely, 'time')} a month; each takes {self.work.likely:g} h of "
            f"{self.team} (half of them less), within {self.target.likely:g} office hours as agreed."
        )

    def completions(self, name: str) -> Iterator[Completion]:
        """Give the meters of what is completed: all of it is worth what it is otherwise, that within the target the rest too."""
        yield f"{name}:work:done", 0.0, 1.0, True
        yield f"{name}:work:within", 1.0, -1.0, True

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        called = self.called(name)
        return {
            f"stream {name}": Step(f"a user asks for {called}", called=called, summed="always"),
            f"done {name}:work": Step(f"done by {titles.of('teams', self.team)} after {{elapsed}}{{open}}"),
        }

    def lower(self, name: str, to: Lowering) -> None:
        n = name
        service = to.block("services", self.service)
        to.product(f"{n}:rate", self.per_user.number, f"{self.service}:adopted")
        most = self.per_user.number * service.most_adopted(self.service, to)
        to.stream(n, f"{n}:rate", most, unit=UNIT, clock=office_clock(to, dispersion=0.0, monday=1.0))
        to.quantity(f"{n}:work", self.work)
        to.specs.works[f"{n}:work"] = WorkSpec(
            self.team, f"{n}:work", speed=f"{service.relationship}:speed", calendar="office", target=self.target.number
        )
        to.effect(n, "work", rows.ENQUEUE, f"{n}:work")
        to.measure(f"{n}:done", meter=f"{n}:work:done")
