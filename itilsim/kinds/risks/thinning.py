"""What risks share: controls and governance that thin them."""

from __future__ import annotations

from itilsim.kinds.lowering import Lowering
from itilsim.plan.specs import Times

UNIT = 0.01
"""Height of a layer of candidates, in events a month."""


def controls_of(risk: str, to: Lowering) -> list[Times | str]:
    """Give the modifiers of all controls on a risk, in the order of their names, and of the governance of it."""
    controls = [block.factor(name) for name, block in sorted(to.blocks("controls").items()) if block.risk == risk]
    return controls + [block.factor(name) for name, block in sorted(to.blocks("governance").items()) if risk in block.risks]
