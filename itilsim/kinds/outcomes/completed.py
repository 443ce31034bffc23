"""An outcome for each completed action: a visit made, a course held."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from itilsim.kinds.block import Block, Party, Ref, Service, Titles
from itilsim.kinds.leaf import CasePrice, Share
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.wording import percent


class Completed(Block):
    """`amount` times utility of `service` for each completed action: of an offering (`action`) or of what is asked for (`demand`).

    One that was not done as agreed - late, or by the fallback - is worth the share `otherwise`; the fallback owes the service nothing.
    """

    gives_outcome = True
    kind: Literal["completed"] = "completed"
    service: Service
    action: Annotated[str, Ref("offerings")] = ""
    demand: Annotated[str, Ref("demand")] = ""
    party: Party
    amount: CasePrice
    otherwise: Share
    cash: bool = False

    def faults(self) -> Iterator[tuple[str, str]]:
        if bool(self.action) == bool(self.demand):
            yield "action", f"found {'both' if self.action else 'neither'} of action and demand; an outcome is of one of the two"

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        field, section = ("action", "offerings") if self.action else ("demand", "demand")
        named = blocks[section][getattr(self, field)]
        if not hasattr(named, "completions"):
            yield field, f"found '{getattr(self, field)}', a {named.kind}, of which nothing is ever completed; name actions or bookings"

    def sentence(self, name: str) -> str:
        return (
            f"{self.say(name)}: each of {self.action or self.demand} is worth {self.amount.likely:,.0f} times the utility of "
            f"{self.service} to {self.party}, and {percent(self.otherwise.likely)} of that where it is done otherwise than agreed."
        )

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        return {name: self.say(name)}

    def lower(self, name: str, to: Lowering) -> None:
        account = to.account(self.party, name, "outcome", cash=self.cash)
        of = to.block("offerings", self.action) if self.action else to.block("demand", self.demand)
        for meter, whole, share, served in of.completions(self.action or self.demand):
            worth = self.amount.number * (whole + share * self.otherwise.number)
            to.charge(f"{name}:{meter}", account, worth, scale=f"{self.service}:utility:mean" if served else "", basis=meter, gain=True)
