"""What a results folder holds, read with pyarrow alone: columns by alternative in order of the futures, and who is called what."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

Floats = NDArray[np.float64]
SIGNS = {
    "outcomes_supported": 1,
    "outcomes_affected": -1,
    "costs_removed": 1,
    "costs_imposed": -1,
    "risks_removed": 1,
    "risks_imposed": -1,
}


@dataclass(frozen=True)
class Figure:
    """A number reckoned from the futures, and its standard error."""

    value: float
    error: float


@dataclass(frozen=True)
class Share:
    """In how many of so many futures something holds."""

    count: float
    of: int

    @property
    def value(self) -> float:
        """The share; an empty set has none of it."""
        return self.count / self.of if self.of else 0.0

    @property
    def error(self) -> float:
        """The standard error, after a success and a failure are added: nought of few is not certain."""
        p = (self.count + 1) / (self.of + 2)
        return sqrt(p * (1 - p) / (self.of + 2))


def average(values: Floats) -> Figure:
    """Return the mean and its standard error; one value alone says nothing of its error, so that its own size stands for it."""
    if not values.size:
        return Figure(float("nan"), float("nan"))
    if values.size == 1:
        return Figure(float(values[0]), abs(float(values[0])))
    return Figure(float(np.mean(values)), float(np.std(values, ddof=1) / sqrt(values.size)))


def level(values: Floats, probability: float) -> Figure:
    """Return a quantile; its error is half of what lies between the values one binomial standard error of ranks to either side."""
    if not values.size:
        return Figure(float("nan"), float("nan"))
    rising = np.sort(values)
    spread = sqrt(values.size * probability * (1 - probability))
    at = probability * (values.size - 1)
    low, high = max(0, int(np.floor(at - spread))), min(values.size - 1, int(np.ceil(at + spread)))
    return Figure(float(np.quantile(rising, probability)), float(rising[high] - rising[low]) / 2)


def counted(holds: NDArray[Any]) -> Share:
    """Count in how many futures something holds."""
    return Share(float(np.sum(holds)), int(holds.size))


def surely_more(a: Floats, b: Floats) -> bool:
    """Say whether the mean of `a` is surely more than that of `b`: by over two standard errors of their difference in the same futures.

    What is never less, and somewhere more, is surely more too.
    """
    gap = average(a - b)
    return gap.value > 2 * gap.error or bool((a >= b).all() and (a > b).any())


def _texts(column: Any) -> NDArray[Any]:
    """Return a column of texts, few of which differ, as an array."""
    coded = column.cast("string").fill_null("").dictionary_encode()
    coded = coded.combine_chunks() if hasattr(coded, "combine_chunks") else coded
    return np.asarray(np.array(coded.dictionary.to_pylist(), dtype=object)[coded.indices.to_numpy(zero_copy_only=False)])


class Stored:
    """A results folder. `names` are the alternatives without the baseline, in the order of the case."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._tables: dict[str, Any] = {}
        self.manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        self.baseline = str(self.manifest["baseline"])
        self.names = [str(entry["name"]) for entry in self.manifest["alternatives"] if entry["name"] != self.baseline]
        self.currency = str(self.manifest["currency"])
        self.decides = str(self.manifest["decision_maker"])

    def has(self, file: str) -> bool:
        """Say whether a Parquet file is there."""
        return (self.folder / f"{file}.parquet").exists()

    def rows(self, file: str, **where: str) -> dict[str, NDArray[Any]]:
        """Return all columns of a file as arrays, of the rows whose text columns are as `where` says."""
        if file not in self._tables:
            self._tables[file] = pq.read_table(self.folder / f"{file}.parquet")
        table = self._tables[file]
        for column, wanted in where.items():
            table = table.filter(pc.equal(table[column].cast("string"), wanted))
        found = {}
        for name in table.column_names:
            column = table[name].combine_chunks()
            text = "string" in str(column.type)
            found[name] = _texts(column) if text else column.to_numpy(zero_copy_only=False)
        return found

    def split(self, file: str, column: str, **where: str) -> dict[str, Floats]:
        """Return one column for each alternative in the file, future by future (and month by month or year by year within one)."""
        rows = self.rows(file, **where)
        step = rows.get("month", rows.get("year", np.zeros(len(rows["replication"]))))
        order = np.lexsort((step, rows["replication"]))
        who, values = rows["alternative"][order], rows[column][order].astype(np.float64)
        return {str(name): values[who == name] for name in dict.fromkeys(who)}

    @cached_property
    def net(self) -> dict[str, Floats]:
        """The decision maker's net value of every alternative, and of the baseline, which is nought."""
        found = self.split("values", "net_value", party=self.decides)
        return {name: found[name] for name in self.names} | {self.baseline: np.zeros(self.futures)}

    @cached_property
    def cash(self) -> dict[str, Floats]:
        """The same in cash alone."""
        found = self.split("values", "cash", party=self.decides)
        return {name: found[name] for name in self.names}

    @cached_property
    def futures(self) -> int:
        """How many futures there are."""
        return len(self.split("values", "net_value", party=self.decides)[self.names[0]])

    @cached_property
    def leader(self) -> str:
        """The alternative of the largest mean; of two exactly alike the first of the case."""
        return max(self.names, key=lambda name: float(np.mean(self.net[name])))

    @cached_property
    def best(self) -> dict[str, Share]:
        """How often each choice is worth most, the baseline included; the choices that tie share a future."""
        everything = np.array([self.net[name] for name in (*self.names, self.baseline)])
        ties = everything == everything.max(axis=0)
        return {name: counted(row) for name, row in zip((*self.names, self.baseline), ties / ties.sum(axis=0), strict=True)}

    @cached_property
    def regret(self) -> dict[str, Floats]:
        """What the best choice of each future is worth more than a choice."""
        best = np.max([self.net[name] for name in (*self.names, self.baseline)], axis=0)
        return {name: best - values for name, values in self.net.items()}

    def title(self, name: str) -> str:
        """Return what an alternative or the baseline is called, its first letter large."""
        return self._shown(self._entry("alternatives", name).get("title"), name)

    def called(self, group: str, name: str) -> str:
        """Return what a party or stakeholder is called."""
        return self._shown(self._entry(group, name).get("title"), name)

    def source(self, alternative: str, source: str) -> str:
        """Return what a source of money is called under an alternative, or else today."""
        for name in (alternative, self.baseline):
            titles = self._entry("alternatives", name).get("sources") or {}
            if source in titles:
                return self._shown(titles[source], source)
        return self._shown(None, source)

    def _entry(self, group: str, name: str) -> dict[str, Any]:
        return next((dict(entry) for entry in self.manifest.get(group, ()) if entry["name"] == name), {})

    @staticmethod
    def _shown(title: object, name: str) -> str:
        text = str(title or name.replace("-", " ").replace("_", " ").replace(".", " · "))
        return text[:1].upper() + text[1:]
