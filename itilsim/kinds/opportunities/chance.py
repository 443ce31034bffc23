"""One chance of good: a thing that was delivered is used again, or something else comes of it, once."""

from __future__ import annotations

from typing import Any, Literal

from itilsim.kinds.block import Block, OptionalParty, Party, Relationship, Titles
from itilsim.kinds.leaf import DrawnDuration, DrawnMoney, Money, Share
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.story import Step
from itilsim.kinds.wording import percent
from itilsim.plan import rows


class Chance(Block):
    """With probability `chance`, `delay` after go-live, `party` gains `gain`, `most` at most, from `payer` (nobody: it saves as much).

    Where it is not `owned` - the code is the provider's, access ends with the relationship - nothing comes of it after the relationship's
    end. An opportunity is a risk of the other sign: nobody has promised it, so it is posted as a risk with a positive amount and weighed
    by stakeholders as they weigh risks.
    """

    kind: Literal["chance"] = "chance"
    relationship: Relationship
    party: Party
    payer: OptionalParty = ""
    chance: Share
    delay: DrawnDuration
    gain: DrawnMoney
    most: Money
    owned: bool

    def sentence(self, name: str) -> str:
        lost = "" if self.owned else ", unless the relationship has ended"
        return (
            f"{self.say(name)}: with {percent(self.chance.likely)} {self.party} gains {self.gain.likely:,.0f} typically, "
            f"{self.most.likely:,.0f} at most, some time after {self.relationship} goes live{lost}."
        )

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        return {name: self.say(name)}

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        return {f"due {name}:comes": Step(self.say(name), alone=f"{self.say(name)}, but nothing comes of it any more")}

    def lower(self, name: str, to: Lowering) -> None:
        n, r = name, self.relationship
        account = to.account(self.party, n, "risk", to=self.payer, cash=bool(self.payer), one_off=True)
        to.quantity(f"{n}:delay", self.delay)
        to.quantity(f"{n}:gain", self.gain)
        gained = to.stock(f"{n}:gained")
        comes = to.product(f"{n}:comes", self.chance.number)
        to.dice(f"{n}:comes")
        to.after(f"{r}:goes-live", f"{n}:later", f"{n}:comes", f"{n}:delay", chance=comes, chance_quantity=f"{n}:comes")
        still: dict[str, Any] = {} if self.owned else {"scale": f"{r}:live"}
        most = self.most.number
        to.effect(f"{n}:comes", "a-gained", rows.ADD, gained, quantity=f"{n}:gain", low=0.0, high=most, **still)
        to.effect(f"{n}:comes", "gain", rows.POST, account, scale=gained)
        to.specs.counters.add(f"{n}:comes")
        to.effect(f"{n}:comes", "count", rows.COUNT, f"{n}:comes", **still)
