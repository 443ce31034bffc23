"""A quick shipped case and a workbench on it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from itilsim.case import Case, load_case
from itilsim.live.lever import Lever, levers
from itilsim.live.workbench import Workbench

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
CASES = ("broadband", "car-rental", "office-automation", "software-development", "training", "value-chain")


@cache
def shipped(name: str) -> tuple[Case, tuple[Lever, ...]]:
    """Give a shipped case with its levers."""
    case = load_case(SCENARIOS / name)
    return case, levers(case)


@pytest.fixture(scope="session")
def training() -> Case:
    """The shipped case whose lifetimes are the shortest."""
    return load_case(SCENARIOS / "training")


@pytest.fixture
def bench(training: Case) -> Iterator[Workbench]:
    """A workbench on it."""
    made = Workbench(training)
    yield made
    made.close()
