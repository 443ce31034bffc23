"""Accounts say to whom, for what and against whom an amount is posted; the books hold all that names a ledger's columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Component = Literal["outcome", "cost", "risk"]


@dataclass(frozen=True, order=True)
class Account:
    """One column of the ledger: what a party posts as an outcome, a cost or a risk of one source.

    `counterparty` is the other side of a transfer, whose account mirrors this one to the last bit, or "" where nothing is paid to
    anybody (hours). `cash` is False for what is counted but not paid. `one_off` divides a budget into one-off and running. A benefit
    is a positive amount, a cost or a loss a negative one, in the case's currency.
    """

    party: str
    source: str
    component: Component
    counterparty: str
    cash: bool
    one_off: bool


@dataclass(frozen=True)
class Books:
    """The names of everything that a ledger records, in column order."""

    accounts: tuple[Account, ...]
    measures: tuple[str, ...]
    """Physical month records, for instance `service.oa.adoption`."""
    counters: tuple[str, ...]
    """Events of a lifetime, for instance `risk.source-leak` (occurrences) or `team.support.done`."""
    finals: tuple[str, ...]
    """State at the horizon, for instance `relationship.vendor.trust`."""
    relationships: tuple[str, ...]
    unknowns: tuple[str, ...]
    """Inputs unknown to the planner, in the order of the columns of theta."""
    months: int
    """Months of the horizon."""
    runoff: int
    """Months after the horizon in which only late discoveries are posted."""


MIRRORED: dict[Component, Component] = {"cost": "outcome", "outcome": "cost", "risk": "risk"}
"""What a transfer is to the other side: a cost is the receiver's outcome, an indemnity is a risk to both."""


def mirror_of(account: Account) -> Account | None:
    """Give the account of the other side of a transfer, None where nothing is paid to anybody."""
    if not account.counterparty:
        return None
    return Account(
        account.counterparty,
        account.source,
        MIRRORED[account.component],
        account.party,
        account.cash,
        account.one_off,
    )
