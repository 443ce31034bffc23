"""A block of worlds is reckoned up: the ledgers of all alternatives become totals, and the ledgers are let go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from itilsim.ledger.cashflow import budget_of, course_of, payback_month, years_of
from itilsim.ledger.entities import Entity, entities
from itilsim.ledger.ledger import ENDINGS, Ledger
from itilsim.ledger.perception import Perceiver, contributions, perceived_value
from itilsim.ledger.rare import loss_of, occurrences_of, risks_of
from itilsim.ledger.transfers import check_ledger
from itilsim.ledger.value import Floats, Statement, Valuer, net_value_of, postings_of
from itilsim.ledger.viewpoint import Viewpoint
from itilsim.study.panel import SHARED, Panel, Panels, panel
from itilsim.study.subject import Engine

Keep = Literal["values", "sources", "months"]
TABLES: dict[Keep, tuple[str, ...]] = {
    "values": ("values", "perceived", "inputs", "lifetimes", "budget", "funding", "rare"),
    "sources": ("sources", "reasons", "paths", "months"),
    "months": (),
}
"""The tables that each degree of keeping adds; `months` keeps paths and months of all worlds."""
FIRST_WORLDS = 1_000
"""Worlds whose paths and months are kept unless all are asked for."""


@dataclass(frozen=True)
class Setup:
    """All that is needed to reckon up a block of worlds."""

    plans: Mapping[str, Any]
    """The plan of each alternative, the baseline's too."""
    baseline: str
    decision_maker: str
    parents: Mapping[str, str | None]
    viewpoints: tuple[Viewpoint, ...]
    rate: float
    months: int
    keep: Keep = "sources"

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that are kept."""
        return TABLES["values"] if self.keep == "values" else TABLES["values"] + TABLES["sources"]

    @property
    def first_worlds(self) -> int | None:
        """Worlds whose paths and months are kept, None for all."""
        return None if self.keep == "months" else FIRST_WORLDS


class View:
    """One alternative in one block of worlds, valued for every entity."""

    def __init__(self, setup: Setup, ledger: Ledger, parties: Mapping[str, Entity]) -> None:
        check_ledger(ledger)
        self.ledger = ledger
        self.worlds = len(ledger)
        postings = postings_of(ledger)
        valuer = Valuer(postings, setup.rate)
        self.statements = valuer.statements(parties)
        self.decider = self.statements[setup.decision_maker]
        positions = self.decider.entity.positions(ledger.books.accounts)
        self.monthly = postings.monthly(positions)
        self.monthly_cash = postings.monthly(positions, cash_only=True)
        self.budget = budget_of(postings, positions)
        perceiver = Perceiver(postings, {setup.rate: valuer.values})
        self.seen = {v.name: perceiver.by_source(v, parties[v.party]) for v in setup.viewpoints}


def run_block(setup: Setup, engine: Engine, seed: int, first: int, count: int) -> Panels:
    """Live a block of worlds under every alternative and give its panels.

    Raises `UnbalancedLedger` where a ledger breaks a law of the books.
    """
    parties = entities(setup.parents)
    tables: Panels = {name: {} for name in setup.tables}
    baseline = View(setup, engine(setup.plans[setup.baseline], seed, first, count), parties)
    theta = Inputs()
    for name, plan in setup.plans.items():
        view = baseline if name == setup.baseline else View(setup, engine(plan, seed, first, count), parties)
        theta.add(name, view.ledger)
        for table, panel_ in panels_of(setup, view, baseline, first).items():
            tables[table][name] = panel_
    tables["inputs"][SHARED] = theta.panel(count)
    return tables


def panels_of(setup: Setup, view: View, baseline: View, first: int) -> dict[str, Panel]:
    """Give the panels of one alternative in a block of worlds by table; the baseline's are those that are no differences."""
    found = _recorded(setup, view, first)
    if view is not baseline:
        found |= _compared(setup, view, baseline, first)
    return {table: rows for table, rows in found.items() if table in setup.tables}


def net_values(setup: Setup, engine: Engine, seed: int, first: int, count: int) -> dict[str, Floats]:
    """Live a block of worlds and give the decision maker's net value under each alternative but the baseline, shape (worlds,)."""
    decider = entities(setup.parents)[setup.decision_maker]

    def statement(name: str) -> Statement:
        ledger = engine(setup.plans[name], seed, first, count)
        check_ledger(ledger)
        return Valuer(postings_of(ledger), setup.rate).statement(decider)

    baseline = statement(setup.baseline)
    others = (name for name in setup.plans if name != setup.baseline)
    return {name: net_value_of(statement(name), baseline, first=first).net_value for name in others}


def _kept(setup: Setup, first: int, count: int) -> int:
    return count if setup.first_worlds is None else max(0, min(count, setup.first_worlds - first))


def _recorded(setup: Setup, view: View, first: int) -> dict[str, Panel]:
    """Give the tables that hold every alternative as it is, the baseline too."""
    books, worlds = view.ledger.books, view.worlds
    kept = _kept(setup, first, worlds)
    risks = risks_of(books.counters)
    return {
        "sources": _sources(view),
        "lifetimes": panel({}, _lifetime(view.ledger), worlds=worlds),
        "budget": panel(
            {"year": range(1, years_of(books.months + books.runoff) + 1)},
            {"one_off": view.budget.one_off.T, "running": view.budget.running.T},
            worlds=worlds,
        ),
        "rare": panel(
            {"risk": risks},
            {
                "occurrences": _stacked([occurrences_of(view.ledger, risk) for risk in risks], worlds, np.int64),
                "loss": _stacked([loss_of(view.decider.value, risk, worlds) for risk in risks], worlds),
            },
            worlds=worlds,
        ),
        "months": panel(
            {"month": range(1, books.months + 1)},
            {name: view.ledger.measures[:kept, :, at] for at, name in enumerate(books.measures)},
            worlds=kept,
        ),
    }


def _compared(setup: Setup, view: View, baseline: View, first: int) -> dict[str, Panel]:
    """Give the tables that hold differences from the baseline."""
    worlds = view.worlds
    kept = _kept(setup, first, worlds)
    course = course_of(
        view.monthly - baseline.monthly,
        view.monthly_cash - baseline.monthly_cash,
        rate=setup.rate,
        months=setup.months,
    )
    seen = {v.name: contributions(view.seen[v.name], baseline.seen[v.name], worlds) for v in setup.viewpoints}
    perceived = [perceived_value(v, seen[v.name], worlds) for v in setup.viewpoints]
    reasons = [(v.name, source) for v in setup.viewpoints if v.role == "sponsor" for source in seen[v.name]]
    return {
        "values": _values(view, baseline, first),
        "perceived": panel({"stakeholder": [v.name for v in setup.viewpoints]}, {"value": _stacked(perceived, worlds)}, worlds=worlds),
        "reasons": panel(
            {"stakeholder": [who for who, _ in reasons], "source": [source for _, source in reasons]},
            {"value": _stacked([seen[who][source] for who, source in reasons], worlds)},
            worlds=worlds,
        ),
        "funding": panel(
            {},
            {
                "peak_funding": course.peak_funding,
                "payback_month": payback_month(course.value),
                "payback_cash_month": payback_month(course.cash),
            },
            worlds=worlds,
        ),
        "paths": panel(
            {"month": range(1, setup.months + 1)},
            {"value": course.value.T[:kept], "cash": course.cash.T[:kept]},
            worlds=kept,
        ),
    }


def _values(view: View, baseline: View, first: int) -> Panel:
    nets = {name: net_value_of(own, baseline.statements[name], first=first) for name, own in view.statements.items()}
    some = next(iter(nets.values()))
    columns = {component: _stacked([net.components[component] for net in nets.values()], view.worlds) for component in some.components}
    columns["net_value"] = _stacked([net.net_value for net in nets.values()], view.worlds)
    columns["cash"] = _stacked([net.cash for net in nets.values()], view.worlds)
    return panel({"party": list(nets)}, columns, worlds=view.worlds)


def _sources(view: View) -> Panel:
    rows = [(party, cell) for party, statement in view.statements.items() for cell in statement.value]
    return panel(
        {
            "party": [party for party, _ in rows],
            "source": [cell.source for _, cell in rows],
            "component": [cell.component for _, cell in rows],
        },
        {
            "value": _stacked([view.statements[party].value[cell] for party, cell in rows], view.worlds),
            "cash": _stacked([view.statements[party].cash[cell] for party, cell in rows], view.worlds),
        },
        worlds=view.worlds,
    )


def _lifetime(ledger: Ledger) -> dict[str, Any]:
    books = ledger.books
    names = np.array(ENDINGS)
    columns: dict[str, Any] = {}
    for at, relationship in enumerate(books.relationships):
        columns[f"months_lived.{relationship}"] = ledger.lived[:, at]
        columns[f"ending.{relationship}"] = names[ledger.endings[:, at]]
    columns |= {f"count.{counter}": ledger.counts[:, at] for at, counter in enumerate(books.counters)}
    columns |= {f"final.{name}": ledger.finals[:, at] for at, name in enumerate(books.finals)}
    return columns


def _stacked(rows: list[Any], worlds: int, dtype: type = np.float64) -> Any:
    """Lay rows of shape (worlds,) side by side, shape (worlds, rows)."""
    out: Any = np.empty((worlds, len(rows)), dtype=dtype)
    for at, row in enumerate(rows):
        out[:, at] = row
    return out


class Inputs:
    """Collects the inputs unknown to the planner and holds every alternative to the same draw of the same input."""

    def __init__(self) -> None:
        self._drawn: dict[str, Floats] = {}

    def add(self, alternative: str, ledger: Ledger) -> None:
        """Take an alternative's inputs up."""
        for at, name in enumerate(ledger.books.unknowns):
            drawn = ledger.theta[:, at]
            if not np.array_equal(self._drawn.setdefault(name, drawn), drawn):
                raise ValueError(f"the unknown input '{name}' was drawn differently for '{alternative}': the worlds are not the same")

    def panel(self, worlds: int) -> Panel:
        """Give the panel of all inputs, in the order in which they were first met."""
        return panel({}, self._drawn, worlds=worlds)
