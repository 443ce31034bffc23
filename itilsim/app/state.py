"""A state of the workbench: where levers and inputs stand, what is compared, who looks and how far; read from what a browser sends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any, Protocol

from itilsim.case.case import Case
from itilsim.live.lever import Lever
from itilsim.text.faults import unknown_name

MOST_MONTHS = 240
LONGEST = 60
POINTS = ("low", "likely", "high")


class Refused(Exception):
    """Signals something that a browser asked for and cannot have; its text is a sentence."""


class Known(Protocol):
    """What a state is read against: a case with its levers and its inputs by key."""

    case: Case
    levers: tuple[Lever, ...]
    inputs: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class State:
    """A state; `moved` holds the levers' values in their own units, `stated` inputs that were written by hand, both by key."""

    moved: tuple[tuple[str, float], ...]
    stated: tuple[tuple[str, tuple[str, ...]], ...]
    alternatives: tuple[str, ...]
    party: str | None
    """Whose net value is looked at; None for the decision maker's."""
    stakeholder: str | None
    """Who looks, where it is what a stakeholder perceives."""
    horizon: int | None

    def values(self, known: Known) -> dict[str, Any]:
        """Gives the values as a case takes them, in the files' grammar."""
        by_key = {lever.key: lever for lever in known.levers}
        moved: dict[str, Any] = {key: by_key[key].stated(value) for key, value in self.moved}
        return moved | {key: _written(parts, str(known.inputs[key]["unit"])) for key, parts in self.stated}


def _written(parts: tuple[str, ...], unit: str) -> Any:
    """Gives an input as a file would say it: one text, or low, likely and high in a unit; equal ones are one number."""
    if len(set(parts)) == 1:
        return f"{parts[0]} {unit}".strip()
    points: dict[str, Any] = {point: _number(text) for point, text in zip(POINTS, parts, strict=True)}
    return points | ({"unit": unit} if unit else {})


def _number(text: str) -> float | str:
    """Gives a number where a text is one, and else the text, for the reader to refuse."""
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return text


def read_state(data: Any, known: Known) -> State:
    """Reads a state; raises Refused for what is not one of this case."""
    if not isinstance(data, Mapping):
        raise Refused("a state is a table of values")
    case = known.case
    moved = tuple(sorted(_moved(_table(data, "moved"), known)))
    stated = tuple(sorted(_stated(_table(data, "stated"), known)))
    horizon = data.get("horizon")
    if horizon is not None and not (isinstance(horizon, int) and 1 <= horizon <= MOST_MONTHS):
        raise Refused(f"the horizon has to be 1 to {MOST_MONTHS} months")
    party, stakeholder = _looking(data.get("party"), case)
    own = None if horizon == case.horizon else horizon
    return State(moved, stated, _alternatives(data.get("alternatives"), case), party, stakeholder, own)


def _looking(data: Any, case: Case) -> tuple[str | None, str | None]:
    """Reads who looks: `party:name`, `stakeholder:name`, or nobody in particular."""
    if not data:
        return None, None
    kind, _, name = str(data).partition(":")
    known: dict[str, Mapping[str, Any]] = {"party": case.parents, "stakeholder": case.stakeholders}
    if kind not in known or name not in known[kind]:
        raise Refused(unknown_name("party or stakeholder", str(data)[:LONGEST], [f"{each}:{own}" for each in known for own in known[each]]))
    return (name, None) if kind == "party" else (None, name)


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


def _moved(data: Mapping[str, Any], known: Known) -> Iterator[tuple[str, float]]:
    by_key = {lever.key: lever for lever in known.levers}
    for key, value in data.items():
        lever = by_key.get(key)
        if lever is None:
            raise Refused(unknown_name("lever", key[:LONGEST], tuple(by_key)))
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value):
            raise Refused(f"{lever.label} has to be a number")
        if not lever.low <= value <= lever.high:
            raise Refused(f"{lever.label} has to be from {lever.low:g} to {lever.high:g} {lever.unit}")
        yield key, float(value)


def _stated(data: Mapping[str, Any], known: Known) -> Iterator[tuple[str, tuple[str, ...]]]:
    for key, parts in data.items():
        if key not in known.inputs:
            raise Refused(unknown_name("input", key[:LONGEST], tuple(known.inputs)))
        is_whole = isinstance(parts, list) and len(parts) == len(POINTS)
        if not is_whole or not all(isinstance(text, str) and 0 < len(text.strip()) <= LONGEST for text in parts):
            raise Refused("an input needs a low, a likely and a high value")
        yield key, tuple(text.strip() for text in parts)
