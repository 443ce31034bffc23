"""Acquired customers: a service that works well is shown to others, and some of them come."""

from __future__ import annotations

from typing import Literal

from itilsim.kinds.block import Block, Party, Service, Titles
from itilsim.kinds.leaf import CustomerPrice, DrawnDuration, Frequency
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.story import Slot, Step
from itilsim.kinds.wording import counted
from itilsim.plan import rows

UNIT = 0.05
"""Height of a layer of candidates, in customers a month."""


class Customer(Block):
    """New customers of `party`, `frequency` a year while `service` is live and as far as it is fit: times utility x warranty.

    Each brings `margin` a month, paid by `payer`, and stays for `stays`. An opportunity: a risk with a positive amount, since nobody has
    promised it.
    """

    kind: Literal["customer"] = "customer"
    service: Service
    party: Party
    payer: Party
    frequency: Frequency
    margin: CustomerPrice
    stays: DrawnDuration

    def sentence(self, name: str) -> str:
        return (
            f"{self.say(name)}: {counted(self.frequency.likely * 12, 'customer')} a year for {self.party} where {self.service} is at its "
            f"best; each brings {self.margin.likely:,.0f} a month."
        )

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        return {name: self.say(name)}

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        party = titles.of("parties", self.party)
        return {
            f"stream {name}": Step(f"{self.called(name)}: {party} wins a customer", called=self.called(name), summed="often"),
            f"due {name}:goes": Step("the customer leaves after {elapsed}"),
        }

    def slots(self, name: str, titles: Titles) -> dict[str, Slot]:
        return {f"{name}:customers": Slot(f"{self.called(name)} there are", share=False)}

    def lower(self, name: str, to: Lowering) -> None:
        n, r = name, to.block("services", self.service).relationship
        to.product(f"{n}:rate", self.frequency.number, f"{r}:live", f"{self.service}:quality")
        to.stream(n, f"{n}:rate", self.frequency.number, unit=UNIT)
        customers = to.stock(f"{n}:customers")
        to.effect(n, "comes", rows.ADD, customers, amount=1.0)
        to.quantity(f"{n}:stays", self.stays)
        to.after(n, "goes", f"{n}:goes", f"{n}:stays")
        to.effect(f"{n}:goes", "goes", rows.ADD, customers, amount=-1.0, low=0.0)
        held = to.flow(f"{n}:held", customers, "always")
        account = to.account(self.party, n, "risk", to=self.payer)
        to.charge(n, account, self.margin.number, basis=held, gain=True)
        to.measure(f"{n}:customers", meter=held)
