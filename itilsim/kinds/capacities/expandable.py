"""Expandable capacity: ordered at a threshold by a person who must be there, it arrives late and costs money."""

from __future__ import annotations

from typing import Literal

from itilsim.kinds.block import Block, Party, Service, Team, Titles
from itilsim.kinds.expansion import lower_order
from itilsim.kinds.leaf import Duration, MoneyRate, Share, UserCount
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.story import Slot, Step
from itilsim.kinds.wording import percent
from itilsim.plan import rows
from itilsim.plan.specs import Times

DAY = (1.2, 1.4, 1.1, 0.3, 0.9, 1.3, 1.2, 0.9, 0.7)
"""Load of the hours of an office day against their mean, as in the clock of requests."""


class Expandable(Block):
    """Capacity of a service in adopted users at the mean hour.

    At `threshold` of load an expansion of `step` users is ordered by `orders` (nobody there: nothing is ordered; nor in a year in which
    the sponsor has cut the purse), arrives after `lead` and costs `price` a year, paid by `payer` to `seller`. Hours of the day above the
    mean are served up to the capacity.
    """

    kind: Literal["expandable"] = "expandable"
    service: Service
    capacity: UserCount
    threshold: Share
    step: UserCount
    lead: Duration
    price: MoneyRate
    payer: Party
    seller: Party
    orders: Team

    def sentence(self, name: str) -> str:
        return (
            f"{self.say(name)}: {self.capacity.likely:,.6g} users are served; at {percent(self.threshold.likely)} of that "
            f"{self.step.likely:g} more are ordered by {self.orders}, at {self.price.likely * 12:,.0f} a year."
        )

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        return {f"{name} expansion": f"expansion of {self.say(name)}"}

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        step, orders = f"room for {self.step.likely:,g} users more in {self.called(name)}", titles.of("teams", self.orders)
        return {
            f"decision {name}:order": Step(f"the load reaches its threshold: {step} is ordered by {orders}"),
            f"due {name}:arrives": Step("the capacity ordered arrives"),
        }

    def slots(self, name: str, titles: Titles) -> dict[str, Slot]:
        return {f"{name}:capacity": Slot(f"users that {self.called(name)} can serve", share=False)}

    def lower(self, name: str, to: Lowering) -> None:
        n, s = name, self.service
        relationship = to.block("services", s).relationship
        to.stock(f"{n}:capacity", self.capacity.number)
        to.stock(f"{n}:ordered")
        to.stock(f"{n}:steps")
        to.product(f"{n}:idle", 1.0, Times(f"{s}:adopted", rows.INVERSE, a=1.0, high=1e9), f"{n}:capacity")
        load = to.product(f"{n}:load", 1.0, f"{s}:adopted", Times(f"{n}:capacity", rows.INVERSE, a=1.0, high=1e9))
        mean = sum(DAY) / len(DAY)
        profile = tuple((hour / mean, hour / sum(DAY)) for hour in sorted(DAY))
        to.decide(f"{n}:served", rows.SERVED, f"{s}:served", a=f"{n}:idle", profile=profile, order=6)
        present = to.product(f"{n}:can-order", 1.0, f"{self.orders}:people", f"{relationship}:purse", f"{relationship}:live")
        lower_order(n, to, load=load, able=(present, 0.95), threshold=self.threshold.number, lead=self.lead, step=self.step)
        account = to.account(self.payer, f"{n} expansion", to="" if self.payer == self.seller else self.seller)
        paid = to.product(f"{n}:paid", 1.0, f"{n}:steps", f"{relationship}:live")
        to.charge(f"{n}:price", account, self.price.number, scale=paid)
        to.measure(f"{n}:load", slot=load)
