"""A control on a risk, run from the start or added by the provider at a yearly review."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from itilsim.kinds.block import Block, Party, Ref, Relationship, Titles
from itilsim.kinds.leaf import MoneyRate, Share
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.story import Step
from itilsim.kinds.wording import percent
from itilsim.plan import rows
from itilsim.plan.specs import Times


class Control(Block):
    """A control that leaves the share `remaining` of a risk's frequency, at `cost` a year for `party`.

    It runs from the start (`running`), or is added at a yearly review when the expected loss of the relationship is above the
    consumer's appetite and the provider's commitment reaches `commitment`; `turn` says from which yearly review on it is the next
    choice. `watches` controls
    find a leak as fast as the risk says that watched leaks are found.
    """

    kind: Literal["control"] = "control"
    risk: Annotated[str, Ref("risks")]
    relationship: Relationship
    party: Party
    paid_to: Party
    cost: MoneyRate
    remaining: Share
    running: bool
    watches: bool = False
    turn: Annotated[int, Field(ge=1)] = 1
    commitment: Share | None = None

    def sentence(self, name: str) -> str:
        state = "runs from the start" if self.running else "is added at a yearly review where the risk is above the appetite"
        cost = f"costs {self.cost.likely * 12:,.0f} a year"
        return f"{self.say(name)} leaves {percent(self.remaining.likely)} of {self.risk}, {cost} and {state}."

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        return {name: self.say(name)}

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        consumer, party = titles.consumer(self.relationship), titles.of("parties", self.party)
        above = f"the expected loss is above what {consumer} bears"
        return {f"decision {name}:added": Step(f"{above}: at the yearly review {party} adds {self.called(name)}")}

    def lower(self, name: str, to: Lowering) -> None:
        n = name
        to.stock(n, 1.0 if self.running else 0.0)
        account = to.account(self.party, n, to=self.paid_to)
        runs = to.product(f"{n}:runs", 1.0, n, f"{self.relationship}:active")
        to.charge(f"{n}:cost", account, self.cost.number, scale=runs)
        to.measure(f"{n}:runs", slot=runs)
        if self.running:
            return
        appetite = to.block("relationships", self.relationship).appetite
        if appetite is None:
            return
        needed = self.commitment.number if self.commitment else 0.0
        enough = Times(f"{self.relationship}:commitment", rows.AT_LEAST, a=needed, b=1.0)
        guard = to.product(f"{n}:can", 1.0, enough, f"{self.relationship}:active")
        to.decide(
            f"{n}:added", rows.WHEN, n, a=f"{self.relationship}:expected", b=guard, p=(appetite.number, 0.5), bundle=f"{n}:added",
            holds="decisions", every=12, offset=12 * self.turn, order=9,
        )  # fmt: skip
        to.specs.counters.add(f"{n}:added")
        to.effect(f"{n}:added", "count", rows.COUNT, f"{n}:added")

    def factor(self, name: str) -> Times:
        """Give the modifier by which the risk's rate falls."""
        return Times(name, a=1.0, b=self.remaining.number - 1.0, low=0.0, high=1.0)
