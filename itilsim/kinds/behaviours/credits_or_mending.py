"""Credits or mending: a provider pays credits for a bad service as long as that is cheaper than the people who would mend it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from itilsim.kinds.block import Block, Relationship, Team, Titles
from itilsim.kinds.leaf import Duration, MoneyRate, People
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.story import Step
from itilsim.plan import rows
from itilsim.plan.number import Number
from itilsim.plan.specs import PromiseSpec, Times

MEMORY = 1.0 / 3.0
"""A month moves what the provider takes for its credits a third of the way: it remembers a quarter. Judgement."""


class CreditsOrMending(Block):
    """A decision of the provider at the end of each quarter after go-live.

    It compares the credits that it gives in a month, as it remembers them, with the pay of `people` more in `team`, which would mend the
    service. Where the credits are at least as dear it hires them, who come after `hiring` and stay; else it pays credits. A provider that
    is wholly committed puts `goodwill` a month on the scales of mending. After Donovan (2006): one vendor paid 15 % through a whole term.
    """

    kind: Literal["credits-or-mending"] = "credits-or-mending"
    relationship: Relationship
    team: Team
    people: People
    hiring: Duration
    goodwill: MoneyRate

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        if blocks["relationships"][self.relationship].kind != "contract":
            yield "relationship", f"found '{self.relationship}', which has no contract under which credits could be given"
        if blocks["teams"][self.team].busy_only:
            yield "team", f"found '{self.team}', which is paid by the hour: more people in it cost nothing, so there is nothing to weigh"

    def sentence(self, name: str) -> str:
        people = f"{self.people.likely:g} more {'person' if self.people.likely == 1.0 else 'people'}"
        return (
            f"The provider of {self.relationship} takes {people} into {self.team} once its credits cost as much "
            f"as they would, less {self.goodwill.likely:,.0f} a month of goodwill; until then it pays credits."
        )

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        provider, team = titles.provider(self.relationship), titles.of("teams", self.team)
        hires = f"credits cost as much as mending would: {provider} takes {self.people.likely:g} more people into {team}"
        return {f"decision {name}:mends": Step(hires), f"due {name}:come": Step(f"the new people of {team} come")}

    def lower(self, name: str, to: Lowering) -> None:
        to.last.append(lambda: self.lower_choice(name, to))

    def lower_choice(self, n: str, to: Lowering) -> None:
        """Lower what credits cost and what mending would, once all promises are known."""
        r, team = self.relationship, to.block("teams", self.team)
        contract = to.block("relationships", r)
        mends, seen = to.stock(f"{n}:mends"), to.stock(f"{n}:seen")
        share = self.missed(n, to)
        within = Times(share, low=0.0, high=contract.credits_at_risk())
        now = to.product(f"{n}:credits", contract.expected_month.number, within, f"{r}:prices", f"{r}:live")
        remembered = to.product(f"{n}:remembered", 1.0, seen, mends)
        learnt = to.product(f"{n}:learnt", 1.0, now, Times(mends, a=1.0, b=-1.0), plus=remembered)
        to.move(f"{n}:seen", seen, learnt, up=MEMORY, down=MEMORY, order=5, clock=f"{r}:age")
        pay: Number = self.people.number * team.pay.number
        worth = to.product(f"{n}:worth", self.goodwill.number, f"{r}:commitment", plus=seen)
        gains = to.product(f"{n}:gains", pay * -1.0, "wages", plus=worth)
        to.decide(
            f"{n}:mends", rows.WHEN, mends, a=gains, b=f"{r}:live", p=(0.0, 0.5), bundle=f"{n}:hires", every=3, offset=3,
            clock=f"{r}:age", holds="decisions", order=9,
        )  # fmt: skip
        to.constant(f"{n}:hiring", self.hiring.number)
        to.after(f"{n}:hires", "come", f"{n}:come", f"{n}:hiring")
        to.effect(f"{n}:come", "people", rows.ADD, f"{self.team}:people", amount=self.people.number)
        to.measure(f"{n}:mends", slot=mends)

    def missed(self, n: str, to: Lowering) -> str:
        """Lower the share of a month's fee that the missed service levels of the contract give back, before the at-risk share."""
        total = to.product(f"{n}:missed-0", 0.0)
        for place, promise in enumerate(self.promised(to)):
            kept = to.product(f"{n}:kept-{place + 1}", 1.0, Times(promise.value, rows.AT_LEAST, a=promise.target, b=1.0))
            total = to.product(f"{n}:missed-{place + 1}", promise.credit, Times(kept, a=1.0, b=-1.0), plus=total)
        return total

    def promised(self, to: Lowering) -> list[PromiseSpec]:
        """Give the service levels of the contract, in the order of their names."""
        return [promise for _, promise in sorted(to.specs.promises.items()) if promise.relationship == self.relationship]
