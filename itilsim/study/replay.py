"""Replaying a stored study: the same inputs simulated again must give the same numbers to the last bit."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from itilsim.study.blocks import default_workers
from itilsim.study.engines import choose
from itilsim.study.folder import SCENARIO, open_study
from itilsim.study.panel import Panel, same_bits
from itilsim.study.progress import Progress, Silent
from itilsim.study.settings import restored
from itilsim.study.simulate import run_study
from itilsim.study.study import Study
from itilsim.study.subject import Engine, Subject

COMPARED = ("values", "sources", "perceived", "lifetimes")


@dataclass(frozen=True)
class Replay:
    """What came of a replay."""

    replications: int
    tables: tuple[str, ...]
    """The tables that were compared."""
    differences: tuple[str, ...]
    """Where the stored numbers and the new ones part, a sentence each; none where they are the same to the last bit."""

    @property
    def identical(self) -> bool:
        """Whether all numbers are the same to the last bit."""
        return not self.differences


def replay(
    result: str | Path,
    *,
    case: Subject | None = None,
    engine: str | Engine | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Replay:
    """Simulate a stored study again from the inputs that lie beside it and compare the numbers bit by bit.

    The `case` is read from the result's own copy of the scenario unless given; the engine is the stored one unless named.
    """
    stored = open_study(result)
    subject = case if case is not None else _stored_case(stored)
    manifest = stored.manifest
    if subject.fingerprint != manifest["hashes"]["inputs"]:
        said = "the stored inputs are read differently by this version (their hash differs), so nothing was simulated"
        return Replay(stored.replications, (), (said,))
    chosen = choose(engine if engine is not None else str(manifest["engine"]))
    again = run_study(
        subject,
        restored(manifest["settings"], stored.replications),
        chosen,
        workers=workers or default_workers(),
        variants=False,
        progress=progress or Silent(),
    )
    tables = tuple(name for name in COMPARED if stored.table(name))
    found = [said for name in tables for said in _differences(name, stored.table(name), again.table(name))]
    return Replay(stored.replications, tables, tuple(found))


def _stored_case(stored: Study) -> Subject:
    from itilsim.case import load_case

    assert stored.folder is not None
    case: Subject = load_case(stored.folder / SCENARIO).with_values(stored.manifest["values"])
    return case


def _differences(table: str, stored: dict[str, Panel], again: dict[str, Panel]) -> list[str]:
    found = []
    for name in stored.keys() | again.keys():
        old, new = stored.get(name), again.get(name)
        if old is None or new is None:
            if (old or new or _EMPTY).rows:
                found.append(f"{table}: '{name}' is there {'only as stored' if new is None else 'only now'}")
        elif not same_bits(old, new):
            found.append(f"{table}: '{name}' {_first_difference(old, new)}")
    return sorted(found)


_EMPTY = Panel({}, {}, 0, 0)


def _first_difference(old: Panel, new: Panel) -> str:
    if old.labels != new.labels or old.columns.keys() != new.columns.keys() or old.worlds != new.worlds:
        return "has other rows or columns than stored"
    for column, before in old.columns.items():
        after: Any = new.columns[column]
        apart = (before != after) & ~((before != before) & (after != after))
        if apart.any():
            world, row = (int(i) for i in np.argwhere(apart)[0])
            return (
                f"differs first in column '{column}', replication {world}: stored {before[world, row].item()!r}, "
                f"now {after[world, row].item()!r}"
            )
    return "differs in the sign of a nought or in how a missing number is spelt"
