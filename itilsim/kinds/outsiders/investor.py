"""An investor: money behind the provider, which is withdrawn where the relationship does not earn enough."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from itilsim.kinds.block import Block, Party, Relationship, Team, Titles
from itilsim.kinds.leaf import Duration, Money, MoneyRate, People, Share, read_leaf
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.story import Step
from itilsim.kinds.wording import counted, percent
from itilsim.plan import rows
from itilsim.plan.specs import Times
from itilsim.text.dimension import TIME

NOUGHT = read_leaf("0 months", TIME, currency="CNY")


class Investor(Block):
    """`investor` puts `stake` into the provider when the relationship is signed and draws `dividend` a year while it is live.

    At each anniversary of go-live it withdraws where the provider's mean margin of the year, as a share of what it expected, is
    under `least`: after `notice` the share `returned` of the stake goes back, the dividend ends, and with the money go `people` of `team`.
    """

    kind: Literal["investor"] = "investor"
    relationship: Relationship
    investor: Party
    stake: Money
    dividend: MoneyRate
    least: Share
    notice: Duration = NOUGHT
    returned: Share
    team: Team
    people: People

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        if blocks["relationships"][self.relationship].kind != "contract":
            yield "relationship", f"found '{self.relationship}', which earns its provider nothing: an investor looks at a contract"

    def sentence(self, name: str) -> str:
        people = counted(self.people.likely, "person")
        return (
            f"{self.investor} invests {self.stake.likely:,.0f} in the provider of {self.relationship}, and withdraws where its margin is "
            f"under {percent(self.least.likely)}; {self.team} then has {people} less."
        )

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        who = titles.of("parties", self.investor)
        return {f"{name} stake": f"what {who} invests", f"{name} dividend": f"what {who} draws"}

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        who, provider = titles.of("parties", self.investor), titles.provider(self.relationship)
        return {
            f"decision {name}:withdraws": Step(f"{who} withdraws: the margin of {provider} is under {self.least.likely * 100.0:g} %"),
            f"due {name}:goes": Step(f"{who} takes its money out of {provider}"),
        }

    def lower(self, name: str, to: Lowering) -> None:
        n, r = name, self.relationship
        provider = to.block("relationships", r).provider
        gone, leaving = to.stock(f"{n}:gone"), to.stock(f"{n}:leaving")
        stake = to.account(self.investor, f"{n} stake", to=provider, one_off=True)
        to.effect(to.signing(r), f"{n}:stake", rows.POST, stake, amount=self.stake.number * -1.0)
        stays = to.product(f"{n}:stays", 1.0, f"{r}:live", Times(gone, a=1.0, b=-1.0, low=0.0, high=1.0))
        dividend = to.account(provider, f"{n} dividend", to=self.investor)
        to.charge(f"{n}:dividend", dividend, self.dividend.number, basis=to.flow(f"{n}:stays", stays, "always"))
        short = to.product(f"{n}:short", 1.0, Times(f"{r}:mean-margin", a=self.least.number, b=-1.0))
        to.decide(
            f"{n}:withdraws", rows.WHEN, leaving, a=short, b=stays, p=(1e-9, 0.5), bundle=f"{n}:withdraws", every=12, offset=12,
            clock=f"{r}:age", holds="decisions", order=9,
        )  # fmt: skip
        to.constant(f"{n}:notice", self.notice.number)
        to.after(f"{n}:withdraws", "gone", f"{n}:goes", f"{n}:notice")
        to.effect(f"{n}:goes", "gone", rows.ADD, gone, amount=1.0, high=1.0)
        to.effect(f"{n}:goes", "stake", rows.POST, stake, amount=self.stake.number * self.returned.number)
        to.effect(f"{n}:goes", "people", rows.ADD, f"{self.team}:people", amount=self.people.number * -1.0, low=0.0)
        to.specs.counters.add(f"{n}:withdrawn")
        to.effect(f"{n}:goes", "count", rows.COUNT, f"{n}:withdrawn")
