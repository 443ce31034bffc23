"""A trace: one world played again in the reference engine, event by event, with what each one posted and moved."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from itilsim.engine.reference.draws import World
from itilsim.engine.reference.lifetime import Lifetime, Occurrence
from itilsim.plan.plan import Plan
from itilsim.world.unknowns import draw_unknowns


class Event(NamedTuple):
    """Something that happened: the hour, what kind of thing, its name, the identity of its occurrence."""

    hour: float
    kind: str
    name: str
    stream: str
    layer: int
    k: int
    attempt: int


@dataclass
class Trace:
    """The story of one world under one plan."""

    plan: Plan
    replication: int
    theta: dict[str, float]
    events: list[Event] = field(default_factory=list)
    postings: list[tuple[int, int, float]] = field(default_factory=list)
    """(index of the event, account, amount), in order; the sum by month and account is the ledger."""
    months: list[int] = field(default_factory=list)
    """The month (0, 1, ...) of each event."""
    stocks: list[tuple[int, str, float, float]] = field(default_factory=list)
    """(index of the event, stock or level, before, after) for what an event moved."""
    amounts: list[float] = field(default_factory=list)
    """The ledger of this world, flat: (months + runoff) x accounts."""


KINDS = {
    "stream": "streams",
    "begins": "works",
    "done": "works",
    "not accepted": "works",
    "due": "bundles",
    "phase": "relationships",
    "decision": "decisions",
    "loss": "losses",
}


class _Told(Lifetime):
    """A lifetime that tells its trace what happens."""

    trace: Trace
    before: list[float]
    seen: list[float]
    watched: list[int]

    def noticed(self, what: str, index: int, seen: Occurrence) -> None:
        self.catch_up()
        names = self.plan.names
        name = names[KINDS[what]][index] if what in KINDS else f"month {index + 1}"
        stream = names["streams"][seen.stream] if seen.stream >= 0 else ""
        self.trace.events.append(Event(self.clock.now, what, name, stream, seen.layer, seen.k, seen.attempt))
        self.trace.months.append(self.month)

    def catch_up(self) -> None:
        """Book what has been posted and moved since the last event on that event."""
        at = len(self.trace.events) - 1
        z = self.z
        for month in range(max(0, self.month - 1), min(self.month + 1, z.months + z.runoff)):
            for account in range(z.accounts):
                place = month * z.accounts + account
                change = self.amounts[place] - self.before[place]
                if change != 0.0:
                    self.trace.postings.append((at, place, change))
                    self.before[place] = self.amounts[place]
        for slot in self.watched:
            if self.x[slot] != self.seen[slot]:
                self.trace.stocks.append((at, self.plan.names["slots"][slot], self.seen[slot], self.x[slot]))
                self.seen[slot] = self.x[slot]


def trace_world(plan: Plan, seed: int, replication: int) -> Trace:
    """Play one world of a plan again and give its trace.

    A month's charges and reviews are booked on the event "month N". Postings are differences of the running ledger, so that they
    sum to it up to rounding in the last bit.
    """
    theta = draw_unknowns(plan, seed, replication, 1)[0]
    names = dict(zip(plan.books.unknowns, (float(v) for v in theta), strict=True))
    trace = Trace(plan, replication, names)
    life = _Told(plan, World(plan, seed, replication), [float(v) for v in theta])
    life.trace = trace
    life.before, life.seen = list(life.amounts), list(life.x)
    derived = {product.slot_x for product in plan.rows.products}
    life.watched = [s for s in range(len(life.x)) if s not in derived and not plan.names["slots"][s].endswith(":mean")]
    trace.events.append(Event(0.0, "start", "start", "", 0, 0, 0))
    trace.months.append(0)
    life.live()
    life.catch_up()
    trace.amounts = life.amounts
    return trace
