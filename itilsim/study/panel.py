"""A panel holds the totals of a run of worlds under one alternative: the same rows for each world, told apart by labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Panels = dict[str, dict[str, "Panel"]]
"""Panels by table and alternative; the alternative is "" for a table that all alternatives share."""

SHARED = ""


@dataclass(frozen=True)
class Panel:
    """Rows of one table for worlds 0, 1, 2 ...

    `labels` name the rows of a world, each of length rows. `columns` hold the numbers, each of shape (worlds, rows). A column that the
    alternative lacks is absent.
    """

    labels: Mapping[str, tuple[str, ...] | tuple[int, ...]]
    columns: Mapping[str, Array]
    rows: int
    """Rows of each world."""
    worlds: int

    def __getitem__(self, column: str) -> Array:
        return self.columns[column]

    def head(self, worlds: int) -> Panel:
        """Give the panel of the first worlds alone."""
        kept = min(worlds, self.worlds)
        return Panel(self.labels, {name: array[:kept] for name, array in self.columns.items()}, self.rows, kept)

    def row(self, **labels: str | int) -> int:
        """Give the place of the row with these labels; KeyError where there is none."""
        for at in range(self.rows):
            if all(self.labels[name][at] == wanted for name, wanted in labels.items()):
                return at
        raise KeyError(labels)


def panel(labels: Mapping[str, Sequence[Any]], columns: Mapping[str, Array], *, worlds: int) -> Panel:
    """Make a panel from columns of shape (worlds, rows), or (worlds,) for a single row."""
    rows = len(next(iter(labels.values()))) if labels else 1
    shaped = {name: np.ascontiguousarray(array).reshape(worlds, rows) for name, array in columns.items()}
    return Panel({name: tuple(values) for name, values in labels.items()}, shaped, rows, worlds)


def joined(panels: Sequence[Panel]) -> Panel:
    """Put panels of consecutive worlds one after the other."""
    first = panels[0]
    if len(panels) == 1:
        return first
    for other in panels[1:]:
        if other.labels != first.labels or other.columns.keys() != first.columns.keys():
            raise ValueError("the panels of consecutive worlds have different rows or columns")
    columns = {name: np.concatenate([p.columns[name] for p in panels]) for name in first.columns}
    return Panel(first.labels, columns, first.rows, sum(p.worlds for p in panels))


def join_blocks(blocks: list[Panels]) -> Panels:
    """Put the panels of consecutive blocks of worlds together, table by table, and use the blocks up, so that memory holds them once.

    A panel without rows may be missing from a block.
    """
    joint: Panels = {}
    for table in dict.fromkeys(name for block in blocks for name in block):
        own = [block.pop(table, {}) for block in blocks]
        names = dict.fromkeys(name for by_name in reversed(own) for name in by_name)
        joint[table] = {name: joined([by_name[name] for by_name in own if name in by_name]) for name in names}
    return joint


def head_of(panels: Panels, worlds: int) -> Panels:
    """Give the panels of the first worlds alone."""
    return {table: {name: each.head(worlds) for name, each in by_name.items()} for table, by_name in panels.items()}


def same_bits(a: Panel, b: Panel) -> bool:
    """Say whether two panels hold the same labels and the same numbers to the last bit."""
    if a.labels != b.labels or a.columns.keys() != b.columns.keys():
        return False
    return all(_same(a.columns[name], b.columns[name]) for name in a.columns)


def _same(a: Array, b: Array) -> bool:
    if a.shape != b.shape or a.dtype.kind != b.dtype.kind:
        return False
    if a.dtype.kind != "f":
        return bool(np.array_equal(a, b))
    return bool(np.array_equal(a.view(np.int64), b.view(np.int64)))
