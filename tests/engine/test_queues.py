"""Queues through both engines: equal on times full of ties, and equal to the recursions of Lindley and Kiefer-Wolfowitz."""

from __future__ import annotations

import heapq

import numpy as np
import pytest

from itilsim.engine.compiled import run_block as run_compiled
from itilsim.engine.reference import run_block as run_reference
from itilsim.engine.reference import trace_world
from itilsim.plan.plan import Plan
from itilsim.rules.chance import uniform, uniform_pair, value
from itilsim.rules.clock import on_grid
from itilsim.world.keys import key_of
from tests.engine.small_plans import queue_plan


def jobs_of(plan: Plan, seed: int, replication: int, rate: float, mean: float) -> tuple[list[float], list[float]]:
    """Arrivals and work of priority 0 straight from the world's draws, no engine involved."""
    arrivals, works, at, k = [], [], 0.0, 0
    stream, content = key_of("requests-0", seed), key_of("requests-0:content", seed)
    while True:
        gap, _ = uniform_pair(*stream, replication, k, 0, 0)
        at -= np.log(gap) / rate
        time = on_grid(at, plan.sizes.grid)
        if time >= plan.sizes.months * 730.0:
            return arrivals, works
        arrivals.append(time)
        works.append(value(3, mean, 0.0, np.inf, 0, [], uniform(*content, replication, k, 0, 0)))
        k += 1


def starts_by_recursion(arrivals: list[float], works: list[float], servers: int) -> list[float]:
    """Kiefer-Wolfowitz: each job starts when the earliest of the servers is free (one server: Lindley)."""
    free = [0.0] * servers
    starts = []
    for arrival, work in zip(arrivals, works, strict=True):
        start = max(arrival, heapq.heappop(free))
        starts.append(start)
        heapq.heappush(free, start + work)
    return starts


@pytest.mark.parametrize(("servers", "rate"), [(1, 0.8), (3, 2.5)])
def test_the_reference_engine_equals_the_recursion_job_by_job(servers: int, rate: float) -> None:
    plan = queue_plan(rates=(rate,), people=servers, months=3)
    trace = trace_world(plan, 11, 5)
    begun = {e.k: e.hour for e in trace.events if e.kind == "begins"}
    arrivals, works = jobs_of(plan, 11, 5, rate, 1.0)
    expected = starts_by_recursion(arrivals, works, servers)
    assert len(arrivals) > 1500
    for k, start in enumerate(expected):
        if start < plan.sizes.months * 730.0 - 50.0:
            assert begun[k] == pytest.approx(start, abs=1e-6)


@pytest.mark.parametrize(("servers", "rate"), [(1, 0.8), (3, 2.5)])
def test_the_compiled_engine_equals_the_recursion(servers: int, rate: float) -> None:
    """Job by job through the ledger: the waiting posted in each month is the sum over the jobs that ended in it."""
    plan = queue_plan(rates=(rate,), people=servers, months=3)
    ledger = run_compiled(plan, 11, 5, 1)
    arrivals, works = jobs_of(plan, 11, 5, rate, 1.0)
    starts = starts_by_recursion(arrivals, works, servers)
    by_month = np.zeros(3)
    for arrival, start, work in zip(arrivals, starts, works, strict=True):
        if start + work <= plan.sizes.months * 730.0:
            by_month[int((start + work) // 730.0)] += start + work - arrival
    assert -ledger.amounts[0, :, 0] == pytest.approx(by_month, rel=1e-9)


@pytest.mark.parametrize("grid", [0.0, 0.125, 1.0])
def test_both_engines_agree_where_events_fall_together(grid: float) -> None:
    """Three priorities, two people, times rounded up to a grid: the same ledger to the last bit in 25 worlds."""
    plan = queue_plan(rates=(0.3, 0.2, 0.4), work=(1.0, 2.0, 1.0), people=2.0, grid=grid, months=3)
    reference, compiled = run_reference(plan, 5, 0, 25), run_compiled(plan, 5, 0, 25)
    assert reference.amounts.tobytes() == compiled.amounts.tobytes()
    assert reference.counts.tobytes() == compiled.counts.tobytes()
    assert compiled.counts.sum() > 25 * 1500


def test_a_block_does_not_depend_on_its_split() -> None:
    plan = queue_plan(rates=(0.5, 0.3), work=(1.0, 1.0), months=2)
    whole = run_compiled(plan, 3, 0, 12)
    parts = [run_compiled(plan, 3, first, count) for first, count in ((0, 5), (5, 1), (6, 6))]
    assert whole.amounts.tobytes() == np.concatenate([p.amounts for p in parts]).tobytes()
