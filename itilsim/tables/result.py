"""A stored results folder is opened here, and its columns are lined up future by future."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from itilsim.tables.language import Language, language, said

Floats = NDArray[np.float64]
SCHEMA = 1
REQUIRED = ("schema", "title", "currency", "decision_maker", "baseline", "alternatives", "seed", "horizon_months")

TEXTS = ("alternative", "party", "source", "component", "stakeholder", "risk", "variant")
"""Columns of text, which few different texts fill."""


class ResultFault(Exception):
    """A results folder cannot be read; the message is a sentence that says where, what was found and what would be right."""


@dataclass(frozen=True)
class Alternative:
    """One way of sourcing the service, as the manifest names it.

    `residual_value` is in the case's currency; `contracting` are the legal persons between which money passes.
    """

    name: str
    title: str
    sentence: str
    residual_value: float
    contracting: tuple[str, ...] = ()


@dataclass(frozen=True)
class Worlds:
    """Columns of one alternative, a row a future, or (futures, steps) where a file has months or years.

    `replications` are the futures' numbers in rising order; every array's first axis follows them.
    """

    replications: NDArray[np.int64]
    columns: Mapping[str, Floats]

    def __getitem__(self, column: str) -> Floats:
        return self.columns[column]

    def __len__(self) -> int:
        return int(self.replications.size)


@dataclass(frozen=True, eq=False)
class Result:
    """A results folder with its manifest read. Columns are read when asked for; two openings of a folder are two results."""

    folder: Path
    manifest: Mapping[str, Any]
    words: Language | None = None
    """The language in which texts are said, where it is not the case's own."""

    def in_language(self, code: str) -> Result:
        """Returns the same result with its texts in another language, as far as the case and the program have words of it."""
        words = language(code, (self.manifest.get("words") or {}).get(code) or {})
        return self if words is None else replace(self, manifest=said(self.manifest, words), words=words)

    def said(self, text: str) -> str:
        """Returns a text of a Parquet file in the result's language."""
        return text if self.words is None else self.words.of(text)

    @property
    def currency(self) -> str:
        """The currency of every amount."""
        return str(self.manifest["currency"])

    @property
    def decision_maker(self) -> str:
        """The party whose consolidated net value decides."""
        return str(self.manifest["decision_maker"])

    @cached_property
    def baseline(self) -> Alternative:
        """What is there today, against which every difference is taken."""
        name = str(self.manifest["baseline"])
        return next((a for a in self._named if a.name == name), Alternative(name, readable(name), "", 0.0))

    @cached_property
    def alternatives(self) -> tuple[Alternative, ...]:
        """What is compared with the baseline, in the case's order."""
        return tuple(a for a in self._named if a.name != self.manifest["baseline"])

    @cached_property
    def _named(self) -> tuple[Alternative, ...]:
        return tuple(
            Alternative(
                str(entry["name"]),
                capitalised(str(entry.get("title") or readable(str(entry["name"])))),
                str(entry.get("sentence") or ""),
                float(entry.get("residual_value") or 0.0),
                tuple(str(party) for party in entry.get("contracting") or ()),
            )
            for entry in self.manifest["alternatives"]
        )

    def title_of(self, group: str, name: str) -> str:
        """Returns the title that the manifest's list `group` ("parties", "stakeholders") gives to a name."""
        for entry in self.manifest.get(group, ()):
            if entry["name"] == name:
                return capitalised(str(entry.get("title") or readable(name)))
        return readable(name)

    def source_title(self, alternative: str, source: str) -> str:
        """Returns what people call a source of money under an alternative, or else under the baseline; its name in words for neither."""
        titles = {str(entry["name"]): entry.get("sources") or {} for entry in self.manifest["alternatives"]}
        for name in (alternative, str(self.manifest["baseline"])):
            if source in titles.get(name, {}):
                return capitalised(str(titles[name][source]))
        return readable(source)

    def has(self, name: str) -> bool:
        """Says whether the folder holds the Parquet file `name`.parquet."""
        return (self.folder / f"{name}.parquet").is_file()

    def columns(self, name: str) -> tuple[str, ...]:
        """Returns the names of the columns of `name`.parquet, none where there is no such file."""
        from pyarrow.parquet import read_schema

        return tuple(read_schema(self.folder / f"{name}.parquet").names) if self.has(name) else ()

    def worlds(
        self, name: str, columns: Sequence[str], *, where: Mapping[str, str] | None = None, step: str | None = None
    ) -> dict[str, Worlds]:
        """Reads columns of `name`.parquet, for each alternative found there in order of replication.

        `where` keeps rows whose text column equals a value. `step` names a whole-numbered column ("month", "year"): arrays then have
        the shape (futures, steps). Nulls become NaN. Raises ResultFault where the file lacks a column or where futures are missing.
        """
        table = self.table(name, ["alternative", "replication", *([step] if step else []), *columns], where=where)
        numbered, names = codes(table["alternative"])
        replication = table["replication"].to_numpy().astype(np.int64)
        steps = table[step].to_numpy().astype(np.int64) if step else None
        data = {column: _floats(table[column]) for column in columns}
        found: dict[str, Worlds] = {}
        for code, alternative in enumerate(names):
            rows = np.flatnonzero(numbered == code)
            keys = (replication[rows],) if steps is None else (steps[rows], replication[rows])
            order = rows[np.lexsort(keys)]
            if rows.size:
                found[alternative] = _lined_up(order, replication, steps, data)
        self._same_futures(name, found)
        return found

    def table(self, name: str, columns: Sequence[str], *, where: Mapping[str, str] | None = None) -> Any:
        """Reads `name`.parquet as an Arrow table, rows filtered by text columns. Raises ResultFault where that is not possible."""
        import pyarrow as arrow
        from pyarrow.compute import equal
        from pyarrow.parquet import ParquetFile

        path = self.folder / f"{name}.parquet"
        if not path.is_file():
            raise ResultFault(f"{path}: this file of the results is missing; run the comparison again")
        keys = dict(where or {})
        wanted = [*dict.fromkeys([*columns, *keys])]
        try:
            with ParquetFile(path, read_dictionary=[column for column in wanted if column in TEXTS]) as file:
                table = file.read(wanted)
            for column, value in keys.items():
                table = table.filter(equal(table[column], value))
            return table.select(list(columns))
        except (arrow.ArrowException, KeyError, OSError) as fault:
            raise ResultFault(f"{path}: cannot be read as results of schema {SCHEMA} ({fault})") from fault

    def _same_futures(self, name: str, found: Mapping[str, Worlds]) -> None:
        lists = list(found.values())
        for alternative, worlds in found.items():
            if not np.array_equal(worlds.replications, lists[0].replications):
                raise ResultFault(
                    f"{self.folder / name}.parquet: '{alternative}' has other futures than '{next(iter(found))}'; alternatives can "
                    "be compared only in the same futures, so run the comparison again"
                )


def open_result(folder: Path) -> Result:
    """Opens a results folder by its manifest.

    Raises ResultFault where the folder or its manifest is missing, is not JSON, or is of another schema.
    """
    path = Path(folder) / "manifest.json"
    if not path.is_file():
        raise ResultFault(f"{path}: not found; a results folder holds manifest.json, as 'itilsim compare' writes it")
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as fault:
        raise ResultFault(f"{path}: is not JSON ({fault}); run the comparison again") from fault
    if isinstance(manifest, dict) and manifest.get("kind") == "sweep":
        raise ResultFault(f"{path}: is a sweep of many points, which has no page; itilsim.open_study reads it")
    missing = [key for key in REQUIRED if not isinstance(manifest, dict) or key not in manifest]
    if missing:
        raise ResultFault(f"{path}: lacks {', '.join(missing)}; run the comparison again")
    if manifest["schema"] != SCHEMA:
        raise ResultFault(f"{path}: has schema {manifest['schema']!r}; this version reads schema {SCHEMA}")
    return Result(Path(folder), manifest)


def readable(name: str) -> str:
    """Returns a key ("source-leak") as words ("Source leak"), for what the manifest gives no title."""
    return capitalised(name.replace("-", " ").replace("_", " ").replace(".", " · ").strip())


def capitalised(title: str) -> str:
    """Returns a title with its first letter large, as it stands alone."""
    return title[:1].upper() + title[1:]


def codes(column: Any) -> tuple[NDArray[np.int64], list[str]]:
    """Numbers the texts of a column; returns each row's number and the texts by number."""
    import pyarrow as arrow

    combined = column.combine_chunks()
    if not arrow.types.is_dictionary(combined.type):
        combined = combined.dictionary_encode()
    if isinstance(combined, arrow.ChunkedArray):
        combined = combined.unify_dictionaries().combine_chunks()
    return combined.indices.to_numpy(zero_copy_only=False).astype(np.int64), [str(t) for t in combined.dictionary.to_pylist()]


def _floats(column: Any) -> Floats:
    return np.asarray(column.cast("float64").to_numpy(), dtype=np.float64)


def _lined_up(
    order: NDArray[np.int64], replication: NDArray[np.int64], steps: NDArray[np.int64] | None, data: Mapping[str, Floats]
) -> Worlds:
    if steps is None:
        return Worlds(replication[order], {name: values[order] for name, values in data.items()})
    futures = np.unique(replication[order])
    count = order.size // futures.size
    if count * futures.size != order.size:
        raise ResultFault("a future lacks some of its months or years; run the comparison again")
    return Worlds(futures, {name: values[order].reshape(futures.size, count) for name, values in data.items()})
