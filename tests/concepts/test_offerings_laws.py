"""What holds for all kinds of offerings: both engines agree, the books balance, no number is a decoration, what cannot be is refused."""

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
from itilsim.ledger.transfers import check_ledger
from itilsim.text.faults import FaultyInput
from tests.case.small_cases import ARRAYS, run, same, times
from tests.concepts.offering_cases import AGREED, LINE, courses, fleet, line, linked, suite, trade
from tests.concepts.people_cases import CONTRACT, MANDATE, SERVICE, SYSTEM, small

BARE = {section: held for section, held in SYSTEM.items() if section != "deliveries"}
CROWD: dict[str, Any] = {
    "kind": "clientele", "party": "clients", "number": "200 users", "growth": "10 % / year", "service": "oa", "borne": "1 %",
    "leave": "50 %", "incident": "leak", "leave_at_incident": "10 %",
}  # fmt: skip
UPGRADES: dict[str, Any] = {"upkeep": {"patches": {"product": "suite", "team": "menders", "every": "3 months", "work": "30 h"}}}
LOADED = {
    "load": "1 unit / user", "capacity": "120 units", "others": "60 units", "others_growth": "30 % / year", "threshold": "95 %",
    "step": "30 units", "lead": "1 month", "commitment": "90 %", "hours": "office", "profile": "even",
}  # fmt: skip


def crowded(folder: Path) -> Case:
    """Give a case in which clients use a service that breaks down."""
    parts = linked({"power": [], "oa": ["power"]}, "oa")
    parts["users"], parts["parties"] = {"crowd": CROWD}, {"clients": {}}
    parts["failures"]["blackout"] = {**parts["failures"]["outage"], "service": "power"}
    parts["services"]["oa"] = {**SERVICE, **MANDATE, "users": "crowd", "needs": ["power"], "patience": "3 h"}
    parts["outcomes"] = {"bought": {"kind": "flow", "service": "oa", "party": "clients", "potential": "30 CNY / user / month"}}
    risk = {"risks": {"leak": {
        "kind": "data-leak", "relationship": "supply", "party": "company", "frequency": "3 / year", "discovery": "40 days",
        "loss": "1 k CNY", "loss_cap": "1 k CNY", "repaid": "0 %", "trust_lost": "0 %", "fined": "0 %", "fine": "1 CNY",
        "fine_cap": "1 CNY",
    }}}  # fmt: skip
    supply = {"kind": "contract", "provider": "it", "consumer": "clients", **AGREED, "term": "5 years"}
    return small(folder, BARE, parts, risk, {"relationships": {"supply": supply}})


MADE: dict[str, Callable[[Path], Case]] = {
    "goods": lambda folder: small(
        folder, CONTRACT,
        fleet(
            cars={"frequency": "4 / year", "wear": "20 %", "written_off": "20 %", "use_loss": "10 %"},
            visits={"per_user": "1.5 / user / month", "duration": "lognormal(median 8 h, sigma 0.5)", "dispersion": "30 %", "monday": 1.3},
        ),
    ),
    "access": lambda folder: small(folder, SYSTEM, line(**LOADED), values={"relationships.supply.provider_effort": 0.95}),
    "rented": lambda folder: small(folder, CONTRACT, fleet(offering={**LINE, "capacity": "6 units", "others": "3 units"})),
    "actions": lambda folder: small(
        folder, SYSTEM, courses(people="1 person", work="lognormal(median 6 h, sigma 0.8)", target="8 h", per_user="0.25 / user / month")
    ),
    "suite": lambda folder: small(folder, SYSTEM, suite(drift=0.5), UPGRADES),
    "crowd": crowded,
    "trade": lambda folder: small(folder, {"teams": SYSTEM["teams"]}, trade()),
}  # fmt: skip
OWN = {
    "goods": ("offerings", "demand", "outcomes"), "access": ("offerings",), "rented": (), "actions": ("offerings", "outcomes"),
    "suite": ("failures", "upkeep", "outcomes"), "crowd": ("users", "outcomes"), "trade": ("prices", "outcomes"),
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


@pytest.mark.parametrize("kind", [kind for kind in MADE if OWN[kind]])
def test_every_number_moves_something(kind: str, tmp_path: Path) -> None:
    """A tenth less, or more, of each number of the kind itself changes what is stored of thirty worlds."""
    case = MADE[kind](tmp_path)
    before, found = run(case, "system", 30), []
    for leaf in case["system"].leaves():
        if leaf.key.split(".")[0] not in OWN[kind] or leaf.parsed.mean() == 0.0 or leaf.key.startswith("users.staff"):
            continue
        changed = (times(leaf, factor) for factor in (0.9, 1.1) if not (leaf.dimension.share and leaf.high * factor > 1.0))
        if all(same(run(case.with_values({leaf.key: value}), "system", 30), before) for value in changed):
            found.append(leaf.key)
    assert not found


REFUSED: dict[str, tuple[tuple[Any, ...], str]] = {
    "a booking of actions": (
        (courses(), {"demand": {"visits": {**fleet()["demand"]["visits"], "offering": "help"}}}), "nothing can be taken for a while"
    ),
    "an outcome of goods": (
        (fleet(), {"outcomes": {"visited": {
            "kind": "completed", "service": "oa", "action": "cars", "party": "company", "amount": "1 CNY / case", "otherwise": "0 %",
        }}}), "of which nothing is ever completed",
    ),
    "an outcome of neither": (
        (fleet(), {"outcomes": {"visited": {
            "kind": "completed", "service": "oa", "party": "company", "amount": "1 CNY / case", "otherwise": "0 %",
        }}}), "found neither of action and demand",
    ),
    "two capacities of one service": (({"offerings": {"a": LINE, "b": LINE}},), "whose capacity 'a' says already"),
    "agreed hours of no calendar": ((line(hours="at-night"),), "agreed hours are one of office, always, extended"),
    "a product of nothing": (({"products": {"suite": {"relationship": "supply", "carries": []}}},), "found no service"),
    "a service on two products": (
        ({"products": {n: {"relationship": "supply", "carries": ["oa"]} for n in ("a", "b")}},), "which the product 'a' carries already"
    ),
    "a failure of service and product": ((suite(service="oa"),), "found both of service and product"),
    "a recharge under a contract": (
        (CONTRACT, {"prices": {"recharge": {"kind": "recharge", "service": "oa", "amount": "1 CNY / user / month"}}}),
        "a recharge is for an internal relationship",
    ),
    "customers who bear something of nothing": (
        ({"users": {"crowd": {"kind": "clientele", "party": "company", "number": "1 user", "growth": "0 % / year", "borne": "1 %"}}},),
        "service, borne and leave belong together",
    ),
}  # fmt: skip


def all_is_well(monkeypatch: MonkeyPatch) -> None:
    """Let no kind find anything wrong."""
    from itilsim.kinds.block import kinds

    for held in kinds().values():
        for kind in held.values():
            monkeypatch.setattr(kind, "conflicts", lambda self, name, blocks: ())
            monkeypatch.setattr(kind, "faults", lambda self: ())


@pytest.mark.concept("service offering: goods, access to resources, service actions", broken_by=all_is_well)
@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_is_refused_with_a_sentence(what: str, tmp_path: Path) -> None:
    """At the place where it is written."""
    parts, words = REFUSED[what]
    found = ""
    try:
        small(tmp_path, SYSTEM, *parts)
    except FaultyInput as wrong:
        found = str(wrong)
    assert words in found
    assert "system.toml:" in found
