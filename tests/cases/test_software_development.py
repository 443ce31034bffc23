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
