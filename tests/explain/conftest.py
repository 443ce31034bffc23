"""A world of the shipped case in which the source code leaks when the vendor's people are not managed, and its governed twin."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from itilsim.case import load_case
from itilsim.case.case import Case
from itilsim.case.lower import lower
from itilsim.engine.compiled import run_block
from itilsim.engine.reference import Trace, trace_world
from itilsim.explain import Story, Twins, compare_twins, first_world, trace
from itilsim.ledger.entities import entities

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "scenarios" / "office-automation"
HERE, THERE = "outsourced", "outsourced-governed"


@pytest.fixture(scope="package")
def case() -> Case:
    """The shipped case."""
    return load_case(FOLDER)


@pytest.fixture(scope="package")
def world(case: Case) -> int:
    """The first world with a leak that is found within the horizon."""
    return first_world(case[HERE], "source-leak:rotation:done", limit=1024)


@pytest.fixture(scope="package")
def here(case: Case, world: int) -> Story:
    """Its story under the alternative that does not manage the vendor's people."""
    return trace(case[HERE], 1, world)


@pytest.fixture(scope="package")
def there(case: Case, world: int) -> Story:
    """The story of its twin."""
    return trace(case[THERE], 1, world)


@pytest.fixture(scope="package")
def twins(here: Story, there: Story) -> Twins:
    """Both, compared."""
    return compare_twins(here, there)


@pytest.fixture(scope="package")
def governed(case: Case, world: int) -> Trace:
    """The trace of the governed twin."""
    return trace_world(lower(case, THERE), 1, world)


def present_value_compiled(case: Case, alternative: str, replication: int) -> float:
    """Work out the decision maker's present value from the compiled engine's ledger: `amount / 1.08 ** ((month - 1/2) / 12)`."""
    ledger = run_block(lower(case, alternative), 1, replication, 1)
    members = entities(case.parents)[case.decision_maker].members
    rate = case.discount_rate
    total = 0.0
    for at, account in enumerate(ledger.books.accounts):
        if account.party in members and account.counterparty not in members:
            months = np.arange(1, ledger.amounts.shape[1] + 1)
            total += float(np.sum(ledger.amounts[0, :, at] / (1.0 + rate) ** ((months - 0.5) / 12.0)))
    return total
