"""Skills in more detail: what is used of them in the work, what managers make room for, certificates, and people hired for them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytest import MonkeyPatch

from itilsim.case import Case
from itilsim.case.lower import lower
from itilsim.engine import reference
from itilsim.engine.compiled import run_block
from itilsim.kinds.activities.with_skill import WithSkill
from itilsim.kinds.block import Block
from itilsim.kinds.costs.certificate import Certificate
from itilsim.kinds.costs.premium import Premium
from itilsim.kinds.skills.skill import COURSE, Skill
from itilsim.ledger.transfers import check_ledger
from itilsim.text.faults import FaultyInput
from tests.case.small_cases import ARRAYS, measured, posted, run, same
from tests.concepts.people_cases import HOUR, MANDATE, SERVICE, SYSTEM, TEACHING, USERS, fixed, skill, small, without
from tests.concepts.test_people_laws import changed_by_a_tenth

UNTAUGHT: dict[str, Any] = {key: value for key, value in TEACHING["skills"]["selling"].items() if key not in COURSE}
CLAIMS: dict[str, Any] = {
    "kind": "with-skill", "users": "staff", "party": "company", "skill": "selling", "per_user": "2 / user / month", "old_hours": "5 h",
    "new_hours": "3 h", "old_cost": "400 CNY / case", "new_cost": "250 CNY / case", "paid_to": "market",
}  # fmt: skip
CERTIFIED: dict[str, Any] = {
    "kind": "certificate", "party": "company", "to": "market", "skill": "selling", "valid": "2 years", "renewed": "75 %",
    "fee": "600 CNY / user", "hours": "4 h / user",
}  # fmt: skip
WANTED: dict[str, Any] = {
    "kind": "premium", "party": "company", "to": "market", "skill": "selling", "anyway": "20 %", "search": "1000 CNY / user",
    "premium": "500 CNY / user / month",
}  # fmt: skip
LEFT = 1.0 - 0.81 ** (1.0 / 12.0)
"""The share of people who leave in a month, at 19 % a year."""


def untaught(folder: Path, *parts: Any, **fields: Any) -> Case:
    """Give a case of a skill that nobody teaches, with changed fields."""
    return small(folder, {"relationships": SYSTEM["relationships"], "skills": {"selling": {**UNTAUGHT, **fields}}}, *parts)


def whole(folder: Path) -> Case:
    """Give a case in which a course of a service teaches a skill that an activity uses, with certificates and people hired for it."""
    return skill(
        folder, 12, {**SYSTEM, "services": {"oa": {**SERVICE, **MANDATE, "ceiling": "80 %"}}},
        {"activities": {"claims": CLAIMS}, "costs": {"papers": CERTIFIED, "wanted": WANTED}}, service="oa", every="1 month",
        leavers="20 % / year", skilled_hires="50 %", practice="60 %", practice_effort="50 %", practice_hours="1 h / user / month",
    ).with_values({"relationships.supply.consumer_effort": 0.8})  # fmt: skip


# ---- practice


@pytest.mark.concept("value co-creation", broken_by=fixed(Skill, practice_effort=0.0))
def test_managers_who_are_not_engaged_leave_a_part_of_the_skill_unused(tmp_path: Path) -> None:
    """80 % practice, half of it by engagement: 80, 60 and 40 % of 40 skilled people; idle skill halves in six months."""
    for place, engaged in enumerate((1.0, 0.5, 0.0)):
        case = skill(tmp_path / str(place), practice="80 %", practice_effort="50 %")
        ledger = run(case.with_values({"relationships.supply.consumer_effort": engaged}), "system", 1)
        practised = 0.8 * (0.5 + 0.5 * engaged)
        kept = 1.0 - (1.0 - practised) * (1.0 - 0.5 ** (1.0 / 6.0))
        expected = 40.0 * kept ** np.arange(24) * practised
        np.testing.assert_allclose(measured(ledger, "selling:in-use")[0], expected, rtol=1e-12)
        np.testing.assert_allclose(posted(ledger, "selling used")[0], 100.0 * expected, rtol=1e-12)


@pytest.mark.concept("value co-creation", broken_by=fixed(Skill, practice_effort=0.0))
def test_without_a_relationship_nobody_asks_managers_to_make_room(tmp_path: Path) -> None:
    """A skill that nobody teaches is there, used in the part of practice that needs no engagement, and forgotten for the rest."""
    ledger = run(untaught(tmp_path, practice="50 %", practice_effort="40 %", relationship=""), "system", 1)
    expected = 0.4 * (1.0 - 0.7 * (1.0 - 0.5 ** (1.0 / 6.0))) ** np.arange(24)
    np.testing.assert_allclose(measured(ledger, "selling:level")[0], expected, rtol=1e-12)
    np.testing.assert_allclose(measured(ledger, "selling:in-use")[0], USERS * 0.3 * expected, rtol=1e-12)


def whatever_is_taught(monkeypatch: MonkeyPatch) -> None:
    """Let a course teach what it would without its service."""
    real = Skill.lower_learning

    def lowered(self: Skill, n: str, seats: Any, attended: Any, learned: Any, to: Any) -> None:
        real(self.model_copy(update={"service": ""}), n, seats, attended, learned, to)

    monkeypatch.setattr(Skill, "lower_learning", lowered)


@pytest.mark.concept("service = utility + warranty", broken_by=whatever_is_taught)
def test_a_course_teaches_as_much_as_its_service_is_of_use(tmp_path: Path) -> None:
    """Half of twenty seats are taken (adoption), and six tenths of what half of them would learn arrives (utility): three people."""
    service = {**SERVICE, **MANDATE, "compliance": "50 %", "ceiling": "60 %"}
    case = skill(tmp_path, 24, SYSTEM, {"services": {"oa": service}}, service="oa", every="6 months", half_life="1200000 months")
    ledger = run(case, "system", 1)
    level = USERS * measured(ledger, "selling:level")[0]
    np.testing.assert_allclose([level[6] - level[5], level[12] - level[11]], 3.0, rtol=1e-4)
    np.testing.assert_allclose(posted(ledger, "selling attended")[0, 6], -10 * 8 * HOUR, rtol=1e-12)


# ---- what the skill is good for


@pytest.mark.concept("service", broken_by=fixed(WithSkill, new_hours=5.0, new_cost=400.0))
def test_cases_take_less_where_the_skill_is_used(tmp_path: Path) -> None:
    """200 cases a month; at 40 % skilled who use half of it a fifth is done in 3 h for 250 instead of 5 h for 400."""
    case = skill(tmp_path, 24, {"activities": {"claims": CLAIMS}}, practice="50 %", half_life="1200000 months")
    ledger = run(case, "system", 1)
    np.testing.assert_allclose(posted(ledger, "claims handling")[0], -200.0 * HOUR * (0.8 * 5.0 + 0.2 * 3.0), rtol=1e-4)
    np.testing.assert_allclose(posted(ledger, "claims spending")[0], -200.0 * (0.8 * 400.0 + 0.2 * 250.0), rtol=1e-4)


# ---- certificates and people hired for it


@pytest.mark.concept("output / outcome", broken_by=without(Certificate, "lower"))
def test_a_skill_whose_certificate_is_not_renewed_counts_no_longer(tmp_path: Path) -> None:
    """A twenty-fourth of 40 people is due each month; three in four of them renew it for 600 and 4 h, a quarter's skill is gone."""
    ledger = run(untaught(tmp_path, {"costs": {"papers": CERTIFIED}}), "system", 1)
    held = 40.0 * (1.0 - 0.25 / 24.0) ** np.arange(24)
    np.testing.assert_allclose(USERS * measured(ledger, "selling:level")[0], held, rtol=1e-12)
    np.testing.assert_allclose(posted(ledger, "papers fee")[0], -600.0 * 0.75 / 24.0 * held, rtol=1e-12)
    np.testing.assert_allclose(posted(ledger, "papers hours")[0], -4.0 * HOUR * 0.75 / 24.0 * held, rtol=1e-12)


@pytest.mark.concept("cost removed / imposed", broken_by=fixed(Premium, premium=0.0))
def test_who_is_hired_for_a_skill_costs_more_for_as_long_as_he_stays(tmp_path: Path) -> None:
    """19 % leave a year; half of those who come have it, a fifth would have it anyway: three in ten are sought, and paid."""
    case = untaught(tmp_path, {"costs": {"wanted": WANTED}}, leavers="19 % / year", skilled_hires="50 %")
    ledger = run(case, "system", 1)
    come = 0.3 * LEFT * USERS
    there = come * (1.0 - (1.0 - LEFT) ** np.arange(24)) / LEFT
    np.testing.assert_allclose(measured(ledger, "wanted:people")[0], there, rtol=1e-9)
    np.testing.assert_allclose(posted(ledger, "wanted search")[0], -1000.0 * come, rtol=1e-12)
    np.testing.assert_allclose(posted(ledger, "wanted pay")[0], -500.0 * there, rtol=1e-9)


# ---- laws


@pytest.mark.parametrize("grid", [0.0, 1.0])
def test_both_engines_agree_and_the_books_balance(grid: float, tmp_path: Path) -> None:
    plan = lower(whole(tmp_path), "system", grid=grid)
    fast, read = run_block(plan, 1, 0, 3), reference.run_block(plan, 1, 0, 3)
    for array in ARRAYS:
        np.testing.assert_array_equal(getattr(fast, array), getattr(read, array), err_msg=array)
    check_ledger(fast)


def test_every_number_moves_something(tmp_path: Path) -> None:
    case = whole(tmp_path)
    before = run(case, "system", 2)
    own = ("skills.selling", "activities.claims", "costs.papers", "costs.wanted")
    keys = [leaf for leaf in case["system"].leaves() if leaf.key.startswith(own)]
    still = [leaf.key for leaf in keys if same(run(case.with_values({leaf.key: changed_by_a_tenth(leaf)}), "system", 2), before)]
    assert len(keys) == 25
    assert still == []


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "half a course": ({"skills": {"selling": {**UNTAUGHT, "seats": "20 users"}}}, "found seats without relationship, team"),
    "a service that nobody teaches": (
        {"skills": {"selling": {**UNTAUGHT, "service": "oa"}}, "services": {"oa": {**SERVICE, **MANDATE}}}, "only where somebody teaches",
    ),
    "no half-life": ({"skills": {"selling": {**UNTAUGHT, "half_life": "0 months"}}}, "half_life is a length of time"),
    "more come anyway than come": (
        {"skills": {"selling": {**UNTAUGHT, "skilled_hires": "10 %"}}, "costs": {"wanted": WANTED}}, "of those who come 10% have",
    ),
    "a certificate of a day": (
        {"skills": {"selling": UNTAUGHT}, "costs": {"papers": {**CERTIFIED, "valid": "1 day"}}}, "a certificate is valid for some time",
    ),
}  # fmt: skip


def all_is_well(monkeypatch: MonkeyPatch) -> None:
    """Let no kind find anything wrong."""
    for kind in (Block, Skill, Premium, Certificate):
        monkeypatch.setattr(kind, "faults", lambda self: ())
        monkeypatch.setattr(kind, "conflicts", lambda self, name, blocks: ())


@pytest.mark.concept("organization", broken_by=all_is_well)
@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_is_refused_with_a_sentence(what: str, tmp_path: Path) -> None:
    parts, words = REFUSED[what]
    found = ""
    try:
        small(tmp_path, {"relationships": SYSTEM["relationships"], "deliveries": SYSTEM["deliveries"], "teams": SYSTEM["teams"]}
              if "services" in parts else {"relationships": SYSTEM["relationships"]}, parts)["system"]  # fmt: skip
    except FaultyInput as wrong:
        found = str(wrong)
    assert words in found
