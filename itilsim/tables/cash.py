"""Cash of the decision maker: by budget year, the largest sum to be advanced, and when it is back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from itilsim.tables.net_value import read_net_values
from itilsim.tables.over_time import Payback, read_paybacks
from itilsim.tables.result import Alternative, Floats, Result
from itilsim.tables.spread import Estimate, Share, mean, quantile, share


@dataclass(frozen=True)
class Beside:
    """One alternative's value with hours beside its value in cash alone, present values against the baseline."""

    alternative: Alternative
    hours: Estimate
    cash: Estimate
    typical: Estimate
    bad: Estimate
    """In cash, undercut in 1 of 10 futures."""
    below: Share
    """How often it is worth less than the baseline in cash."""


@dataclass(frozen=True)
class CashBeside:
    """Value with hours beside value in cash of every alternative."""

    baseline: Alternative
    rows: tuple[Beside, ...]


@dataclass(frozen=True)
class Year:
    """What is spent in one budget year, nominal, positive when money leaves.

    `kind` tells one year from what is spent after the horizon and from all years together; `year` is the last one of them.
    """

    kind: Literal["year", "after", "all"]
    year: int
    one_off_typical: Estimate
    one_off_high: Estimate
    """Exceeded in 1 of 10 futures."""
    running_typical: Estimate
    running_high: Estimate


@dataclass(frozen=True)
class Budget:
    """Spending of one alternative, or of the baseline, year by year and in all; not a difference from the baseline."""

    alternative: Alternative
    years: tuple[Year, ...]


@dataclass(frozen=True)
class Budgets:
    """Spending by budget year of every alternative, the baseline last."""

    currency: str
    rows: tuple[Budget, ...]


@dataclass(frozen=True)
class Funding:
    """What has to be advanced for one alternative and when it is back; amounts are nominal, against the baseline."""

    alternative: Alternative
    peak_typical: Estimate
    peak_high: Estimate
    """Exceeded in 1 of 10 futures."""
    with_hours: Payback
    in_cash: Payback


@dataclass(frozen=True)
class Fundings:
    """Peak funding and payback of every alternative."""

    currency: str
    baseline: Alternative
    rows: tuple[Funding, ...]


def read_cash_beside(result: Result) -> CashBeside:
    """Reads value with hours and in cash from values.parquet."""
    values = read_net_values(result)
    rows = tuple(
        Beside(alternative, mean(hours), mean(cash), quantile(cash, 0.5), quantile(cash, 0.1), share(cash < 0))
        for alternative, hours, cash in zip(values.alternatives, values.values, values.cash, strict=True)
    )
    return CashBeside(values.baseline, rows)


def read_budgets(result: Result) -> Budgets:
    """Reads spending by budget year from budget.parquet, whose amounts are signed postings: spending is their negative."""
    worlds = result.worlds("budget", ["one_off", "running"], step="year")
    horizon = -(-int(result.manifest["horizon_months"]) // 12)
    rows = []
    for alternative in (*result.alternatives, result.baseline):
        if alternative.name not in worlds:
            continue
        one_off, running = -worlds[alternative.name]["one_off"], -worlds[alternative.name]["running"]
        years = [_year("year", i + 1, one_off[:, i], running[:, i]) for i in range(min(horizon, one_off.shape[1]))]
        late = one_off[:, horizon:].sum(axis=1), running[:, horizon:].sum(axis=1)
        after = _year("after", horizon, *late)
        if any(each.value for each in (after.one_off_typical, after.one_off_high, after.running_typical, after.running_high)):
            years.append(after)
        rows.append(Budget(alternative, (*years, _year("all", horizon, one_off.sum(axis=1), running.sum(axis=1)))))
    return Budgets(result.currency, tuple(rows))


def _year(kind: Literal["year", "after", "all"], year: int, one_off: Floats, running: Floats) -> Year:
    one_off, running = np.sort(one_off) + 0.0, np.sort(running) + 0.0
    return Year(
        kind,
        year,
        quantile(one_off, 0.5, ordered=True),
        quantile(one_off, 0.9, ordered=True),
        quantile(running, 0.5, ordered=True),
        quantile(running, 0.9, ordered=True),
    )


def read_fundings(result: Result) -> Fundings:
    """Reads peak funding and both paybacks from funding.parquet."""
    worlds = result.worlds("funding", ["peak_funding"])
    hours, cash = read_paybacks(result, "payback_month"), read_paybacks(result, "payback_cash_month")
    rows = []
    for alternative in result.alternatives:
        if alternative.name in worlds:
            peak = np.sort(worlds[alternative.name]["peak_funding"])
            rows.append(
                Funding(
                    alternative,
                    quantile(peak, 0.5, ordered=True),
                    quantile(peak, 0.9, ordered=True),
                    hours[alternative.name],
                    cash[alternative.name],
                )
            )
    return Fundings(result.currency, result.baseline, tuple(rows))
