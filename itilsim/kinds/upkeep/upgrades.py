"""Upgrades: work that is due at fixed times; missed ones let failures become more frequent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from itilsim.kinds.block import Team, Titles
from itilsim.kinds.leaf import FixedDuration, Hours
from itilsim.kinds.lowering import HOURS_A_MONTH, Lowering
from itilsim.kinds.products.carried import Carried
from itilsim.kinds.story import Step
from itilsim.kinds.wording import every
from itilsim.plan import rows
from itilsim.plan.specs import StreamSpec, WorkSpec


class Upgrades(Carried):
    """An upgrade every `every`, `work` hours of `team`; each missed one adds one to the debt that failures grow with."""

    kind: Literal["upgrades"] = "upgrades"
    team: Team
    every: FixedDuration
    work: Hours

    def faults(self) -> Iterator[tuple[str, str]]:
        yield from super().faults()
        if self.every.likely <= 0.0:
            yield "every", "found nought; upgrades come at intervals of some length, as '6 months'"

    def sentence(self, name: str) -> str:
        return f"{self.say(name)}: {every(self.every.likely)} {self.work.likely:g} h of work by {self.team}."

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        called = self.called(name)
        return {
            f"stream {name}": Step(f"{called}: {self.reached(titles)} is due for one", called=called, summed="always"),
            f"done {name}:work": Step(f"done by {titles.of('teams', self.team)} after {{elapsed}}"),
        }

    def lower(self, name: str, to: Lowering) -> None:
        relationship = self.relationship_of(to)
        months = self.every.likely / HOURS_A_MONTH
        to.dice(name)
        to.specs.streams[name] = StreamSpec(
            f"{relationship}:live", name, bound=1.0, period=self.every.likely, offset=self.every.likely
        )
        to.constant(f"{name}:work", self.work.number)
        to.specs.works[f"{name}:work"] = WorkSpec(self.team, f"{name}:work", priority=3, done=f"{name}:done")
        to.effect(name, "work", rows.ENQUEUE, f"{name}:work")
        debt = self.upkeep
        to.effect(f"{name}:done", "debt", rows.ADD, debt, amount=-1.0, low=0.0)
        grows = to.product(f"{name}:ageing", 1.0 / months, f"{relationship}:live", plus=debt)
        to.move(f"{name}:ageing", debt, grows, up=1.0, down=1.0, order=6)
