"""The public: people who deal with a party, turn away after an incident, and come back in time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from itilsim.kinds.block import Block, Party, Ref, Titles
from itilsim.kinds.leaf import CustomerCount, CustomerPrice, Share
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.outsiders.regulator import known
from itilsim.kinds.story import Slot
from itilsim.kinds.wording import percent
from itilsim.plan import rows
from itilsim.plan.specs import Times


class Public(Block):
    """`number` customers, each worth `margin` a month to `party`, paid by `public`.

    Once `incident` is known the share `turn_away` of those who are there goes; of those who are away the share `come_back` returns each
    month. An alternative without the incident has the customers too: what is lost is an affected outcome of the one that has it.
    """

    kind: Literal["public"] = "public"
    public: Party
    party: Party
    number: CustomerCount
    margin: CustomerPrice
    incident: Annotated[str, Ref("risks")] = ""
    turn_away: Share | None = None
    come_back: Share | None = None

    def faults(self) -> Iterator[tuple[str, str]]:
        stated = [bool(self.incident), self.turn_away is not None, self.come_back is not None]
        if any(stated) and not all(stated):
            yield "incident", "incident, turn_away and come_back belong together: what people turn away from, how many, and how they return"

    def sentence(self, name: str) -> str:
        said = f"{self.say(name)}: {self.number.likely:,.0f} customers bring {self.party} {self.margin.likely:,.6g} a month each"
        if self.turn_away is not None and self.come_back is not None:
            said += (
                f"; {percent(self.turn_away.likely)} of them turn away once {self.incident} is known, of whom "
                f"{percent(self.come_back.likely)} come back each month"
            )
        return f"{said}."

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        return {name: self.say(name)}

    def slots(self, name: str, titles: Titles) -> dict[str, Slot]:
        return {f"{name}:away": Slot(f"share of {self.called(name)} turned away", steady=True)}

    def lower(self, name: str, to: Lowering) -> None:
        n, away = name, to.stock(f"{name}:away")
        here = to.product(f"{n}:here", 1.0, Times(away, a=1.0, b=-1.0, low=0.0, high=1.0))
        account = to.account(self.party, n, "outcome", to=self.public)
        to.charge(n, account, self.number.number * self.margin.number, basis=to.flow(f"{n}:here", here, "always"), gain=True)
        to.measure(f"{n}:here", meter=f"{n}:here")
        if self.turn_away is not None and self.come_back is not None:
            back, gone = to.product(f"{n}:all-back", 0.0), self.turn_away.number
            to.move(f"{n}:come-back", away, back, up=0.0, down=self.come_back.number, order=6)
            to.last.append(lambda: to.effect(known(self.incident, to), f"{n}:turn-away", rows.ADD, away, amount=gone, scale=here, high=1.0))
