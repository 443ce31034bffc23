"""The ranking again under other horizons and with the caps of heavy-tailed losses doubled."""

from __future__ import annotations

from dataclasses import dataclass

from itilsim.tables.net_value import read_net_values
from itilsim.tables.result import Alternative, Result
from itilsim.tables.spread import Estimate, mean, quantile

AS_STATED = "as stated"
"""The variant that is the case itself."""


@dataclass(frozen=True)
class Variant:
    """Net value of one alternative under one variant: mean with its error, and the median."""

    mean: Estimate
    typical: float


@dataclass(frozen=True)
class Variants:
    """The decision maker's net value under each variant; `cells` are (variants) by (alternatives), the case as it stands among them."""

    currency: str
    baseline: Alternative
    alternatives: tuple[Alternative, ...]
    names: tuple[str, ...]
    main: int
    """Which of `names` is the case as it stands."""
    replications: tuple[int, ...]
    cells: tuple[tuple[Variant, ...], ...]

    def ranking(self, variant: int) -> tuple[int, ...]:
        """Returns the alternatives' places in order of their means under a variant; -1 stands for the baseline, whose mean is nought."""
        means = [cell.mean.value for cell in self.cells[variant]] + [0.0]
        order = sorted(range(len(means)), key=lambda i: -means[i])
        return tuple(-1 if i == len(self.alternatives) else i for i in order)

    def unsure(self, variant: int) -> bool:
        """Says whether the first place under a variant is within two standard errors of the second."""
        first, second = self.ranking(variant)[:2]
        nought = Estimate(0.0, 0.0)
        a, b = (self.cells[variant][i].mean if i >= 0 else nought for i in (first, second))
        return bool(abs(a.value - b.value) <= 2 * (a.error**2 + b.error**2) ** 0.5)


def read_variants(result: Result) -> Variants:
    """Reads variants.parquet, shorter horizons first, then the case as it stands, longer horizons, and what is no horizon.

    Where the file does not hold the case as it stands, on the same futures as the variants, all stored futures stand for it.
    """
    columns = result.table("variants", ["variant", "alternative", "replications", "mean", "standard_error", "p50"]).to_pydict()
    found: dict[str, dict[str, Variant]] = {}
    counts: dict[str, int] = {}
    for i, variant in enumerate(columns["variant"]):
        estimate = Estimate(float(columns["mean"][i]), float(columns["standard_error"][i]))
        found.setdefault(variant, {})[columns["alternative"][i]] = Variant(estimate, float(columns["p50"][i]))
        counts[variant] = int(columns["replications"][i])
    if AS_STATED not in found:
        values = read_net_values(result)
        own = [Variant(mean(row), quantile(row, 0.5).value) for row in values.values]
        found[AS_STATED] = {a.name: cell for a, cell in zip(values.alternatives, own, strict=True)}
        counts[AS_STATED] = values.futures
    horizon = int(result.manifest["horizon_months"]) / 12
    whole = [name for name in found if all(a.name in found[name] for a in result.alternatives)]
    names = sorted(whole, key=lambda name: horizon if name == AS_STATED else horizon_of(name))
    rows = tuple(tuple(found[name][a.name] for a in result.alternatives) for name in names)
    return Variants(
        result.currency,
        result.baseline,
        result.alternatives,
        tuple(names),
        names.index(AS_STATED),
        tuple(counts[name] for name in names),
        rows,
    )


def horizon_of(name: str) -> float:
    """Returns the years that a variant's name ("horizon 3 years") speaks of, or infinity where it speaks of none."""
    return next((float(word) for word in name.split() if word.replace(".", "", 1).isdigit()), float("inf"))
