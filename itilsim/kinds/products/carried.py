"""What is on a product: a block that concerns one service, or a product and with it every service that it carries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from itilsim.kinds.block import Block, Ref, Titles
from itilsim.kinds.lowering import Lowering

OptionalService = Annotated[str, Ref("services")]
OptionalProduct = Annotated[str, Ref("products")]


class Carried(Block):
    """A block that names a `service`, or a `product` and so all services that it carries."""

    kind: str
    service: OptionalService = ""
    product: OptionalProduct = ""

    def faults(self) -> Iterator[tuple[str, str]]:
        if bool(self.service) == bool(self.product):
            found = "both" if self.service else "neither"
            yield "service", f"found {found} of service and product; name the service that this concerns, or a product that carries several"

    def reached(self, titles: Titles) -> str:
        """Give the title of what this reaches."""
        return titles.of("products", self.product) if self.product else titles.of("services", self.service)

    def services(self, to: Lowering) -> tuple[str, ...]:
        """Give the services that this reaches, in the order in which they are named."""
        carried: tuple[str, ...] = to.block("products", self.product).carries if self.product else (self.service,)
        return carried

    def relationship_of(self, to: Lowering) -> str:
        """Give the relationship under which it is provided."""
        section, name = ("products", self.product) if self.product else ("services", self.service)
        relationship: str = to.block(section, name).relationship
        return relationship

    @property
    def upkeep(self) -> str:
        """The slot that counts missed upgrades."""
        return f"product:{self.product}:debt" if self.product else f"{self.service}:debt"
