"""Making rows: each kind of row from its specification, for a building that knows the index of every name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from itilsim.plan import rows
from itilsim.plan.number import Number
from itilsim.plan.specs import DecisionSpec, EffectSpec

if TYPE_CHECKING:
    from itilsim.plan.build import Building


def make_effects(b: Building) -> tuple[list[rows.Effect], list[rows.Bundle]]:
    """Give the effects of all bundles, and the bundles."""
    effects: list[rows.Effect] = []
    bundles: list[rows.Bundle] = []
    for name in sorted(b.specs.effects):
        first = len(effects)
        effects += [make_effect(b, e) for _, e in sorted(b.specs.effects[name].items())]
        bundles.append(rows.Bundle(first, len(effects)))
    return effects, bundles


def make_effect(b: Building, e: EffectSpec) -> rows.Effect:
    """Give the row of an effect."""
    index: dict[int, Any] = {
        rows.POST: b.columns,
        rows.SETTLE: b.losses,
        rows.ENQUEUE: b.works,
        rows.OPEN: b.levels,
        rows.CLOSE: b.levels,
        rows.ADD: b.slots,
        rows.PHASE: b.relationships,
        rows.FIRE: b.bundles,
        rows.COUNT: b.meters,
    }
    return rows.Effect(
        e.verb,
        b.find(index[e.verb], e.target, "target of an effect"),
        b.parameter(e.amount),
        b.optional(b.quantities, e.quantity, "quantity"),
        b.slot(e.scale),
        b.slot(e.chance) if e.chance else -1,
        b.optional(b.quantities, e.chance_quantity, "quantity"),
        b.optional(b.quantities, e.delay, "quantity"),
        b.parameter(e.low),
        b.parameter(e.high),
    )


def make_products(b: Building) -> tuple[list[rows.Modifier], list[rows.Product]]:
    """Give modifiers and products, quick ones marked."""
    modifiers: list[rows.Modifier] = []
    products: list[rows.Product] = []
    quick = {slot for level in b.specs.levels for slot in (level, level + ":felt", level + ":waiting")}
    for name in b.ordered_products:
        spec = b.specs.products[name]
        first = len(modifiers)
        for f in sorted(spec.modifiers, key=lambda f: (f.slot, f.form, repr(f))):
            numbers = (b.parameter(v) for v in (f.a, f.b, f.low, f.high))
            modifiers.append(rows.Modifier(b.slot(f.slot), f.form, *numbers))
        plus = b.slot(spec.plus) if spec.plus else -1
        if quick & {spec.plus, *(f.slot for f in spec.modifiers)}:
            quick.add(name)
        products.append(rows.Product(b.slots[name], b.parameter(spec.base), plus, int(name in quick), first, len(modifiers)))
    return modifiers, products


def make_streams(b: Building) -> tuple[list[rows.Stream], list[rows.Layer]]:
    """Give streams and their layers."""
    streams: list[rows.Stream] = []
    layers: list[rows.Layer] = []
    for at, name in enumerate(sorted(b.specs.streams)):
        spec = b.specs.streams[name]
        first, last = b.bundle(spec.bundle)
        streams.append(
            rows.Stream(
                b.find(b.quantities, name, "quantity"),
                b.optional(b.clocks, spec.clock, "clock"),
                b.parameter(spec.unit),
                b.parameter(spec.bound),
                b.slot(spec.rate),
                b.parameter(spec.period) if spec.period != 0.0 else -1,
                b.parameter(spec.offset),
                b.meters[name],
                first,
                last,
            )
        )
        layers += [rows.Layer(at, layer) for layer in range(1 if spec.period != 0.0 else 12)]
    return streams, layers


def make_teams(b: Building) -> list[rows.Team]:
    """Give teams."""
    made = []
    for name in sorted(b.specs.teams):
        t = b.specs.teams[name]
        made.append(
            rows.Team(
                b.slot(t.people),
                b.optional(b.calendars, t.calendar, "calendar"),
                b.parameter(t.crew),
                b.optional(b.relationships, t.relationship, "relationship"),
            )
        )
    return made


def make_work(b: Building, name: str) -> rows.Work:
    """Give the row of a kind of work."""
    w = b.specs.works[name]
    done_m, within_m, elapsed_m, hours_m = (b.meters[f"{name}:{what}"] for what in ("done", "within", "elapsed", "hours"))
    return rows.Work(
        b.find(b.teams, w.team, "team"),
        w.priority,
        b.find(b.quantities, w.content, "quantity"),
        b.slot(w.content_scale),
        b.parameter(w.package),
        b.slot(w.speed),
        b.optional(b.calendars, w.calendar, "calendar"),
        b.parameter(w.target),
        done_m,
        within_m,
        elapsed_m,
        hours_m,
        b.optional(b.quantities, w.failure_quantity, "quantity"),
        b.slot(w.failure) if w.failure else -1,
        *b.bundle(w.done),
        *b.bundle(w.failed),
    )


def make_loss(b: Building, name: str) -> rows.Loss:
    """Give the row of a line of loss."""
    loss = b.specs.losses[name]
    return rows.Loss(
        b.find(b.quantities, loss.severity, "quantity"),
        b.slot(loss.scale),
        b.parameter(loss.cap),
        b.parameter(loss.deductible),
        b.columns[loss.account],
        b.columns[loss.indemnity] if loss.indemnity else -1,
        b.parameter(loss.share),
        b.slot(loss.liability) if loss.liability else -1,
        b.slot(loss.assets) if loss.assets else -1,
    )


def make_charges(b: Building) -> list[rows.Charge]:
    """Give charges."""
    made = []
    for name in sorted(b.specs.charges):
        c = b.specs.charges[name]
        made.append(
            rows.Charge(
                b.columns[c.account],
                c.sign,
                b.parameter(c.amount),
                b.slot(c.scale),
                b.optional(b.meters, c.basis, "meter"),
                int(c.horizon),
            )
        )
    return made


def make_promises(b: Building) -> list[rows.Promise]:
    """Give promises by relationship, and the order of their names."""
    held = b.specs.promises
    b.promise_order = sorted(held, key=lambda n: (held[n].relationship, n))
    made: list[rows.Promise] = []
    group = None
    for name in b.promise_order:
        p = held[name]
        made.append(
            rows.Promise(
                b.slot(p.value),
                b.slot(p.live),
                b.parameter(p.target),
                b.parameter(p.credit),
                b.parameter(p.at_risk),
                b.columns[p.fee],
                b.slot(p.broken),
                b.parameter(p.weight),
                b.meters[f"promise:{name}"],
                int(p.relationship != group),
            )
        )
        group = p.relationship
    return made


def make_decision(b: Building, d: DecisionSpec) -> rows.Decision:
    """Give the row of a decision, with the watches, schedule or profile that it reads."""
    first = last = 0
    if d.watches:
        first = len(b.watches)
        b.watches += [rows.Watch(b.columns[a], b.parameter(w)) for a, w in d.watches]
        last = len(b.watches)
    elif d.schedule:
        first = len(b.base)
        b.base += [Number.of(v).constant for v in d.schedule]
        for place, number in enumerate(Number.of(v) for v in d.schedule):
            for names, coefficient in number.depends:
                b.term(first + place, names, coefficient)
        last = len(b.base)
    elif d.profile:
        first = len(b.hour_levels)
        b.hour_levels += [level for level, _ in d.profile]
        b.hour_shares += [share for _, share in d.profile]
        last = len(b.hour_levels)
    numbers = [b.parameter(v) for v in (*d.p, 0.0, 0.0, 0.0, 0.0, 0.0)[:5]]
    slots = [b.slot(d.a), b.slot(d.b)]
    if d.kind == rows.RATIO:
        slots = [b.find(b.meters, m, "meter") for m in d.meters]
    return rows.Decision(
        d.kind,
        b.slot(d.stock),
        slots[0],
        slots[1],
        b.slot(d.c),
        first,
        last,
        b.optional(b.quantities, d.quantity, "quantity"),
        b.optional(b.bundles, d.bundle, "bundle"),
        d.every,
        d.offset,
        b.slot(d.clock) if d.clock else -1,
        numbers[0],
        numbers[1],
        numbers[2],
        numbers[3],
        numbers[4],
    )


def make_sums(b: Building) -> list[float]:
    """Give the running sums of all calendars."""
    sums: list[float] = []
    for name in sorted(b.specs.calendars):
        total = 0.0
        sums.append(total)
        for weight in b.specs.calendars[name]:
            total += weight
            sums.append(total)
    return sums


def make_opens(b: Building) -> list[int]:
    """The inverse of a team's calendar: which hour of the week is its k-th open one (169 places a calendar)."""
    opens: list[int] = []
    for name in sorted(b.specs.calendars):
        hours = [h for h, weight in enumerate(b.specs.calendars[name]) if weight > 0.0]
        opens += hours + [0] * (169 - len(hours))
    return opens
