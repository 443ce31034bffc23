"""Building: names become indices, rows are sorted into canonical order, and a plan comes out."""

from __future__ import annotations

from typing import Any

from itilsim.plan import rows
from itilsim.plan.accounts import Account, Books, mirror_of
from itilsim.plan.making import (
    make_charges,
    make_decision,
    make_effects,
    make_loss,
    make_opens,
    make_products,
    make_promises,
    make_streams,
    make_sums,
    make_teams,
    make_work,
)
from itilsim.plan.number import Number
from itilsim.plan.plan import Plan, Rows, Sizes
from itilsim.plan.specs import (
    INFINITE,
    Amount,
    Distribution,
    EffectSpec,
    Specs,
)
from itilsim.rules.clock import MONTH

ONE = "one"
START = "start"
"""The slot that is always one, and the bundle that is fired at hour 0."""


class PlanError(Exception):
    """A block turned itself into rows that do not fit together: a fault of the program, not of the case."""


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
        return Building(self).plan()


class Building:
    """One building: the indices of every name, and the parameters found so far."""

    def __init__(self, builder: Builder):
        s = self.specs = builder.specs
        self.builder = builder
        self.base: list[float] = []
        self.terms: list[rows.Term] = []
        self.known: dict[Any, int] = {}
        self.unknowns = sorted(s.unknowns)
        for bundle in (START, *(r for pair in s.relationships.values() for r in pair)):
            s.effects.setdefault(bundle, {})
        self._collect_accounts()
        self.decided = sorted(
            (n for n, d in s.decisions.items() if not d.holds or d.holds not in builder.frozen),
            key=lambda n: (s.decisions[n].order, n),
        )
        slots = [ONE, *sorted(s.stocks)]
        for name in sorted(s.levels):
            slots += [name, name + ":felt", name + ":waiting"]
        slots += [f"{r}:{flag}" for r in sorted(s.relationships) for flag in ("phase", "live", "active")]
        slots += [f"{f}:mean" for f in sorted(s.flows)]
        slots += [f"{r}:broken" for r in sorted({p.relationship for p in s.promises.values()})]
        self.ordered_products = self._order_products()
        self.slots = self._index(slots + self.ordered_products, "slot")
        self.meters = self._index(self._meter_names(), "meter")
        self.quantities = self._index(sorted(s.quantities), "quantity")
        self.calendars = self._index(sorted(s.calendars), "calendar")
        self.clocks = self._index(sorted(s.clocks), "clock")
        self.streams = self._index(sorted(s.streams), "stream")
        self.teams = self._index(sorted(s.teams), "team")
        self.works = self._index(sorted(s.works), "work")
        self.losses = self._index(sorted(s.losses), "loss")
        self.relationships = self._index(sorted(s.relationships), "relationship")
        self.bundles = self._index(sorted(s.effects), "bundle")
        self.levels = self._index(sorted(s.levels), "level")
        self.columns = {a: i for i, a in enumerate(sorted(s.accounts))}
        self.tables: dict[tuple[str, ...], int] = {}
        self.hour_levels: list[float] = []
        self.hour_shares: list[float] = []
        self.watches: list[rows.Watch] = []
        self.promise_order: list[str] = []
        self.bundle_rows: list[rows.Bundle] = []

    @staticmethod
    def _index(names: list[str], noun: str) -> dict[str, int]:
        index = {n: i for i, n in enumerate(names)}
        if len(index) != len(names):
            raise PlanError(f"a {noun} is named twice among {', '.join(sorted(names))}")
        return index

    def _collect_accounts(self) -> None:
        s = self.specs
        found: set[Account] = set(s.accounts)
        found.update(c.account for c in s.charges.values())
        for loss in s.losses.values():
            found.add(loss.account)
            if loss.indemnity:
                found.add(loss.indemnity)
        for bundle in s.effects.values():
            found.update(e.target for e in bundle.values() if e.verb == rows.POST)
        for d in s.decisions.values():
            found.update(a for a, _ in d.watches)
        found.update(p.fee for p in s.promises.values())
        found.update(m for a in list(found) if (m := mirror_of(a)))
        s.accounts = found

    def _meter_names(self) -> list[str]:
        s = self.specs
        names = set(s.flows) | set(s.streams) | set(s.counters) | {f"promise:{p}" for p in s.promises}
        for work in s.works:
            names |= {f"{work}:{what}" for what in ("done", "within", "elapsed", "hours")}
        return sorted(names)

    def _order_products(self) -> list[str]:
        products, ordered, on_path = self.specs.products, [], set()
        placed: set[str] = set()

        def place(name: str) -> None:
            if name in placed or name not in products:
                return
            if name in on_path:
                raise PlanError(f"product {name} depends on itself")
            on_path.add(name)
            for modifier in sorted(products[name].modifiers, key=lambda m: m.slot):
                place(modifier.slot)
            place(products[name].plus)
            on_path.discard(name)
            placed.add(name)
            ordered.append(name)

        for name in sorted(products):
            place(name)
        return ordered

    def parameter(self, amount: Amount) -> int:
        """Give the index of a parameter, one for each distinct number."""
        number = Number.of(amount)
        if number not in self.known:
            index = self.known[number] = len(self.base)
            self.base.append(number.constant)
            for names, coefficient in number.depends:
                self.term(index, names, coefficient)
        return self.known[number]

    def term(self, parameter: int, names: tuple[str, ...], coefficient: float) -> None:
        first, second, third, fourth = ([self.unknowns.index(n) for n in names] + [-1, -1, -1])[:4]
        self.terms.append(rows.Term(parameter, coefficient, first, second, third, fourth))

    def slot(self, name: str, otherwise: str = ONE) -> int:
        """Give the index of a slot; an empty name means `otherwise`."""
        return self.find(self.slots, name or otherwise, "slot")

    @staticmethod
    def find(index: dict[str, int], name: str, noun: str) -> int:
        if name not in index:
            raise PlanError(f"no {noun} is called {name}; there are {', '.join(sorted(index))}")
        return index[name]

    def optional(self, index: dict[str, int], name: str, noun: str) -> int:
        return self.find(index, name, noun) if name else -1

    def quantity(self, d: Distribution) -> rows.Quantity:
        table = 0
        if d.shape:
            table = self.tables.setdefault(d.shape, len(self.tables))
        return rows.Quantity(d.family, self.parameter(d.a), self.parameter(d.b), self.parameter(d.c), table)

    def bundle(self, name: str) -> tuple[int, int]:
        if not name:
            return 0, 0
        at = self.find(self.bundles, name, "bundle")
        row = self.bundle_rows[at]
        return row.first, row.last

    def plan(self) -> Plan:
        """Give the plan."""
        from itilsim.world.quantiles import make_table

        s, b = self.specs, self.builder
        effects, self.bundle_rows = make_effects(self)
        quantities = [self.quantity(s.quantities[n]) for n in sorted(s.quantities)]
        unknowns = tuple(self.quantity(s.unknowns[n]) for n in self.unknowns)
        modifiers, products = make_products(self)
        streams, layers = make_streams(self)
        decisions = [make_decision(self, s.decisions[n]) for n in self.decided]
        measures = {n: s.measures[n] for n in sorted(s.measures)}
        initial = self._initial()
        table = Rows(
            terms=[],
            quantities=quantities,
            clocks=[
                rows.Clock(
                    self.optional(self.calendars, s.clocks[c][0], "calendar"),
                    self.optional(self.quantities, s.clocks[c][1], "quantity"),
                )
                for c in sorted(s.clocks)
            ],
            levels=[
                rows.Level(self.slots[n], self.slots[n + ":felt"], self.slots[n + ":waiting"], self.parameter(s.levels[n]))
                for n in sorted(s.levels)
            ],
            modifiers=modifiers,
            products=products,
            streams=streams,
            layers=layers,
            teams=make_teams(self),
            works=[make_work(self, n) for n in sorted(s.works)],
            effects=effects,
            bundles=self.bundle_rows,
            losses=[make_loss(self, n) for n in sorted(s.losses)],
            flows=[
                rows.Flow(
                    self.slot(s.flows[f][0]),
                    self.optional(self.calendars, s.flows[f][1], "calendar"),
                    self.meters[f],
                    self.slots[f + ":mean"],
                )
                for f in sorted(s.flows)
            ],
            charges=make_charges(self),
            promises=make_promises(self),
            relationships=[
                rows.Relationship(
                    self.slots[r + ":phase"],
                    self.slots[r + ":live"],
                    self.slots[r + ":active"],
                    self.bundles[s.relationships[r][0]],
                    self.bundles[s.relationships[r][1]],
                )
                for r in sorted(s.relationships)
            ],
            watches=self.watches,
            decisions=decisions,
            records=[
                rows.Record(1, self.find(self.meters, at, "meter"))
                if what == "meter"
                else rows.Record(0, self.find(self.slots, at, "slot"))
                for what, at in measures.values()
            ],
            base=[],
            initial_p=initial,
            mirrors=[self.columns[m] if (m := mirror_of(a)) else -1 for a in sorted(s.accounts)],
            coefficients=[],
            sums=make_sums(self),
            opens=make_opens(self),
            hour_levels=self.hour_levels,
            hour_shares=self.hour_shares,
            totals_m=[self.find(self.meters, c, "meter") for c in sorted(self._counted())],
            finals_x=[self.find(self.slots, s.finals[f], "slot") for f in sorted(s.finals)],
        )
        table = table._replace(
            terms=self.terms,
            base=self.base,
            coefficients=[float(v) for shape in self.tables for v in make_table(shape)],
        )
        days = int(b.months * MONTH / 24.0) + 2
        sizes = Sizes(b.months, b.runoff, len(self.columns), len(self.meters), days, self.bundles[START], b.grid)
        books = Books(
            accounts=tuple(sorted(s.accounts)),
            measures=tuple(measures),
            counters=tuple(sorted(self._counted())),
            finals=tuple(sorted(s.finals)),
            relationships=tuple(sorted(s.relationships)),
            unknowns=tuple(self.unknowns),
            months=b.months,
            runoff=b.runoff,
        )
        return Plan(table, sizes, books, self._names(), unknowns)

    def _counted(self) -> set[str]:
        s = self.specs
        return s.counters | set(s.streams) | {f"{w}:done" for w in s.works} | {f"promise:{p}" for p in s.promises}

    def _names(self) -> dict[str, tuple[str, ...]]:
        s = self.specs
        return {
            "slots": tuple(self.slots),
            "meters": tuple(self.meters),
            "quantities": tuple(sorted(s.quantities)),
            "streams": tuple(sorted(s.streams)),
            "teams": tuple(sorted(s.teams)),
            "works": tuple(sorted(s.works)),
            "bundles": tuple(sorted(s.effects)),
            "effects": tuple(f"{b}/{e}" for b in sorted(s.effects) for e in sorted(s.effects[b])),
            "losses": tuple(sorted(s.losses)),
            "levels": tuple(sorted(s.levels)),
            "decisions": tuple(self.decided),
            "relationships": tuple(sorted(s.relationships)),
            "promises": tuple(self.promise_order),
        }

    def _initial(self) -> list[int]:
        nought, one = self.parameter(0.0), self.parameter(1.0)
        initial = [nought] * len(self.slots)
        initial[self.slots[ONE]] = one
        for name, amount in self.specs.stocks.items():
            initial[self.slots[name]] = self.parameter(amount)
        return initial


__all__ = ["INFINITE", "ONE", "START", "Builder", "PlanError"]
