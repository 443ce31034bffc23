"""What a planner does not know and what varies by itself stay apart: the same distribution gives another spread of the whole."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from itilsim.case import load_case
from itilsim.case.lower import lower
from itilsim.engine.compiled import run_block
from itilsim.kinds.prices.fixed_fee import FixedFee
from itilsim.plan import rows
from itilsim.plan.accounts import Account
from itilsim.plan.build import Builder
from itilsim.plan.number import Number
from itilsim.plan.plan import Plan
from itilsim.plan.specs import Distribution, ProductSpec, StreamSpec
from itilsim.rules.chance import SPREAD
from itilsim.rules.clock import MONTH
from itilsim.text.faults import FaultyInput
from tests.case.small_cases import office_copy, run, write_case

WORLDS = 20_000
MONTHS, HIGH = 60, 20_000.0
UNKNOWN = MONTHS * HIGH / math.sqrt(12.0)
LUCK = math.sqrt(MONTHS) * HIGH / math.sqrt(12.0)
TOLERANCE = 0.015
"""Of a standard deviation, in about 3 standard errors of it: 1/sqrt(2 n) for a sum (normal), sqrt(0.8)/2 of that for one uniform."""
COST = Account("company", "cost", "cost", "", True, False)


def plan_of(*, unknown: bool) -> Plan:
    """Give a monthly cost, uniform from 0 to 20 k over 60 months: drawn once a world, or once a month."""
    b = Builder(MONTHS)
    uniform = Distribution(SPREAD, 0.0, HIGH, shape=("beta", "1.0", "1.0"))
    b.specs.products["always"] = ProductSpec(1.0)
    b.specs.quantities["month"] = Distribution(0, 0.0)
    b.specs.streams["month"] = StreamSpec("always", "month", bound=1.0, period=MONTH, offset=1.0)
    if unknown:
        from itilsim.plan.number import Number

        b.specs.unknowns["cost"] = uniform
        b.effect("month", "pays", rows.POST, COST, amount=Number.unknown("cost") * -1.0)
    else:
        b.specs.quantities["cost"] = uniform
        b.effect("month", "pays", rows.POST, COST, amount=-1.0, quantity="cost")
    return b.build()


def spread(plan: Plan) -> tuple[float, float]:
    """Give mean and standard deviation of what a world pays in all."""
    totals = run_block(plan, 1, 0, WORLDS).amounts.sum(axis=(1, 2))
    return float(totals.mean()), float(totals.std(ddof=1))


def test_the_two_figures_are_those_of_the_formula() -> None:
    """A sum of 60 equal draws against one of 60 independent ones."""
    assert round(UNKNOWN) == 346_410
    assert round(LUCK) == 44_721


def test_a_cost_that_is_not_known_spreads_the_whole_sum() -> None:
    """One draw a world: the months move together, sd 346,410."""
    mean, sd = spread(plan_of(unknown=True))
    assert abs(mean + 600_000.0) < 4.0 * UNKNOWN / math.sqrt(WORLDS)
    assert abs(sd / UNKNOWN - 1.0) < TOLERANCE


def test_a_cost_that_varies_by_itself_evens_out() -> None:
    """One draw a month: sd 44,721, a factor of the square root of 60 less."""
    mean, sd = spread(plan_of(unknown=False))
    assert abs(mean + 600_000.0) < 4.0 * LUCK / math.sqrt(WORLDS)
    assert abs(sd / LUCK - 1.0) < TOLERANCE


def test_low_likely_and_high_in_a_file_are_not_known_rather_than_luck(tmp_path: Path) -> None:
    """A cost of a case file is the same in all months of a world, and differs from world to world as PERT(0, 10, 20) does."""
    head = {
        "title": "spread", "question": "How wide?", "currency": "CNY", "horizon": "5 years", "runoff": "0 months",
        "discount_rate": "0 % / year", "baseline": "today", "decision_maker": "company",
    }  # fmt: skip
    cost = {"low": 0, "likely": 10, "high": 20, "unit": "k CNY / month"}
    shared = {
        "parties": {"company": {}, "public": {"contracting": False}},
        "costs": {"cost": {"kind": "periodic", "party": "company", "to": "public", "amount": cost, "during": "always"}},
    }
    case = load_case(write_case(tmp_path, head, {"today": {}}, shared))
    ledger = run(case, "today", WORLDS // 2)
    column = next(at for at, account in enumerate(ledger.books.accounts) if account.party == "company")
    paid = ledger.amounts[:, :, column]
    assert (paid == paid[:, :1]).all()
    pert = HIGH * math.sqrt(9.0 / (36.0 * 7.0))
    assert abs(paid.sum(axis=1).std(ddof=1) / (MONTHS * pert) - 1.0) < 2.0 * TOLERANCE


def test_five_unknown_inputs_in_one_number_are_refused_where_they_meet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever kind multiplies them: its block is named, with the place of it."""
    product = Number.unknown("a") * Number.unknown("b") * Number.unknown("c") * Number.unknown("d")
    monkeypatch.setattr(FixedFee, "lower", lambda self, name, to: product * Number.unknown("e"))
    folder = office_copy(tmp_path)
    with pytest.raises(FaultyInput, match="four unknown inputs at most, not a, b, c, d, e") as wrong:
        lower(load_case(folder), "outsourced")
    (fault,) = wrong.value.faults
    assert Path(fault.path) == folder / "outsourced.toml"
    assert (folder / "outsourced.toml").read_text().splitlines()[fault.line - 1].startswith("[prices.")
