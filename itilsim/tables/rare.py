"""Risks one by one: how often each happens in a lifetime and what it takes from the decision maker when it does."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from itilsim.tables.result import Alternative, Floats, Result
from itilsim.tables.spread import Estimate, Share, mean, quantile, share, surely_most

ENOUGH = 100
"""With fewer lifetimes hit than this the largest loss is shown in place of a 99th percentile, which they cannot carry."""
RARE = 0.5
"""A risk that happens in more than this share of lifetimes under some alternative is not called rare."""


@dataclass(frozen=True)
class RareRisk:
    """One risk under one alternative. Losses are present values borne by the decision maker, of the lifetimes in which it happened."""

    risk: str
    alternative: Alternative
    happens: Share
    """In how many lifetimes it happens at least once."""
    per_lifetime: float
    typical: Estimate
    capped: Estimate
    """The loss exceeded in 1 of 100 such lifetimes, or the largest seen where fewer than 100 were hit."""
    is_largest: bool
    expected: Estimate
    """Mean loss over all lifetimes."""
    most: bool = False
    """Whether that is surely more than under any other choice."""


@dataclass(frozen=True)
class RareRisks:
    """A line for each risk and alternative, the baseline's too; rare risks first, then in order of their largest capped loss."""

    currency: str
    rows: tuple[RareRisk, ...]


def read_rare_risks(result: Result) -> RareRisks:
    """Reads risks from rare.parquet; a risk that an alternative does not have has no line."""
    table = result.table("rare", ["risk"])
    rows: list[RareRisk] = []
    for risk in sorted({str(name) for name in table["risk"].unique().to_pylist()}):
        worlds = result.worlds("rare", ["occurrences", "loss"], where={"risk": risk})
        title = result.source_title(next(iter(worlds)), risk)
        for alternative in (*result.alternatives, result.baseline):
            if alternative.name in worlds:
                block = worlds[alternative.name]
                if block["occurrences"].any() or block["loss"].any():
                    line = _line(title, alternative, block["occurrences"], block["loss"])
                    others = [other["loss"] for name, other in worlds.items() if name != alternative.name]
                    rows.append(replace(line, most=surely_most(block["loss"], others)))
    return RareRisks(result.currency, tuple(sorted(rows, key=lambda row: _order(row.risk, rows))))


def _order(risk: str, rows: list[RareRisk]) -> tuple[bool, float, str]:
    own = [row for row in rows if row.risk == risk]
    return any(row.happens.value > RARE for row in own), -max(row.capped.value for row in own if row.happens.count), risk


def _happened(occurrences: Floats, loss: Floats) -> NDArray[np.bool_]:
    """Says in which lifetimes a risk happened: counters end at the horizon, but a loss may be discovered in the run-off."""
    happened: NDArray[np.bool_] = (occurrences > 0) | (loss != 0)
    return happened


def _line(risk: str, alternative: Alternative, occurrences: Floats, loss: Floats) -> RareRisk:
    happened = _happened(occurrences, loss)
    hit = np.sort(loss[happened])
    few = hit.size < ENOUGH
    worst = Estimate(float(hit[-1]), 0.0) if few and hit.size else quantile(hit, 0.99, ordered=True)
    return RareRisk(
        risk,
        alternative,
        share(happened),
        float(occurrences.mean()),
        quantile(hit, 0.5, ordered=True),
        worst,
        few,
        mean(loss),
    )
