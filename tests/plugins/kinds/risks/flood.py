"""A flood: it can come in one season of the year only, and stops a service until the water has gone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from itilsim.kinds.block import Block, Party, Service, Titles
from itilsim.kinds.leaf import DrawnDuration, DrawnMoney, Frequency, Money
from itilsim.kinds.lowering import MONTHS_A_YEAR, Lowering
from itilsim.plan import rows
from itilsim.plan.specs import LossSpec

UNIT = 0.05
"""Height of a layer of candidates, in floods a month."""


class Flood(Block):
    """`frequency` floods a year, all of them from month `first` to month `last` of the year (1 is the first after the start).

    Each costs `party` a `loss`, `loss_cap` at most, and `service` is not there for `lasts`.
    """

    kind: Literal["flood"] = "flood"
    party: Party
    service: Service
    frequency: Frequency
    first: Annotated[int, Field(ge=1, le=12)]
    last: Annotated[int, Field(ge=1, le=12)]
    loss: DrawnMoney
    loss_cap: Money
    lasts: DrawnDuration

    def faults(self) -> Iterator[tuple[str, str]]:
        if self.last < self.first:
            yield "last", f"found {self.last}, before the first month, {self.first}; a season lies within one year"

    def sentence(self, name: str) -> str:
        return (
            f"{self.say(name)}: {self.frequency.likely * MONTHS_A_YEAR:g} floods a year, in months {self.first} to {self.last}, "
            f"cost {self.party} {self.loss.likely:,.0f} each (half of them less)."
        )

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        return {name: self.say(name)}

    def lower(self, name: str, to: Lowering) -> None:
        n, months = name, self.last - self.first + 1
        season = to.stock(f"{n}:season", 1.0 if self.first == 1 else 0.0)
        if months < MONTHS_A_YEAR:
            for what, there, offset in (("begins", 1.0, self.first + 11), ("ends", 0.0, self.last)):
                target = to.product(f"{n}:{what}", there)
                to.move(f"{n}:{what}", season, target, up=1.0, down=1.0, every=12, offset=(offset - 1) % 12 + 1)
        most = self.frequency.number * (MONTHS_A_YEAR / months)
        to.product(f"{n}:rate", most, season)
        to.stream(n, f"{n}:rate", most, unit=UNIT)
        to.rare(n, n)
        cap = self.loss_cap.number * to.setting.caps
        to.quantity(f"{n}:loss", self.loss, cap=cap)
        to.specs.losses[n] = LossSpec(f"{n}:loss", to.account(self.party, n, "risk"), cap=cap)
        to.effect(n, "loss", rows.SETTLE, n)
        to.effect(n, "water", rows.OPEN, f"{self.service}:availability", amount=1.0)
        to.quantity(f"{n}:lasts", self.lasts)
        to.after(n, "dry", f"{n}:dry", f"{n}:lasts")
        to.effect(f"{n}:dry", "water", rows.CLOSE, f"{self.service}:availability", amount=1.0)
