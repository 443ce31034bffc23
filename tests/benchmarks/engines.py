"""Measure the engines as ratios of one run on one core: `python tests/benchmarks/engines.py [CASE [ALTERNATIVE]]`, or `... all`.

CASE is a folder of `scenarios/` (office-automation unless said), ALTERNATIVE its slowest unless said; `all` goes over all cases. Prints
lifetimes a second, nanoseconds an event, and how many times the compiled engine is as fast as the reference engine, as the same
reference engine given numpy scalar draws through the World's interface, and (to place them) as a bare SimPy loop of as many events.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import simpy

from itilsim.case import Case, load_case
from itilsim.case.lower import lower
from itilsim.engine.compiled.run import run_counted
from itilsim.engine.reference import run_block as run_reference
from itilsim.plan.plan import Plan

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
PAIRS, FAST, SLOW = 7, 150, 2


class NumpyDraws:
    """Draws by numpy's generator, one scalar at a time, whatever the address: what a SimPy model usually does."""

    def __init__(self, plan: Plan, seed: int, replication: int) -> None:
        self.random = np.random.default_rng((seed, replication)).random

    def number(self, quantity: int, k: int, layer: int, attempt: int) -> float:
        """Give the next number."""
        return float(self.random()) or 0.5

    def pair(self, quantity: int, k: int, layer: int) -> tuple[float, float]:
        """Give the next two numbers."""
        return float(self.random()) or 0.5, float(self.random())


def seconds(call: Callable[[], object]) -> float:
    """Time a call on this thread's processor clock."""
    begun = time.thread_time()
    call()
    return time.thread_time() - begun


def bare_simpy(events: int) -> None:
    """Handle so many timeouts in a bare SimPy process."""
    environment = simpy.Environment()

    def ticks() -> object:
        for _ in range(events):
            yield environment.timeout(1.0)

    environment.process(ticks())  # type: ignore[arg-type]
    environment.run()


def slowest(case: Case) -> str:
    """Give the alternative whose lifetimes take longest in the compiled engine."""
    plans = {name: lower(case, name) for name in case.alternatives}
    run_counted(next(iter(plans.values())), 1, 0, 1)
    return max(plans, key=lambda name: seconds(lambda: run_counted(plans[name], 1, 0, 40)))


def measure(folder: str, alternative: str = "") -> None:
    """Print the figures for one alternative of a case."""
    case = load_case(SCENARIOS / folder)
    alternative = alternative or slowest(case)
    plan = lower(case, alternative)
    _, events = run_counted(plan, 1, 0, FAST)
    a_life = events / FAST
    rows = []
    for turn in range(PAIRS):
        fast = seconds(lambda: run_counted(plan, 1, 0, FAST)) / FAST
        first = turn * SLOW
        slow = seconds(lambda first=first: run_reference(plan, 1, first, SLOW)) / SLOW
        usual = seconds(lambda first=first: run_reference(plan, 1, first, SLOW, world=NumpyDraws)) / SLOW
        bare = seconds(lambda: bare_simpy(int(a_life)))
        rows.append((fast, slow / fast, usual / fast, bare / fast))
    fast, ratio, usual, bare = (statistics.median(column) for column in zip(*rows, strict=True))
    low, high = min(r[1] for r in rows), max(r[1] for r in rows)
    print(f"{folder}, {alternative}: {a_life:,.0f} events a lifetime, draws included, one core, {PAIRS} pairs in turn, medians")
    print(f"compiled            {1 / fast:8,.0f} lifetimes/s  {fast * 1e3:6.2f} ms a lifetime  {fast / a_life * 1e9:5.0f} ns an event")
    print(f"reference           {ratio:8.0f} times slower ({low:.0f}-{high:.0f})")
    print(f"reference, numpy    {usual:8.0f} times slower (the same engine with numpy scalar draws)")
    print(f"bare SimPy timeouts {bare:8.1f} times slower (nothing but as many timeouts)", flush=True)


def main(folder: str = "office-automation", alternative: str = "") -> None:
    """Measure one case, or all."""
    cases = sorted(path.parent.name for path in SCENARIOS.glob("*/case.toml")) if folder == "all" else [folder]
    for case in cases:
        measure(case, alternative)


if __name__ == "__main__":
    main(*sys.argv[1:])
