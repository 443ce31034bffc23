"""Both engines give the same ledger to the last bit: on random small plans full of ties, and on the shipped case."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itilsim.case import load_case
from itilsim.case.lower import lower
from itilsim.engine.compiled import run_block as run_compiled
from itilsim.engine.reference import run_block as run_reference
from itilsim.engine.reference.draws import World
from itilsim.engine.reference.lifetime import Lifetime
from itilsim.engine.reference.state import Occurrence
from itilsim.ledger.ledger import Ledger
from itilsim.plan import rows
from itilsim.plan.plan import Plan
from itilsim.world.unknowns import draw_unknowns
from tests.engine.busy_plans import Busy, busy_plan

CASE = Path(__file__).parents[2] / "scenarios" / "office-automation"
ALTERNATIVES = ("today", "in-house", "outsourced", "outsourced-governed", "saas")
LIKE_THEM = ("outsourced-watched", "hybrid", "pilot", "defer")
"""What is made of those by a few blocks more: fewer worlds tell as much."""
GRIDS = (0.0, 0.25, 1.0)
RECORDS = ("amounts", "measures", "counts", "finals", "lived", "endings", "theta")
EVENTS = ("PACKAGE_DONE", "DUE", "TEAM_OPENS", "CANDIDATE", "MONTH_END")


def differing(a: Ledger, b: Ledger) -> list[str]:
    """Name the records in which two ledgers differ by a bit (a not-a-number differs from nothing but its own bits)."""
    return [name for name in RECORDS if getattr(a, name).tobytes() != getattr(b, name).tobytes()]


class Watched(Lifetime):
    """A lifetime that counts the corners that it comes through."""

    def __init__(self, plan: Plan, seed: int, replication: int) -> None:
        theta = [float(v) for v in draw_unknowns(plan, seed, replication, 1)[0]]
        super().__init__(plan, World(plan, seed, replication), theta)
        self.instants: list[float] = []
        self.seen = dict.fromkeys(("parked", "resumed", "dropped", "resigned", "late", "chained", "reworked", "left", "gave up"), 0)

    def noticed(self, what: str, index: int, seen: Occurrence) -> None:
        """Note the instant, and what happens after the horizon or is not accepted."""
        if what != "begins":
            self.instants.append(self.clock.now)
        if what == "loss" and self.month >= self.z.months:
            self.seen["late"] += 1
        elif what == "not accepted":
            self.seen["reworked"] += 1
        elif what == "decision" and self.r.decisions[index].kind == rows.LEAVE:
            self.seen["left"] += 1
        elif what == "gives up":
            self.seen["gave up"] += 1
        elif what == "begins" and (seen, index) in self.begun:
            self.seen["chained"] += 1
        self.begun.add((seen, index))

    def end_month(self) -> None:
        """Count the jobs that wait for a review, and those that go on after it."""
        waiting = len(self.parked)
        super().end_month()
        self.seen["parked"] += waiting
        names = self.plan.names["slots"]
        if self.x[names.index("speed")] > 0.0 and self.x[names.index("relation:active")] > 0.0:
            self.seen["resumed"] += waiting

    def change_phase(self, relationship: int, phase: float, reason: float) -> None:
        """Count the queued work that goes with a relationship."""
        if phase == rows.ENDED:
            own = [team for row, team in zip(self.r.teams, self.teams, strict=True) if row.relationship == relationship]
            self.seen["dropped"] += sum(len(team.put_queue) for team in own)
        super().change_phase(relationship, phase, reason)

    def close_level(self, target: int, size: int, seen: Occurrence) -> None:
        """Count degradations that were mended after people had given up waiting."""
        if self.p[self.r.levels[target].patience_p] > 0.0:
            self.seen["resigned"] += not self.patience.get((target, seen.stream, seen.layer, seen.k))
        super().close_level(target, size, seen)

    def live(self) -> None:
        """Live the whole lifetime."""
        self.begun: set[tuple[Occurrence, int]] = set()
        super().live()

    @property
    def tied(self) -> float:
        """The share of events that fall on one instant with another one."""
        _, counts = np.unique(np.array(self.instants), return_counts=True)
        return float(counts[counts > 1].sum() / counts.sum())


KNOBS = st.builds(
    Busy,
    months=st.integers(1, 4),
    runoff=st.integers(0, 3),
    grid=st.sampled_from(GRIDS),
    people=st.sampled_from((0.0, 1.0, 2.0, 2.5, 4.0)),
    crew=st.sampled_from((1.0, 2.0)),
    package=st.sampled_from((0.0, 0.5, 1.0, 3.0)),
    patience=st.sampled_from((0.0, 1.0, 6.0, 48.0)),
    requests=st.sampled_from((0.3, 1.0, 2.0)),
    faults=st.sampled_from((0.005, 0.02, 0.05)),
    endings=st.sampled_from((0.0002, 0.002)),
    leaks=st.sampled_from((0.001, 0.004)),
    failing=st.sampled_from((0.0, 0.3, 0.9)),
    content=st.sampled_from((0.5, 1.0, 2.5)),
    floor=st.sampled_from((0.0, 0.4, 0.6)),
    idle=st.sampled_from((0.0, 1.0)),
    tolerance=st.sampled_from((0.0, 0.5, 0.8)),
    discovery=st.sampled_from((20.0, 500.0)),
    helpers=st.sampled_from((1.0, 2.0)),
    office=st.booleans(),
    factor=st.booleans(),
)


@settings(derandomize=True, max_examples=80, deadline=None, database=None)
@given(KNOBS, st.integers(0, 2**31))
def test_both_engines_agree_on_random_plans(knobs: Busy, seed: int) -> None:
    """Every verb, decision, form of modifier, patience, parking, crews, packages, ends with queued work, run-off, three grids."""
    plan = busy_plan(knobs)
    reference, compiled = run_reference(plan, seed, 3, 2), run_compiled(plan, seed, 3, 2)
    assert differing(reference, compiled) == []
    assert np.isfinite(compiled.amounts).all()


def test_the_random_plans_use_the_whole_closed_set() -> None:
    """No verb, kind of decision, form of modifier or kind of row stays out of the agreement."""
    r = busy_plan(Busy()).rows
    assert {e.verb for e in r.effects} == set(range(9))
    assert {d.kind for d in r.decisions} == set(range(10))
    assert {m.form for m in r.modifiers} == set(range(4))
    assert {q.family for q in r.quantities} == set(range(4))
    assert all(len(rows_) for rows_ in r)


@pytest.mark.parametrize("grid", GRIDS)
def test_the_random_plans_come_through_every_corner(grid: float) -> None:
    """Jobs are parked, dropped at an end, cut into packages and done again; losses are found in the run-off; times are tied."""
    total: dict[str, int] = {}
    tied: list[float] = []
    busy = Busy(grid=grid, months=4, content=2.0, people=1.0, floor=0.0, tolerance=0.0)
    kinds = [replace(busy, floor=0.5), replace(busy, idle=1.0), replace(busy, people=3.0, tolerance=0.8)]
    for knobs, replication in itertools.product(kinds, range(4)):
        life = Watched(busy_plan(knobs), 2, replication)
        life.live()
        tied.append(life.tied)
        total = {corner: total.get(corner, 0) + count for corner, count in life.seen.items()}
    print(f"grid {grid}: {np.mean(tied):.0%} of events are tied; {total}")
    assert min(total.values()) > 0
    assert np.mean(tied) > {0.0: 0.05, 0.25: 0.2, 1.0: 0.4}[grid]


@cache
def tied_plans() -> list[tuple[Plan, Ledger]]:
    """Give plans in which all kinds of event often fall on one instant, each with its compiled ledger of three worlds."""
    often = Busy(months=2, faults=0.05, leaks=0.1, discovery=20.0, helpers=1.0, content=2.0, floor=0.0, tolerance=0.0, nerves=1e6)
    seldom = replace(often, faults=0.01, leaks=0.02, requests=2.0)
    knobs = ((often, 1.0, 2.0), (often, 3.0, 1.0), (seldom, 3.0, 1.0), (replace(often, nerves=5.0), 1.0, 2.0))
    plans = [busy_plan(replace(each, grid=grid, people=people)) for each, grid, people in knobs]
    return [(plan, run_compiled(plan, 4, 0, 3)) for plan in plans]


def test_both_engines_agree_where_events_often_fall_together() -> None:
    for plan, compiled in tied_plans():
        assert differing(run_reference(plan, 4, 0, 3), compiled) == []


@pytest.mark.parametrize("swapped", list(itertools.combinations(EVENTS, 2)), ids=" and ".join)
def test_another_order_of_events_is_noticed(swapped: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """With the ranks of any two kinds of event exchanged in the reference engine alone, those plans no longer agree."""
    plans = tied_plans()
    first, second = (getattr(rows, name) for name in swapped)
    monkeypatch.setattr(rows, swapped[0], second)
    monkeypatch.setattr(rows, swapped[1], first)
    assert any(differing(run_reference(plan, 4, 0, 3), compiled) for plan, compiled in plans)


@cache
def shipped(alternative: str, grid: float) -> Plan:
    """Lower one alternative of the shipped case."""
    return lower(load_case(CASE), alternative, grid=grid)


@pytest.fixture(scope="module")
def pool() -> Iterator[ProcessPoolExecutor]:
    """Two processes for the reference engine, which takes about a second for a lifetime of the case."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        yield processes


def agree(pool: ProcessPoolExecutor, plan: Plan, seed: int, first: int, worlds: int) -> None:
    """Check that both engines agree on worlds of a plan, in two halves."""
    half = worlds // 2
    halves = [(first, half), (first + half, worlds - half)]
    slow = [pool.submit(run_reference, plan, seed, start, count) for start, count in halves]
    for (start, count), ledger in zip(halves, slow, strict=True):
        assert differing(ledger.result(), run_compiled(plan, seed, start, count)) == []


def test_every_alternative_of_the_case_is_compared() -> None:
    assert set(load_case(CASE).alternatives) == {*ALTERNATIVES, *LIKE_THEM}


@pytest.mark.parametrize("alternative", ALTERNATIVES)
@pytest.mark.parametrize(("grid", "worlds"), [(0.0, 20), (0.25, 5)])
def test_both_engines_agree_on_the_case(alternative: str, grid: float, worlds: int, pool: ProcessPoolExecutor) -> None:
    agree(pool, shipped(alternative, grid), 20261, 0, worlds)


@pytest.mark.parametrize("alternative", LIKE_THEM)
@pytest.mark.parametrize(("grid", "worlds"), [(0.0, 4), (0.25, 2)])
def test_both_engines_agree_on_what_is_like_them(alternative: str, grid: float, worlds: int, pool: ProcessPoolExecutor) -> None:
    agree(pool, shipped(alternative, grid), 20261, 0, worlds)


@pytest.mark.nightly
@pytest.mark.parametrize("alternative", (*ALTERNATIVES, *LIKE_THEM))
@pytest.mark.parametrize(("grid", "worlds"), [(0.0, 200), (0.25, 50)])
def test_both_engines_agree_on_many_worlds_of_the_case(alternative: str, grid: float, worlds: int, pool: ProcessPoolExecutor) -> None:
    agree(pool, shipped(alternative, grid), 977, 1000, worlds)
