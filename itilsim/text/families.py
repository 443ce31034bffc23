"""How distributions are spelled: "PERT(10, 20, 60) min", "lognormal(median 2 h, sigma 0.8)", "5 to 20 days"."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from itilsim.text.amount import Asked, number_of
from itilsim.text.dimension import NUMBER
from itilsim.text.distribution import Distribution, lognormal_through, normal_quantile
from itilsim.text.expression import Expression, read_expression, read_units
from itilsim.text.faults import FaultyQuantity, shown, unknown_name
from itilsim.text.printing import format_quantity

_CALL = re.compile(r"\s*([^\W\d_]+)\s*\(([^()]*)\)(.*)", re.DOTALL)
_START = re.compile(r"\s*[^\W\d_]+\s*\(")
_RANGE = re.compile(r"\s+to\s+")
_NAMED = re.compile(r"\s*(median|mean|sigma|cv|p\d\d?)\b\s*=?\s*(.*)", re.DOTALL)
_UNITLESS = ("sigma", "cv")
_FORMS = {
    "uniform": "uniform(5, 20) h",
    "triangular": "triangular(10, 20, 60) min",
    "pert": "PERT(10, 20, 60) min",
    "lognormal": "lognormal(median 2 h, sigma 0.8)",
    "exponential": "exponential(mean 91 days)",
    "gamma": "gamma(mean 1, cv 0.12)",
}
_SURE = 0.05
_WIDEST = 10
_CV_BOUNDS = (1e-4, 1e3)

Named = Mapping[str, float]


def is_distribution(text: str) -> bool:
    """Say whether a text is spelled as a distribution, right or wrong, rather than as an amount."""
    return _START.match(text) is not None or _RANGE.search(f" {text} ") is not None


def read_distribution(text: str, asked: Asked) -> Distribution:
    """Read a spelled distribution; raises FaultyQuantity with what was found and what would be right."""
    if not _START.match(text):
        return _range(text, asked)
    match = _CALL.fullmatch(text)
    if match is None:
        raise FaultyQuantity(f"found {shown(text)}, where the brackets do not hold one list of numbers; write it as in '{_FORMS['pert']}'")
    name, inside, tail = match[1].casefold(), match[2], read_units(match[3])
    if name not in _FORMS:
        raise FaultyQuantity(f"found {shown(text)}: {unknown_name('distribution', match[1], list(_FORMS))}")
    parts = [part.strip() for part in inside.split(",")]
    if name in ("uniform", "triangular", "pert"):
        return _bounded(name, parts, tail, text, asked)
    named = _named_values(name, parts, tail, text, asked)
    makers: dict[str, Callable[[Named, str, Asked], Distribution]] = {
        "lognormal": _lognormal, "exponential": _exponential, "gamma": _gamma,
    }  # fmt: skip
    return makers[name](named, text, asked)


def three_point(family: str, values: Sequence[float], text: str, asked: Asked) -> Distribution:
    """Make a PERT or a triangular distribution of low, likely and high, checked to be in this order.

    Three equal values give a constant: whoever writes them is sure.
    """
    low, likely, high = values
    if not low <= likely <= high:
        raise FaultyQuantity(f"found {shown(text)}, which is not in order; write low, likely and high from the smallest to the largest")
    if low == high:
        return Distribution("constant", (low,), text, f"always {_spelt(low, asked)}")
    ends = f"between {_spelt(low, asked)} and {_spelt(high, asked)}, most likely {_spelt(likely, asked)}"
    if family == "pert":
        return Distribution("pert", (low, likely, high), text, f"{ends} (PERT)")
    return Distribution("triangular", (low, likely, high), text, f"{ends} (triangular)")


def through_quantiles(points: Mapping[float, float], text: str, asked: Asked) -> Distribution:
    """Make the lognormal that passes through given quantiles, shares in (0, 1) to values above nought, at least two.

    Where more than two are given they have to lie on one lognormal within a tenth.
    """
    ordered = sorted(points.items())
    if any(value <= 0 for _, value in ordered):
        raise FaultyQuantity(
            f"found {shown(text)}, with a value at or below nought, where a lognormal has none;"
            f" write low, likely and high instead, for instance '{_FORMS['pert']}'"
        )
    median, sigma = lognormal_through(ordered)
    if any(after[1] <= before[1] for before, after in pairwise(ordered)):
        raise FaultyQuantity(f"found {shown(text)}, where the larger share does not have the larger value; exchange them")
    for share, value in ordered:
        fitted = median * math.exp(sigma * normal_quantile(share))
        if abs(fitted - value) > 0.1 * value:
            raise FaultyQuantity(
                f"found {shown(text)}, which no lognormal meets: its p{share * 100:.0f} would be"
                f" {_spelt(fitted, asked)}; give two of the values, or low, likely and high"
            )
    return _made_lognormal(median, sigma, text, asked)


def _range(text: str, asked: Asked) -> Distribution:
    parts = _RANGE.split(text)
    if len(parts) != 2:
        raise FaultyQuantity(f"found {shown(text)}; a range has two ends, for instance '5 to 20 days'")
    low, high = (read_expression(part) for part in parts)
    if low.bare and not low.terms[0].multiplier and len(high.terms) == 1 and high.terms[0].multiplier:
        size = high.terms[0].multiplier
        raise FaultyQuantity(
            f"found {shown(text)}, where {shown(low.text)} may mean {low.text} or {low.text} {size}; write"
            " the size at"
            f" both ends, for instance '{low.text} {size} to {high.text}'"
        )
    low = low.with_units_of(high)
    ends = [number_of(each, asked) for each in (low, high)]
    if ends[0] <= 0:
        raise FaultyQuantity(
            f"found {shown(text)}; '... to ...' means 90 % sure and needs both ends above nought;"
            f" write low, likely and high instead, for instance '{_FORMS['pert']}'"
        )
    if ends[0] >= ends[1]:
        raise FaultyQuantity(f"found {shown(text)}, which does not increase; write the smaller end first")
    median, sigma = lognormal_through([(_SURE, ends[0]), (1 - _SURE, ends[1])])
    echo = f"90 % sure between {parts[0].strip()} and {parts[1].strip()}"
    return replace(_made_lognormal(median, sigma, text.strip(), asked), echo=echo)


def _bounded(name: str, parts: list[str], tail: Expression, text: str, asked: Asked) -> Distribution:
    wanted = 2 if name == "uniform" else 3
    if len(parts) != wanted or any(_NAMED.fullmatch(part) for part in parts):
        extra = "; inside brackets ',' divides, so write 1200 and not 1,200" if len(parts) > wanted else ""
        raise FaultyQuantity(
            f"found {shown(text)}; {name} needs {'two' if wanted == 2 else 'three'} numbers, for instance '{_FORMS[name]}'{extra}"
        )
    values = [_value(part, tail, asked) for part in parts]
    if wanted == 3:
        return three_point(name, values, text.strip(), asked)
    if values[0] >= values[1]:
        raise FaultyQuantity(f"found {shown(text)}, which does not increase; write the smaller end first")
    echo = f"anywhere between {_spelt(values[0], asked)} and {_spelt(values[1], asked)}, all equally likely"
    return Distribution("uniform", (values[0], values[1]), text.strip(), echo)


def _value(part: str, tail: Expression, asked: Asked) -> float:
    expression = read_expression(part)
    if (expression.terms[0].word and tail.terms[0].word) or (expression.pers and tail.pers):
        raise FaultyQuantity(f"found {shown(part)} before {shown(tail.text)}, two units for one number; write the unit once")
    return number_of(expression.with_units_of(tail), asked)


def _named_values(name: str, parts: list[str], tail: Expression, text: str, asked: Asked) -> dict[str, float]:
    values: dict[str, float] = {}
    for part in parts:
        match = _NAMED.fullmatch(part)
        if match is None or match[1] in values:
            raise FaultyQuantity(
                f"found {shown(part)} in {shown(text)}; {name} needs each number once and named, for instance '{_FORMS[name]}'"
            )
        if match[1] in _UNITLESS:
            plain = replace(asked, dimension=NUMBER, what=match[1])
            values[match[1]] = number_of(read_expression(match[2]), plain)
        else:
            values[match[1]] = _value(match[2], tail, asked)
    nought = next((each for each, value in values.items() if value <= 0), None)
    if nought is not None:
        raise FaultyQuantity(f"found {shown(text)}; the {nought} of a {name} distribution has to be above nought")
    if not _CV_BOUNDS[0] <= values.get("cv", 1.0) <= _CV_BOUNDS[1]:
        raise FaultyQuantity(f"found {shown(text)}, whose cv is out of reach; write one from 0.0001 (0.01 %) to 1,000")
    return values


def _lognormal(named: Named, text: str, asked: Asked) -> Distribution:
    shares = {_share(name): value for name, value in named.items() if name == "median" or name.startswith("p")}
    others = set(named) - {"median"} - {name for name in named if name.startswith("p")}
    sigma = named.get("sigma") or (math.sqrt(math.log1p(named["cv"] ** 2)) if "cv" in named else None)
    if not others and len(shares) == len(named) == 2:
        found = through_quantiles(shares, text.strip(), asked)
        exact = (named.get("median", found.parameters[0]), found.parameters[1])
        return replace(found, parameters=exact)
    if len(named) != 2 or sigma is None or {"sigma", "cv"} <= others:
        raise FaultyQuantity(
            f"found {shown(text)}; lognormal needs two of median, mean, sigma, cv and quantiles such as p90,"
            f" for instance '{_FORMS['lognormal']}' or 'lognormal(median 30 min, p90 4 h)'"
        )
    if "mean" in named:
        median = named["mean"] * math.exp(-sigma * sigma / 2)
    else:
        ((share, value),) = shares.items()
        median = value if share == 0.5 else value * math.exp(-sigma * normal_quantile(share))
    return _made_lognormal(median, sigma, text.strip(), asked)


def _exponential(named: Named, text: str, asked: Asked) -> Distribution:
    if set(named) != {"mean"}:
        raise FaultyQuantity(f"found {shown(text)}; exponential needs its mean alone, for instance '{_FORMS['exponential']}'")
    echo = f"on average {_spelt(named['mean'], asked)}, whatever has passed before (exponential)"
    return Distribution("exponential", (named["mean"],), text.strip(), echo)


def _gamma(named: Named, text: str, asked: Asked) -> Distribution:
    if set(named) != {"mean", "cv"}:
        raise FaultyQuantity(f"found {shown(text)}; gamma needs its mean and its cv, for instance '{_FORMS['gamma']}'")
    echo = f"on average {_spelt(named['mean'], asked)}, give or take {named['cv'] * 100:.3g} % (gamma)"
    return Distribution("gamma", (named["mean"], named["cv"]), text.strip(), echo)


def _share(name: str) -> float:
    share = 50 if name == "median" else int(name[1:])
    if share == 0:
        raise FaultyQuantity("found 'p0'; a quantile has a name from p1 to p99")
    return share / 100


def _made_lognormal(median: float, sigma: float, text: str, asked: Asked) -> Distribution:
    if sigma > _WIDEST:
        raise FaultyQuantity(
            f"found {shown(text)}, whose sigma is {sigma:.3g}; above {_WIDEST} one value in ten is over"
            " 300,000 times the median,"
            " so write a smaller sigma"
        )
    high = median * math.exp(sigma * normal_quantile(0.9))
    echo = f"half below {_spelt(median, asked)}, 9 in 10 below {_spelt(high, asked)} (lognormal)"
    return Distribution("lognormal", (median, sigma), text, echo)


def _spelt(value: float, asked: Asked) -> str:
    return format_quantity(value, asked.dimension, currency=asked.currency)
