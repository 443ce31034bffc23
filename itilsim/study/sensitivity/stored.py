"""A sensitivity as it is stored: `sensitivity.parquet` in the folder of the study of the same case, alternatives, seed and software.

A row an input, or one for each change of first place within its range; see `itilsim.study.sensitivity.finding`. What it was made from
stands in the file's metadata, so that a file left over from other inputs or other software is not taken for this one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from itilsim.study.folder import MANIFEST, REPORT, NoResult, read_manifest, write_whole
from itilsim.study.manifest import software_hash
from itilsim.study.settings import Settings
from itilsim.study.subject import Subject

SENSITIVITY = "sensitivity"
METADATA = b"itilsim"

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Sensitivity:
    """The rows of the inputs that were varied, why others were left out, and what it was made from."""

    made_from: dict[str, Any]
    """Hashes of inputs and software, alternatives, baseline, behaviour held fixed, party, seed and worlds."""
    rows: Rows = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)

    @cached_property
    def by_input(self) -> dict[str, Rows]:
        """The rows of each input, the largest swing first."""
        found: dict[str, Rows] = {}
        for row in self.rows:
            found.setdefault(row["key"], []).append(row)
        return dict(sorted(found.items(), key=lambda item: (-abs(item[1][0]["swing"]), item[0])))

    def only(self, keys: Iterable[str]) -> Sensitivity:
        """Give what is known of some inputs alone."""
        wanted = set(keys)
        return Sensitivity(self.made_from, [row for row in self.rows if row["key"] in wanted], self.left_out)


def made_from(case: Subject, settings: Settings, party: str) -> dict[str, Any]:
    """Say what a sensitivity is made from; two that agree in it hold the same numbers for the same input."""
    return {
        "schema": 1,
        "hashes": {"inputs": case.fingerprint, "software": software_hash()},
        "alternatives": list(settings.alternatives),
        "baseline": settings.baseline,
        "frozen": list(settings.frozen),
        "engine": settings.engine,
        "seed": settings.seed,
        "replications": settings.replications,
        "party": party,
    }


def study_folder(case: Subject, settings: Settings, directory: Path) -> Path | None:
    """Give the folder of the stored study that a sensitivity belongs to, of several the one with most worlds; None where there is none.

    It belongs to a complete study of the same inputs, software, alternatives, baseline, held behaviour and seed, however many worlds.
    """
    found: list[tuple[int, str, Path]] = []
    for path in directory.glob(f"{case.name}-*/{MANIFEST}"):
        try:
            manifest = read_manifest(path.parent)
        except NoResult:
            continue
        if _is_of(manifest, case, settings):
            found.append((int(manifest["replications"]), path.parent.name, path.parent))
    return max(found)[2] if found else None


def _is_of(manifest: dict[str, Any], case: Subject, settings: Settings) -> bool:
    stored = manifest.get("settings") or {}
    hashes = manifest.get("hashes") or {}
    return bool(
        manifest.get("complete")
        and hashes.get("inputs") == case.fingerprint
        and hashes.get("software") == software_hash()
        and stored.get("alternatives") == list(settings.alternatives)
        and stored.get("baseline") == settings.baseline
        and stored.get("frozen") == list(settings.frozen)
        and manifest.get("seed") == settings.seed
    )


def file_of(folder: Path, party: str, decision_maker: str) -> Path:
    """Give the file of a sensitivity: the decision maker's has no name added, and is the one that the page shows."""
    return folder / f"{SENSITIVITY}{'' if party == decision_maker else f'-{party}'}.parquet"


def write_sensitivity(found: Sensitivity, path: Path) -> None:
    """Store a sensitivity and take the page away that does not show it yet; the file is whole or as it was before."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    about = json.dumps({**found.made_from, "left_out": found.left_out}, sort_keys=True, ensure_ascii=False).encode()
    rows = [row for rows in found.by_input.values() for row in rows]
    table = pa.Table.from_pylist(rows).replace_schema_metadata({METADATA: about})
    write_whole(path, lambda part: pq.write_table(table, part, compression="zstd"))
    (path.parent / REPORT).unlink(missing_ok=True)


def read_sensitivity(path: Path, wanted: dict[str, Any]) -> Sensitivity | None:
    """Read a stored sensitivity; None where there is none, or where it was made from something else."""
    import pyarrow.parquet as pq

    if not path.exists():
        return None
    table = pq.read_table(path)
    about = json.loads((table.schema.metadata or {}).get(METADATA, b"{}"))
    left_out = about.pop("left_out", {})
    return Sensitivity(about, table.to_pylist(), left_out) if about == wanted else None
