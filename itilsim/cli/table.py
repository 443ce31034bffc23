"""The table of `run` and `compare`: a row an alternative."""

from __future__ import annotations

import sys

from itilsim.figures.wording import Amount, Catalogue, Percent
from itilsim.pages.catalogue import open_catalogue
from itilsim.study.chances import chance_best
from itilsim.study.study import Study
from itilsim.tables.spread import Share, mean, quantile, share
from itilsim.text.wording import plain

PLAIN_WIDTH = 160
COLUMNS = ("mean", "± error", "median", "1 in 10\nis below", "worth\nless", "best\nof all", "mean\nin cash")


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
    catalogue = open_catalogue("en", study.manifest["currency"])
    rows = []
    for name in study.alternatives:
        often = _cell(Percent(Share(best[name] * study.replications, study.replications)), catalogue)
        if name == study.baseline:
            rows.append([f"{name} (baseline)", "0", "", "0", "0", "", often, "0"])
            continue
        values = study.net_value(name)
        middle = mean(values)
        fields = (
            Amount.cell(middle),
            Amount(middle.error, bare=True),
            Amount.cell(quantile(values, 0.5)),
            Amount.cell(quantile(values, 0.1)),
            Percent(share(values < 0.0)),
        )
        cash = Amount.cell(mean(study.value_of("cash", name)))
        rows.append([name, *(_cell(field, catalogue) for field in fields), often, _cell(cash, catalogue)])
    return rows


def _cell(field: Amount | Percent, catalogue: Catalogue) -> str:
    """Word a figure as the page's tables do; the currency stands in the heading."""
    return plain(catalogue.word(field))
