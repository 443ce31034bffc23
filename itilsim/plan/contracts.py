"""Making the rows of what is agreed and decided: losses, charges, promises, relationships, decisions, and what is recorded of them."""

from __future__ import annotations

from itilsim.plan import rows
from itilsim.plan.accounts import mirror_of
from itilsim.plan.number import Number
from itilsim.plan.numbering import Numbering
from itilsim.plan.specs import DecisionSpec


def make_loss(at: Numbering, name: str) -> rows.Loss:
    """Give the row of a line of loss."""
    loss = at.specs.losses[name]
    return rows.Loss(
        at.find(at.quantities, loss.severity, "quantity"),
        at.slot(loss.scale),
        at.parameter(loss.cap),
        at.parameter(loss.deductible),
        at.columns[loss.account],
        at.columns[loss.indemnity] if loss.indemnity else -1,
        at.parameter(loss.share),
        at.slot(loss.liability) if loss.liability else -1,
        at.slot(loss.assets) if loss.assets else -1,
        at.columns[loss.cover] if loss.cover else -1,
        at.parameter(loss.cover_deductible),
        at.slot(loss.cover_left) if loss.cover_left else -1,
    )


def make_charges(at: Numbering) -> list[rows.Charge]:
    """Give charges."""
    made = []
    for name in sorted(at.specs.charges):
        c = at.specs.charges[name]
        made.append(
            rows.Charge(
                at.columns[c.account],
                c.sign,
                at.parameter(c.amount),
                at.slot(c.scale),
                at.optional(at.meters, c.basis, "meter"),
                int(c.horizon),
            )
        )
    return made


def make_promises(at: Numbering) -> list[rows.Promise]:
    """Give promises by relationship."""
    made: list[rows.Promise] = []
    group = None
    for name in at.promise_order:
        p = at.specs.promises[name]
        made.append(
            rows.Promise(
                at.slot(p.value),
                at.slot(p.live),
                at.parameter(p.target),
                at.parameter(p.credit),
                at.parameter(p.at_risk),
                at.columns[p.fee],
                at.slot(p.broken),
                at.parameter(p.weight),
                at.meters[f"promise:{name}"],
                int(p.relationship != group),
            )
        )
        group = p.relationship
    return made


def make_relationships(at: Numbering) -> list[rows.Relationship]:
    """Give relationships with their slots, and the bundles that are fired when they go live and when they end."""
    return [
        rows.Relationship(
            at.slots[name + ":phase"], at.slots[name + ":live"], at.slots[name + ":active"], at.bundles[live], at.bundles[end]
        )
        for name, (live, end) in sorted(at.specs.relationships.items())
    ]


def make_decisions(at: Numbering) -> list[rows.Decision]:
    """Give decisions in the order in which they are carried out, those marked that read what an earlier one moves."""
    made: list[rows.Decision] = []
    moved: set[str] = set()
    for name in at.decided:
        d = at.specs.decisions[name]
        made.append(make_decision(at, d, renewed=_renewed(at, d, moved)))
        if d.kind != rows.RATIO:
            moved |= {d.stock, *(e.target for e in at.specs.effects.get(d.bundle, {}).values() if e.verb == rows.ADD)}
    return made


def _renewed(at: Numbering, d: DecisionSpec, moved: set[str]) -> list[int]:
    """Give the products that a decision reads and those behind them, as far as they follow from what earlier decisions move."""
    found: set[int] = set()
    waiting = _products_read(at, d)
    while waiting:
        slot = waiting.pop()
        product = at.specs.products.get(slot)
        if product is not None and at.products[slot] not in found and not moved.isdisjoint(at.stocks_behind(slot)):
            found.add(at.products[slot])
            waiting += [product.plus, *(m.slot for m in product.modifiers)]
    return sorted(found)


def _products_read(at: Numbering, d: DecisionSpec) -> list[str]:
    effects = at.specs.effects.get(d.bundle, {}).values()
    read = [d.a, d.b, d.c, *(e.scale for e in effects), *(e.chance for e in effects)]
    return [slot for slot in read if slot in at.specs.products and d.kind != rows.RATIO]


def _fires_again(at: Numbering, d: DecisionSpec) -> bool:
    """Say whether a decision can fire more than once: whether anything lowers the flag that it sets."""
    if d.kind not in (rows.WHEN, rows.LEAVE):
        return False
    effects = (effect for bundle in at.specs.effects.values() for effect in bundle.values())
    moved = any(other.stock == d.stock and other.kind not in (rows.WHEN, rows.LEAVE) for other in at.specs.decisions.values())
    return moved or any(effect.verb == rows.ADD and effect.target == d.stock for effect in effects)


def make_decision(at: Numbering, d: DecisionSpec, *, renewed: list[int]) -> rows.Decision:
    """Give the row of a decision, with the watches, schedule, profile or renewed products that it reads."""
    at.renewed += renewed
    first = last = 0
    if d.watches:
        first = len(at.watches)
        at.watches += [rows.Watch(at.columns[a], at.parameter(w)) for a, w in d.watches]
        last = len(at.watches)
    elif d.schedule:
        first = len(at.base)
        at.base += [Number.of(v).constant for v in d.schedule]
        for place, number in enumerate(Number.of(v) for v in d.schedule):
            for names, coefficient in number.depends:
                at.term(first + place, names, coefficient)
        last = len(at.base)
    elif d.profile:
        first = len(at.hour_levels)
        at.hour_levels += [level for level, _ in d.profile]
        at.hour_shares += [share for _, share in d.profile]
        last = len(at.hour_levels)
    numbers = [at.parameter(v) for v in (*d.p, 0.0, 0.0, 0.0, 0.0, 0.0)[:5]]
    slots = [at.slot(d.a), at.slot(d.b)]
    if d.kind == rows.RATIO:
        slots = [at.find(at.meters, m, "meter") for m in d.meters]
    return rows.Decision(
        d.kind,
        at.slot(d.stock),
        slots[0],
        slots[1],
        at.slot(d.c),
        first,
        last,
        at.optional(at.quantities, d.quantity, "quantity"),
        at.optional(at.bundles, d.bundle, "bundle"),
        d.every,
        d.offset,
        at.slot(d.clock) if d.clock else -1,
        len(at.renewed) - len(renewed),
        len(at.renewed),
        int(_fires_again(at, d)),
        numbers[0],
        numbers[1],
        numbers[2],
        numbers[3],
        numbers[4],
    )


def make_records(at: Numbering) -> list[rows.Record]:
    """Give what is recorded each month: a meter or a slot for each measure."""
    return [
        rows.Record(1, at.find(at.meters, place, "meter")) if what == "meter" else rows.Record(0, at.find(at.slots, place, "slot"))
        for _, (what, place) in sorted(at.specs.measures.items())
    ]


def make_mirrors(at: Numbering) -> list[int]:
    """Give for each account the one that takes the other side of a transfer, -1 where there is none."""
    return [at.columns[m] if (m := mirror_of(account)) else -1 for account in sorted(at.specs.accounts)]
