"""A metered price: so much for each request, each completed piece of work, or each hour or block of hours worked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from itilsim.kinds.block import Block, Ref, Relationship, Titles
from itilsim.kinds.leaf import ActionPrice, BlockHours, HourPrice, RequestPrice
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.story import Step
from itilsim.kinds.terms import without_contract
from itilsim.plan import rows
from itilsim.plan.specs import Times

ROUNDING = 1e-6
"""Hours by which a block may be overrun before the next one begins: a meter adds many small numbers."""


class Metered(Block):
    """What is used is paid, with the prices of the contract.

    One of three bases: `request` for each request of `demand` that is asked (of bookings: for which one was free); `action` for each
    piece of work that `team` completes; `hour` for each hour that `team` works. Hours are sold by the hour, or in blocks of `block` hours
    of which each month pays the ones that it begins, up to `blocks`; what goes beyond those is paid by the hour.
    """

    kind: Literal["metered"] = "metered"
    relationship: Relationship
    demand: Annotated[str, Ref("demand")] = ""
    team: Annotated[str, Ref("teams")] = ""
    request: RequestPrice | None = None
    action: ActionPrice | None = None
    hour: HourPrice | None = None
    block: BlockHours | None = None
    blocks: Annotated[int, Field(ge=1, le=200)] | None = None

    def faults(self) -> Iterator[tuple[str, str]]:
        stated = [field for field in ("request", "action", "hour") if getattr(self, field) is not None]
        if len(stated) != 1:
            yield "kind", f"found {' and '.join(stated) or 'no price'}; a metered price has one of request, action and hour"
        if (self.request is not None) != bool(self.demand):
            yield "demand", "a price of each request names whose requests they are as demand; another price has none"
        if (self.action is not None or self.hour is not None) != bool(self.team):
            yield "team", "a price of work or hours names the team that does it; a price of requests has none"
        if (self.block is None) != (self.blocks is None) or (self.block is not None and self.hour is None):
            yield "block", "block and blocks belong together, and to a price of hours: how long a block is, and how many a month may begin"
        if self.block is not None and self.block.likely <= 0.0:
            yield "block", "found nought; a block has some hours, as '10 h'"

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        yield from without_contract(self.relationship, blocks, "prices; inside one organization a recharge stands for a fee")
        if self.team and blocks["teams"][self.team].relationship != self.relationship:
            yield "team", f"found '{self.team}', which works for '{blocks['teams'][self.team].relationship}' and not for this relationship"

    def sentence(self, name: str) -> str:
        if self.request is not None:
            return f"Each request of {self.demand} costs {self.request.likely:,.6g} under {self.relationship}."
        if self.action is not None:
            return f"Each completed piece of work by {self.team} costs {self.action.likely:,.6g} under {self.relationship}."
        price = self.hour.likely if self.hour else 0.0
        whole = f", in whole blocks of {self.block.likely:g} h a month, {self.blocks} at most" if self.block else ""
        return f"Each hour of work by {self.team} costs {price:,.6g} under {self.relationship}{whole}."

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        return {f"decision {name}:bills": Step(f"{titles.provider(self.relationship)} bills the month's blocks of hours", summed="always")}

    def lower(self, name: str, to: Lowering) -> None:
        if self.block is not None and self.blocks is not None and self.hour is not None:
            to.last.append(lambda: self.lower_blocks(name, to))
        else:
            to.last.append(lambda: self.lower_meters(name, to))

    def lower_meters(self, name: str, to: Lowering) -> None:
        """Charge what the meters count, once all requests and works are known."""
        contract = to.block("relationships", self.relationship)
        account = to.account(contract.consumer, f"{self.relationship} fee", to=contract.provider)
        price = self.request or self.action or self.hour
        if price is not None:
            for meter in self.meters(to):
                to.charge(f"{name}:{meter}", account, price.number, scale=f"{self.relationship}:prices", basis=meter)

    def meters(self, to: Lowering) -> list[str]:
        """Give the meters of what is paid, sorted."""
        if self.request is not None:
            if to.block("demand", self.demand).kind == "bookings":
                return [f"{self.demand}:served"]
            own = {self.demand, *(f"{self.demand}-{priority}" for priority in ("urgent", "normal", "low"))}
            return sorted(own & set(to.specs.streams))
        what = "done" if self.action is not None else "hours"
        return [f"{work}:{what}" for work, spec in sorted(to.specs.works.items()) if spec.team == self.team]

    def lower_blocks(self, n: str, to: Lowering) -> None:
        """Post the blocks that a month has begun at its end, from the hours of all works of the team."""
        contract = to.block("relationships", self.relationship)
        account = to.account(contract.consumer, f"{self.relationship} fee", to=contract.provider)
        size, most = (self.block.likely if self.block else 1.0), float(self.blocks or 1)
        whole = to.flow(f"{n}:month", to.product(f"{n}:one", 1.0), "always")
        hours = to.product(f"{n}:hours-0", 0.0)
        for place, meter in enumerate(self.meters(to)):
            worked = to.stock(f"{n}:worked-{place}")
            to.decide(f"{n}:worked-{place}", rows.RATIO, worked, meters=(meter, whole), p=(0.0,), order=0)
            hours = to.product(f"{n}:hours-{place + 1}", 1.0, worked, plus=hours)
        begun = to.product(f"{n}:beyond", 1.0, Times(hours, a=-most, b=1.0 / size, low=0.0))
        for place in range(int(most)):
            step = Times(hours, rows.AT_LEAST, a=place * size + ROUNDING, b=1.0)
            begun = to.product(f"{n}:begun-{place + 1}", 1.0, step, plus=begun)
        price = self.hour.number * size if self.hour else 0.0
        post_at_month_end(n, begun, to.product(f"{n}:billed", 1.0, begun, f"{self.relationship}:prices"), to)
        to.effect(f"{n}:bills", "fee", rows.POST, account, amount=price * -1.0, scale=f"{n}:billed")
        to.measure(f"{n}:blocks", slot=begun)


def post_at_month_end(n: str, where: str, scale: str, to: Lowering) -> str:
    """Have the bundle `n:bills` carried out at each month end at which a slot is above nought; `scale` is what it posts by."""
    billed = to.stock(f"{n}:has-billed")
    to.decide(f"{n}:bills", rows.WHEN, billed, a=where, b=scale, p=(1e-9, 1e-12), bundle=f"{n}:bills", order=2)
    to.specs.effects.setdefault(f"{n}:bills", {})
    again = to.product(f"{n}:next-bill", 0.0)
    to.move(f"{n}:bills-again", billed, again, up=1.0, down=1.0, order=3)
    return f"{n}:bills"
