"""Building: rows are made in canonical order for names that have become indices, and a plan comes out."""

from __future__ import annotations

from array import array
from typing import Any

from itilsim.plan import contracts, making, rows
from itilsim.plan.accounts import Books
from itilsim.plan.numbering import ONE, START, Numbering, PlanError
from itilsim.plan.plan import Plan, Rows, Sizes
from itilsim.plan.specs import INFINITE, EffectSpec, Specs
from itilsim.rules.clock import MONTH


class Builder:
    """Turns specifications by name into a plan; `build` may be called once all blocks have spoken."""

    def __init__(self, months: int, *, runoff: int = 0, grid: float = 0.0, frozen: frozenset[str] = frozenset()):
        self.months, self.runoff, self.grid, self.frozen = months, runoff, grid, frozen
        self.specs = Specs()

    def effect(self, bundle: str, name: str, verb: int, target: Any, **rest: Any) -> None:
        """Add a verb to a bundle; verbs of a bundle happen in the order of their names."""
        held = self.specs.effects.setdefault(bundle, {})
        if name in held:
            raise PlanError(f"two effects of bundle {bundle} are called {name}")
        held[name] = EffectSpec(name, verb, target, **rest)

    def build(self) -> Plan:
        """Give the plan."""
        at = Numbering(self.specs, self.frozen)
        # Parameters are numbered as they are met: another order of making rows gives the same plan under another fingerprint.
        effects, quantities = making.make_effects(at), making.make_quantities(at)
        unknowns = tuple(at.quantity(self.specs.unknowns[name]) for name in at.unknowns)
        table = make_rows(at, effects, quantities)
        days = int(self.months * MONTH / 24.0) + 2
        sizes = Sizes(self.months, self.runoff, len(at.columns), len(at.meters), days, at.bundles[START], self.grid)
        return Plan(table, sizes, make_books(at, self.months, runoff=self.runoff), make_names(at), unknowns)


def make_rows(at: Numbering, effects: list[rows.Effect], quantities: list[rows.Quantity]) -> Rows:
    """Give all tables; `base` and `terms` grow until the last row is made."""
    from itilsim.world.quantiles import make_table

    s = at.specs
    modifiers, products = making.make_products(at)
    streams, layers = making.make_streams(at)
    decisions = contracts.make_decisions(at)
    initial = making.make_initial(at)
    followers_at, followers = making.make_followers(at)
    return Rows(
        terms=at.terms,
        quantities=quantities,
        clocks=making.make_clocks(at),
        levels=making.make_levels(at),
        modifiers=modifiers,
        products=products,
        streams=streams,
        layers=layers,
        teams=making.make_teams(at),
        works=[making.make_work(at, name) for name in sorted(s.works)],
        effects=effects,
        bundles=at.bundle_rows,
        losses=[contracts.make_loss(at, name) for name in sorted(s.losses)],
        flows=making.make_flows(at),
        charges=contracts.make_charges(at),
        promises=contracts.make_promises(at),
        relationships=contracts.make_relationships(at),
        watches=at.watches,
        decisions=decisions,
        records=contracts.make_records(at),
        base=at.base,
        initial_p=initial,
        mirrors=contracts.make_mirrors(at),
        coefficients=array("d", b"".join(make_table(shape).tobytes() for shape in at.tables)),
        sums=making.make_sums(at),
        opens=making.make_opens(at),
        hour_levels=at.hour_levels,
        hour_shares=at.hour_shares,
        totals_m=[at.find(at.meters, name, "meter") for name in at.counted()],
        finals_x=[at.find(at.slots, slot, "slot") for _, slot in sorted(s.finals.items())],
        renewed=at.renewed,
        followers_at=followers_at,
        followers=followers,
    )


def make_books(at: Numbering, months: int, *, runoff: int) -> Books:
    """Give the names of all that a ledger holds."""
    s = at.specs
    return Books(
        accounts=tuple(sorted(s.accounts)),
        measures=tuple(sorted(s.measures)),
        counters=tuple(at.counted()),
        finals=tuple(sorted(s.finals)),
        relationships=tuple(sorted(s.relationships)),
        unknowns=tuple(at.unknowns),
        months=months,
        runoff=runoff,
    )


def make_names(at: Numbering) -> dict[str, tuple[str, ...]]:
    """Give the names of rows by kind, of slots and of meters."""
    s = at.specs
    return {
        "slots": tuple(at.slots),
        "meters": tuple(at.meters),
        "quantities": tuple(sorted(s.quantities)),
        "streams": tuple(sorted(s.streams)),
        "teams": tuple(sorted(s.teams)),
        "works": tuple(sorted(s.works)),
        "bundles": tuple(sorted(s.effects)),
        "effects": tuple(f"{b}/{e}" for b in sorted(s.effects) for e in sorted(s.effects[b])),
        "losses": tuple(sorted(s.losses)),
        "levels": tuple(sorted(s.levels)),
        "decisions": tuple(at.decided),
        "relationships": tuple(sorted(s.relationships)),
        "promises": tuple(at.promise_order),
    }


__all__ = ["INFINITE", "ONE", "START", "Builder", "PlanError"]
