"""Hours of the company's people that are not paid anew: governance, training."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from itilsim.kinds.block import Block, Party, Relationship, Titles, Users
from itilsim.kinds.costs.timing import While, running
from itilsim.kinds.leaf import Frequency, UserHours
from itilsim.kinds.lowering import Lowering
from itilsim.plan import rows
from itilsim.plan.number import Number


class PeopleHours(Block):
    """Hours of `party`'s people: `hours` for each user once at go-live (`each` = "user-once"), or in each of `times` a year.

    They are worth what an hour of the company is worth, and are not cash.
    """

    kind: Literal["people-hours"] = "people-hours"
    party: Party
    users: Users
    hours: UserHours
    times: Frequency | None = None
    each: Literal["user-once", "periodic"]
    during: While = "active"
    relationship: Relationship

    def faults(self) -> Iterator[tuple[str, str]]:
        if (self.each == "periodic") != (self.times is not None):
            yield "each", "hours that are periodic need `times` a year, hours once a user have none"

    def sentence(self, name: str) -> str:
        if self.each == "user-once":
            return f"{self.say(name)} takes {self.hours.likely:g} h of each user once."
        times = self.times.likely if self.times else 0.0
        return f"{self.say(name)} takes {self.hours.likely * times * 12:,.0f} h a year of {self.party}."

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        return {name: self.say(name)}

    def lower(self, name: str, to: Lowering) -> None:
        if self.each == "periodic" and self.times is not None:
            basis = running(name, self.during, self.relationship, to)
            to.hours(name, self.party, name, self.hours.number * self.times.number, basis=basis)
            return
        account = to.account(self.party, name, cash=False, one_off=True)
        worth = to.product(f"{name}:worth", 1.0, "wages", f"users:{self.users}")
        amount: Number = to.hour_value * self.hours.number * -1.0
        to.effect(f"{self.relationship}:goes-live", f"{name}:hours", rows.POST, account, amount=amount, scale=worth)
