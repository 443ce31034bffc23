"""Transfers are posted on both sides and add up to nought in every world and month."""

from __future__ import annotations

import numpy as np

from itilsim.ledger.ledger import Ledger
from itilsim.plan.accounts import Account, mirror_of


class UnbalancedLedger(Exception):
    """A ledger breaks a law of the books: an internal error that names account, world and month."""


def check_ledger(ledger: Ledger) -> None:
    """Raise `UnbalancedLedger` unless every amount is a number and every transfer has its exact negative on the other side."""
    accounts = ledger.books.accounts
    places = {account: at for at, account in enumerate(accounts)}
    if len(places) != len(accounts):
        twice = next(account for at, account in enumerate(accounts) if places[account] != at)
        raise UnbalancedLedger(f"the books hold {_named(twice)} twice")
    unknown = ~np.isfinite(ledger.amounts)
    if unknown.any():
        world, month, at = (int(i) for i in np.argwhere(unknown)[0])
        raise UnbalancedLedger(f"{_named(accounts[at])} is not a number in world {ledger.first + world}, month {month + 1}")
    for account, at in places.items():
        mirror = mirror_of(account)
        if mirror is None:
            continue
        other = places.get(mirror)
        if other is None:
            raise UnbalancedLedger(f"{_named(account)} is a transfer without its other side, {_named(mirror)}")
        if other < at:
            continue
        unequal = ledger.amounts[:, :, at] != -ledger.amounts[:, :, other]
        if unequal.any():
            world, month = (int(i) for i in np.argwhere(unequal)[0])
            found = float(ledger.amounts[world, month, at])
            against = float(ledger.amounts[world, month, other])
            raise UnbalancedLedger(
                f"in world {ledger.first + world}, month {month + 1}, {_named(account)} has {found!r} but "
                f"{_named(mirror)} has {against!r}; the two must be exact negatives"
            )


def _named(account: Account) -> str:
    against = f" against '{account.counterparty}'" if account.counterparty else ""
    return f"account '{account.source}' ({account.component}) of '{account.party}'{against}"
