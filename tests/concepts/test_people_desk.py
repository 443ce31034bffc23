"""A desk of two levels: what is escalated, who gives up, and what a backlog does to those who face it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytest import MonkeyPatch

from itilsim.kinds.demand.escalated import Escalated
from itilsim.kinds.staff.turnover import Turnover
from itilsim.text.faults import FaultyInput
from tests.case.small_cases import counted, measured, posted, run
from tests.concepts.people_cases import HOUR, PEOPLE, SYSTEM, TURNOVER, fixed, small

WORLDS = 10


def levels(folder: Path, first: str = "3 people", work: str = "2 h", *, staff: dict[str, Any] | None = None, **fields: Any) -> Any:
    """Give a case of 100 people who ask two levels of support, each request taking two hours at each."""
    desk = {
        "kind": "escalated", "service": "oa", "party": "company", "per_user": "1 / user / month", "first": "desk", "first_work": work,
        "solved": "60 %", "second": "experts", "second_work": "2 h", "patience": "1000 months", "self_help": "3 h", "waiting": "0 %",
        "target": "8 h", "dispersion": "0 %", "monday": 1,
    }  # fmt: skip
    teams = {name: {"party": "it", **PEOPLE, "people": people} for name, people in (("desk", first), ("experts", "3 people"))}
    sections: dict[str, Any] = {"teams": {**SYSTEM["teams"], **teams}, "demand": {"help": {**desk, **fields}}}
    if staff is not None:
        sections["staff"] = {"people": {**TURNOVER, "team": "desk", "attrition": "0 / year", **staff}}
    return small(folder, SYSTEM, sections)


def not_escalated(patch: MonkeyPatch) -> None:
    """Let what the first level cannot solve vanish."""
    lower = Escalated.lower

    def lowered(self: Escalated, name: str, to: Any) -> None:
        lower(self, name, to)
        to.specs.effects[f"{name}:escalated"].clear()

    patch.setattr(Escalated, "lower", lowered)


@pytest.mark.concept("service offering: goods, access to resources, service actions", broken_by=not_escalated)
def test_what_the_first_level_cannot_solve_goes_to_the_second(tmp_path: Path) -> None:
    ledger = run(levels(tmp_path), "system", WORLDS)
    asked, first, second = (counted(ledger, what) for what in ("help", "help:first:done", "help:second:done"))
    assert abs(second.sum() / (first + second).sum() - 0.4) < 0.02
    assert (first + second <= asked).all()
    assert ((asked - first - second) < 10).all(), "next to all are solved by the end, once each"


@pytest.mark.concept("service consumption", broken_by=fixed(Escalated, self_help=0.0))
def test_whoever_waits_too_long_helps_himself_at_his_own_cost(tmp_path: Path) -> None:
    """With nobody at the desk all who wait for 10 hours give up, and each costs three hours exactly."""
    ledger = run(levels(tmp_path, "0 people", patience="10 h"), "system", WORLDS)
    gone = measured(ledger, "help:gave-up")
    assert (counted(ledger, "help") - gone.sum(axis=1) < 10).all()
    assert gone[:, 1:].min() > 50.0
    np.testing.assert_allclose(posted(ledger, "help self-help"), -3.0 * HOUR * gone, rtol=1e-12)
    patient = run(levels(tmp_path / "patient"), "system", 2)
    assert not posted(patient, "help self-help").any()


@pytest.mark.concept("service offering: goods, access to resources, service actions", broken_by=fixed(Escalated, waiting=0.0))
def test_an_open_request_costs_its_user_hours_at_each_level(tmp_path: Path) -> None:
    """Two hours of work at least, of which a fifth is lost; of twice the share twice as much."""
    fifth, double = (run(levels(tmp_path / share, waiting=f"{share} %"), "system", WORLDS) for share in ("20", "40"))
    hours = [-posted(ledger, "help waiting").sum(axis=1) / HOUR for ledger in (fifth, double)]
    np.testing.assert_allclose(hours[1], 2.0 * hours[0], rtol=1e-12)
    done = counted(fifth, "help:first:done") + counted(fifth, "help:second:done")
    assert (hours[0] > 0.2 * 0.9 * done).all(), "most of the two hours are office hours"


def test_a_request_is_escalated_to_another_team(tmp_path: Path) -> None:
    with pytest.raises(FaultyInput, match="escalated to another team"):
        levels(tmp_path, second="desk")


PILE = {"backlog_borne": 5, "backlog_morale": 0.1, "morale_lost": 0}


@pytest.mark.concept("other stakeholders", broken_by=fixed(Turnover, backlog_morale=0.0))
def test_a_backlog_wears_down_the_people_who_face_it(tmp_path: Path) -> None:
    """One person, 730 hours, for 100 requests of nine hours each: the queue grows, and morale goes a third of the way to what it leaves."""
    pile = measured(run(levels(tmp_path / "one", "1 person", "9 h", staff=PILE), "system", WORLDS), "people:backlog")
    assert pile[:, -1].min() > 10.0, "the backlog grows where there are too few"
    ledger = run(levels(tmp_path / "few", "1 person", "9 h", staff=PILE), "system", WORLDS)
    morale, moved = measured(ledger, "people:morale"), np.ones(WORLDS)
    for month in range(24):
        target = np.clip(1.0 - 0.1 * np.maximum(0.0, pile[:, month] - 5.0), 0.0, 1.0)
        np.testing.assert_allclose(morale[:, month], moved, atol=1e-9)
        moved = moved + (target - moved) / 3.0
    assert morale[:, -1].max() < 0.7
    calm = run(levels(tmp_path / "many", "6 people", "9 h", staff=PILE), "system", 2)
    assert measured(calm, "people:morale").min() == 1.0


def test_what_is_borne_and_what_it_costs_belong_together(tmp_path: Path) -> None:
    with pytest.raises(FaultyInput, match="belong together"):
        levels(tmp_path, staff={"backlog_borne": 5})
