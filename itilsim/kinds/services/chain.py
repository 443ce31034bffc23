"""Services that need services: what is below one, and how an outage passes along the chain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from itilsim.kinds.lowering import Lowering
from itilsim.plan.specs import Times


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


def under(name: str, services: Mapping[str, Any]) -> set[str]:
    """Give all services that one rests on: those that it needs, and those of which any suffices, directly or through others."""
    found: set[str] = set()
    open_ends = [name]
    while open_ends:
        service = services[open_ends.pop()]
        more = {*service.needs, *service.any_of} - found
        found |= more
        open_ends += sorted(more)
    return found


def circle(name: str, services: Mapping[str, Any], path: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Give the services of a circle of needs that leads back to `name`, from it on; none where there is no such circle."""
    path = path or (name,)
    for needed in (*services[path[-1]].needs, *services[path[-1]].any_of):
        if needed == name:
            return path
        if needed not in path and (found := circle(name, services, (*path, needed))):
            return found
    return ()


def has_outcome(name: str, blocks: Mapping[str, Mapping[str, Any]]) -> bool:
    """Say whether something comes of a service: an outcome names it or its relationship, or those of a service that needs it."""
    services = blocks["services"]
    giving = {name, *(other for other in services if name in under(other, services))}
    relationships = {services[service].relationship for service in giving}
    return any(
        getattr(block, "service", "") in giving or getattr(block, "relationship", "") in relationships
        for held in blocks.values()
        for block in held.values()
        if block.gives_outcome
    )


class Chain(NamedTuple):
    """Slots of a service and all below it together: up, served now, felt (less what people wait for), waiting, what bears it, whether it
    runs."""

    up: str
    now: str
    felt: str
    waiting: str
    firm: tuple[str, ...]
    running: tuple[str, ...]


def lower_chain(n: str, needed: list[str], to: Lowering) -> Chain:
    """Lower what a service has of itself and of those below it, each counted once however many ways lead to it.

    up and felt are products of availability x continuity; waiting is their difference; a service below that is not hosted or not live, is
    overloaded or insecure takes its share of use away. What rests on any of several lines takes up, now and felt from `lower_either`.
    """
    together = (n, *needed)
    chosen = [s for s in together if to.block("services", s).any_of]
    levels = [f"{s}:{a}" for s in together for a in ("availability", "continuity")]
    up = to.product(f"{n}:up-through", 1.0, *levels, *(f"{s}:either-up" for s in chosen))
    now = to.product(f"{n}:now-through", 1.0, *levels, *(f"{s}:either-now" for s in chosen)) if chosen else up
    felt = to.product(f"{n}:felt-through", 1.0, *(f"{level}:felt" for level in levels), *(f"{s}:either-felt" for s in chosen))
    down = to.product(f"{n}:not-up", -1.0, now)
    waiting = to.product(f"{n}:waited-for", 1.0, felt, plus=down)
    firm, running = [], []
    for s in needed:
        block = to.block("services", s)
        runs = to.product(f"{n}:{s}:runs", block.hosting.number, f"{block.relationship}:live")
        running.append(runs)
        firm.append(to.product(f"{n}:{s}:bears", 1.0, runs, f"{s}:served", f"{s}:capacity", f"{s}:security"))
    return Chain(up, now, felt, waiting, tuple(firm), tuple(running))


def lower_either(n: str, any_of: tuple[str, ...], to: Lowering) -> None:
    """Lower what a service has of several of which any suffices: use goes over the first of them that is up, as well as that one serves.

    `either-up` is the share of use for which one is up; `either-now` what is served of it, the part over each being `by:ONE`. Where none is
    up people wait as long as their patience with one of them lasts, and then go on over the first: `either-felt`.
    """
    left = unfelt = to.product(f"{n}:either-0", 1.0)
    up = now = to.product(f"{n}:either-none", 0.0)
    for place, one in enumerate(any_of):
        block = to.block("services", one)
        below_it = below(one, to.blocks("services"))
        live, runs = f"{block.relationship}:live", [f"{one}:{s}:runs" for s in below_it]
        felt = [f"{one}:felt-through"] if block.needs else [f"{one}:{aspect}:felt" for aspect in ("availability", "continuity")]
        is_up = to.product(f"{n}:{one}:is-up", 1.0, f"{one}:up", live)
        is_felt = to.product(f"{n}:{one}:is-felt", block.hosting.number, live, *felt, *runs)
        serves = to.product(
            f"{n}:{one}:serves", 1.0, f"{one}:served", f"{one}:capacity", f"{one}:security", *(f"{one}:{s}:bears" for s in below_it)
        )
        taken = to.product(f"{n}:{one}:taken", 1.0, left, is_up)
        up = to.product(f"{n}:either-up-{place}", 1.0, taken, plus=up)
        now = to.product(f"{n}:either-now-{place}", 1.0, taken, serves, plus=now)
        left = to.product(f"{n}:either-left-{place}", 1.0, left, Times(is_up, a=1.0, b=-1.0, low=0.0))
        unfelt = to.product(f"{n}:either-unfelt-{place}", 1.0, unfelt, Times(is_felt, a=1.0, b=-1.0, low=0.0))
    to.product(f"{n}:either-up", 1.0, up)
    to.product(f"{n}:either-now", 1.0, now)
    waited = to.product(f"{n}:either-waited", -1.0, unfelt, plus=left)
    to.product(f"{n}:either-felt", 1.0, Times(waited, low=0.0), f"{n}:{any_of[0]}:serves", plus=now)
