"""People who provide: how they leave under overload, are replaced, learn and know the client, and how well they work together."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytest import MonkeyPatch

from itilsim.case.lower import lower
from itilsim.engine.reference import trace_world
from itilsim.kinds.failures import failure
from itilsim.kinds.processes.process import Process
from itilsim.kinds.risks import source_leak
from itilsim.kinds.staff.turnover import Turnover
from tests.case.small_cases import counted, measured, posted, run
from tests.concepts.people_cases import BUSY, DESK, LEAK, SYSTEM, desk, fixed, process, small, without

WORLDS = 20

def went(case: Any, replication: int) -> tuple[list[float], list[float]]:
    """Give the hours at which people leave and at which others come, in a world that is played again."""
    events = trace_world(lower(case, "system"), 1, replication).events
    leave = [e.hour for e in events if e.kind == "stream" and e.name == "people"]
    return leave, [e.hour for e in events if e.kind == "due" and e.name == "people:comes"]


@pytest.mark.concept("other stakeholders", broken_by=without(Turnover, "lower_leaving"))
def test_people_leave_and_others_come_after_the_time_to_hire(tmp_path: Path) -> None:
    """Each leaver leaves a place open for two months, and filling it costs a fifth of a year's pay."""
    case = desk(tmp_path)
    ledger = run(case, "system", WORLDS)
    for world in range(3):
        leave, come = went(case, world)
        assert len(leave) > 2
        np.testing.assert_allclose(come, [hour + 2 * 730.0 for hour in leave if hour + 2 * 730.0 < 24 * 730.0], rtol=1e-12)
        there = [4 - sum(h < m * 730.0 for h in leave) + sum(h < m * 730.0 for h in come) for m in range(1, 25)]
        np.testing.assert_array_equal(measured(ledger, "people:people")[world], there)
        assert posted(ledger, "people replacing")[world].sum() == pytest.approx(-len(come) * 0.2 * 12 * 10_000.0)
    mean = counted(ledger, "people").mean()
    assert 4.0 < mean < 8.0, "four people, two years, once a year each, less the empty places"


@pytest.mark.concept("other stakeholders", broken_by=fixed(Turnover, unhappy=1.0))
def test_overload_drives_people_away(tmp_path: Path) -> None:
    """A team that works all its hours and bears only half of them loses morale, and more of its people in the same worlds."""
    calm, over = (run(desk(tmp_path / share, BUSY, borne=f"{share} %"), "system", WORLDS) for share in ("100", "50"))
    assert measured(over, "people:busy")[:, 3:].mean() > 0.9
    assert measured(calm, "people:morale").min() == 1.0
    assert measured(over, "people:morale")[:, 12:].mean() < 0.3
    left = [counted(ledger, "people").mean() for ledger in (calm, over)]
    assert left[1] > 1.3 * left[0], left


@pytest.mark.concept("affected outcomes", broken_by=fixed(Turnover, morale_lost=0.0))
def test_low_morale_is_an_affected_outcome_of_people_outside_and_of_no_company(tmp_path: Path) -> None:
    """Exactly the shadow price for each person and what is missing of morale; no company's account but pay and hiring moves."""
    ledger = run(desk(tmp_path, BUSY, borne="50 %", attrition="0 / year"), "system", 2)
    morale = measured(ledger, "people:morale")
    assert morale[:, -1].max() < 0.2
    np.testing.assert_allclose(posted(ledger, "people morale", parties=("employees",)), -200.0 * 4 * (1.0 - morale), rtol=1e-9)
    assert not posted(ledger, "people morale").any()
    account = next(a for a in ledger.books.accounts if a.source == "people morale")
    assert (account.party, account.component, account.counterparty, account.cash) == ("employees", "outcome", "", False)


STRANGE = {"team": "builders", "attrition": "0 / year", "learning": "10 years"}


def hour_live(case: Any) -> float:
    """Give the hour at which the service goes live."""
    return next(e.hour for e in trace_world(lower(case, "system"), 1, 0).events if e.kind == "done" and e.name == "transition:work")


@pytest.mark.concept("service provision", broken_by=without(Turnover, "lower_pace"))
def test_who_does_not_know_the_client_works_slower(tmp_path: Path) -> None:
    """Work of 100 h whose pace hangs by half on knowing the client takes 200 h of those who know nothing, 100 h of those who do."""
    values = {"deliveries.transition.work": 100.0}
    hours = [hour_live(desk(tmp_path / k, values=values, knowledge=f"{k} %", **STRANGE)) for k in ("0", "50", "100")]
    np.testing.assert_allclose(hours, [200.0, 100.0 / 0.75, 100.0], rtol=1e-12)


def no_learning(monkeypatch: MonkeyPatch) -> None:
    """Let nobody learn anything."""
    monkeypatch.setattr(Turnover, "lower_learning", lambda self, n, active, to: None)


@pytest.mark.concept("service provision", broken_by=no_learning)
def test_knowledge_of_the_client_is_learned_from_the_client_and_lost_with_leavers(tmp_path: Path) -> None:
    """Learned at the client's engagement over six months; each leaver takes a quarter of it less what is handed over."""
    case = desk(tmp_path, knowledge="20 %", attrition="0 / year").with_values({"relationships.supply.consumer_effort": 0.5})
    rate = -math.expm1(-1.0 / 6.0) * 0.5
    found = measured(run(case, "system", 1), "people:knowledge")[0]
    np.testing.assert_allclose(found, 1.0 - 0.8 * (1.0 - rate) ** np.arange(24), rtol=1e-12)
    case = desk(tmp_path / "leaving")
    found = measured(run(case, "system", 3), "people:knowledge")
    for world in range(3):
        first = min(went(case, world)[0])
        month = int(first / 730.0)
        if sum(int(hour / 730.0) == month for hour in went(case, world)[0]) == 1:
            assert found[world, month] == pytest.approx(1.0 - 0.8 / 4.0)
            assert found[world, month + 1] > found[world, month]


@pytest.mark.concept("service provision", broken_by=fixed(Turnover, newcomer_pace=1.0))
def test_newcomers_make_the_same_mends_take_longer(tmp_path: Path) -> None:
    """In the same worlds with the same failures and leavers, at a pace of one fifth against a full one."""
    many = {"failures.outage.frequency": 4.0}
    ledgers = [
        run(desk(tmp_path / pace, values=many, newcomer_pace=f"{pace} %", attrition="3 / year"), "system", WORLDS) for pace in ("100", "20")
    ]
    np.testing.assert_array_equal(counted(ledgers[0], "people"), counted(ledgers[1], "people"))
    np.testing.assert_array_equal(counted(ledgers[0], "outage"), counted(ledgers[1], "outage"))
    up = [measured(ledger, "oa:up").mean(axis=1) for ledger in ledgers]
    assert (up[1] < up[0]).all()


def careful(monkeypatch: MonkeyPatch) -> None:
    """Let newcomers be as careful as others."""
    for module in (failure, source_leak):
        monkeypatch.setattr(module, "newcomers_of", lambda staff, factor: ([], 1.0))


@pytest.mark.concept("risk removed / imposed", broken_by=careful)
def test_newcomers_cause_more_failures_and_leaks(tmp_path: Path) -> None:
    """All that happens without newcomers happens with them too, and more of it; where nobody leaves nothing is added."""
    for attrition, more in (("4 / year", True), ("0 / year", False)):
        base = desk(tmp_path / attrition[0], LEAK, attrition=attrition)
        stated = {"staff": "people", "newcomers": 4}
        careless = careless_of(tmp_path / f"more-{attrition[0]}", attrition, stated)
        for name in ("outage", "leak"):
            few, many = (counted(run(case, "system", WORLDS), name) for case in (base, careless))
            assert (many >= few).all(), name
            assert (many.sum() > 1.2 * few.sum()) == more, name
            assert many.sum() == few.sum() or more, name


def careless_of(folder: Path, attrition: str, stated: dict[str, Any]) -> Any:
    """Give the case with failures and leaks that newcomers cause more of."""
    failures = {"outage": {**DESK["failures"]["outage"], **stated}}
    risks = {"leak": {**LEAK["risks"]["leak"], **stated}}
    return desk(folder, {"failures": failures, "risks": risks}, attrition=attrition)


# ---- processes


@pytest.mark.concept("IT service", broken_by=without(Process, "lower_works"))
@pytest.mark.parametrize("leg", ["triage", "change", "hand_over"])
def test_without_a_process_the_service_fails(leg: str, tmp_path: Path) -> None:
    """Nothing is triaged, nothing goes live, or what is handed over is never done; at full quality the process changes nothing."""
    with_all, without_one = (run(process(tmp_path / q, **{leg: f"{q} %"}), "system", 6) for q in ("100", "0"))
    plain_one = run(small(tmp_path / "none", SYSTEM, DESK), "system", 6)
    np.testing.assert_array_equal(with_all.amounts, plain_one.amounts)
    done = {work: counted(without_one, f"{work}:done").sum() for work in ("outage:triage", "outage:remote", "transition:work")}
    assert counted(with_all, "outage:remote:done").sum() > 50
    assert done["outage:remote"] == 0
    if leg == "change":
        assert done["transition:work"] == counted(without_one, "transition:rework:done").sum() == 0
        assert not posted(without_one, "approvals sooner").any()
        return
    assert (done["outage:triage"] > 0) == (leg == "hand_over")
    up = measured(without_one, "oa:up")
    assert (np.diff(up, axis=1) <= 1e-12).all()
    assert up[:, -1].mean() < 0.2


@pytest.mark.concept("service management", broken_by=without(Process, "lower_works"))
def test_half_the_quality_takes_twice_the_time_and_gets_half_accepted(tmp_path: Path) -> None:
    """Triage of 2 h takes 4, a mend of 20 h taken over takes 40, and about every second delivery is refused."""
    took = {}
    for leg in ("triage", "hand_over"):
        events = trace_world(lower(process(tmp_path / leg, **{leg: "50 %"}), "system"), 1, 0).events
        work = "outage:triage" if leg == "triage" else "outage:remote"
        hours = {(e.layer, e.k, e.kind): e.hour for e in events if e.name == work}
        begun = {(layer, k): hour for (layer, k, kind), hour in hours.items() if kind == "begins"}
        spans = [hours[*which, "done"] - hour for which, hour in begun.items() if (*which, "done") in hours]
        assert len(spans) > 5
        took[leg] = spans
    np.testing.assert_allclose(took["triage"], 4.0, rtol=1e-9)
    np.testing.assert_allclose(took["hand_over"], 40.0, rtol=1e-9)
    halves = counted(run(process(tmp_path / "half", change="50 %"), "system", 400), "transition:work:done")
    assert abs(halves.mean() - 0.5) < 0.1
