"""Numbers are worded no finer than their Monte Carlo error, chances as a person would say them."""

from __future__ import annotations

from dataclasses import astuple

import pytest

from itilsim.figures.wording import Amount, Catalogue, Chance, Mid, Months, Percent, Strong
from itilsim.pages.catalogue import languages, open_catalogue, texts
from itilsim.tables.spread import Estimate, Share
from itilsim.text.wording import plain


@pytest.fixture
def english() -> Catalogue:
    """Give the English catalogue for amounts in CNY."""
    return open_catalogue("en", "CNY")


def test_amounts_are_worded_with_the_currency_of_the_study_and_without_it_in_cells(english: Catalogue) -> None:
    estimate = Estimate(1_234_567.0, 400_000.0)
    assert plain(english.word(Amount(*astuple(estimate)))) == "1.2 M CNY"
    assert plain(english.word(Amount.of(estimate))) == "about 1.2 M CNY"
    assert plain(english.word(Amount.cell(estimate, signed=True))) == "+1.2 M"
    assert plain(english.word(Amount.size(Estimate(-30_000.0, 90_000.0)))) == "less than 100 k CNY"


@pytest.mark.parametrize(
    ("count", "of", "said"),
    [
        (0, 10_000, "in none of the 10,000 futures"),
        (10_000, 10_000, "in every one of the 10,000 futures"),
        (8_040, 10_000, "in 8 of 10 futures"),
        (23, 10_000, "in 1 of 400 futures"),
        (310, 10_000, "in 1 of 32 futures"),
        (1_260, 10_000, "in 1 of 8 futures"),
        (9_990, 10_000, "in all but 1 of 1,000 futures"),
        (11, 20, "in about half of the futures"),
        (6, 20, "in about a quarter of futures"),
    ],
)
def test_chances_are_said_as_a_person_would(english: Catalogue, count: int, of: int, said: str) -> None:
    assert english.word(Chance(Share(count, of))) == said


@pytest.mark.parametrize(
    ("count", "of", "said"),
    [
        (1_284, 10_000, "13 %"),
        (0, 10_000, "none"),
        (10_000, 10_000, "all"),
        (7, 20, "40 %"),
        (1, 10_000, "< 0.02 %"),
        (9_999, 10_000, "> 99.98 %"),
    ],
)
def test_shares_are_printed_no_finer_than_their_error(english: Catalogue, count: int, of: int, said: str) -> None:
    assert plain(english.word(Percent(Share(count, of)))) == said


def test_times_are_said_in_years_to_the_half_and_in_months_under_a_year(english: Catalogue) -> None:
    assert [english.word(Months(m)) for m in (60, 29, 12, 7, 1)] == ["5 years", "2.5 years", "1 year", "7 months", "1 month"]


def test_a_sentence_starts_with_a_capital_behind_its_stars(english: Catalogue) -> None:
    said = english.say("pair.same", a=Strong("rent it"), b=Strong("build"), futures=10)
    assert said.startswith("**Rent it** and **build**")
    assert english.word(Mid("Staying with paper")) == "staying with paper"


def test_every_language_has_the_same_keys_and_fields() -> None:
    def keys(table: dict[str, object], above: str = "") -> set[str]:
        found: set[str] = set()
        for key, value in table.items():
            found |= keys(value, f"{above}{key}.") if isinstance(value, dict) else {above + key}
        return found

    reference = keys(texts("en"))
    assert "en" in languages()
    for language in languages():
        assert keys(texts(language)) == reference


def test_a_language_without_a_file_is_refused_with_those_that_exist() -> None:
    with pytest.raises(ValueError, match=r"no page in .fr.; the catalogue has en"):
        open_catalogue("fr", "CNY")
