"""Software development: the outside figure, and what is different in this case. (Engines and books: test_every_case.)"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from itilsim.case import Case, load_case
from itilsim.case.lower import lower
from itilsim.engine.compiled import run_block
from itilsim.ledger.ledger import Ledger
from itilsim.plan.build import Builder
from itilsim.plan.plan import Plan
from tests.case.small_cases import measured

FOLDER = Path(__file__).parents[2] / "scenarios" / "software-development"
WORLDS = 300
BAND = (0.13, 0.30)
"""Corrective share of maintenance: 17.4 % in 69 organizations (Lientz, Swanson, Tompkins 1978), over 20 % in 487 (Lientz, Swanson 1980)."""
CORRECTIVE = ("outage:", "defect:", "wrong-data:", "requirements:repair")
MAINTAINED = (*CORRECTIVE, "requirements:", "upgrades:")
Floats = NDArray[np.float64]


@cache
def case() -> Case:
    """Read the shipped case."""
    return load_case(FOLDER)


@cache
def lived(alternative: str) -> Ledger:
    """Live worlds of an alternative, with the hours of each work recorded month by month."""
    real = Builder.build

    def recording(self: Builder) -> Plan:
        self.specs.measures |= {f"hours of {work}": ("meter", f"{work}:hours") for work in self.specs.works}
        return real(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Builder, "build", recording)
        return run_block(lower(case(), alternative), 1, 0, WORLDS)


def hours(ledger: Ledger, *beginnings: str) -> Floats:
    """Give the content hours of all works that begin so, shape (worlds, months)."""
    names = [f"hours of {b}" for b in beginnings]
    held = [i for i, measure in enumerate(ledger.books.measures) if any(measure.startswith(n) for n in names)]
    found: Floats = ledger.measures[:, :, held].sum(axis=2)
    return found


def live_months(ledger: Ledger) -> NDArray[np.bool_]:
    """Say which months are wholly live: those after the one in which people begin to use the application."""
    used = np.maximum.accumulate(measured(ledger, "app:adoption") > 0.0, axis=1)
    return np.concatenate([np.zeros((len(used), 1), dtype=bool), used[:, :-1]], axis=1)


@pytest.mark.parametrize("alternative", ["fixed-price", "time-and-material", "own-team"])
def test_corrective_work_is_the_share_of_maintenance_that_managers_report(alternative: str) -> None:
    """The share is no input: defects come from the application's size, changes from requirements that move, upgrades from a calendar."""
    ledger = lived(alternative)
    live = live_months(ledger)
    mended = np.where(live, hours(ledger, *CORRECTIVE), 0.0).sum(axis=1)
    maintained = np.where(live, hours(ledger, *MAINTAINED), 0.0).sum(axis=1)
    long = live.sum(axis=1) >= 12
    assert long.mean() > 0.9
    share = float((mended[long] / maintained[long]).mean())
    assert BAND[0] <= share <= BAND[1], f"{share:.1%}"


def gone_live(ledger: Ledger) -> Floats:
    """Give the month at whose end people use the application for the first time, endless where they never do."""
    used = measured(ledger, "app:adoption") > 0.0
    found: Floats = np.where(used.any(axis=1), used.argmax(axis=1).astype(float), np.inf)
    return found


def paid(ledger: Ledger, source: str, party: str = "company") -> Floats:
    """Give what a party pays for a source, nominal, shape (worlds, months)."""
    held = [i for i, a in enumerate(ledger.books.accounts) if a.source == source and a.party == party]
    found: Floats = -ledger.amounts[:, : ledger.books.months, held].sum(axis=2)
    return found


def test_an_overrun_falls_on_whom_the_contract_says() -> None:
    """Fixed: the price in each world, whatever the work, which is the vendor's loss. By the hour: blocks of what is worked, no more."""
    fixed, hourly = lived("fixed-price"), lived("time-and-material")
    over = hours(fixed, "build:").sum(axis=1) > 1.5 * 4_800.0
    assert 0.1 < over.mean() < 0.5
    whole = gone_live(fixed) < fixed.books.months - 7
    price = 4_800.0 * fixed.theta[:, fixed.books.unknowns.index("prices.build.rate")]
    np.testing.assert_allclose(paid(fixed, "build price").sum(axis=1)[whole], price[whole], rtol=1e-9)
    cost = paid(fixed, "builders pay", "vendor").sum(axis=1)
    assert cost[over].mean() > 1.7 * cost[~over].mean()
    worked, billed = hours(hourly, "build:"), 160.0 * measured(hourly, "build:blocks")
    assert (billed >= worked - 1e-3).all() and (billed < worked + 160.0).all()
    assert np.corrcoef(billed.sum(axis=1), paid(hourly, "supply fee").sum(axis=1))[0, 1] > 0.8


def test_nobody_is_sooner_for_losing_people() -> None:
    """World by world a team whose people stay is live no later; and on average sooner, with more knowledge of the desk."""
    base = lived("own-team")
    stay = run_block(lower(case().with_values({"staff.builders.attrition": 0.0, "staff.keepers.attrition": 0.0}), "own-team"), 1, 0, WORLDS)
    assert (gone_live(stay) <= gone_live(base)).all()
    assert gone_live(base)[np.isfinite(gone_live(base))].mean() > 0.3 + gone_live(stay)[np.isfinite(gone_live(base))].mean()
    assert measured(stay, "keepers:knowledge")[:, -1].mean() > 0.03 + measured(base, "keepers:knowledge")[:, -1].mean()


def test_an_output_that_nobody_takes_up_is_no_outcome() -> None:
    """With the same hours built in each world, and nobody who gives up lists of their own, nothing is supported and no clerk goes."""
    base = lived("own-team")
    idle = run_block(lower(case().with_values({"services.app.compliance": 0.0}), "own-team"), 1, 0, WORLDS)
    pay = paid(base, "builders pay", "it").sum(axis=1)
    np.testing.assert_array_equal(paid(idle, "builders pay", "it").sum(axis=1), pay)
    assert pay.min() > 0.0
    for source in ("exceptions sooner", "claims"):
        assert not paid(idle, source, "operations").any() and (paid(base, source, "operations").sum(axis=1) < 0.0).mean() > 0.95
    assert (measured(idle, "clerks:units") == 5.0).all() and (measured(base, "clerks:units")[:, -1] < 5.0).mean() > 0.95


def test_who_explains_nothing_gets_the_wrong_thing_later() -> None:
    """With a third of the customer's effort more is refused and done again, in the same worlds, and it comes later; with none, nothing."""
    base = lived("fixed-price")
    ways = [lower(case().with_values({"relationships.supply.consumer_effort": effort}), "fixed-price") for effort in (0.25, 0.0)]
    little, none = (run_block(plan, 1, 0, WORLDS) for plan in ways)
    assert (gone_live(little) >= gone_live(base)).all() and gone_live(little)[gone_live(little) < 60].mean() > 3.0 + gone_live(base).mean()
    assert np.isinf(gone_live(none)).all() and not paid(none, "exceptions sooner", "operations").any()
    fees = [paid(ledger, "build price").sum(axis=1) for ledger in (base, none)]
    np.testing.assert_allclose(fees[1], 0.3 * 4_800.0 * none.theta[:, none.books.unknowns.index("prices.build.rate")], rtol=1e-9)
    assert (fees[0] > fees[1]).all()


def test_credits_are_cheaper_than_mending() -> None:
    """The software house gives credits in most lifetimes and hires nobody; where a reference is worth a salary it hires."""
    base = lived("fixed-price")
    broken = base.counts[:, [i for i, n in enumerate(base.books.counters) if n.startswith("promise:")]].sum(axis=1)
    assert (broken > 0).mean() > 0.9 and not measured(base, "credits-or-mending:mends").any()
    eager = run_block(lower(case().with_values({"behaviours.credits-or-mending.goodwill": 20_000.0}), "fixed-price"), 1, 0, 60)
    assert measured(eager, "credits-or-mending:mends")[:, -1].mean() > 0.9
