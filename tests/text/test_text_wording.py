"""An amount is worded by one rule: two figures, or down to the leading figure of its standard error where that is coarser."""

from __future__ import annotations

import re
from math import floor, log10

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from itilsim.text.wording import as_name, in_sentence, plain, rounded, spelling

POWERS = {"": 1.0, "k": 1e3, "M": 1e6, "bn": 1e9}
VALUES = st.floats(min_value=0.01, max_value=1e10) | st.floats(min_value=-1e10, max_value=-0.01)
ERRORS = st.just(0.0) | st.floats(min_value=0.001, max_value=1e10)


@pytest.mark.parametrize(
    ("value", "error", "said"),
    [
        (1_234_567.0, 0.0, "1.2 M CNY"),
        (1_234_567.0, 120_000.0, "1.2 M CNY"),
        (1_234_567.0, 400_000.0, "1.2 M CNY"),
        (3_456_789.0, 1_100_000.0, "3 M CNY"),
        (75_200.0, 23_000.0, "80 k CNY"),
        (-98_765.0, 30_000.0, "-100 k CNY"),
        (98_765.0, 200.0, "99 k CNY"),
        (-340_400.0, 0.0, "-340 k CNY"),
        (999_700.0, 0.0, "1.0 M CNY"),
        (2_300_000_000.0, 0.0, "2.3 bn CNY"),
        (560.0, 0.0, "560 CNY"),
        (0.034, 0.0, "0.034 CNY"),
        (4_000.0, 90_000.0, "~0 CNY"),
        (0.0, 0.0, "0 CNY"),
        (float("nan"), 0.0, "–"),
    ],
)
def test_amounts_are_worded_with_two_figures_or_fewer(value: float, error: float, said: str) -> None:
    assert plain(spelling().amount(value, error, currency="CNY")) == said


def test_an_estimate_that_its_error_swallows_is_said_to_be_under_it() -> None:
    def about(value: float, error: float) -> str:
        return plain(spelling().amount(value, error, currency="CNY", about=True))

    assert about(30_000.0, 90_000.0) == "less than 100 k CNY"
    assert about(2_340_000.0, 30_000.0) == "about 2.3 M CNY"


def test_what_was_not_estimated_keeps_its_figures_and_no_noughts() -> None:
    assert [plain(spelling().amount(v, exact=True)) for v in (1_000_000.0, 1_250_000.0, 120_000.0)] == ["1 M", "1.25 M", "120 k"]


@given(VALUES, ERRORS)
@example(75_200.0, 23_000.0)
@example(999_700.0, 0.0)
def test_an_amount_has_two_figures_or_ends_at_the_leading_figure_of_its_error(value: float, error: float) -> None:
    said, step = rounded(value, error)
    figures, leading = 10.0 ** (floor(log10(abs(value))) - 1), 10.0 ** floor(log10(error)) if error else 0.0
    allowed = max(figures, leading)
    if not said:
        assert abs(value) <= max(error, leading) / 2 * (1 + 1e-9), "only what its error swallows is nought"
        return
    assert step == pytest.approx(allowed) or (step == pytest.approx(10 * allowed) and abs(said) == pytest.approx(100 * allowed))
    assert abs(said - value) <= allowed / 2 * (1 + 1e-6), "the nearest amount that may be said"
    assert abs(said / allowed - round(said / allowed)) < 1e-6, "no figure is finer than the rule allows"


@given(VALUES, ERRORS)
def test_words_read_back_as_the_rounded_amount_with_no_figure_more(value: float, error: float) -> None:
    said, step = rounded(value, error)
    found = re.fullmatch(r"(-?)(~?)([\d,]+(?:\.(\d+))?) ?(k|M|bn)?", plain(spelling().amount(value, error)))
    assert found is not None
    sign, nought, digits, decimals, power = found.groups()
    scale = POWERS[power or ""]
    assert bool(nought) == (said == 0.0)
    assert float(digits.replace(",", "")) * scale == pytest.approx(abs(said)) and bool(sign) == (said < 0.0)
    if said:
        assert scale * 10.0 ** -len(decimals or "") >= min(step, scale) * (1 - 1e-6)


@given(VALUES, ERRORS)
def test_the_same_amount_reads_the_same_with_its_currency_its_sign_and_in_a_sentence(value: float, error: float) -> None:
    words = spelling()
    bare = words.amount(value, error)
    said, _ = rounded(value, error)
    assert words.amount(value, error, currency="CNY") == f"{bare}\u00a0CNY"
    assert words.amount(value, error, signed=True) == (f"+{bare}" if said > 0.0 else bare)
    assert not said or words.amount(value, error, about=True) == f"about {bare}"
    assert words.amount(-value, error) == (bare if not said else bare.removeprefix("−") if said < 0.0 else f"−{bare}")


def test_titles_within_a_sentence_keep_names_and_lose_their_capital() -> None:
    titles = ("Staying with paper", "SaaS rented", "IT as today", "Staying", "A4 paper")
    assert [in_sentence(t) for t in titles] == ["staying with paper", "SaaS rented", "IT as today", "staying", "A4 paper"]


def test_a_title_stays_a_name_inside_a_sentence_but_its_article_is_small() -> None:
    assert [as_name(t) for t in ("A vendor runs it", "Rent as SaaS", "The old way", "An own trainer")] == [
        "a vendor runs it", "Rent as SaaS", "the old way", "an own trainer",
    ]  # fmt: skip
