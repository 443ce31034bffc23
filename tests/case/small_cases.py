"""Cases for tests: the shipped one and copies of it, small ones without noise, and how to run and value them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from itilsim.case import Case, load_case
from itilsim.case.lower import lower
from itilsim.engine.compiled import run_block
from itilsim.kinds.leaf import Leaf
from itilsim.ledger.entities import entities
from itilsim.ledger.ledger import Ledger
from itilsim.ledger.value import NetValue, Valuer, net_value_of, postings_of
from itilsim.text.distribution import Amount

OFFICE = Path(__file__).resolve().parents[2] / "scenarios" / "office-automation"
ALL_FROZEN = frozenset({"decisions", "trust", "effort"})
ARRAYS = ("amounts", "measures", "counts", "finals", "lived", "endings", "theta")


@cache
def office() -> Case:
    """Give the shipped case."""
    return load_case(OFFICE)


def office_copy(folder: Path) -> Path:
    """Copy the shipped case's files into a folder of its own and give it."""
    made = folder / "office-automation"
    made.mkdir()
    for path in OFFICE.glob("*.toml"):
        shutil.copy(path, made / path.name)
    return made


def run(case: Case, alternative: str, worlds: int, *, seed: int = 1, first: int = 0, frozen: Iterable[str] = ()) -> Ledger:
    """Live worlds `first .. first + worlds - 1` of an alternative in the compiled engine."""
    return run_block(lower(case, alternative, frozenset(frozen)), seed, first, worlds)


def same(a: Ledger, b: Ledger) -> bool:
    """Say whether two ledgers hold the same numbers to the last bit."""
    return a.books == b.books and all(np.array_equal(getattr(a, name), getattr(b, name)) for name in ARRAYS)


def net_values(case: Case, alternative: Ledger, baseline: Ledger) -> dict[str, NetValue]:
    """Value an alternative against the baseline in the same worlds, for each party with its departments."""
    of, against = (Valuer(postings_of(ledger), case.discount_rate) for ledger in (alternative, baseline))
    return {name: net_value_of(of.statement(party), against.statement(party)) for name, party in entities(case.parents).items()}


def posted(ledger: Ledger, source: str, *, parties: Collection[str] = ("company", "departments", "it")) -> Any:
    """Give the nominal amounts of a source on the books of these parties, shape (worlds, months + runoff).

    One side of a transfer only: over all parties each is nought.
    """
    total = np.zeros(ledger.amounts.shape[:2])
    for at, account in enumerate(ledger.books.accounts):
        if account.source == source and account.party in parties:
            total += ledger.amounts[:, :, at]
    return total


def counted(ledger: Ledger, counter: str) -> Any:
    """Give how often something happened in each world, shape (worlds,)."""
    return ledger.counts[:, ledger.books.counters.index(counter)]


def measured(ledger: Ledger, measure: str) -> Any:
    """Give a month record, shape (worlds, months)."""
    return ledger.measures[:, :, ledger.books.measures.index(measure)]


def write_case(folder: Path, head: Mapping[str, Any], files: Mapping[str, Mapping[str, Any]], shared: Mapping[str, Any]) -> Path:
    """Write a case folder: `[case]` and the shared sections, and a file for each alternative; give the folder."""
    made = folder / "small"
    made.mkdir(parents=True)
    (made / "case.toml").write_text(toml({"case": {**head, "alternatives": list(files)}, **shared}), encoding="utf-8")
    for name, data in files.items():
        (made / f"{name}.toml").write_text(toml({"alternative": {"title": name}, **data}), encoding="utf-8")
    return made


def toml(data: Mapping[str, Any]) -> str:
    """Spell sections of named tables as TOML."""
    lines = []
    for section, tables in data.items():
        if section in ("case", "alternative"):
            tables, section = {section: tables}, ""
        for name, table in tables.items():
            lines.append(f"[{section}.{name}]" if section else f"[{name}]")
            lines += [f"{key} = {_spelt(value)}" for key, value in table.items()]
    return "\n".join(lines) + "\n"


def _spelt(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_spelt(item)}" for key, item in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_spelt(item) for item in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False)


def times(leaf: Leaf, factor: float) -> Any:
    """Give the value of a leaf times a factor, as `Case.with_values` takes it: all of what is not known, the scale of what varies."""
    if isinstance(leaf.parsed, Amount):
        return leaf.parsed.value * factor
    numbers = [each * factor for each in leaf.parsed.parameters]
    unit = leaf.dimension.example(currency="CNY", number="").replace("months", "h").replace("%", "").strip()
    if leaf.unknown:
        return {"low": numbers[0], "likely": numbers[1], "high": numbers[2], "unit": unit}
    if leaf.parsed.family != "lognormal":
        return f"{leaf.parsed.family}({', '.join(repr(each) for each in numbers)}) {unit}".rstrip()
    return f"lognormal(median {numbers[0]!r} {unit}".rstrip() + f", sigma {leaf.parsed.parameters[1]!r})"
