"""A team: people of one party who do work of one relationship in their opening hours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from itilsim.kinds.block import Block, Party, Relationship, Titles
from itilsim.kinds.leaf import Duration, People, Share, Wage, read_leaf
from itilsim.kinds.lowering import CALENDARS, Lowering
from itilsim.kinds.story import Slot, Step
from itilsim.kinds.wording import counted
from itilsim.plan import rows
from itilsim.plan.specs import TeamSpec, Times
from itilsim.text.dimension import PERSON, SHARE, TIME

NOUGHT = read_leaf("0 months", TIME, currency="CNY")
ONE_PERSON = read_leaf(1, PERSON, currency="CNY")
NO_SHARE = read_leaf(0, SHARE, currency="CNY")


class Team(Block):
    """People who do work.

    `people` of `party` in crews of `crew`; open in `calendar` (office, extended, always); `pay` is the full cost of a person, drawn from
    when they come (`hiring` after the start, at `hiring_cost` of a year's pay each) as long as the relationship is in the `phase`
    (active is transition and live). `busy_only` charges only the hours that they work, at 160 h a month: their other time earns elsewhere;
    what takes a team with newcomers longer, at the pace of the month's end, is paid too.
    """

    kind: Literal["team"] = "team"
    party: Party
    relationship: Relationship
    people: People
    crew: People = ONE_PERSON
    calendar: str = "office"
    pay: Wage
    hiring: Duration = NOUGHT
    hiring_cost: Share = NO_SHARE
    phase: Literal["active", "transition", "live"] = "active"
    busy_only: bool = False
    paid_to: Party

    def faults(self) -> Iterator[tuple[str, str]]:
        if self.calendar not in CALENDARS:
            yield "calendar", f"found '{self.calendar}'; a calendar is one of {', '.join(CALENDARS)}"
        if self.crew.low <= 0.0:
            yield "crew", f"found {self.crew.low:g}; a crew is of somebody: more than nought"

    def sentence(self, name: str) -> str:
        paid = f"{self.pay.likely * 12:,.0f} a year{', paid for the hours worked alone' if self.busy_only else ''}"
        return f"{self.say(name)}: {counted(self.people.likely, 'person')} of {self.party} for {self.relationship}, each at {paid}."

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        return {f"{name} pay": f"the pay of {self.say(name)}", f"{name} hiring": f"hiring {self.say(name)}"}

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        return {f"due {name}:hired": Step(f"the hiring of {self.called(name)} is over")}

    def slots(self, name: str, titles: Titles) -> dict[str, Slot]:
        return {f"{name}:people": Slot(f"people of {self.called(name)}", share=False)}

    def lower(self, name: str, to: Lowering) -> None:
        people = to.stock(f"{name}:people", 0.0 if self.hiring.likely > 0.0 else self.people.number)
        to.specs.teams[name] = TeamSpec(
            people, "" if self.calendar == "always" else self.calendar, self.crew.number, self.relationship
        )
        pay = to.account(self.party, f"{name} pay", to=self.paid_to)
        if self.hiring.likely > 0.0:
            to.after_signing(self.relationship, f"{name}:hired", f"{name}:hired", self.hiring.number)
            to.effect(f"{name}:hired", "people", rows.ADD, people, amount=self.people.number)
            once = to.account(self.party, f"{name} hiring", to=self.paid_to, one_off=True)
            cost = self.people.number * self.pay.number * self.hiring_cost.number * -12.0
            to.effect(f"{name}:hired", "cost", rows.POST, once, amount=cost)
        if self.busy_only:
            self.charge_hours(name, to)
            return
        phase: list[Times | str] = [f"{self.relationship}:{'live' if self.phase == 'live' else 'active'}"]
        if self.phase == "transition":
            phase.append(Times(f"{self.relationship}:live", a=1.0, b=-1.0))
        at_work = to.flow(f"{name}:at-work", to.product(f"{name}:present", 1.0, people, *phase), "always")
        to.charge(f"{name}:pay", pay, self.pay.number, scale="wages", basis=at_work)

    def charge_hours(self, name: str, to: Lowering) -> None:
        """Charge the hours worked, once all works are known."""
        pay = to.account(self.party, f"{name} pay", to=self.paid_to)
        paces = [Times(f"{n}:pace", rows.INVERSE, a=1.0, high=1e9) for n, b in sorted(to.blocks("staff").items()) if b.team == name]
        scale = to.product(f"{name}:hour-paid", 1.0, "wages", *paces) if paces else "wages"

        def charge() -> None:
            for work, spec in sorted(to.specs.works.items()):
                if spec.team == name:
                    to.charge(f"{name}:pay:{work}", pay, self.pay.number / 160.0, scale=scale, basis=f"{work}:hours")

        to.last.append(charge)
