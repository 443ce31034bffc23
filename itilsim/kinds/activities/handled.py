"""A handled activity: cases that people handle one by one, the old way or through a service."""

from __future__ import annotations

from typing import Annotated, Literal

from itilsim.kinds.block import Block, Party, Ref, Titles, Users
from itilsim.kinds.leaf import CasePrice, Factor, Hours, PerUserMonth, Share, SheetPrice, Sheets
from itilsim.kinds.lowering import Lowering
from itilsim.plan.specs import Times


class Handled(Block):
    """Cases of one kind, `per_user` a month.

    The old way takes `old_hours` of people's time a case and `sheets` at `sheet_price`, and the case waits `old_days`; through `service` it
    takes `new_hours` and waits `new_days`. A day sooner is worth `day_value` (an outcome). The share `special` of cases fits no form: each
    of them is worth `special_loss` less through the service (an affected outcome). People who wait for an outage to end lose the share
    `waiting` of the hours that they would have handled cases.
    """

    gives_outcome = True
    kind: Literal["handled"] = "handled"
    users: Users
    party: Party
    per_user: PerUserMonth
    old_hours: Hours
    new_hours: Hours
    sheets: Sheets
    sheet_price: SheetPrice
    old_days: Factor
    new_days: Factor
    day_value: CasePrice
    special: Share
    special_loss: CasePrice
    waiting: Factor
    service: Annotated[str, Ref("services")] = ""

    def sentence(self, name: str) -> str:
        way = f"through {self.service} {self.new_hours.likely * 60:g} minutes" if self.service else "no other way"
        return (
            f"{self.say(name)}: {self.per_user.likely:g} a user and month take {self.old_hours.likely * 60:g} minutes the old way, {way}; "
            f"a day sooner is worth {self.day_value.likely:g}."
        )

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        title = self.say(name)
        return {
            f"{name} handling": f"handling {title}",
            f"{name} paper": f"the paper of {title}",
            f"{name} waiting": f"waiting in {title}",
            f"{name} sooner": f"{title} decided sooner",
            f"{name} special cases": f"special cases of {title}",
        }

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
        paper = to.account(self.party, f"{n} paper", to="public")
        to.charge(f"{n}:paper", paper, cases * (self.sheets.number * self.sheet_price.number), scale=old)
        number = to.block("users", self.users).number.number
        to.old_month.append((self.party, cases * number * (self.sheets.number * self.sheet_price.number)))
        to.old_month.append((self.party, to.hour_value * cases * self.old_hours.number * number))
        if not self.service:
            return
        new = to.product(f"{n}:new-way", 1.0, users, share)
        to.hours(f"{n}:new", self.party, f"{n} handling", cases * self.new_hours.number, scale=new)
        waits = to.product(f"{n}:waits", 1.0, users, f"{self.service}:waiting:mean")
        to.hours(f"{n}:waiting", self.party, f"{n} waiting", cases * self.new_hours.number * self.waiting.number, scale=waits)
        days = self.old_days.number - self.new_days.number
        sooner = to.account(self.party, f"{n} sooner", "outcome", cash=False)
        to.charge(f"{n}:sooner", sooner, cases * self.day_value.number * days, scale=new, gain=True)
        slower = to.account(self.party, f"{n} special cases", "outcome", cash=False)
        to.charge(f"{n}:special", slower, cases * self.special.number * self.special_loss.number, scale=new)

