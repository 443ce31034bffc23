"""What each use of a booked thing brings with it: a cost, a metered price, an accident; nothing of it where none was free."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytest import MonkeyPatch

from itilsim.kinds.costs.per_use import PerUse
from itilsim.kinds.prices.metered import Metered
from itilsim.kinds.risks.accident import Accident
from itilsim.text.faults import FaultyInput
from tests.case.small_cases import counted, measured, posted, run
from tests.concepts.offering_cases import fleet, line
from tests.concepts.people_cases import CONTRACT, SYSTEM, fixed, small

FUEL: dict[str, Any] = {"kind": "per-use", "party": "company", "to": "market", "demand": "visits", "amount": "90 CNY / case"}
CRASH: dict[str, Any] = {
    "kind": "accident", "demand": "visits", "party": "company", "chance": "10 %", "severity": "5 k CNY", "cap": "4 k CNY",
    "includes": ["repair"],
}  # fmt: skip
LASTING: dict[str, Any] = {
    "risks": {"gone": {"kind": "withdrawal", "relationship": "supply", "frequency": "0 / year"}},
    "relationships": {
        "supply": {**CONTRACT["relationships"]["supply"], "term": "5 years", "liability_cap": "1 M CNY", "indexation": "10 % / year"}
    },
}
"""A contract that goes on."""
BUSY = {"per_user": "2 / user / month"}
RENTED = line(load="0 units / user", capacity="3 units")["offerings"]["line"]


def years() -> Any:
    """Give the prices of a contract of 10 % a year in each of two years."""
    return np.repeat([1.0, 1.1], 12)


def asked_for(monkeypatch: MonkeyPatch) -> None:
    """Let a rented car cost what is asked for, free or not."""
    monkeypatch.setattr(Metered, "meters", lambda self, to: [self.demand])


@pytest.mark.concept("cost removed / imposed", broken_by=fixed(PerUse, amount=80.0))
def test_each_use_has_its_cost_and_what_is_done_another_way_has_none(tmp_path: Path) -> None:
    """Fuel for each visit that a car was free for, month by month; not for the taxis, of which there are many."""
    ledger = run(small(tmp_path, SYSTEM, fleet(visits=BUSY), {"costs": {"fuel": FUEL}}), "system", 2)
    served, taxis = measured(ledger, "visits:served"), measured(ledger, "visits:fell-back")
    assert taxis.sum() > 100
    np.testing.assert_allclose(posted(ledger, "fuel"), -90.0 * served, rtol=1e-12)


def test_a_cost_of_each_use_grows_with_a_market_or_with_the_prices_of_the_contract(tmp_path: Path) -> None:
    """A tenth a year of either."""
    market = {"markets": {"oil": {"kind": "price-index", "growth": "10 % / year"}}, "costs": {"fuel": {**FUEL, "market": "oil"}}}
    ledger = run(small(tmp_path / "market", SYSTEM, fleet(visits=BUSY), market), "system", 2)
    np.testing.assert_allclose(posted(ledger, "fuel"), -90.0 * measured(ledger, "visits:served") * years(), rtol=1e-12)
    rate = {"costs": {"rate": {**FUEL, "to": "school", "relationship": "supply", "index": "prices"}}}
    ledger = run(small(tmp_path / "prices", CONTRACT, LASTING, fleet(visits=BUSY, offering=RENTED), rate), "system", 2)
    np.testing.assert_allclose(posted(ledger, "rate"), -90.0 * measured(ledger, "visits:served") * years(), rtol=1e-12)


@pytest.mark.concept("service offering: goods, access to resources, service actions", broken_by=asked_for)
def test_a_metered_price_of_bookings_is_for_those_for_which_one_was_free(tmp_path: Path) -> None:
    """Three rented cars for two hundred visits a month: 300 for each that is rented, nothing to the lender for a taxi."""
    rent = {"prices": {"rent": {"kind": "metered", "relationship": "supply", "demand": "visits", "request": "300 CNY / request"}}}
    ledger = run(small(tmp_path, CONTRACT, LASTING, fleet(visits=BUSY, offering=RENTED), rent), "system", 2)
    served, taxis = measured(ledger, "visits:served"), measured(ledger, "visits:fell-back")
    assert taxis.sum() > 100
    np.testing.assert_allclose(posted(ledger, "supply fee"), -300.0 * served * years(), rtol=1e-12)


@pytest.mark.concept("risk removed / imposed", broken_by=fixed(Accident, chance=0.05))
def test_an_accident_comes_in_a_share_of_uses_and_costs_no_more_than_its_cap(tmp_path: Path) -> None:
    """A tenth of about two thousand uses, four standard errors around; 4,000 each, to the cent."""
    ledger = run(small(tmp_path, SYSTEM, fleet(), {"risks": {"crash": CRASH}}), "system", 1)
    uses, crashes = measured(ledger, "visits:served").sum(), counted(ledger, "risk.crash").sum()
    assert abs(crashes / uses - 0.1) < 4.0 * (0.1 * 0.9 / uses) ** 0.5
    assert posted(ledger, "crash").sum() == -4000.0 * crashes


@pytest.mark.concept("risk removed / imposed", broken_by=fixed(Accident, excess=4000.0))
def test_the_provider_bears_what_exceeds_the_excess_and_an_insurer_what_is_left(tmp_path: Path) -> None:
    """Of 4,000 the company keeps 1,500; with a policy of its own above 500 nothing but those."""
    terms = {"relationship": "supply", "excess": "1500 CNY", "repaid": "100 %"}
    parts = (CONTRACT, LASTING, fleet(offering=RENTED), {"risks": {**LASTING["risks"], "crash": {**CRASH, **terms}}})
    ledger = run(small(tmp_path / "lent", *parts), "system", 3)
    crashes = counted(ledger, "risk.crash").sum()
    assert posted(ledger, "crash").sum() == -1500.0 * crashes
    assert posted(ledger, "crash", parties=("school",)).sum() == -2500.0 * crashes
    policy = {"insurance": {"car": {
        "party": "company", "insurer": "market", "risks": ["crash"], "premium": "12 k CNY / year", "deductible": "500 CNY",
        "limit": "9 M CNY",
    }}}  # fmt: skip
    ledger = run(small(tmp_path / "insured", *parts, policy), "system", 3)
    assert posted(ledger, "crash").sum() == -500.0 * crashes


def never_missed(monkeypatch: MonkeyPatch) -> None:
    """Let a car come back at once from an accident."""
    real = Accident.lower

    def lowered(self: Any, name: str, to: Any) -> None:
        real(self.model_copy(update={"away": None}), name, to)

    monkeypatch.setattr(Accident, "lower", lowered)


@pytest.mark.concept("service offering: goods, access to resources, service actions", broken_by=never_missed)
def test_a_car_of_ones_own_is_missed_after_an_accident(tmp_path: Path) -> None:
    """Three cars, an accident in every use, each away for the rest of the horizon: three visits are made, all others by taxi."""
    risks = {"risks": {"crash": {**CRASH, "chance": "100 %", "away": "24 months"}}}
    ledger = run(small(tmp_path, SYSTEM, fleet(visits=BUSY), risks), "system", 3)
    assert (measured(ledger, "visits:served").sum(axis=1) == 3.0).all()
    assert (measured(ledger, "visits:fell-back").sum(axis=1) > 1000.0).all()


def test_the_same_use_has_the_same_accident_in_every_alternative(tmp_path: Path) -> None:
    """Draws are the tour's own: with cars enough for all, owned or rented ones crash on the same visits, whoever pays."""
    many = {"number": "90 units"}
    owned = run(small(tmp_path / "owned", SYSTEM, fleet(cars=many), {"risks": {"crash": CRASH}}), "system", 5)
    offering = {**RENTED, "capacity": "90 units"}
    rented = run(small(tmp_path / "rented", CONTRACT, LASTING, fleet(offering=offering), {"risks": {"crash": CRASH}}), "system", 5)
    np.testing.assert_array_equal(counted(owned, "risk.crash"), counted(rented, "risk.crash"))


@pytest.mark.parametrize(
    ("section", "block", "sentence"),
    [
        ("costs", {**FUEL, "index": "prices"}, "names it as relationship"),
        ("costs", {**FUEL, "index": "wages", "market": "oil"}, "grows with one of them"),
        ("risks", {**CRASH, "excess": "1 CNY"}, "belong together"),
    ],
)
def test_contradictions_are_refused(tmp_path: Path, section: str, block: dict[str, Any], sentence: str) -> None:
    """With a sentence that says what belongs together."""
    market = {"markets": {"oil": {"kind": "price-index", "growth": "10 % / year"}}}
    with pytest.raises(FaultyInput, match=sentence):
        small(tmp_path, SYSTEM, fleet(), market, {section: {"x": block}})
