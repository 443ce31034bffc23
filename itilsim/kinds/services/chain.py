"""Services that need services: what is below one, and how an outage passes along the chain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from itilsim.kinds.lowering import Lowering


def below(name: str, services: Mapping[str, Any]) -> list[str]:
    """Give all services that one needs, directly or through others: each once, in topological order, what needs nothing first."""
    found: list[str] = []
    met = {name}

    def descend(service: str) -> None:
        for needed in services[service].needs:
            if needed not in met:
                met.add(needed)
                descend(needed)
                found.append(needed)

    descend(name)
    return found


def circle(name: str, services: Mapping[str, Any], path: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Give the services of a circle of needs that leads back to `name`, from it on; none where there is no such circle."""
    path = path or (name,)
    for needed in services[path[-1]].needs:
        if needed == name:
            return path
        if needed not in path and (found := circle(name, services, (*path, needed))):
            return found
    return ()


def has_outcome(name: str, blocks: Mapping[str, Mapping[str, Any]]) -> bool:
    """Say whether something comes of a service: an outcome names it or its relationship, or those of a service that needs it."""
    services = blocks["services"]
    giving = {name, *(other for other in services if not circle(other, services) and name in below(other, services))}
    under = {services[service].relationship for service in giving}
    return any(
        getattr(block, "service", "") in giving or getattr(block, "relationship", "") in under
        for held in blocks.values()
        for block in held.values()
        if block.gives_outcome
    )


class Chain(NamedTuple):
    """Slots of a service and all below it together: up, felt (less what people wait for), waiting, what bears it and whether it runs."""

    up: str
    felt: str
    waiting: str
    firm: tuple[str, ...]
    running: tuple[str, ...]


def lower_chain(n: str, needed: list[str], to: Lowering) -> Chain:
    """Lower what a service has of itself and of those below it, each counted once however many ways lead to it.

    up and felt are products of availability x continuity; waiting is their difference; a service below that is not hosted or not live, is
    overloaded or insecure takes its share of use away.
    """
    together = (n, *needed)
    up = to.product(f"{n}:up-through", 1.0, *(f"{s}:{a}" for s in together for a in ("availability", "continuity")))
    felt = to.product(f"{n}:felt-through", 1.0, *(f"{s}:{a}:felt" for s in together for a in ("availability", "continuity")))
    down = to.product(f"{n}:not-up", -1.0, up)
    waiting = to.product(f"{n}:waited-for", 1.0, felt, plus=down)
    firm, running = [], []
    for s in needed:
        block = to.block("services", s)
        runs = to.product(f"{n}:{s}:runs", block.hosting.number, f"{block.relationship}:live")
        running.append(runs)
        firm.append(to.product(f"{n}:{s}:bears", 1.0, runs, f"{s}:served", f"{s}:capacity", f"{s}:security"))
    return Chain(up, felt, waiting, tuple(firm), tuple(running))
