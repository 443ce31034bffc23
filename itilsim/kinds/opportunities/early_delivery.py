"""A bonus for early delivery: what the consumer pays its provider for being live in time."""

from __future__ import annotations

from typing import Literal

from itilsim.kinds.block import Block, Relationship, Titles
from itilsim.kinds.leaf import Duration, Money
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.story import Step
from itilsim.kinds.wording import months
from itilsim.plan import rows
from itilsim.plan.specs import Times


class EarlyDelivery(Block):
    """`bonus` from the consumer to the provider where the relationship is live within `due` after signing, `penalty` the other way where
    it is not by then.

    A promised payment is a price: it stands as cost and outcome where other prices stand, not as a risk. What the earlier start is worth
    to the consumer flows from the service itself.
    """

    kind: Literal["early-delivery"] = "early-delivery"
    relationship: Relationship
    due: Duration
    bonus: Money
    penalty: Money

    def sentence(self, name: str) -> str:
        return (
            f"{self.say(name)}: {self.bonus.likely:,.0f} for the provider where {self.relationship} is live within "
            f"{months(self.due.likely)} of signing, else {self.penalty.likely:,.0f} back."
        )

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        return {f"{name} bonus": f"the bonus for {self.say(name)}"}

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        past = "the day agreed for going live is past"
        return {f"due {name}:due": Step(f"{past}: it has been missed", alone=f"{past}: it has been kept")}

    def lower(self, name: str, to: Lowering) -> None:
        n, r = name, self.relationship
        contract = to.block("relationships", r)
        bonus = to.account(contract.consumer, f"{n} bonus", to=contract.provider, one_off=True)
        to.stock(f"{n}:open", 1.0)
        to.stock(f"{n}:late", 1.0)
        to.effect(f"{r}:goes-live", f"{n}:bonus", rows.POST, bonus, amount=self.bonus.number * -1.0, scale=f"{n}:open")
        to.effect(f"{r}:goes-live", f"{n}:kept", rows.ADD, f"{n}:late", amount=-1.0, low=0.0)
        to.after_signing(r, f"{n}:due", f"{n}:due", self.due.number)
        to.effect(f"{n}:due", "a-penalty", rows.POST, bonus, amount=self.penalty.number, scale=f"{n}:late")
        to.effect(f"{n}:due", "over", rows.ADD, f"{n}:open", amount=-1.0, low=0.0)
        to.specs.counters.add(f"{n}:in-time")
        in_time = to.product(f"{n}:is-in-time", 1.0, Times(f"{n}:open", low=0.0, high=1.0))
        to.dice(f"{n}:certain")
        to.effect(
            f"{r}:goes-live", f"{n}:count", rows.COUNT, f"{n}:in-time", chance=in_time, chance_quantity=f"{n}:certain"
        )
