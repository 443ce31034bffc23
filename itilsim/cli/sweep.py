"""The verb `sweep`: many points of a case, stored one by one, and a table of the first of them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from itilsim.cli.compare import termination_interrupts
from itilsim.cli.exits import say
from itilsim.cli.options import AskedSweep
from itilsim.cli.progress import progress_for

SHOWN = 20
"""Points in the table."""


def sweep_study(path: Path, asked: AskedSweep) -> None:
    """Live what is not stored yet of a sweep and say where it lies."""
    from itilsim.study.engines import choose
    from itilsim.study.sweep.description import read_study
    from itilsim.study.sweep.folder import done_points, folder_of
    from itilsim.study.sweep.run import run_sweep
    from itilsim.study.sweep.stored import Sweep

    chosen = choose(asked.engine)
    study = read_study(path, engine=chosen.name, worlds=asked.replications, seed=asked.seed)
    before = done_points(asked.out / folder_of(study), len(study.design))
    with termination_interrupts():
        folder = run_sweep(study, asked.out, chosen, workers=asked.workers, progress=progress_for(quiet=asked.quiet))
    if before.all() and not asked.quiet:
        say(f"nothing to simulate: {folder} holds this sweep already")
    sweep = Sweep(folder)
    if asked.json:
        from itilsim.study.folder import strict_json

        sys.stdout.write(strict_json(_as_data(sweep), indent=None) + "\n")
    else:
        _print(sweep)
    sys.stdout.flush()


def _as_data(sweep: Any) -> dict[str, Any]:
    named = ("study", "case", "baseline", "decision_maker", "seed", "replications", "engine", "design", "points", "inputs", "tables")
    return {
        "schema": 1,
        **{name: sweep.manifest[name] for name in named},
        "alternatives": list(sweep.alternatives),
        "result": str(sweep.folder),
    }


def _print(sweep: Any) -> None:
    from itertools import islice

    from rich.console import Console
    from rich.table import Table

    from itilsim.study.statistics import mean_of, standard_error_of
    from itilsim.text.wording import plain, spelling

    others = [name for name in sweep.alternatives if name != sweep.baseline]
    units = {each["key"]: each["unit"] for each in sweep.manifest["inputs"]}
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("point", justify="right")
    for key in sweep.inputs:
        table.add_column(f"{key}\n{units[key]}".rstrip(), justify="right", overflow="fold")
    for name in others:
        table.add_column(f"{name}\nmean ± error", justify="right", overflow="fold")
    for point in islice(sweep, SHOWN):
        cells = [str(value) if isinstance(value, bool | str) else f"{value:g}" for value in point.inputs.values()]
        for name in others:
            values = point.net_value(name)
            middle, error = mean_of(values), standard_error_of(values)
            cells.append(plain(f"{spelling().amount(middle, error=error)} ± {spelling().amount(error)}"))
        table.add_row(str(point.number), *cells)
    manifest = sweep.manifest
    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else 160, highlight=False, emoji=False, markup=False)
    heading = f"net value to {sweep.decision_maker} in {manifest['currency']} against '{sweep.baseline}'"
    console.print(f"{manifest['title']}: {heading}, {sweep.replications:,} worlds at each point", soft_wrap=True)
    console.print(table)
    if len(sweep) > SHOWN:
        console.print(f"and {len(sweep) - SHOWN:,} points more")
    console.print(f"\nDataset: {sweep.folder}", soft_wrap=True)
