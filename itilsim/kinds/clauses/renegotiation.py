"""A renegotiation: at each renewal the prices move by the market, by what the provider earns and by the buyer's trust."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from itilsim.kinds.block import Block, Ref, Relationship, Titles
from itilsim.kinds.leaf import Factor, Share
from itilsim.kinds.lowering import HOURS_A_MONTH, Lowering
from itilsim.kinds.story import Notice
from itilsim.kinds.wording import percent
from itilsim.plan import rows
from itilsim.plan.specs import Times


class Renegotiation(Block):
    """The prices of a contract are settled anew in the month after each renewal, for all that carries them.

    change = `towards_market` x (`market` / prices - 1) + `for_margin` x (`wanted_margin` - the provider's mean margin) - `for_trust` x (1 -
    the buyer's trust): who pays more than others is told so, who earns too little asks for more, and who is not trusted has to give
    something. A rise is `most_rise` at most, a fall `most_fall`. Who has given notice does not negotiate.
    """

    kind: Literal["renegotiation"] = "renegotiation"
    relationship: Relationship
    market: Annotated[str, Ref("markets")]
    towards_market: Share
    wanted_margin: Share
    for_margin: Factor
    for_trust: Factor
    most_rise: Share
    most_fall: Share

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        if blocks["relationships"][self.relationship].kind != "contract":
            yield "relationship", f"found '{self.relationship}', which has no contract that could be renewed"

    def sentence(self, name: str) -> str:
        return (
            f"After each renewal of {self.relationship} its prices move by {percent(self.towards_market.likely)} of the way to "
            f"{self.market}, up where the provider earns under {percent(self.wanted_margin.likely)} and down where it is not trusted, by "
            f"{percent(self.most_rise.likely)} up or {percent(self.most_fall.likely)} down at most."
        )

    def notices(self, name: str, titles: Titles) -> dict[str, Notice]:
        term = self.months_of(titles.blocks["relationships"][self.relationship])
        settled = f"the prices of {titles.provider(self.relationship)} are settled anew, {{percent}} of those at the start"
        return {
            f"{self.relationship}:prices": Notice(settled, settled, clock=f"{self.relationship}:age", offset=term + 1, every=term),
        }

    @staticmethod
    def months_of(contract: Any) -> int:
        """Give the months of a contract's term."""
        return max(1, int(round(contract.term.likely / HOURS_A_MONTH)))

    def lower(self, name: str, to: Lowering) -> None:
        n, r = name, self.relationship
        prices = f"{r}:prices"
        against = to.product(f"{n}:market", 1.0, f"market:{self.market}", Times(prices, rows.INVERSE, a=1.0, high=1e9))
        pulled = to.product(f"{n}:pulled", self.towards_market.number, Times(against, a=-1.0, b=1.0))
        thin = Times(f"{r}:mean-margin", a=self.wanted_margin.number, b=-1.0)
        asked = to.product(f"{n}:asked", self.for_margin.number, thin, plus=pulled)
        change = to.product(f"{n}:change", self.for_trust.number * -1.0, Times(f"{r}:trust", a=1.0, b=-1.0), plus=asked)
        stays = Times(f"{r}:ending", a=1.0, b=-1.0, low=0.0, high=1.0)
        agreed = to.product(f"{n}:agreed", 1.0, change, stays)
        within = Times(agreed, a=1.0, b=1.0, low=1.0 - self.most_fall.number, high=1.0 + self.most_rise.number)
        after = to.product(f"{n}:after", 1.0, prices, within)
        term = self.months_of(to.block("relationships", r))
        to.move(
            f"{n}:settled", prices, after, up=1.0, down=1.0, every=term, offset=term + 1, clock=f"{r}:age", holds="decisions", order=9
        )
        to.measure(f"{n}:prices", slot=prices)
