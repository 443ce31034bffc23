"""The results folder: each file whole or absent, the manifest last, so that a folder with a manifest is a study."""

from __future__ import annotations

import contextlib
import json
import math
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from itilsim.study.manifest import SCHEMA
from itilsim.study.panel import Panel
from itilsim.study.parquet import read_panels, write_panels
from itilsim.study.reckoning import TABLES
from itilsim.study.study import Study
from itilsim.study.variants import columns_of

MANIFEST = "manifest.json"
SCENARIO = "scenario"
SWEEP = "sweep"
"""The kind of a folder that holds many points."""
VARIANTS, STORIES = "variants", "stories"
REPORT = "report.html"


class NoResult(ValueError):
    """Signals that a folder holds no study that can be read; its text is a sentence."""


def write_study(study: Study, directory: Path) -> Path:
    """Store a study in its folder under a directory and give the folder.

    What an earlier run of the same study left there is replaced; while files are being written there is no manifest.
    """
    folder = directory / str(study.manifest["folder"])
    tables = {name: study.table(name) for names in TABLES.values() for name in names}
    folder.mkdir(parents=True, exist_ok=True)
    for stale in (MANIFEST, REPORT, *(f"{name}.parquet" for name in (*tables, VARIANTS, STORIES))):
        (folder / stale).unlink(missing_ok=True)
    write_scenario(study.scenario, folder)
    for name, panels in tables.items():
        if any(each.rows for each in panels.values()):
            write_whole(folder / f"{name}.parquet", lambda part, panels=panels: write_panels(panels, part))  # type: ignore[misc]
    if study.variants:
        write_whole(folder / f"{VARIANTS}.parquet", lambda part: _write_rows(columns_of(study.variants), part))
    write_stories(study, folder)
    return folder


def write_stories(study: Study, folder: Path) -> None:
    """Store the stories of a study in its folder, and its manifest, which says how many there are."""
    if study.stories:
        columns = {name: [row[name] for row in study.stories] for name in study.stories[0]}
        write_whole(folder / f"{STORIES}.parquet", lambda part: _write_rows(columns, part))
    write_whole(folder / MANIFEST, lambda part: part.write_text(strict_json(study.manifest) + "\n", encoding="utf-8"))


def write_scenario(files: Mapping[str, bytes], folder: Path) -> None:
    """Store the files of a scenario in a results folder."""
    for name, text in files.items():
        path = folder / SCENARIO / _inside(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, lambda part, text=text: part.write_bytes(text))  # type: ignore[misc]


def open_study(path: str | Path) -> Study:
    """Open a stored study; tables are read when they are asked for. Raises NoResult where there is none."""
    folder = Path(path)
    if folder.name == MANIFEST:
        folder = folder.parent
    manifest = read_manifest(folder)
    if manifest.get("kind") == SWEEP:
        raise NoResult(f"{folder}: this is a sweep, which `itilsim.open_study` reads; a result of `itilsim compare` is needed")
    scenario = {
        str(PurePosixPath(*each.relative_to(folder / SCENARIO).parts)): each.read_bytes()
        for each in sorted((folder / SCENARIO).rglob("*"))
        if each.is_file()
    }

    def load(table: str) -> dict[str, Panel]:
        file = folder / f"{table}.parquet"
        return read_panels(file) if file.exists() else {}

    variants, stories = (_read_rows(folder / f"{name}.parquet") for name in (VARIANTS, STORIES))
    return Study(manifest, {}, scenario=scenario, variants=variants, stories=stories, folder=folder, load=load)


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read the manifest of a results folder; raises NoResult where there is none that can be read."""
    path = folder / MANIFEST
    if not folder.is_dir():
        raise NoResult(f"{folder}: there is no such folder; a results folder that `itilsim compare` wrote is needed")
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NoResult(f"{folder}: found no {MANIFEST}; a results folder that `itilsim compare` wrote is needed") from None
    except (OSError, ValueError) as error:
        raise NoResult(f"{path}: cannot be read ({error})") from None
    if not isinstance(manifest, dict) or manifest.get("schema") != SCHEMA:
        found = manifest.get("schema") if isinstance(manifest, dict) else None
        raise NoResult(f"{path}: found schema {found!r}; this version reads schema {SCHEMA}")
    return manifest


def strict_json(value: Any, *, indent: int | None = 2) -> str:
    """Spell plain data as strict JSON; what is not a finite number is null."""
    return json.dumps(_finite(value), indent=indent, ensure_ascii=False, allow_nan=False)


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): _finite(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(each) for each in value]
    return value


def _inside(name: str) -> Path:
    path = PurePosixPath(name)
    parts = [part for part in path.parts if part not in ("..", "/", "\\")]
    return Path(*parts)


def write_whole(path: Path, write: Callable[[Path], Any]) -> None:
    """Write a file beside its place, under a hidden name, and move it there when it is whole."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    os.close(handle)
    part = Path(name)
    try:
        write(part)
        part.chmod(0o644)
        part.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def _write_rows(columns: Mapping[str, list[Any]], path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table(dict(columns)), path, compression="zstd", store_schema=False)


def _read_rows(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    import pyarrow.parquet as pq

    rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
    return rows
