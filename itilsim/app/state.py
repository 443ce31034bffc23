"""A state of the workbench: where levers and inputs stand, what is compared, who looks and how far; read from what a browser sends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from itilsim.case.case import Case
from itilsim.live.lever import Lever
from itilsim.text.faults import unknown_name

MOST_MONTHS = 240
LONGEST = 60
POINTS = ("low", "likely", "high")


class Refused(Exception):
    """Signals something that a browser asked for and cannot have; its text is a sentence."""


@dataclass(frozen=True)
class State:
    """A state; `moved` holds the levers' values in their own units, `stated` inputs that were written by hand, both by key."""

    moved: tuple[tuple[str, float], ...]
    stated: tuple[tuple[str, tuple[str, ...]], ...]
    alternatives: tuple[str, ...]
    party: str | None
    horizon: int | None

    def values(self, levers: Sequence[Lever]) -> dict[str, Any]:
        """Gives the values as a case takes them, in the files' grammar."""
        by_key = {lever.key: lever for lever in levers}
        moved: dict[str, Any] = {key: by_key[key].stated(value) for key, value in self.moved}
        return moved | {key: written(parts) for key, parts in self.stated}


def written(parts: Sequence[str]) -> Any:
    """Gives an input as a file would say it: one text, or low, likely and high."""
    return parts[0] if len(parts) == 1 else dict(zip(POINTS, parts, strict=True))


def read_state(data: Any, case: Case, levers: Sequence[Lever]) -> State:
    """Reads a state; raises Refused for what is not one of this case."""
    if not isinstance(data, Mapping):
        raise Refused("a state is a table of values")
    moved = tuple(sorted(_moved(_table(data, "moved"), levers)))
    stated = tuple(sorted(_stated(_table(data, "stated"), case)))
    horizon = data.get("horizon")
    if horizon is not None and not (isinstance(horizon, int) and 1 <= horizon <= MOST_MONTHS):
        raise Refused(f"the horizon has to be 1 to {MOST_MONTHS} months")
    party = data.get("party")
    if party is not None and party not in case.parents:
        raise Refused(unknown_name("party", str(party)[:LONGEST], tuple(case.parents)))
    return State(moved, stated, _alternatives(data.get("alternatives"), case), party, None if horizon == case.horizon else horizon)


def _table(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = data.get(name) or {}
    if not isinstance(found, Mapping):
        raise Refused(f"'{name}' has to be a table of values by key")
    return found


def _alternatives(data: Any, case: Case) -> tuple[str, ...]:
    chosen = data if isinstance(data, list) else []
    others = [name for name in case.alternatives if name != case.baseline]
    names = tuple(name for name in others if name in chosen)
    if not names:
        raise Refused("choose at least one alternative")
    return names


def _moved(data: Mapping[str, Any], levers: Sequence[Lever]) -> list[tuple[str, float]]:
    by_key = {lever.key: lever for lever in levers}
    found = []
    for key, value in data.items():
        lever = by_key.get(key)
        if lever is None:
            raise Refused(unknown_name("lever", key[:LONGEST], tuple(by_key)))
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value):
            raise Refused(f"{lever.label} has to be a number")
        if not lever.low <= value <= lever.high:
            raise Refused(f"{lever.label} has to be from {lever.low:g} to {lever.high:g} {lever.unit}")
        found.append((key, float(value)))
    return found


def _stated(data: Mapping[str, Any], case: Case) -> list[tuple[str, tuple[str, ...]]]:
    known = case.stated()
    found = []
    for key, parts in data.items():
        if key not in known:
            raise Refused(unknown_name("input", key[:LONGEST], tuple(known)))
        texts = parts if isinstance(parts, list) else [parts]
        if len(texts) not in (1, len(POINTS)) or not all(isinstance(text, str) and 0 < len(text) <= LONGEST for text in texts):
            raise Refused("an input is one text, or three: low, likely and high")
        found.append((key, tuple(texts)))
    return found
