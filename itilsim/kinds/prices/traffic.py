"""A price of traffic: what goes over a line is paid by the unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from itilsim.kinds.block import Block, Service
from itilsim.kinds.leaf import UnitPrice, UnitsPerUserMonth
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.terms import without_contract


class Traffic(Block):
    """Each unit that goes over the service `line` costs `price`, with the prices of its contract.

    A user all of whose use went over it would take `volume` a month; what goes over it is the share that the services with the line in
    their `any_of` send that way.
    """

    kind: Literal["traffic"] = "traffic"
    line: Service
    volume: UnitsPerUserMonth
    price: UnitPrice

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        yield from without_contract(blocks["services"][self.line].relationship, blocks, "price of what goes over a line", field="line")
        if not any(self.line in service.any_of for service in blocks["services"].values()):
            yield "line", f"nothing ever goes over '{self.line}': no service has it in its any_of"

    def sentence(self, name: str) -> str:
        return (
            f"What goes over {self.line} costs {self.price.likely:g} a unit; a user all of whose use went that way would take "
            f"{self.volume.likely:g} a month."
        )

    def lower(self, name: str, to: Lowering) -> None:
        relationship = to.block("services", self.line).relationship
        contract = to.block("relationships", relationship)
        account = to.account(contract.consumer, f"{relationship} fee", to=contract.provider)
        for service, block in sorted(to.blocks("services").items()):
            if self.line in block.any_of:
                scale = to.product(
                    f"{name}:{service}", 1.0, f"users:{block.users}", f"{service}:by:{self.line}:mean", f"{relationship}:prices"
                )
                to.charge(f"{name}:{service}", account, self.volume.number * self.price.number, scale=scale)
