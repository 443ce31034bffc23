"""A regulator: it learns of an event, orders work and suspends use until that is done, or fines."""

from __future__ import annotations

from typing import Annotated, Literal

from itilsim.kinds.block import Block, Party, Ref, Service, Team, Titles
from itilsim.kinds.leaf import DrawnDuration, DrawnMoney, Hours, Money, Share
from itilsim.kinds.lowering import Lowering
from itilsim.plan import rows
from itilsim.plan.specs import LossSpec, WorkSpec


class Regulator(Block):
    """What `regulator` does once `risk` has become known to it, `delay` later.

    In the share `orders` of events it orders `work` hours of `team`, during which the share `suspends` of use of `service` is suspended; in
    the share `fines` it fines `party` by `fine`, `fine_cap` at most. Both may follow one event.
    """

    kind: Literal["regulator"] = "regulator"
    regulator: Party
    risk: Annotated[str, Ref("risks")]
    party: Party
    delay: DrawnDuration
    orders: Share
    service: Service
    team: Team
    work: Hours
    suspends: Share
    fines: Share
    fine: DrawnMoney
    fine_cap: Money

    def sentence(self, name: str) -> str:
        return (
            f"{self.say(name)}: after {self.risk} {self.regulator} orders {self.work.likely:g} h of {self.team} in "
            f"{self.orders.likely:.0%} of events and fines {self.party} in {self.fines.likely:.0%}, {self.fine.likely:,.0f} typically."
        )

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        return {f"{name} fine": f"a fine of {titles.of('parties', self.regulator)}"}

    def lower(self, name: str, to: Lowering) -> None:
        n, level = name, f"{self.service}:security"
        to.quantity(f"{n}:delay", self.delay)
        to.last.append(lambda: to.after(known(self.risk, to), f"{n}:learns", f"{n}:learns", f"{n}:delay"))
        orders, fines = to.product(f"{n}:ordering", self.orders.number), to.product(f"{n}:fining", self.fines.number)
        to.dice(f"{n}:orders")
        to.dice(f"{n}:fines")
        ordered = {"chance": orders, "chance_quantity": f"{n}:orders"}
        to.after(f"{n}:learns", "orders", f"{n}:ordered", **ordered)
        to.effect(f"{n}:ordered", "open", rows.OPEN, level, amount=self.suspends.number)
        to.effect(f"{n}:ordered", "work", rows.ENQUEUE, f"{n}:work")
        to.constant(f"{n}:work", self.work.number)
        to.specs.works[f"{n}:work"] = WorkSpec(self.team, f"{n}:work", priority=0, done=f"{n}:done")
        to.effect(f"{n}:done", "close", rows.CLOSE, level, amount=self.suspends.number)
        cap = self.fine_cap.number * to.setting.caps
        to.quantity(f"{n}:fine", self.fine, cap=cap)
        account = to.account(self.party, f"{n} fine", "risk", to=self.regulator)
        to.specs.losses[f"{n}:fine"] = LossSpec(f"{n}:fine", account, cap=cap)
        to.effect(f"{n}:learns", "fine", rows.SETTLE, f"{n}:fine", chance=fines, chance_quantity=f"{n}:fines")
        to.rare(f"{n}:learns", f"{n} fine", chance=fines, chance_quantity=f"{n}:fines")


def known(event: str, to: Lowering) -> str:
    """Give the bundle in which an event becomes known, once all blocks have spoken: at its discovery, or when it happens."""
    found = f"{event}:found"
    return found if found in to.specs.effects else event
