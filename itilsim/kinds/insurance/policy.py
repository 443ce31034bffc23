"""A policy: for a premium an insurer bears what exceeds the deductible of each loss, up to a sum for each year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal

from itilsim.kinds.block import Block, Party, Ref, Titles
from itilsim.kinds.leaf import Money, MoneyRate
from itilsim.kinds.lowering import MONTHS_A_YEAR, ONE, Lowering
from itilsim.kinds.story import Slot
from itilsim.plan import rows


class Policy(Block):
    """`insurer` pays `party`, and its departments, what is left of each loss of the `risks` above the `deductible`.

    The pay-outs of a year are `limit` at most; every twelve months the sum is new. What the other side of a contract repays comes first.
    Fines are not insured. The `premium`, which grows with wages, is paid while the `relationship` goes on (without one: to the horizon);
    what is known after its end is not covered any more, but what is discovered in the run-off is.
    """

    kind: Literal["policy"] = "policy"
    usual = True
    party: Party
    insurer: Party
    risks: tuple[Annotated[str, Ref("risks")], ...]
    premium: MoneyRate
    deductible: Money
    limit: Money
    relationship: Annotated[str, Ref("relationships")] = ""

    def faults(self) -> Iterator[tuple[str, str]]:
        if not self.risks:
            yield "risks", "found none; a policy names the risks whose losses it covers"
        if self.insurer == self.party:
            yield "insurer", f"found '{self.insurer}', who bears the losses already: the insurer is another party"

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        for other, block in blocks["insurance"].items():
            twice = sorted(set(self.risks) & set(block.risks))
            if other < name and block.party == self.party and twice:
                yield "risks", f"found '{twice[0]}', which '{other}' covers for {self.party} already"

    def sentence(self, name: str) -> str:
        return (
            f"{self.say(name)}: for {self.premium.likely * MONTHS_A_YEAR:,.0f} a year {self.insurer} pays {self.party} what exceeds "
            f"{self.deductible.likely:,.0f} of each loss by {', '.join(self.risks)}, {self.limit.likely:,.0f} a year at most."
        )

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        return {f"{name} premium": f"the premium of {self.say(name)}"}

    def slots(self, name: str, titles: Titles) -> dict[str, Slot]:
        return {f"{name}:left": Slot(f"what {self.called(name)} still pays in the year", share=False)}

    def lower(self, name: str, to: Lowering) -> None:
        limit = self.limit.number
        active = f"{self.relationship}:active" if self.relationship else ONE
        left = to.stock(f"{name}:left", 0.0 if self.relationship else limit)
        to.move(f"{name}:new-year", left, to.product(f"{name}:sum", limit, active), up=1.0, down=1.0, every=12, offset=12, order=9)
        if self.relationship:
            to.effect(to.signing(self.relationship), f"policy {name}", rows.ADD, left, amount=limit)
            spent = to.product(f"{name}:void", -1.0, left)
            to.effect(f"{self.relationship}:ends", f"policy {name}", rows.ADD, left, scale=spent, low=0.0)
        paid = to.product(f"{name}:paid", 1.0, "wages", active)
        to.charge(f"{name}:premium", to.account(self.party, f"{name} premium", to=self.insurer), self.premium.number, scale=paid)
        to.measure(f"{name}:left", slot=left)
        to.last.append(lambda: self.cover(left, to))

    def cover(self, left: str, to: Lowering) -> None:
        """Put the policy on each line of loss of its risks that the insured bear, once all risks have spoken."""
        insured = to.tree(self.party)
        for line, spec in sorted(to.specs.losses.items()):
            if line.split(":")[0] in self.risks and not line.endswith(":fine") and spec.account.party in insured:
                account = to.account(spec.account.party, spec.account.source, "risk", to=self.insurer)
                to.specs.losses[line] = replace(spec, cover=account, cover_deductible=self.deductible.number, cover_left=left)
