"""Compare the compiled engine's speed with that of an earlier revision: `python tests/benchmarks/speed_kept.py [REVISION]`.

The office-automation case as it stood when its issue ended (`office_as_it_stood/`) is lived by the package as it is now and by the package
at REVISION (the last one before the kinds for every concept, unless said), in processes that take turns on one core. Prints, for each
alternative, the median ratio of their speeds and its range: 1 is as fast as before, above 1 faster.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CASE = Path(__file__).resolve().parent / "office_as_it_stood"
BEFORE, TURNS, WORLDS = "002b266", 7, 300
MEASURE = """
import json, sys, time
from itilsim.case import load_case
from itilsim.case.lower import lower
from itilsim.engine.compiled import run_block
case, worlds = load_case(sys.argv[1]), int(sys.argv[2])
spent = {}
for name in case.alternatives:
    plan = lower(case, name)
    run_block(plan, 1, 0, 1)
    begun = time.thread_time()
    run_block(plan, 1, 0, worlds)
    spent[name] = (time.thread_time() - begun) / worlds
print(json.dumps(spent))
"""


def measured(package: Path) -> dict[str, float]:
    """Give the seconds of a lifetime of each alternative, lived by a package in a process of its own."""
    command = [sys.executable, "-c", MEASURE, str(CASE), str(WORLDS)]
    done = subprocess.run(command, env=os.environ | {"PYTHONPATH": str(package)}, cwd=package, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main(revision: str = BEFORE) -> None:
    """Print the ratios; exits with 1 where the speed of the whole fell under 0.9 of what it was."""
    with tempfile.TemporaryDirectory() as name:
        before = Path(name) / "before"
        subprocess.run(["git", "worktree", "add", "--quiet", "--detach", str(before), revision], cwd=ROOT, check=True)
        try:
            turns = [(measured(before), measured(ROOT)) for _ in range(TURNS + 1)][1:]
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(before)], cwd=ROOT, check=True)
    print(f"speed now over speed at {revision}, {WORLDS} worlds, {TURNS} pairs in turn, one core")
    for alternative in turns[0][0]:
        ratios = [then[alternative] / now[alternative] for then, now in turns]
        now = statistics.median(now[alternative] for _, now in turns)
        print(f"{alternative:22} {statistics.median(ratios):5.2f} ({min(ratios):.2f}-{max(ratios):.2f})  {now * 1e3:6.2f} ms a lifetime")
    whole = statistics.median(sum(then.values()) / sum(now.values()) for then, now in turns)
    print(f"{'all together':22} {whole:5.2f}")
    if whole < 0.9:
        raise SystemExit(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
