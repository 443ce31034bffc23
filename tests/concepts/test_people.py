"""People who consume: who comes to use a service of their own will, and what they learn and forget."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytest import MonkeyPatch

from itilsim.kinds.adoptions.voluntary import Voluntary
from itilsim.kinds.services.service import Service
from itilsim.kinds.skills.skill import Skill
from itilsim.text.faults import FaultyInput
from tests.case.small_cases import counted, measured, posted, run
from tests.concepts.people_cases import CONTRACT, HOUR, MANDATE, SYSTEM, USERS, fixed, skill, small, voluntary, without

P, Q = 0.03, 0.38
WORLDS = 20


def bass(years: Any, p: float = P) -> Any:
    """Give the share of all who have adopted after so many years (Bass 1969), in closed form."""
    return -np.expm1(-(p + Q) * years) / (1.0 + Q / p * np.exp(-(p + Q) * years))


def stepped(months: int, *, p: float = P, quality: float = 1.0, ceiling: float = 1.0, leaves: float = 0.0) -> Any:
    """Give the share of each month by midpoint steps, worked out beside the program; `leaves` a year of those there."""

    def slope(share: float, gone: float) -> float:
        return (p + Q * share) / 12.0 * max(0.0, ceiling - share) * quality - gone / 12.0 * share

    shares = [0.5 * slope(0.25 * slope(0.0, 0.0), 0.0)]
    for _ in range(months - 1):
        now = shares[-1]
        shares.append(now + slope(now + 0.5 * slope(now, leaves), leaves))
    return np.array(shares)


# ---- adoption


@pytest.mark.concept("service consumer: customer, user, sponsor", broken_by=fixed(Voluntary, imitation=0.0))
def test_people_follow_each_other_as_in_the_closed_form(tmp_path: Path) -> None:
    """Bass: each month's share is that of its middle, to the error of a midpoint step; and the step itself to the last digits."""
    found = measured(run(voluntary(tmp_path), "system", 2), "oa:adoption")
    np.testing.assert_allclose(found, np.tile(stepped(60), (2, 1)), rtol=1e-12)
    np.testing.assert_allclose(found[0], bass((np.arange(60) + 0.5) / 12.0), atol=4e-5, rtol=0.0)


@pytest.mark.concept("service = utility + warranty", broken_by=fixed(Voluntary, drift=0.0))
def test_people_come_slower_to_a_bad_service_and_leave_it(tmp_path: Path) -> None:
    """Two users in five of whom would be served: a hosting of 40 % against 80 % expected."""
    case = voluntary(tmp_path, 36, service={"hosting": "40 %"}, expected="80 %", drift="2 / year", ceiling="90 %")
    found = measured(run(case, "system", 1), "oa:adoption")[0]
    np.testing.assert_allclose(found, stepped(36, quality=0.4, ceiling=0.9, leaves=2.0 * 0.4), rtol=1e-12)


@pytest.mark.concept("service consumption", broken_by=fixed(Voluntary, training_lift=0.0))
def test_training_is_an_effort_of_the_company_that_brings_people_sooner(tmp_path: Path) -> None:
    """Half an hour a month, six a year, at 0.25 each: p is 2.5 times as large, half of that rise at half the engagement; hours cost."""
    fields = {"training": "0.5 h / user / month", "training_lift": 0.25}
    case = voluntary(tmp_path, 24, **fields)
    for engaged in (1.0, 0.5):
        lived = run(case.with_values({"relationships.supply.consumer_effort": engaged}), "system", 1)
        found = measured(lived, "oa:adoption")[0]
        np.testing.assert_allclose(found, stepped(24, p=P * (1.0 + 1.5 * engaged)), rtol=1e-12)
        hours = posted(lived, "word training")[0]
        np.testing.assert_allclose(hours[1:], -USERS * 0.5 * engaged * HOUR, rtol=1e-12)


def mandate_alone(monkeypatch: MonkeyPatch) -> None:
    """Leave out that others come of their own will."""
    monkeypatch.setattr(Voluntary, "slope", lambda self, n, at, quality, leaves, to: to.product(f"{n}:slope", 0.0))


@pytest.mark.concept("output / outcome", broken_by=mandate_alone)
def test_those_whom_no_mandate_reaches_come_of_their_own_will(tmp_path: Path) -> None:
    """40 % have to; the rest follow each other. What is used, and so the outcome, follows the sum."""
    case = voluntary(tmp_path, 24, service={**MANDATE, "compliance": "40 %"})
    ledger = run(case, "system", 1)
    expected = 0.4 + 0.6 * stepped(24)
    np.testing.assert_allclose(measured(ledger, "oa:adoption")[0], expected, rtol=1e-12)
    np.testing.assert_allclose(posted(ledger, "approvals sooner")[0], USERS * 2 * 2 * 10 * expected, rtol=1e-9)


def never_refused(monkeypatch: MonkeyPatch) -> None:
    """Let a service be read however people are to come to it."""
    monkeypatch.setattr(Service, "conflicts", lambda self, name, blocks: ())
    monkeypatch.setattr(Service, "faults", lambda self: ())


@pytest.mark.concept("service consumer: customer, user, sponsor", broken_by=never_refused)
def test_a_service_to_which_nobody_would_come_is_refused(tmp_path: Path) -> None:
    """No mandate and nobody of their own will; and half a mandate is none."""
    services = {key: value for key, value in SYSTEM["services"]["oa"].items() if key not in MANDATE}
    for number, (more, words) in enumerate((({}, "nobody would come"), ({"compliance": "40 %"}, "a mandate states all five"))):
        found = ""
        try:
            small(tmp_path / str(number), SYSTEM, {"services": {"oa": {**services, **more}}})["system"]
        except FaultyInput as wrong:
            found = str(wrong)
        assert words in found


# ---- skills


def plain(monkeypatch: MonkeyPatch) -> None:
    """Let a skill be there for good, whatever happens."""
    monkeypatch.setattr(Skill, "lower_loss", lambda self, n, to: None)


@pytest.mark.concept("output / outcome", broken_by=plain)
def test_a_skill_that_lies_idle_halves_with_its_half_life(tmp_path: Path) -> None:
    """And with nobody using it there is no outcome, though there is skill: it is worth something only when used."""
    ledger = run(skill(tmp_path, practice="0 %"), "system", 2)
    expected = 0.4 * 0.5 ** (np.arange(24) / 6.0)
    np.testing.assert_allclose(measured(ledger, "selling:level"), np.tile(expected, (2, 1)), rtol=1e-12)
    assert not posted(ledger, "selling used").any()


@pytest.mark.concept("output / outcome", broken_by=plain)
def test_leavers_take_their_skill_along_unless_skilled_people_come(tmp_path: Path) -> None:
    """19 % a year leave, 10 % in two: with practice nothing is forgotten, and hiring skilled people keeps the level."""
    found = [
        measured(run(skill(tmp_path / share, leavers="19 % / year", skilled_hires=f"{share} %"), "system", 1), "selling:level")[0]
        for share in ("0", "40")
    ]
    np.testing.assert_allclose(found[0], 0.4 * 0.81 ** (np.arange(24) / 12.0), rtol=1e-12)
    np.testing.assert_allclose(found[1], 0.4, rtol=1e-12)


@pytest.mark.concept("service offering: goods, access to resources, service actions", broken_by=without(Skill, "lower_courses"))
def test_a_completed_course_adds_skill_and_practice_makes_it_worth_something(tmp_path: Path) -> None:
    """Ten of twenty learn it every third month; who lacks it comes; half of the skill is used, at its worth, and takes hours."""
    case = skill(tmp_path, every="3 months", practice="50 %", half_life="1200000 months", practice_hours="2 h / user / month")
    ledger = run(case, "system", 1)
    level = measured(ledger, "selling:level")[0]
    held = [0.4 + 0.1 * min(5, m // 3) for m in range(1, 16)]
    np.testing.assert_allclose(level[3:15], held[2:14], rtol=1e-4)
    assert (np.diff(level) > -1e-4).all()
    assert level[-1] < 1.0
    use = measured(ledger, "selling:in-use")[0]
    np.testing.assert_allclose(posted(ledger, "selling used")[0], 100.0 * use, rtol=1e-12)
    np.testing.assert_allclose(posted(ledger, "selling practice")[0], -2.0 * HOUR * use, rtol=1e-12)
    np.testing.assert_allclose(use[4], 0.5 * level[4] * USERS, rtol=1e-4)
    np.testing.assert_allclose(posted(ledger, "selling attended")[0, 3], -20 * 8 * HOUR, rtol=1e-12)


def no_effort(monkeypatch: MonkeyPatch) -> None:
    """Let courses be held whatever the efforts are."""
    real = Skill.lower_courses

    def lowered(self: Skill, n: str, to: Any) -> None:
        real(self, n, to)
        to.specs.works[f"{n}:course"] = replace(to.specs.works[f"{n}:course"], speed="")

    monkeypatch.setattr(Skill, "lower_courses", lowered)


@pytest.mark.concept("value co-creation", broken_by=no_effort)
@pytest.mark.parametrize("side", ["consumer_effort", "provider_effort"])
def test_neither_side_alone_makes_anybody_skilled(side: str, tmp_path: Path) -> None:
    """Without the effort of either no course is held."""
    case = skill(tmp_path, every="3 months")
    ledger = run(case.with_values({f"relationships.supply.{side}": 0.0}), "system", 1)
    assert counted(run(case, "system", 1), "selling:course:done")[0] == 7.0
    assert not counted(ledger, "selling:course:done").any()
    np.testing.assert_allclose(measured(ledger, "selling:level"), 0.4, rtol=1e-12)


def ends_with_it(monkeypatch: MonkeyPatch) -> None:
    """Let the skill be of use only while the relationship lasts."""
    real = Skill.lower_use

    def lowered(self: Skill, n: str, to: Any) -> None:
        real(self, n, to)
        spec = to.specs.products[f"{n}:used"]
        to.product(f"{n}:used", spec.base, *spec.modifiers, f"{self.relationship}:active")

    monkeypatch.setattr(Skill, "lower_use", lowered)


@pytest.mark.concept("output / outcome", broken_by=ends_with_it)
def test_skill_outlives_the_relationship_and_decays(tmp_path: Path) -> None:
    """The provider is gone in the first months, and no course comes after; what was learned is used, and halves as it did."""
    ledger = run(skill(tmp_path, 24, CONTRACT, every="48 h", learned="100 %", practice="50 %"), "system", 3)
    assert (counted(ledger, "supply:ended") == 1.0).all()
    assert counted(ledger, "selling:course:done").max() < 20.0
    worth, level = posted(ledger, "selling used"), measured(ledger, "selling:level")
    assert (worth[:, 12:] > 0.0).all()
    kept = 1.0 - 0.5 * (1.0 - 0.5 ** (1.0 / 6.0))
    np.testing.assert_allclose(worth[:, 13:] / worth[:, 12:-1], kept, rtol=1e-9)
    np.testing.assert_allclose(level[:, 13:] / level[:, 12:-1], kept, rtol=1e-9)
