"""A leaf is one stated quantity of a scenario with its source, how far to trust it, and whether the planner knows it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Annotated, Any

from pydantic import ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from itilsim.kinds.range import Range, read_range
from itilsim.plan.number import Number
from itilsim.plan.specs import INFINITE, Distribution
from itilsim.rules.chance import CONSTANT, EXPONENTIAL, LOGNORMAL, SPREAD
from itilsim.text.dimension import MONEY, NUMBER, PERSON, SHARE, TIME, WORK, YEARLY_SHARE, Dimension, count
from itilsim.text.distribution import Amount, Parsed, pert_shape
from itilsim.text.distribution import Distribution as Drawn
from itilsim.text.faults import FaultyQuantity, shown, unknown_name
from itilsim.text.quantity import parse_quantity

TRUSTS = ("solid", "usable", "folklore", "judgement")
ABOUT = ("source", "trust", "note", "label")
LEVER = "lever"


@dataclass(frozen=True)
class Canonical:
    """A number given by a program, in canonical units (money, hours, months, shares), that no grammar has to read."""

    value: float


@dataclass(frozen=True)
class Leaf:
    """A stated quantity in canonical units.

    `unknown` marks what the planner does not know: one draw a world. A distribution that is not unknown is luck: one draw an occurrence.
    """

    parsed: Parsed
    dimension: Dimension
    source: str = ""
    trust: str = ""
    note: str = ""
    label: str = ""
    unknown: bool = False
    key: str = ""
    stated: tuple[float, float, float, str] | None = None
    """Low, likely and high as written, in the unit that stands beside them, where they were written so."""
    lever: Range | None = None
    """How far a planner can move it, in the unit in which it is written; None for what is no lever."""

    @property
    def likely(self) -> float:
        """The middle of what was stated: the number, the mode, or else the median."""
        p = self.parsed
        if isinstance(p, Drawn) and p.family in ("pert", "triangular"):
            return p.parameters[1]
        return p.mean() if isinstance(p, Amount) or p.family == "constant" else p.quantile(0.5)

    @property
    def low(self) -> float:
        """The lowest value, or the 5 % quantile where there is no lowest."""
        return self.parsed.support()[0] if self.parsed.support()[1] < INFINITE else self.parsed.quantile(0.05)

    @property
    def high(self) -> float:
        """The highest value, or the 95 % quantile where there is no highest."""
        return self.parsed.support()[1] if self.parsed.support()[1] < INFINITE else self.parsed.quantile(0.95)

    def keyed(self, key: str) -> Leaf:
        """Give the leaf with the key by which it is known."""
        return replace(self, key=key)

    @property
    def number(self) -> Number:
        """The value as a plan's number: the unknown input by its key, or the constant."""
        return Number.unknown(self.key) if self.unknown else Number.of(self.parsed.mean())

    def over_worlds(self) -> Distribution:
        """Give the distribution from which an input that is not known is drawn once a world."""
        return Leaf(self.parsed, self.dimension).distribution()

    def distribution(self, scale: Number | float = 1.0, *, cap: Number | float = INFINITE) -> Distribution:
        """Give the value as a quantity of a plan, times a scale and cut at a cap (both may be unknown inputs)."""
        number = Number.of(scale)
        if self.unknown or isinstance(self.parsed, Amount):
            return Distribution(CONSTANT, self.number * number)
        return spread(self.parsed, number, cap)


def spread(stated: Drawn, scale: Number, cap: Number | float = INFINITE) -> Distribution:
    """Give a stated distribution as a quantity of a plan."""
    p = stated.parameters
    if stated.family == "constant":
        return Distribution(CONSTANT, scale * p[0])
    if stated.family == "exponential":
        return Distribution(EXPONENTIAL, scale * p[0], c=cap)
    if stated.family == "lognormal":
        return Distribution(LOGNORMAL, scale * p[0], p[1], cap, ("normal",))
    if stated.family == "gamma":
        return Distribution(SPREAD, 0.0, scale * (p[0] * p[1] * p[1]), shape=("gamma", repr(1.0 / (p[1] * p[1]))))
    width = p[-1] - p[0]
    if width == 0.0:
        return Distribution(CONSTANT, scale * p[0])
    if stated.family == "uniform":
        shape: tuple[str, ...] = ("beta", "1.0", "1.0")
    elif stated.family == "triangular":
        shape = ("triangular", repr((p[1] - p[0]) / width))
    else:
        alpha, beta = pert_shape(low=p[0], likely=p[1], high=p[2])
        shape = ("beta", repr(alpha), repr(beta))
    return Distribution(SPREAD, scale * p[0], scale * width, shape=shape)


@lru_cache(maxsize=4096)
def _parsed(stated: str, dimension: Dimension, currency: str) -> Parsed:
    """Read a text once: alternatives share most of what they state."""
    return parse_quantity(stated, dimension, currency=currency)


def read_leaf(
    given: object,
    dimension: Dimension,
    *,
    currency: str,
    drawn: bool = False,
    signed: bool = False,
    fixed: bool = False,
    most: float = INFINITE,
) -> Leaf:
    """Read a leaf from what a file says; raises FaultyQuantity with a sentence.

    `drawn` allows a distribution as luck, `signed` a negative number, `most` bounds it above; `fixed` refuses what the planner does not
    know, since the shape of the plan depends on the number.
    """
    about: dict[str, str] = {}
    unknown = False
    stated: Any = given
    lever: object = False
    if isinstance(given, Mapping):
        about = {key: str(given[key]) for key in ABOUT if key in given}
        lever = given.get(LEVER, False)
        stated = {key: value for key, value in given.items() if key not in (*ABOUT, LEVER)}
        unknown = "low" in stated or any(key[:1] == "p" and key[1:].isdigit() for key in stated)
        if set(stated) - {"value"} and "value" in stated:
            extra = sorted(set(stated) - {"value"})[0]
            raise FaultyQuantity(unknown_name("key beside 'value'", extra, (*ABOUT, LEVER)))
        if "value" in stated:
            stated = stated["value"]
        if about.get("trust", "judgement") not in TRUSTS:
            raise FaultyQuantity(unknown_name("trust", about["trust"], TRUSTS))
    if isinstance(stated, Canonical):
        parsed: Parsed = Amount(stated.value, repr(stated.value))
    elif isinstance(stated, str):
        parsed = _parsed(stated, dimension, currency)
    else:
        parsed = parse_quantity(stated, dimension, currency=currency)
    if isinstance(parsed, Drawn) and not unknown and not drawn:
        raise FaultyQuantity(
            f"found {shown(parsed.text)}, which varies by itself; this has to be one number, or low, likely and high where you do not "
            "know it"
        )
    if fixed and unknown:
        raise FaultyQuantity(f"found {shown(str(stated))}; this has to be one known number, since the shape of the model depends on it")
    low, high = parsed.support()
    if low < 0.0 and not signed:
        raise FaultyQuantity(f"found {shown(parsed.text)}, which is below nought; this cannot be negative")
    limit = 1.0 if dimension.share else most
    if high > limit and not (isinstance(parsed, Drawn) and parsed.family in ("lognormal", "gamma", "exponential")):
        raise FaultyQuantity(f"found {shown(parsed.text)}; this can be {limit:g} at most")
    if isinstance(parsed, Drawn) and parsed.family == "constant":
        unknown = False
    written = _as_written(stated)
    bounds = read_range(lever, written, unknown=unknown) if lever is not False else None
    return Leaf(parsed, dimension, unknown=unknown, stated=written, lever=bounds, **about)


_NUMBER = re.compile(r"([+-]?[\d,]*\.?\d+)\s*(.*)")


def _as_written(stated: Any) -> tuple[float, float, float, str] | None:
    """Give low, likely and high (three times the number where it is one) in the unit in which they are written, or None."""
    table = stated if isinstance(stated, Mapping) else {"low": stated, "likely": stated, "high": stated}
    numbers: list[float] = []
    units = {str(table["unit"])} if "unit" in table else set()
    for name in ("low", "likely", "high"):
        value = table.get(name)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            numbers.append(float(value))
        elif isinstance(value, str) and (found := _NUMBER.fullmatch(value.strip())):
            numbers.append(float(found[1].replace(",", "")))
            units.add(found[2])
        else:
            return None
    if len(units) > 1:
        return None
    return numbers[0], numbers[1], numbers[2], next(iter(units), "")


class Stated:
    """What a field's quantity has to be: its dimension, and whether it may vary by itself, be negative or be unknown."""

    def __init__(self, dimension: Dimension, *, drawn: bool = False, signed: bool = False, fixed: bool = False) -> None:
        self.dimension, self.drawn, self.signed, self.fixed = dimension, drawn, signed, fixed

    def read(self, given: object, info: ValidationInfo) -> Leaf:
        """Read a leaf for pydantic, with a sentence where it is at fault."""
        if isinstance(given, Leaf):
            return given
        currency = (info.context or {}).get("currency", "CNY")
        try:
            return read_leaf(
                given, self.dimension, currency=currency, drawn=self.drawn, signed=self.signed, fixed=self.fixed
            )
        except FaultyQuantity as wrong:
            raise PydanticCustomError("quantity", "{sentence}", {"sentence": str(wrong)}) from None

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        example = self.dimension.example(currency="CNY")
        return {"type": ["string", "number", "object"], "description": f"{self.dimension.describe()}, e.g. {example}"}


Money = Annotated[Leaf, Stated(MONEY)]
MoneyRate = Annotated[Leaf, Stated(MONEY / TIME)]
Wage = Annotated[Leaf, Stated(MONEY / PERSON / TIME)]
HourPrice = Annotated[Leaf, Stated(MONEY / WORK)]
CasePrice = Annotated[Leaf, Stated(MONEY / count("case"))]
SheetPrice = Annotated[Leaf, Stated(MONEY / count("sheet"))]
UserPrice = Annotated[Leaf, Stated(MONEY / count("user") / TIME)]
Duration = Annotated[Leaf, Stated(TIME)]
FixedDuration = Annotated[Leaf, Stated(TIME, fixed=True)]
Hours = Annotated[Leaf, Stated(WORK)]
UserHours = Annotated[Leaf, Stated(WORK / count("user"))]
Share = Annotated[Leaf, Stated(SHARE)]
FixedShare = Annotated[Leaf, Stated(SHARE, fixed=True)]
Factor = Annotated[Leaf, Stated(NUMBER)]
FixedFactor = Annotated[Leaf, Stated(NUMBER, fixed=True)]
Frequency = Annotated[Leaf, Stated(NUMBER / TIME)]
PerUserMonth = Annotated[Leaf, Stated(NUMBER / count("user") / TIME)]
People = Annotated[Leaf, Stated(PERSON)]
UserCount = Annotated[Leaf, Stated(count("user"))]
Units = Annotated[Leaf, Stated(count("unit"))]
Sheets = Annotated[Leaf, Stated(count("sheet") / count("case"))]
Growth = Annotated[Leaf, Stated(YEARLY_SHARE, signed=True)]
Rate = Annotated[Leaf, Stated(YEARLY_SHARE)]
FixedRate = Annotated[Leaf, Stated(YEARLY_SHARE, fixed=True)]
DrawnMoney = Annotated[Leaf, Stated(MONEY, drawn=True)]
DrawnHours = Annotated[Leaf, Stated(WORK, drawn=True)]
DrawnDuration = Annotated[Leaf, Stated(TIME, drawn=True)]
DrawnFactor = Annotated[Leaf, Stated(NUMBER, drawn=True)]
UserHoursRate = Annotated[Leaf, Stated(WORK / count("user") / TIME)]
UserFee = Annotated[Leaf, Stated(MONEY / count("user"))]
UnitsPerUserMonth = Annotated[Leaf, Stated(count("unit") / count("user") / TIME)]
UnitPrice = Annotated[Leaf, Stated(MONEY / count("unit"))]
UnitsPerUser = Annotated[Leaf, Stated(count("unit") / count("user"))]
RequestPrice = Annotated[Leaf, Stated(MONEY / count("request"))]
ActionPrice = Annotated[Leaf, Stated(MONEY / count("action"))]
BlockHours = Annotated[Leaf, Stated(WORK, fixed=True)]
JointHours = Annotated[Leaf, Stated(WORK / TIME, fixed=True)]
DrawnGrowth = Annotated[Leaf, Stated(YEARLY_SHARE, drawn=True, signed=True)]
CustomerCount = Annotated[Leaf, Stated(count("customer"))]
CustomerPrice = Annotated[Leaf, Stated(MONEY / count("customer") / TIME)]
