"""Finding a world worth telling: the first one in which something happens."""

from __future__ import annotations

from collections.abc import Collection

from itilsim.case.case import Alternative
from itilsim.case.lower import lower
from itilsim.study.subject import WrongRequest
from itilsim.text.faults import unknown_name

BLOCK = 256
LIMIT = 10_240
"""Worlds that are looked at unless said: 40 blocks, about half a minute on one core."""


def first_world(alternative: Alternative, counter: str, *, seed: int = 1, limit: int = LIMIT, frozen: Collection[str] = ()) -> int:
    """Give the first replication in which a counter is positive, in blocks of 256 worlds through the compiled engine.

    `counter` is what a lifetime counts: a stream of events (`source-leak`), a piece of work done (`outage:visit:done`), an end
    (`supply:ended`). Raises `WrongRequest` where no counter is called so, or where it stays at nought in the first `limit` worlds.
    """
    plan = lower(alternative.case, alternative.name, frozenset(frozen))
    counters = plan.books.counters
    if counter not in counters:
        raise WrongRequest(unknown_name(f"event of '{alternative.name}'", counter, counters))
    from itilsim.engine.compiled import run_block

    column = counters.index(counter)
    for first in range(0, limit, BLOCK):
        counts = run_block(plan, seed, first, min(BLOCK, limit - first)).counts[:, column]
        if (counts > 0).any():
            return first + int((counts > 0).argmax())
    raise WrongRequest(f"'{counter}' does not happen under '{alternative.name}' in the first {limit:,} worlds of seed {seed}")
