"""A workforce: employees of the company who use the service, and what an hour of theirs is worth."""

from __future__ import annotations

from typing import Literal

from itilsim.kinds.block import Block, Party
from itilsim.kinds.leaf import Growth, HourPrice, Share, UserCount
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.users.growth import most_users
from itilsim.kinds.wording import percent
from itilsim.plan import rows
from itilsim.plan.number import Number


class Workforce(Block):
    """A group of users of one party.

    `number` people at the start, growing by `growth` a year; an hour of theirs costs `hour` and is of use in the share `realisation`
    when it comes or goes in slices; both grow with wages by `wage_growth` a year. One hour has one value, saved or spent.
    """

    usual = True
    kind: Literal["workforce"] = "workforce"
    party: Party
    number: UserCount
    growth: Growth
    hour: HourPrice
    realisation: Share
    wage_growth: Growth

    def sentence(self, name: str) -> str:
        return (
            f"{self.number.likely:,.0f} users belong to {self.party}; an hour of theirs costs {self.hour.likely:,.0f}, of which "
            f"{percent(self.realisation.likely)} is of use, and wages grow by {percent(self.wage_growth.likely)} a year."
        )

    def hour_value(self) -> Number:
        """Give what an hour is worth, saved or spent, in currency of the first year."""
        return self.hour.number * self.realisation.number

    def most(self, months: int) -> Number:
        """Give the most users that there can be."""
        return most_users(self.number, self.growth, months)

    def lower(self, name: str, to: Lowering) -> None:
        to.stock(f"users:{name}", self.number.number)
        to.stock("wages", 1.0)
        to.constant(f"users:{name}:growth", self.growth.number)
        to.decide(f"users:{name}:growth", rows.INDEX, f"users:{name}", quantity=f"users:{name}:growth", every=12, offset=12, p=(1e9,))
        to.constant("wages:growth", self.wage_growth.number)
        to.decide("wages:growth", rows.INDEX, "wages", quantity="wages:growth", every=12, offset=12, p=(1e9,))
        to.measure("users", slot=f"users:{name}")
