"""Measure start-up as whole processes: `python tests/benchmarks/startup.py`.

`--help` and `check` shall take under 0.4 s, a warm first answer (2,000 worlds of one alternative) under 3 s of process time, a cold one
(nothing cached: the engine is compiled) under 30 s. Python's own bytecode lies in a folder of this measurement and is written before,
as installing does.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CASE = Path(__file__).resolve().parents[2] / "scenarios" / "office-automation"


def run(*arguments: str, bytecode: str, cache: str | None = None) -> tuple[float, float]:
    """Run the command line once; give (wall seconds, processor seconds)."""
    environment = os.environ | {"PYTHONPYCACHEPREFIX": bytecode} | ({"ITILSIM_CACHE": cache} if cache else {})
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-m", "itilsim", *arguments], check=True, capture_output=True, env=environment)
    wall = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print the medians."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as bytecode:
        one = ("run", str(CASE / "saas.toml"), "-n", "2000", "--out", folder, "--quiet")
        for title, arguments, times in (("--help", ("--help",), 9), ("check", ("check", str(CASE)), 9)):
            run(*arguments, bytecode=bytecode)
            walls = [run(*arguments, bytecode=bytecode)[0] for _ in range(times)]
            print(f"{title:28} {statistics.median(walls):6.2f} s (from {min(walls):.2f} to {max(walls):.2f} s)")
        with tempfile.TemporaryDirectory() as cache:
            cold = run(*one, bytecode=bytecode, cache=cache)
            print(f"{'first answer, cold':28} {cold[0]:6.2f} s ({cold[1]:.2f} s of processor)")
            for file in Path(folder).iterdir():
                file.rename(Path(folder) / f"cold-{file.name}")
            warm = run(*one, "--seed", "2", bytecode=bytecode, cache=cache)
            print(f"{'first answer, warm':28} {warm[0]:6.2f} s ({warm[1]:.2f} s of processor)")


if __name__ == "__main__":
    main()
