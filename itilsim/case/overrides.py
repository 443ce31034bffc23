"""Overrides: values by key from the command line, a program or a spreadsheet, laid over what the files say."""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from itilsim.case.sources import Merged
from itilsim.kinds.leaf import ABOUT, Canonical
from itilsim.text.faults import Fault, FaultyInput, unknown_name


def canonical(value: Any) -> Any:
    """Give a program's number as one in canonical units; texts and tables stay as they are."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return Canonical(float(value))
    return value


def apply_values(merged: Merged, values: Mapping[str, Any], alternative: str) -> tuple[dict[str, Any], set[str]]:
    """Lay overrides over an alternative's data; give the data and the keys that were used.

    A key is `section.name.field`, for some alternatives alone `alternative:section.name.field` or `one+another:section.name.field`.
    """
    used: set[str] = set()
    data = merged.data
    for key, value in values.items():
        only, _, path = key.rpartition(":")
        if only and alternative not in only.split("+"):
            continue
        changed = _put(data, path.split("."), value)
        if changed is not None:
            data = changed
            used.add(key)
    return data, used


def _put(data: Any, path: list[str], value: Any) -> Any:
    """Give a copy of the tables and lists along a path with a value at its end, None where there is no such path; the rest is shared."""
    part, rest = path[0], path[1:]
    place: Any = int(part) if isinstance(data, list) and part.isdigit() else part
    if isinstance(data, list):
        is_there = isinstance(place, int) and place < len(data)
    else:
        is_there = isinstance(data, dict) and place in data
    if not is_there:
        return None
    put = _put(data[place], rest, value) if rest else _with_about(data[place], value)
    if put is None:
        return None
    copied = copy.copy(data)
    copied[place] = put
    return copied


def _with_about(before: Any, value: Any) -> Any:
    """Keep what was said about a quantity (source, label) where only its value changes."""
    about = {k: before[k] for k in ABOUT if k in before} if isinstance(before, Mapping) else {}
    if isinstance(value, Mapping):
        return {**about, **value}
    return {**about, "value": value} if about and not isinstance(value, bool) else value


def check_keys(raw: Mapping[str, Merged], values: Mapping[str, Any], known: Callable[[], Collection[str]]) -> None:
    """Raise FaultyInput with a fault for each override that no alternative has; `known` gives the keys that there are."""
    used: set[str] = set()
    for name, merged in raw.items():
        used |= apply_values(merged, values, name)[1]
    unknown = [key for key in values if key not in used]
    if unknown:
        keys = sorted(known())
        raise FaultyInput([Fault("values", 1, 1, unknown_name("key", key, keys)) for key in unknown])


def sheet_values(path: Path, keys: Collection[str]) -> dict[str, Any]:
    """Read a spreadsheet of inputs and give overrides; raises FaultyInput with a fault for each cell."""
    from itilsim.text.sheet import read_sheet

    known = sorted(keys)
    values: dict[str, Any] = {}
    faults = []
    for row in read_sheet(path):
        if row.key not in known:
            faults.append(Fault(str(path), row.row, 1, f"row {row.row}, column 'key': {unknown_name('key', row.key, known)}"))
            continue
        values[row.key] = {
            **{k: v for k, v in (("low", row.low), ("likely", row.likely), ("high", row.high)) if v is not None},
            "unit": row.unit,
            "source": row.source,
            "note": row.note,
        }
        if row.low is None and row.high is None:
            values[row.key] = {"value": f"{row.likely} {row.unit}".strip(), "source": row.source, "note": row.note}
    if faults:
        raise FaultyInput(faults)
    return values

