"""Expansion: what capacities share, that more is ordered at a threshold and arrives later."""

from __future__ import annotations

from itilsim.kinds.leaf import Leaf
from itilsim.kinds.lowering import Lowering
from itilsim.plan import rows
from itilsim.plan.specs import Amount


def lower_order(n: str, to: Lowering, *, load: str, able: tuple[str, float], threshold: Amount, lead: Leaf, step: Leaf) -> None:
    """Lower an order of a step of capacity: placed when the load reaches its threshold and the slot `able` its mark, there after a lead."""
    slot, mark = able
    to.decide(
        f"{n}:order", rows.WHEN, f"{n}:ordered", a=load, b=slot, p=(threshold, mark), bundle=f"{n}:order", holds="decisions", order=9
    )
    to.constant(f"{n}:lead", lead.number)
    to.after(f"{n}:order", "arrives", f"{n}:arrives", f"{n}:lead")
    to.effect(f"{n}:arrives", "capacity", rows.ADD, f"{n}:capacity", amount=step.number)
    to.effect(f"{n}:arrives", "order", rows.ADD, f"{n}:ordered", amount=-1.0, low=0.0)
    to.effect(f"{n}:arrives", "steps", rows.ADD, f"{n}:steps", amount=1.0)
