"""What a field of a kind can hold, read from its type alone, so that a new kind needs no word here."""

from __future__ import annotations

import types
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le

from itilsim.kinds.block import Block, Ref
from itilsim.kinds.leaf import Stated
from itilsim.kinds.lowering import CALENDARS
from itilsim.text.dimension import MONEY_BASE, TIME_BASE, Dimension

Pick = Callable[[Sequence[Any]], Any]
"""Takes one of several, the first most willingly."""
SHARES = ("60 %", "100 %", "60 %", "100 %", "25 %", "3 %", "0 %")
GROWTHS = ("0 % / year", "12 % / year", "-20 % / year")
NUMBERS = ("1", "3", "0.25", "1", "3", "0")
WORDS: dict[str, tuple[str, ...]] = {"calendar": CALENDARS, "hours": CALENDARS, "includes": ("hours lost", "fraud", "fines")}
"""Fields that are texts without a type of their own, and what they may say."""


@dataclass(frozen=True)
class Field:
    """One field: what stands in it, whether it may be left out, whether it is a list, and of how many."""

    name: str
    what: Any
    """A `Stated`, a `Ref`, the type of a text, a number or a truth, or the choices of a literal."""
    optional: bool
    listed: bool = False
    length: int | None = None
    low: int = 0
    high: int = 3

    @property
    def refers(self) -> str:
        """The section whose blocks it names, "" for none."""
        return self.what.section if isinstance(self.what, Ref) else ""


@cache
def fields_of(kind: type[Block]) -> tuple[Field, ...]:
    """Give the fields of a kind, but for its name and title."""
    found = []
    for name, info in kind.model_fields.items():
        if name in ("kind", "title"):
            continue
        found.append(_field(name, info.annotation, tuple(info.metadata), optional=not info.is_required()))
    return tuple(found)


def _field(name: str, annotation: Any, marks: tuple[Any, ...], *, optional: bool) -> Field:
    annotation, marks = _unwrapped(annotation, marks)
    if get_origin(annotation) in (Union, types.UnionType):
        inner = next(each for each in get_args(annotation) if each is not type(None))
        return _field(name, inner, marks, optional=optional)
    if get_origin(annotation) is tuple:
        items = get_args(annotation)
        item, more = _unwrapped(items[0], marks)
        length = None if items[-1] is Ellipsis else len(items)
        return Field(name, _what(item, more), optional, listed=True, length=length)
    low = next((int(mark.ge) for mark in marks if isinstance(mark, Ge)), 0)  # type: ignore[call-overload]
    high = next((int(mark.le) for mark in marks if isinstance(mark, Le)), low + 3)  # type: ignore[call-overload]
    return Field(name, _what(annotation, marks), optional, low=low, high=min(high, low + 11))


def _unwrapped(annotation: Any, marks: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
    while hasattr(annotation, "__metadata__"):
        more = [part for mark in annotation.__metadata__ for part in (mark, *getattr(mark, "metadata", ()))]
        annotation, marks = annotation.__origin__, (*marks, *more)
    return annotation, marks


def _what(annotation: Any, marks: tuple[Any, ...]) -> Any:
    for mark in marks:
        if isinstance(mark, (Stated, Ref)):
            return mark
    return get_args(annotation) if get_origin(annotation) is Literal else annotation


def amounts_of(dimension: Dimension, *, signed: bool) -> tuple[str, ...]:
    """Give some amounts of a dimension, few of them nought."""
    if dimension.powers and dimension.share:
        return GROWTHS if signed else GROWTHS[:2]
    if dimension.share:
        return SHARES
    money = dimension.power(MONEY_BASE) > 0
    numbers = (*NUMBERS, "12") if dimension.power(TIME_BASE) < 0 and not money else NUMBERS
    return tuple(dimension.example(currency="CNY", number=f"{number} k" if money and number != "0" else number) for number in numbers)


def quantity(stated: Stated, pick: Pick) -> Any:
    """Give a quantity as a file states it: a number, what the planner does not know, or what varies by itself."""
    amounts = amounts_of(stated.dimension, signed=stated.signed)
    forms = ["plain", "plain", "with a source"]
    if not stated.fixed:
        forms += ["unknown"]
    if stated.drawn:
        forms += ["lognormal", "exponential", "uniform", "gamma", "pert"]
    form = pick(forms)
    first = pick(amounts)
    if form == "with a source":
        return {"value": first, "source": "made up", "trust": "judgement"}
    if form == "unknown":
        numbers = sorted({float(_number(each)) for each in amounts})
        low, likely, high = sorted(pick(numbers) for _ in range(3))
        return {"low": low, "likely": likely, "high": high, "unit": _unit(first)}
    if form == "plain" or _number(first) <= 0.0:
        return first
    unit = f" {_unit(first)}" if _unit(first) else ""
    size = f"{_number(first):g}"
    spelt = {
        "lognormal": f"lognormal(median {size}{unit}, sigma 0.6)",
        "exponential": f"exponential(mean {size}{unit})",
        "gamma": f"gamma(mean {size}{unit}, cv 0.5)",
        "uniform": f"uniform({size}, {_number(first) * 2:g}){unit}",
        "pert": f"PERT({size}, {_number(first) * 2:g}, {_number(first) * 4:g}){unit}",
    }
    return spelt[form]


def _number(text: str) -> float:
    return float(text.split(" ", 1)[0])


def _unit(text: str) -> str:
    return text.partition(" ")[2]


def value(field: Field, pick: Pick, kind: type[Block]) -> Any:
    """Give what a field that names no other block may hold."""
    if field.listed:
        return [_one(field, pick) for _ in range(field.length or pick((1, 2, 3)))]
    return _one(field, pick)


def _one(field: Field, pick: Pick) -> Any:
    if isinstance(field.what, Stated):
        return quantity(field.what, pick)
    if isinstance(field.what, tuple):
        return pick(field.what)
    if field.what is bool:
        return pick((True, False))
    if field.what is int:
        return pick(tuple(range(field.low, field.high + 1)))
    return pick(WORDS.get(field.name, ("something",)))
