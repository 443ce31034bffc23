"""The ranking again under other horizons and with the caps of heavy-tailed losses doubled, on the same seeds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from itilsim.study.statistics import Floats, probability_best, summary_of

WORLDS = 500
"""Worlds that a variant is simulated for at most."""
AS_STATED = "as stated"
"""The case itself on the same worlds, so that what differs is the variant."""


@dataclass(frozen=True)
class VariantRow:
    """The decision maker's net value of one alternative under one variant."""

    variant: str
    alternative: str
    replications: int
    mean: float
    standard_error: float
    p05: float
    p50: float
    p95: float
    probability_best: float
    """Share of worlds in which no other alternative, the baseline included, is worth more; ties share a world."""


def variant_rows(variant: str, values: Mapping[str, Floats], baseline: str) -> list[VariantRow]:
    """Summarise the net values of the alternatives under a variant."""
    worlds = len(next(iter(values.values())))
    best = probability_best({baseline: np.zeros(worlds), **values})
    rows = []
    for alternative, own in values.items():
        s = summary_of(own)
        rows.append(VariantRow(variant, alternative, worlds, s.mean, s.standard_error, s.p05, s.p50, s.p95, best[alternative]))
    return rows


def columns_of(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """Turn rows into columns for a table."""
    return {name: [row[name] for row in rows] for name in VariantRow.__dataclass_fields__}
