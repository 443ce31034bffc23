"""A share of the outcome: the provider is paid by what its service brings the consumer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from itilsim.kinds.block import Block, Relationship, Titles
from itilsim.kinds.leaf import MoneyRate, Share
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.prices.metered import post_at_month_end
from itilsim.kinds.story import Step
from itilsim.kinds.wording import percent
from itilsim.plan import rows
from itilsim.plan.accounts import mirror_of
from itilsim.plan.specs import INFINITE, Times
from itilsim.text.faults import unknown_name


class ShareOfOutcome(Block):
    """`share` of what the outcome `source` brought the consumer's organization in a month, posted at its end.

    `source` is the name under which the outcome is posted. The fee of a month in which the relationship was live is `at_least` (nought
    unless said: a provider pays nothing for a bad month) and `at_most`. It has no index: it grows with what it is a share of.
    """

    kind: Literal["share-of-outcome"] = "share-of-outcome"
    relationship: Relationship
    source: str
    share: Share
    at_least: MoneyRate | None = None
    at_most: MoneyRate | None = None

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        titles = Titles(blocks)
        posted = {source for held in blocks.values() for n, block in held.items() for source in block.sources(n, titles)}
        if self.source not in posted:
            yield "source", unknown_name("source of an outcome", self.source, sorted(posted))

    def sentence(self, name: str) -> str:
        least = f", {self.at_least.likely:,.0f} at least" if self.at_least else ""
        most = f", {self.at_most.likely:,.0f} at most" if self.at_most else ""
        return f"{percent(self.share.likely)} of the outcome '{self.source}' is the fee of a month of {self.relationship}{least}{most}."

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        provider = titles.provider(self.relationship)
        return {f"decision {name}:bills": Step(f"{provider} bills its share of the month's outcome", summed="always")}

    def lower(self, name: str, to: Lowering) -> None:
        to.last.append(lambda: self.lower_share(name, to))

    def lower_share(self, n: str, to: Lowering) -> None:
        """Watch the month's outcome, once all accounts are known, keep the share of it within its limits and post it."""
        contract = to.block("relationships", self.relationship)
        house = to.buyer(contract.consumer)
        accounts = sorted(to.specs.accounts | {m for a in to.specs.accounts if (m := mirror_of(a))})
        share = self.share.number
        watches = tuple(
            (a, share) for a in accounts if a.source == self.source and a.component == "outcome" and a.party in house
            and a.counterparty not in house
        )  # fmt: skip
        earned, fee = to.stock(f"{n}:earned"), to.stock(f"{n}:fee")
        to.decide(f"{n}:earned", rows.WATCH, earned, watches=watches, p=(0.0, 1.0, 1.0), order=0)
        low = self.at_least.number if self.at_least else 0.0
        high = self.at_most.number if self.at_most else INFINITE
        to.move(f"{n}:fee", fee, earned, up=1.0, down=1.0, low=low, high=high, order=1)
        live = to.flow(f"{n}:live", f"{self.relationship}:live", "always")
        was_live = to.product(f"{n}:was-live", 1.0, Times(f"{live}:mean", rows.AT_LEAST, a=1e-9, b=1.0))
        post_at_month_end(n, was_live, was_live, to)
        account = to.account(contract.consumer, f"{self.relationship} fee", to=contract.provider)
        to.effect(f"{n}:bills", "fee", rows.POST, account, amount=-1.0, scale=fee)
