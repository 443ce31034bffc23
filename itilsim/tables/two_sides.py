"""Both sides of a contract in the same future: the decision maker's net value and that of its main provider."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from itilsim.tables.components import COMPONENTS
from itilsim.tables.people import contracting
from itilsim.tables.result import Alternative, Floats, Result
from itilsim.tables.spread import Estimate, Share, clip, mean, share


@dataclass(frozen=True)
class Sides:
    """One alternative's futures from both sides: `buyer` and `provider` are net values, one a future, against the baseline."""

    alternative: Alternative
    title: str
    """What the provider is called."""
    buyer: Floats
    provider: Floats
    both: Share
    buyer_only: Share
    provider_only: Share
    neither: Share

    @property
    def means(self) -> tuple[Estimate, Estimate]:
        """The mean net value of the buyer and of the provider."""
        return mean(self.buyer), mean(self.provider)


@dataclass(frozen=True)
class TwoSides:
    """Every alternative with a second party; those without one are `alone`. Axes are cut at `across` (buyer) and `up` (provider)."""

    currency: str
    baseline: Alternative
    buyer: str
    places: tuple[int, ...]
    """The place of each row's alternative in the case's order."""
    rows: tuple[Sides, ...]
    alone: tuple[Alternative, ...]
    across: tuple[float, float]
    up: tuple[float, float]


@lru_cache(maxsize=4)
def read_two_sides(result: Result) -> TwoSides:
    """Reads the net value of the decision maker and of the main provider of every alternative that has one."""
    names = [name for name, _ in COMPONENTS]
    buyers = result.worlds("values", ["net_value"], where={"party": result.decision_maker})
    blocks = {
        str(entry["name"]): result.worlds("values", ["net_value", *names], where={"party": str(entry["name"])})
        for entry in result.manifest.get("parties", ())
    }
    found: list[tuple[int, Sides]] = []
    for place, alternative in enumerate(result.alternatives):
        others = [party for party in contracting(result, alternative) if party != result.decision_maker]
        moved = {party: blocks[party][alternative.name] for party in others if alternative.name in blocks.get(party, {})}
        turnover = {party: sum(float(block[name].sum()) for name in names) for party, block in moved.items()}
        if any(turnover.values()):
            main = max(turnover, key=turnover.__getitem__)
            title = result.title_of("parties", main)
            found.append((place, _sides(alternative, title, buyers[alternative.name]["net_value"], moved[main]["net_value"])))
    rows = tuple(sides for _, sides in found)
    across, up = ((clip(np.stack(each)) if rows else (-1.0, 1.0)) for each in ([r.buyer for r in rows], [r.provider for r in rows]))
    places = tuple(place for place, _ in found)
    alone = tuple(alternative for place, alternative in enumerate(result.alternatives) if place not in places)
    buyer = result.title_of("parties", result.decision_maker)
    return TwoSides(result.currency, result.baseline, buyer, places, rows, alone, across, up)


def _sides(alternative: Alternative, title: str, buyer: Floats, provider: Floats) -> Sides:
    ahead, earns = buyer > 0, provider > 0
    return Sides(
        alternative,
        title,
        buyer,
        provider,
        share(ahead & earns),
        share(ahead & ~earns),
        share(~ahead & earns),
        share(~ahead & ~earns),
    )
