"""A data leak of a provider with many customers, ours among them."""

from __future__ import annotations

from typing import Literal

from itilsim.kinds.block import Block, Party, Relationship, Titles
from itilsim.kinds.leaf import DrawnDuration, DrawnMoney, Frequency, Money, Share
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.risks.indemnity import repaid_by_provider
from itilsim.kinds.risks.thinning import UNIT, controls_of
from itilsim.kinds.story import Step
from itilsim.plan import rows
from itilsim.plan.number import Number
from itilsim.plan.specs import LossSpec


class DataLeak(Block):
    """Data of many customers leak at the provider.

    `frequency` a year while live; known after `discovery`; the consumer then loses `loss`, `loss_cap` at most, of which the provider repays
    the share `repaid` up to its liability cap (nothing within one organization); trust loses `trust_lost`; a `fine` follows with
    probability `fined`.
    """

    kind: Literal["data-leak"] = "data-leak"
    relationship: Relationship
    party: Party
    frequency: Frequency
    discovery: DrawnDuration
    loss: DrawnMoney
    loss_cap: Money
    repaid: Share
    trust_lost: Share
    fined: Share
    fine: DrawnMoney
    fine_cap: Money

    def sentence(self, name: str) -> str:
        return (
            f"{self.say(name)}: with a frequency of {self.frequency.likely * 12:.3g} a year data leak at the provider, at a loss of "
            f"{self.loss.likely:,.0f} typically, {self.loss_cap.likely:,.0f} at most."
        )

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        return {name: self.say(name), f"{name} fine": f"a fine after: {self.say(name)}"}

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        n = name
        return {
            f"stream {n}": Step(self.say(n), called=self.called(n), summed="often"),
            f"due {n}:found": Step("it is found after {elapsed}"),
            f"loss {n}:loss": Step("the loss is settled"),
            f"loss {n}:fine": Step("a fine is imposed"),
        }

    def lower(self, name: str, to: Lowering) -> None:
        n, r = name, self.relationship
        to.product(f"{n}:rate", self.frequency.number, f"{r}:live", *controls_of(n, to))
        to.expect(r, n, Number.of(self.loss.parsed.mean()), f"{n}:rate")
        to.stream(n, f"{n}:rate", self.frequency.number, unit=UNIT)
        to.quantity(f"{n}:discovery", self.discovery)
        to.after(n, "found", f"{n}:found", f"{n}:discovery")
        to.rare(n, n)
        caps = to.setting.caps
        cap, fine_cap = self.loss_cap.number * caps, self.fine_cap.number * caps
        to.quantity(f"{n}:loss", self.loss, cap=cap)
        to.specs.losses[f"{n}:loss"] = LossSpec(
            f"{n}:loss", to.account(self.party, n, "risk", to="public"), cap=cap, **repaid_by_provider(n, r, self.party, self.repaid, to)
        )
        to.effect(f"{n}:found", "loss", rows.SETTLE, f"{n}:loss")
        to.effect(f"{n}:found", "trust", rows.ADD, f"{r}:shock", amount=self.trust_lost.number)
        to.quantity(f"{n}:fine", self.fine, cap=fine_cap)
        to.specs.losses[f"{n}:fine"] = LossSpec(f"{n}:fine", to.account(self.party, f"{n} fine", "risk", to="public"), cap=fine_cap)
        fined = to.product(f"{n}:fined", self.fined.number)
        to.dice(f"{n}:fined")
        to.effect(f"{n}:found", "fine", rows.SETTLE, f"{n}:fine", chance=fined, chance_quantity=f"{n}:fined")
