"""What generated cases have found: cases that the reader took and nothing could live, now refused where they go wrong."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from itilsim.case.lower import lower
from itilsim.engine.reference import run_block
from itilsim.text.faults import FaultyInput
from tests.concepts.contract_cases import DESK, FIXED, contract, falling
from tests.concepts.offering_cases import fleet, suite
from tests.concepts.people_cases import CONTRACT, MANDATE, SERVICE, SYSTEM, TRUSTING, small
from tests.concepts.test_extensions import EXTENDED

Parts = tuple[Mapping[str, Any], ...]
UNKNOWN = {"low": 1, "likely": 2, "high": 3}
DEFERRED = {"gates": {"later": {"kind": "defer", "relationship": "supply", "until": "3 months"}}}


def part(section: str, name: str, kind: str = "", **fields: Any) -> dict[str, Any]:
    """Give a section of one block."""
    return {section: {name: {**({"kind": kind} if kind else {}), **fields}}}


def unknown(unit: str) -> dict[str, Any]:
    """Give a quantity that the planner does not know."""
    return {**UNKNOWN, "unit": unit}


INSIDE: dict[str, tuple[dict[str, Any], str]] = {
    "a fee": (FIXED, "which has no prices"),
    "a price per user": (
        part("prices", "fee", "per-user", relationship="supply", users="staff", amount="1 CNY / user / month"), "which has no prices"
    ),
    "an indexed fee": (
        part("prices", "fee", "indexed", relationship="supply", amount="1 CNY / month", passed_on="100 %", cap="5 % / year",
             floor="0 % / year"),
        "which has no prices",
    ),
    "a metered price": (
        part("prices", "fee", "metered", relationship="supply", team="builders", hour="1 CNY / h"), "which has no prices"
    ),
    "a cost that grows with prices": (
        part("costs", "rent", "periodic", party="company", to="market", amount="1 CNY / month", relationship="supply", index="prices"),
        "which has no prices with which a cost could grow",
    ),
    "a withdrawal": (part("risks", "gone", "withdrawal", relationship="supply", frequency="1 / year"), "which has no notice"),
    "a level of availability": (
        part("promises", "up", "availability", relationship="supply", service="oa", targets=["99 %"], credits=["5 %"]), "which has no fee"
    ),
    "a price that follows a market": (
        {
            **falling(), **part("gates", "later", "defer", relationship="supply", until="2 months", market="rates", below=0.9),
            **part("prices", "build", "milestones", relationship="supply", hours="10 h", rate="1 CNY / h", licence="0 CNY", at_start="40 %",
                   at_live="40 %", later="1 month"),
        }, "prices that could follow the market",
    ),
}  # fmt: skip
"""What only a contract has, asked for inside one organization."""


def refused(folder: Path, builder: Any, *parts: Mapping[str, Any]) -> str:
    """Give the sentences with which a case is refused, "" where it is taken."""
    try:
        builder(folder, *parts)
    except FaultyInput as wrong:
        return str(wrong)
    return ""


@pytest.mark.parametrize("what", INSIDE)
def test_what_only_a_contract_has_is_refused_inside_one_organization(what: str, tmp_path: Path) -> None:
    """It was taken, and the plan could not be built."""
    block, words = INSIDE[what]
    said = refused(tmp_path, small, SYSTEM, block)
    assert "found 'supply', a relationship without a contract" in said and words in said


def test_a_response_level_is_of_requests(tmp_path: Path) -> None:
    """Bookings have no priorities."""
    level = {"relationship": "supply", "demand": "visits", "priority": "urgent", "target": "90 %", "credit": "5 %"}
    level = part("promises", "fast", "response", **level)
    assert "found 'visits', bookings, which have no priorities" in refused(tmp_path / "a", contract, FIXED, fleet(), level)
    level["promises"]["fast"]["demand"] = "support"
    assert not refused(tmp_path / "b", contract, FIXED, DESK, level)


NOUGHT: dict[str, Parts] = {
    "rework of nought": (part("deliveries", "transition", failure="100 %", rework="0 %"),),
    "luck of nought": (part("deliveries", "transition", failure_alone="100 %", luck=0),),
    "changes of nought": (
        part("changes", "wishes", "requirements", service="oa", frequency="1 / month", weight=0.1, triage="builders", triage_hours="1 h",
             team="builders", work="0 h", package="1 h", unfit="0 %", failure="100 %", failure_alone="100 %", breaks="0 %", repair="1 h",
             price="0 CNY / h"),
    ),
    "a process that accepts nothing": (
        part("deliveries", "transition", luck=0),
        part("processes", "desk", relationship="supply", triage="100 %", change="0 %", hand_over="100 %"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", NOUGHT)
def test_work_that_is_refused_every_time_takes_time(what: str, tmp_path: Path) -> None:
    """It was done again without end at one instant: the program hung. Where it may be accepted once it is taken."""
    assert "would be done again without end" in refused(tmp_path, contract, *NOUGHT[what])
    assert not refused(tmp_path / "b", contract, part("deliveries", "transition", failure="90 %", rework="0 %"))


def test_a_crew_is_of_somebody(tmp_path: Path) -> None:
    """The people of a team were divided by it."""
    assert "a crew is of somebody" in refused(tmp_path, contract, part("teams", "menders", crew="0 people"))


@pytest.mark.parametrize(("section", "name", "field"), [("deliveries", "transition", "team"), ("services", "oa", "users")])
def test_a_name_that_is_needed_is_not_empty(section: str, name: str, field: str, tmp_path: Path) -> None:
    """An empty one was taken for none, where there has to be one."""
    assert "unknown name among" in refused(tmp_path, contract, part(section, name, **{field: ""}))


def test_five_unknown_inputs_in_one_number_are_refused(tmp_path: Path) -> None:
    """A plan multiplies four; the fifth was an error of the program."""
    staff = part("users", "staff", hour=unknown("CNY / h"), realisation=unknown("%"), number=unknown("users"))
    paper = part("activities", "approvals", per_user=unknown("/ user / month"), old_hours=unknown("h"))
    said = refused(tmp_path / "a", contract, staff, paper)
    assert "found 5 unknown inputs that are multiplied" in said and "users.staff.number" in said
    waiting = part("activities", "approvals", per_user=unknown("/ user / month"), new_hours=unknown("h"), waiting=unknown(""))
    staff["users"]["staff"]["number"] = "100 users"
    assert "activities.approvals.waiting" in refused(tmp_path / "b", contract, staff, waiting)
    assert not refused(tmp_path / "c", contract, staff, paper)


def test_one_gate_signs_a_relationship(tmp_path: Path) -> None:
    """Two signed it twice, and deposits were paid twice."""
    again = part("gates", "much-later", "defer", relationship="supply", until="6 months")
    assert "whose signing 'later' decides on already" in refused(tmp_path, contract, FIXED, DEFERRED, {"gates": again["gates"]})


def test_what_is_signed_later_does_not_go_live_before(tmp_path: Path) -> None:
    """Neither with extensions, nor with a product that carries a service of another relationship."""
    gate = part("gates", "later", "defer", relationship="extension", until="6 months")
    assert "which a gate signs later" in refused(tmp_path / "a", contract, FIXED, EXTENDED, gate)
    other = {"sales-desk": {"kind": "internal", "provider": "it", "consumer": "company", **TRUSTING}}
    parts = suite()
    parts["services"]["crm"] = {**SERVICE, **MANDATE, "users": "sales", "relationship": "sales-desk"}
    shared = {"relationships": {**SYSTEM["relationships"], **other}}
    assert not refused(tmp_path / "b", small, SYSTEM, parts, shared)
    gate = part("gates", "later", "defer", relationship="sales-desk", until="6 months")
    assert "goes live before a gate has signed 'sales-desk'" in refused(tmp_path / "c", small, SYSTEM, parts, shared, gate)


INVESTED: dict[str, Any] = {
    "relationships": CONTRACT["relationships"],
    "outsiders": {"fund": {
        "kind": "investor", "relationship": "supply", "investor": "market", "stake": "1000 CNY", "dividend": "0 CNY / month",
        "least": "100 %", "returned": "50 %", "team": "builders", "people": "0 people",
    }},
}  # fmt: skip


@pytest.mark.xfail(raises=IndexError, strict=True, reason="both engines post after the last month what a last month end has due at once")
def test_what_falls_due_after_the_last_month_is_posted_nowhere(tmp_path: Path) -> None:
    """An investor without notice withdraws at the anniversary that is the last month end, and there is no run-off: no month is left.

    In the reference engine alone: the compiled one writes beside its ledger.
    """
    case = small(tmp_path, SYSTEM, {"parties": {"school": {}}}, INVESTED, months=12)
    ledger = run_block(lower(case, "system"), 1, 0, 1)
    assert ledger.amounts.shape[1] == 12


def test_what_falls_due_after_the_horizon_is_posted_in_the_run_off(tmp_path: Path) -> None:
    """With a month more it is paid in it."""
    case = small(tmp_path, SYSTEM, {"parties": {"school": {}}}, INVESTED, months=13)
    ledger = run_block(lower(case, "system"), 1, 0, 1)
    back = next(at for at, a in enumerate(ledger.books.accounts) if (a.source, a.party) == ("fund stake", "market"))
    assert ledger.amounts[0, [0, 12], back].tolist() == [-1_000.0, 500.0]
