"""Broadband: an outside figure, what redundancy and contention do world by world, and both engines."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from itilsim.case import Case, load_case
from itilsim.case.lower import lower
from itilsim.engine.compiled import run_block
from itilsim.engine.reference import run_block as run_reference
from itilsim.ledger.ledger import Ledger
from tests.case.small_cases import measured, posted, run, same

CASE = Path(__file__).parents[2] / "scenarios" / "broadband"
ALTERNATIVES = ("today", "one-line", "line-and-5g", "two-lines", "dedicated")
OFFICE_HOURS = 9 * 5 * 8760 / 168
"""Office hours of a year."""
SURVEYED, LEAST, MOST = 20.1, 10.0, 40.0
"""Hours a year in which a UK business of 51-250 people has no connection (Beaming and Opinium, 2018), and the band stated beforehand."""


@cache
def case() -> Case:
    """Read the case."""
    return load_case(CASE)


@cache
def lived(alternative: str, worlds: int = 300) -> Ledger:
    """Live worlds of an alternative."""
    return run(case(), alternative, worlds)


def changed(alternative: str, values: dict[str, Any], worlds: int = 100) -> Ledger:
    """Live worlds of an alternative with changed inputs."""
    return run(case().with_values(values), alternative, worlds)


def office_hours_out(ledger: Ledger, service: str) -> Any:
    """Give the office hours a year in which a service is out, by world."""
    return (1.0 - measured(ledger, f"{service}:up").mean(axis=1)) * OFFICE_HOURS


def test_the_old_line_is_out_as_long_as_businesses_say() -> None:
    """The outside figure of EXPECTATIONS.md."""
    hours = office_hours_out(lived("today"), "old-line").mean()
    assert LEAST < hours < MOST, f"{hours:.1f} office hours a year, surveyed {SURVEYED}"


@pytest.mark.parametrize("alternative", ALTERNATIVES)
def test_both_engines_live_the_same_lives(alternative: str) -> None:
    """Three worlds, and one on a grid full of ties."""
    for grid, worlds in ((0.0, 3), (0.25, 1)):
        plan = lower(case(), alternative, grid=grid)
        assert same(run_block(plan, 1, 0, worlds), run_reference(plan, 1, 0, worlds)), f"grid {grid}"


def test_the_workplace_is_out_only_where_all_lines_are_or_the_cloud() -> None:
    """In every world and month after the handover: not longer than either line, and what the cloud adds."""
    for alternative in ("two-lines", "line-and-5g"):
        ledger = lived(alternative)
        out = {name: 1.0 - measured(ledger, f"{name}:up")[:, 4:] for name in ("workplace", "first-line", "second-line", "cloud")}
        either = np.minimum(out["first-line"], out["second-line"])
        assert (out["workplace"] <= either + out["cloud"] + 1e-9).all(), alternative
        assert (out["workplace"] >= out["cloud"] - 1e-9).all(), alternative
        assert out["first-line"].sum() > 4.0 * (out["workplace"] - out["cloud"]).clip(0.0).sum() / 3.0, alternative


def test_a_second_cable_helps_against_all_but_cuts_and_5g_against_those_too() -> None:
    """Without cuts of the ducts two cables are out a third as long or less; over 5G cuts hardly matter."""
    uncut = {"failures.cut.frequency": 0.0}
    own = {}
    for alternative in ("one-line", "two-lines", "line-and-5g"):
        for ledger, what in ((lived(alternative), "cut"), (changed(alternative, uncut, 300), "uncut")):
            without_cloud = office_hours_out(ledger, "workplace") - office_hours_out(ledger, "cloud")
            own[alternative, what] = without_cloud.mean()
    assert own["two-lines", "uncut"] < own["two-lines", "cut"] / 3.0
    assert own["line-and-5g", "cut"] < 0.4 * own["two-lines", "cut"]
    assert own["two-lines", "cut"] < 0.5 * own["one-line", "cut"]


def test_the_neighbours_are_what_today_suffers_from() -> None:
    """With no neighbours on the old line hardly any of the hours that a fibre line saves is left."""

    def saved(values: dict[str, Any]) -> float:
        hours = [posted(changed(name, values), "online-work handling", parties=("office",)) for name in ("one-line", "today")]
        return float((hours[0] - hours[1]).mean())

    assert saved({"offerings.old-access.others": 0.0}) < 0.3 * saved({})


def test_a_carrier_that_is_not_committed_adds_nothing() -> None:
    """The shared fibre fills up: beyond what it can carry in the last year, where a willing carrier keeps a fifth free."""
    willing = measured(lived("one-line"), "first-access:load")[:, -12:].mean()
    unwilling = measured(changed("one-line", {"relationships.line-contract.provider_effort": 0.5}), "first-access:load")[:, -12:].mean()
    assert willing < 0.8 < 1.0 < unwilling


def test_data_over_5g_are_paid_for_what_went_over_it() -> None:
    """In every world and month: the standing fee, and 25 units a user at 1.30 for the share of work that took that way."""
    ledger = lived("line-and-5g")
    fee = -posted(ledger, "second-contract fee", parties=("it-department",))[:, 2:48]
    by, users = measured(ledger, "workplace:by:second-line")[:, 2:], measured(ledger, "users")[:, 2:]
    age = np.arange(2, 48)
    prices = 1.05 ** (age // 12) * np.where(age >= 24, 1.1, 1.0)
    off_anniversary = (age % 12 != 0) & (age % 12 != 11)
    stated = (30.0 + by * users * 25.0 * 1.3) * prices
    np.testing.assert_allclose(fee[:, off_anniversary], stated[:, off_anniversary], rtol=1e-9)
    assert by.max() > 0.01
