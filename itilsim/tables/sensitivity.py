"""What each input does to the two best alternatives, one at a time over its range, and where first place changes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from itilsim.tables.result import Alternative, Result, readable
from itilsim.tables.spread import Estimate

FILE = "sensitivity"
WORDS = str.maketrans(".-_", "   ")
COLUMNS = (
    *("key", "label", "unit", "low", "high", "is_unknown", "replications", "a", "b", "difference", "difference_error"),
    *("difference_low", "difference_low_error", "difference_high", "difference_high_error", "swing", "swing_error"),
    *("first_low", "is_sure", "closest_to"),
    *("change", "changes_at", "changes_at_error", "changes_from", "changes_to", "change_is_sure"),
)


@dataclass(frozen=True)
class Change:
    """First place passes at a value of the input, in the input's unit, read from low to high; `sure` where noise is ruled out."""

    at: Estimate
    before: Alternative
    after: Alternative
    sure: bool


@dataclass(frozen=True)
class Sensitive:
    """One input: its range in its unit, and the mean difference of the two best with it held at either end, in currency."""

    key: str
    label: str
    unit: str
    low: float
    high: float
    unknown: bool
    at_low: Estimate
    at_high: Estimate
    swing: Estimate
    """The difference at high less that at low, in the same futures."""
    changes: tuple[Change, ...]
    """Where first place changes within the range, the one nearest to the likely value first; none where it never does."""
    first: Alternative
    """What is first with the input at its low."""
    nearest: Alternative
    """What comes nearest to the leader anywhere in the range."""
    sure: bool
    """Whether the leader is told to be first at every value tried."""

    @property
    def moves(self) -> bool:
        """Says whether the swing is told from nought by so many futures."""
        return abs(self.swing.value) > 2 * self.swing.error

    @property
    def turns(self) -> bool:
        """Says whether the input surely changes first place within its range."""
        return any(change.sure for change in self.changes)

    @property
    def close(self) -> bool:
        """Says that it can be told neither to change first place nor to leave it."""
        return not self.turns and (bool(self.changes) or not self.sure)


@dataclass(frozen=True)
class Sensitivity:
    """Every input that was varied, the largest swing first; differences are `leader` less `second`, `stated` with nothing held."""

    currency: str
    alternatives: tuple[Alternative, ...]
    leader: Alternative
    second: Alternative
    stated: Estimate
    futures: int
    rows: tuple[Sensitive, ...]

    def of(self, key: str) -> Sensitive | None:
        """Returns what is known of an input, nothing where it was not varied."""
        return next((row for row in self.rows if row.key == key), None)


def read_sensitivity(result: Result, name: str = FILE) -> Sensitivity | None:
    """Reads `name`.parquet of a results folder; nothing where it is not stored, or is left over from other inputs or software.

    Raises ResultFault where the file cannot be read.
    """
    if not result.has(name) or not _belongs(result, name):
        return None
    found: dict[str, list[dict[str, Any]]] = {}
    for row in result.table(name, COLUMNS).to_pylist():
        found.setdefault(row["key"], []).append(row)
    if not found:
        return None
    titled = {each.name: each for each in (result.baseline, *result.alternatives)}
    translated = result.manifest.get("inputs", ()) if result.words else ()
    told = {str(entry["key"]): str(entry.get("label") or "") for entry in translated}
    made = []
    for key, each in found.items():
        made.append(_sensitive(each, titled, told.get(key) or each[0]["label"], result.said(each[0]["unit"])))
    rows = sorted(made, key=lambda row: (-abs(row.swing.value), row.key))
    some = next(iter(found.values()))[0]
    stated = Estimate(float(some["difference"]), float(some["difference_error"]))
    pair = titled[some["a"]], titled[some["b"]]
    return Sensitivity(result.currency, result.alternatives, *pair, stated, int(some["replications"]), tuple(rows))


def label_of(key: str, label: str) -> str:
    """Returns the label that the case gives to an input, or words made of its key ("Servers: lead") where it gives none.

    The manifest repeats the key in words where there is no label; its section says nothing to a reader.
    """
    own = key.rpartition(":")[2]
    if label and label not in (own, own.translate(WORDS)):
        return label
    _, _, named = own.partition(".")
    name, _, field = (named or own).partition(".")
    return readable(name) + (f": {field.translate(WORDS)}" if field else "")


def _belongs(result: Result, name: str) -> bool:
    from pyarrow.parquet import read_schema

    about = json.loads((read_schema(result.folder / f"{name}.parquet").metadata or {}).get(b"itilsim", b"{}"))
    own = result.manifest.get("hashes") or {}
    return all(about.get("hashes", {}).get(each) == own.get(each) for each in ("inputs", "software"))


def _sensitive(rows: list[dict[str, Any]], titled: Mapping[str, Alternative], label: str, unit: str) -> Sensitive:
    first = rows[0]

    def estimate(name: str) -> Estimate:
        return Estimate(float(first[name]), float(first[f"{name}_error"]))

    changes = sorted((row for row in rows if row["change"]), key=lambda row: int(row["change"]))
    return Sensitive(
        first["key"],
        label_of(first["key"], label),
        unit,
        float(first["low"]),
        float(first["high"]),
        bool(first["is_unknown"]),
        estimate("difference_low"),
        estimate("difference_high"),
        estimate("swing"),
        tuple(_change(row, titled) for row in changes),
        titled[first["first_low"]],
        titled[first["closest_to"]],
        bool(first["is_sure"]),
    )


def _change(row: Mapping[str, Any], titled: Mapping[str, Alternative]) -> Change:
    at = Estimate(float(row["changes_at"]), float(row["changes_at_error"]))
    return Change(at, titled[row["changes_from"]], titled[row["changes_to"]], bool(row["change_is_sure"]))
