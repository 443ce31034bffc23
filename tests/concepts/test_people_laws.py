"""What holds for all kinds about people: both engines agree, the books balance, no number is a decoration, what cannot be is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytest import MonkeyPatch

from itilsim.case import Case
from itilsim.case.lower import lower
from itilsim.engine import reference
from itilsim.engine.compiled import run_block
from itilsim.kinds.block import Block
from itilsim.ledger.transfers import check_ledger
from itilsim.text.faults import FaultyInput
from tests.case.small_cases import ARRAYS, measured, posted, run, same
from tests.concepts.people_cases import BUSY, CONTRACT, DESK, LEAK, MANDATE, SYSTEM, TURNOVER, desk, process, skill, small, voluntary
from tests.concepts.test_people_desk import levels

CARELESS = {"staff": "people", "newcomers": 3}
MADE: dict[str, Callable[[Path], Case]] = {
    "voluntary": lambda folder: voluntary(
        folder, 12, service={**MANDATE, "compliance": "20 %", "ramp": "2 months", "hosting": "70 %"}, expected="90 %", drift="1 / year",
        training="1 h / user / month", training_lift=0.2, ceiling="80 %",
    ),
    "skill": lambda folder: skill(
        folder, 12, CONTRACT, every="1 month", leavers="20 % / year", skilled_hires="10 %", practice="60 %",
        practice_hours="1 h / user / month", work="lognormal(median 20 h, sigma 0.5)",
    ).with_values({"risks.gone.frequency": 0.05}),
    "turnover": lambda folder: desk(
        folder, BUSY, {"failures": {"outage": {**DESK["failures"]["outage"], **CARELESS}}},
        {"risks": {"leak": {**LEAK["risks"]["leak"], **CARELESS}}}, months=12, attrition="4 / year", borne="60 %", knowledge="60 %",
        to_hire="lognormal(median 2 months, sigma 0.4)", morale_lost=1,
    ),
    "escalated": lambda folder: levels(
        folder, "1 person", "5 h", patience="lognormal(median 30 h, sigma 0.8)", waiting="20 %", dispersion="20 %", monday=1.3,
        staff={"backlog_borne": 1, "backlog_morale": 0.1, "attrition": "1 / year"},
    ),
    "process": lambda folder: process(folder, triage="70 %", change="60 %", hand_over="80 %"),
}  # fmt: skip
OWN = {
    "voluntary": ("adoptions",), "skill": ("skills",), "turnover": ("staff", "failures", "risks"), "escalated": ("demand", "staff"),
    "process": ("processes",),
}  # fmt: skip


@pytest.mark.parametrize("grid", [0.0, 1.0])
@pytest.mark.parametrize("kind", MADE)
def test_both_engines_give_the_same_ledger_and_the_books_balance(kind: str, grid: float, tmp_path: Path) -> None:
    """To the last bit, in three worlds; no amount that is no number, and transfers that add up to nought."""
    plan = lower(MADE[kind](tmp_path), "system", grid=grid)
    fast, read = run_block(plan, 1, 0, 3), reference.run_block(plan, 1, 0, 3)
    for array in ARRAYS:
        np.testing.assert_array_equal(getattr(fast, array), getattr(read, array), err_msg=array)
    check_ledger(fast)


@pytest.mark.parametrize("kind", MADE)
def test_every_number_moves_something(kind: str, tmp_path: Path) -> None:
    """A tenth less, or a tenth more, of each number of the kind itself changes what is stored of twelve worlds."""
    case = MADE[kind](tmp_path)
    before = run(case, "system", 12)
    found = []
    for leaf in case["system"].leaves():
        section, name, field = leaf.key.split(".")[:3]
        if section not in OWN[kind] or (section in ("failures", "risks") and field != "newcomers") or name == "gone":
            continue
        if kind == "escalated" and section == "staff" and not field.startswith("backlog"):
            continue
        changed = case.with_values({leaf.key: changed_by_a_tenth(leaf)})
        if same(run(changed, "system", 12), before):
            found.append(leaf.key)
    assert not found


def changed_by_a_tenth(leaf: Any) -> Any:
    """Give a tenth less of what a leaf says, as `Case.with_values` takes it."""
    text = str(leaf.parsed.text)
    if text.startswith("lognormal"):
        head, _, rest = text.partition("median ")
        number, _, more = rest.partition(" ")
        return f"{head}median {float(number) * 0.9:g} {more}"
    return float(leaf.parsed.value) * 0.9


def test_hours_that_slowness_takes_are_paid(tmp_path: Path) -> None:
    """People paid by the hour, of whom a half of the pace hangs on a client whom they do not know: every hour costs twice as much."""
    paid = []
    for known in ("0", "100"):
        builders = {**SYSTEM["teams"]["builders"], "pay": "16 k CNY / person / month", "busy_only": True}
        case = desk(
            tmp_path / known, {"teams": {"builders": builders}}, team="builders", attrition="0 / year", learning="100 years",
            knowledge=f"{known} %",
        )  # fmt: skip
        ledger = run(case.with_values({"deliveries.transition.work": 100.0}), "system", 1)
        paid.append(posted(ledger, "builders pay").sum())
    assert paid[1] == pytest.approx(-100.0 * 100.0)
    assert paid[0] == pytest.approx(2.0 * paid[1], rel=2e-3)


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "two ways of one service": ({"adoptions": {"a": None, "b": None}}, "'a' says already how people take it up"),
    "two turnovers of one team": ({"staff": {"people": TURNOVER, "others": TURNOVER}}, "'others' says already how its people"),
    "morale in a company's books": ({"staff": {"people": {**TURNOVER, "sufferer": "company"}}}, "morale is in nobody's books"),
    "two processes of one relationship": ({"processes": {"a": None, "b": None}}, "'a' states the process quality already"),
    "content without morale": ({"staff": {"people": {**TURNOVER, "unhappy": 0.5}}}, "people without morale leave at least as often"),
    "newcomers of nobody": ({"failures": {"outage": {**DESK["failures"]["outage"], "newcomers": 2}}}, "belong together"),
}
DEFAULTS: dict[str, dict[str, Any]] = {
    "adoptions": {"service": "oa", "innovation": "3 / year", "imitation": "1 / year", "ceiling": "100 %", "expected": "0 %", "drift": 0},
    "processes": {"relationship": "supply", "triage": "100 %", "change": "100 %", "hand_over": "100 %"},
}


def all_is_well(monkeypatch: MonkeyPatch) -> None:
    """Let no kind find anything wrong."""
    from itilsim.kinds.adoptions.voluntary import Voluntary
    from itilsim.kinds.failures.failure import Failure
    from itilsim.kinds.processes.process import Process
    from itilsim.kinds.staff.turnover import Turnover

    kinds: tuple[type[Block], ...] = (Voluntary, Process, Turnover, Failure)
    for kind in kinds:
        monkeypatch.setattr(kind, "conflicts", lambda self, name, blocks: ())
        monkeypatch.setattr(kind, "faults", lambda self: ())


@pytest.mark.concept("organization", broken_by=all_is_well)
@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_is_refused_with_a_sentence(what: str, tmp_path: Path) -> None:
    """At the place where it is written."""
    sections, words = REFUSED[what]
    stated = {section: {n: t or DEFAULTS[section] for n, t in held.items()} for section, held in sections.items()}
    found = ""
    try:
        small(tmp_path, SYSTEM, DESK, stated)
    except FaultyInput as wrong:
        found = str(wrong)
    assert words in found
    assert "system.toml:" in found


def test_a_team_without_turnover_is_as_it_was(tmp_path: Path) -> None:
    """Where nobody leaves and all is known, turnover changes no amount; only its own accounts are there besides."""
    plain, still = run(small(tmp_path / "plain", SYSTEM, DESK), "system", 4), run(desk(tmp_path / "still", attrition=0), "system", 4)
    for at, account in enumerate(plain.books.accounts):
        same_account = still.books.accounts.index(account)
        np.testing.assert_array_equal(plain.amounts[:, :, at], still.amounts[:, :, same_account], err_msg=str(account))
    assert measured(still, "people:knowledge").min() == 1.0
