"""Printed quantities are what a reader would write, and can be read again."""

from __future__ import annotations

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
    Dimension,
    count,
    format_quantity,
    parse_amount,
)

FEE = MONEY / TIME
USER, REQUEST, SHEET = count("user"), count("request"), count("sheet")
DIMENSIONS = [
    NUMBER, SHARE, MONEY, TIME, WORK, USER, PERSON, FEE, MONEY / USER / TIME, MONEY / SHEET, NUMBER / TIME,
    SHARE / TIME, NUMBER / TIME / TIME, YEARLY_SHARE, REQUEST / TIME, REQUEST / USER / TIME, MONEY / WORK, WORK / REQUEST, WORK / TIME,
]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "dimension", "printed"),
    [
        (100_000.0, FEE, "1.2 M CNY / year"),
        (45.0, MONEY / USER / TIME, "45 CNY / user / month"),
        (0.2, MONEY / SHEET, "0.2 CNY / sheet"),
        (1234.0, MONEY, "1,234 CNY"),
        (1_234_567.0, MONEY, "1.235 M CNY"),
        (999_999.9, MONEY, "1 M CNY"),
        (3e9, MONEY, "3 bn CNY"),
        (-120_000.0, MONEY, "-120 k CNY"),
        (0.0, MONEY, "0 CNY"),
        (-0.0, SHARE, "0 %"),
        (0.995, SHARE, "99.5 %"),
        (0.08, YEARLY_SHARE, "8 % / year"),
        (2190.0, TIME, "3 months"),
        (730.0, TIME, "1 month"),
        (8760.0, TIME, "1 year"),
        (2184.0, TIME, "91 days"),
        (8.0, TIME, "8 h"),
        (0.5, TIME, "30 min"),
        (24.0, WORK, "24 h"),
        (800.0, USER, "800 users"),
        (1.0, PERSON, "1 person"),
        (12.0, PERSON, "12 people"),
        (1400.0, REQUEST / TIME, "1,400 requests / month"),
        (1 / 240, NUMBER / TIME, "0.05 / year"),
        (3.0, REQUEST / USER / TIME, "3 requests / user / month"),
        (12.0, NUMBER, "12"),
        (0.25, WORK / REQUEST, "0.25 h / request"),
    ],
)
def test_a_value_is_printed_as_a_reader_would_write_it(value: float, dimension: Dimension, printed: str) -> None:
    assert format_quantity(value, dimension) == printed


MAGNITUDES = st.floats(1e-12, 1e20).flatmap(lambda x: st.sampled_from([x, -x]))


@given(MAGNITUDES, st.sampled_from(DIMENSIONS))
def test_what_is_printed_in_full_is_read_back(value: float, dimension: Dimension) -> None:
    printed = format_quantity(value, dimension, digits=17)
    assert parse_amount(printed, dimension).value == pytest.approx(value, rel=1e-15 * 8)


@given(MAGNITUDES, st.sampled_from(DIMENSIONS), st.integers(2, 8))
def test_what_is_printed_short_is_right_to_its_digits(value: float, dimension: Dimension, digits: int) -> None:
    printed = format_quantity(value, dimension, digits=digits)
    assert parse_amount(printed, dimension).value == pytest.approx(value, rel=0.51 * 10 ** (1 - digits))


def test_the_case_s_currency_is_printed() -> None:
    assert format_quantity(100_000.0, FEE, currency="EUR") == "1.2 M EUR / year"


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_not_printed(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        format_quantity(value, MONEY)
