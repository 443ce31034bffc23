"""What figure 10 claims: what each choice would be regretted by, and which choices another surely beats."""

from __future__ import annotations

from collections.abc import Iterator
from math import hypot

import numpy as np

from tests.pages.claims.forms import Context, form
from tests.pages.claims.stored import Figure, Stored, level, surely_more
from tests.pages.claims.words import sized, whole


def high_regret(stored: Stored) -> dict[str, Figure]:
    """Return the regret of each choice that 1 future in 20 exceeds."""
    return {name: level(values, 0.95) for name, values in stored.regret.items()}


def _bears(context: Context) -> Iterator[str]:
    found = high_regret(context.stored)
    named = context.choices("alternatives")
    least = min(found, key=lambda name: found[name].value)
    if not named or found[least].value not in [found[name].value for name in named]:
        yield f"the least is {least}: {found[least]}"
    for name, figure in found.items():
        gap = figure.value - found[least].value
        if (name in named) != (gap <= 2 * hypot(figure.error, found[least].error)) and gap:
            near = 2 * hypot(figure.error, found[least].error)
            if not near / 1.5 < gap < near * 1.5:
                yield f"{name}: {figure}, against {found[least]}"
    if "bound" in context.fields:
        bound, last = sized(context["bound"])
        largest = max((found[name] for name in named), key=lambda figure: figure.value)
        if not largest.value <= bound * (1 + 1e-9) or bound - largest.value > max(largest.value / 9.9, 10 * largest.error):
            yield f"the largest of them is {largest}"
        if largest.error and last < 10 ** np.floor(np.log10(largest.error / 1.5)) * (1 - 1e-9):
            yield f"finer than its error: {largest}"
    if "futures" in context.fields and whole(context["futures"]) != context.stored.futures:
        yield f"there are {context.stored.futures} futures"


@form("hindsight", "Whoever cannot bear more than {bound:amount} of regret in 1 future of 20 takes {alternatives:choices}.")
def bears_one(context: Context) -> Iterator[str]:
    """One choice surely has the least regret."""
    yield from _bears(context)
    if len(context.choices("alternatives")) != 1:
        yield "several are named"


@form(
    "hindsight",
    "Whoever cannot bear more than {bound:amount} of regret in 1 future of 20 chooses among "
    "{alternatives:choices}: these cannot be told apart by {futures:count} futures.",
)
def bears_many(context: Context) -> Iterator[str]:
    """Several cannot be told apart."""
    yield from _bears(context)


@form("hindsight", "In 19 of 20 futures nobody regrets having taken {alternatives:choices}.")
def bears_nothing(context: Context) -> Iterator[str]:
    """Nothing is regretted in 19 of 20 futures."""
    found = high_regret(context.stored)
    none = [name for name, figure in found.items() if figure.value <= 0.0]
    if sorted(context.choices("alternatives")) != sorted(none):
        yield f"not regretted are {none}"


@form("hindsight", "By the regret that 1 future in 20 exceeds, no choice can be told from another by {futures:count} futures.")
def bears_level(context: Context) -> Iterator[str]:
    """No choice can be told from another."""
    found = high_regret(context.stored)
    least = min(found.values(), key=lambda figure: figure.value)
    if any(each.value - least.value > 2 * 1.5 * hypot(each.error, least.error) for each in found.values()):
        yield f"some can: {found}"


def beaten(stored: Stored) -> list[str]:
    """Return the choices that another surely beats both on average and in the mean of the worst 1 in 20 futures."""
    count = max(1, round(0.05 * stored.futures))
    worst = {}
    for name, values in stored.net.items():
        edge = np.sort(values)[count - 1]
        worst[name] = edge - np.maximum(edge - values, 0.0) * (values.size / count)
    pairs = [(a, b) for a in stored.net for b in stored.net if a != b]
    return sorted({b for a, b in pairs if surely_more(stored.net[a], stored.net[b]) and surely_more(worst[a], worst[b])})


@form(
    "hindsight", "Each choice but {alternatives:choices} is surely worth less than another one, both on average and in the worst futures."
)
def beaten_rest(context: Context) -> Iterator[str]:
    """All others are beaten."""
    rest = [name for name in context.stored.net if name not in beaten(context.stored)]
    if sorted(context.choices("alternatives")) != sorted(rest):
        yield f"not beaten are {rest}"


@form("hindsight", "No choice is surely worth less than another both on average and in the worst futures.")
def beaten_none(context: Context) -> Iterator[str]:
    """None is beaten."""
    if beaten(context.stored):
        yield f"beaten are {beaten(context.stored)}"
