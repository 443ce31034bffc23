"""The pace of work: what slows the works of a team down, whichever kind has made them."""

from __future__ import annotations

from dataclasses import replace

from itilsim.kinds.lowering import Lowering


def works_of(team: str, to: Lowering) -> list[str]:
    """Give the works of a team, sorted, once all blocks have spoken."""
    return sorted(work for work, spec in to.specs.works.items() if spec.team == team)


def slowed(work: str, by: str, to: Lowering) -> None:
    """Multiply the speed of a work with a slot in [0, 1], on top of what slows it already; at nought it is parked."""
    spec = to.specs.works[work]
    speed = to.product(f"{work}:at-{by}", 1.0, by, *([spec.speed] if spec.speed else []))
    to.specs.works[work] = replace(spec, speed=speed)
