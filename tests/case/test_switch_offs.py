"""Each concept switched off: with any factor at nought there is no outcome and nothing is removed; all at one give the potential."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from itilsim.case import Case, load_case
from itilsim.ledger.ledger import Ledger
from tests.case.small_cases import counted, measured, net_values, office, posted, run, write_case

WORLDS = 60
DISPLACED = (
    *("approvals handling", "approvals paper", "clerks", "clerks severance", "archive", "archive severance"),
    *("papers-lost", "papers-altered"),
)
FAILURES = ("outage", "slow", "data-loss", "vulnerability")

SWITCHES = {
    "utility": {"services.oa.ceiling": 0.0},
    "hosting, and with it warranty": {"services.oa.hosting": 0.0},
    "adoption": {"services.oa.compliance": 0.0},
    "the company's effort": {"relationships.supply.consumer_effort": 0.0},
    "the vendor's effort": {"relationships.supply.provider_effort": 0.0},
}


def switched(values: dict[str, Any], *, alternative: str = "outsourced") -> tuple[Ledger, Ledger]:
    """Live the shipped case with values changed: the alternative and today."""
    case = office().with_values(values)
    return run(case, alternative, WORLDS), run(case, "today", WORLDS)


@pytest.mark.parametrize("alternative", ["in-house", "outsourced", "saas"])
@pytest.mark.parametrize("off", SWITCHES)
def test_a_factor_at_nought_leaves_no_outcome_and_removes_nothing(off: str, alternative: str) -> None:
    """What people do today goes on to the last cent, in every world and month, and no decision comes sooner."""
    ledger, today = switched(SWITCHES[off], alternative=alternative)
    for source in DISPLACED:
        np.testing.assert_array_equal(posted(ledger, source), posted(today, source), err_msg=source)
    for source in ("approvals sooner", "approvals special cases", "approvals waiting"):
        assert not posted(ledger, source).any(), source
    assert (ledger.amounts[:, :, :] != 0.0).any(), "a relationship costs something even so"


def test_the_same_comparison_sees_a_removal_where_nothing_is_off() -> None:
    """The test above would notice: in the case as shipped all of it moves."""
    ledger, today = switched({})
    for source in DISPLACED:
        if source not in ("clerks severance", "archive severance"):
            assert (posted(ledger, source) != posted(today, source)).any(), source
    assert (posted(ledger, "approvals sooner").sum(axis=1) > 0.0).all()


@pytest.mark.parametrize("off", ["the company's effort", "the vendor's effort"])
def test_neither_side_alone_takes_it_live(off: str) -> None:
    """No fee that runs while it is live, no request, no change; the months before go-live last to the end."""
    ledger, _ = switched(SWITCHES[off])
    assert (ledger.endings == 4).all(), "never went live"
    assert not posted(ledger, "supply fee").any()
    assert not counted(ledger, "requirements").any()


def test_without_its_own_person_nothing_is_triaged_or_ordered_so_nothing_is_mended() -> None:
    """Failures come as before, are seen by nobody, and the first one that takes the service down takes it down for good."""
    values: dict[str, Any] = {"teams.coordinator.people": 0.0, "capacities.servers.capacity": 300.0}
    ledger, _ = switched(values)
    there, _ = switched({"capacities.servers.capacity": 300.0})
    for name in (*FAILURES, "requirements"):
        assert counted(ledger, name).sum() > 0, name
        assert not counted(ledger, f"{name}:triage:done").any(), name
    for name in FAILURES:
        assert counted(there, f"{name}:triage:done").any(), name
        assert not counted(ledger, f"{name}:remote:done").any(), name
    for name in ("outage", "data-loss"):
        assert not counted(ledger, f"{name}:visit:done").any(), name
    assert not counted(ledger, "requirements:work:done").any()
    for priority in ("urgent", "normal", "low"):
        assert not counted(ledger, f"support-{priority}:triage:done").any()
    assert not posted(ledger, "servers expansion").any()
    assert posted(there, "servers expansion").any()
    up = measured(ledger, "oa:up")
    down = counted(ledger, "outage") + counted(ledger, "data-loss") > 0
    assert down.sum() > 0.9 * WORLDS
    for world in up[down]:
        first = int(np.argmax(world < 1.0))
        assert not world[first + 1 :].any(), "it works again, though nobody mends"
    assert (measured(there, "oa:up")[:, -1] > 0.5).mean() > 0.9


def test_without_the_vendors_support_nothing_is_mended() -> None:
    """The own person sees every failure and hands it on to nobody."""
    ledger, _ = switched({"teams.support.people": 0.0})
    assert sum(counted(ledger, f"{name}:triage:done").sum() for name in FAILURES) > 0
    assert not any(counted(ledger, f"{name}:remote:done").any() for name in FAILURES)


def test_without_upgrades_failures_rise() -> None:
    """Nobody works on upgrades when they take longer than the horizon: the debt grows, and failures with it."""
    never, _ = switched({"upkeep.upgrades.work": 50_000.0})
    kept, _ = switched({})
    found, before = (sum(counted(ledger, name).mean() for name in FAILURES) for ledger in (never, kept))
    assert found > 1.2 * before, (found, before)


# ---- a relationship without noise

USERS, CASES, DAYS, DAY_VALUE, OLD, NEW = (Decimal(n) for n in ("100", "2", "2", "10", "0.5", "0.2"))
HOUR = Decimal(30)
MONTHS = 12
POTENTIAL = {
    "approvals sooner": USERS * CASES * DAYS * DAY_VALUE,
    "approvals handling": USERS * CASES * (OLD - NEW) * HOUR,
}
"""A month's outcome, and the hours removed in money, worked out by hand."""


def quiet(folder: Path) -> Case:
    """Write a case in which nothing is left to chance and every factor is one, live from the first hour on."""
    head = {
        "title": "quiet", "question": "Does it give its potential?", "currency": "CNY", "horizon": "12 months", "runoff": "0 months",
        "discount_rate": "0 % / year", "baseline": "today", "decision_maker": "company",
    }  # fmt: skip
    shared = {
        "parties": {"company": {}, "it": {"parent": "company"}, "people": {"contracting": False}},
        "users": {"staff": {
            "party": "company", "number": "100 users", "growth": "0 % / year", "wage_growth": "0 % / year", "hour": "60 CNY / h",
            "realisation": "50 %",
        }},
        "activities": {"approvals": {
            "users": "staff", "party": "company", "per_user": "2 / user / month", "old_hours": "0.5 h", "new_hours": "0.2 h",
            "sheets": "0 sheets / case", "sheet_price": "0 CNY / sheet", "old_days": 3.0, "new_days": 1.0, "day_value": "10 CNY / case",
            "special": "0 %", "special_loss": "0 CNY / case", "waiting": 0,
        }},
    }  # fmt: skip
    system = {
        "activities": {"approvals": {"service": "oa"}},
        "relationships": {"supply": {
            "kind": "internal", "provider": "it", "consumer": "company", "trust": "100 %", "trust_gain": "0 %", "trust_loss_ratio": 3,
            "effort_floor": "0 %", "consumer_effort": "100 %", "provider_effort": "100 %", "effort_exponent": "40 %",
            "bad_availability": "0 %", "gap_borne": "100 %",
        }},
        "services": {"oa": {
            "relationship": "supply", "users": "staff", "ceiling": "100 %", "compliance": "100 %", "ramp": "0 months", "expected": "0 %",
            "workaround": 0, "mandate_effort": "100 %", "patience": "0 h", "hosting": "100 %",
        }},
        "teams": {"builders": {
            "party": "it", "relationship": "supply", "people": "1 person", "calendar": "always", "pay": "0 CNY / person / month",
            "paid_to": "people",
        }},
        "deliveries": {"transition": {
            "service": "oa", "team": "builders", "work": "1 h", "overrun": 1, "luck": 1, "most": 2, "package": "1 h", "begins": "0 months",
            "failure": "0 %", "failure_alone": "0 %", "rework": "0 %",
        }},
    }  # fmt: skip
    return load_case(write_case(folder, head, {"today": {}, "system": system}, shared))


def months_of(case: Case) -> dict[str, Any]:
    """Give the monthly difference from today of each source, which no world has otherwise."""
    ledger, today = run(case, "system", 3), run(case, "today", 3)
    return {source: posted(ledger, source) - posted(today, source) for source in POTENTIAL}


def test_all_factors_at_one_give_the_potential_to_the_cent(tmp_path: Path) -> None:
    """In every world and month."""
    case = quiet(tmp_path)
    for source, found in months_of(case).items():
        assert found.shape == (3, MONTHS)
        np.testing.assert_allclose(found, float(POTENTIAL[source]), rtol=0.0, atol=0.005, err_msg=source)
    ledger, today = run(case, "system", 1), run(case, "today", 1)
    found = net_values(case, ledger, today)["company"].net_value[0]
    assert abs(Decimal(float(found)) - sum(POTENTIAL.values()) * MONTHS) < Decimal("0.005")


HALVES: dict[str, tuple[dict[str, Any], str]] = {
    "utility": ({"services.oa.ceiling": 0.5}, "0.5"),
    "hosting": ({"services.oa.hosting": 0.5}, "0.5"),
    "adoption": ({"services.oa.compliance": 0.5}, "0.5"),
    "the consumer's effort": ({"relationships.supply.consumer_effort": 0.5}, "0.5"),
    "two factors": ({"services.oa.ceiling": 0.5, "services.oa.compliance": 0.5}, "0.25"),
}


@pytest.mark.parametrize("half", HALVES)
def test_one_factor_at_a_half_gives_half_to_the_cent(half: str, tmp_path: Path) -> None:
    """Utility, warranty, adoption and effort multiply: two halves give a quarter."""
    values, share = HALVES[half]
    for source, found in months_of(quiet(tmp_path).with_values(values)).items():
        expected = float(POTENTIAL[source] * Decimal(share))
        np.testing.assert_allclose(found, expected, rtol=0.0, atol=0.005, err_msg=source)
