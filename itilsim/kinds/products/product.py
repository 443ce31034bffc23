"""A product that carries several services, each with a group of users and a fit of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from itilsim.kinds.block import Block, Ref, Relationship
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.relationships.contract import LEFT
from itilsim.plan import rows


class Product(Block):
    """A product provided under `relationship` that `carries` services.

    Each service has its own users and its own fit to them (its `ceiling` of utility). What names the product instead of a service - a
    failure, a delivery, upgrades, access - reaches all of them at once: one outage, one investment. Where its relationship ends, those of
    all services on it end too: nobody provides further what is not there any more.
    """

    kind: Literal["product"] = "product"
    relationship: Relationship
    carries: Annotated[tuple[str, ...], Ref("services")]

    def faults(self) -> Iterator[tuple[str, str]]:
        if not self.carries:
            yield "carries", "found no service; a product that carries none is of value to nobody"
        elif len(set(self.carries)) < len(self.carries):
            yield "carries", "found a service twice; each is carried once"

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        for other, block in sorted(blocks.get("products", {}).items()):
            both = sorted(set(block.carries) & set(self.carries))
            if other < name and both:
                yield "carries", f"found '{both[0]}', which the product '{other}' carries already; a service is on one product"

    def sentence(self, name: str) -> str:
        return f"{self.say(name)}, provided under {self.relationship}, carries {', '.join(self.carries)}; what befalls it befalls them all."

    def lower(self, name: str, to: Lowering) -> None:
        to.stock(f"product:{name}:debt")
        for under in sorted({to.block("services", service).relationship for service in self.carries} - {self.relationship}):
            to.effect(f"{self.relationship}:ends", f"{name} ends {under}", rows.PHASE, under, amount=float(rows.ENDED), low=LEFT)
