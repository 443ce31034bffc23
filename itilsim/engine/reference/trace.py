"""A trace: one world played again in the reference engine, event by event, with what each one posted and moved."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from itilsim.engine.reference.draws import World
from itilsim.engine.reference.lifetime import Lifetime
from itilsim.engine.reference.state import Occurrence
from itilsim.plan import rows
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


class Posting(NamedTuple):
    """An amount that an event posted: the index of the event, the month (0, 1, ...), the account, the amount in currency."""

    event: int
    month: int
    account: int
    amount: float


class Move(NamedTuple):
    """A stock or the value of a level that an event moved: the index of the event, the slot's name, before and after."""

    event: int
    slot: str
    before: float
    after: float


@dataclass
class Trace:
    """The story of one world under one plan."""

    plan: Plan
    replication: int
    theta: dict[str, float]
    events: list[Event] = field(default_factory=list)
    months: list[int] = field(default_factory=list)
    """The month (0, 1, ...) of each event."""
    postings: list[Posting] = field(default_factory=list)
    """All postings in order, both sides of a transfer; their sum by month and account is the ledger."""
    moves: list[Move] = field(default_factory=list)
    amounts: list[float] = field(default_factory=list)
    """The ledger of this world, flat: (months + runoff) x accounts."""


KINDS = {
    "stream": "streams",
    "begins": "works",
    "done": "works",
    "not accepted": "works",
    "gives up": "works",
    "due": "bundles",
    "phase": "relationships",
    "decision": "decisions",
    "loss": "losses",
}
"""Kinds of event and the rows that name them. "start", "month" (a month's charges and reviews) and "missed" (a service level, with its
credit) have names of their own."""


class _Told(Lifetime):
    """A lifetime that tells its trace what happens.

    What is posted or moved belongs to the event told last; a loss, a change of phase and a decision give the word back to the event that
    they are a part of.
    """

    trace: Trace
    at: int
    seen: list[float]
    watched: list[int]
    month_before: list[float]

    def tell(self, kind: str, name: str, seen: Occurrence) -> None:
        """Begin an event."""
        stream = self.plan.names["streams"][seen.stream] if seen.stream >= 0 else ""
        self.trace.events.append(Event(self.clock.now, kind, name, stream, seen.layer, seen.k, seen.attempt))
        self.trace.months.append(self.month)
        self.at = len(self.trace.events) - 1

    def noticed(self, what: str, index: int, seen: Occurrence) -> None:
        if what == "month":
            self._book_month()
            return
        if what != "phase":
            self.catch_up()
        self.tell(what, self.plan.names[KINDS[what]][index], seen)

    def catch_up(self) -> None:
        """Book what has moved since the last event on that event."""
        names = self.plan.names["slots"]
        for slot in self.watched:
            if self.x[slot] != self.seen[slot]:
                self.trace.moves.append(Move(self.at, names[slot], self.seen[slot], self.x[slot]))
                self.seen[slot] = self.x[slot]

    def post(self, account: int, amount: float) -> None:
        super().post(account, amount)
        self._book(self.at, account, amount)

    def suffer(self, target: int, scale: float, seen: Occurrence) -> None:
        of = self.at
        super().suffer(target, scale, seen)
        self.catch_up()
        self.at = of

    def change_phase(self, relationship: int, phase: float, reason: float) -> None:
        self.catch_up()
        of = self.at
        super().change_phase(relationship, phase, reason)
        self.catch_up()
        self.at = of

    def decide(self, d: rows.Decision, index: int) -> None:
        of = self.at
        super().decide(d, index)
        self.catch_up()
        self.at = of

    def end_month(self) -> None:
        self.catch_up()
        at = self.month * self.z.accounts
        self.month_before = self.amounts[at : at + self.z.accounts]
        self.tell("month", f"month {self.month + 1}", Occurrence(-1, 0, self.month, 0, self.clock.now))
        super().end_month()
        self.catch_up()

    def _book(self, event: int, account: int, amount: float) -> None:
        """Note a posting and its other side."""
        if amount == 0.0:
            return
        self.trace.postings.append(Posting(event, self.month, account, amount))
        mirror = self.r.mirrors[account]
        if mirror >= 0:
            self.trace.postings.append(Posting(event, self.month, mirror, -amount))

    def _book_month(self) -> None:
        """Book the month's charges on the month and each credit on the service level that was missed."""
        month, at = self.at, self.month * self.z.accounts
        change = [self.amounts[at + a] - before for a, before in enumerate(self.month_before)]
        for index, credit in self._credits(at):
            account = self.r.promises[index].fee_account
            self.tell("missed", self.plan.names["promises"][index], Occurrence(-1, 0, self.month, 0, self.clock.now))
            self._book(self.at, account, credit)
            change[account] -= credit
            if (mirror := self.r.mirrors[account]) >= 0:
                change[mirror] += credit
        self.at = month
        for account, amount in enumerate(change):
            if amount != 0.0:
                self.trace.postings.append(Posting(month, self.month, account, amount))

    def _credits(self, at: int) -> list[tuple[int, float]]:
        """Give (promise, credit) for each service level missed this month, worked out backwards from what is left of the fee."""
        shares: list[tuple[int, float]] = []
        left = 0.0
        for index, promise in enumerate(self.r.promises):
            if promise.starts_group == 1:
                left = self.p[promise.at_risk_p]
            if self.meters[promise.counter_m] > 0.0:
                shares.append((index, min(left, self.p[promise.credit_p])))
                left -= shares[-1][1]
        found: list[tuple[int, float]] = []
        after = {p.fee_account: self.amounts[at + p.fee_account] for p in self.r.promises}
        for index, share in reversed(shares):
            account = self.r.promises[index].fee_account
            whole = after[account] / (1.0 - share) if share < 1.0 else 0.0
            found.append((index, after[account] - whole))
            after[account] = whole
        return found[::-1]


def trace_world(plan: Plan, seed: int, replication: int) -> Trace:
    """Play one world of a plan again and give its trace.

    What a month end charges is booked on the event "month N"; its postings are differences of the running ledger, so that they sum to
    it up to rounding in the last bit. Derived slots, means and waiting are not told: they follow from what is.
    """
    theta = draw_unknowns(plan, seed, replication, 1)[0]
    names = dict(zip(plan.books.unknowns, (float(v) for v in theta), strict=True))
    trace = Trace(plan, replication, names)
    life = _Told(plan, World(plan, seed, replication), [float(v) for v in theta])
    life.trace = trace
    derived = {product.slot_x for product in plan.rows.products} | {flow.mean_x for flow in plan.rows.flows}
    for level in plan.rows.levels:
        derived |= {level.felt_x, level.waiting_x}
    life.watched = [s for s in range(len(life.x)) if s not in derived]
    life.seen = list(life.x)
    for level in plan.rows.levels:
        life.seen[level.value_x] = 1.0
    life.tell("start", "start", Occurrence(-1, 0, 0, 0, 0.0))
    life.live()
    life.catch_up()
    trace.amounts = life.amounts
    return trace
