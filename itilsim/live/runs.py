"""Runs: the stored results of a folder, listed, opened, two of them compared, deleted."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from itilsim.study.folder import MANIFEST, SWEEP, NoResult, read_manifest
from itilsim.study.subject import WrongRequest
from itilsim.tables.result import Result, ResultFault, open_result
from itilsim.tables.spread import Estimate, mean


@dataclass(frozen=True)
class Run:
    """A stored result."""

    name: str
    """The name of its folder."""
    folder: Path
    case: str
    title: str
    when: datetime
    """When it was stored, in local time."""
    worlds: int
    wanted: int
    complete: bool
    seed: int
    alternatives: tuple[str, ...]
    """Titles of what was compared, the baseline among them."""
    values: dict[str, object]
    """What was set over the case's files, by key."""


@dataclass(frozen=True)
class Between:
    """What an alternative is worth in one result more than in another, to one party: `difference` is the first less the second."""

    alternative: str
    title: str
    party: str
    first: Estimate
    second: Estimate
    difference: Estimate
    is_paired: bool
    """Whether both hold the same worlds, so that world is compared with world."""
    worlds: int
    """The worlds that were compared; where they are not paired, those of the smaller result."""


def runs(folder: Path) -> tuple[Run, ...]:
    """Give the results that are stored in a folder, the newest first; what cannot be read is passed over."""
    return tuple(sorted(_found(folder), key=lambda run: (run.when, run.name), reverse=True))


def _found(folder: Path) -> Iterator[Run]:
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.is_symlink() or path.name.startswith("."):
            continue  # what stands aside while it is stored is no result of its own
        try:
            manifest = read_manifest(path)
        except NoResult:
            continue
        if manifest.get("kind") != SWEEP:
            when = datetime.fromtimestamp((path / MANIFEST).stat().st_mtime).astimezone()
            titles = tuple(str(each.get("title") or each["name"]) for each in manifest["alternatives"])
            wanted = int((manifest.get("settings") or {}).get("replications") or manifest["replications"])
            yield Run(
                path.name, path, str(manifest.get("case") or ""), str(manifest["title"]), when, int(manifest["replications"]), wanted,
                bool(manifest["complete"]), int(manifest["seed"]), titles, dict(manifest.get("values") or {}),
            )  # fmt: skip


def open_run(folder: Path, name: str) -> Result:
    """Open a stored result by its name; raises WrongRequest where there is none of that name, ResultFault where it cannot be read."""
    return open_result(_place(folder, name))


def delete(folder: Path, name: str) -> None:
    """Delete a stored result; raises WrongRequest for what is no results folder right below this one."""
    path = _place(folder, name)
    (path / MANIFEST).unlink()  # without its manifest a folder is no study, should the rest stay
    shutil.rmtree(path)


def _place(folder: Path, name: str) -> Path:
    path = folder / name
    is_below = name not in ("", ".", "..") and Path(name).name == name and not path.is_symlink()
    try:
        if is_below:
            read_manifest(path)
            return path
    except NoResult:
        pass
    raise WrongRequest(f"there is no stored result called '{name[:60]}'")


def compare(first: Result, second: Result, *, party: str | None = None) -> tuple[Between, ...]:
    """Compare what each alternative of both results is worth to a party, the decision maker of the first unless named.

    Results of the same seed hold the same worlds: the difference is taken world by world. Raises WrongRequest where nothing can be
    compared.
    """
    if first.currency != second.currency:
        raise WrongRequest(f"one result is in {first.currency}, the other in {second.currency}, so they cannot be compared")
    who = party if party is not None else first.decision_maker
    try:
        a, b = (each.worlds("values", ["net_value"], where={"party": who}) for each in (first, second))
    except ResultFault as fault:
        raise WrongRequest(str(fault)) from None
    shared = [each for each in first.alternatives if each.name in a and each.name in b]
    if not shared:
        raise WrongRequest("the two results have no alternative in common")
    is_paired = first.manifest["seed"] == second.manifest["seed"] and first.manifest.get("case") == second.manifest.get("case")
    found = []
    for each in shared:
        own, other = a[each.name]["net_value"], b[each.name]["net_value"]
        worlds = min(len(own), len(other))
        if is_paired:
            own, other = own[:worlds], other[:worlds]
        one, two = mean(own), mean(other)
        apart = mean(own - other) if is_paired else Estimate(one.value - two.value, (one.error**2 + two.error**2) ** 0.5)
        found.append(Between(each.name, each.title, who, one, two, apart, is_paired, worlds))
    return tuple(found)
