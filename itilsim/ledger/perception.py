"""Perceived value: the same ledger gives different value to different stakeholders."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from itilsim.ledger.entities import Entity
from itilsim.ledger.value import Floats, Postings
from itilsim.ledger.viewpoint import Viewpoint


class Perceiver:
    """Looks at one alternative's postings in one block of worlds; present values are kept for each rate."""

    def __init__(self, postings: Postings, known: Mapping[float, Floats]) -> None:
        self.postings = postings
        self._values = dict(known)

    def by_source(self, viewpoint: Viewpoint, entity: Entity) -> dict[str, Floats]:
        """Give what each source counts for, weighted and at the stakeholder's own rate, sources in the order of their names."""
        rate = viewpoint.discount_rate
        if rate not in self._values:
            self._values[rate] = self.postings.present_values(rate)
        values, accounts = self._values[rate], self.postings.books.accounts
        found: dict[str, Floats] = {}
        for at in entity.positions(accounts):
            weight = viewpoint.weight(accounts[at])
            if weight != 0.0:
                source = accounts[at].source
                found[source] = found.get(source, 0.0) + weight * values[at]
        return {source: found[source] for source in sorted(found)}


def contributions(alternative: Mapping[str, Floats], baseline: Mapping[str, Floats], worlds: int) -> dict[str, Floats]:
    """Give the difference that each source makes to a stakeholder, each of shape (worlds,)."""
    nought = np.zeros(worlds)
    return {
        source: alternative.get(source, nought) - baseline.get(source, nought) for source in sorted(alternative.keys() | baseline.keys())
    }


def perceived_value(viewpoint: Viewpoint, by_source: Mapping[str, Floats], worlds: int) -> Floats:
    """Add up a stakeholder's contributions; a total below nought is felt `loss_aversion` times. Shape (worlds,)."""
    total = np.zeros(worlds)
    for source in by_source:
        total = total + by_source[source]
    return np.where(total < 0.0, total * viewpoint.loss_aversion, total)
