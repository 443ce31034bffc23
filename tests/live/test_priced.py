"""What only prices is priced again: to rounding what the engine gives, and nothing else is taken for it."""

from __future__ import annotations

import ast
from pathlib import Path

import numpy as np
import pytest

import itilsim
from itilsim.case import Case
from itilsim.case.lower import lower
from itilsim.engine.compiled import run_block
from itilsim.ledger.entities import entities
from itilsim.live.chunks import mixed
from itilsim.live.kept import weights_of
from itilsim.live.lever import Lever
from itilsim.plan.plan import Plan
from itilsim.plan.priced import priced
from itilsim.study.reckoning import Setup, View
from tests.live.conftest import CASES, shipped


def setup_of(case: Case) -> Setup:
    return Setup({}, case.baseline, case.decision_maker, case.parents, case.viewpoints, case.discount_rate, case.horizon)


def view_of(case: Case, plan: Plan) -> View:
    ledger = run_block(plan, 1, 0, 40)
    return View(setup_of(case), ledger, entities(case.parents))


def at(case: Case, lever: Lever, value: float, alternative: str) -> Plan:
    return lower(case.with_values({lever.key: lever.stated(value)}), alternative)


@pytest.mark.parametrize("name", CASES)
def test_a_priced_lever_gives_what_the_engine_gives(name: str) -> None:
    case, found = shipped(name)
    for lever in (each for each in found if each.is_priced):
        alternative = lever.alternatives[0]
        ends = [at(case, lever, x, alternative) for x in (lever.low, lever.high)]
        views = [view_of(case, end) for end in ends]
        assert any(not np.array_equal(views[0].statements[party].direct, views[1].statements[party].direct) for party in case.parties)
        for share in (0.21, 0.5, 0.83):
            plan = at(case, lever, lever.low + share * (lever.high - lever.low), alternative)
            weights = weights_of([priced(end).prices for end in ends], priced(plan).prices)
            assert weights is not None and priced(plan).lived == priced(ends[0]).lived
            close(mixed(views, list(weights)), view_of(case, plan))


def close(found: View, wanted: View) -> None:
    for party, own in wanted.statements.items():
        other = found.statements[party]
        assert (np.abs(other.direct - own.direct) <= 1e-9 * own.gross).all()
        for cell, values in own.value.items():
            assert (np.abs(other.value[cell] - values) <= 1e-9 * own.gross).all()
            assert (np.abs(other.cash[cell] - own.cash[cell]) <= 1e-9 * own.gross).all()
    size = np.abs(wanted.monthly).sum(axis=0) + np.abs(wanted.monthly_cash).sum(axis=0)
    assert (np.abs(found.monthly - wanted.monthly) <= 1e-9 * size).all()
    assert (np.abs(found.monthly_cash - wanted.monthly_cash) <= 1e-9 * size).all()
    assert (np.abs(found.budget.running - wanted.budget.running) <= 1e-9 * size).all()
    assert np.array_equal(found.ledger.counts, wanted.ledger.counts) and np.array_equal(found.ledger.measures, wanted.ledger.measures)


@pytest.mark.parametrize("name", CASES)
def test_a_lever_that_is_simulated_moves_what_is_lived_or_money_that_a_rule_reads(name: str) -> None:
    case, found = shipped(name)
    for lever in (each for each in found if not each.is_priced):
        assert any(_is_lived(case, lever, alternative) for alternative in lever.alternatives), lever.key


def _is_lived(case: Case, lever: Lever, alternative: str) -> bool:
    plans = [at(case, lever, x, alternative) for x in (lever.low, lever.high)]
    low, high = (run_block(plan, 1, 0, 20) for plan in plans)
    if low.books != high.books or any(not np.array_equal(getattr(low, a), getattr(high, a)) for a in ("measures", "counts", "finals")):
        return True
    watched = sorted({watch.account for watch in plans[0].rows.watches})
    moved = not np.array_equal(low.amounts[:, :, watched], high.amounts[:, :, watched])
    return moved or not all(_losses(plans[0]) == _losses(each) for each in plans)


def _losses(plan: Plan) -> list[tuple[float, ...]]:
    rows = plan.rows
    stated = [rows.base[at] for at in (*rows.initial_p, *(row.cap_p for row in rows.losses), *(p.at_risk_p for p in rows.promises))]
    return [*stated, *(rows.base[row.cover_deductible_p] for row in rows.losses)]


def test_money_reaches_a_rule_in_two_places_alone() -> None:
    """What `priced` rests on: only what a decision watches and a service level's fee are read back from the ledger."""
    package = Path(itilsim.__file__).parent
    readers = set()
    for path in (*(package / "rules").glob("*.py"), *(package / "engine" / "compiled").glob("*.py")):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef):
                readers |= {
                    function.name
                    for node in ast.walk(function)
                    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load) and isinstance(node.value, ast.Name)
                    and node.value.id == "amounts"
                }  # fmt: skip
    assert readers == {"watched_mean", "keep_promises", "run_worlds"}, "run_worlds hands a world its own row"


def test_prices_alone_leave_what_is_lived_alike() -> None:
    case, _ = shipped("office-automation")
    one, two = (
        priced(lower(case.with_values({"prices.build.rate": f"{x} CNY / h"}), "outsourced")) for x in (170, 220)
    )
    assert one.lived == two.lived and not np.array_equal(one.prices, two.prices)
    fees = ("200 k CNY / year", "300 k CNY / year")
    key = next(key for key in case.stated() if key.endswith("prices.service.amount") and "outsourced+" in key)
    one, two = (priced(lower(case.with_values({key: fee}), "outsourced")) for fee in fees)
    assert one.lived != two.lived, "the vendor leaves by its margin and the sponsor by the purse: both read the fee"


def test_weights_are_given_only_where_prices_lie_between_or_beside_others() -> None:
    a, b = np.array([1.0, 10.0, 5.0]), np.array([2.0, 30.0, 5.0])
    found = weights_of([a, b], np.array([1.25, 15.0, 5.0]))
    assert found is not None and np.allclose(found, [0.75, 0.25], rtol=1e-12)
    assert weights_of([a, b], np.array([1.25, 16.0, 5.0])) is None
    assert weights_of([a, b], np.array([1.25, 15.0, 5.1])) is None
    assert weights_of([a], a * 2.0) is None
