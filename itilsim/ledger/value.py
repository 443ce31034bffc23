"""Present values, and the six components of net value as differences from the baseline.

Everything here is worked out element by element over worlds, account after account and month after month in a fixed order, so a
world's numbers never depend on the worlds beside it: no sum over an axis, no BLAS. Amounts are handled as (accounts, months, worlds).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from itilsim.ledger.discount import month_factors
from itilsim.ledger.entities import Cell, Entity
from itilsim.ledger.ledger import Ledger
from itilsim.ledger.transfers import UnbalancedLedger
from itilsim.plan.accounts import Books

Floats = NDArray[np.float64]

COMPONENTS = (
    "outcomes_supported",
    "outcomes_affected",
    "costs_removed",
    "costs_imposed",
    "risks_removed",
    "risks_imposed",
)
"""The six components, magnitudes of at least nought; the first of each pair counts for, the second against."""
_RISE_AND_FALL = {
    "outcome": ("outcomes_supported", "outcomes_affected"),
    "cost": ("costs_removed", "costs_imposed"),
    "risk": ("risks_removed", "risks_imposed"),
}
TOLERANCE = 1e-9
"""How far the two ways to net value may be apart, as a share of the gross flow."""


@dataclass(frozen=True)
class Postings:
    """The amounts of a ledger laid out for valuation."""

    books: Books
    first: int
    amounts: Floats
    """Nominal amounts, shape (accounts, months + runoff, worlds)."""

    @property
    def worlds(self) -> int:
        """The number of worlds."""
        return int(self.amounts.shape[2])

    @property
    def months(self) -> int:
        """The number of months, run-off included."""
        return int(self.amounts.shape[1])

    def present_values(self, rate: float) -> Floats:
        """Discount each account to the start, shape (accounts, worlds)."""
        return _discounted(self.amounts, month_factors(rate, self.months))

    def monthly(self, positions: Iterable[int], *, cash_only: bool = False) -> Floats:
        """Add accounts up month by month, nominal, shape (months + runoff, worlds)."""
        total = np.zeros((self.months, self.worlds))
        for at in positions:
            if self.books.accounts[at].cash or not cash_only:
                total += self.amounts[at]
        return total


def postings_of(ledger: Ledger) -> Postings:
    """Lay the amounts of a ledger out account by account."""
    return Postings(ledger.books, ledger.first, np.ascontiguousarray(ledger.amounts.transpose(2, 1, 0)))


def _discounted(amounts: Floats, factors: Floats) -> Floats:
    total = np.zeros((amounts.shape[0], amounts.shape[2]))
    term = np.empty_like(total)
    for month, factor in enumerate(factors):
        np.multiply(amounts[:, month, :], factor, out=term)
        total += term
    return total


def discounted_total(monthly: Floats, rate: float) -> Floats:
    """Give the present value of monthly amounts of shape (months, worlds), shape (worlds,)."""
    total: Floats = _discounted(monthly[np.newaxis], month_factors(rate, len(monthly)))[0]
    return total


def add_up(values: Floats, positions: Iterable[int]) -> Floats:
    """Add chosen rows of (accounts, worlds) one after the other, shape (worlds,)."""
    total = np.zeros(values.shape[1])
    for at in positions:
        total += values[at]
    return total


@dataclass(frozen=True)
class Statement:
    """Present values of one entity under one alternative."""

    entity: Entity
    value: Mapping[Cell, Floats]
    """What was posted in each cell, cash and hours, signed, each of shape (worlds,)."""
    cash: Mapping[Cell, Floats]
    """What of it was cash."""
    direct: Floats
    """Present value of the month totals, the other way to the sum of all cells, shape (worlds,)."""
    gross: Floats
    """Present value of all amounts taken as positive, shape (worlds,)."""


@dataclass(frozen=True)
class NetValue:
    """The difference that an alternative makes to an entity, in present value, each of shape (worlds,)."""

    components: Mapping[str, Floats]
    net_value: Floats
    cash: Floats


class Valuer:
    """Values the postings of one alternative in one block of worlds, at the case's discount rate."""

    def __init__(self, postings: Postings, rate: float) -> None:
        self.postings = postings
        self.rate = rate
        self.values = postings.present_values(rate)
        self._sizes = _discounted(np.abs(postings.amounts), month_factors(rate, postings.months))

    def statement(self, entity: Entity) -> Statement:
        """Give the present values of an entity's cells."""
        return self.statements({entity.name: entity})[entity.name]

    def statements(self, parties: Mapping[str, Entity]) -> dict[str, Statement]:
        """Give the present values of each entity's cells, by the name under which it is listed."""
        accounts = self.postings.books.accounts
        positions = {name: entity.positions(accounts) for name, entity in parties.items()}
        monthly = np.array([self.postings.monthly(own) for own in positions.values()])
        direct = _discounted(monthly, month_factors(self.rate, self.postings.months))
        return {
            name: self._statement(entity, positions[name], total) for (name, entity), total in zip(parties.items(), direct, strict=True)
        }

    def _statement(self, entity: Entity, positions: tuple[int, ...], direct: Floats) -> Statement:
        accounts = self.postings.books.accounts
        cells = entity.cells(accounts)
        return Statement(
            entity,
            {cell: add_up(self.values, own) for cell, own in cells.items()},
            {cell: add_up(self.values, (at for at in own if accounts[at].cash)) for cell, own in cells.items()},
            direct,
            add_up(self._sizes, positions),
        )


def net_value_of(alternative: Statement, baseline: Statement, *, first: int = 0) -> NetValue:
    """Measure an alternative against the baseline in the same worlds.

    For each cell the difference counts by its sign: an outcome that rose is supported, one that fell affected; a cost or risk, posted
    as a negative amount, that came nearer to nought is removed, one that grew is imposed. Raises `UnbalancedLedger` where their sum is
    further than 1e-9 of the gross flow from the difference of the two present values.
    """
    nought = np.zeros_like(alternative.direct)
    components = {name: np.zeros_like(nought) for name in COMPONENTS}
    cash = np.zeros_like(nought)
    for cell in sorted(alternative.value.keys() | baseline.value.keys()):
        difference = alternative.value.get(cell, nought) - baseline.value.get(cell, nought)
        rise, fall = _RISE_AND_FALL[cell.component]
        components[rise] += np.where(difference > 0.0, difference, 0.0)
        components[fall] += np.where(difference < 0.0, -difference, 0.0)
        cash += alternative.cash.get(cell, nought) - baseline.cash.get(cell, nought)
    net_value = recombined(components)
    direct = alternative.direct - baseline.direct
    apart = np.abs(net_value - direct)
    allowed = TOLERANCE * (alternative.gross + baseline.gross)
    if (apart > allowed).any():
        world = int(np.argmax(apart - allowed))
        raise UnbalancedLedger(
            f"in world {first + world} the six components of '{alternative.entity.name}' sum to {float(net_value[world])!r}, "
            f"but the present values differ by {float(direct[world])!r}"
        )
    return NetValue(components, net_value, cash)


def recombined(components: Mapping[str, Floats]) -> Floats:
    """Give net value from the six components, in the order of the definition.

    `outcomes supported - outcomes affected + costs removed - costs imposed + risks removed - risks imposed`.
    """
    gained, lost = COMPONENTS[0::2], COMPONENTS[1::2]
    net = np.zeros_like(components[COMPONENTS[0]])
    for gain, loss in zip(gained, lost, strict=True):
        net = net + components[gain] - components[loss]
    return net
