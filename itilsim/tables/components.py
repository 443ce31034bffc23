"""The six components that the decision maker's net value is made of, and the sources that move it most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from itilsim.tables.result import Alternative, Result, codes
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
    """What one alternative's net value is made of. `sources` are (title, difference from the baseline), largest size first."""

    alternative: Alternative
    parts: tuple[Part, ...]
    net: Part
    sources: tuple[tuple[str, Estimate], ...]


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


def _sources(result: Result, futures: int) -> dict[str, tuple[tuple[str, Estimate], ...]]:
    """Estimates what each source adds to the decision maker's present value, less what it adds under the baseline in the same future."""
    table = result.table("sources", ["alternative", "replication", "source", "value"], where={"party": result.decision_maker})
    (own, alternatives), (posted, sources) = codes(table["alternative"]), codes(table["source"])
    worlds, values = np.unique(table["replication"].to_numpy(), return_inverse=True)[1], table["value"].to_numpy()
    amounts = {}
    for code, alternative in enumerate(alternatives):
        rows = own == code
        sums = np.bincount(posted[rows] * futures + worlds[rows], weights=values[rows], minlength=len(sources) * futures)
        amounts[alternative] = sums.reshape(len(sources), futures)
    today = amounts.get(result.baseline.name, np.zeros((len(sources), futures)))
    found = {}
    for alternative, added in amounts.items():
        gaps = sorted(((source, mean(gap)) for source, gap in zip(sources, added - today, strict=True)), key=lambda each: each[0])
        ranked = sorted(gaps, key=lambda each: -abs(each[1].value))
        found[alternative] = tuple((result.source_title(alternative, source), gap) for source, gap in ranked if gap.value != 0.0)
    return found
