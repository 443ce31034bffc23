"""A supplier: what the provider's service stands on, which is delivered or fails, and may be given up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from itilsim.kinds.block import Block, Party, Service, Titles
from itilsim.kinds.leaf import DrawnDuration, Duration, Frequency, Money, MoneyRate, Share
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.story import Step
from itilsim.kinds.wording import counted
from itilsim.plan import rows
from itilsim.plan.specs import Times

UNIT = 0.01
"""Height of a layer of candidates, in events a month."""


class Supply(Block):
    """What `supplier` delivers to the provider of `service` (hosting, a line), for `fee` a year.

    It fails `frequency` a year while the service is live: the share `suspends` of use is lost for `lasts`, and the supplier gives `penalty`
    back. With `gives_up` a year it stops for good: nothing runs for `replacement`, then `successor` delivers at a fee that is dearer by the
    share `dearer`, and does not fail.
    """

    kind: Literal["supply"] = "supply"
    service: Service
    supplier: Party
    fee: MoneyRate
    frequency: Frequency
    lasts: DrawnDuration
    suspends: Share
    penalty: Money
    gives_up: Frequency
    replacement: Duration
    successor: Party
    dearer: Share

    def faults(self) -> Iterator[tuple[str, str]]:
        if self.supplier == self.successor:
            yield "successor", f"found '{self.successor}', the supplier itself; another party has to follow one that gives up"

    def sentence(self, name: str) -> str:
        return (
            f"{self.say(name)}: {self.supplier} delivers what {self.service} stands on for {self.fee.likely * 12:,.0f} a year, fails "
            f"{counted(self.frequency.likely * 12, 'time')} a year and gives up with a frequency of {self.gives_up.likely * 12:.3g} a year."
        )

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        return {name: f"what {titles.of('parties', self.supplier)} delivers"}

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        n, supplier, successor = name, titles.of("parties", self.supplier), titles.of("parties", self.successor)
        stands = f"what {titles.of('services', self.service)} stands on"
        return {
            f"stream {n}:fails": Step(f"{supplier} fails to deliver {stands}", called=f"failures of {supplier}", summed="often"),
            f"due {n}:over": Step(f"{supplier} delivers again after {{elapsed}}"),
            f"stream {n}:gives-up": Step(f"{supplier} gives up: nobody delivers {stands}", called=f"{supplier} gives up"),
            f"due {n}:replaced": Step(f"{successor} delivers in its place, {{elapsed}} later"),
        }

    def lower(self, name: str, to: Lowering) -> None:
        n, r, level = name, to.block("services", self.service).relationship, f"{self.service}:availability"
        provider = to.block("relationships", r).provider
        gone, replaced = to.stock(f"{n}:gone"), to.stock(f"{n}:replaced")
        there = Times(gone, a=1.0, b=-1.0, low=0.0, high=1.0)
        delivers = to.product(f"{n}:delivers", 1.0, f"{r}:live", there)
        fee = to.account(provider, n, to=self.supplier)
        to.charge(f"{n}:fee", fee, self.fee.number, basis=to.flow(f"{n}:delivers", delivers, "always"))
        to.product(f"{n}:failing", self.frequency.number, delivers)
        to.stream(f"{n}:fails", f"{n}:failing", self.frequency.number, unit=UNIT)
        to.effect(f"{n}:fails", "open", rows.OPEN, level, amount=self.suspends.number)
        to.effect(f"{n}:fails", "penalty", rows.POST, fee, amount=self.penalty.number)
        to.quantity(f"{n}:lasts", self.lasts)
        to.after(f"{n}:fails", "over", f"{n}:over", f"{n}:lasts")
        to.effect(f"{n}:over", "close", rows.CLOSE, level, amount=self.suspends.number)
        to.product(f"{n}:giving-up", self.gives_up.number, delivers)
        to.stream(f"{n}:gives-up", f"{n}:giving-up", self.gives_up.number, unit=UNIT)
        to.effect(f"{n}:gives-up", "gone", rows.ADD, gone, amount=1.0, high=1.0)
        to.effect(f"{n}:gives-up", "open", rows.OPEN, level, amount=1.0)
        to.constant(f"{n}:replacement", self.replacement.number)
        to.after(f"{n}:gives-up", "replaced", f"{n}:replaced", f"{n}:replacement")
        to.effect(f"{n}:replaced", "close", rows.CLOSE, level, amount=1.0)
        to.effect(f"{n}:replaced", "replaced", rows.ADD, replaced, amount=1.0, high=1.0)
        follows = to.product(f"{n}:follows", 1.0, f"{r}:live", replaced)
        later = to.account(provider, n, to=self.successor)
        dearer = self.fee.number * (self.dearer.number + 1.0)
        to.charge(f"{n}:later-fee", later, dearer, basis=to.flow(f"{n}:follows", follows, "always"))
