"""Car rental: the outside figure, and what is different in this case: pieces that can be taken, and who bears what."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from itilsim.case import Case, load_case
from itilsim.case.lower import lower
from itilsim.engine.compiled import run_block as run_compiled
from itilsim.engine.reference import run_block as run_reference
from itilsim.ledger.ledger import Ledger
from tests.case.small_cases import counted, measured, posted, run, same

FOLDER = Path(__file__).parents[2] / "scenarios" / "car-rental"
ALTERNATIVES = ("today", "buy", "buy-electric", "lease", "rent", "rides")
CARS, DAYS, MONTHS = 15.0, 4 * 365.0, 48
WORLDS, FEW = 300, 40
COMPANY = ("company", "sales")
KEEPING = (
    "purchase price", "tax", "plates", "cars resale", "cars repair", "service", "parking", "fleet-office", "cars premium", "accidents",
)  # fmt: skip
"""What it costs to keep cars ready: all but petrol and tolls."""
BAND = (73.0, 136.0)
"""105 CNY a car and day, 30 % either way: eHi Car Services, first quarter of 2017, cost of revenues (615.6 M CNY of revenue less a gross
margin of 31.2 %) over 44,962 cars and 90 days."""


@cache
def case() -> Case:
    """Read the shipped case."""
    return load_case(FOLDER)


@cache
def lived(alternative: str, worlds: int = WORLDS) -> Ledger:
    """Live worlds of an alternative."""
    return run(case(), alternative, worlds)


def total(ledger: Ledger, *sources: str) -> Any:
    """Give what the company posts under these sources over a lifetime, nominal, shape (worlds,)."""
    found = np.zeros(len(ledger.amounts))
    for source in sources:
        found += posted(ledger, source, parties=COMPANY).sum(axis=1)
    return found


def test_keeping_a_car_costs_what_a_large_operator_of_cars_pays() -> None:
    """Cost of keeping one of the company's cars for a day: no input, but the sum of what is paid, lost and fetched over four years."""
    a_day = -total(lived("buy"), *KEEPING) / (CARS * DAYS)
    print(f"{a_day.mean():.1f} CNY a car and day, standard error {a_day.std() / WORLDS**0.5:.1f}")
    assert BAND[0] < a_day.mean() < BAND[1]


@pytest.mark.parametrize("alternative", ALTERNATIVES)
def test_both_engines_live_the_same_lives(alternative: str) -> None:
    """Three worlds, and one on a grid that ties events."""
    for grid, worlds in ((0.0, 3), (0.25, 1)):
        plan = lower(case(), alternative, grid=grid)
        assert same(run_compiled(plan, 7, 0, worlds), run_reference(plan, 7, 0, worlds)), f"grid {grid}"


@pytest.mark.parametrize("alternative", ["today", "buy", "buy-electric", "lease", "rent"])
def test_every_tour_is_made_by_car_or_another_way(alternative: str) -> None:
    """World by world, the same tours are asked for in every alternative; each takes a car or falls back, but for those still out."""
    ledger = lived(alternative, FEW)
    asked = counted(ledger, "tours")
    np.testing.assert_array_equal(asked, counted(lived("today", FEW), "tours"))
    out = asked - measured(ledger, "tours:served").sum(axis=1) - measured(ledger, "tours:fell-back").sum(axis=1)
    assert (out >= 0.0).all()
    assert (out <= {"buy": 15.0, "buy-electric": 15.0, "lease": 15.0}.get(alternative, 90.0)).all()


def test_without_mondays_and_chance_a_smaller_fleet_would_do() -> None:
    """Tours spread evenly over the days of the week fall back less often: by a twentieth at least, and by four standard errors."""
    shares = []
    for values in ({}, {"demand.tours.monday": 1.0, "demand.tours.dispersion": 0.0}):
        ledger = run(case().with_values(values), "lease", 2 * FEW, frozen=("decisions",))
        shares.append(measured(ledger, "tours:fell-back").sum(axis=1) / counted(ledger, "tours"))
    fewer = shares[0] - shares[1]
    assert shares[1].mean() < 0.95 * shares[0].mean()
    assert fewer.mean() > 4.0 * fewer.std() / len(fewer) ** 0.5


def test_a_policy_leaves_the_owner_the_deductible_of_each_accident() -> None:
    """World by world, over the horizon: at most 800 for each accident with insurance; without it all of the same accidents."""
    insured, bare = lived("buy", 2 * FEW), run(case().with_values({"insurance.cars.limit": 0.0}), "buy", 2 * FEW)
    crashes = counted(insured, "risk.accidents")
    np.testing.assert_array_equal(crashes, counted(bare, "risk.accidents"))
    kept, borne = (-posted(each, "accidents", parties=COMPANY)[:, :MONTHS].sum(axis=1) for each in (insured, bare))
    assert (kept <= 800.0 * crashes + 1e-6).all()
    assert (borne >= kept - 1e-6).all()
    assert borne.mean() > 8.0 * kept.mean()


def test_a_pool_that_others_use_more_and_more_runs_short() -> None:
    """The fourth year of a rental pool against its first, where the firm adds no cars and stays; nothing of it without others' growth."""
    shares = []
    for growth in (0.12, 0.0):
        changed = case().with_values({"offerings.pool.others_growth": growth, "offerings.pool.step": 0.0})
        ledger = run(changed, "rent", FEW, frozen=("decisions",))
        fell, served = measured(ledger, "tours:fell-back"), measured(ledger, "tours:served")
        yearly = fell.reshape(-1, 4, 12).sum(axis=(0, 2)) / (fell + served).reshape(-1, 4, 12).sum(axis=(0, 2))
        shares.append(yearly[3] - yearly[0])
    assert shares[0] > 0.1
    assert abs(shares[1]) < 0.02


def test_who_owns_the_cars_bears_their_worth_and_who_leases_does_not() -> None:
    """Nothing is left at the horizon of what was leased or rented; what is owned fetches less the faster it loses its worth."""
    assert not any("resale" in account.source for name in ("lease", "rent") for account in lived(name, FEW).books.accounts)
    fast = run(case().with_values({"offerings.cars.age_loss": 0.25}), "buy", FEW)
    slow = run(case().with_values({"offerings.cars.age_loss": 0.15}), "buy", FEW)
    np.testing.assert_allclose(total(slow, "cars resale") / total(fast, "cars resale"), (0.85 / 0.75) ** 4, rtol=1e-9)
