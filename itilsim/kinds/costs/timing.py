"""When a cost runs: from the start, while a relationship is active or live."""

from __future__ import annotations

from typing import Literal

from itilsim.kinds.lowering import Lowering

While = Literal["always", "active", "live"]


def running(name: str, during: str, relationship: str, to: Lowering) -> str:
    """Give the meter by which a cost counts: the share of the month in which it runs ("" for always)."""
    if during == "always":
        return ""
    return to.flow(f"{name}:runs", f"{relationship}:{during}", "always")
