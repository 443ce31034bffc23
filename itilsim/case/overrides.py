"""Overrides: values by key from the command line, a program or a spreadsheet, laid over what the files say."""

from __future__ import annotations

import copy
from collections.abc import Collection, Mapping
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
    if not values:
        return merged.data, used
    data: dict[str, Any] = copy.deepcopy(merged.data)
    for key, value in values.items():
        only, _, path = key.rpartition(":")
        if only and alternative not in only.split("+"):
            continue
        if _put(data, path.split("."), value):
            used.add(key)
    return data, used


def _put(data: Any, path: list[str], value: Any) -> bool:
    for part in path[:-1]:
        if isinstance(data, list) and part.isdigit() and int(part) < len(data):
            data = data[int(part)]
        elif isinstance(data, dict) and part in data:
            data = data[part]
        else:
            return False
    last = path[-1]
    if isinstance(data, list) and last.isdigit() and int(last) < len(data):
        data[int(last)] = _with_about(data[int(last)], value)
        return True
    if isinstance(data, dict) and last in data:
        data[last] = _with_about(data[last], value)
        return True
    return False


def _with_about(before: Any, value: Any) -> Any:
    """Keep what was said about a quantity (source, label) where only its value changes."""
    about = {k: before[k] for k in ABOUT if k in before} if isinstance(before, Mapping) else {}
    if isinstance(value, Mapping):
        return {**about, **value}
    return {**about, "value": value} if about and not isinstance(value, bool) else value


def check_keys(raw: Mapping[str, Merged], values: Mapping[str, Any], known: Collection[str]) -> None:
    """Raise FaultyInput with a fault for each override that no alternative has; `known` are the keys that there are."""
    used: set[str] = set()
    for name, merged in raw.items():
        used |= apply_values(merged, values, name)[1]
    unknown = [key for key in values if key not in used]
    if unknown:
        keys = sorted(known)
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

