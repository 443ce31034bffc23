"""Each kind says what people call the sources of money that it makes."""

from __future__ import annotations

from pathlib import Path

import pytest

from itilsim.case import Case, load_case
from itilsim.case.lower import lower
from itilsim.case.titles import source_titles
from itilsim.explain.vocabulary import in_words

CASE = Path(__file__).resolve().parents[2] / "scenarios" / "office-automation"
ALTERNATIVES = ("today", "in-house", "outsourced", "outsourced-governed", "saas", "outsourced-watched", "hybrid", "pilot", "defer")


@pytest.fixture(scope="module")
def case() -> Case:
    """Give the whole case."""
    return load_case(CASE)


@pytest.mark.parametrize("alternative", ALTERNATIVES)
def test_every_source_of_a_plan_has_a_title_of_its_own(case: Case, alternative: str) -> None:
    posted = {account.source for account in lower(case, alternative).books.accounts}
    titles = source_titles(case[alternative].blocks)
    assert posted <= set(titles)
    assert len({titles[source] for source in posted}) == len(posted), "two sources are not called alike"
    assert all(titles[source] and "_" not in titles[source] and titles[source][:1] != " " for source in posted)


def test_a_source_is_called_by_whom_it_goes_to_not_by_its_key(case: Case) -> None:
    of = {name: source_titles(case[name].blocks) for name in case.alternatives}
    assert of["outsourced"]["supply fee"] == "the fee of the vendor" and of["saas"]["supply fee"] == "the fee of the SaaS provider"
    assert of["outsourced"]["support pay"] == "the pay of the vendor's support engineer"
    assert of["in-house"]["support pay"] == "the pay of the operations engineer"
    assert of["outsourced"]["source-leak exploit"] == "an attack after: the source code is published"
    for titles in of.values():
        for key, title in titles.items():
            assert not key.startswith(("supply", "build", "coordinator")) or title != in_words(key)
