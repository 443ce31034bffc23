"""End customers whatever service they use: what they bring, when they leave, how they come back, and the end of what they used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytest import MonkeyPatch

from itilsim.kinds.outcomes.margin import Margin
from itilsim.kinds.products.product import Product
from itilsim.kinds.relationships import contract as contracts
from itilsim.kinds.users.clientele import Clientele
from itilsim.ledger.transfers import check_ledger
from itilsim.text.faults import FaultyInput
from tests.case.small_cases import counted, measured, posted, run
from tests.concepts.contract_cases import FIXED, contract, terms
from tests.concepts.offering_cases import AGREED, WORKED
from tests.concepts.people_cases import CONTRACT, MANDATE, SERVICE, SYSTEM, TRUSTING, fixed, small

STAKEHOLDERS, CHAIN = "other stakeholders", "service provider"
MARGIN: dict[str, Any] = {"kind": "margin", "users": "buyers", "party": "company", "payer": "market", "amount": "10 CNY / user / month"}


def buyers(**fields: Any) -> dict[str, Any]:
    """Give a thousand end customers, each of whom brings 10 a month."""
    return {
        "parties": {"clients": {}}, "outcomes": {"brought": MARGIN},
        "users": {"buyers": {"kind": "clientele", "party": "clients", "number": "1 k users", "growth": "0 % / year", **fields}},
    }  # fmt: skip


def bad(share: str = "90 %") -> dict[str, Any]:
    """Give the service of which that share is there."""
    return {"services": {"oa": {**SERVICE, **MANDATE, "users": "staff", "hosting": share}}}


def of_those_at_first(monkeypatch: MonkeyPatch) -> None:
    """Let customers who are gone bring what they brought."""

    def lowered(self: Margin, name: str, to: Any) -> None:
        number = to.block("users", self.users).number.number
        to.charge(name, to.account(self.party, name, "outcome", to=self.payer), self.amount.number * number, gain=True)

    monkeypatch.setattr(Margin, "lower", lowered)


@pytest.mark.concept(STAKEHOLDERS, broken_by=of_those_at_first)
def test_customers_take_along_what_they_bring_whatever_service_they_use(tmp_path: Path) -> None:
    """A tenth of a service of the staff is missing; 5 % of the customers, who do not use it, leave for a whole month without it."""
    ledger = run(small(tmp_path, SYSTEM, bad(), buyers(service="oa", borne="0 %", leave="50 %")), "system", 1)
    check_ledger(ledger)
    expected = 1000.0 * 0.95 ** np.arange(24)
    np.testing.assert_allclose(posted(ledger, "brought", parties=("company",))[0], 10.0 * expected, rtol=1e-12)
    np.testing.assert_allclose(posted(ledger, "brought", parties=("market",))[0], -10.0 * expected, rtol=1e-12)


def test_a_margin_is_brought_by_end_customers(tmp_path: Path) -> None:
    """Employees bring none."""
    with pytest.raises(FaultyInput, match="a margin is brought by end customers, a clientele"):
        small(tmp_path, SYSTEM, {"outcomes": {"brought": {**MARGIN, "users": "staff"}}})


def never_before(monkeypatch: MonkeyPatch) -> None:
    """Let a decision take what customers brought before for what the service brings."""

    def lowered(self: Margin, name: str, to: Any) -> None:
        account = to.account(self.party, name, "outcome", to=self.payer)
        to.charge(name, account, self.amount.number, scale=f"users:{self.users}", gain=True)

    monkeypatch.setattr(Margin, "lower", lowered)


@pytest.mark.concept("service consumer: customer, user, sponsor", broken_by=never_before)
def test_a_decision_does_not_take_todays_margin_for_the_gain_of_a_service(tmp_path: Path) -> None:
    """A service that costs 90,000 a month and frees 18,000 is ended, also where customers bring a million with it as without."""
    rich = {**buyers(), "outcomes": {"brought": {**MARGIN, "amount": "1 k CNY / user / month"}}}
    parts = (FIXED, terms(trust_to_end="100 %", term="5 years"), {"prices": {"service": {"amount": "90 k CNY / month"}}})
    for name, more in (("bare", {}), ("margin", rich)):
        ledger = run(contract(tmp_path / name, *parts, more), "system", 1)
        assert counted(ledger, "supply:ended").all(), name


@pytest.mark.concept(STAKEHOLDERS, broken_by=fixed(Clientele, won_back=0.0))
def test_of_those_who_are_missing_a_share_is_won_back(tmp_path: Path) -> None:
    """5 % leave every month, and a fifth of those who are missing after that is replaced."""
    ledger = run(small(tmp_path, SYSTEM, bad(), buyers(service="oa", borne="0 %", leave="50 %", won_back="20 %")), "system", 1)
    expected = [1000.0]
    for _ in range(23):
        left = 0.95 * expected[-1]
        expected.append(left + 0.2 * (1000.0 - left))
    np.testing.assert_allclose(measured(ledger, "buyers:customers")[0], expected, rtol=1e-12)


# ---- before the beginning, and after the end


def two_steps(end: str) -> dict[str, Any]:
    """Give a line of a provider and a service inside that needs it, both brought after about a month and a half."""
    return {
        "relationships": {
            "supply": {"kind": "contract", "provider": "school", "consumer": "company", **AGREED, "term": "5 years"},
            "inside": {"kind": "internal", "provider": "it", "consumer": "company", **TRUSTING},
        },
        "services": {"line": {**SERVICE, **MANDATE}, "oa": {**SERVICE, **MANDATE, "relationship": "inside", "needs": ["line"]}},
        "products": {"both": {"relationship": "supply", "carries": ["line", "oa"]}},
        "deliveries": {"both-come": {"product": "both", **WORKED, "begins": "1100 h"}},
        "risks": {"gone": {"kind": "withdrawal", "relationship": "supply", "frequency": end}},
    }  # fmt: skip


def from_the_first_day(monkeypatch: MonkeyPatch) -> None:
    """Let customers leave for the part of a month in which the service was not there yet, or not any more."""
    real = Clientele.lower

    def lowered(self: Clientele, name: str, to: Any) -> None:
        real(self, name, to)
        to.specs.flows[f"{name}:without"] = (to.product(f"{name}:bad", -1.0, f"{self.service}:warranty", plus="one"), "office")

    monkeypatch.setattr(Clientele, "lower", lowered)


@pytest.mark.concept(STAKEHOLDERS, broken_by=from_the_first_day)
def test_nobody_leaves_for_want_of_a_service_that_is_not_there_yet_or_any_more(tmp_path: Path) -> None:
    """It comes in the middle of the second month and is withdrawn later, both times in the midst of a month; it never fails."""
    base = {section: held for section, held in CONTRACT.items() if section not in ("deliveries", "services")}
    ledger = run(small(tmp_path, base, two_steps("2 / year"), buyers(service="oa", borne="0 %", leave="50 %")), "system", 5)
    live = measured(ledger, "oa:up")
    assert ((live > 0.0) & (live < 1.0)).any(axis=1).all()
    assert counted(ledger, "supply:ended").any()
    np.testing.assert_array_equal(measured(ledger, "buyers:customers"), 1000.0)


def ends_alone(monkeypatch: MonkeyPatch) -> None:
    """Let a product end for the relationship that provides it only."""
    monkeypatch.setattr(Product, "lower", lambda self, name, to: to.stock(f"product:{name}:debt"))


@pytest.mark.concept("product", broken_by=ends_alone)
def test_where_a_product_ends_the_services_on_it_end(tmp_path: Path) -> None:
    """The provider withdraws its product: the relationship in which a service on it is provided further ends at the same instant."""
    base = {section: held for section, held in CONTRACT.items() if section not in ("deliveries", "services")}
    ledger = run(small(tmp_path, base, two_steps("2 / year")), "system", 5)
    ended = counted(ledger, "supply:ended")
    assert ended.any()
    np.testing.assert_array_equal(counted(ledger, "inside:ended"), ended)
    np.testing.assert_array_equal(*(ledger.lived[:, at] for at in range(2)))


# ---- what is spent


def net_of_income(monkeypatch: MonkeyPatch) -> None:
    """Let income in cash count against what is spent."""
    monkeypatch.setattr(contracts, "_is_spending", lambda account: bool(account.cash))


@pytest.mark.concept("service consumer: customer, user, sponsor", broken_by=net_of_income)
def test_what_customers_bring_does_not_pay_for_a_budget_overspent(tmp_path: Path) -> None:
    """A fee of 120,000 a year against a plan of 60,000: the purse is cut after a year, whatever end customers bring besides."""
    cut = terms(plan=["60 k CNY / year"], purse_cut="50 %", term="5 years")
    engagement = [
        measured(run(contract(tmp_path / name, FIXED, cut, more), "system", 1), "supply:engagement")[0]
        for name, more in (("bare", {}), ("margin", buyers()))
    ]
    assert engagement[0][11] == 1.0 and engagement[0][-1] < 0.6
    np.testing.assert_array_equal(*engagement)
