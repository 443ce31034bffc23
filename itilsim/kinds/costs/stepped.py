"""A stepped cost: whole units (a clerk, a room) that leave in steps when the old way shrinks, and come back when it grows."""

from __future__ import annotations

from typing import Annotated, Literal

from itilsim.kinds.block import Block, Party, Ref
from itilsim.kinds.leaf import FixedDuration, Money, MoneyRate, Share, Units
from itilsim.kinds.lowering import HOURS_A_MONTH, Lowering
from itilsim.plan import rows
from itilsim.plan.specs import Times


class Stepped(Block):
    """`units` that cost `price` a year each, of which `stay` never leave.

    With the share `left` of `activity` on the old way, ceil(units x (left + slack)) are needed; one more than that leaves after `notice`
    months in a row, one a month, at a `severance` each. More are needed: they are there at once.
    """

    kind: Literal["stepped"] = "stepped"
    party: Party
    to: Party
    activity: Annotated[str, Ref("activities")]
    units: Units
    stay: Units
    slack: Share
    price: MoneyRate
    notice: FixedDuration
    severance: Money
    index: Literal["none", "wages"] = "none"

    def sentence(self, name: str) -> str:
        return (
            f"{self.say(name)}: {self.units.likely:g} at {self.price.likely * 12:,.0f} a year each; they leave one by one as the old way "
            f"shrinks, {self.stay.likely:g} stay, with {self.notice.likely / HOURS_A_MONTH:g} months of notice."
        )

    def lower(self, name: str, to: Lowering) -> None:
        n, units = name, self.units.number
        stock = to.stock(f"{n}:units", units)
        to.stock(f"{n}:months-over", 0.0)
        slack = self.slack.number
        floor = self.stay.likely / self.units.likely if self.units.likely > 0.0 else 0.0
        needed = to.product(f"{n}:needed", 1.0, Times(f"{self.activity}:left", a=slack, b=1.0, low=floor, high=1.0))
        months = self.notice.likely / HOURS_A_MONTH
        to.decide(f"{n}:steps", rows.STEP, stock, a=needed, b=f"{n}:months-over", p=(units, months), order=7)
        account = to.account(self.party, n, to=self.to)
        index = ["wages"] if self.index == "wages" else []
        to.charge(f"{n}:price", account, self.price.number, scale=to.product(f"{n}:paid", 1.0, stock, *index))
        to.old_month.append((self.party, units * self.price.number))
        last = to.stock(f"{n}:last", units)
        gone = to.product(f"{n}:gone", 1.0, Times(stock, a=0.0, b=-1.0), plus=last)
        to.product(f"{n}:left-now", 1.0, Times(gone, low=0.0))
        severance = to.account(self.party, f"{n} severance", to=self.to, one_off=True)
        to.charge(f"{n}:severance", severance, self.severance.number, scale=f"{n}:left-now")
        to.move(f"{n}:last", last, stock, up=1.0, down=1.0, order=6)
        to.measure(f"{n}:units", slot=stock)
