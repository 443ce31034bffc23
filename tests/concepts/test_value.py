"""Value: utility and warranty as factors, costs and risks that a service moves, the customer's part in what is built, and who sees what."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytest import MonkeyPatch

from itilsim.case import Case, load_case
from itilsim.kinds.activities.handled import Handled
from itilsim.kinds.deliveries.delivery import Delivery
from itilsim.kinds.prices.fixed_fee import FixedFee
from itilsim.kinds.risks.data_leak import DataLeak
from itilsim.kinds.risks.loss import Loss
from itilsim.kinds.services.service import Service
from itilsim.kinds.stakeholders.weights import Weights
from itilsim.ledger.entities import entities
from itilsim.ledger.ledger import Ledger
from itilsim.ledger.perception import Perceiver, contributions, perceived_value
from itilsim.ledger.value import NetValue, postings_of
from itilsim.study.chances import chance_all_gain
from itilsim.study.simulate import simulate
from tests.case.small_cases import net_values, run, write_case
from tests.concepts.people_cases import CONTRACT, SHARED, SYSTEM, fixed, small, without

CASES = 2.0 * 100.0 * 12.0
"""Approvals of a year."""
SOONER, HOURS = CASES * 2.0 * 10.0, CASES * 0.3 * 30.0
"""What a year of approvals two days sooner, and 0.3 h shorter, is worth in CNY."""
PAID = 12_000.0 * 8_759.0 / 8_760.0
"""What a fee of 1,000 a month comes to in a year from go-live, after a delivery of an hour."""
EXACT: dict[str, Any] = {"rel": 1e-12}


def worth(case: Case) -> NetValue:
    """Give the company's net value in the first world."""
    return net_values(case, run(case, "system", 1), run(case, "today", 1))["company"]


def component(net: NetValue, name: str) -> float:
    """Give one of the six components in the first world."""
    return float(net.components[name][0])


@pytest.mark.concept("utility", broken_by=fixed(Service, ceiling=1.0))
@pytest.mark.parametrize("ceiling", [0.0, 0.5])
def test_what_a_product_cannot_do_supports_no_outcome(tmp_path: Path, ceiling: float) -> None:
    """Half of what is needed gives half of the outcome and removes half of the old cost, to the cent; nothing gives nothing."""
    net = worth(small(tmp_path, SYSTEM, months=12, values={"services.oa.ceiling": ceiling}))
    assert component(net, "outcomes_supported") == pytest.approx(SOONER * ceiling, **EXACT)
    assert component(net, "costs_removed") == pytest.approx(HOURS * ceiling, **EXACT)


@pytest.mark.concept("service = utility + warranty", broken_by=fixed(Service, hosting=1.0, ceiling=1.0))
def test_utility_without_warranty_is_worth_nothing_nor_is_warranty_without_utility(tmp_path: Path) -> None:
    for place, values in enumerate(({"services.oa.hosting": 0.0}, {"services.oa.ceiling": 0.0})):
        net = worth(small(tmp_path / str(place), SYSTEM, months=12, values=values))
        assert component(net, "outcomes_supported") == component(net, "costs_removed") == 0.0
    both = worth(small(tmp_path / "both", SYSTEM, months=12, values={"services.oa.hosting": 0.5, "services.oa.ceiling": 0.5}))
    assert component(both, "outcomes_supported") == pytest.approx(SOONER * 0.25, **EXACT)


def finished(case: Case) -> Any:
    """Give how many packages of new work were done because the first was not accepted, in each world."""
    ledger = run(case, "system", 200)
    return ledger.counts[:, ledger.books.counters.index("transition:rework:done")]


@pytest.mark.concept("not defined alone", broken_by=fixed(Delivery, failure_alone=0.0))
def test_without_the_customers_effort_the_wrong_thing_is_built(tmp_path: Path) -> None:
    """Acceptance fails in none of 200 worlds with the customer, in about six of ten where the customer gives four tenths."""
    alone = {"deliveries.transition.failure_alone": 1.0}
    together = finished(small(tmp_path / "together", SYSTEM, months=12, values=alone))
    apart = finished(small(tmp_path / "apart", SYSTEM, months=12, values={**alone, "relationships.supply.consumer_effort": 0.4}))
    assert np.all(together == 0.0)
    assert 0.45 < np.mean(apart > 0.0) < 0.75


FEE: dict[str, Any] = {"prices": {"fee": {"kind": "fixed-fee", "relationship": "supply", "amount": "1 k CNY / month"}}}
SYSTEM_UNDER_CONTRACT: dict[str, Any] = {key: value for key, value in CONTRACT.items() if key != "risks"}


@pytest.mark.concept("cost removed / imposed", broken_by=without(FixedFee, "lower"))
def test_a_service_removes_some_costs_and_imposes_others(tmp_path: Path) -> None:
    """Hours of the old way go, a fee comes; the two stand apart, to the cent."""
    net = worth(small(tmp_path, SYSTEM_UNDER_CONTRACT, FEE, months=12))
    assert component(net, "costs_removed") == pytest.approx(HOURS, **EXACT)
    assert component(net, "costs_imposed") == pytest.approx(PAID, **EXACT)


def no_old_hours(monkeypatch: MonkeyPatch) -> None:
    """Let the old way take no more time than the new one."""
    fixed(Handled, old_hours=0.2)(monkeypatch)


@pytest.mark.concept("service", broken_by=no_old_hours)
def test_a_service_carries_costs_that_its_customer_carried(tmp_path: Path) -> None:
    """What the company's departments are rid of exceeds nought only because the old way cost them hours."""
    net = worth(small(tmp_path, SYSTEM, months=12))
    assert component(net, "costs_removed") == pytest.approx(HOURS, **EXACT)


PAPERS: dict[str, Any] = {"risks": {"papers-lost": {
    "kind": "loss", "party": "company", "activity": "approvals", "frequency": "12 / year", "severity": "1 k CNY", "cap": "1 k CNY",
    "includes": ["remediation"],
}}}  # fmt: skip


def seen(case: Case, of: Ledger, against: Ledger) -> dict[str, float]:
    """Give what each stakeholder perceives in the first world."""
    found = {}
    for viewpoint in case.viewpoints:
        party = entities(case.parents)[viewpoint.party]
        sources = [Perceiver(postings_of(ledger), {}).by_source(viewpoint, party) for ledger in (of, against)]
        found[viewpoint.name] = float(perceived_value(viewpoint, contributions(*sources, len(of)), len(of))[0])
    return found


EYES: dict[str, Any] = {"party": "company", "discount_rate": "0 % / year", "loss_aversion": 1, "attitude": "mean"}
STAKEHOLDERS: dict[str, Any] = {"stakeholders": {
    "head": {**EYES, "role": "customer", "outcomes": 1}, "purse": {**EYES, "role": "sponsor", "cash": 1, "loss_aversion": 2},
    "staff": {**EYES, "role": "user", "hours": 0.5},
}}  # fmt: skip


def all_alike(monkeypatch: MonkeyPatch) -> None:
    """Let every stakeholder weigh every account alike."""
    monkeypatch.setattr(Weights, "weight", lambda self, account: 1.0)


@pytest.mark.concept("value", broken_by=all_alike)
def test_one_ledger_is_of_different_value_to_different_people(tmp_path: Path) -> None:
    """The head sees outcomes, the purse the fee, felt twice, the staff half of their hours: each to the cent."""
    case = small(tmp_path, SYSTEM_UNDER_CONTRACT, FEE, STAKEHOLDERS, months=12)
    perceived = seen(case, run(case, "system", 1), run(case, "today", 1))
    assert perceived["head"] == pytest.approx(SOONER, **EXACT)
    assert perceived["purse"] == pytest.approx(-2.0 * PAID, **EXACT)
    assert perceived["staff"] == pytest.approx(0.5 * HOURS, **EXACT)


@pytest.mark.concept("risk removed / imposed", broken_by=without(Loss, "lower"))
def test_a_service_removes_the_risks_of_the_old_way(tmp_path: Path) -> None:
    """Papers that were lost with paper are lost no more: the mean is frequency times loss, and nothing of it is left."""
    head = {
        "title": "papers", "question": "Is it worth it?", "currency": "CNY", "horizon": "12 months", "runoff": "0 months",
        "discount_rate": "0 % / year", "baseline": "today", "decision_maker": "company",
    }  # fmt: skip
    case = load_case(write_case(tmp_path, head, {"today": {}, "system": SYSTEM}, {**SHARED, **PAPERS}))
    of, against = run(case, "system", 400), run(case, "today", 400)
    net = net_values(case, of, against)["company"].components
    assert 11_500.0 < net["risks_removed"].mean() < 12_500.0
    assert np.all(net["risks_imposed"] == 0.0)


@pytest.mark.concept("value test", broken_by=without(FixedFee, "lower"))
def test_a_relationship_is_worth_having_where_all_gain(tmp_path: Path) -> None:
    """At a fee that leaves something to both sides both gain in every world; at a fee over all that the service is worth, in none."""
    fair = small(tmp_path / "fair", SYSTEM_UNDER_CONTRACT, FEE, months=12)
    dear = small(tmp_path / "dear", SYSTEM_UNDER_CONTRACT, FEE, months=12, values={"prices.fee.amount": "10 k CNY / month"})
    chances = [chance_all_gain(simulate(case, 5, variants=False), "system") for case in (fair, dear)]
    assert chances == [1.0, 0.0]


DATA_LEAK: dict[str, Any] = {"risks": {"leak": {
    "kind": "data-leak", "relationship": "supply", "party": "company", "frequency": "12 / year", "discovery": "1 h", "loss": "1 k CNY",
    "loss_cap": "1 k CNY", "repaid": "50 %", "trust_lost": "0 %", "fined": "0 %", "fine": "1 CNY", "fine_cap": "1 CNY",
}}}  # fmt: skip
COVERED: dict[str, Any] = {"relationships": {"supply": {**CONTRACT["relationships"]["supply"], "liability_cap": "9 M CNY"}}}


@pytest.mark.concept("internal / external service", broken_by=fixed(DataLeak, repaid=0.0))
def test_what_leaks_is_repaid_under_a_contract_and_not_within_one_organization(tmp_path: Path) -> None:
    """The same leaks in the same worlds: a provider under contract repays half of each loss, an own department nothing."""
    risks = []
    for name, parts in {"own": (SYSTEM,), "contract": (SYSTEM_UNDER_CONTRACT, COVERED)}.items():
        case = small(tmp_path / name, *parts, DATA_LEAK, months=12)
        of, against = run(case, "system", 50), run(case, "today", 50)
        risks.append(net_values(case, of, against)["company"].components["risks_imposed"])
    assert risks[0].mean() > 8_000.0
    assert risks[1] == pytest.approx(0.5 * risks[0], **EXACT)
