"""A skill: a durable outcome, acquired by courses, forgotten when idle, lost with leavers, and of worth only when it is used."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from itilsim.kinds.block import Block, Ref, Titles, Users
from itilsim.kinds.leaf import DrawnHours, FixedDuration, FixedRate, Leaf, Share, UserCount, UserHours, UserHoursRate, UserPrice
from itilsim.kinds.lowering import HOURS_A_MONTH, MONTHS_A_YEAR, Lowering
from itilsim.kinds.story import Slot, Step
from itilsim.kinds.wording import percent
from itilsim.plan import rows
from itilsim.plan.specs import StreamSpec, Times, WorkSpec

COURSE = ("relationship", "team", "every", "seats", "work", "attended", "learned")


class Skill(Block):
    """A skill of a group of users.

    Every `every` while the relationship is active `team` works `work` hours on a course, at the speed of joint work, for `seats` people who
    lack the skill (fewer where fewer lack it); they come in the degree of the company's engagement, give `attended` hours each, and the
    share `learned` of them is skilled from then on: the completed action adds. Where the course is part of a `service`, courses begin when
    it is live, those who adopted it come, and of what is learned arrives the share that the service is of use: utility times warranty.
    These fields belong together; without them nobody teaches it.

    Skill that lies idle halves every `half_life`; `leavers` a year take theirs along, and those who come in their place have it in the
    share `skilled_hires`. `start` had it before. The company lets skilled people use it in the share `practice` of what they could, which
    takes `practice_hours` a month at full practice; of that practice the share `practice_effort` comes only with the company's engagement
    in the relationship (without one, not at all). Skill used is worth `worth` a user and month. Nothing of this but the courses ends with
    the relationship.
    """

    gives_outcome = True
    kind: Literal["skill"] = "skill"
    relationship: Annotated[str, Ref("relationships")] = ""
    service: Annotated[str, Ref("services")] = ""
    users: Users
    team: Annotated[str, Ref("teams")] = ""
    every: FixedDuration | None = None
    seats: UserCount | None = None
    work: DrawnHours | None = None
    attended: UserHours | None = None
    learned: Share | None = None
    start: Share
    half_life: FixedDuration
    leavers: FixedRate
    skilled_hires: Share
    practice: Share
    practice_effort: Share | None = None
    practice_hours: UserHoursRate
    worth: UserPrice

    def faults(self) -> Iterator[tuple[str, str]]:
        stated = [field for field in COURSE if getattr(self, field)]
        if stated and set(stated) - {"relationship"} and len(stated) < len(COURSE):
            missing = ", ".join(field for field in COURSE if field not in stated)
            yield stated[-1], f"found {stated[-1]} without {missing}; a course states all of {', '.join(COURSE)}, or nobody teaches"
        if self.service and not self.team:
            yield "service", f"found '{self.service}' without courses; a service is of use to a skill only where somebody teaches it"
        for field in ("every", "half_life"):
            length: Leaf | None = getattr(self, field)
            if length is not None and length.likely <= 0.0:
                yield field, f"found nought; {field} is a length of time, as '6 months'"

    def sentence(self, name: str) -> str:
        if self.every and self.seats and self.learned:
            months = self.every.likely / HOURS_A_MONTH
            taught = (
                f"every {'month' if months == 1.0 else f'{months:.2g} months'} a course of {self.team} for {self.seats.likely:g} of "
                f"{self.users}, of whom {percent(self.learned.likely)} learn it"
            )
        else:
            taught = "nobody teaches it"
        managed = f", {percent(self.practice_effort.likely)} of that only where managers are engaged" if self.practice_effort else ""
        return (
            f"{self.say(name)}: {percent(self.start.likely)} of {self.users} have it at the start, {taught}; "
            f"idle skill halves in {self.half_life.likely / HOURS_A_MONTH:g} months, {percent(self.leavers.likely)} a year leave, "
            f"{percent(self.skilled_hires.likely)} of those who come in their place have it, and "
            f"{percent(self.practice.likely)} of it is used{managed}."
        )

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        title = self.say(name)
        return {
            f"{name} used": f"the use of {title}",
            f"{name} attended": f"hours in courses on {title}",
            f"{name} practice": f"hours to practise {title}",
        }

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        called = self.called(name)
        if not self.team:
            return {}
        return {
            f"stream {name}": Step(f"a course on {called} is due", called=f"courses on {called}", summed="always"),
            f"done {name}:course": Step(f"held by {titles.of('teams', self.team)}, {{elapsed}} later"),
        }

    def slots(self, name: str, titles: Titles) -> dict[str, Slot]:
        return {f"{name}:skilled": Slot(f"people with {self.called(name)}", share=False, steady=True)}

    def left_a_month(self) -> float:
        """Give the share of people who leave in a month."""
        return float(1.0 - (1.0 - self.leavers.likely) ** (1.0 / MONTHS_A_YEAR))

    def lower(self, name: str, to: Lowering) -> None:
        n, group = name, f"users:{self.users}"
        stock = to.stock(f"{n}:skilled", to.block("users", self.users).number.number * self.start.number)
        each = Times(group, rows.INVERSE, a=1.0, high=1.0)
        have = to.product(f"{n}:have", 1.0, stock, each)
        level = to.product(f"{n}:level", 1.0, Times(have, low=0.0, high=1.0))
        to.measure(f"{n}:level", slot=level)
        to.specs.finals[f"{n}:level"] = level
        self.lower_practice(n, to)
        self.lower_courses(n, to)
        self.lower_loss(n, to)
        self.lower_use(n, to)

    def lower_practice(self, n: str, to: Lowering) -> None:
        """Lower the share of what skilled people could use that they do use: with the managers' engagement, where that matters."""
        if self.practice_effort is None:
            to.product(f"{n}:practised", self.practice.number)
            return
        part = self.practice_effort.number
        if self.relationship:
            engaged = Times(f"{self.relationship}:engagement", a=1.0 - part, b=part, low=0.0, high=1.0)
            to.product(f"{n}:practised", self.practice.number, engaged)
        else:
            to.product(f"{n}:practised", self.practice.number * (1.0 - part))

    def lower_courses(self, n: str, to: Lowering) -> None:
        """Lower courses: when they are held, what work they are, and what each, when held, adds; none where nobody teaches."""
        r, every = self.relationship, self.every
        if not (every and self.seats and self.work and self.attended and self.learned):
            return
        to.dice(n)
        running = f"{r}:live" if self.service else f"{r}:active"
        to.specs.streams[n] = StreamSpec(running, n, bound=1.0, period=every.likely, offset=every.likely)
        to.quantity(f"{n}:course", self.work)
        to.specs.works[f"{n}:course"] = WorkSpec(self.team, f"{n}:course", priority=2, speed=f"{r}:speed", done=f"{n}:held")
        to.effect(n, "course", rows.ENQUEUE, f"{n}:course")
        self.lower_learning(n, self.seats, self.attended, self.learned, to)

    def lower_learning(self, n: str, seats: UserCount, attended: UserHours, learned: Share, to: Lowering) -> None:
        """Lower what a course that has been held adds: skilled people, and the hours of those who came."""
        lacking = to.product(f"{n}:lacking", 1.0, Times(f"{n}:skilled", a=0.0, b=-1.0), plus=f"users:{self.users}")
        room = Times(lacking, low=0.0, high=seats.number)
        engaged = f"{self.relationship}:engagement"
        adopted = (f"{self.service}:adoption", f"{self.relationship}:live") if self.service else ()
        coming = to.product(f"{n}:coming", 1.0, room, engaged, *adopted)
        taught = to.product(f"{n}:taught", 1.0, room, engaged, f"{self.service}:use") if self.service else coming
        to.effect(f"{n}:held", "skill", rows.ADD, f"{n}:skilled", amount=learned.number, scale=taught)
        hours = to.account(to.block("users", self.users).party, f"{n} attended", cash=False)
        worth = to.product(f"{n}:coming-worth", 1.0, "wages", coming)
        to.effect(f"{n}:held", "hours", rows.POST, hours, amount=to.hour_value * attended.number * -1.0, scale=worth)

    def lower_loss(self, n: str, to: Lowering) -> None:
        """Lower what is forgotten and what leaves, month by month."""
        forgotten = 1.0 - 0.5 ** (HOURS_A_MONTH / self.half_life.likely)
        left = self.left_a_month()
        hired = to.product(f"{n}:hired", self.skilled_hires.number * left, f"users:{self.users}")
        if self.practice_effort is None:
            idle = 1.0 - self.practice.number
            kept = to.product(f"{n}:kept", (1.0 - idle * forgotten) * (1.0 - left), f"{n}:skilled", plus=hired)
        else:
            remembered = Times(f"{n}:practised", a=1.0 - forgotten, b=forgotten)
            kept = to.product(f"{n}:kept", 1.0 - left, f"{n}:skilled", remembered, plus=hired)
        to.move(f"{n}:fades", f"{n}:skilled", kept, up=1.0, down=1.0, order=6)

    def lower_use(self, n: str, to: Lowering) -> None:
        """Lower the outcome: skill x use, at its worth, and the hours that practice takes."""
        party = to.block("users", self.users).party
        to.product(f"{n}:used", 1.0, f"{n}:practised", f"{n}:level", f"users:{self.users}")
        used = to.flow(f"{n}:in-use", f"{n}:used")
        to.measure(f"{n}:in-use", meter=used)
        outcome = to.account(party, f"{n} used", "outcome", cash=False)
        to.charge(f"{n}:worth", outcome, self.worth.number, basis=used, gain=True)
        to.hours(f"{n}:practice", party, f"{n} practice", self.practice_hours.number, basis=used)
