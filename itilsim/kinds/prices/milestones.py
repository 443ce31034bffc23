"""Milestones: a fixed price for a delivery, paid in parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from itilsim.kinds.block import Block, Ref, Relationship, Titles
from itilsim.kinds.leaf import Duration, HourPrice, Hours, Money, Share
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.story import Step
from itilsim.kinds.terms import without_contract
from itilsim.kinds.wording import months, percent
from itilsim.plan import rows


class Milestones(Block):
    """`hours` at `rate` plus a `licence`: `at_start` of it at signing, `at_live` at go-live, the rest `later` after that.

    Where a pilot's `gate` is named the rest is due `later` after the gate says that all go on, and not at all where it does not. A
    contract that waits for a market is paid at that market's price when it is signed, and so at the contract's prices from then on.
    """

    kind: Literal["milestones"] = "milestones"
    relationship: Relationship
    hours: Hours
    rate: HourPrice
    licence: Money
    at_start: Share
    at_live: Share
    later: Duration
    gate: Annotated[str, Ref("gates")] = ""

    def faults(self) -> Iterator[tuple[str, str]]:
        total = self.at_start.high + self.at_live.high
        if total > 1.0 + 1e-9:
            yield "at_live", f"found {total:.0%} with what is paid at the start; together they can be 100 % at most"

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        if self.gate and blocks["gates"][self.gate].kind != "pilot":
            yield "gate", f"found '{self.gate}', at which nobody decides whether all go on; the rest of a price waits for a pilot"
        for other, gate in blocks.get("gates", {}).items():
            if gate.kind == "defer" and gate.relationship == self.relationship and gate.market:
                yield from without_contract(self.relationship, blocks, f"prices that could follow the market for which '{other}' waits")

    def sentence(self, name: str) -> str:
        price = self.hours.likely * self.rate.likely + self.licence.likely
        rest = f", the rest where {self.gate} goes on" if self.gate else f", the rest {months(self.later.likely)} later"
        return (
            f"The delivery of {self.relationship} costs {price:,.0f}: {percent(self.at_start.likely)} at signing, "
            f"{percent(self.at_live.likely)} at go-live{rest}."
        )

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        return {f"{name} price": f"the price of {self.say(name)}"}

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        return {f"due {name}:rest": Step(f"the rest of the price of {self.called(name)} is due")}

    def lower(self, name: str, to: Lowering) -> None:
        n, contract = name, to.block("relationships", self.relationship)
        account = to.account(contract.consumer, f"{n} price", to=contract.provider, one_off=True)
        price = self.hours.number * self.rate.number + self.licence.number
        live = f"{self.relationship}:goes-live"
        rest = 1.0 - self.at_start.number - self.at_live.number
        signed, then = self.levels(to)
        signing = to.signing(self.relationship)
        to.effect(signing, f"{n}:signing", rows.POST, account, amount=price * self.at_start.number * -1.0, scale=signed)
        to.effect(live, f"{n}:go-live", rows.POST, account, amount=price * self.at_live.number * -1.0, scale=then)
        to.constant(f"{n}:later", self.later.number)
        to.after(f"{self.gate}:goes-on" if self.gate else live, f"{n}:rest", f"{n}:rest", f"{n}:later")
        to.effect(f"{n}:rest", "rest", rows.POST, account, amount=price * rest * -1.0, scale=then)

    def levels(self, to: Lowering) -> tuple[str, str]:
        """Give what the price is multiplied with at signing, before the contract's prices have moved, and later ("" for nothing)."""
        for gate in to.blocks("gates").values():
            if gate.kind == "defer" and gate.relationship == self.relationship and gate.market:
                return f"market:{gate.market}", f"{self.relationship}:prices"
        return "", ""


