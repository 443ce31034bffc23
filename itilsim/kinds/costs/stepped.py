"""A stepped cost: whole units (a clerk, a room) that leave in steps when the old way shrinks, and come back when it grows."""

from __future__ import annotations

from typing import Annotated, Literal

from itilsim.kinds.block import Block, Party, Ref, Titles
from itilsim.kinds.leaf import FixedDuration, Money, MoneyRate, Share, Units
from itilsim.kinds.lowering import HOURS_A_MONTH, Lowering
from itilsim.kinds.story import Notice
from itilsim.kinds.wording import months, percent
from itilsim.plan import rows
from itilsim.plan.specs import Times


class Stepped(Block):
    """Units that cost `price` a year each: `stay` that never leave, and one for each of `leave_below`.

    A unit is needed while the share of `activity` on the old way is at least its `leave_below`; one that is not needed leaves after
    `notice` months in a row, one a month, at a `severance` each. Where more are needed for as long, one comes back: nobody is sent away
    and called back for a single busy month.
    """

    kind: Literal["stepped"] = "stepped"
    party: Party
    to: Party
    activity: Annotated[str, Ref("activities")]
    leave_below: tuple[Share, ...]
    stay: Units
    price: MoneyRate
    notice: FixedDuration
    severance: Money
    index: Literal["none", "wages"] = "none"

    def sentence(self, name: str) -> str:
        steps = ", ".join(percent(leaf.likely) for leaf in self.leave_below)
        return (
            f"{self.say(name)}: {len(self.leave_below) + self.stay.likely:g} at {self.price.likely * 12:,.0f} a year each; they leave one "
            f"by one when less than {steps} goes the old way, with {months(self.notice.likely)} of notice."
        )

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        return {name: self.say(name), f"{name} severance": f"severance of {self.say(name)}"}

    def notices(self, name: str, titles: Titles) -> dict[str, Notice]:
        called = self.called(name)
        comes, leaves = f"{called}: a unit comes back, {{after}} remain", f"{called}: a unit leaves, {{after}} remain"
        return {f"{name}:units": Notice(comes, leaves, source=f"{name} severance")}

    def lower(self, name: str, to: Lowering) -> None:
        n, units = name, self.stay.number + float(len(self.leave_below))
        stock = to.stock(f"{n}:units", units)
        to.stock(f"{n}:months-over", 0.0)
        needed = to.product(f"{n}:needed-0", self.stay.number)
        for place, leaf in enumerate(self.leave_below):
            step = Times(f"{self.activity}:left", rows.AT_LEAST, a=leaf.number, b=1.0)
            needed = to.product(f"{n}:needed-{place + 1}", 1.0, step, plus=needed)
        months = self.notice.likely / HOURS_A_MONTH
        to.decide(f"{n}:steps", rows.STEP, stock, a=needed, b=f"{n}:months-over", p=(1.0, months), order=7)
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
