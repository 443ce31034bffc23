"""The case value-chain, held against an outside figure, and the mechanisms that make it what it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from itilsim.case import Case, load_case
from itilsim.ledger.discount import month_factors
from tests.case.small_cases import ALL_FROZEN, posted, run

FOLDER = Path(__file__).resolve().parents[2] / "scenarios" / "value-chain"
HOUSE = ("company", "business", "it")
BAND = (0.25, 0.65)
"""Lost business in the cost of a breach: 30 % (IBM 2024, 2025), 36-39 % (2019-2021), 54-69 % (Ponemon, United States, 2006-2008)."""
OFTEN: dict[str, Any] = {"risks.data-leak.frequency": "0.1 / year"}
NOBODY_LEAVES: dict[str, Any] = {"users.customers.leave_at_incident": "0 %", "outsiders.occasional.turn_away": "0 %"}


def vendor_run(**values: Any) -> Case:
    """Give the case with one contract on standard terms, with changed inputs."""
    return load_case(FOLDER / "vendor-run.toml", values=values)


def present(case: Case, amounts: Any) -> float:
    """Give the mean present value of amounts by world and month."""
    return float((amounts * np.array(month_factors(case.discount_rate, amounts.shape[1]))).sum(axis=1).mean())


def lost_business_share(worlds: int) -> float:
    """Give the share of lost business in what leaks cost, before anything is repaid."""
    case = vendor_run(**OFTEN)
    ledger = run(case, "vendor-run", worlds, frozen=ALL_FROZEN)
    calm = run(vendor_run(**OFTEN, **NOBODY_LEAVES), "vendor-run", worlds, frozen=ALL_FROZEN)
    lost = sum(present(case, posted(calm, each, parties=HOUSE) - posted(ledger, each, parties=HOUSE)) for each in ("margin", "occasional"))
    accounts = ledger.books.accounts
    response = sum(
        -present(case, ledger.amounts[:, :, at])
        for at, account in enumerate(accounts)
        if account.party in HOUSE and account.source in ("data-leak", "authority fine") and account.counterparty != "vendor"
    )
    return lost / (lost + response)


def test_lost_business_is_the_share_of_a_leak_that_studies_of_breaches_find() -> None:
    """Between what IBM finds for all trades and what Ponemon found where customers went first."""
    low, high = BAND
    assert low < lost_business_share(600) < high
