"""How soon a moved lever is answered: random moves one after the other, as a planner makes them, each waited for until its first answer.

Run as `python -m tests.benchmarks.lever_moves [--moves 200] [--case office-automation] [--alternatives 3] [--pause 0.0]`; on a machine
that does nothing else. A move is cold while the plans and lifetimes of where the lever goes are new, warm where it goes back to a state
that was seen before.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from itilsim.case import Case, load_case
from itilsim.live.lever import Lever, levers
from itilsim.live.workbench import Workbench

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
BACK = 0.2
"""Share of moves that go back to the state before."""


@dataclass(frozen=True)
class Move:
    """What one move took."""

    seconds: float
    worlds: int
    alternatives: int
    """Alternatives in the first answer, the baseline too."""
    is_priced: bool
    is_back: bool
    reaches: int
    """Chosen alternatives that the lever reaches."""


def moves(case: Case, chosen: Sequence[str], count: int, *, pause: float, seed: int) -> list[Move]:
    """Move levers at random, one at a time, for alternatives that are chosen."""
    bench = Workbench(case)
    known = [each for each in levers(case) if set(each.alternatives) & {*chosen, case.baseline}]
    bench.ask({}, alternatives=chosen, wanted=1_000).wait()
    chance = np.random.default_rng(seed)
    values: dict[str, str] = {}
    before: list[dict[str, str]] = [{}]
    found = []
    for _ in range(count):
        is_back = len(before) > 1 and chance.random() < BACK
        lever = known[int(chance.integers(len(known)))]
        values = before[-2] if is_back else {**values, lever.key: _anywhere(lever, chance)}
        before.append(values)
        began = time.perf_counter()
        asked = bench.ask(values, alternatives=chosen)
        first = asked.first
        seconds = time.perf_counter() - began
        reaches = len(set(lever.alternatives) & {*chosen, case.baseline})
        found.append(Move(seconds, first.replications, len(first.manifest["alternatives"]), asked.priced, is_back, reaches))
        time.sleep(pause)
    bench.close()
    return found


def _anywhere(lever: Lever, chance: np.random.Generator) -> str:
    """Give a value on a grid of 200 places, as a slider has them."""
    share = int(chance.integers(201)) / 200
    return lever.stated(float(f"{lever.low + share * (lever.high - lever.low):.6g}"))


def told(name: str, found: Sequence[Move]) -> str:
    """Say how long moves took."""
    if not found:
        return f"{name:8} none"
    p50, p95 = (1e3 * float(np.quantile([each.seconds for each in found], q)) for q in (0.5, 0.95))
    worlds = [each.worlds for each in found]
    return (
        f"{name:8} {len(found):4} moves: p50 {p50:4.0f} ms, p95 {p95:4.0f} ms, max {1e3 * max(each.seconds for each in found):4.0f} ms; "
        f"worlds of the first answer {min(worlds)} to {max(worlds)}, median {int(np.median(worlds))}"
    )


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--moves", type=int, default=200)
    options.add_argument("--case", default="office-automation")
    options.add_argument("--alternatives", type=int, default=3)
    options.add_argument("--pause", type=float, default=0.0)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    case = load_case(SCENARIOS / given.case)
    chosen = [name for name in case.alternatives if name != case.baseline][: given.alternatives]
    found = moves(case, chosen, given.moves, pause=given.pause, seed=given.seed)
    print(f"{given.case}: {', '.join(chosen)}")
    print(told("all", found))
    print(told("cold", [each for each in found if not each.is_back and not each.is_priced]))
    print(told("back", [each for each in found if each.is_back]))
    print(told("priced", [each for each in found if each.is_priced and not each.is_back]))
    print(told("shared", [each for each in found if each.reaches > 1 and not each.is_priced and not each.is_back]))
    whole = sum(each.alternatives == len(chosen) + 1 for each in found)
    priced = sum(each.is_priced for each in found)
    print(f"priced {priced / len(found):.0%} of all; all alternatives in {whole / len(found):.0%} of first answers")
    print(f"largest memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB")


if __name__ == "__main__":
    main()
