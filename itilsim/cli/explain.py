"""The verb `explain`: the story of one world, and of its twin under another alternative."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from itilsim.cli.exits import refuse, say
from itilsim.cli.options import Wanted, located, read_frozen, read_values

if TYPE_CHECKING:
    from itilsim.explain.story import Story
    from itilsim.explain.twins import Twins

PLAIN_WIDTH = 120


def explain_world(path: Path, wanted: Wanted) -> None:
    """Play a world again and tell its story; with a twin, their difference to the cent."""
    frozen = read_frozen(wanted.frozen)
    if (wanted.replication is None) == (wanted.where is None):
        refuse("explain needs one world: --replication K, or --where NAME for the first one in which NAME happens")
    here, there = _alternatives(path, wanted)
    from itilsim.explain import compare_twins, first_world, trace

    replication = wanted.replication
    if replication is None:
        assert wanted.where is not None
        _say_what_takes_time(wanted.where)
        replication = first_world(here, wanted.where, seed=wanted.seed, frozen=frozen)
    story = trace(here, wanted.seed, replication, frozen=frozen)
    twins = None if there is None else compare_twins(story, trace(there, wanted.seed, replication, frozen=frozen))
    _print(story, twins, json=wanted.json)


def _say_what_takes_time(where: str) -> None:
    """Say on a terminal what is waited for: the search, and once the compiler before it."""
    if not sys.stderr.isatty():
        return
    from itilsim.engine.compiled import is_warm
    from itilsim.explain.search import LIMIT

    compiling = "" if is_warm() else "compiling the engine (once, about half a minute), then "
    say(f"{compiling}looking for the first of up to {LIMIT:,} worlds in which {where} happens")


def _alternatives(path: Path, wanted: Wanted) -> tuple[Any, Any]:
    """Read the case and give the alternative asked for and the one that it is told against, None where there is none."""
    from itilsim.case import load_case
    from itilsim.text.faults import unknown_name

    folder, names = located([path])
    case = load_case(folder, values=read_values(wanted.values), sheet=wanted.sheet)
    known = list(case.alternatives)
    if names is None:
        files = ", ".join(str(folder / f"{name}.toml") for name in known)
        refuse(f"{path}: a story is told of one alternative; name one of its files: {files}")
    if names[0] not in known:
        refuse(f"{path}: {unknown_name('alternative', names[0], known)}")
    if wanted.against is None:
        return case[names[0]], None
    twin = _twin(wanted.against, folder, known)
    if twin == names[0]:
        refuse(f"--against {wanted.against}: an alternative has no difference from itself; name another one of {', '.join(known)}")
    return case[names[0]], case[twin]


def _twin(against: Path, folder: Path, known: list[str]) -> str:
    """Give the name of the alternative that PATH2 names: its file in the same case, or the name alone."""
    from itilsim.text.faults import unknown_name

    if str(against) in known:
        return str(against)
    if against.is_dir() or against.name == "case.toml":
        refuse(f"--against {against}: found a case; one alternative of {folder} is needed: {', '.join(known)}")
    if against.suffix == ".toml" and against.exists() and against.parent.resolve() != folder.resolve():
        refuse(f"--against {against}: twins live in the same world, so the file has to be an alternative of {folder}")
    if against.stem not in known or (against.suffix == ".toml" and not against.exists()):
        refuse(f"--against {against}: {unknown_name(f'alternative of {folder}', against.stem, known)}")
    return against.stem


def _print(story: Story, twins: Twins | None, *, json: bool) -> None:
    if json:
        from itilsim.explain.data import as_data
        from itilsim.study.folder import strict_json

        sys.stdout.write(strict_json(as_data(story, twins), indent=None) + "\n")
        return
    from itilsim.explain.telling_twins import tell_twins

    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else PLAIN_WIDTH
    for line in story.told(width):
        print(line)
    for line in tell_twins(twins, width=width) if twins is not None else ():
        print(line)
