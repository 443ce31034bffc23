"""Quantities are exact, mean what a planner says, and are refused in sentences that say what would be right."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itilsim.text.quantity import (
    MONEY,
    NUMBER,
    PERSON,
    SHARE,
    TIME,
    WORK,
    YEARLY_SHARE,
    Amount,
    Dimension,
    FaultyQuantity,
    count,
    parse_amount,
    parse_distribution,
    parse_quantity,
)

FEE = MONEY / TIME
USER, REQUEST, SHEET = count("user"), count("request"), count("sheet")


@pytest.mark.parametrize(
    ("text", "dimension", "value"),
    [
        (12, NUMBER, 12.0),
        ("0.2", NUMBER, 0.2),
        ("1,200", NUMBER, 1200.0),
        ("1e-3", NUMBER, 0.001),
        ("-3", NUMBER, -3.0),
        ("\u22123", NUMBER, -3.0),
        ("+3", NUMBER, 3.0),
        ("150 %", NUMBER, 1.5),
        ("99.5 %", SHARE, 0.995),
        ("99.5%", SHARE, 0.995),
        (0.995, SHARE, 0.995),
        ("3 months", TIME, 2190.0),
        ("1 year", TIME, 8760.0),
        ("1 week", TIME, 168.0),
        ("1 day", TIME, 24.0),
        ("8 h", TIME, 8.0),
        ("90 s", TIME, 0.025),
        ("1 h 30 min", TIME, 1.5),
        ("1h30min", TIME, 1.5),
        ("2 years 6 months", TIME, 21900.0),
        ("3 Months", TIME, 2190.0),
        ("8 h", WORK, 8.0),
        ("30 min", WORK, 0.5),
        ("3 person-days", WORK, 24.0),
        ("3 person days", WORK, 24.0),
        ("1 person-week", WORK, 40.0),
        ("2 person-months", WORK, 320.0),
        ("1 person-year", WORK, 1920.0),
        ("1,200 CNY", MONEY, 1200.0),
        ("1.2 M CNY", MONEY, 1.2e6),
        ("1.2 million CNY", MONEY, 1.2e6),
        ("3 bn CNY", MONEY, 3e9),
        ("3 G CNY", MONEY, 3e9),
        ("12 万 CNY", MONEY, 120_000.0),
        ("12万元", MONEY, 120_000.0),
        ("3 亿 RMB", MONEY, 3e8),
        ("1 万亿 CNY", MONEY, 1e12),
        ("90 kCNY", MONEY, 90_000.0),
        ("120 k CNY / year", FEE, 10_000.0),
        ("120 k CNY per year", FEE, 10_000.0),
        ("1 CNY / h", FEE, 730.0),
        ("168 CNY / week", FEE, 730.0),
        ("30 k CNY / quarter", FEE, 10_000.0),
        ("45 CNY / user / month", MONEY / USER / TIME, 45.0),
        ("540 CNY / year / user", MONEY / USER / TIME, 45.0),
        ("0.2 CNY / sheet", MONEY / SHEET, 0.2),
        ("200 CNY / 1,000 sheets", MONEY / SHEET, 0.2),
        ("12 / year", NUMBER / TIME, 1.0),
        ("1 / 20 years", NUMBER / TIME, 1 / 240),
        ("5 % / month", SHARE / TIME, 0.05),
        ("8 % / year", YEARLY_SHARE, 0.08),
        ("3 / user / month", REQUEST / USER / TIME, 3.0),
        ("3 requests / user / month", REQUEST / USER / TIME, 3.0),
        ("800", USER, 800.0),
        (800, USER, 800.0),
        ("800 users", USER, 800.0),
        ("12 people", PERSON, 12.0),
        ("7 tickets / month", count("ticket") / TIME, 7.0),
        ("150 CNY / h", MONEY / WORK, 150.0),
        ("20 k CNY / person-month", MONEY / WORK, 125.0),
        ("30 min / request", WORK / REQUEST, 0.5),
        ("21 h / quarter", WORK / TIME, 7.0),
        ("60 min / h", WORK / TIME, 730.0),
        ("0", FEE, 0.0),
        (0, MONEY, 0.0),
    ],
)
def test_a_quantity_means_what_is_said(text: object, dimension: Dimension, value: float) -> None:
    parsed = parse_quantity(text, dimension)
    assert parsed == Amount(value, str(text))


@pytest.mark.parametrize(
    ("one", "other", "dimension"),
    [
        ("1.2 M CNY / year", "100 k CNY / month", FEE),
        ("0.1 CNY / h", "73 CNY / month", FEE),
        ("10 万元 / month", "1,200,000 CNY / year", FEE),
        ("1.1 person-days", "8 h 48 min", WORK),
        ("0.7 h", "42 min", TIME),
        ("7 %", "0.07", SHARE),
        ("3 / 10 years", "0.3 / year", NUMBER / TIME),
    ],
)
def test_two_spellings_of_one_quantity_are_the_same_float(one: str, other: str, dimension: Dimension) -> None:
    assert parse_amount(one, dimension).value == parse_amount(other, dimension).value


@given(st.decimals(min_value=0, max_value=10**9, places=4))
def test_a_yearly_amount_is_a_twelfth_a_month_rounded_once(amount: Decimal) -> None:
    assert parse_amount(f"{amount} k CNY / year", FEE).value == float(Fraction(amount) * 1000 / 12)


@given(st.floats(min_value=-1e50, max_value=1e50, allow_subnormal=False).filter(lambda x: x == 0 or abs(x) > 1e-50))
def test_a_plain_number_comes_back_to_the_last_bit(number: float) -> None:
    assert parse_amount(number, NUMBER).value == number
    assert parse_amount(repr(number), NUMBER).value == number


@given(st.integers(1, 10**6), st.sampled_from(["h", "min", "days", "weeks", "months", "years"]))
def test_sums_add_and_signs_turn(number: int, unit: str) -> None:
    one = parse_amount(f"{number} {unit}", TIME).value
    assert parse_amount(f"-{number} {unit}", TIME).value == -one
    together = parse_amount(f"{number} {unit} 2 h", TIME).value
    assert together == pytest.approx(one + 2, rel=1e-15)


REFUSALS: list[tuple[object, Dimension, list[str]]] = [
    ("90 k CNY", FEE, ["'90 k CNY', a sum of money", "needs money per time", "'90 k CNY / month'"]),
    (90000, FEE, ["'90000', a number without a unit", "'90000 CNY / month'"]),
    ("90 k", MONEY, ["'90 k', a number without a unit", "'90 k CNY'"]),
    ("3 months", FEE, ["'3 months', a length of time", "money per time", "'3 CNY / month'"]),
    ("45 CNY / month", MONEY / USER / TIME, ["money per time", "money per user and time", "'45 CNY / user / month'"]),
    ("45 CNY / user / month", FEE, ["money per user and time", "'45 CNY / month'"]),
    ("3 days", WORK, ["a length of time", "hours of work", "'3 h'"]),
    ("3 person-days", TIME, ["hours of work", "a length of time", "'3 months'"]),
    ("800 sheets", USER, ["a number of sheets", "a number of users", "'800 users'"]),
    ("20 %", USER, ["'20 %', a share", "'20 users'"]),
    ("20 %", TIME, ["a share", "a length of time"]),
    ("8 %", YEARLY_SHARE, ["a share", "a share per year", "'8 % / year'"]),
    ("1 % / month", YEARLY_SHARE, ["a share per time", "'1 % / year'"]),
    ("8 % / year", SHARE, ["a share per time", "'8 %'"]),
    ("3 h / month", FEE, ["'h' is divided by its own kind", "'3 CNY / month'"]),
    ("3 mnths", TIME, ["'3 mnths'", "unknown unit 'mnths'", "'months'"]),
    ("3 CNI", MONEY, ["unknown unit 'CNI'", "'CNY'"]),
    ("3 kg", MONEY, ["unknown unit 'kg'", "'CNY' for money"]),
    ("90 k EUR / month", FEE, ["'EUR' is another currency", "'CNY'"]),
    ("90 k€ / month", FEE, ["'€' is another currency (EUR)", "'CNY'"]),
    ("1 h 3 CNY", TIME, ["adds a length of time ('h') to a sum of money ('CNY')", "'1 h 30 min'"]),
    ("1 h 30", TIME, ["'30' has no unit", "'1 h 30 min'"]),
    ("1.5 2", NUMBER, ["'1.5' has no unit"]),
    ("1,2 h", TIME, ["',' is not before a group of three digits", "'1.5'"]),
    ("5-20 days", TIME, ["'-' inside", "'5 to 20 days'"]),
    ("90 k CNY month", FEE, ["'month' follows 'CNY'", "write '/'"]),
    ("3 CNY / (user month)", MONEY / USER / TIME, ["no unit follows '/'", "'3 / user / month'"]),
    ("3 CNY /", FEE, ["no unit follows '/'"]),
    ("3 CNY / 0 month", FEE, ["divides by nought"]),
    ("3 CNY / %", FEE, ["divides by per cent"]),
    ("a lot", MONEY, ["does not start with a number", "'120 k CNY / year'"]),
    ("CNY 300", MONEY, ["does not start with a number"]),
    ("", MONEY, ["empty text", "a sum of money", "'3 CNY'"]),
    ("3 CNY; 4", MONEY, ["';' has no meaning"]),
    (True, NUMBER, ["a yes or no", "a plain number", "'3'"]),
    ([1, 2], MONEY, ["a list", "'3 CNY'"]),
    (float("nan"), NUMBER, ["nan", "finite number"]),
    (float("inf"), NUMBER, ["inf", "finite number"]),
    (10**4000, NUMBER, ["finite number"]),
    ("1e999 h", TIME, ["'1e999'", "too large"]),
    ("1" * 100, NUMBER, ["too large"]),
    ("1e100 CNY", MONEY, ["larger than anything that can be meant"]),
    ("1e-100 CNY", MONEY, ["smaller than anything that can be meant"]),
    ("9" * 10_000, NUMBER, ["10000 characters long", "at most 200"]),
]


@pytest.mark.parametrize(("text", "dimension", "parts"), REFUSALS, ids=lambda case: str(case)[:30])
def test_a_refusal_says_what_was_found_and_what_would_be_right(text: object, dimension: Dimension, parts: list[str]) -> None:
    with pytest.raises(FaultyQuantity) as refusal:
        parse_quantity(text, dimension)
    for part in parts:
        assert part in str(refusal.value)
    assert len(str(refusal.value)) < 400


def test_a_refusal_names_the_value_that_was_asked_for() -> None:
    with pytest.raises(FaultyQuantity) as refusal:
        parse_quantity("90 k CNY", FEE, what="a fee")
    said = "found '90 k CNY', a sum of money; a fee needs money per time, for instance '90 k CNY / month'"
    assert str(refusal.value) == said


DIMENSIONS = [
    NUMBER, SHARE, MONEY, TIME, WORK, USER, FEE, MONEY / USER / TIME, MONEY / SHEET, NUMBER / TIME, SHARE / TIME,
    YEARLY_SHARE, REQUEST / USER / TIME, MONEY / WORK, WORK / REQUEST, MONEY / PERSON / TIME,
]  # fmt: skip


@pytest.mark.parametrize("dimension", DIMENSIONS, ids=Dimension.describe)
def test_the_example_in_a_refusal_is_accepted(dimension: Dimension) -> None:
    assert parse_amount(dimension.example(currency="CNY"), dimension).value > 0


@pytest.mark.parametrize("wanted", DIMENSIONS, ids=Dimension.describe)
@pytest.mark.parametrize("given_as", DIMENSIONS, ids=Dimension.describe)
def test_no_quantity_passes_for_one_of_another_dimension(given_as: Dimension, wanted: Dimension) -> None:
    text = given_as.example(currency="CNY")
    uncounted = not given_as.above and not given_as.share and wanted.without_counted().powers == given_as.powers
    # "h" is an hour of time or of work, "year" a year of time or of compounding: what is asked for decides.
    hours = {given_as.powers, wanted.powers} in ({WORK.powers, TIME.powers}, {(MONEY / WORK).powers, FEE.powers}) and " h" in text
    years = given_as == YEARLY_SHARE and wanted.powers == (SHARE / TIME).powers
    if wanted.powers == given_as.powers or uncounted or hours or years:
        assert parse_amount(text, wanted).value > 0
    else:
        with pytest.raises(FaultyQuantity, match="needs"):
            parse_amount(text, wanted)


@given(st.text(max_size=40), st.sampled_from(DIMENSIONS))
def test_any_text_is_read_or_refused_in_a_sentence(text: str, dimension: Dimension) -> None:
    try:
        parse_quantity(text, dimension)
    except FaultyQuantity as refusal:
        assert str(refusal).startswith("found ")
        assert "\n" not in str(refusal)


WORDS = "5 | 1,200 | 0.5 | k | M | 万 | CNY | h | days | user | % | / | per | to | PERT( | ) | , | - | median | p90 | sigma | lognormal("


@given(st.lists(st.sampled_from(WORDS.split(" | ")), max_size=12).map(" ".join), st.sampled_from(DIMENSIONS))
def test_any_row_of_known_words_is_read_or_refused_in_a_sentence(text: str, dimension: Dimension) -> None:
    try:
        parse_distribution(text, dimension).mean()
    except FaultyQuantity as refusal:
        assert str(refusal).startswith("found ")


def test_another_currency_can_be_the_case_s_own() -> None:
    assert parse_amount("90 k EUR / month", FEE, currency="EUR").value == 90_000
    with pytest.raises(FaultyQuantity, match="another currency"):
        parse_amount("90 元", MONEY, currency="EUR")


def test_where_one_number_is_needed_a_distribution_is_refused() -> None:
    with pytest.raises(FaultyQuantity, match=r"'5 to 20 days', a distribution; a notice has to be one number"):
        parse_amount("5 to 20 days", TIME, what="a notice")
    assert parse_distribution("5 days", TIME).quantile(0.3) == 120


def test_a_counted_noun_is_one_word() -> None:
    for noun in ("two words", "", "3d", "money"):
        with pytest.raises(ValueError, match="one word"):
            count(noun)
