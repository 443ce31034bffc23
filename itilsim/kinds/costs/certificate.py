"""A certificate of a skill: it runs out, is renewed for a fee and some hours, and skill without one does not count."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from itilsim.kinds.block import Block, Party, Ref, Titles
from itilsim.kinds.leaf import FixedDuration, Share, UserFee, UserHours
from itilsim.kinds.lowering import HOURS_A_MONTH, Lowering
from itilsim.kinds.wording import percent
from itilsim.plan.specs import Times


class Certificate(Block):
    """The skilled of `skill` hold a certificate that is `valid` for so long.

    Of those whose certificate runs out the share `renewed` renews it, for a `fee` that `party` pays `to` and `hours` of their own; the
    skill of the others counts no longer, until they come to a course again. People are counted in parts: a month has its share of them.
    """

    kind: Literal["certificate"] = "certificate"
    party: Party
    to: Party
    skill: Annotated[str, Ref("skills")]
    valid: FixedDuration
    renewed: Share
    fee: UserFee
    hours: UserHours

    def faults(self) -> Iterator[tuple[str, str]]:
        if self.valid.likely < HOURS_A_MONTH:
            yield "valid", "found less than a month; a certificate is valid for some time, as '2 years'"

    def sentence(self, name: str) -> str:
        return (
            f"{self.say(name)}: the certificate of {self.skill} is valid for {self.valid.likely / HOURS_A_MONTH:g} months; "
            f"{percent(self.renewed.likely)} renew it, for {self.fee.likely:,.0f} and {self.hours.likely:g} h each, "
            "and what the others know counts no longer."
        )

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        title = titles.of("skills", self.skill)
        return {f"{name} fee": f"fees for certificates of {title}", f"{name} hours": f"hours to renew certificates of {title}"}

    def lower(self, name: str, to: Lowering) -> None:
        n, stock = name, f"{self.skill}:skilled"
        due = HOURS_A_MONTH / self.valid.likely
        held = to.product(f"{n}:held", 1.0, Times(stock, low=0.0))
        renewed = to.product(f"{n}:renewed", self.renewed.number * due, held)
        to.charge(f"{n}:fee", to.account(self.party, f"{n} fee", to=self.to), self.fee.number, scale=renewed)
        to.hours(f"{n}:hours", self.party, f"{n} hours", self.hours.number, scale=renewed)
        valid = to.product(f"{n}:still-valid", 1.0 - (1.0 - self.renewed.number) * due, held)
        to.move(f"{n}:runs-out", stock, valid, up=1.0, down=1.0, order=7)
