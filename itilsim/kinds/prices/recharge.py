"""A recharge: what a department charges others of its own organization for a service, by those who use it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from itilsim.kinds.block import Block, Service, Titles
from itilsim.kinds.leaf import UserPrice
from itilsim.kinds.lowering import Lowering


class Recharge(Block):
    """`amount` for each adopted user of `service` and month, from the consumer to the provider of its internal relationship, with wages.

    A transfer inside one organization: it moves a department's account and never the whole.
    """

    kind: Literal["recharge"] = "recharge"
    service: Service
    amount: UserPrice

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        relationship = blocks["services"][self.service].relationship
        if blocks["relationships"][relationship].kind != "internal":
            yield "service", (
                f"found '{self.service}', which comes under a contract, '{relationship}'; a recharge is for an internal relationship"
            )

    def sentence(self, name: str) -> str:
        return f"{self.say(name)}: {self.amount.likely:g} a month are recharged for each user of {self.service}, inside the organization."

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        return {name: f"the recharge of {titles.of('services', self.service)}"}

    def lower(self, name: str, to: Lowering) -> None:
        relationship = to.block("relationships", to.block("services", self.service).relationship)
        account = to.account(relationship.consumer, name, to=relationship.provider)
        used = to.flow(f"{name}:used", f"{self.service}:adopted", "always")
        to.charge(name, account, self.amount.number, scale="wages", basis=used)
