"""How a study is run: everything but the case that decides what is stored, and the name of the folder that follows from it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from itilsim.study.precision import Precision
from itilsim.study.reckoning import Keep
from itilsim.study.subject import Subject, WrongRequest
from itilsim.text.faults import unknown_name

Behaviour = Literal["decisions", "trust", "effort"]
FREEZABLE: tuple[Behaviour, ...] = ("decisions", "trust", "effort")


@dataclass(frozen=True)
class Settings:
    """What a study is asked for."""

    replications: int
    seed: int
    alternatives: tuple[str, ...]
    """Alternatives simulated, in the case's order, the baseline included."""
    baseline: str
    engine: str
    keep: Keep
    frozen: tuple[str, ...]
    precision: Precision | None
    variants: bool
    """Whether the ranking is simulated again under other horizons and caps."""

    def stored(self) -> dict[str, Any]:
        """Give the settings as plain data."""
        plain = asdict(self)
        plain["alternatives"], plain["frozen"] = list(self.alternatives), list(self.frozen)
        plain["precision"] = str(self.precision) if self.precision else None
        return plain

    def folder_name(self, case: Subject) -> str:
        """Give the name of the results folder: the case and a hash of inputs, seed, alternatives and settings."""
        text = json.dumps([case.fingerprint, self.stored()], sort_keys=True)
        return f"{case.name}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def restored(stored: dict[str, Any], replications: int) -> Settings:
    """Give the settings of a stored study, for so many worlds exactly."""
    plain = dict(stored)
    plain["alternatives"], plain["frozen"] = tuple(stored["alternatives"]), tuple(stored["frozen"])
    plain["precision"] = None
    return replace(Settings(**plain), replications=replications)


def settings_for(
    case: Subject,
    *,
    replications: int,
    seed: int,
    alternatives: Iterable[str] | None,
    baseline: str | None,
    engine: str,
    keep: str,
    frozen: Iterable[str],
    precision: str | None,
    variants: bool,
) -> Settings:
    """Check what is asked for against the case and give the settings; raises WrongRequest."""
    known = list(case.alternatives)
    reference = baseline if baseline is not None else case.baseline
    asked = known if alternatives is None else list(alternatives)
    for name in [*asked, reference]:
        if name not in known:
            raise WrongRequest(unknown_name("alternative", name, known))
    if replications < 1:
        raise WrongRequest(f"found {replications} replications; at least 1 is needed")
    if not 0 <= seed < 2**63:
        raise WrongRequest(f"found the seed {seed}; a whole number from 0 to {2**63 - 1} is needed")
    if keep not in ("values", "sources", "months"):
        raise WrongRequest(unknown_name("degree of keeping", keep, ("values", "sources", "months")))
    chosen = tuple(name for name in known if name in asked or name == reference)
    if len(chosen) < 2:
        raise WrongRequest(f"'{reference}' is the baseline, so there is nothing to measure against it; name another alternative")
    held = set(frozen)
    for name in sorted(held - set(FREEZABLE)):
        raise WrongRequest(unknown_name("behaviour to hold fixed", name, FREEZABLE))
    return Settings(
        replications,
        seed,
        chosen,
        reference,
        engine,
        keep,  # type: ignore[arg-type]
        tuple(name for name in FREEZABLE if name in held),
        Precision.read(precision) if precision else None,
        variants,
    )
