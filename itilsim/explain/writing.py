"""Writing a story from a trace."""

from __future__ import annotations

import math

from itilsim.case.case import Alternative
from itilsim.engine.reference.trace import Move, Posting, Trace
from itilsim.explain.happenings import Gathered, Gathering, Group, Step
from itilsim.explain.pieces import Happening, Money, Moved, Stretch, Told, Unknown
from itilsim.explain.statement import HALF_A_CENT, UnevenStory, ledger_lines, total_value
from itilsim.explain.story import Story
from itilsim.explain.vocabulary import Vocabulary
from itilsim.kinds.leaf import Leaf
from itilsim.ledger.discount import month_factor
from itilsim.ledger.entities import Entity, entities
from itilsim.plan.accounts import Account

YEAR = 12
QUARTER = 3
SHORT = 36
"""Months up to which quiet stretches are quarters; longer lives are summed up by year."""


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
            months_values=self._months_values(gathered), words=self.words,
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
        known = self.words.slots
        return tuple(
            Moved(slot, known[slot].title, first[slot], last[slot], known[slot].share)
            for slot in first
            if slot in known and first[slot] != last[slot]
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
        titled = {self.words.stream(name): number for name, number in counts.items()}
        steady = [move for move in moves if move.slot in self.words.slots and self.words.slots[move.slot].steady]
        return Stretch(
            first=months[0], last=max(months), counts=titled, outcome=sums["outcome"], cost=sums["cost"], risk=sums["risk"],
            present_value=self._value(postings), moved=self._moved(steady),
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
