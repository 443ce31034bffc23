"""The inputs that a study stood on, with their ranges, sources and trust, and what each does where a sensitivity is stored."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from itilsim.tables.result import Result, capitalised
from itilsim.tables.sensitivity import Sensitive, Sensitivity, label_of, read_sensitivity

Cell = float | str | None


@dataclass(frozen=True)
class Input:
    """One input as the case spells it: `low`, `likely`, `high` of an unknown, or one `value`; units as written."""

    key: str
    label: str
    low: Cell
    likely: Cell
    high: Cell
    value: Cell
    unit: str
    source: str
    trust: str
    note: str
    unknown: bool
    only: tuple[str, ...] = ()
    """The titles of the alternatives that state it so, where others state it otherwise."""
    sensitive: Sensitive | None = None
    """What it does by itself, where it was varied."""


@dataclass(frozen=True)
class Inputs:
    """Every input of the case: what the planner does not know first, then what is taken as known; what was varied first, by swing."""

    unknown: tuple[Input, ...]
    known: tuple[Input, ...]
    command: str
    """What finds the values at which first place changes."""
    sensitivity: Sensitivity | None = None

    @property
    def trusts(self) -> dict[str, int]:
        """Counts inputs by the trust that they state."""
        counts: dict[str, int] = {}
        for entry in (*self.unknown, *self.known):
            counts[entry.trust or "unstated"] = counts.get(entry.trust or "unstated", 0) + 1
        return counts


def read_inputs(result: Result) -> Inputs:
    """Reads the inputs from the manifest, and what each does by itself from the stored sensitivity where there is one."""
    sensitivity = read_sensitivity(result)
    titles = {each.name: each.title for each in (result.baseline, *result.alternatives)}
    rows = [_entry(entry, sensitivity, titles) for entry in result.manifest.get("inputs", ())]
    if sensitivity is not None:
        rows.sort(key=lambda row: -abs(row.sensitive.swing.value) if row.sensitive else 1.0)
    seed = int(result.manifest["seed"])
    command = f"itilsim sensitivity {result.manifest.get('case') or 'CASE'}" + (f" --seed {seed}" if seed != 1 else "")
    return Inputs(tuple(row for row in rows if row.unknown), tuple(row for row in rows if not row.unknown), command, sensitivity)


def _entry(entry: Mapping[str, Any], sensitivity: Sensitivity | None, titles: Mapping[str, str]) -> Input:
    def text(key: str) -> str:
        return str(entry.get(key) or "")

    stated = _as_stated(entry.get("value"))
    value = None if stated else entry.get("value")
    is_text = isinstance(value, str) and not entry.get("unknown")
    return Input(
        text("key"),
        capitalised(label_of(text("key"), text("label"))),
        stated.get("low", entry.get("low")),
        stated.get("likely", entry.get("likely")),
        stated.get("high", entry.get("high")),
        value,
        str(stated.get("unit", "" if is_text else text("unit"))),
        text("source"),
        text("trust"),
        text("note"),
        bool(entry.get("unknown")),
        tuple(titles.get(name, name) for name in entry.get("alternatives") or ()) if ":" in text("key") else (),
        sensitivity.of(text("key")) if sensitivity else None,
    )


def _as_stated(value: object) -> dict[str, Any]:
    """Returns low, likely, high and unit as the case spells them (`{low = 20, likely = 30, high = 45, unit = "min"}`), or nothing.

    The planner's own unit is easier to recognise than the one in which the engines reckon.
    """
    if not isinstance(value, str) or not value.startswith("{"):
        return {}
    try:
        stated = tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        return {}
    return dict(stated) if {"low", "high", "unit"} <= set(stated) else {}
