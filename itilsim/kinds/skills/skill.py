"""A skill: a durable outcome, acquired by courses, forgotten when idle, lost with leavers, and of worth only when it is used."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from itilsim.kinds.block import Block, Relationship, Team, Titles, Users
from itilsim.kinds.leaf import DrawnHours, FixedDuration, FixedRate, Share, UserCount, UserHours, UserHoursRate, UserPrice
from itilsim.kinds.lowering import HOURS_A_MONTH, MONTHS_A_YEAR, Lowering
from itilsim.plan import rows
from itilsim.plan.specs import StreamSpec, Times, WorkSpec


class Skill(Block):
    """A skill of a group of users.

    Every `every` while the relationship is active `team` works `work` hours on a course, at the speed of joint work, for `seats` people who
    lack the skill (fewer where fewer lack it); they come in the degree of the company's engagement, give `attended` hours each, and the
    share `learned` of them is skilled from then on: the completed action adds. Skill that lies idle halves every `half_life`; `leavers` a
    year take theirs along, and those who come in their place have it in the share `skilled_hires`. `start` had it before. The company lets
    skilled people use it in the share `practice` of what they could, which takes `practice_hours` a month at full practice; skill used is
    worth `worth` a user and month. Nothing of this but the courses ends with the relationship.
    """

    gives_outcome = True
    kind: Literal["skill"] = "skill"
    relationship: Relationship
    users: Users
    team: Team
    every: FixedDuration
    seats: UserCount
    work: DrawnHours
    attended: UserHours
    learned: Share
    start: Share
    half_life: FixedDuration
    leavers: FixedRate
    skilled_hires: Share
    practice: Share
    practice_hours: UserHoursRate
    worth: UserPrice

    def faults(self) -> Iterator[tuple[str, str]]:
        for field in ("every", "half_life"):
            if getattr(self, field).likely <= 0.0:
                yield field, f"found nought; {field} is a length of time, as '6 months'"

    def sentence(self, name: str) -> str:
        return (
            f"{self.say(name)}: every {self.every.likely / HOURS_A_MONTH:g} months a course of {self.team} for {self.seats.likely:g} of "
            f"{self.users}, of whom {self.learned.likely:.0%} learn it; idle skill halves in {self.half_life.likely / HOURS_A_MONTH:g} "
            f"months, {self.leavers.likely:.0%} a year leave, and {self.practice.likely:.0%} of it is used."
        )

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        title = self.say(name)
        return {
            f"{name} used": f"the use of {title}",
            f"{name} attended": f"hours in courses on {title}",
            f"{name} practice": f"hours to practise {title}",
        }

    def lower(self, name: str, to: Lowering) -> None:
        n, group = name, f"users:{self.users}"
        stock = to.stock(f"{n}:skilled", to.block("users", self.users).number.number * self.start.number)
        lacking = to.product(f"{n}:lacking", 1.0, Times(stock, a=0.0, b=-1.0), plus=group)
        to.product(f"{n}:coming", 1.0, Times(lacking, low=0.0, high=self.seats.number), f"{self.relationship}:engagement")
        each = Times(group, rows.INVERSE, a=1.0, high=1.0)
        have = to.product(f"{n}:have", 1.0, stock, each)
        level = to.product(f"{n}:level", 1.0, Times(have, low=0.0, high=1.0))
        to.measure(f"{n}:level", slot=level)
        to.specs.finals[f"{n}:level"] = level
        self.lower_courses(n, to)
        self.lower_loss(n, to)
        self.lower_use(n, to)

    def lower_courses(self, n: str, to: Lowering) -> None:
        """Lower courses: each, when held, adds skilled people and takes their hours."""
        r = self.relationship
        to.dice(n)
        to.specs.streams[n] = StreamSpec(f"{r}:active", n, bound=1.0, period=self.every.likely, offset=self.every.likely)
        to.quantity(f"{n}:course", self.work)
        to.specs.works[f"{n}:course"] = WorkSpec(self.team, f"{n}:course", priority=2, speed=f"{r}:speed", done=f"{n}:held")
        to.effect(n, "course", rows.ENQUEUE, f"{n}:course")
        to.effect(f"{n}:held", "skill", rows.ADD, f"{n}:skilled", amount=self.learned.number, scale=f"{n}:coming")
        hours = to.account(to.block("users", self.users).party, f"{n} attended", cash=False)
        worth = to.product(f"{n}:coming-worth", 1.0, "wages", f"{n}:coming")
        to.effect(f"{n}:held", "hours", rows.POST, hours, amount=to.hour_value * self.attended.number * -1.0, scale=worth)

    def lower_loss(self, n: str, to: Lowering) -> None:
        """Lower what is forgotten and what leaves, month by month."""
        forgotten = 1.0 - 0.5 ** (HOURS_A_MONTH / self.half_life.likely)
        left = 1.0 - (1.0 - self.leavers.likely) ** (1.0 / MONTHS_A_YEAR)
        idle = 1.0 - self.practice.number
        hired = to.product(f"{n}:hired", self.skilled_hires.number * left, f"users:{self.users}")
        kept = to.product(f"{n}:kept", (1.0 - idle * forgotten) * (1.0 - left), f"{n}:skilled", plus=hired)
        to.move(f"{n}:fades", f"{n}:skilled", kept, up=1.0, down=1.0, order=6)

    def lower_use(self, n: str, to: Lowering) -> None:
        """Lower the outcome: skill x use, at its worth, and the hours that practice takes."""
        party = to.block("users", self.users).party
        to.product(f"{n}:used", self.practice.number, f"{n}:level", f"users:{self.users}")
        used = to.flow(f"{n}:in-use", f"{n}:used")
        to.measure(f"{n}:in-use", meter=used)
        outcome = to.account(party, f"{n} used", "outcome", cash=False)
        to.charge(f"{n}:worth", outcome, self.worth.number, basis=used, gain=True)
        to.hours(f"{n}:practice", party, f"{n} practice", self.practice_hours.number, basis=used)
