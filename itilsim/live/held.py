"""A result in memory: what tables read from a results folder, read from panels instead, so that every figure draws without files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from itilsim.study.panel import SHARED, Panel, Panels
from itilsim.study.parquet import WHOLE_LABELS
from itilsim.tables.result import Result, ResultFault, Worlds


@dataclass(frozen=True, eq=False)
class Held(Result):
    """A result whose columns are panels in memory; `folder` is where it would be stored, and nothing is there."""

    panels: Panels = field(default_factory=dict, repr=False)

    @property
    def replications(self) -> int:
        """The number of worlds."""
        return int(self.manifest["replications"])

    def has(self, name: str) -> bool:
        """Says whether the table `name` is held with any rows."""
        return any(each.rows and each.worlds for each in self.panels.get(name, {}).values())

    def columns(self, name: str) -> tuple[str, ...]:
        """Gives the names of the columns of the table `name`, none where it is not held."""
        if not self.has(name):
            return ()
        panels = self.panels[name]
        keys = ("replication",) if SHARED in panels else ("alternative", "replication")
        return (*keys, *dict.fromkeys(column for each in panels.values() for column in (*each.labels, *each.columns)))

    def worlds(
        self, name: str, columns: Sequence[str], *, where: Mapping[str, str] | None = None, step: str | None = None
    ) -> dict[str, Worlds]:
        """Gives columns of a table for each alternative in order of replication, as `Result.worlds` does from a file."""
        found: dict[str, Worlds] = {}
        for alternative, each in self._panels(name).items():
            self._check(name, (*columns, *(where or {}), *((step,) if step else ())))
            rows = _rows(each, where or {})
            if not rows or not each.worlds:
                continue
            if step is not None:
                rows.sort(key=lambda at: int(each.labels[step][at]))
            data = {column: _floats(each, column, rows) for column in columns}
            if step is None:
                data = {column: values.reshape(-1) for column, values in data.items()}
            found[alternative] = Worlds(np.repeat(np.arange(each.worlds), 1 if step else len(rows)), data)
        return found

    def table(self, name: str, columns: Sequence[str], *, where: Mapping[str, str] | None = None) -> Any:
        """Gives columns of a table as an Arrow table, rows filtered by text columns, as `Result.table` does from a file."""
        import pyarrow as arrow

        parts = []
        for alternative, each in self._panels(name).items():
            self._check(name, (*columns, *(where or {})))
            rows = _rows(each, where or {})
            parts.append(arrow.table({column: _column(each, column, rows, alternative) for column in columns}))
        return arrow.concat_tables(parts, promote_options="default")

    def _panels(self, name: str) -> dict[str, Panel]:
        if name not in self.panels:
            raise ResultFault(f"{self.folder / name}.parquet: this table is not held; run the comparison again")
        return self.panels[name]

    def _check(self, name: str, columns: Sequence[str]) -> None:
        lacking = [column for column in columns if column not in self.columns(name)]
        if lacking:
            raise ResultFault(f"{self.folder / name}.parquet: lacks {', '.join(lacking)}; run the comparison again")


def _rows(each: Panel, where: Mapping[str, str]) -> list[int]:
    """Give the places of the rows whose labels are as asked."""
    return [at for at in range(each.rows) if all(str(each.labels[label][at]) == value for label, value in where.items())]


def _floats(each: Panel, column: str, rows: list[int]) -> Any:
    """Give a column of chosen rows, shape (worlds, rows); not a number where the alternative lacks it."""
    if column in each.labels:
        return np.tile(np.array([each.labels[column][at] for at in rows], dtype=np.float64), (each.worlds, 1))
    if column not in each.columns:
        return np.full((each.worlds, len(rows)), np.nan)
    values = each.columns[column]
    return np.array(values if len(rows) == each.rows and rows == sorted(rows) else values[:, rows], dtype=np.float64)


def _column(each: Panel, column: str, rows: list[int], alternative: str) -> Any:
    import pyarrow as arrow

    count = each.worlds * len(rows)
    if column == "alternative":
        return arrow.array([alternative] * count, arrow.string())
    if column == "replication":
        return arrow.array(np.repeat(np.arange(each.worlds, dtype=np.int64), len(rows)))
    if column in each.labels:
        own = [each.labels[column][at] for at in rows]
        return arrow.array(own * each.worlds, arrow.int64() if column in WHOLE_LABELS else arrow.string())
    if column not in each.columns:
        return arrow.nulls(count)
    return arrow.array(each.columns[column][:, rows].reshape(-1))
