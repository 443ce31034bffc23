"""A clientele: end customers, who come, and who leave where the service that they get is bad or an incident becomes known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from itilsim.kinds.block import Block, Party, Ref, Titles
from itilsim.kinds.leaf import Growth, Share, UserCount
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.story import Slot
from itilsim.kinds.users.growth import most_users
from itilsim.kinds.wording import percent
from itilsim.plan import rows
from itilsim.plan.number import Number
from itilsim.plan.specs import Times


class Clientele(Block):
    """End customers of one party, outside its payroll.

    `number` at the start, growing by `growth` a year. In each month the share `leave` of them goes for every whole month in which
    `service` was live and out of warranty (unavailable, too slow, without its data, insecure) beyond the share `borne` of it; and the
    share `leave_at_incident` at once where `incident` becomes known. All that comes of them goes with them. Customers turn over anyway:
    of those who are missing against an undisturbed clientele the share `won_back` is replaced each month.
    """

    kind: Literal["clientele"] = "clientele"
    party: Party
    number: UserCount
    growth: Growth
    service: Annotated[str, Ref("services")] = ""
    borne: Share | None = None
    leave: Share | None = None
    incident: Annotated[str, Ref("risks")] = ""
    leave_at_incident: Share | None = None
    won_back: Share | None = None

    def faults(self) -> Iterator[tuple[str, str]]:
        stated = [self.borne is not None, self.leave is not None, bool(self.service)]
        if any(stated) and not all(stated):
            yield "service", "service, borne and leave belong together: whose bad months are borne up to which share, and how many go then"
        if bool(self.incident) != (self.leave_at_incident is not None):
            yield "incident", "incident and leave_at_incident belong together; state both or neither"

    def sentence(self, name: str) -> str:
        said = [f"{self.say(name)}: {self.number.likely:,.0f} customers of {self.party}"]
        if self.leave is not None and self.borne is not None:
            gone, borne = percent(self.leave.likely), percent(self.borne.likely)
            said.append(f"{gone} of them leave for a month without {self.service} beyond {borne} of one")
        if self.leave_at_incident is not None:
            said.append(f"{percent(self.leave_at_incident.likely)} leave when {self.incident} becomes known")
        if self.won_back is not None:
            said.append(f"{percent(self.won_back.likely)} of those who are missing are won back a month")
        return "; ".join(said) + "."

    def most(self, months: int) -> Number:
        """Give the most customers that there can be."""
        return most_users(self.number, self.growth, months)

    def slots(self, name: str, titles: Titles) -> dict[str, Slot]:
        return {f"users:{name}": Slot(f"number of {self.called(name)}", share=False, steady=True)}

    def lower(self, name: str, to: Lowering) -> None:
        customers = to.stock(f"users:{name}", self.number.number)
        to.constant(f"{customers}:growth", self.growth.number)
        to.decide(f"{customers}:growth", rows.INDEX, customers, quantity=f"{customers}:growth", every=12, offset=12, p=(1e9,))
        if self.leave is not None and self.borne is not None:
            live = f"{to.block('services', self.service).relationship}:live"
            without = to.product(f"{name}:without", 1.0, live, Times(f"{self.service}:warranty", a=1.0, b=-1.0))
            missed = Times(f"{to.flow(f'{name}:without', without)}:mean", a=self.borne.number * -1.0, b=1.0, low=0.0, high=1.0)
            gone = to.product(f"{name}:leave", self.leave.number, missed)
            stay = to.product(f"{name}:stay", 1.0, customers, Times(gone, a=1.0, b=-1.0))
            to.move(f"{name}:leave", customers, stay, up=1.0, down=1.0, low=0.0, order=4)
        if self.leave_at_incident is not None:
            to.last.append(lambda: self.lower_incident(customers, to))
        if self.won_back is not None:
            undisturbed = to.stock(f"{customers}:undisturbed", self.number.number)
            to.decide(f"{undisturbed}:growth", rows.INDEX, undisturbed, quantity=f"{customers}:growth", every=12, offset=12, p=(1e9,))
            to.move(f"{name}:won-back", customers, undisturbed, up=self.won_back.number, down=0.0, order=5)
        to.measure(f"{name}:customers", slot=customers)

    def lower_incident(self, customers: str, to: Lowering) -> None:
        """Lower what an incident does, once it is known under what name it becomes known."""
        known = f"{self.incident}:found"
        bundle = known if known in to.specs.effects else self.incident
        if self.leave_at_incident is not None:
            to.effect(
                bundle, f"{customers} leave", rows.ADD, customers, amount=-1.0 * self.leave_at_incident.number, scale=customers, low=0.0
            )
