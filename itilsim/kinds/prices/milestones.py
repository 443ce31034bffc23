"""Milestones: a fixed price for a delivery, paid in parts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from itilsim.kinds.block import Block, Relationship, Titles
from itilsim.kinds.leaf import Duration, HourPrice, Hours, Money, Share
from itilsim.kinds.lowering import Lowering
from itilsim.plan import rows


class Milestones(Block):
    """`hours` at `rate` plus a `licence`: `at_start` of it at signing, `at_live` at go-live, the rest `later` after that."""

    kind: Literal["milestones"] = "milestones"
    relationship: Relationship
    hours: Hours
    rate: HourPrice
    licence: Money
    at_start: Share
    at_live: Share
    later: Duration

    def faults(self) -> Iterator[tuple[str, str]]:
        total = self.at_start.high + self.at_live.high
        if total > 1.0 + 1e-9:
            yield "at_live", f"found {total:.0%} with what is paid at the start; together they can be 100 % at most"

    def sentence(self, name: str) -> str:
        price = self.hours.likely * self.rate.likely + self.licence.likely
        return (
            f"The delivery of {self.relationship} costs {price:,.0f}: {self.at_start.likely:.0%} at signing, "
            f"{self.at_live.likely:.0%} at go-live."
        )

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        return {f"{name} price": f"the price of {self.say(name)}"}

    def lower(self, name: str, to: Lowering) -> None:
        n, contract = name, to.block("relationships", self.relationship)
        account = to.account(contract.consumer, f"{n} price", to=contract.provider, one_off=True)
        price = self.hours.number * self.rate.number + self.licence.number
        live = f"{self.relationship}:goes-live"
        rest = 1.0 - self.at_start.number - self.at_live.number
        to.effect(to.signing(self.relationship), f"{n}:signing", rows.POST, account, amount=price * self.at_start.number * -1.0)
        to.effect(live, f"{n}:go-live", rows.POST, account, amount=price * self.at_live.number * -1.0)
        to.constant(f"{n}:later", self.later.number)
        to.after(live, f"{n}:rest", f"{n}:rest", f"{n}:later")
        to.effect(f"{n}:rest", "rest", rows.POST, account, amount=price * rest * -1.0)


