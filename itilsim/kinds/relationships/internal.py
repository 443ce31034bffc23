"""An internal relationship: a department provides to others of its own organization, without a contract."""

from __future__ import annotations

from typing import Literal

from itilsim.kinds.lowering import Lowering
from itilsim.kinds.relationships.cocreation import Cocreation


class Internal(Cocreation):
    """A relationship inside one organization: trust and effort, no fee that leaves the house, and no end before the horizon."""

    kind: Literal["internal"] = "internal"

    def sentence(self, name: str) -> str:
        return f"{self.provider} provides to {self.consumer} inside one organization; trust starts at {self.trust.likely:g}."

    def lower(self, name: str, to: Lowering) -> None:
        super().lower(name, to)
        to.effect(f"{name}:ends", "nothing", 8, to_meter(name, to))


def to_meter(name: str, to: Lowering) -> str:
    """Register the counter of ends of a relationship."""
    to.specs.counters.add(f"{name}:ended")
    return f"{name}:ended"
