"""Kill a sweep at random and resume it: `python tests/benchmarks/killed_sweep.py [POINTS] [WORLDS] [KILLS]`, 200, 1,000 and 20 unless said.

Two inputs of the shipped case lie on a Latin hypercube. The sweep is run once undisturbed, and once in another folder where SIGKILL ends
it at KILLS random instants and the same command goes on; both folders have to hold the same bytes. Prints the instants, the wall times,
and the peak memory of the processes, beside that of a sweep of a tenth of the points: it does not grow with their number.
"""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STUDY = """
case = "{case}"
alternatives = ["outsourced"]
worlds = {worlds}
design = "latin-hypercube"
points = {points}
[vary."outsourced:prices.service.amount"]
low = 120
high = 600
unit = "k CNY / year"
[vary."outsourced:prices.build.rate"]
low = 100
high = 400
unit = "CNY / h"
"""


def start(study: Path, out: Path) -> subprocess.Popen[bytes]:
    """Start a sweep."""
    command = [sys.executable, "-m", "itilsim", "sweep", str(study), "--out", str(out), "--quiet"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, env=os.environ | {"PYTHONPATH": str(ROOT)})


def whole(study: Path, out: Path) -> tuple[float, float]:
    """Run a sweep to its end; give wall seconds and the peak of its memory in MB."""
    begun = time.monotonic()
    process = start(study, out)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"the sweep ended with {os.waitstatus_to_exitcode(status)}")
    return time.monotonic() - begun, used.ru_maxrss / 1024


def digests(out: Path) -> dict[str, str]:
    """Give the hash of every file."""
    files = (path for path in sorted(out.rglob("*")) if path.is_file())
    return {str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def stored(out: Path) -> int:
    """Count the points that are stored."""
    return sum(1 for _ in out.glob("*/values/point-*.parquet"))


def kill_at_random(study: Path, out: Path, *, points: int, kills: int, idle: float, point: float) -> None:
    """Start the sweep so many times and kill it at random: from early in its `idle` start to twice its share of what is left beyond that.

    A point takes about `point` seconds; what is left is counted before each start, so that no kill comes after the end.
    """
    dice = random.Random(1)
    for number in range(kills):
        apart = point * (points - stored(out)) / (kills - number + 1)
        process = start(study, out)
        wait = dice.uniform(0.3 * idle, idle + 2.0 * apart)
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        ended = "killed" if process.wait() == -signal.SIGKILL else "was over before it was killed"
        print(f"{number + 1:3}. {ended} after {wait:6.2f} s; {stored(out):4} points stored", flush=True)


def main() -> None:
    """Print what came of it; exits with 1 where a byte differs."""
    points, worlds, kills = (int(each) for each in [*sys.argv[1:], *("200", "1000", "20")[len(sys.argv) - 1 :]])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        study, few = folder / "study.toml", folder / "few.toml"
        case = ROOT / "scenarios" / "office-automation"
        study.write_text(STUDY.format(case=case, worlds=worlds, points=points))
        few.write_text(STUDY.format(case=case, worlds=worlds, points=max(1, points // 10)))
        start(few, folder / "warm").wait()  # compiles the engine, so that no peak below is the compiler's
        wall, peak = whole(few, folder / "few")
        idle, _ = whole(few, folder / "few")
        print(f"{max(1, points // 10)} points x {worlds} worlds: {wall:.1f} s, peak {peak:.0f} MB")
        wall, peak = whole(study, folder / "undisturbed")
        print(f"{points} points x {worlds} worlds, undisturbed: {wall:.1f} s, peak {peak:.0f} MB", flush=True)
        kill_at_random(study, folder / "killed", points=points, kills=kills, idle=idle, point=max(0.0, wall - idle) / points)
        wall, peak = whole(study, folder / "killed")
        print(f"resumed to the end: {wall:.1f} s, peak {peak:.0f} MB")
        one, other = digests(folder / "undisturbed"), digests(folder / "killed")
        print(f"{len(one)} files, {stored(folder / 'killed')} points: {'the same bytes' if one == other else 'DIFFERENT'}")
        raise SystemExit(one != other)


if __name__ == "__main__":
    main()
