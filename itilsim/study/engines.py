"""Engines by name, found when they are asked for, since each brings a heavy library."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from itilsim.study.subject import Engine, WrongRequest
from itilsim.text.faults import unknown_name

ENGINES = ("compiled", "reference")
BLOCK = {"compiled": 64, "reference": 4}
"""Worlds in a block unless said: enough to make handing out cheap, few enough to stop soon."""


@dataclass(frozen=True)
class Chosen:
    """An engine with its name and the size of its blocks."""

    name: str
    run: Engine
    block: int
    is_cold: bool
    """Whether the first block waits for a compiler."""


def choose(engine: str | Callable[[Any, int, int, int], Any]) -> Chosen:
    """Find an engine by name, or take a function as one; raises WrongRequest for a name that is not known."""
    if callable(engine):
        return Chosen(getattr(engine, "__name__", "engine"), engine, BLOCK["compiled"], is_cold=False)
    if engine == "compiled":
        from itilsim.engine.compiled import is_warm, run_block

        return Chosen("compiled", run_block, BLOCK["compiled"], is_cold=not is_warm())
    if engine == "reference":
        from itilsim.engine.reference.run import run_block as run_reference

        return Chosen("reference", run_reference, BLOCK["reference"], is_cold=False)
    raise WrongRequest(unknown_name("engine", engine, ENGINES))
