"""Distributions mean what they say: parameters in canonical units, means and quantiles equal to scipy's."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats

from itilsim.text.quantity import (
    MONEY,
    NUMBER,
    SHARE,
    TIME,
    Amount,
    Dimension,
    Distribution,
    FaultyQuantity,
    count,
    parse_distribution,
    parse_quantity,
)

FEE = MONEY / TIME


@pytest.mark.parametrize(
    ("text", "dimension", "family", "parameters"),
    [
        ("PERT(10, 20, 60) min", TIME, "pert", (10 / 60, 20 / 60, 1.0)),
        ("pert(10 min, 20 min, 1 h)", TIME, "pert", (10 / 60, 20 / 60, 1.0)),
        ("PERT(10, 20, 30) k CNY / year", FEE, "pert", (10_000 / 12, 20_000 / 12, 2_500.0)),
        ("PERT(10 CNY, 20 CNY, 30 CNY) / month", FEE, "pert", (10.0, 20.0, 30.0)),
        ("PERT(3, 6, 10) %", SHARE, "pert", (0.03, 0.06, 0.1)),
        ("PERT(-1, 0, 1)", NUMBER, "pert", (-1.0, 0.0, 1.0)),
        ("PERT(5, 5, 5) h", TIME, "constant", (5.0,)),
        ("triangular(3, 6, 10) %", SHARE, "triangular", (0.03, 0.06, 0.1)),
        ("uniform(5, 20) h", TIME, "uniform", (5.0, 20.0)),
        ("lognormal(median 2 h, sigma 0.8)", TIME, "lognormal", (2.0, 0.8)),
        ("lognormal(median 2, sigma 0.8) h", TIME, "lognormal", (2.0, 0.8)),
        ("lognormal(median = 2 h, sigma = 0.8)", TIME, "lognormal", (2.0, 0.8)),
        ("exponential(mean 91 days)", TIME, "exponential", (2184.0,)),
        ("gamma(mean 1, cv 0.12)", NUMBER, "gamma", (1.0, 0.12)),
        ("gamma(mean 1, cv 12 %)", NUMBER, "gamma", (1.0, 0.12)),
        ({"low": 10, "likely": 20, "high": 60, "unit": "min"}, TIME, "pert", (10 / 60, 20 / 60, 1.0)),
        ({"low": "1 h", "likely": "90 min", "high": "1 day"}, TIME, "pert", (1.0, 1.5, 24.0)),
    ],
)
def test_parameters_come_in_canonical_units(text: object, dimension: Dimension, family: str, parameters: tuple[float, ...]) -> None:
    parsed = parse_quantity(text, dimension)
    assert isinstance(parsed, Distribution)
    assert (parsed.family, parsed.parameters) == (family, parameters)


@pytest.mark.parametrize(
    ("text", "dimension", "points"),
    [
        ("5 to 20 days", TIME, {0.05: 120, 0.95: 480}),
        ("5 days to 3 weeks", TIME, {0.05: 120, 0.95: 504}),
        ("60 k to 120 k CNY / year", FEE, {0.05: 5_000, 0.95: 10_000}),
        ("800 to 1,400 requests / month", count("request") / TIME, {0.05: 800, 0.95: 1400}),
        ("5 to 20 %", SHARE, {0.05: 0.05, 0.95: 0.2}),
        ("lognormal(median 30 k CNY, p90 400 k CNY)", MONEY, {0.5: 30_000, 0.9: 400_000}),
        ("lognormal(p10 8 h, p90 25 h)", TIME, {0.1: 8, 0.9: 25}),
        ("lognormal(p90 25 h, sigma 0.5)", TIME, {0.9: 25}),
        ({"p10": 8, "p90": 25, "unit": "h"}, TIME, {0.1: 8, 0.9: 25}),
        ({"p50": 10, "p95": 40, "unit": "k CNY"}, MONEY, {0.5: 10_000, 0.95: 40_000}),
    ],
)
def test_stated_quantiles_are_met(text: object, dimension: Dimension, points: dict[float, float]) -> None:
    parsed = parse_distribution(text, dimension)
    assert parsed.family == "lognormal"
    for share, value in points.items():
        assert parsed.quantile(share) == pytest.approx(value, rel=1e-12)


def test_three_quantiles_are_fitted_where_a_lognormal_comes_near_all_of_them() -> None:
    parsed = parse_distribution({"p10": 8, "p50": 14, "p90": 25, "unit": "h"}, TIME)
    for share, value in {0.1: 8, 0.5: 14, 0.9: 25}.items():
        assert parsed.quantile(share) == pytest.approx(value, rel=0.02)


def test_a_lognormal_of_mean_and_cv_has_them() -> None:
    parsed = parse_distribution("lognormal(mean 10 k CNY, cv 1.5)", MONEY)
    median, sigma = parsed.parameters
    assert parsed.mean() == pytest.approx(10_000, rel=1e-14)
    assert math.sqrt(math.expm1(sigma**2)) == pytest.approx(1.5, rel=1e-14)
    assert median < 10_000


def test_what_is_said_back_can_be_checked_by_the_writer() -> None:
    assert parse_distribution("5 to 20 days", TIME).echo == "90 % sure between 5 and 20 days"
    pert = parse_distribution("PERT(10, 20, 60) min", TIME)
    assert pert.echo == "between 10 min and 1 h, most likely 20 min (PERT)"
    loss = parse_distribution("lognormal(median 30 k CNY, p90 400 k CNY)", MONEY)
    assert loss.echo == "half below 30 k CNY, 9 in 10 below 400 k CNY (lognormal)"
    assert parse_distribution("uniform(5, 20) h", TIME).echo == "anywhere between 5 h and 20 h, all equally likely"
    assert parse_distribution("gamma(mean 1, cv 0.12)", NUMBER).echo == "on average 1, give or take 12 % (gamma)"
    assert parse_distribution("3 days", TIME).echo == "always 3 days"
    assert parse_distribution("exponential(mean 91 days)", TIME).echo.startswith("on average 91 days")


SCIPY = [
    ("uniform(5, 20)", stats.uniform(5, 15)),
    ("triangular(3, 6, 10)", stats.triang(3 / 7, 3, 7)),
    ("triangular(3, 3, 10)", stats.triang(0, 3, 7)),
    ("PERT(10, 20, 60)", stats.beta(1.8, 4.2, 10, 50)),
    ("PERT(10, 60, 60)", stats.beta(5, 1, 10, 50)),
    ("lognormal(median 2, sigma 0.8)", stats.lognorm(0.8, scale=2)),
    ("exponential(mean 91)", stats.expon(scale=91)),
    ("gamma(mean 1, cv 0.12)", stats.gamma(1 / 0.0144, scale=0.0144)),
    ("gamma(mean 3, cv 2)", stats.gamma(0.25, scale=12)),
]


@pytest.mark.parametrize(("text", "known"), SCIPY, ids=[text for text, _ in SCIPY])
def test_quantiles_and_means_are_those_of_scipy(text: str, known: stats.rv_continuous) -> None:
    parsed = parse_distribution(text, NUMBER)
    for share in (1e-9, 0.01, 0.05, 0.3, 0.5, 0.77, 0.95, 0.999, 1 - 1e-9):
        assert parsed.quantile(share) == pytest.approx(float(known.ppf(share)), rel=1e-9, abs=1e-12)
    assert parsed.mean() == pytest.approx(float(known.mean()), rel=1e-12)


@pytest.mark.parametrize("text", [text for text, _ in SCIPY])
def test_the_mean_is_the_integral_of_the_quantiles(text: str) -> None:
    parsed = parse_distribution(text, NUMBER)
    integral, error = integrate.quad(parsed.quantile, 1e-12, 1 - 1e-12, limit=500)
    assert integral == pytest.approx(parsed.mean(), rel=1e-6, abs=10 * error)


@given(st.sampled_from([text for text, _ in SCIPY]), st.floats(1e-6, 1 - 1e-6), st.floats(1e-6, 1 - 1e-6))
def test_quantiles_increase_within_the_support(text: str, one: float, other: float) -> None:
    parsed = parse_distribution(text, NUMBER)
    low, high = parsed.support()
    smaller, larger = sorted((one, other))
    assert low <= parsed.quantile(smaller) <= parsed.quantile(larger) <= high


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_the_same_range_in_other_units_is_the_same_distribution(low: int, more: int) -> None:
    days = parse_distribution(f"{low} to {low + more} days", TIME)
    hours = parse_distribution(f"{24 * low} to {24 * (low + more)} h", TIME)
    assert days.parameters == hours.parameters


def test_an_amount_answers_as_a_distribution_does() -> None:
    amount = Amount(5.0, "5 h")
    assert amount.mean() == amount.quantile(0.9) == 5.0
    assert amount.support() == (5.0, 5.0)


@pytest.mark.parametrize("share", [0.0, 1.0, -0.1, math.nan])
def test_a_quantile_lies_between_nought_and_one(share: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        parse_distribution("uniform(5, 20)", NUMBER).quantile(share)


REFUSALS: list[tuple[object, Dimension, list[str]]] = [
    ("PERT(10, 20, 60)", TIME, ["'10', a number without a unit", "'10 months'"]),
    ("PERT(10, 20, 60) CNY", TIME, ["a sum of money", "a length of time"]),
    ("PERT(60, 20, 10) min", TIME, ["'PERT(60, 20, 10) min'", "not in order", "smallest to the largest"]),
    ("PERT(10, 20) min", TIME, ["three numbers", "'PERT(10, 20, 60) min'"]),
    ("PERT(1,200, 1,300, 1,400) CNY", MONEY, ["three numbers", "write 1200 and not 1,200"]),
    ("PERT(10 min, 20, 60) min", TIME, ["two units for one number", "write the unit once"]),
    ("PERT(10 k, 20, 60) k CNY", MONEY, ["two sizes for one number"]),
    ("PERT(10, 20, 60) 3 min", TIME, ["after the brackets", "only a unit"]),
    ("PERT(10, 20, 60 min", TIME, ["brackets", "'PERT(10, 20, 60) min'"]),
    ("PERT((10, 20, 60)) min", TIME, ["brackets"]),
    ("lognromal(median 2 h, sigma 1)", TIME, ["unknown distribution 'lognromal'", "'lognormal'"]),
    ("weird(2 h)", TIME, ["unknown distribution 'weird'", "'uniform'"]),
    ("uniform(20, 5) h", TIME, ["does not increase", "smaller end first"]),
    ("uniform(5, 10, 20) h", TIME, ["two numbers", "'uniform(5, 20) h'"]),
    ("lognormal(2 h, 0.8)", TIME, ["'2 h'", "named", "'lognormal(median 2 h, sigma 0.8)'"]),
    ("lognormal(median 2 h)", TIME, ["two of median, mean, sigma, cv and quantiles"]),
    ("lognormal(median 2 h, mean 3 h)", TIME, ["two of median"]),
    ("lognormal(sigma 1, cv 1)", TIME, ["two of median"]),
    ("lognormal(median 2 h, sigma 1, p90 4 h)", TIME, ["two of median"]),
    ("lognormal(median 2 h, sigma 0.8 h)", TIME, ["sigma needs a plain number"]),
    ("lognormal(median 0 h, sigma 0.8)", TIME, ["the median", "above nought"]),
    ("lognormal(median 2 h, sigma 90)", TIME, ["sigma is 90", "smaller sigma"]),
    ("lognormal(median 2 h, p90 1 h)", TIME, ["larger share does not have the larger value"]),
    ("lognormal(p00 2 h, p90 3 h)", TIME, ["from p1 to p99"]),
    ("lognormal(median 2 h, p90 3)", TIME, ["'3', a number without a unit"]),
    ("exponential(91 days)", TIME, ["'91 days'", "'exponential(mean 91 days)'"]),
    ("exponential(mean 91 days, cv 1)", TIME, ["its mean alone", "'exponential(mean 91 days)'"]),
    ("gamma(mean 1)", NUMBER, ["its mean and its cv", "'gamma(mean 1, cv 0.12)'"]),
    ("gamma(mean 1, cv 0)", NUMBER, ["the cv", "above nought"]),
    ("gamma(mean 1, cv 1e-9)", NUMBER, ["cv is out of reach"]),
    ("5 to 20", TIME, ["a number without a unit"]),
    ("20 to 5 days", TIME, ["does not increase"]),
    ("0 to 5 days", TIME, ["both ends above nought", "'PERT(10, 20, 60) min'"]),
    ("-5 to 5 days", TIME, ["both ends above nought"]),
    ("1 to 2 to 3 days", TIME, ["two ends", "'5 to 20 days'"]),
    ("to 3 days", TIME, ["two ends", "'5 to 20 days'"]),
    ("60 to 120 k CNY", MONEY, ["'60' may mean 60 or 60 k", "'60 k to 120 k CNY'"]),
    ({"low": 1, "likley": 2, "high": 3}, NUMBER, ["unknown key of a quantity 'likley'", "'likely'"]),
    ({"low": 1, "high": 3}, NUMBER, ["low, likely and high, or two quantiles", "p10 = 8"]),
    ({"p10": 1}, NUMBER, ["low, likely and high, or two quantiles"]),
    ({"p10": 1, "p90": 3, "low": 0}, NUMBER, ["low, likely and high, or two quantiles"]),
    ({}, NUMBER, ["low, likely and high, or two quantiles"]),
    ({"p10": 8, "p50": 22, "p90": 25, "unit": "h"}, TIME, ["no lognormal meets", "its p10 would be"]),
    ({"p10": 0, "p90": 25, "unit": "h"}, TIME, ["at or below nought", "low, likely and high"]),
    ({"p10": 25, "p90": 8, "unit": "h"}, TIME, ["larger share does not have the larger value"]),
    ({"p10": 8, "p90": 25, "unit": 3}, TIME, ["unit is not a text"]),
    ({"p10": True, "p90": 25}, NUMBER, ["'True' in a table", "a plain number"]),
    ({"low": 3, "likely": 2, "high": 1}, NUMBER, ["not in order"]),
]


@pytest.mark.parametrize(("text", "dimension", "parts"), REFUSALS, ids=lambda case: str(case)[:40])
def test_a_refusal_says_what_was_found_and_what_would_be_right(text: object, dimension: Dimension, parts: list[str]) -> None:
    with pytest.raises(FaultyQuantity) as refusal:
        parse_quantity(text, dimension)
    for part in parts:
        assert part in str(refusal.value)
