"""The six components that the decision maker's net value is made of, and the sources that move it most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from itilsim.tables.result import Alternative, Result, codes, readable
from itilsim.tables.spread import Estimate, mean, quantile

COMPONENTS = (
    ("outcomes_supported", 1),
    ("outcomes_affected", -1),
    ("costs_removed", 1),
    ("costs_imposed", -1),
    ("risks_removed", 1),
    ("risks_imposed", -1),
)
"""The components by their stored names, each with its sign in net value."""


@dataclass(frozen=True)
class Part:
    """One component of one alternative: a magnitude >= 0 with its 1-in-10 low and high, and its sign in net value."""

    component: str
    sign: int
    mean: Estimate
    low: Estimate
    high: Estimate


@dataclass(frozen=True)
class Make:
    """What one alternative's net value is made of. `sources` are (title, mean difference from the baseline), largest size first."""

    alternative: Alternative
    parts: tuple[Part, ...]
    net: Part
    sources: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Components:
    """The six components of every alternative, present value, differences from the baseline."""

    currency: str
    baseline: Alternative
    rows: tuple[Make, ...]


def read_components(result: Result) -> Components:
    """Reads the six components and, where sources are stored, what each source adds on average."""
    names = [name for name, _ in COMPONENTS]
    worlds = result.worlds("values", [*names, "net_value"], where={"party": result.decision_maker})
    count = len(next(iter(worlds.values())))
    sources = _sources(result, count) if result.has("sources") else {}
    rows = []
    for alternative in result.alternatives:
        block = worlds[alternative.name]
        parts = tuple(
            Part(name, sign, mean(block[name]), quantile(block[name], 0.1), quantile(block[name], 0.9)) for name, sign in COMPONENTS
        )
        net = block["net_value"]
        total = Part("net_value", 1, mean(net), quantile(net, 0.1), quantile(net, 0.9))
        rows.append(Make(alternative, parts, total, sources.get(alternative.name, ())))
    return Components(result.currency, result.baseline, tuple(rows))


def _sources(result: Result, futures: int) -> dict[str, tuple[tuple[str, float], ...]]:
    """Averages each source's present value over the futures, less the baseline's; means are additive, so no lining up is needed."""
    table = result.table("sources", ["alternative", "source", "value"], where={"party": result.decision_maker})
    (alternative_codes, alternatives), (source_codes, sources) = codes(table["alternative"]), codes(table["source"])
    sums = np.bincount(
        alternative_codes * len(sources) + source_codes, weights=table["value"].to_numpy(), minlength=len(alternatives) * len(sources)
    )
    averages = sums.reshape(len(alternatives), len(sources)) / futures
    means = {alternative: dict(zip(sources, row.tolist(), strict=True)) for alternative, row in zip(alternatives, averages, strict=True)}
    today = means.get(result.baseline.name, {})
    found = {}
    for alternative, amounts in means.items():
        gaps = {source: amounts.get(source, 0.0) - today.get(source, 0.0) for source in sorted({*amounts, *today})}
        ranked = sorted(gaps.items(), key=lambda item: -abs(item[1]))
        found[alternative] = tuple((readable(source), gap) for source, gap in ranked if gap != 0.0)
    return found
