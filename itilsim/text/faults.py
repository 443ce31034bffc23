"""Faults say where something is wrong, what was found and what would be right, all at once."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable
from dataclasses import dataclass

_FEW = 8
_SHOWN = 60


class FaultyQuantity(ValueError):
    """Signals that one quantity cannot be read; its text is a sentence without a place, which the reader of the file adds."""


@dataclass(frozen=True, order=True)
class Fault:
    """One mistake in a file of a planner, at a line and column that count from 1 (columns in characters)."""

    path: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: error: {self.message}"


class FaultyInput(Exception):
    """Carries every fault found in the input, sorted by file and place; its text is one fault a line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(sorted(set(faults)))
        if not self.faults:
            raise ValueError("FaultyInput needs at least one fault: without one the input is not faulty.")
        super().__init__(self.faults)

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


def shown(text: str) -> str:
    """Give text as a message quotes it: in single quotes, on one line, cut after 60 characters."""
    line = "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)
    return f"'{line}'" if len(line) <= _SHOWN else f"'{line[:_SHOWN]}...'"


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """List up to three of the known names that are spelled most like the given one, likest first, whatever their case."""
    spellings: dict[str, list[str]] = {}
    for candidate in sorted(set(known)):
        spellings.setdefault(candidate.casefold(), []).append(candidate)
    likest = difflib.get_close_matches(name.casefold(), spellings, n=3, cutoff=0.6)
    return [candidate for folded in likest for candidate in spellings[folded]][:3]


def unknown_name(noun: str, name: str, known: Collection[str]) -> str:
    """Say in one sentence that a name is unknown and which were meant: the nearest known ones, or all of them where they are few."""
    close = nearest(name, known)
    start = f"unknown {noun} {shown(name)}"
    if close:
        return f"{start}; did you mean {_either(close)}?"
    if not known:
        return f"{start}; none is known here"
    if len(known) <= _FEW:
        return f"{start}; known here: {', '.join(shown(each) for each in sorted(known))}"
    few = ", ".join(shown(each) for each in sorted(known)[:_FEW])
    return f"{start}; nothing is spelled like it among the {len(known)} known, for instance {few}"


def _either(names: list[str]) -> str:
    quoted = [shown(name) for name in names]
    return quoted[0] if len(quoted) == 1 else ", ".join(quoted[:-1]) + " or " + quoted[-1]
