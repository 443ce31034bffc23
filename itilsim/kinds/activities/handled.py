"""A handled activity: cases that people handle one by one, the old way or through a service."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from itilsim.kinds.block import Block, Party, Ref, Titles, Users
from itilsim.kinds.leaf import CasePrice, Factor, Hours, PerUserMonth, Share, SheetPrice, Sheets
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.unknown import hour_of, old_hours_unknown, too_many
from itilsim.plan.number import Number
from itilsim.plan.specs import Times

TOGETHER = (("sheets", "sheet_price"), ("old_days", "new_days", "day_value"), ("special", "special_loss"))
"""Fields that are stated together or not at all."""


class Handled(Block):
    """Cases of one kind, `per_user` a month.

    The old way takes `old_hours` of people's time a case and `sheets` at `sheet_price`, and the case waits `old_days`; through `service` it
    takes `new_hours` and waits `new_days`. A day sooner is worth `day_value` (an outcome). The share `special` of cases fits no form: each
    of them is worth `special_loss` less through the service (an affected outcome). People who wait for an outage to end lose the share
    `waiting` of the hours that they would have handled cases. Work without paper, days of waiting or special cases leaves them out.
    """

    usual = True
    gives_outcome = True
    kind: Literal["handled"] = "handled"
    users: Users
    party: Party
    per_user: PerUserMonth
    old_hours: Hours
    new_hours: Hours
    sheets: Sheets | None = None
    sheet_price: SheetPrice | None = None
    old_days: Factor | None = None
    new_days: Factor | None = None
    day_value: CasePrice | None = None
    special: Share | None = None
    special_loss: CasePrice | None = None
    waiting: Factor
    service: Annotated[str, Ref("services")] = ""

    def faults(self) -> Iterator[tuple[str, str]]:
        for first, *others in TOGETHER:
            for other in others:
                if (getattr(self, first) is None) != (getattr(self, other) is None):
                    yield first, f"{first} and {other} belong together; state both or neither"

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        yield from old_hours_unknown(self, blocks)
        if self.service:
            yield from too_many("waiting", *hour_of(blocks), self.per_user, self.new_hours, self.waiting)

    def sentence(self, name: str) -> str:
        way = f"through {self.service} {self.new_hours.likely * 60:g} minutes" if self.service else "no other way"
        return (
            f"{self.say(name)}: {self.per_user.likely:g} a user and month take {self.old_hours.likely * 60:g} minutes the old way, {way}"
            + (f"; a day sooner is worth {self.day_value.likely:g}." if self.day_value else ".")
        )

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        title = self.say(name)
        made = {f"{name} handling": f"handling {title}", f"{name} waiting": f"waiting in {title}"}
        if self.sheets:
            made[f"{name} paper"] = f"the paper of {title}"
        if self.day_value:
            made[f"{name} sooner"] = f"{title} decided sooner"
        if self.special:
            made[f"{name} special cases"] = f"special cases of {title}"
        return made

    def lower(self, name: str, to: Lowering) -> None:
        n, users = name, f"users:{self.users}"
        cases = self.per_user.number
        use = f"{self.service}:use:mean" if self.service else ""
        if self.service:
            share = to.product(f"{n}:done-new", 1.0, use)
            left = to.product(f"{n}:left", 1.0, Times(use, a=1.0, b=-1.0, low=0.0, high=1.0))
            to.product(f"{n}:left-now", 1.0, Times(f"{self.service}:use", a=1.0, b=-1.0, low=0.0, high=1.0))
        else:
            left = to.product(f"{n}:left", 1.0)
            to.product(f"{n}:left-now", 1.0)
        old = to.product(f"{n}:old-way", 1.0, users, left)
        to.product(f"{n}:old-now", 1.0, users, f"{n}:left-now")
        to.hours(f"{n}:old", self.party, f"{n} handling", cases * self.old_hours.number, scale=old)
        number = to.block("users", self.users).number.number
        if self.sheets and self.sheet_price:
            sheets = self.sheets.number * self.sheet_price.number
            paper = to.account(self.party, f"{n} paper", to="public")
            to.charge(f"{n}:paper", paper, cases * sheets, scale=old)
            to.old_month.append((self.party, cases * number * sheets))
        to.old_month.append((self.party, to.hour_value * cases * self.old_hours.number * number))
        if not self.service:
            return
        new = to.product(f"{n}:new-way", 1.0, users, share)
        to.hours(f"{n}:new", self.party, f"{n} handling", cases * self.new_hours.number, scale=new)
        waits = to.product(f"{n}:waits", 1.0, users, f"{self.service}:waiting:mean")
        to.hours(f"{n}:waiting", self.party, f"{n} waiting", cases * self.new_hours.number * self.waiting.number, scale=waits)
        self.lower_outcomes(n, cases, new, to)

    def lower_outcomes(self, n: str, cases: Number, new: str, to: Lowering) -> None:
        """Lower what a day sooner is worth, and what special cases lose."""
        if self.old_days and self.new_days and self.day_value:
            days = self.old_days.number - self.new_days.number
            sooner = to.account(self.party, f"{n} sooner", "outcome", cash=False)
            to.charge(f"{n}:sooner", sooner, cases * self.day_value.number * days, scale=new, gain=True)
        if self.special and self.special_loss:
            slower = to.account(self.party, f"{n} special cases", "outcome", cash=False)
            to.charge(f"{n}:special", slower, cases * self.special.number * self.special_loss.number, scale=new)
