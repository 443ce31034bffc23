"""What counts as right, and as too fine: the rules by which a printed number is judged."""

from __future__ import annotations

import pytest

from tests.pages.claims.forms import grammar, listed
from tests.pages.claims.stored import Figure, Share
from tests.pages.claims.words import amount, chance, percent, size, sized, time

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("text", "value", "error", "is_right"),
    [
        ("about 1.2 M CNY", 1_234_567.0, 30_000.0, True),
        ("about 1.2 M CNY", 1_334_567.0, 30_000.0, False),
        ("about 1.2 M CNY", 1_234_567.0, 400_000.0, True),
        ("about 1.2 M CNY", 1_234_567.0, 2_000_000.0, False),
        ("about 1.234 M CNY", 1_234_000.0, 20_000.0, False),
        ("about 130 k CNY", 130_000.0, 90_000.0, True),
        ("about 130 k CNY", 130_000.0, 200_000.0, False),
        ("~0 CNY", 10_000.0, 60_000.0, True),
        ("~0 CNY", 90_000.0, 60_000.0, False),
        ("less than 100 k CNY", 10_000.0, 60_000.0, True),
        ("less than 100 k CNY", 10_000.0, 600_000.0, False),
        ("less than 100 k CNY", 300_000.0, 60_000.0, False),
        ("0 CNY", 0.0, 0.0, True),
        ("about 5 M CNY", float("nan"), float("nan"), False),
    ],
)
def test_amounts(text: str, value: float, error: float, is_right: bool) -> None:
    """Right to two figures or to the error, and no figure below the error's leading one."""
    assert (
        not amount(
            text.replace(" ", NBSP).replace(f"about{NBSP}", "about ").replace(f"less{NBSP}than{NBSP}", "less than "), Figure(value, error)
        )
    ) == is_right


def test_signs() -> None:
    """A sign is shown where it is asked for, and only there."""
    assert amount("1.2\u00a0M\u00a0CNY", Figure(1.2e6, 0.0), signed=True)
    assert size("−1.2\u00a0M\u00a0CNY", Figure(-1.2e6, 0.0))
    assert sized("−3,500\u00a0CNY") == (-3500.0, 100.0)


@pytest.mark.parametrize(
    ("text", "count", "of", "is_right"),
    [
        ("in 8 of 10 futures", 1_620, 2_000, True),
        ("in 8 of 10 futures", 1_720, 2_000, False),
        ("in 8 of 10 futures", 16, 20, False),
        ("in about three quarters of futures", 16, 20, True),
        ("in 1 of 9 futures", 234, 2_000, True),
        ("in 1 of 8 futures", 234, 2_000, False),
        ("in 1 of 8.5 futures", 234, 2_000, False),
        ("in 1 of 345 futures", 29, 10_000, False),
        ("in 1 of 300 futures", 29, 10_000, True),
        ("in all but 1 of 30 futures", 1_937, 2_000, True),
        ("in none of the 2,000 futures", 0, 2_000, True),
        ("in none of the 2,000 futures", 1, 2_000, False),
        ("in every one of the 2,000 futures", 1_999, 2_000, False),
        ("in 9 of 10 futures", 2_000, 2_000, False),
    ],
)
def test_chances(text: str, count: int, of: int, is_right: bool) -> None:
    """Right to its step, and its step not below its error."""
    try:
        found = chance(text, Share(count, of))
    except ValueError:
        found = ["cannot be read"]
    assert (not found) == is_right


@pytest.mark.parametrize(
    ("text", "is_right"), [("12\u00a0%", True), ("11.7\u00a0%", True), ("11.72\u00a0%", False), ("14\u00a0%", False), ("none", False)]
)
def test_percent(text: str, is_right: bool) -> None:
    """234 of 2,000 are 11.7 %, give or take 0.7."""
    assert (not percent(text, Share(234, 2_000))) == is_right


def test_times_lists_and_grammar() -> None:
    """Half years to half of their step; lists as they are written; sentences that begin and end."""
    assert not time("2.5 years", 31.0, 2.0) and time("2.5 years", 36.0) and time("2.5 years", 30.0, 40.0)
    assert [part[0] for part in listed("a, b, c and d", "[a-d]")] == list("abcd")
    assert [part[0] for part in listed("x and y; z", "z|x and y")] == ["x and y", "z"]
    for text in ("a, b", "a and b and c", ""):
        with pytest.raises(ValueError, match="list"):
            listed(text, "[a-d]")
    assert not list(grammar("All is well in 1 of 20 futures."))
    assert [list(grammar(text)) != [] for text in ("no.", "No", "It has 1 futures.", "It costs nan CNY.")] == [True] * 4
