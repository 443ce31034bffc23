"""The folder of a sweep: a manifest and the points, then one file a point, each whole or absent.

| file | rows |
| --- | --- |
| `manifest.json` | what the sweep was made from and how; written at the start, without clock times, so that it is the same for every run |
| `scenario/` | the study's file and the case's files as read |
| `points.parquet` | one per point: its number and the value of each varied input, in the unit that the manifest names |
| `values/point-000000.parquet` ... | as `values.parquet` of a study, with the point and the value of each varied input in front |

Where more is kept than values, each other table has a folder like `values`. A point is there when its file in `values` is there, since that
is written last.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from itilsim.study.folder import MANIFEST, SWEEP, NoResult, read_manifest, strict_json, write_scenario, write_whole
from itilsim.study.manifest import CAVEATS, SCHEMA, software, software_hash
from itilsim.study.panel import Panels
from itilsim.study.parquet import write_panels
from itilsim.study.reckoning import TABLES
from itilsim.study.subject import WrongRequest
from itilsim.study.sweep.description import SweepStudy
from itilsim.study.sweep.design import Design

POINTS = "points"
ROWS_AT_ONCE = 65_536
_NAME = re.compile(r"point-(\d+)\.parquet")


def tables_of(keep: str) -> tuple[str, ...]:
    """Give the tables that a sweep keeps, `values` last."""
    if keep == "values":
        return ("values",)
    kept = TABLES["values"] + TABLES["sources"]
    return (*(name for name in kept if name != "values"), "values")


def folder_of(study: SweepStudy) -> str:
    """Give the name of a sweep's folder: the study and a hash of case, settings and points."""
    text = strict_json([study.case.fingerprint, study.settings.stored(), study.design.fingerprint()])
    return f"{study.name}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def point_file(folder: Path, table: str, point: int) -> Path:
    """Give the file of a point."""
    return folder / table / f"point-{point:06}.parquet"


def prepare(study: SweepStudy, folder: Path) -> NDArray[np.bool_]:
    """Lay the folder out and say of each point whether it is done.

    Points of the same sweep made by the same software stay; what another software left there is taken away.
    """
    manifest = _manifest(study, folder.name)
    tables = tables_of(study.settings.keep)
    for table in tables:
        (folder / table).mkdir(parents=True, exist_ok=True)
    if not _is_same(folder, manifest):
        (folder / MANIFEST).unlink(missing_ok=True)
        for table in tables:
            for path in (folder / table).iterdir():
                path.unlink()
    for place in (folder, *(folder / table for table in tables)):
        for path in place.glob(".*.parquet.*"):
            path.unlink()  # of a run that was killed while it wrote
    write_scenario({**study.case.source_files, study.document.path.name: study.document.path.read_bytes()}, folder)
    write_whole(folder / f"{POINTS}.parquet", lambda part: _write_points(study.design, part))
    write_whole(folder / MANIFEST, lambda part: part.write_text(strict_json(manifest) + "\n", encoding="utf-8"))
    return done_points(folder, len(study.design))


def write_point(folder: Path, point: int, tables: Panels, *, design: Design) -> None:
    """Store what is kept of a point."""
    front = {"point": point, **design.at(point)}
    for table, panels in tables.items():
        if any(each.rows for each in panels.values()):
            write_whole(
                point_file(folder, table, point),
                lambda part, panels=panels: write_panels(panels, part, constant=front),  # type: ignore[misc]
            )


def done_points(folder: Path, points: int) -> NDArray[np.bool_]:
    """Say of each point whether it is done, shape (points,)."""
    done = np.zeros(points, dtype=np.bool_)
    with suppress(FileNotFoundError):
        for path in (folder / "values").iterdir():
            found = _NAME.fullmatch(path.name)
            if found and int(found[1]) < points:
                done[int(found[1])] = True
    return done


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep others from writing to a folder at the same time; raises WrongRequest where somebody does."""
    import os

    try:
        import fcntl
    except ImportError:  # a system without such locks
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise WrongRequest(f"another process is writing this sweep to {folder}; wait for it or stop it") from None
    try:
        yield
    finally:
        os.close(handle)


def _is_same(folder: Path, manifest: Mapping[str, Any]) -> bool:
    try:
        stored = read_manifest(folder)
    except NoResult:
        return False
    return stored.get("kind") == SWEEP and stored["hashes"] == manifest["hashes"]


def _write_points(design: Design, path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    writer: Any = None
    for first in range(0, len(design), ROWS_AT_ONCE):
        table = pa.table(design.columns(first, min(len(design), first + ROWS_AT_ONCE)))
        writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd", store_schema=False)
        writer.write_table(table)
    writer.close()


def _manifest(study: SweepStudy, folder: str) -> dict[str, Any]:
    case, settings = study.case, study.settings
    labels = {each["key"]: each["label"] for each in case.inputs()}
    return {
        "schema": SCHEMA,
        "kind": SWEEP,
        "folder": folder,
        "software": software(),
        "study": study.name,
        "title": study.title,
        "case": case.name,
        "case_title": case.title,
        "question": case.question,
        "currency": case.currency,
        "decision_maker": case.decision_maker,
        "baseline": settings.baseline,
        "alternatives": [
            {"name": name, "title": case.alternatives[name].title, "sentence": case.alternatives[name].sentence}
            for name in settings.alternatives
        ],
        "parties": [{"name": name, "title": case.party_titles.get(name, name), "part_of": above} for name, above in case.parents.items()],
        "design": study.design.kind,
        "points": len(study.design),
        "inputs": [{"label": labels.get(each.key), **each.stored()} for each in study.design.inputs],
        "values": dict(case.values),
        "seed": settings.seed,
        "replications": settings.replications,
        "engine": settings.engine,
        "tables": list(tables_of(settings.keep)),
        "horizon_months": case.horizon,
        "discount_rate": case.discount_rate,
        "settings": settings.stored(),
        "hashes": {"inputs": case.fingerprint, "design": study.design.fingerprint(), "software": software_hash()},
        "caveats": list(CAVEATS),
    }
