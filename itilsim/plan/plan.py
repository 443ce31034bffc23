"""A plan is all that an engine sees: rows, parameters, tables, and the names by which people know them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from itilsim.plan import rows
from itilsim.plan.accounts import Books
from itilsim.plan.rows import Quantity


class Sizes(NamedTuple):
    """Scalars of a plan."""

    months: int
    runoff: int
    accounts: int
    meters: int
    days: int
    start_bundle: int
    grid: float


class Rows(NamedTuple):
    """The tables of a plan: record arrays for the compiled engine, lists of rows for the reference engine."""

    terms: Any
    quantities: Any
    clocks: Any
    levels: Any
    modifiers: Any
    products: Any
    streams: Any
    layers: Any
    teams: Any
    works: Any
    effects: Any
    bundles: Any
    losses: Any
    flows: Any
    charges: Any
    promises: Any
    relationships: Any
    watches: Any
    decisions: Any
    records: Any
    base: Any
    initial_p: Any
    mirrors: Any
    coefficients: Any
    sums: Any
    opens: Any
    hour_levels: Any
    hour_shares: Any
    totals_m: Any
    finals_x: Any
    renewed: Any
    followers_at: Any
    followers: Any


ROW_TYPES: dict[str, type[Any]] = {
    "terms": rows.Term,
    "quantities": rows.Quantity,
    "clocks": rows.Clock,
    "levels": rows.Level,
    "modifiers": rows.Modifier,
    "products": rows.Product,
    "streams": rows.Stream,
    "layers": rows.Layer,
    "teams": rows.Team,
    "works": rows.Work,
    "effects": rows.Effect,
    "bundles": rows.Bundle,
    "losses": rows.Loss,
    "flows": rows.Flow,
    "charges": rows.Charge,
    "promises": rows.Promise,
    "relationships": rows.Relationship,
    "watches": rows.Watch,
    "decisions": rows.Decision,
    "records": rows.Record,
}
WHOLE = ("initial_p", "mirrors", "totals_m", "finals_x", "opens", "renewed", "followers_at", "followers")


@dataclass(frozen=True)
class Plan:
    """Rows in canonical order with the names of rows, slots and quantities."""

    rows: Rows
    sizes: Sizes
    books: Books
    names: dict[str, tuple[str, ...]]
    """Names of rows by kind (`streams`, `works`, ...), of `slots` and of `meters`, for stories and error messages."""
    unknowns: tuple[Quantity, ...] = field(default=())
    """The distribution of each input unknown to the planner; parameters index `rows.base`."""

    @cached_property
    def records(self) -> Rows:
        """The rows as numpy arrays."""
        import numpy as np

        from itilsim.plan.records import as_records

        fields = {}
        for name, value in self.rows._asdict().items():
            if name in ROW_TYPES:
                fields[name] = as_records(value, ROW_TYPES[name])
            else:
                fields[name] = np.asarray(value, dtype=np.int64 if name in WHOLE else np.float64)
        return Rows(**fields)

    @cached_property
    def fingerprint(self) -> str:
        """A hash of all that can move a number."""
        digest = hashlib.sha256()
        for array in self.records:
            digest.update(array.tobytes())
        digest.update(repr((self.sizes, self.books, self.unknowns, self.names["quantities"])).encode())
        return digest.hexdigest()


