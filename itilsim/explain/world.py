"""Playing one world of an alternative again, to tell its story."""

from __future__ import annotations

from collections.abc import Collection

from itilsim.case.case import Alternative
from itilsim.case.lower import lower
from itilsim.engine.reference import trace_world
from itilsim.explain.story import Story
from itilsim.explain.writing import Writer
from itilsim.study.subject import WrongRequest

MOST = 2**32 - 1
"""The last replication that a world's address has room for."""


def trace(alternative: Alternative, seed: int = 1, replication: int = 356, *, frozen: Collection[str] = ()) -> Story:
    """Play one world of an alternative again in the reference engine and give its story.

    `seed` and `replication` name the world, as in a simulation; `frozen` holds "decisions", "trust" or "effort" fixed. Raises
    `WrongRequest` where there is no such world.
    """
    if not 0 <= replication <= MOST:
        raise WrongRequest(f"found replication {replication}; worlds are counted from 0 to {MOST:,}")
    plan = lower(alternative.case, alternative.name, frozenset(frozen))
    return Writer(trace_world(plan, seed, replication), alternative, seed).write()
