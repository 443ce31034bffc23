"""Every sentence of a page is borne out by what is stored, at the edges and for results drawn at random."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.pages.claims.conftest import Audited
from tests.pages.claims.edges import EDGES, at_random, told

AT_NIGHT = (
    "as it is",
    "a tie with today",
    "the same gain always",
    "one alternative, losses",
    "no stakeholder",
    "behind as often as ahead",
    "scales apart",
    "two futures",
    "nobody signs, not all known",
    "interrupted",
)
"""Edges that are neighbours of others."""


@pytest.mark.parametrize("name", [pytest.param(name, marks=pytest.mark.nightly if name in AT_NIGHT else ()) for name in EDGES])
def test_no_sentence_claims_more_than_is_stored_at_the_edges(audited: Audited, name: str) -> None:
    """Ties, all losses, one alternative, one stakeholder, few futures, a huge tail, titles that look like lists."""
    opened = audited(EDGES[name])
    assert len(opened.page.said) > 15
    assert not told(opened.faults())


@pytest.mark.parametrize("seed", range(10))
def test_no_sentence_claims_more_than_is_stored_at_random(audited: Audited, seed: int) -> None:
    """Futures, alternatives, scales, shifts and ties are drawn."""
    assert not told(audited(at_random(seed)).faults())


@pytest.mark.nightly
def test_two_hundred_results_at_random(audited: Audited) -> None:
    """The same with many more draws."""
    assert not told([f"seed {seed}: {fault}" for seed in range(10, 210) for fault in audited(at_random(seed)).faults()])


@pytest.mark.nightly
@pytest.mark.parametrize("name", ["as it is", "ties", "all losses", "usually ahead, behind on average", "one huge tail"])
def test_a_hundred_thousand_futures(audited: Audited, name: str) -> None:
    """The error is small, so that much more may be told apart, and more figures stand."""
    assert not told(audited(replace(EDGES[name], worlds=100_000)).faults())
