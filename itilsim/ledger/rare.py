"""Rare risks: how often each happened in a lifetime and what it cost, since quantiles of the whole hardly see them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from itilsim.ledger.entities import Cell
from itilsim.ledger.ledger import Ledger
from itilsim.ledger.value import Floats

PREFIX = "risk."
"""A counter named so counts the occurrences of the risk that follows; the risk is the source of its losses."""


def risks_of(counters: tuple[str, ...]) -> tuple[str, ...]:
    """Give the risks that counters count, in the order of their names."""
    return tuple(sorted(name.removeprefix(PREFIX) for name in counters if name.startswith(PREFIX)))


def occurrences_of(ledger: Ledger, risk: str) -> NDArray[np.int64]:
    """Give how often a risk happened in each world, shape (worlds,)."""
    return ledger.counts[:, ledger.books.counters.index(PREFIX + risk)]


def loss_of(values: Mapping[Cell, Floats], risk: str, worlds: int) -> Floats:
    """Give what an entity lost by a risk, in present value, net of indemnities, positive for a loss, shape (worlds,)."""
    posted = values.get(Cell(risk, "risk"))
    return np.zeros(worlds) if posted is None else 0.0 - posted
