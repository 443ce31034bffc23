"""An input that a sweep varies: its values one by one, or a range, in the unit in which the study states it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from itilsim.text.faults import Fault, shown, unknown_name
from itilsim.text.toml import Document

Value = float | bool | str
KEYS = ("values", "low", "high", "steps", "spacing", "unit")
SPACINGS = ("linear", "logarithmic")
FIGURES = 12
"""Significant figures of a number within a range, so that columns hold 0.3 and not 0.30000000000000004."""


@dataclass(frozen=True)
class Varied:
    """An input with the values that it takes.

    `values` lists them; where it is empty they lie from `low` to `high`. Numbers are in `unit`, which may be empty.
    """

    key: str
    unit: str = ""
    values: tuple[Value, ...] = ()
    low: float = math.nan
    high: float = math.nan
    steps: int = 0
    """Values of a grid over the range, both ends among them."""
    spacing: str = "linear"

    @cached_property
    def levels(self) -> tuple[Value, ...]:
        """The values one by one: as listed, or so many steps over the range."""
        return self.values or tuple(self._within(step / (self.steps - 1)) for step in range(self.steps))

    @property
    def extremes(self) -> tuple[tuple[str | int, Value], ...]:
        """The values that show whether all are allowed, each with where the study's file states it: an end, or a place in the list."""
        if not self.values:
            return ("low", self.low), ("high", self.high)
        if isinstance(self.values[0], float):
            order = sorted(range(len(self.values)), key=self.values.__getitem__)
            return tuple((at, self.values[at]) for at in (order[0], order[-1]))
        return tuple((self.values.index(value), value) for value in dict.fromkeys(self.values))

    def at(self, share: float) -> Value:
        """Give the value at a share of the range in [0, 1), or of the list."""
        return self.values[int(share * len(self.values))] if self.values else self._within(share)

    def setting(self, value: Value) -> bool | str:
        """Give a value as `--set` takes it: a number with its unit."""
        if isinstance(value, bool | str):
            return value
        import numpy as np

        return f"{np.format_float_positional(value, trim='-')} {self.unit}".strip()

    def stored(self) -> dict[str, Any]:
        """Give the input as plain data."""
        if self.values:
            return {"key": self.key, "unit": self.unit, "values": list(self.values)}
        return {"key": self.key, "unit": self.unit, "low": self.low, "high": self.high, "steps": self.steps, "spacing": self.spacing}

    def _within(self, share: float) -> float:
        if self.spacing == "logarithmic":
            found = self.low * (self.high / self.low) ** share
        else:
            found = self.low + (self.high - self.low) * share
        return min(max(float(f"{found:.{FIGURES}g}"), self.low), self.high)


def read_varied(document: Document, key: str, table: Any, *, design: str, faults: list[Fault]) -> Varied | None:
    """Read one input from a study's file; adds what is wrong to `faults` and then gives None."""
    path = ("vary", key)
    before = len(faults)
    if not isinstance(table, Mapping):
        example = f'[vary."{key}"] with low, high and unit, or with values'
        faults.append(document.fault(path, f"found {shown(str(table))}; a table is needed, {example}", at_value=True))
        return None
    faults += [document.fault((*path, name), unknown_name("key", name, KEYS)) for name in table if name not in KEYS]
    reader = _Reader(document, path, table, faults)
    unit = reader.choice("unit", "", None)
    if "values" in table:
        for name in {"low", "high", "steps", "spacing"} & set(table):
            reader.fault(name, f"found '{name}' beside 'values'; give the values or a range, not both")
        varied = Varied(key, unit, reader.listed(unit, may_repeat=design == "list"))
    else:
        varied = reader.range(unit, design)
    return varied if len(faults) == before else None


@dataclass(frozen=True)
class _Reader:
    """Reads the table of one input."""

    document: Document
    path: tuple[str, str]
    table: Mapping[str, Any]
    faults: list[Fault]

    def fault(self, name: str | tuple[str | int, ...], sentence: str) -> None:
        names = (name,) if isinstance(name, str) else name
        self.faults.append(self.document.fault((*self.path, *names), sentence, at_value=True))

    def choice(self, name: str, default: str, known: tuple[str, ...] | None) -> str:
        found = self.table.get(name, default)
        if not isinstance(found, str):
            self.fault(name, f"found {shown(str(found))}; {name} is a text in quotes")
            return default
        if known is not None and found not in known:
            self.fault(name, unknown_name(name, found, known))
        return found

    def number(self, name: str) -> float:
        found = self.table.get(name)
        if found is None:
            self.fault((), f"'{name}' is missing; an input needs low and high, or values")
            return math.nan
        if not _is_number(found):
            example = f'{name} = 120, unit = "k CNY / year"'
            self.fault(name, f"found {shown(str(found))}; {name} is a finite number, with the unit beside it, as {example}")
            return math.nan
        return float(found)

    def range(self, unit: str, design: str) -> Varied:
        low, high = self.number("low"), self.number("high")
        spacing = self.choice("spacing", "linear", SPACINGS)
        steps = self.table.get("steps", 0)
        if low >= high:
            self.fault("high", f"found high = {high:g}, which is not above low = {low:g}")
        if spacing == "logarithmic" and low <= 0.0:
            self.fault("low", f"found low = {low:g}; logarithmic spacing needs a number above nought")
        if design == "grid" and "steps" not in self.table:
            self.fault((), "'steps' is missing; a grid over a range needs the number of its values, as steps = 5")
        elif design == "list":
            self.fault((), "the design 'list' takes points one by one, so each input needs values, as values = [1, 2, 3]")
        elif design == "grid" and (isinstance(steps, bool) or not isinstance(steps, int) or steps < 2):
            self.fault("steps", f"found {shown(str(steps))}; steps is a whole number, at least 2")
        elif design not in ("grid", "list") and "steps" in self.table:
            self.fault("steps", f"found 'steps', but the design '{design}' takes its number of points from 'points'; leave it out")
        return Varied(self.path[1], unit, (), low, high, steps if isinstance(steps, int) else 0, spacing)

    def listed(self, unit: str, *, may_repeat: bool) -> tuple[Value, ...]:
        found = self.table["values"]
        if not isinstance(found, list) or not found:
            self.fault("values", f"found {shown(str(found))}; values is a list with something in it, as values = [1, 2, 3]")
            return ()
        values: list[Value] = []
        for at, each in enumerate(found):
            if isinstance(each, bool | str):
                values.append(each)
            elif _is_number(each):
                values.append(float(each))
            else:
                self.fault(("values", at), f"found {shown(str(each))}; a value is a finite number, a text, or true or false")
                return ()
            if type(values[at]) is not type(values[0]):
                self.fault(("values", at), f"found {shown(str(each))} after {shown(str(found[0]))}; all values of an input are of one type")
                return ()
            if not may_repeat and values[at] in values[:at]:
                self.fault(("values", at), f"found {shown(str(each))} for the second time; each value is tried once")
        if unit and not isinstance(values[0], float):
            self.fault("unit", "found a unit beside values that are no numbers; leave it out")
        return tuple(values)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e60
