"""Storing a study over what an earlier stretch of it left, so that one of the two is there whenever the program is killed."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from itilsim.case.case import Case
from itilsim.case.load import load_case
from itilsim.study.folder import MANIFEST, SCENARIO, NoResult, open_study
from itilsim.study.manifest import software_hash
from itilsim.study.settings import Settings, restored
from itilsim.study.study import Study
from itilsim.study.subject import WrongRequest

BEFORE, PART = ".before-", ".storing-"
"""How the folders begin in which an earlier stretch stands aside, and in which a later one is written."""


def put(study: Study, folder: Path) -> None:
    """Store a study in a folder, whole or not at all."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    study.manifest |= {"folder": folder.name, "case": folder.name.rpartition("-")[0]}
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=PART) as place:
        written = study.save(place)
        before = folder.with_name(BEFORE + folder.name)
        if folder.exists():
            folder.rename(before)
        written.rename(folder)
    study.folder = folder
    shutil.rmtree(before, ignore_errors=True)


def restore(folder: Path) -> None:
    """Put back what stood aside when the program was killed, and take away what was half written."""
    for before in folder.glob(f"{BEFORE}*"):
        place = folder / before.name.removeprefix(BEFORE)
        if (place / MANIFEST).is_file():
            shutil.rmtree(before, ignore_errors=True)
        else:
            shutil.rmtree(place, ignore_errors=True)
            before.rename(place)
    for part in folder.glob(f"{PART}*"):
        shutil.rmtree(part, ignore_errors=True)


def same_stored(folder: Path, case: Case, settings: Settings) -> Study | None:
    """Give what a folder holds of a study, where it was made from the same inputs by the same software."""
    try:
        stored = open_study(folder)
    except NoResult:
        return None
    manifest = stored.manifest
    same = manifest["settings"] == settings.stored() and manifest["hashes"]["inputs"] == case.fingerprint
    return stored if same and manifest["hashes"]["software"] == software_hash() else None


def unfinished(folder: Path, name: str) -> tuple[Case, Settings]:
    """Give the case and the settings of a result that was interrupted; raises WrongRequest where there is none to go on with."""
    try:
        stored = open_study(folder / name)
    except NoResult as fault:
        raise WrongRequest(str(fault)) from None
    manifest = stored.manifest
    if stored.complete:
        raise WrongRequest(f"'{name}' is complete already")
    if manifest["hashes"]["software"] != software_hash():
        raise WrongRequest(f"'{name}' was made by another version; run the comparison again")
    case = load_case(folder / name / SCENARIO).with_values(manifest["values"])
    return case, restored(manifest["settings"], int(manifest["settings"]["replications"]))
