"""The state of one world, what it draws, and how it is brought up to now: the ground on which a lifetime's processes stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from itilsim.engine.reference.clock import Clock
from itilsim.engine.reference.draws import Draws
from itilsim.plan.plan import Plan
from itilsim.rules.chance import CONSTANT, value
from itilsim.rules.month import post
from itilsim.rules.state import flush, refresh, set_parameters


class Occurrence(NamedTuple):
    """The identity of what happens: stream (-1: none), layer and candidate, attempt, and the hour at which it began."""

    stream: int
    layer: int
    k: int
    attempt: int
    born: float


class State:
    """One world at the clock's now: parameters `p`, slots `x`, levels, meters, and what has been posted and measured so far."""

    def __init__(self, plan: Plan, draws: Draws, theta: Sequence[float]) -> None:
        self.plan, self.draws = plan, draws
        r, z = self.r, self.z = plan.rows, plan.sizes
        self.clock = Clock()
        self.p = [0.0] * len(r.base)
        set_parameters(r.base, r.terms, theta, self.p)
        self.x = [self.p[i] for i in r.initial_p]
        self.opened, self.waiting = [0] * len(r.levels), [0] * len(r.levels)
        self.meters, self.totals = [0.0] * z.meters, [0.0] * z.meters
        self.amounts = [0.0] * ((z.months + z.runoff) * z.accounts)
        self.measures = [0.0] * (z.months * len(r.records))
        self.ended = [[-1.0, -1.0, 0.0] for _ in r.relationships]
        self.month, self.month_start, self.since = 0, 0.0, 0.0
        self.dirty = False

    def draw(self, quantity: int, seen: Occurrence, attempt: int) -> float:
        """Draw a quantity at one occurrence."""
        q = self.r.quantities[quantity]
        if q.family == CONSTANT:
            return float(self.p[q.a_p])
        u = self.draws.number(quantity, seen.k, seen.layer, attempt)
        return value(q.family, self.p[q.a_p], self.p[q.b_p], self.p[q.c_p], q.table, self.r.coefficients, u)

    def post(self, account: int, amount: float) -> None:
        """Post an amount to this month."""
        post(self.amounts, self.r.mirrors, self.month * self.z.accounts, account, amount)

    def noticed(self, what: str, index: int, seen: Occurrence) -> None:
        """Be told of what happens; a trace overrides this."""

    def touch(self) -> None:
        """Bring the meters up to now before the state changes, and note that it changes."""
        if self.since < self.clock.now:
            flush(self.r.flows, self.r.sums, self.x, self.since, self.clock.now, self.meters)
            self.since = self.clock.now
        self.dirty = True

    def compute(self) -> None:
        """Compute the slots again that follow from levels and stocks."""
        refresh(self.r.levels, self.opened, self.waiting, self.r.products, self.r.modifiers, self.p, self.x)

    def settle_event(self) -> None:
        """End an event: compute products again if the state changed; SimPy then begins the work that was granted."""
        if self.dirty:
            self.compute()
            self.dirty = False
