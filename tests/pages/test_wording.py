"""Numbers are worded no finer than their Monte Carlo error, chances as a person would say them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itilsim.figures.wording import Amount, Catalogue, Chance, Mid, Months, Percent, Strong, lowered, rounded
from itilsim.pages.catalogue import languages, open_catalogue, texts
from itilsim.tables.spread import Share


@pytest.fixture
def english() -> Catalogue:
    """Give the English catalogue for amounts in CNY."""
    return open_catalogue("en", "CNY")


def plain(text: str) -> str:
    """Give a text with ordinary spaces."""
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("value", "error", "said"),
    [
        (1_234_567.0, 0.0, "1.2 M CNY"),
        (1_234_567.0, 90_000.0, "1.2 M CNY"),
        (1_234_567.0, 400_000.0, "1.0 M CNY"),
        (-340_400.0, 0.0, "−340 k CNY"),
        (999_700.0, 0.0, "1.0 M CNY"),
        (2_300_000_000.0, 0.0, "2.3 bn CNY"),
        (560.0, 0.0, "560 CNY"),
        (0.0, 0.0, "0 CNY"),
        (float("nan"), 0.0, "–"),
    ],
)
def test_amounts_are_worded_with_two_figures_or_fewer(english: Catalogue, value: float, error: float, said: str) -> None:
    assert plain(english.word(Amount(value, error))) == said


def test_an_amount_that_the_error_swallows_is_said_to_be_under_it(english: Catalogue) -> None:
    assert plain(english.word(Amount(30_000.0, 90_000.0, about=True))) == "less than 100 k CNY"
    assert plain(english.word(Amount(2_340_000.0, 30_000.0, about=True))) == "about 2.3 M CNY"


@given(st.floats(min_value=1.0, max_value=1e10), st.floats(min_value=0.1, max_value=1e10))
def test_no_amount_is_worded_finer_than_its_error(value: float, error: float) -> None:
    said, step = rounded(value, error, 3)
    assert step >= error * (1 - 1e-6) or step >= 10 ** (math.floor(math.log10(value)) - 2) * (1 - 1e-9) >= error * (1 - 1e-6)
    assert abs(said - value) <= step / 2 * (1 + 1e-6)


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


def test_titles_within_a_sentence_keep_names_and_lose_their_capital() -> None:
    assert [lowered(t) for t in ("Staying with paper", "SaaS", "IT as today")] == ["staying with paper", "SaaS", "IT as today"]


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
