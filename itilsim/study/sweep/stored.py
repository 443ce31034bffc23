"""A stored sweep: its points, and what each alternative is worth to each party at each of them, read when it is asked for."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from itilsim.study.described import Described
from itilsim.study.folder import MANIFEST, SWEEP, NoResult, read_manifest
from itilsim.study.panel import Panel
from itilsim.study.parquet import read_panels
from itilsim.study.statistics import Floats, mean_of, standard_error_of
from itilsim.study.study import Study
from itilsim.study.subject import WrongRequest
from itilsim.study.sweep.folder import POINTS, done_points, point_file
from itilsim.text.faults import unknown_name

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.dataset as ds


def open_study(path: str | Path) -> Study | Sweep:
    """Open a results folder, of `itilsim compare` as a Study, of `itilsim sweep` as a Sweep. Raises NoResult where there is none."""
    from itilsim.study.folder import open_study as open_plain

    folder = Path(path).parent if Path(path).name == MANIFEST else Path(path)
    return Sweep(folder) if read_manifest(folder).get("kind") == SWEEP else open_plain(folder)


@dataclass(frozen=True)
class Point:
    """One finished point of a sweep."""

    number: int
    inputs: Mapping[str, float | bool | str]
    """The value of each varied input by key, in the unit that the manifest names."""
    sweep: Sweep

    def net_value(self, alternative: str, party: str | None = None) -> Floats:
        """Give a party's net value in each world, shape (worlds,); see `Sweep.net_value`."""
        return self.sweep.net_value(self.number, alternative, party)


class Sweep(Described):
    """The dataset of a sweep. Amounts are present values in the case's currency, differences from the baseline."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.manifest = read_manifest(self.folder)
        if self.manifest.get("kind") != SWEEP:
            raise NoResult(f"{self.folder}: this is no sweep; a folder that `itilsim sweep` wrote is needed")
        self.done: NDArray[np.bool_] = done_points(self.folder, int(self.manifest["points"]))
        """Whether each point is stored, shape (points,), as it was when the sweep was opened."""
        self._latest: tuple[tuple[int, str], dict[str, Panel]] | None = None

    @property
    def complete(self) -> bool:
        """Whether all points are there."""
        return bool(self.done.all())

    @property
    def inputs(self) -> tuple[str, ...]:
        """The keys of the varied inputs."""
        return tuple(each["key"] for each in self.manifest["inputs"])

    @cached_property
    def points(self) -> pa.Table:
        """All points of the design, finished or not: `point` and a column for each varied input."""
        import pyarrow.parquet as pq

        return pq.read_table(self.folder / f"{POINTS}.parquet", partitioning=None)

    def input(self, key: str) -> NDArray[Any]:
        """Give a varied input's value at each point, shape (points,)."""
        if key not in self.inputs:
            raise WrongRequest(unknown_name("varied input", key, self.inputs))
        return np.asarray(self.points[key].to_numpy())

    def dataset(self, table: str = "values") -> ds.Dataset:
        """Give a table over all finished points as a dataset of Arrow, of which no more is read than is asked for."""
        import pyarrow.dataset as ds

        self._check_table(table)
        return ds.dataset(self.folder / table, format="parquet")

    def panels(self, point: int, table: str = "values") -> dict[str, Panel]:
        """Give the panels of a table at a point by alternative; the point read last is kept."""
        self._check_table(table)
        path = point_file(self.folder, table, point)
        if not 0 <= point < len(self.done) or not path.exists():
            raise WrongRequest(f"found the point {point}; {int(self.done.sum())} of {len(self.done)} points are stored, counted from 0")
        if self._latest is None or self._latest[0] != (point, table):
            self._latest = (point, table), read_panels(path, constant=("point", *self.inputs))
        return self._latest[1]

    def net_value(self, point: int, alternative: str, party: str | None = None) -> Floats:
        """Give a party's net value at a point in each world, shape (worlds,), noughts for the baseline.

        The party is the decision maker unless named. Raises WrongRequest where a name is unknown or the point is not stored.
        """
        return self.value_of("net_value", point, alternative, party=party)

    def value_of(self, column: str, point: int, alternative: str, *, party: str | None = None) -> Floats:
        """Give a column of the table `values` for a party at a point in each world, shape (worlds,)."""
        who = party if party is not None else self.decision_maker
        if alternative not in self.alternatives:
            raise WrongRequest(unknown_name("alternative", alternative, self.alternatives))
        if who not in self.parties:
            raise WrongRequest(unknown_name("party", who, self.parties))
        panels = self.panels(point)
        if alternative == self.baseline:
            return np.zeros(self.replications)
        each = panels[alternative]
        return np.array(each[column][:, each.row(party=who)])

    def means(self, alternative: str, party: str | None = None) -> tuple[Floats, Floats]:
        """Give a party's mean net value at each point and its standard error, each of shape (points,), not a number where not stored."""
        found = np.full((2, len(self.done)), math.nan)
        for each in self:
            values = each.net_value(alternative, party)
            found[:, each.number] = mean_of(values), standard_error_of(values)
        return found[0], found[1]

    def __len__(self) -> int:
        """Give the number of points of the design, finished or not."""
        return len(self.done)

    def __iter__(self) -> Iterator[Point]:
        """Go through the finished points in their order."""
        for number in np.flatnonzero(self.done).tolist():
            row = self.points.slice(number, 1).to_pylist()[0]
            yield Point(number, {key: row[key] for key in self.inputs}, self)

    def __repr__(self) -> str:
        done = f"{int(self.done.sum())} of {len(self.done)} points"
        return f"<Sweep of {self.manifest['case']} over {', '.join(self.inputs)}: {done}, {self.replications} worlds>"

    def _check_table(self, table: str) -> None:
        if table not in self.manifest["tables"]:
            raise WrongRequest(unknown_name("table of this sweep", table, self.manifest["tables"]))
