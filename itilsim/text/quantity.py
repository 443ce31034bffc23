"""Quantities as a planner speaks: numbers, texts and small tables become exact amounts or distributions.

================================  =====================================================================
`12`, `"0.2"`                     a plain number, also for a count (800 users)
`"99.5 %"`                        a share
`"3 months"`, `"1 h 30 min"`      a length of time; hours and minutes also where work is asked for
`"3 person-days"`                 hours of work (8 h a day, 20 days a month)
`"120 k CNY / year"`, `"12 万 CNY"`  money, with multipliers k, M, G, bn, thousand, million, billion, 万, 亿
`"45 CNY / user / month"`         rates; "per" may stand for "/"
`"1 / 20 years"`                  a number under the line
`"PERT(10, 20, 60) min"`          also triangular; low, likely, high
`"uniform(5, 20) h"`              low, high
`"lognormal(median 2 h, sigma 0.8)"`  any two of median or mean, sigma or cv, p01 to p99
`"exponential(mean 91 days)"`, `"gamma(mean 1, cv 0.12)"`
`"5 to 20 days"`                  90 % sure: the lognormal whose p05 and p95 these are
`{low = 1, likely = 2, high = 5, unit = "h"}`  PERT
`{p10 = 8, p90 = 25, unit = "h"}` the lognormal through these
================================  =====================================================================
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from itilsim.text.amount import Asked, number_of
from itilsim.text.dimension import MONEY, NUMBER, PERSON, SHARE, TIME, WORK, YEARLY_SHARE, Dimension, count
from itilsim.text.distribution import Amount, Distribution, Parsed
from itilsim.text.expression import LONGEST, Expression, Term, exact_number, read_expression, read_units
from itilsim.text.families import is_distribution, read_distribution, three_point, through_quantiles
from itilsim.text.faults import FaultyQuantity, shown, unknown_name
from itilsim.text.printing import format_quantity

__all__ = [
    "MONEY", "NUMBER", "PERSON", "SHARE", "TIME", "WORK", "YEARLY_SHARE", "Amount", "Dimension",
    "Distribution", "FaultyQuantity", "Parsed", "count", "format_quantity", "parse_amount",
    "parse_distribution", "parse_quantity",
]  # fmt: skip

_QUANTILE = re.compile(r"p\d\d?")
_KINDS = {
    "list": "a list",
    "bool": "a yes or no",
    "date": "a date",
    "datetime": "a date",
    "time": "a time of day",
}


def parse_quantity(given: object, dimension: Dimension, *, currency: str = "CNY", what: str = "this value") -> Parsed:
    """Read a quantity of one dimension from a text, a number or a table, as in the table above, into canonical units.

    Exact until one last rounding, so that "1.2 M CNY / year" and "100 k CNY / month" give the same float.
    `what` names the value in messages ("a fee"). Raises FaultyQuantity with a sentence that says what was
    found and what would be right; ranges of values (not negative, at most one) are for the caller, who asks
    `support()`.
    """
    asked = Asked(dimension, currency, what)
    if isinstance(given, str):
        return _spoken(given, asked)
    if isinstance(given, (int, float)) and not isinstance(given, bool):
        return _amount(_plain(given), asked)
    if isinstance(given, Mapping):
        return _table(given, asked)
    kind = _KINDS.get(type(given).__name__, f"a {type(given).__name__}")
    raise FaultyQuantity(f"found {kind} ({shown(str(given))}); {_needed(asked)}")


def parse_amount(given: object, dimension: Dimension, *, currency: str = "CNY", what: str = "this value") -> Amount:
    """Read a quantity that has to be one number, as `parse_quantity` does; a distribution is refused."""
    parsed = parse_quantity(given, dimension, currency=currency, what=what)
    if isinstance(parsed, Amount):
        return parsed
    example = dimension.example(currency=currency)
    raise FaultyQuantity(f"found {shown(parsed.text)}, a distribution; {what} has to be one number, for instance '{example}'")


def parse_distribution(given: object, dimension: Dimension, *, currency: str = "CNY", what: str = "this value") -> Distribution:
    """Read a quantity that may vary, as `parse_quantity` does; an amount comes out as a constant distribution."""
    parsed = parse_quantity(given, dimension, currency=currency, what=what)
    return parsed.as_distribution() if isinstance(parsed, Amount) else parsed


def _spoken(text: str, asked: Asked) -> Parsed:
    if not text.strip():
        raise FaultyQuantity(f"found an empty text; {_needed(asked)}")
    if len(text) > LONGEST:
        raise FaultyQuantity(f"found {shown(text)}, {len(text)} characters long; a quantity has at most {LONGEST}")
    if is_distribution(text):
        return read_distribution(text, asked)
    return _amount(read_expression(text), asked)


def _amount(expression: Expression, asked: Asked) -> Amount:
    return Amount(number_of(expression, asked), expression.text)


def _plain(number: int | float) -> Expression:
    if not -1e60 < number < 1e60:
        raise FaultyQuantity(f"found {shown(_spelt(number))}; a quantity is a finite number that can be meant, so check its digits")
    text = repr(number)
    digits = text.removeprefix("-")
    return Expression(text, (Term(exact_number(digits), digits),), (), negative=number < 0)


def _spelt(number: int | float) -> str:
    # Python refuses to spell whole numbers of thousands of digits.
    return "a whole number of more than 60 digits" if isinstance(number, int) else repr(number)


def _table(table: Mapping[str, object], asked: Asked) -> Distribution:
    text = "{" + ", ".join(f"{key} = {_toml(value)}" for key, value in table.items()) + "}"
    keys = [key for key in table if key != "unit"]
    unit = table.get("unit", "")
    if not isinstance(unit, str):
        raise FaultyQuantity(f'found {shown(text)}, where unit is not a text; write it as in unit = "h"')
    known = ["low", "likely", "high", "unit", "p05", "p10", "p25", "p50", "p75", "p90", "p95"]
    for key in keys:
        if key not in known and not _QUANTILE.fullmatch(key):
            raise FaultyQuantity(f"found {shown(text)}: {unknown_name('key of a quantity', key, known)}")
    tail = read_units(unit)
    values = {key: _cell(table[key], tail, asked) for key in keys}
    if set(keys) == {"low", "likely", "high"}:
        return three_point("pert", (values["low"], values["likely"], values["high"]), text, asked)
    if len(keys) >= 2 and all(_QUANTILE.fullmatch(key) and int(key[1:]) for key in keys):
        return through_quantiles({int(key[1:]) / 100: value for key, value in values.items()}, text, asked)
    raise FaultyQuantity(
        f"found {shown(text)}; a table needs low, likely and high, or two quantiles from p1 to p99, for"
        " instance"
        ' {p10 = 8, p90 = 25, unit = "h"}'
    )


def _cell(given: object, tail: Expression, asked: Asked) -> float:
    if isinstance(given, str):
        expression = read_expression(given)
    elif isinstance(given, (int, float)) and not isinstance(given, bool):
        expression = _plain(given)
    else:
        raise FaultyQuantity(f"found {shown(str(given))} in a table; {_needed(asked)}")
    return number_of(expression.with_units_of(tail), asked)


def _toml(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def _needed(asked: Asked) -> str:
    example = asked.dimension.example(currency=asked.currency)
    return f"{asked.what} needs {asked.dimension.describe()}, for instance '{example}'"
