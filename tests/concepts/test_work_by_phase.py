"""Work and people by the phase of a relationship: what is asked for while the first version is built, who is there only to build it, and
what a provider earns by the hour."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytest import MonkeyPatch

from itilsim.case import Case
from itilsim.kinds.changes.requirements import Requirements
from itilsim.kinds.relationships.contract import Contract
from itilsim.kinds.staff.turnover import Turnover
from itilsim.ledger.ledger import ENDINGS
from tests.case.small_cases import counted, measured, posted, run
from tests.concepts.contract_cases import PATCHES, contract
from tests.concepts.people_cases import DESK, PEOPLE, SYSTEM, TURNOVER, desk, small

WANTED: dict[str, Any] = {"changes": {"wanted": {
    "service": "oa", "frequency": "24 / year", "weight": 0.001, "triage": "desk", "triage_hours": "1 h", "team": "menders", "work": "4 h",
    "package": "8 h", "unfit": "100 %", "failure": "0 %", "failure_alone": "0 %", "breaks": "0 %", "repair": "1 h", "price": "0 CNY / h",
}}}  # fmt: skip
LATE = {"deliveries.transition.begins": "12 months"}


def wanted(folder: Path, during: str) -> Case:
    """Give a case of two years with a go-live after one, and requirements that nobody follows."""
    parts = {"changes": {"wanted": {**WANTED["changes"]["wanted"], "during": during}}}
    quiet = {"failures.outage.frequency": 0.0, "staff.people.attrition": 0.0}
    return desk(folder, parts, values={**LATE, **quiet})


def only_live(monkeypatch: MonkeyPatch) -> None:
    """Let requirements move only once the service is live."""
    real = Requirements.lower
    monkeypatch.setattr(Requirements, "lower", lambda self, name, to: real(self.model_copy(update={"during": "live"}), name, to))


@pytest.mark.concept("service consumer", broken_by=only_live)
def test_requirements_move_while_the_first_version_is_still_built(tmp_path: Path) -> None:
    """Twice as many in two years of which one is transition, and those of the first year are missing on the first day."""
    after, always = (run(wanted(tmp_path / during, during), "system", 40) for during in ("live", "active"))
    assert counted(after, "wanted").mean() == pytest.approx(24.0, abs=3.0)
    assert counted(always, "wanted").mean() == pytest.approx(48.0, abs=4.0)
    fits = [measured(ledger, "oa:utility") for ledger in (after, always)]
    assert not fits[1][:, :11].any(), "an application that is not there is of no use"
    np.testing.assert_allclose(1.0 - fits[1][:, -2].mean(), 0.001 * 47, rtol=0.1)
    np.testing.assert_allclose(1.0 - fits[0][:, -2].mean(), 0.001 * 23, rtol=0.15)


def always_there(monkeypatch: MonkeyPatch) -> None:
    """Let people leave, and be replaced, whenever the relationship is active."""
    monkeypatch.setattr(Turnover, "there", lambda self, n, to: f"{to.block('teams', self.team).relationship}:active")


@pytest.mark.concept("other stakeholders", broken_by=always_there)
@pytest.mark.parametrize(("phase", "first", "last"), [("transition", 0, 12), ("live", 12, 24)])
def test_nobody_is_replaced_in_a_team_that_is_not_there(phase: str, first: int, last: int, tmp_path: Path) -> None:
    """Who is there to build leaves, is replaced and learns until go-live; who is there to maintain, from then on."""
    teams = {**DESK["teams"], "menders": {**DESK["teams"]["menders"], "phase": phase}}
    turnover = {"staff": {"people": {**TURNOVER, "knowledge": "10 %", "attrition": "2 / year"}}}
    ledger = run(small(tmp_path, SYSTEM, DESK, {"teams": teams}, turnover, values=LATE), "system", 40)
    paid = -posted(ledger, "people replacing").sum(axis=0)
    assert paid[first + 3 : last].all()
    assert not paid[:first].any() and not paid[last + 1 :].any()
    learns = np.diff(measured(ledger, "people:knowledge"), axis=1)
    moves = (learns != 0.0).any(axis=0)
    assert moves[first + 1 : last - 2].all() and not moves[: max(0, first - 2)].any() and not moves[last + 1 :].any()


def blind(monkeypatch: MonkeyPatch) -> None:
    """Let a contract look at accounts before prices by the hour have made theirs."""
    real = Contract.lower

    def lowered(self: Contract, name: str, to: Any) -> None:
        real(self, name, to)
        to.last.append(to.reviews.pop())

    monkeypatch.setattr(Contract, "lower", lowered)


@pytest.mark.concept("service relationship management", broken_by=blind)
def test_a_provider_looks_at_what_it_earns_by_the_hour(tmp_path: Path) -> None:
    """25 hours a month at a cost of 100 each: it stays at the renewal for 120 an hour and leaves for 80."""
    teams = {name: {"people": "2 people", **PEOPLE, "party": "vendor"} for name in ("builders", "menders")}
    teams["menders"] |= {"pay": "16 k CNY / person / month", "busy_only": True}
    for price, ending in ((120, "ran to the horizon"), (80, "provider left")):
        hours = {"prices": {"hours": {"kind": "metered", "relationship": "supply", "team": "menders", "hour": f"{price} CNY / h"}}}
        ledger = run(contract(tmp_path / str(price), {"teams": teams}, PATCHES, hours), "system", 3)
        assert [ENDINGS[int(i)] for i in ledger.endings[:, 0]] == [ending] * 3
