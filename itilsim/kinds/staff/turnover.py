"""Turnover of a team: people leave, more of them under overload; newcomers come late, work slowly and do not know the client."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Literal

from itilsim.kinds.block import Block, Party, Team, Titles
from itilsim.kinds.leaf import DrawnDuration, Factor, FixedDuration, Frequency, Share, Wage
from itilsim.kinds.lowering import HOURS_A_MONTH, MONTHS_A_YEAR, Lowering
from itilsim.kinds.pace import slowed, works_of
from itilsim.kinds.relationships.cocreation import SLOWNESS
from itilsim.kinds.story import Slot, Step
from itilsim.kinds.wording import counted, months, percent
from itilsim.plan import rows
from itilsim.plan.specs import Times
from itilsim.rules.behaviour import first_month_share

UNIT = 0.05
"""Height of a layer of candidates, in leavers a month."""


class Turnover(Block):
    """The people of `team` come and go while it is there (its phase).

    Each leaves with `attrition` a year, and up to `unhappy` times that where morale is nought. Morale closes a third of the way a month
    towards 1 less `morale_lost` for each unit by which the hours worked exceed the share `borne` of the hours that the team has, and less
    `backlog_morale` for each piece of work a person that waits at the month's end beyond `backlog_borne` a person. After
    `to_hire` somebody comes, at `hiring_cost` of a year's pay. A newcomer works at `newcomer_pace` and becomes experienced over
    `learning` (exponentially, the mean). Of the pace a share `specific` hangs on knowing this client: there is `knowledge` at the start,
    a leaver takes a person's part of it less the share `handed_over`, and it is learned over `learning` while the client explains (its
    engagement). Low morale is nobody's money: `sufferer`, people outside, bear `frustration` a person and month at morale nought, an
    outcome affected.
    """

    kind: Literal["turnover"] = "turnover"
    team: Team
    attrition: Frequency
    unhappy: Factor
    borne: Share
    morale_lost: Factor
    backlog_borne: Factor | None = None
    backlog_morale: Factor | None = None
    to_hire: DrawnDuration
    hiring_cost: Share
    learning: FixedDuration
    newcomer_pace: Share
    specific: Share
    knowledge: Share
    handed_over: Share
    sufferer: Party
    frustration: Wage

    def faults(self) -> Iterator[tuple[str, str]]:
        if self.unhappy.low < 1.0:
            yield "unhappy", f"found {self.unhappy.low:g}; people without morale leave at least as often as others: 1 or more"
        if (self.backlog_borne is None) != (self.backlog_morale is None):
            yield "backlog_borne", "backlog_borne and backlog_morale belong together: what a person bears, and what more of it costs"

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        for other, block in blocks["staff"].items():
            if other < name and block.team == self.team:
                yield "team", f"found '{self.team}', of which '{other}' says already how its people come and go"
        sufferer = blocks["parties"][self.sufferer]
        if sufferer.contracting or sufferer.parent:
            yield "sufferer", f"found '{self.sufferer}'; morale is in nobody's books: name people outside, with contracting = false"

    def sentence(self, name: str) -> str:
        return (
            f"{self.say(name)}: a person of {self.team} leaves {counted(float(f'{self.attrition.likely * MONTHS_A_YEAR:.2g}'), 'time')} a "
            f"year (up to {self.unhappy.likely:g} times that without morale), a new one works at {percent(self.newcomer_pace.likely)} and "
            f"learns over {months(self.learning.likely)}; {percent(self.specific.likely)} of the pace hangs on knowing the client."
        )

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        team = titles.of("teams", self.team)
        return {f"{name} replacing": f"replacing leavers of {team}", f"{name} morale": f"the morale of {team}"}

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        team, nobody = titles.of("teams", self.team), "the relationship is over: nobody comes in their place"
        return {
            f"stream {name}": Step(f"somebody leaves {team}", called=f"departures from {team}", summed="often"),
            f"due {name}:comes": Step("somebody new comes after {elapsed}", alone=nobody),
        }

    def slots(self, name: str, titles: Titles) -> dict[str, Slot]:
        team = titles.of("teams", self.team)
        return {
            f"{name}:newcomers": Slot(f"newcomers in {team}", share=False),
            f"{name}:knowledge": Slot(f"knowledge of the client in {team}", steady=True),
            f"{name}:morale": Slot(f"morale of {team}", steady=True),
        }

    def lower(self, name: str, to: Lowering) -> None:
        n, people = name, f"{self.team}:people"
        active = self.there(n, to)
        to.stock(f"{n}:newcomers")
        to.stock(f"{n}:knowledge", self.knowledge.number)
        to.stock(f"{n}:morale", 1.0)
        a_part = Times(people, rows.INVERSE, a=1.0, high=1.0)
        among = to.product(f"{n}:among", 1.0, f"{n}:newcomers", a_part)
        to.product(f"{n}:new-share", 1.0, Times(among, low=0.0, high=1.0))
        to.product(f"{n}:taken-along", (1.0 - self.handed_over.number) * -1.0, f"{n}:knowledge", a_part)
        self.lower_leaving(n, people, active, to)
        self.lower_hiring(n, people, active, to)
        self.lower_learning(n, active, to)
        self.lower_pace(n, to)
        self.lower_morale(n, people, active, to)
        for what in ("knowledge", "morale", "new-share"):
            to.measure(f"{n}:{what}", slot=f"{n}:{what}")
        to.measure(f"{n}:people", slot=people)

    def there(self, n: str, to: Lowering) -> str:
        """Give the slot of the phase in which the team is there: nobody leaves it, or is hired for it, at another time."""
        team = to.block("teams", self.team)
        if team.phase == "transition":
            before = Times(f"{team.relationship}:live", a=1.0, b=-1.0)
            return to.product(f"{n}:before-go-live", 1.0, f"{team.relationship}:active", before)
        return f"{team.relationship}:{team.phase}"

    def lower_leaving(self, n: str, people: str, active: str, to: Lowering) -> None:
        """Lower leavers: a stream that rises with the people there and with low morale."""
        most = self.unhappy.number
        unhappy = Times(f"{n}:morale", a=most, b=1.0 - most, low=1.0, high=most)
        to.product(f"{n}:rate", self.attrition.number, people, active, unhappy)
        team = to.block("teams", self.team)
        to.stream(n, f"{n}:rate", self.attrition.number * most * team.people.number, unit=UNIT)
        to.effect(n, "person", rows.ADD, people, amount=-1.0, low=0.0)
        to.effect(n, "newcomer", rows.ADD, f"{n}:newcomers", amount=-1.0, scale=f"{n}:new-share", low=0.0)
        to.effect(n, "knowledge", rows.ADD, f"{n}:knowledge", scale=f"{n}:taken-along", low=0.0)

    def lower_hiring(self, n: str, people: str, active: str, to: Lowering) -> None:
        """Lower the replacement of a leaver after the time to hire, unless the relationship is over by then."""
        team = to.block("teams", self.team)
        to.quantity(f"{n}:to-hire", self.to_hire)
        to.after(n, "replaced", f"{n}:comes", f"{n}:to-hire")
        to.effect(f"{n}:comes", "person", rows.ADD, people, scale=active, high=team.people.number)
        to.effect(f"{n}:comes", "newcomer", rows.ADD, f"{n}:newcomers", scale=active, high=team.people.number)
        account = to.account(team.party, f"{n} replacing", to=team.paid_to)
        paid = to.product(f"{n}:hiring-paid", 1.0, "wages", active)
        cost = team.pay.number * self.hiring_cost.number * -MONTHS_A_YEAR
        to.effect(f"{n}:comes", "cost", rows.POST, account, amount=cost, scale=paid)

    def lower_learning(self, n: str, active: str, to: Lowering) -> None:
        """Lower how newcomers become experienced and how the client becomes known."""
        _, closed = first_month_share(self.learning.likely / HOURS_A_MONTH)
        still = to.product(f"{n}:still-new", 1.0 - closed, f"{n}:newcomers")
        to.move(f"{n}:learns", f"{n}:newcomers", still, up=1.0, down=1.0, order=6)
        relationship = to.block("teams", self.team).relationship
        unknown = Times(f"{n}:knowledge", a=1.0, b=-1.0, low=0.0)
        known = to.product(f"{n}:explained", closed, unknown, f"{relationship}:engagement", active, plus=f"{n}:knowledge")
        to.move(f"{n}:explained", f"{n}:knowledge", known, up=1.0, down=1.0, low=0.0, high=1.0, order=6)

    def lower_pace(self, n: str, to: Lowering) -> None:
        """Lower the pace of all that the team does."""
        slow = Times(f"{n}:new-share", a=1.0, b=self.newcomer_pace.number - 1.0)
        strange = Times(f"{n}:knowledge", a=1.0 - self.specific.number, b=self.specific.number)
        to.product(f"{n}:pace", 1.0, slow, strange)

        def slow_down() -> None:
            for work in works_of(self.team, to):
                slowed(work, f"{n}:pace", to)

        to.last.append(slow_down)

    def lower_morale(self, n: str, people: str, active: str, to: Lowering) -> None:
        """Lower the share of its hours that the team works, the morale that follows, and who suffers from it."""
        over = to.product(f"{n}:over", 1.0, Times(f"{n}:busy", a=-1.0 * self.borne.number, b=1.0, low=0.0))
        calm = Times(over, a=1.0, b=-1.0 * self.morale_lost.number, low=0.0, high=1.0)
        target = to.product(f"{n}:bearable", 1.0, calm, *self.lower_backlog(n, people, to))
        to.move(f"{n}:morale", f"{n}:morale", target, up=SLOWNESS, down=SLOWNESS, holds="effort", order=4)
        low = to.product(f"{n}:unhappy", 1.0, Times(f"{n}:morale", a=1.0, b=-1.0), people, active)
        account = to.account(self.sufferer, f"{n} morale", "outcome", cash=False)
        to.charge(f"{n}:frustration", account, self.frustration.number, scale=low)
        to.last.append(lambda: self.lower_load(n, people, to))

    def lower_backlog(self, n: str, people: str, to: Lowering) -> list[Times]:
        """Lower what is left of morale where more work waits for each of the team than is borne."""
        if self.backlog_borne is None or self.backlog_morale is None:
            return []
        backlog = to.stock(f"{n}:backlog")

        def count() -> None:
            to.specs.teams[self.team] = replace(to.specs.teams[self.team], backlog=backlog)

        to.last.append(count)
        to.measure(backlog, slot=backlog)
        each = to.product(f"{n}:backlog-each", 1.0, backlog, Times(people, rows.INVERSE, a=1.0, high=1.0))
        beyond = to.product(f"{n}:backlog-over", 1.0, Times(each, a=-1.0 * self.backlog_borne.number, low=0.0))
        return [Times(beyond, a=1.0, b=-1.0 * self.backlog_morale.number, low=0.0, high=1.0)]

    def lower_load(self, n: str, people: str, to: Lowering) -> None:
        """Lower the hours that the team worked in the month over those that its people had, once all works are known.

        Hours count when a package is done, so that a month in which a long one ends has more of them than there were: one at most.
        """
        calendar = to.block("teams", self.team).calendar
        week = to.specs.calendars.get(calendar)
        hours = HOURS_A_MONTH if week is None else HOURS_A_MONTH * sum(week) / len(week)
        there = to.flow(f"{n}:there", people, calendar)
        busy = to.product(f"{n}:busy-0", 0.0)
        for place, work in enumerate(works_of(self.team, to)):
            stock = to.stock(f"{n}:worked:{work}")
            to.decide(f"{n}:worked:{work}", rows.RATIO, stock, meters=(f"{work}:hours", there), p=(0.0,), order=0)
            longer = Times(to.specs.works[work].speed, rows.INVERSE, a=1.0, high=1e9)
            busy = to.product(f"{n}:busy-{place + 1}", 1.0 / hours, stock, longer, plus=busy)
        to.product(f"{n}:busy", 1.0, Times(busy, low=0.0, high=1.0))
        to.measure(f"{n}:busy", slot=f"{n}:busy")
