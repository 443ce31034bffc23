"""Numbering: every name becomes an index in canonical order, and every distinct number a parameter."""

from __future__ import annotations

from typing import Any

from itilsim.plan import rows
from itilsim.plan.accounts import Account, mirror_of
from itilsim.plan.number import Number
from itilsim.plan.specs import Amount, Distribution, Specs

ONE = "one"
START = "start"
"""The slot that is always one, and the bundle that is fired at hour 0."""


class PlanError(Exception):
    """A block turned itself into rows that do not fit together: a fault of the program, not of the case."""


class Numbering:
    """The index of every name, and the parameters, shapes, watches and profiles found so far."""

    def __init__(self, specs: Specs, frozen: frozenset[str]):
        s = self.specs = specs
        self.base: list[float] = []
        self.terms: list[rows.Term] = []
        self.known: dict[Any, int] = {}
        self.behind: dict[str, frozenset[str]] = {}
        self.unknowns = sorted(s.unknowns)
        for bundle in (START, *(r for pair in s.relationships.values() for r in pair)):
            s.effects.setdefault(bundle, {})
        self._collect_accounts()
        self.decided = sorted(
            (n for n, d in s.decisions.items() if not d.holds or d.holds not in frozen),
            key=lambda n: (s.decisions[n].order, n),
        )
        self.promise_order = sorted(s.promises, key=lambda n: (s.promises[n].relationship, n))
        self.ordered_products = self._order_products()
        self.products = {name: place for place, name in enumerate(self.ordered_products)}
        self.slots = self._index(self._slot_names() + self.ordered_products, "slot")
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
        self.bundle_rows = self._bundle_rows()
        self.levels = self._index(sorted(s.levels), "level")
        self.columns = {a: i for i, a in enumerate(sorted(s.accounts))}
        self.tables: dict[tuple[str, ...], int] = {}
        self.hour_levels: list[float] = []
        self.hour_shares: list[float] = []
        self.watches: list[rows.Watch] = []
        self.renewed: list[int] = []

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
            found |= {account for account in (loss.indemnity, loss.cover) if account}
        for bundle in s.effects.values():
            found.update(e.target for e in bundle.values() if e.verb == rows.POST)
        for d in s.decisions.values():
            found.update(a for a, _ in d.watches)
        found.update(p.fee for p in s.promises.values())
        found.update(m for a in list(found) if (m := mirror_of(a)))
        s.accounts = found

    def _slot_names(self) -> list[str]:
        s = self.specs
        names = [ONE, *sorted(s.stocks)]
        for name in sorted(s.levels):
            names += [name, name + ":felt", name + ":waiting"]
        names += [f"{r}:{flag}" for r in sorted(s.relationships) for flag in ("phase", "live", "active")]
        names += [f"{f}:mean" for f in sorted(s.flows)]
        names += [f"{r}:broken" for r in sorted({p.relationship for p in s.promises.values()})]
        return names

    def _meter_names(self) -> list[str]:
        s = self.specs
        names = set(s.flows) | set(s.streams) | set(s.counters) | {f"promise:{p}" for p in s.promises}
        for work in s.works:
            names |= {f"{work}:{what}" for what in ("done", "within", "elapsed", "hours")}
        names |= {f"{work}:left" for work in self._impatient()}
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

    def stocks_behind(self, slot: str) -> frozenset[str]:
        """Give the stocks and levels from which a slot follows."""
        if slot not in self.behind:
            product = self.specs.products.get(slot)
            names = [m.slot for m in product.modifiers] + [product.plus] if product else []
            found = frozenset[str]().union(*(self.stocks_behind(name) for name in names)) if names else frozenset((slot,))
            self.behind[slot] = found
        return self.behind[slot]

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
        """Add to a parameter a product of inputs unknown to the planner, at most four."""
        first, second, third, fourth = ([self.unknowns.index(n) for n in names] + [-1, -1, -1])[:4]
        self.terms.append(rows.Term(parameter, coefficient, first, second, third, fourth))

    def slot(self, name: str) -> int:
        """Give the index of a slot; an empty name means the slot that is always one."""
        return self.find(self.slots, name or ONE, "slot")

    @staticmethod
    def find(index: dict[str, int], name: str, noun: str) -> int:
        """Give the index of a name; raises PlanError where there is none."""
        if name not in index:
            raise PlanError(f"no {noun} is called {name}; there are {', '.join(sorted(index))}")
        return index[name]

    def optional(self, index: dict[str, int], name: str, noun: str) -> int:
        """Give the index of a name, -1 where it is empty."""
        return self.find(index, name, noun) if name else -1

    def quantity(self, d: Distribution) -> rows.Quantity:
        """Give the row of a distribution, with one table for each distinct shape."""
        table = 0
        if d.shape:
            table = self.tables.setdefault(d.shape, len(self.tables))
        return rows.Quantity(d.family, self.parameter(d.a), self.parameter(d.b), self.parameter(d.c), table)

    def bundle(self, name: str) -> tuple[int, int]:
        """Give the first and last of a bundle's effects; an empty name is a bundle without effects."""
        if not name:
            return 0, 0
        row = self.bundle_rows[self.find(self.bundles, name, "bundle")]
        return row.first, row.last

    def _bundle_rows(self) -> list[rows.Bundle]:
        made: list[rows.Bundle] = []
        last = 0
        for name in sorted(self.specs.effects):
            first, last = last, last + len(self.specs.effects[name])
            made.append(rows.Bundle(first, last))
        return made

    def counted(self) -> list[str]:
        """Give the names of the meters whose totals over a lifetime are kept."""
        s = self.specs
        done = {f"{w}:done" for w in s.works} | {f"{w}:left" for w in self._impatient()}
        return sorted(s.counters | set(s.streams) | done | {f"promise:{p}" for p in s.promises})

    def _impatient(self) -> list[str]:
        return [name for name, work in self.specs.works.items() if work.patience]
