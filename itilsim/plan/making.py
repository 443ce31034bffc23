"""Making the rows of what goes on: effects, quantities, levels, products, streams, teams, work, flows and their calendars."""

from __future__ import annotations

from typing import Any

from itilsim.plan import rows
from itilsim.plan.numbering import ONE, Numbering
from itilsim.plan.specs import EffectSpec


def make_effects(at: Numbering) -> list[rows.Effect]:
    """Give the effects of all bundles, one bundle after the other."""
    held = at.specs.effects
    return [make_effect(at, e) for name in sorted(held) for _, e in sorted(held[name].items())]


def make_effect(at: Numbering, e: EffectSpec) -> rows.Effect:
    """Give the row of an effect."""
    index: dict[int, Any] = {
        rows.POST: at.columns,
        rows.SETTLE: at.losses,
        rows.ENQUEUE: at.works,
        rows.OPEN: at.levels,
        rows.CLOSE: at.levels,
        rows.ADD: at.slots,
        rows.PHASE: at.relationships,
        rows.FIRE: at.bundles,
        rows.COUNT: at.meters,
    }
    return rows.Effect(
        e.verb,
        at.find(index[e.verb], e.target, "target of an effect"),
        at.parameter(e.amount),
        at.optional(at.quantities, e.quantity, "quantity"),
        at.slot(e.scale),
        at.slot(e.chance) if e.chance else -1,
        at.optional(at.quantities, e.chance_quantity, "quantity"),
        at.optional(at.quantities, e.delay, "quantity"),
        at.parameter(e.low),
        at.parameter(e.high),
    )


def make_quantities(at: Numbering) -> list[rows.Quantity]:
    """Give quantities."""
    return [at.quantity(at.specs.quantities[name]) for name in sorted(at.specs.quantities)]


def make_initial(at: Numbering) -> list[int]:
    """Give the parameter with which each slot begins: nought unless it is a stock."""
    nought, one = at.parameter(0.0), at.parameter(1.0)
    initial = [nought] * len(at.slots)
    initial[at.slots[ONE]] = one
    for name, amount in at.specs.stocks.items():
        initial[at.slots[name]] = at.parameter(amount)
    return initial


def make_levels(at: Numbering) -> list[rows.Level]:
    """Give levels with the slots of their value, of what is felt of it and of the waiting for it."""
    return [
        rows.Level(at.slots[name], at.slots[name + ":felt"], at.slots[name + ":waiting"], at.parameter(patience))
        for name, patience in sorted(at.specs.levels.items())
    ]


def make_products(at: Numbering) -> tuple[list[rows.Modifier], list[rows.Product]]:
    """Give modifiers and products."""
    modifiers: list[rows.Modifier] = []
    products: list[rows.Product] = []
    for name in at.ordered_products:
        spec = at.specs.products[name]
        first = len(modifiers)
        for f in sorted(spec.modifiers, key=lambda f: (f.slot, f.form, repr(f))):
            numbers = (at.parameter(v) for v in (f.a, f.b, f.low, f.high))
            modifiers.append(rows.Modifier(at.slot(f.slot), f.form, *numbers))
        plus = at.slot(spec.plus) if spec.plus else -1
        products.append(rows.Product(at.slots[name], at.parameter(spec.base), plus, first, len(modifiers)))
    return modifiers, products


def make_followers(at: Numbering) -> tuple[list[int], list[int]]:
    """Give for each slot where its followers begin, and the followers: products that follow from what an event can change.

    The products behind a level's three slots stand at the slot of its value.
    """
    s = at.specs
    shown = {level: {level, level + ":felt", level + ":waiting"} for level in s.levels}
    flags = {f"{r}:{flag}" for r in s.relationships for flag in ("phase", "live", "active")}
    added = {e.target for bundle in s.effects.values() for e in bundle.values() if e.verb == rows.ADD}
    drained = {slot for loss in s.losses.values() for slot in (loss.assets, loss.liability, loss.cover_left) if slot}
    changed = {at.slots[slot]: {slot} for slot in flags | added | drained} | {at.slots[level]: slots for level, slots in shown.items()}
    begins, followers = [0], list[int]()
    for slot in range(len(at.slots)):
        if slot in changed:
            followers += [at.products[name] for name in at.ordered_products if not changed[slot].isdisjoint(at.stocks_behind(name))]
        begins.append(len(followers))
    return begins, followers


def make_clocks(at: Numbering) -> list[rows.Clock]:
    """Give clocks: a calendar, and the quantity that each day is multiplied with."""
    return [
        rows.Clock(at.optional(at.calendars, calendar, "calendar"), at.optional(at.quantities, factor, "quantity"))
        for _, (calendar, factor) in sorted(at.specs.clocks.items())
    ]


def make_streams(at: Numbering) -> tuple[list[rows.Stream], list[rows.Layer]]:
    """Give streams and their layers."""
    streams: list[rows.Stream] = []
    layers: list[rows.Layer] = []
    for row, name in enumerate(sorted(at.specs.streams)):
        spec = at.specs.streams[name]
        first, last = at.bundle(spec.bundle)
        streams.append(
            rows.Stream(
                at.find(at.quantities, name, "quantity"),
                at.optional(at.clocks, spec.clock, "clock"),
                at.parameter(spec.unit),
                at.parameter(spec.bound),
                at.slot(spec.rate),
                at.parameter(spec.period) if spec.period != 0.0 else -1,
                at.parameter(spec.offset),
                at.meters[name],
                first,
                last,
            )
        )
        layers += [rows.Layer(row, layer) for layer in range(1 if spec.period != 0.0 else 12)]
    return streams, layers


def make_teams(at: Numbering) -> list[rows.Team]:
    """Give teams."""
    made = []
    for name in sorted(at.specs.teams):
        t = at.specs.teams[name]
        made.append(
            rows.Team(
                at.slot(t.people),
                at.optional(at.calendars, t.calendar, "calendar"),
                at.parameter(t.crew),
                at.optional(at.relationships, t.relationship, "relationship"),
                at.optional(at.slots, t.backlog, "stock"),
            )
        )
    return made


def make_work(at: Numbering, name: str) -> rows.Work:
    """Give the row of a kind of work."""
    w = at.specs.works[name]
    done_m, within_m, elapsed_m, hours_m = (at.meters[f"{name}:{what}"] for what in ("done", "within", "elapsed", "hours"))
    return rows.Work(
        at.find(at.teams, w.team, "team"),
        w.priority,
        at.find(at.quantities, w.content, "quantity"),
        at.slot(w.content_scale),
        at.parameter(w.package),
        at.slot(w.speed),
        at.optional(at.calendars, w.calendar, "calendar"),
        at.parameter(w.target),
        done_m,
        within_m,
        elapsed_m,
        hours_m,
        at.optional(at.quantities, w.failure_quantity, "quantity"),
        at.slot(w.failure) if w.failure else -1,
        *at.bundle(w.done),
        *at.bundle(w.failed),
        at.optional(at.quantities, w.patience, "quantity"),
        at.optional(at.meters, f"{name}:left" if w.patience else "", "meter"),
        *at.bundle(w.left),
    )


def make_flows(at: Numbering) -> list[rows.Flow]:
    """Give flows, each with its meter and the slot of its mean."""
    return [
        rows.Flow(at.slot(slot), at.optional(at.calendars, calendar, "calendar"), at.meters[name], at.slots[name + ":mean"])
        for name, (slot, calendar) in sorted(at.specs.flows.items())
    ]


def make_sums(at: Numbering) -> list[float]:
    """Give the running sums of all calendars."""
    sums: list[float] = []
    for name in sorted(at.specs.calendars):
        total = 0.0
        sums.append(total)
        for weight in at.specs.calendars[name]:
            total += weight
            sums.append(total)
    return sums


def make_opens(at: Numbering) -> list[int]:
    """The inverse of a team's calendar: which hour of the week is its k-th open one (169 places a calendar)."""
    opens: list[int] = []
    for name in sorted(at.specs.calendars):
        hours = [h for h, weight in enumerate(at.specs.calendars[name]) if weight > 0.0]
        opens += hours + [0] * (169 - len(hours))
    return opens
