"""The case value-chain: the outside figure, and what is different in this case. (Engines and books: test_every_case.)"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from itilsim.case import Case, load_case
from itilsim.ledger.discount import month_factors
from itilsim.ledger.entities import entities
from itilsim.ledger.ledger import Ledger
from tests.case.small_cases import ALL_FROZEN, counted, measured, posted, run

FOLDER = Path(__file__).resolve().parents[2] / "scenarios" / "value-chain"
WORLDS = 120
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


# ---- the chain


@cache
def lived(alternative: str, *changes: tuple[str, str], frozen: bool = False) -> Ledger:
    """Live worlds of an alternative with changed inputs, and perhaps with decisions, trust and effort held."""
    case = load_case(FOLDER / f"{alternative}.toml", values=dict(changes))
    return run(case, alternative, WORLDS, frozen=ALL_FROZEN if frozen else ())


def whole_months(ledger: Ledger) -> Any:
    """Say which months lie wholly between go-live and the end, shape (worlds, months)."""
    used = measured(ledger, "portal:adoption") > 0.0
    live = used.copy()
    live[:, 1:] &= used[:, :-1]
    live[:, :-1] &= used[:, 1:]
    live[:, 0] = False
    ended = measured(ledger, "self-service:use") == 0.0
    ended[:, :-1] |= ended[:, 1:]
    return live & ~ended


@pytest.mark.parametrize(("alternative", "chain"), [
    ("own-platform", ("portal", "self-service")), ("vendor-run", ("platform", "portal", "self-service")),
    ("two-vendors", ("centre", "platform", "portal", "self-service")),
])  # fmt: skip
def test_an_outage_passes_along_the_whole_chain(alternative: str, chain: tuple[str, ...]) -> None:
    """In no month is a step of the chain up for longer than the step below it, and some outages come from the lowest."""
    ledger = lived(alternative)
    whole = whole_months(ledger)
    assert whole.sum() > WORLDS * 20
    for below, above in pairwise(chain):
        assert (measured(ledger, f"{above}:up") <= measured(ledger, f"{below}:up") + 1e-12)[whole].all(), (below, above)
    lowest = measured(ledger, f"{chain[0]}:up")[whole]
    assert (lowest < 0.99).any()


def test_the_recharge_moves_departments_and_never_the_insurer() -> None:
    """What IT gets of it is what business pays in every month of every world, and none of it is left in the whole."""
    for alternative in ("own-platform", "vendor-run"):
        case, ledger = load_case(FOLDER), lived(alternative)
        assert posted(ledger, "recharge", parties=("it",)).sum(axis=1).min() > 0.0
        np.testing.assert_array_equal(posted(ledger, "recharge", parties=("it",)), -posted(ledger, "recharge", parties=("business",)))
        whole = entities(case.parents)["company"].cells(ledger.books.accounts)
        assert "recharge" not in {cell.source for cell in whole}


def net_loss(ledger: Ledger, party: str, counterparty: str) -> Any:
    """Give what a party got from another for leaks in each world."""
    total = np.zeros(len(ledger.amounts))
    for at, account in enumerate(ledger.books.accounts):
        if (account.party, account.source, account.counterparty) == (party, "data-leak", counterparty):
            total += ledger.amounts[:, :, at].sum(axis=1)
    return total


def test_moving_losses_moves_the_response_and_no_customer() -> None:
    """Decisions held: response and customers are the same in every world; of the response the vendor and the insurer bear more."""
    plain, moved = (lived(a, *OFTEN.items(), frozen=True) for a in ("vendor-run", "vendor-insured"))
    np.testing.assert_array_equal(measured(plain, "customers:customers"), measured(moved, "customers:customers"))
    np.testing.assert_array_equal(net_loss(plain, "it", "public"), net_loss(moved, "it", "public"))
    assert (net_loss(moved, "it", "vendor") >= net_loss(plain, "it", "vendor")).all()
    hit = net_loss(plain, "it", "public") < 0.0
    assert hit.sum() > WORLDS // 10
    before, after = (-net_loss(ledger, "it", "public") - net_loss(ledger, "it", "vendor") for ledger in (plain, moved))
    assert (after - net_loss(moved, "it", "insurer"))[hit].sum() < 0.3 * before[hit].sum()


def test_customers_leave_when_a_leak_is_known_and_in_no_other_world() -> None:
    """Against the same worlds with nobody leaving at a leak: never more customers, and fewer only where one is known."""
    ledger, calm = (lived("vendor-run", *OFTEN.items(), *more, frozen=True) for more in ((), NOBODY_LEAVES.items()))
    customers, undisturbed = (measured(each, "customers:customers") for each in (ledger, calm))
    assert (customers <= undisturbed).all()
    known = counted(ledger, "risk.data-leak") > 0
    np.testing.assert_array_equal(customers[~known], undisturbed[~known])
    fewest = (customers / undisturbed).min(axis=1)
    assert (fewest[known] < 0.985).sum() > WORLDS // 10
    assert fewest.min() > 1.0 - 3 * 0.06


def test_where_the_contract_ends_the_portal_ends_and_nobody_else_leaves() -> None:
    """Portal and self-service end at the same instant; from the next month on customers only come back."""
    ledger = lived("two-vendors", ("relationships.operation.trust_to_end", "100 %"))
    at = {name: place for place, name in enumerate(ledger.books.relationships)}
    ended = np.flatnonzero(counted(ledger, "operation:ended"))
    assert len(ended) > 10
    for name in ("desk", "terms", "cloud"):
        np.testing.assert_array_equal(ledger.lived[ended, at[name]], ledger.lived[ended, at["operation"]])
    for world in ended:
        after = int(ledger.lived[world, at["operation"]]) + 2
        customers = measured(ledger, "customers:customers")[world, after:]
        assert (np.diff(customers) >= 0.0).all() or counted(ledger, "risk.data-leak")[world]
        assert not measured(ledger, "self-service:use")[world, after:].any()


def test_an_investor_who_goes_takes_an_operator_and_outages_last_longer() -> None:
    """The same worlds with an investor who stays: the platform is up for longer, where the other one went."""
    ledger, stays = lived("vendor-run"), lived("vendor-run", ("outsiders.investor.least", "0 %"))
    went, stayed = (counted(each, "investor:withdrawn") > 0 for each in (ledger, stays))
    alive = (counted(ledger, "operation:ended") + counted(stays, "operation:ended")) == 0
    only_here = went & ~stayed & alive
    assert only_here.sum() > WORLDS // 20
    up, longer = (measured(each, "platform:up")[only_here].mean() for each in (ledger, stays))
    assert up < longer
