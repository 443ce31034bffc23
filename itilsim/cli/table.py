"""The table of `run` and `compare`: a row an alternative."""

from __future__ import annotations

import sys

import numpy as np

from itilsim.study.chances import chance_best
from itilsim.study.statistics import mean_of, standard_error_of
from itilsim.study.study import Study
from itilsim.study.wording import ABOUT_NOUGHT, amount

PLAIN_WIDTH = 160
COLUMNS = ("mean", "± error", "median", "1 in 10\nis below", "worth\nless", "best\nof all", "mean\nin cash")
MEDIAN, TENTH = 1.25, 1.71
"""Errors of the median and of the tenth percentile in errors of the mean, for a normal distribution."""


def print_table(study: Study) -> None:
    """Print the decision maker's net value of each alternative, plain where stdout is not a terminal."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    is_terminal = sys.stdout.isatty()
    table = Table(
        box=box.SIMPLE_HEAD if is_terminal else None,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1 if is_terminal else 2, 0, 0),
    )
    table.add_column("alternative", no_wrap=True)
    for column in COLUMNS:
        table.add_column(column, justify="right", no_wrap=True)
    for row in _rows(study):
        table.add_row(*row)
    console = Console(file=sys.stdout, width=None if is_terminal else PLAIN_WIDTH, highlight=False, emoji=False, markup=False)
    console.print(_heading(study), style="bold" if is_terminal else "", soft_wrap=True)
    console.print(table)


def _heading(study: Study) -> str:
    manifest = study.manifest
    return (
        f"{manifest['title']}: net value in {manifest['currency']} against '{study.baseline}', {study.replications:,} worlds, "
        f"{manifest['horizon_months'] / 12:g} years"
    )


def _rows(study: Study) -> list[list[str]]:
    best = chance_best(study)
    rows = []
    for name in study.alternatives:
        if name == study.baseline:
            rows.append([f"{name} (baseline)", "0", "", "0", "0", "", f"{best[name]:.0%}", "0"])
            continue
        s = study.summary(name)
        cash = study.value_of("cash", name)
        rows.append(
            [
                name,
                _cell(s.mean, s.standard_error),
                _cell(s.standard_error, None),
                _cell(s.p50, MEDIAN * s.standard_error),
                _cell(s.p10, TENTH * s.standard_error),
                f"{float(np.mean(study.net_value(name) < 0.0)):.0%}",
                f"{best[name]:.0%}",
                _cell(mean_of(cash), standard_error_of(cash)),
            ]
        )
    return rows


def _cell(value: float, error: float | None) -> str:
    """Word an amount no finer than its error; the currency stands in the title."""
    text = amount(value, "", error=error).strip()
    return "~0" if text == ABOUT_NOUGHT else text
