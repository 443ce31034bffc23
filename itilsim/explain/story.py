"""A story: what one world held in store under one alternative, and what followed from it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from itilsim.case.case import Alternative
from itilsim.engine.reference.trace import Move, Posting, Trace
from itilsim.explain.happenings import Gathered, Gathering, Group, Identity, Step
from itilsim.explain.statement import HALF_A_CENT, Line, UnevenStory, ledger_lines, total_value
from itilsim.explain.vocabulary import Vocabulary
from itilsim.kinds.leaf import Leaf
from itilsim.ledger.discount import month_factor
from itilsim.ledger.entities import Entity, entities
from itilsim.plan.accounts import Account
from itilsim.text.dimension import Dimension

YEAR = 12
QUARTER = 3
COUNTED = ("people", "liability")
"""Ends of the names of slots that are numbers or amounts; the others that people talk about are shares."""
STEADY = ("trust", "goodwill", "engagement", "commitment", "adoption")
"""Ends of the names of slots that move month after month and that a stretch tells from its beginning to its end."""
SHORT = 36
"""Months up to which quiet stretches are quarters; longer lives are summed up by year."""


@dataclass(frozen=True)
class Unknown:
    """An input unknown to the planner and how it came out in this world, in canonical units."""

    key: str
    label: str
    low: float
    likely: float
    high: float
    value: float
    dimension: Dimension
    share_below: float
    """The share of worlds in which it comes out lower."""


@dataclass(frozen=True)
class Money:
    """What one party bore (negative) or got (positive) of an event: nominal, and at the decision maker's rate."""

    account: Account
    party: str
    counterparty: str
    source: str
    amount: float
    present_value: float


@dataclass(frozen=True)
class Moved:
    """A stock or level that people talk about, before and after."""

    slot: str
    title: str
    before: float
    after: float
    share: bool
    """Whether it is a share of 1, as trust and availability are."""


@dataclass(frozen=True)
class Told:
    """One step of a happening with its consequence."""

    hour: float
    month: int
    kind: str
    """What it is in twins alike: the kind and name of its event."""
    sentence: str
    money: tuple[Money, ...]
    moved: tuple[Moved, ...]


@dataclass(frozen=True)
class Happening:
    """Something that happened, with all that followed from it; `present_value` is what it posted to the decision maker."""

    identity: Identity
    steps: tuple[Told, ...]
    present_value: float


@dataclass(frozen=True)
class Stretch:
    """A quiet stretch: months `first` to `last` (counted from 1), how often what happened, what it brought the decision maker (nominal)."""

    first: int
    last: int
    counts: dict[str, int]
    outcome: float
    cost: float
    risk: float
    present_value: float
    moved: tuple[Moved, ...]


@dataclass(frozen=True)
class Story:
    """The story of one world under one alternative; `str()` tells it."""

    alternative: Alternative
    seed: int
    replication: int
    decision_maker: str
    currency: str
    unknowns: tuple[Unknown, ...]
    happenings: tuple[Happening, ...]
    stretches: tuple[Stretch, ...]
    lines: tuple[Line, ...]
    total: float
    """Present value of all postings to the decision maker, consolidated."""
    occurrences: dict[str, frozenset[tuple[int, int]]]
    """For each stream the (layer, candidate) of what happened."""
    quiet_values: dict[str, float]
    """For each stream that is summed up, its present value to the decision maker."""
    months_values: dict[str, float]
    """For each source, the present value to the decision maker of what month ends charged and no happening explains."""

    def __str__(self) -> str:
        from itilsim.explain.telling import tell

        return "\n".join(tell(self, width=100))


class Writer:
    """Writes a story from a trace."""

    def __init__(self, trace: Trace, alternative: Alternative, seed: int) -> None:
        self.trace, self.alternative, self.seed = trace, alternative, seed
        case = alternative.case
        self.words = Vocabulary(alternative)
        self.rate = case.discount_rate
        self.entity: Entity = entities(case.parents)[case.decision_maker]
        self.accounts = trace.plan.books.accounts
        self.own = frozenset(self.entity.positions(self.accounts))

    def write(self) -> Story:
        """Give the story; raises `UnevenStory` where happenings, stretches and ledger do not sum to the same."""
        gathered = Gathering(self.trace, self.words).gather()
        happenings = tuple(self._happening(group) for group in gathered.told)
        stretches = self._stretches(gathered)
        lines = ledger_lines(self.trace, self.entity, self.words, rate=self.rate)
        total = total_value(self.trace, self.entity, rate=self.rate)
        parts = [*(h.present_value for h in happenings), *(s.present_value for s in stretches)]
        for what, values in (("events and stretches", parts), ("lines of the ledger", [line.present_value for line in lines])):
            if not abs(apart := math.fsum([*values, -total])) < HALF_A_CENT:
                raise UnevenStory(f"world {self.trace.replication}: the {what} are {apart!r} away from the total {total!r}")
        case = self.alternative.case
        return Story(
            alternative=self.alternative, seed=self.seed, replication=self.trace.replication, decision_maker=case.decision_maker,
            currency=case.currency, unknowns=self._unknowns(), happenings=happenings, stretches=stretches, lines=lines, total=total,
            occurrences=self._occurrences(),
            quiet_values={name: math.fsum(self._value(s.postings) for g in held for s in g.steps) for name, held in gathered.quiet.items()},
            months_values=self._months_values(gathered),
        )  # fmt: skip

    def _unknowns(self) -> tuple[Unknown, ...]:
        leaves: dict[str, Leaf] = {leaf.key: leaf for leaf in self.alternative.leaves() if leaf.unknown}
        found = []
        for key, value in sorted(self.trace.theta.items()):
            leaf = leaves[key]
            below = share_below(leaf, value)
            found.append(Unknown(key, leaf.label or key, leaf.low, leaf.likely, leaf.high, value, leaf.dimension, below))
        return tuple(found)

    def _occurrences(self) -> dict[str, frozenset[tuple[int, int]]]:
        held: dict[str, set[tuple[int, int]]] = {name: set() for name in self.trace.plan.names["streams"]}
        for event in self.trace.events:
            if event.kind == "stream":
                held[event.stream].add((event.layer, event.k))
        return {name: frozenset(found) for name, found in held.items()}

    def _months_values(self, gathered: Gathered) -> dict[str, float]:
        held: dict[str, list[Posting]] = {}
        for posting in (p for step in gathered.months for p in step.postings if p.account in self.own):
            held.setdefault(self.accounts[posting.account].source, []).append(posting)
        return {source: self._value(postings) for source, postings in sorted(held.items())}

    # ---- pieces

    def _value(self, postings: list[Posting]) -> float:
        return math.fsum(p.amount * month_factor(self.rate, p.month + 1) for p in postings if p.account in self.own)

    def _happening(self, group: Group) -> Happening:
        steps = tuple(self._told(step) for step in group.steps)
        return Happening(group.identity, steps, math.fsum(self._value(step.postings) for step in group.steps))

    def _told(self, step: Step) -> Told:
        return Told(step.hour, step.month, step.kind, step.sentence, tuple(self._money(step.postings)), self._moved(step.moves))

    def _money(self, postings: list[Posting]) -> list[Money]:
        """Give the postings, a transfer once from the side that bears it."""
        amounts: dict[int, list[Posting]] = {}
        for posting in postings:
            amounts.setdefault(posting.account, []).append(posting)
        found = []
        for at, held in sorted(amounts.items()):
            account = self.accounts[at]
            amount = math.fsum(p.amount for p in held)
            mirrored = self.trace.plan.rows.mirrors[at] in amounts
            if amount == 0.0 or (mirrored and not self._is_side(account, amount)):
                continue
            value = math.fsum(p.amount * month_factor(self.rate, p.month + 1) for p in held)
            other = self.words.party(account.counterparty) if account.counterparty else ""
            found.append(Money(account, self.words.party(account.party), other, self.words.source(account.source), amount, value))
        return found

    def _is_side(self, account: Account, amount: float) -> bool:
        """Say whether a transfer is told from this side: the decision maker's where it is a part of it, else the payer's."""
        own, other = account.party in self.entity.members, account.counterparty in self.entity.members
        return own if own != other else amount < 0.0

    def _moved(self, moves: list[Move]) -> tuple[Moved, ...]:
        first: dict[str, float] = {}
        last: dict[str, float] = {}
        for move in moves:
            first.setdefault(move.slot, move.before)
            last[move.slot] = move.after
        titles = {slot: self.words.slot(slot) for slot in first}
        return tuple(
            Moved(slot, titles[slot], first[slot], last[slot], slot.rpartition(":")[2] not in COUNTED)
            for slot in first
            if titles[slot] and first[slot] != last[slot]
        )

    def _stretches(self, gathered: Gathered) -> tuple[Stretch, ...]:
        horizon = self.trace.plan.books.months
        size = QUARTER if horizon <= SHORT else YEAR
        count = -(-(horizon + self.trace.plan.books.runoff) // size)
        counts: list[dict[str, int]] = [{} for _ in range(count)]
        postings: list[list[Posting]] = [[] for _ in range(count)]
        moves: list[list[Move]] = [[] for _ in range(count)]
        for name, groups in sorted(gathered.quiet.items()):
            for group in groups:
                at = group.steps[0].month // size
                counts[at][name] = counts[at].get(name, 0) + 1
                for step in group.steps:
                    postings[step.month // size] += step.postings
        for step in gathered.months:
            postings[step.month // size] += step.postings
            moves[step.month // size] += step.moves
        return tuple(
            self._stretch((at * size + 1, min((at + 1) * size, horizon)), counts[at], postings[at], moves[at])
            for at in range(count)
            if counts[at] or postings[at]
        )

    def _stretch(self, months: tuple[int, int], counts: dict[str, int], postings: list[Posting], moves: list[Move]) -> Stretch:
        sums = {"outcome": 0.0, "cost": 0.0, "risk": 0.0}
        for posting in postings:
            if posting.account in self.own:
                sums[self.accounts[posting.account].component] += posting.amount
        titled = {self.words.event(name): number for name, number in counts.items()}
        return Stretch(
            first=months[0], last=max(months), counts=titled, outcome=sums["outcome"], cost=sums["cost"], risk=sums["risk"],
            present_value=self._value(postings), moved=self._moved([m for m in moves if m.slot.rpartition(":")[2] in STEADY]),
        )  # fmt: skip


def share_below(leaf: Leaf, value: float) -> float:
    """Give the share of worlds in which an unknown input comes out lower than a value, to a millionth."""
    parsed = leaf.parsed
    low, high = 0.0, 1.0
    for _ in range(20):
        middle = 0.5 * (low + high)
        if parsed.quantile(middle) < value:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)
