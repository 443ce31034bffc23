"""The manifest says what a study was made from and how, so that it can be read, believed and simulated again."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from itilsim.kinds import outside
from itilsim.ledger.entities import legal_person
from itilsim.study.settings import Settings
from itilsim.study.subject import Subject

SCHEMA = 1
MOVERS = ("numpy", "numba", "scipy", "simpy")
"""Libraries that may move a number."""
PACKAGE = Path(__file__).resolve().parents[1]
FLOORS = ("text", "kinds", "case", "world", "plan", "rules", "engine", "ledger", "study")
"""Folders of the package whose code may move a number."""
CAVEATS = (
    "Chances and amounts hold under the assumptions of the case; they are not forecasts.",
    "A provider's amounts are a contribution over the best other use of its people; do not rank alternatives with different "
    "providers by joint value.",
    "Potential, utility, warranty and adoption multiply: data can calibrate their product, not each.",
    "Means of heavy-tailed losses rest on their caps; see the ranking with the caps doubled.",
)


@cache
def software_hash() -> str:
    """Give a hash of the code and libraries that may move a number, kinds from outside the package among them."""
    digest = hashlib.sha256(repr([(name, _version(name)) for name in MOVERS]).encode())
    for floor in FLOORS:
        for path in sorted((PACKAGE / floor).rglob("*.py")):
            digest.update(str(path.relative_to(PACKAGE)).encode())
            digest.update(path.read_bytes())
    for path in outside.files():
        digest.update(f"{path.parent.name}/{path.name}".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def software() -> dict[str, str | None]:
    """Give the versions of what a study was computed with."""
    names = ("itilsim", *MOVERS, "pyarrow")
    return {"python": platform.python_version(), "platform": platform.platform()} | {name: _version(name) for name in names}


def manifest_of(
    case: Subject,
    settings: Settings,
    *,
    replications: int,
    complete: bool,
    contracting: Mapping[str, list[str]],
    sponsor: list[dict[str, Any]],
    timings: Mapping[str, float],
) -> dict[str, Any]:
    """Build the manifest of a study of so many worlds, as plain data."""
    chosen = [case.alternatives[name] for name in settings.alternatives]
    return {
        "schema": SCHEMA,
        "folder": settings.folder_name(case),
        "software": software(),
        "case": case.name,
        "title": case.title,
        "question": case.question,
        "currency": case.currency,
        "decision_maker": case.decision_maker,
        "appetite": _appetite(case),
        "baseline": settings.baseline,
        "alternatives": [
            {
                "name": each.name,
                "title": each.title,
                "sentence": each.sentence,
                "residual_value": each.residual_value,
                "contracting": contracting.get(each.name, []),
                "sources": dict(each.source_titles),
            }
            for each in chosen
        ],
        "parties": [
            {
                "name": name,
                "title": case.party_titles.get(name, name),
                "part_of": above,
                "tolerance": case.tolerances.get(name),
            }
            for name, above in case.parents.items()
        ],
        "stakeholders": [
            {"name": v.name, "title": v.title, "party": v.party, "role": v.role, "perceives": v.sentence()} for v in case.viewpoints
        ],
        "inputs": case.inputs(),
        "values": {key: _plain(value) for key, value in case.values.items()},
        "sponsor": sponsor,
        "seed": settings.seed,
        "replications": replications,
        "engine": settings.engine,
        "horizon_months": case.horizon,
        "runoff_months": case.runoff,
        "discount_rate": case.discount_rate,
        "settings": settings.stored(),
        "timings": dict(timings),
        "hashes": {
            "inputs": case.fingerprint,
            "software": software_hash(),
            "files": {name: hashlib.sha256(text).hexdigest() for name, text in sorted(case.source_files.items())},
        },
        "caveats": list(CAVEATS),
        "words": {code: dict(texts) for code, texts in case.words.items()},
        "complete": complete,
    }


def _appetite(case: Subject) -> dict[str, float | str] | None:
    """Give the losses by risks that are accepted and how often, None where the case states no appetite."""
    stated = case.appetite
    return None if stated is None else {"amount": stated.amount, "chance": stated.chance, "source": stated.source}


def _plain(value: Any) -> Any:
    """Give a value that was set as plain data; a number given by a program stands in canonical units."""
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    return value if isinstance(value, str | int | float | None) else value.value


def contracting_parties(case: Subject, accounts: Mapping[str, Any]) -> dict[str, list[str]]:
    """Give for each alternative the contracting parties of the case that the decision maker pays or is paid by, its own person first.

    `accounts` are the accounts of each alternative's books.
    """
    parents = case.parents
    decider = legal_person(parents, case.decision_maker)
    found = {}
    for name, own in accounts.items():
        pairs = [(legal_person(parents, each.party), legal_person(parents, each.counterparty)) for each in own if each.counterparty]
        others = {b for a, b in pairs if a == decider and b != decider}
        found[name] = [decider, *(party for party in case.contracting if party in others)]
    return found
