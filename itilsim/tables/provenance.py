"""How a study was computed, so that anybody can compute it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from itilsim.tables.result import Alternative, Result


@dataclass(frozen=True)
class Provenance:
    """What the manifest says of the making of a study. `discount_rate` is effective a year; `seconds` is None where not stored."""

    case: str
    title: str
    folder: str
    seed: int
    futures: int
    engine: str
    horizon_months: int
    discount_rate: float
    complete: bool
    software: Mapping[str, str]
    hashes: Mapping[str, str]
    caveats: tuple[str, ...]
    seconds: float | None
    alternatives: tuple[Alternative, ...]
    baseline: Alternative


def read_provenance(result: Result) -> Provenance:
    """Reads provenance from the manifest."""
    manifest = result.manifest
    timings = manifest.get("timings") or {}
    seconds = [float(value) for name, value in timings.items() if name.endswith("_s")]
    return Provenance(
        str(manifest.get("case") or ""),
        str(manifest["title"]),
        result.folder.resolve().name,
        int(manifest["seed"]),
        int(manifest.get("replications") or 0),
        str(manifest.get("engine") or ""),
        int(manifest["horizon_months"]),
        float(manifest.get("discount_rate") or 0.0),
        bool(manifest.get("complete", True)),
        {str(name): str(version) for name, version in (manifest.get("software") or {}).items() if version},
        {str(name): text for name, text in (manifest.get("hashes") or {}).items() if isinstance(text, str)},
        tuple(str(c) for c in manifest.get("caveats") or ()),
        sum(seconds) if seconds else None,
        result.alternatives,
        result.baseline,
    )
