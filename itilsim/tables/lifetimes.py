"""What is counted over the lifetime of single futures, and how their relationships ended."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from itilsim.tables.result import Alternative, Floats, Result, capitalised, codes

COUNT, LIVED, ENDING = "count.", "months_lived.", "ending."
TO_THE_END = "ran to the horizon"


@dataclass(frozen=True)
class Counted:
    """How often an event came: in each of some futures, shape (futures,), and on average over all."""

    name: str
    title: str
    counts: Floats
    average: float


@dataclass(frozen=True)
class Ended:
    """A relationship that ended before the horizon: what it is called, how, and the month, counted from 1."""

    relationship: str
    how: str
    month: int


def read_counts(result: Result, alternatives: tuple[Alternative, ...], futures: NDArray[np.int64]) -> dict[str, tuple[Counted, ...]]:
    """Reads for each alternative how often each event came that the manifest has a name for; those that never come are left out."""
    called: dict[str, dict[str, str]] = (result.manifest.get("stories") or {}).get("called") or {}
    stored = result.columns("lifetimes")
    names = sorted({name for own in called.values() for name in own if COUNT + name in stored})
    if not names:
        return {}
    worlds = result.worlds("lifetimes", [COUNT + name for name in names])
    found = {}
    for alternative in (each.name for each in alternatives if each.name in worlds):
        own = worlds[alternative]
        rows = np.searchsorted(own.replications, futures)
        every = {name: np.nan_to_num(own[COUNT + name]) for name in names if name in called.get(alternative, {})}
        found[alternative] = tuple(
            Counted(name, capitalised(called[alternative][name]), column[rows], float(column.mean()))
            for name, column in every.items()
            if column.any()
        )
    return found


def read_endings(result: Result, futures: NDArray[np.int64]) -> dict[tuple[str, int], tuple[Ended, ...]]:
    """Reads which relationships ended before the horizon, by alternative and future."""
    names = [name for name in result.columns("lifetimes") if name.startswith(ENDING)]
    found: dict[tuple[str, int], tuple[Ended, ...]] = {}
    for name in names:
        relationship = name.removeprefix(ENDING)
        called = result.said(relationship.replace("-", " "))
        table = result.table("lifetimes", ["alternative", "replication", name, LIVED + relationship])
        table = table.filter(np.isin(table["replication"].to_numpy(), futures))
        table = table.filter(table[name].is_valid())
        numbered, alternatives = codes(table["alternative"])
        months = table[LIVED + relationship].to_numpy()
        for code, replication, how, month in zip(
            numbered, table["replication"].to_pylist(), table[name].to_pylist(), months, strict=True
        ):
            if how != TO_THE_END:
                key = (alternatives[code], int(replication))
                found[key] = (*found.get(key, ()), Ended(called, how, int(np.ceil(month))))
    return found
