"""Continual improvement: a provider that is committed finds the causes of failures, month after month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from itilsim.kinds.block import Party, Titles
from itilsim.kinds.leaf import MoneyRate, Share
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.products.carried import Carried
from itilsim.kinds.story import Slot
from itilsim.kinds.wording import percent
from itilsim.plan import rows
from itilsim.plan.specs import Times


class Improvement(Carried):
    """While the provider's commitment reaches `commitment` it improves a `service`, or a `product` and all services on it.

    That costs `cost` a year, paid to `paid_to`. A month brings `pace` of what is still missing, and takes `fading` of what is there where
    it does not improve. All improved, the share `most` of failures is gone: frequency x (1 - most x improved).
    """

    kind: Literal["improvement"] = "improvement"
    commitment: Share
    pace: Share
    fading: Share
    most: Share
    cost: MoneyRate
    paid_to: Party

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        if not any(self.concerns(failure) for failure in blocks.get("failures", {}).values()):
            field = "service" if self.service else "product"
            yield field, f"found '{self.service or self.product}', of which no failure is stated: there is nothing to improve"

    def concerns(self, failure: Any) -> bool:
        """Say whether a failure is one of what is improved."""
        return bool((failure.service, failure.product) == (self.service, self.product))

    def sentence(self, name: str) -> str:
        return (
            f"{self.say(name)}: a provider of {self.service or self.product} with a commitment of {percent(self.commitment.likely)} or "
            f"more takes up to {percent(self.most.likely)} of its failures away, {percent(self.pace.likely)} of what is missing each month."
        )

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        return {name: self.say(name)}

    def slots(self, name: str, titles: Titles) -> dict[str, Slot]:
        return {f"{name}:improved": Slot(f"{self.called(name)} done", steady=True)}

    def lower(self, name: str, to: Lowering) -> None:
        n, r = name, self.relationship_of(to)
        improved = to.stock(f"{n}:improved")
        at_it = to.product(f"{n}:at-it", 1.0, Times(f"{r}:commitment", rows.AT_LEAST, a=self.commitment.number, b=1.0), f"{r}:live")
        to.move(f"{n}:improved", improved, at_it, up=self.pace.number, down=self.fading.number, holds="effort", order=5)
        account = to.account(to.block("relationships", r).provider, n, to=self.paid_to)
        paid = to.flow(f"{n}:paid", at_it, "always")
        to.charge(n, account, self.cost.number, scale="wages", basis=paid)
        to.measure(f"{n}:improved", slot=improved)
        to.last.append(lambda: self.lower_failures(improved, to))

    def lower_failures(self, improved: str, to: Lowering) -> None:
        """Thin the failures of the service, once they are known."""
        less = Times(improved, a=1.0, b=self.most.number * -1.0, low=0.0, high=1.0)
        for failure, block in sorted(to.blocks("failures").items()):
            if self.concerns(block):
                to.multiply(f"{failure}:rate", less)
