"""A regulator: it learns of an event, orders work and suspends use until that is done, or fines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from itilsim.kinds.block import Block, Party, Ref, Service, Team, Titles
from itilsim.kinds.leaf import DrawnDuration, DrawnMoney, Hours, Money, Share
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.story import Step
from itilsim.kinds.wording import percent
from itilsim.plan import rows
from itilsim.plan.specs import LossSpec, WorkSpec


class Regulator(Block):
    """What `regulator` does once `risk` has become known to it, `delay` later.

    In the share `orders` of events it orders `work` hours of `team`, during which the share `suspends` of use of `service` is suspended; in
    the share `fines` it fines `party` by `fine`, `fine_cap` at most. Both may follow one event. `harm` is what an event does to people
    outside all companies, for whom the regulator stands: a shadow price on its account, an outcome affected.
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
    harm: Money | None = None

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        regulator = blocks["parties"][self.regulator]
        if self.harm is not None and (regulator.contracting or regulator.parent):
            yield "regulator", f"found '{self.regulator}'; what is nobody's money stands with people outside, with contracting = false"

    def sentence(self, name: str) -> str:
        return (
            f"{self.say(name)}: after {self.risk} {self.regulator} orders {self.work.likely:g} h of {self.team} in "
            f"{percent(self.orders.likely)} of events and fines {self.party} in {percent(self.fines.likely)}, "
            f"{self.fine.likely:,.0f} typically."
        )

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        regulator = titles.of("parties", self.regulator)
        return {f"{name} fine": f"a fine of {regulator}", f"{name} harm": f"harm to people outside, as {regulator} sees it"}

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        n, regulator, team = name, titles.of("parties", self.regulator), titles.of("teams", self.team)
        learns, stops = f"{regulator} learns of it, {{elapsed}} after it happened", f"{self.suspends.likely * 100.0:g} % of the use"
        service = titles.of("services", self.service)
        return {
            f"due {n}:learns": Step(learns, alone=f"{learns}, and lets it be"),
            f"due {n}:ordered": Step(f"{regulator} orders work of {team}; until it is done {stops} of {service} stops"),
            f"done {n}:work": Step(f"what {regulator} ordered is done, {{elapsed}} after it happened"),
            f"loss {n}:fine": Step(f"{regulator} imposes a fine"),
        }

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
        if self.harm is not None:
            harmed = to.account(self.regulator, f"{n} harm", "outcome", cash=False)
            to.effect(f"{n}:learns", "harm", rows.POST, harmed, amount=self.harm.number * -1.0)


def known(event: str, to: Lowering) -> str:
    """Give the bundle in which an event becomes known, once all blocks have spoken: at its discovery, or when it happens."""
    found = f"{event}:found"
    return found if found in to.specs.effects else event
