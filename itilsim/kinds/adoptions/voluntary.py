"""Voluntary adoption: people take a service up because they hear of it or see others use it, and leave it where it is bad."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from itilsim.kinds.block import Block, Service, Titles
from itilsim.kinds.leaf import Factor, Frequency, Share, UserHoursRate
from itilsim.kinds.lowering import MONTHS_A_YEAR, Lowering
from itilsim.kinds.wording import percent
from itilsim.plan import rows
from itilsim.plan.specs import Times


class Voluntary(Block):
    """Adoption of `service` by those of its users whom no mandate reaches (Bass 1969).

    A share F of them has adopted: `dF/dt = (p m + q F) x (ceiling - F) x quality - drift x F x max(0, expected - quality)`, with p =
    `innovation` and q = `imitation` a year (0.03 and 0.38 on average over 213 applications: Sultan, Farley and Lehmann 1990) and the
    quality (utility x warranty) of the month. `ceiling` is the share who will ever take it up. `training`, hours a user that the company
    gives in the degree of its engagement, raises p: m = 1 + `training_lift` for each hour a year. `drift` is the share of adopters a year
    that leaves for a whole unit of quality missing from what is `expected`.
    """

    kind: Literal["voluntary"] = "voluntary"
    service: Service
    innovation: Frequency
    imitation: Frequency
    ceiling: Share
    expected: Share
    drift: Frequency
    training: UserHoursRate | None = None
    training_lift: Factor | None = None

    def faults(self) -> Iterator[tuple[str, str]]:
        if (self.training is None) != (self.training_lift is None):
            yield "training", "training and training_lift belong together; state both or neither"

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        for other, block in blocks["adoptions"].items():
            if other < name and block.service == self.service:
                yield "service", f"found '{self.service}', of which '{other}' says already how people take it up of their own will"

    def sentence(self, name: str) -> str:
        trained = f", {self.training.likely * MONTHS_A_YEAR:g} h of training a user and year help" if self.training else ""
        alone, others = (percent(leaf.likely * MONTHS_A_YEAR) for leaf in (self.innovation, self.imitation))
        return (
            f"{self.say(name)}: of those whom nobody makes use {self.service}, {alone} a year take it up by themselves and {others} after "
            f"each other, up to {percent(self.ceiling.likely)}{trained}."
        )

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        return {f"{name} training": f"training for {titles.of('services', self.service)}"}

    def lower(self, name: str, to: Lowering) -> None:
        n, s = name, self.service
        relationship = to.block("services", s).relationship
        stock = to.stock(f"{s}:volunteered")
        self.lower_training(n, relationship, to)
        bad = Times(f"{s}:quality:mean", a=self.expected.number, b=-1.0, low=0.0, high=1.0)
        leaves = to.product(f"{n}:leaves", -1.0 * self.drift.number, bad)
        first = self.slope(f"{n}:now", stock, f"{s}:quality:mean", leaves, to)
        half = to.product(f"{n}:half-way", 0.5, first, plus=stock)
        second = self.slope(f"{n}:then", half, f"{s}:quality:mean", leaves, to)
        later = to.product(f"{n}:later", 1.0, second, plus=stock)
        still = to.product(f"{n}:next", 1.0, Times(later, low=0.0, high=1.0), f"{relationship}:live")
        to.move(f"{n}:spreads", stock, still, up=1.0, down=1.0, low=0.0, high=1.0, clock=f"{relationship}:age", order=6)
        at_live = self.slope(f"{n}:first", to.product(f"{n}:nobody", 0.0), f"{s}:quality", "", to)
        quarter = to.product(f"{n}:quarter", 0.25, at_live)
        middle = self.slope(f"{n}:first-then", quarter, f"{s}:quality", "", to)
        to.effect(f"{relationship}:goes-live", f"{n}:first", rows.ADD, stock, amount=0.5, scale=middle, low=0.0, high=1.0)
        to.measure(f"{s}:volunteered", slot=stock)

    def slope(self, n: str, at: str, quality: str, leaves: str, to: Lowering) -> str:
        """Give the slot of dF/dt a month at a share that has adopted; two of them make a midpoint step."""
        pull = to.product(f"{n}:pull", self.imitation.number, at, plus=f"{self.service}:told")
        free = Times(at, a=self.ceiling.number, b=-1.0, low=0.0)
        come = to.product(f"{n}:come", 1.0, pull, free, quality)
        return to.product(f"{n}:slope", 1.0, at, leaves, plus=come) if leaves else come

    def lower_training(self, n: str, relationship: str, to: Lowering) -> None:
        """Lower innovation, which training raises, and the hours that training takes."""
        if self.training is None or self.training_lift is None:
            to.product(f"{self.service}:told", self.innovation.number)
            return
        lift = self.training_lift.number * self.training.number * MONTHS_A_YEAR
        to.product(f"{self.service}:told", self.innovation.number, Times(f"{relationship}:engagement", a=1.0, b=lift, low=1.0))
        group = to.block("services", self.service).users
        trained = to.product(f"{n}:trained", 1.0, f"users:{group}", f"{relationship}:engagement")
        basis = to.flow(f"{n}:trains", f"{relationship}:live", "always")
        party = to.block("users", group).party
        to.hours(f"{n}:training", party, f"{n} training", self.training.number, scale=trained, basis=basis)
