"""Broadband: an outside figure, what redundancy and contention do world by world, and both engines."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from itilsim.case import Case, load_case
from itilsim.case.lower import lower
from itilsim.engine.compiled import run_block
from itilsim.engine.reference import run_block as run_reference
from itilsim.ledger.ledger import Ledger
from tests.case.small_cases import ALL_FROZEN, measured, same

CASE = Path(__file__).parents[2] / "scenarios" / "broadband"
ALTERNATIVES = ("today", "one-line", "line-and-5g", "two-lines", "dedicated")
OFFICE_HOURS = 9 * 5 * 8760 / 168
"""Office hours of a year."""
SURVEYED, LEAST, MOST = 20.1, 10.0, 40.0
"""Hours a year in which a UK business of 51-250 people has no connection (Beaming and Opinium, 2018), and the band stated beforehand."""


@cache
def case() -> Case:
    """Read the case."""
    return load_case(CASE)


@cache
def lived(alternative: str, worlds: int = 300, *, frozen: bool = False) -> Ledger:
    """Live worlds of an alternative."""
    return run_block(lower(case(), alternative, ALL_FROZEN if frozen else frozenset()), 1, 0, worlds)


def office_hours_out(ledger: Ledger, service: str) -> Any:
    """Give the office hours a year in which a service is out, by world."""
    return (1.0 - measured(ledger, f"{service}:up").mean(axis=1)) * OFFICE_HOURS


def test_the_old_line_is_out_as_long_as_businesses_say() -> None:
    """The outside figure of EXPECTATIONS.md."""
    hours = office_hours_out(lived("today"), "old-line").mean()
    assert LEAST < hours < MOST, f"{hours:.1f} office hours a year, surveyed {SURVEYED}"


@pytest.mark.parametrize("alternative", ALTERNATIVES)
def test_both_engines_live_the_same_lives(alternative: str) -> None:
    """Three worlds, and one on a grid full of ties."""
    for grid, worlds in ((0.0, 3), (0.25, 1)):
        plan = lower(case(), alternative, grid=grid)
        assert same(run_block(plan, 1, 0, worlds), run_reference(plan, 1, 0, worlds)), f"grid {grid}"
