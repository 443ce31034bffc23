"""An IT service on a product: utility from requirements met, warranty from four aspects, adoption by mandate."""

from __future__ import annotations

from typing import Literal

from itilsim.kinds.block import Block, Relationship, Users
from itilsim.kinds.leaf import Duration, Factor, FixedDuration, Leaf, Share
from itilsim.kinds.lowering import HOURS_A_MONTH, Lowering
from itilsim.plan import rows
from itilsim.plan.number import Number
from itilsim.plan.specs import Times
from itilsim.rules.behaviour import first_month_share


class Service(Block):
    """A service that a relationship provides to a group of users.

    utility = max(0, ceiling - open gaps); warranty = availability x capacity x continuity x security, each 1 less what is degraded.
    Adoption follows a mandate: towards `compliance`, less `workaround` for each unit by which warranty x utility of the month was under
    `expected`, over a `ramp`; without the consumer's engagement a part of it (`mandate_effort`) does not come. People wait `patience`
    (hours of the clock) for an outage to be mended before they go back to the old way. `hosting` at nought: nothing runs.
    """

    kind: Literal["service"] = "service"
    relationship: Relationship
    users: Users
    ceiling: Share
    compliance: Share
    ramp: FixedDuration
    expected: Share
    workaround: Factor
    mandate_effort: Share
    patience: Duration
    hosting: Share

    def sentence(self, name: str) -> str:
        return (
            f"{self.say(name)} reaches {self.compliance.likely:.0%} of {self.users} over {self.ramp.likely / HOURS_A_MONTH:g} months; "
            f"its utility has a ceiling of {self.ceiling.likely:.0%}, and people wait {self.patience.likely:g} h for an outage to end."
        )

    def lower(self, name: str, to: Lowering) -> None:
        patience = self.patience.number
        for level, hours in (("gap", 0.0), ("availability", patience), ("continuity", patience), ("capacity", 0.0), ("security", 0.0)):
            to.specs.levels[f"{name}:{level}"] = hours
        to.stock(f"{name}:adoption")
        to.stock(f"{name}:served", 1.0)
        to.stock(f"{name}:debt")
        self.lower_use(name, to)
        self.lower_adoption(name, to)
        to.effect("start", f"{name}:gap", rows.OPEN, f"{name}:gap", amount=1.0)

    def lower_use(self, name: str, to: Lowering) -> None:
        """Lower utility, warranty and the share of work done the new way."""
        n, live = name, f"{self.relationship}:live"
        below = self.ceiling.number - 1.0
        to.product(f"{n}:utility", 1.0, Times(f"{n}:gap", a=below, b=1.0, low=0.0, high=1.0))
        carried = (f"{n}:served", f"{n}:capacity", f"{n}:security")
        to.product(f"{n}:warranty", self.hosting.number, *carried, f"{n}:availability", f"{n}:continuity")
        to.product(f"{n}:reach", self.hosting.number, live, f"{n}:adoption", f"{n}:utility", *carried)
        to.product(f"{n}:use", 1.0, f"{n}:reach", f"{n}:availability:felt", f"{n}:continuity:felt")
        waits = to.product(f"{n}:waits-for-data", 1.0, f"{n}:reach", f"{n}:availability", f"{n}:continuity:waiting")
        to.product(f"{n}:waiting", 1.0, f"{n}:reach", f"{n}:continuity:felt", f"{n}:availability:waiting", plus=waits)
        to.product(f"{n}:up", self.hosting.number, f"{n}:availability", f"{n}:continuity")
        to.product(f"{n}:quality", 1.0, f"{n}:warranty", f"{n}:utility")
        to.product(f"{n}:adopted", 1.0, f"users:{self.users}", f"{n}:adoption", live)
        for flow in ("use", "waiting", "up", "quality", "utility", "warranty"):
            to.flow(f"{n}:{flow}", f"{n}:{flow}")
            to.measure(f"{n}:{flow}", meter=f"{n}:{flow}")
        to.measure(f"{n}:adoption", slot=f"{n}:adoption")

    def lower_adoption(self, name: str, to: Lowering) -> None:
        """Lower the mandate: the average over the coming month moves at month ends and at go-live."""
        n, relationship = name, self.relationship
        ramp: Leaf = self.ramp
        months = ramp.likely / HOURS_A_MONTH
        first, share = first_month_share(months)
        bad = to.product(
            f"{n}:disappointment",
            1.0,
            Times(f"{n}:quality:mean", a=self.expected.number, b=-1.0, low=0.0, high=1.0),
        )
        willing = Times(f"{relationship}:engagement", a=1.0 - self.mandate_effort.number, b=self.mandate_effort.number, low=0.0, high=1.0)
        put_off = Times(bad, a=1.0, b=-self.workaround.number, low=0.0, high=1.0)
        target = to.product(f"{n}:mandate", self.compliance.number, willing, put_off, f"{relationship}:live")
        at_once = to.product(f"{n}:mandate-at-live", self.compliance.number, willing)
        to.move(f"{n}:adoption", f"{n}:adoption", target, up=share, down=share, low=0.0, high=1.0, clock=f"{relationship}:age", order=6)
        to.effect(f"{relationship}:goes-live", f"{n}:adoption", rows.ADD, f"{n}:adoption", amount=Number.of(first), scale=at_once)
