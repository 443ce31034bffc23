"""Chances of a whole study: who is best, whether all gain, whether relationships end early, when money comes back."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from itilsim.ledger.ledger import ENDINGS
from itilsim.study.statistics import Floats, mean_of, probability_best
from itilsim.study.study import Study

EARLY = (ENDINGS[2], ENDINGS[3])
"""Endings that count as early."""


def chance_best(study: Study) -> dict[str, float]:
    """Give the share of worlds in which each alternative, the baseline included, is worth most to the decision maker."""
    return probability_best({name: study.net_value(name) for name in study.alternatives})


def chance_all_gain(study: Study, alternative: str) -> float:
    """Give the share of worlds in which every contracting party's net value is positive and no third party with a stated tolerance
    loses more than that."""
    contracting = next(each["contracting"] for each in study.manifest["alternatives"] if each["name"] == alternative)
    gain = np.ones(study.replications, dtype=bool)
    for party in study.manifest["parties"]:
        if party["name"] in contracting:
            gain &= study.net_value(alternative, party=party["name"]) > 0.0
        elif party.get("tolerance") is not None:
            gain &= study.net_value(alternative, party=party["name"]) >= -party["tolerance"]
    return float(np.count_nonzero(gain)) / study.replications


def chance_ended_early(study: Study, alternative: str) -> float:
    """Give the share of worlds in which any relationship ended early or its provider left."""
    lifetimes = study.table("lifetimes")[alternative]
    early = np.zeros(study.replications, dtype=bool)
    for name, column in lifetimes.columns.items():
        if name.startswith("ending."):
            early |= np.isin(column[:, 0], EARLY)
    return float(np.count_nonzero(early)) / study.replications


@dataclass(frozen=True)
class Payback:
    """How often and when an alternative has paid back in cash, against the baseline."""

    share: float
    median_month: float | None
    """Median over all worlds, never counting as later than any month; None where fewer than half pay back."""


def payback_of(study: Study, alternative: str) -> Payback:
    """Give the payback in cash."""
    months: Floats = study.table("funding")[alternative]["payback_cash_month"][:, 0]
    paid = ~np.isnan(months)
    share = float(np.count_nonzero(paid)) / len(months)
    ordered = np.sort(np.where(paid, months, math.inf))
    middle = float(ordered[(len(ordered) - 1) // 2])
    return Payback(share, middle if share >= 0.5 and math.isfinite(middle) else None)


def peak_funding_of(study: Study, alternative: str) -> tuple[float, float]:
    """Give the 50th and 90th percentile of peak funding, nominal."""
    peak = study.table("funding")[alternative]["peak_funding"][:, 0]
    p50, p90 = (float(q) for q in np.quantile(peak, (0.5, 0.9)))
    return p50, p90


def mean_budget(study: Study, alternative: str) -> list[dict[str, Any]]:
    """Give the decision maker's mean nominal cash by year, one-off and running, signed, not measured against the baseline."""
    budget = study.table("budget")[alternative]
    return [
        {
            "year": year,
            "one_off": mean_of(budget["one_off"][:, at]),
            "running": mean_of(budget["running"][:, at]),
        }
        for at, year in enumerate(budget.labels["year"])
    ]
