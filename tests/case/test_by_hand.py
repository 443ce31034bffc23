"""A relationship without noise, worked out by hand to the cent; where risks fall is read from the world, what they cost is not."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from itilsim.case import Case, load_case
from itilsim.case.lower import lower
from itilsim.engine.reference import Trace, trace_world
from itilsim.study.simulate import simulate
from tests.case import by_hand
from tests.case.small_cases import write_case

HEAD = {
    "title": "by hand", "question": "Is it worth it?", "currency": "CNY", "horizon": "2 years", "runoff": "6 months",
    "discount_rate": "8 % / year", "baseline": "today", "decision_maker": "company",
}  # fmt: skip
SHARED: dict[str, Any] = {
    "parties": {
        "company": {}, "departments": {"parent": "company"}, "it": {"parent": "company"}, "public": {"contracting": False},
        "labour-market": {"contracting": False},
    },
    "users": {"staff": {
        "party": "departments", "number": "100 users", "growth": "10 % / year", "wage_growth": "5 % / year", "hour": "60 CNY / h",
        "realisation": "50 %",
    }},
    "activities": {"approvals": {
        "users": "staff", "party": "departments", "per_user": "2 / user / month", "old_hours": "30 min", "new_hours": "12 min",
        "sheets": "6 sheets / case", "sheet_price": "0.2 CNY / sheet", "old_days": 3, "new_days": 1, "day_value": "5 CNY / case",
        "special": "4 %", "special_loss": "45 CNY / case", "waiting": 0.5,
    }},
    "costs": {
        "clerks": {
            "kind": "stepped", "party": "departments", "to": "labour-market", "activity": "approvals", "leave_below": ["50 %"],
            "stay": "1 unit", "price": "96 k CNY / year", "notice": "3 months", "severance": "30 k CNY", "index": "wages",
        },
        "recharge": {"kind": "periodic", "party": "departments", "to": "it", "amount": "60 k CNY / year", "during": "always"},
    },
    "risks": {"papers-lost": {
        "kind": "loss", "party": "departments", "activity": "approvals", "frequency": "24 / year", "severity": "500 CNY",
        "cap": "400 CNY", "includes": ["lost working hours"],
    }},
}  # fmt: skip
OUTSOURCED: dict[str, Any] = {
    "parties": {"vendor": {}},
    "activities": {"approvals": {"service": "oa"}},
    "relationships": {"supply": {
        "kind": "contract", "provider": "vendor", "consumer": "company", "trust": "100 %", "trust_gain": "0 %", "trust_loss_ratio": 3,
        "effort_floor": "40 %", "consumer_effort": "100 %", "provider_effort": "100 %", "effort_exponent": "40 %",
        "bad_availability": "50 %", "gap_borne": "10 %", "term": "5 years", "notice": "6 months", "indexation": "3 % / year",
        "renewal_rise": "20 % / year", "first_review": "12 months", "trust_to_end": "35 %", "exit_fees": ["100 k CNY"],
        "fallback_cost": "100 k CNY", "liability_cap": "50 k CNY", "expected_month": "20 k CNY / month", "thin_margin": "5 %",
        "thin_margin_cut": "0 %", "plan": ["9 M CNY / year"], "tolerance": "10 %", "purse_cut": "0 %",
        "fallback_to": "public", "at_risk": "12 %",
    }},
    "services": {"oa": {
        "relationship": "supply", "users": "staff", "ceiling": "95 %", "compliance": "80 %", "ramp": "0 months", "expected": "0 %",
        "workaround": 0, "mandate_effort": "0 %", "patience": "4 h", "hosting": "90 %",
    }},
    "teams": {"builders": {
        "party": "vendor", "relationship": "supply", "people": "1 person", "calendar": "always", "pay": "120 k CNY / person / year",
        "paid_to": "labour-market",
    }},
    "deliveries": {"transition": {
        "service": "oa", "team": "builders", "work": "1 h", "overrun": 1, "luck": 1, "most": 3, "package": "8 h", "begins": "3 months",
        "failure": "0 %", "failure_alone": "40 %", "rework": "20 %",
    }},
    "prices": {
        "build": {
            "kind": "milestones", "relationship": "supply", "hours": "100 h", "rate": "200 CNY / h", "licence": "20 k CNY",
            "at_start": "40 %", "at_live": "40 %", "later": "3 months",
        },
        "service": {"kind": "fixed-fee", "relationship": "supply", "amount": "240 k CNY / year"},
    },
    "promises": {"availability": {
        "kind": "availability", "relationship": "supply", "service": "oa", "targets": ["95 %", "92 %", "85 %"],
        "credits": ["8 %", "7 %", "5 %"],
    }},
    "costs": {
        "training": {
            "kind": "people-hours", "party": "departments", "users": "staff", "hours": "1.5 h / user",
            "each": "user-once", "relationship": "supply",
        },
        "managing": {
            "kind": "people-hours", "party": "it", "users": "staff", "hours": "10 h / user", "times": "12 / year", "each": "periodic",
            "relationship": "supply",
        },
        "selection": {"kind": "once", "party": "company", "to": "public", "amount": "20 k CNY", "relationship": "supply"},
        "hosting": {
            "kind": "periodic", "party": "vendor", "to": "public", "amount": "24 k CNY / year", "during": "live", "relationship": "supply",
        },
        "right-of-use": {"kind": "residual", "party": "company", "relationship": "supply", "service": "oa", "amount": "60 k CNY"},
    },
    "risks": {"data-leak": {
        "kind": "data-leak", "relationship": "supply", "party": "company", "frequency": "3 / year", "discovery": "10 days",
        "loss": "55 k CNY", "loss_cap": "40 k CNY", "repaid": "50 %", "trust_lost": "0 %", "fined": "0 %", "fine": "1 k CNY",
        "fine_cap": "1 k CNY",
    }},
}  # fmt: skip
WORLDS = 6
FAMILIES = {
    "company": {"company", "departments", "it"}, "departments": {"departments"}, "it": {"it"}, "vendor": {"vendor"},
    "public": {"public"}, "labour-market": {"labour-market"},
}  # fmt: skip


def months_of(trace: Trace, kind: str, name: str) -> list[int]:
    """Give the months, from 1, in which something happened."""
    return [month + 1 for event, month in zip(trace.events, trace.months, strict=True) if event.kind == kind and event.name == name]


def worked_out(case: Case, replication: int) -> tuple[by_hand.Books, by_hand.Books, list[int]]:
    """Give the books of the alternative and of today by hand, and the months in which leaks become known."""
    traces = {name: trace_world(lower(case, name), 1, replication) for name in ("outsourced", "today")}
    leaks = months_of(traces["outsourced"], "due", "data-leak:found")
    lost = {name: months_of(trace, "stream", "papers-lost") for name, trace in traces.items()}
    assert len(lost["outsourced"]) < len(lost["today"])
    return (
        by_hand.books(outsourced=True, lost=lost["outsourced"], leaks=leaks),
        by_hand.books(outsourced=False, lost=lost["today"], leaks=[]),
        leaks,
    )


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Give the case."""
    return load_case(write_case(tmp_path_factory.mktemp("case"), HEAD, {"today": {}, "outsourced": OUTSOURCED}, SHARED))


def test_each_component_of_each_party_is_what_was_worked_out_by_hand(case: Case) -> None:
    """Fees, credits, benefits, discounting, the six components, consolidated company: in every world, to the cent."""
    study = simulate(case, WORLDS, seed=1, variants=False)
    exhausted, tried = 0, set()
    for world in range(WORLDS):
        alternative, today, leaks = worked_out(case, world)
        exhausted += len(leaks) >= 3
        for party, members in FAMILIES.items():
            expected = by_hand.components(members, alternative, today)
            for name, amount in expected.items():
                found = Decimal(float(study.value_of(name, "outsourced", party=party)[world]))
                assert abs(found - amount) < Decimal("0.005"), (world, party, name, found, amount)
        tried |= {name for name, amount in by_hand.components(FAMILIES["company"], alternative, today).items() if amount}
    assert len(tried) == 7, tried
    assert exhausted > 0, "no world uses up the liability cap"


def test_what_is_paid_inside_the_company_shows_in_its_departments_only(case: Case) -> None:
    """The recharge cancels in the consolidated company, whose value is that of its parts."""
    study = simulate(case, 2, seed=1, variants=False)
    whole, departments, it = (Decimal(float(study.net_value("outsourced", party=name)[0])) for name in ("company", "departments", "it"))
    own = by_hand.components({"company"}, *worked_out(case, 0)[:2])["net_value"]
    assert abs(whole - departments - it - own) < Decimal("0.01")
    assert it != 0
