"""The six components that the decision maker's net value is made of, and the sources that move it most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from itilsim.tables.result import Alternative, Floats, Result, codes
from itilsim.tables.spread import Estimate, mean, quantile, surely_most

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
    most: bool = False
    """Whether its mean is surely above that of each other component of its sign."""


@dataclass(frozen=True)
class Source:
    """What one source adds on average more than under the baseline; `most`: surely more, or surely less, than each other source."""

    title: str
    mean: Estimate
    most: bool


@dataclass(frozen=True)
class Make:
    """What one alternative's net value is made of. `sources` stand in order of their size."""

    alternative: Alternative
    parts: tuple[Part, ...]
    net: Part
    sources: tuple[Source, ...]


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
            Part(
                name,
                sign,
                mean(block[name]),
                quantile(block[name], 0.1),
                quantile(block[name], 0.9),
                surely_most(block[name], [block[other] for other, side in COMPONENTS if side == sign and other != name]),
            )
            for name, sign in COMPONENTS
        )
        net = block["net_value"]
        total = Part("net_value", 1, mean(net), quantile(net, 0.1), quantile(net, 0.9))
        rows.append(Make(alternative, parts, total, sources.get(alternative.name, ())))
    return Components(result.currency, result.baseline, tuple(rows))


def _sources(result: Result, futures: int) -> dict[str, tuple[Source, ...]]:
    """Estimates what each source adds to the decision maker's present value, less what it adds under the baseline in the same future."""
    table = result.table("sources", ["alternative", "replication", "source", "value"], where={"party": result.decision_maker})
    (own, alternatives), (posted, sources) = codes(table["alternative"]), codes(table["source"])
    worlds, values = np.unique(table["replication"].to_numpy(), return_inverse=True)[1], table["value"].to_numpy()
    amounts = {}
    for code, alternative in enumerate(alternatives):
        rows = own == code
        sums = np.bincount(posted[rows] * futures + worlds[rows], weights=values[rows], minlength=len(sources) * futures)
        amounts[alternative] = sums.reshape(len(sources), futures)
    none = np.zeros((len(sources), futures))  # a party may have no source at all under an alternative
    today = amounts.get(result.baseline.name, none)
    found = {}
    for alternative in (each.name for each in result.alternatives):
        added = amounts.get(alternative, none)
        gaps = dict(sorted(zip(sources, added - today, strict=True)))
        means = {source: mean(gap) for source, gap in gaps.items()}
        ranked = sorted(means, key=lambda source: -abs(means[source].value))
        most = _surely(gaps, means)
        found[alternative] = tuple(
            Source(result.source_title(alternative, source), means[source], source in most) for source in ranked if means[source].value
        )
    return found


def _surely(gaps: Mapping[str, Floats], means: Mapping[str, Estimate]) -> set[str]:
    """Names the source that surely adds the most and the one that surely takes the most, where there are such."""
    found = set()
    for side in (1.0, -1.0) if means else ():
        first = max(means, key=lambda source: side * means[source].value)
        if surely_most(side * gaps[first], [side * gap for source, gap in gaps.items() if source != first]):
            found.add(first)
    return found
