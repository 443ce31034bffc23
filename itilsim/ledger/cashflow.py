"""Cash over time: budget years, peak funding, payback, and the running value of a decision."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from itilsim.ledger.discount import MONTHS_A_YEAR, month_factors
from itilsim.ledger.value import Floats, Postings


@dataclass(frozen=True)
class Budget:
    """Nominal cash of an entity by year, signed, not measured against anything, each of shape (years, worlds)."""

    one_off: Floats
    running: Floats


def years_of(months: int) -> int:
    """Give the number of budget years that months fall in, a begun one counted."""
    return -(-months // MONTHS_A_YEAR)


def budget_of(postings: Postings, positions: tuple[int, ...]) -> Budget:
    """Divide an entity's nominal cash by budget year into one-off and running; the run-off's years come last."""
    accounts = postings.books.accounts
    one_off = postings.monthly((at for at in positions if accounts[at].one_off), cash_only=True)
    running = postings.monthly((at for at in positions if not accounts[at].one_off), cash_only=True)
    return Budget(_by_year(one_off), _by_year(running))


def _by_year(monthly: Floats) -> Floats:
    years = np.zeros((years_of(len(monthly)), monthly.shape[1]))
    for month, amounts in enumerate(monthly):
        years[month // MONTHS_A_YEAR] += amounts
    return years


@dataclass(frozen=True)
class Course:
    """How a decision's difference from the baseline builds up."""

    value: Floats
    """Cumulative present value of cash and hours up to each month of the horizon, shape (months, worlds); the last includes the run-off."""
    cash: Floats
    """The same of cash alone."""
    peak_funding: Floats
    """Largest cumulative nominal cash shortfall in any month, run-off included, at least nought, shape (worlds,)."""


def course_of(monthly: Floats, monthly_cash: Floats, *, rate: float, months: int) -> Course:
    """Follow monthly nominal differences from the baseline, both of shape (months + runoff, worlds), through the horizon."""
    factors = month_factors(rate, len(monthly))
    return Course(
        _cumulative(monthly, factors, months),
        _cumulative(monthly_cash, factors, months),
        _peak_funding(monthly_cash),
    )


def _cumulative(monthly: Floats, factors: Floats, months: int) -> Floats:
    path = np.zeros((months, monthly.shape[1]))
    total = np.zeros(monthly.shape[1])
    for month, amounts in enumerate(monthly):
        total = total + amounts * factors[month]
        path[min(month, months - 1)] = total
    return path


def _peak_funding(monthly_cash: Floats) -> Floats:
    peak = np.zeros(monthly_cash.shape[1])
    total = np.zeros(monthly_cash.shape[1])
    for amounts in monthly_cash:
        total = total + amounts
        peak = np.maximum(peak, -total)
    return peak


def payback_month(path: Floats) -> NDArray[np.float64]:
    """Give the first month, from 1, from which a cumulative path of shape (months, worlds) stays at or above nought to its end.

    Not a number where the path ends below nought. Shape (worlds,).
    """
    below = path < 0.0
    last_below = np.where(below.any(axis=0), len(path) - np.argmax(below[::-1], axis=0), 0)
    return np.where(below[-1], np.nan, last_below + 1.0)
