"""An outcome that flows: as long as people use a service, and as well as it serves them."""

from __future__ import annotations

from typing import Literal

from itilsim.kinds.block import Block, Party, Service, Titles
from itilsim.kinds.leaf import UserPrice
from itilsim.kinds.lowering import Lowering


class Flow(Block):
    """`potential` for each user of `service` and month, of `party`: flow = potential x users x adoption x utility x warranty."""

    gives_outcome = True
    kind: Literal["flow"] = "flow"
    service: Service
    party: Party
    potential: UserPrice
    cash: bool = False

    def sentence(self, name: str) -> str:
        return f"{self.say(name)}: {self.potential.likely:,.2f} a month for each user of {self.service} fully served, of {self.party}."

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        return {name: self.say(name)}

    def lower(self, name: str, to: Lowering) -> None:
        account = to.account(self.party, name, "outcome", cash=self.cash)
        users = f"users:{to.block('services', self.service).users}"
        flows = to.product(f"{name}:flows", 1.0, users, f"{self.service}:use:mean")
        to.charge(name, account, self.potential.number, scale=flows, gain=True)
