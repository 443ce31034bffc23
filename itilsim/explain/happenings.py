"""Happenings: the events of a trace gathered by what they are about, each step with what it cost and moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from itilsim.engine.reference.trace import Event, Move, Posting, Trace
from itilsim.explain.sentences import phase_sentence, sentence_of
from itilsim.explain.vocabulary import Named, Vocabulary
from itilsim.rules.clock import open_hours

OFTEN = 4.0
"""A risk that strikes more often than this a year in this world is summed up, not told one by one."""
SUMMED_UP = ("demand", "upkeep")
"""Sections whose events are summed up by stretch."""
TRUST_FALLS = 0.05
"""A fall of trust in one month that is told even without an event behind it."""


class Identity(NamedTuple):
    """What is the same in twins: the stream's name, layer and candidate; or a name and its how-manieth time, where there is no stream."""

    name: str
    layer: int
    k: int


@dataclass
class Step:
    """One event of a happening: the hour, the month (0, 1, ...), its kind and name, a sentence, its postings and moves."""

    hour: float
    month: int
    kind: str
    sentence: str
    postings: list[Posting] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)


@dataclass
class Group:
    """All that belongs to one happening."""

    identity: Identity
    section: str
    born: float
    steps: list[Step] = field(default_factory=list)


@dataclass
class Gathered:
    """A trace in groups; `months` holds what month ends charged and moved."""

    told: list[Group]
    quiet: dict[str, list[Group]]
    """Groups that are summed up, by stream."""
    months: list[Step]


class Gathering:
    """Gathers the events of one trace."""

    def __init__(self, trace: Trace, words: Vocabulary) -> None:
        self.trace, self.words = trace, words
        self.groups: dict[tuple[str, int, int], Group] = {}
        self.counted: dict[str, int] = {}
        self.months: list[Step] = []
        self.claims: dict[str, Group] = {}
        """Whose happening a later month's posting of a source belongs to: a severance is paid a month after somebody leaves."""
        self.shocked: dict[str, Group] = {}
        """Relationships whose trust has been shocked and has not followed yet, with what gave the shock."""
        self.missed: dict[int, dict[str, int]] = {}
        """For each month, the service levels missed and how many of their steps."""
        self.followed: set[tuple[str, float]] = set()
        """(relationship, hour) at which trust has followed a shock."""
        self.postings: dict[int, list[Posting]] = {}
        self.moves: dict[int, list[Move]] = {}
        for posting in trace.postings:
            self.postings.setdefault(posting.event, []).append(posting)
        for move in trace.moves:
            self.moves.setdefault(move.event, []).append(move)

    def gather(self) -> Gathered:
        """Give the groups, each in the order of its first event."""
        for index, event in enumerate(self.trace.events):
            if event.kind == "month":
                self._month(index, event)
            elif event.kind == "missed":
                self._missed(index, event)
            else:
                self._event(index, event)
        years = self.trace.plan.books.months / 12.0
        often = {s: sum(g.identity.name == s for g in self.groups.values()) / years for s in self.trace.plan.names["streams"]}
        told: list[Group] = []
        quiet: dict[str, list[Group]] = {}
        for group in self.groups.values():
            name = group.identity.name
            frequent = often.get(name, 0.0) > OFTEN and group.section in ("risks", "")
            if name in often and (group.section in SUMMED_UP or frequent):
                quiet.setdefault(name, []).append(group)
            else:
                told.append(group)
        return Gathered(sorted(told, key=lambda g: g.steps[0].hour), quiet, self.months)

    def _event(self, index: int, event: Event) -> None:
        named = self._named(event)
        group = self._group(index, event, named)
        if named.section in SUMMED_UP:
            sentence = ""
        elif event.kind == "phase":
            sentence = phase_sentence(named, self.words, self._entered(index, event))
        else:
            elapsed = event.hour - group.born
            sentence = sentence_of(event, named, self.words, elapsed=elapsed, open_hours=self._open_hours(event, group.born))
            if named.section == "risks" and named.rest == "attack" and not self._succeeds(index, event):
                sentence += ", but the keys have been changed"
        step = self._step(index, event, sentence)
        if step.sentence or step.postings or not group.steps:
            group.steps.append(step)
        for move in step.moves:
            if move.slot.endswith(":shock") and move.after > move.before:
                self.shocked[move.slot.removesuffix(":shock")] = group

    def _named(self, event: Event) -> Named:
        return self.words.taken_apart(event.name, ("relationships",)) if event.kind == "phase" else self.words.taken_apart(event.name)

    def _succeeds(self, index: int, event: Event) -> bool:
        """Say whether a loss follows from an attack at once."""
        follows = self.trace.events[index + 1 : index + 2]
        return bool(follows) and follows[0].kind == "loss" and follows[0][3:6] == event[3:6]

    def _entered(self, index: int, event: Event) -> float:
        """Give the phase that a relationship enters with an event."""
        return next(move.after for move in self.moves[index] if move.slot == f"{event.name}:phase")

    def _open_hours(self, event: Event, born: float) -> float | None:
        """Give the office hours since an occurrence began, where the work that ends is counted in them."""
        if event.kind != "done":
            return None
        r = self.trace.plan.rows
        calendar = r.works[self.trace.plan.names["works"].index(event.name)].elapsed_calendar
        return None if calendar < 0 else open_hours(calendar, r.sums, event.hour) - open_hours(calendar, r.sums, born)

    def _group(self, index: int, event: Event, named: Named) -> Group:
        """Find or begin the happening of an event."""
        if event.stream:
            key = (event.stream, event.layer, event.k)
            section = self.words.taken_apart(event.stream).section
            return self.groups.setdefault(key, Group(Identity(*key), section, event.hour))
        key = (named.name, -1, event.k)
        if event.kind in ("phase", "due") and named.section == "relationships":
            key = (f"{named.name} at {event.hour!r}", -1, event.k)
        if key not in self.groups:
            name = f"{event.kind} {event.name}"
            if event.kind == "phase":
                name += f" {self._entered(index, event):g}"
            self.groups[key] = Group(Identity(name, -1, self._next(name)), named.section, event.hour)
        return self.groups[key]

    def _next(self, name: str) -> int:
        self.counted[name] = self.counted.get(name, -1) + 1
        return self.counted[name]

    def _step(self, index: int, event: Event, sentence: str) -> Step:
        kind = f"{event.kind} {event.name}"
        return Step(event.hour, self.trace.months[index], kind, sentence, self.postings.get(index, []), self.moves.get(index, []))

    # ---- month ends

    def _missed(self, index: int, event: Event) -> None:
        """Tell the service levels missed in a month as one, with the credits and what trust did then."""
        named = self.words.taken_apart(event.name, ("promises",))
        key = ("service levels", -1, event.k)
        levels = self.missed.setdefault(event.k, {})
        title = self.words.block("promises", named.name)
        levels[title] = levels.get(title, 0) + 1
        if key not in self.groups:
            of = getattr(named.block, "relationship", "")
            moves = [m for m in self.months[-1].moves if m.slot == f"{of}:trust" and (of, event.hour) not in self.followed]
            group = self.groups[key] = Group(Identity(*key), "promises", event.hour)
            group.steps.append(Step(event.hour, self.months[-1].month, "missed", "", [], moves))
        step = self.groups[key].steps[0]
        said = (title if number == 1 else f"{title} ({number} steps)" for title, number in levels.items())
        step.sentence = f"service levels missed in the month: {', '.join(said)}"
        step.postings += self.postings.get(index, [])

    def _month(self, index: int, event: Event) -> None:
        """Divide a month end into what people notice and the quiet rest."""
        step = self._step(index, event, "")
        accounts = self.trace.plan.books.accounts
        quiet = []
        for posting in step.postings:
            claimed = self.claims.get(accounts[posting.account].source)
            if claimed is None:
                quiet.append(posting)
            elif claimed.steps[-1].hour == event.hour:
                claimed.steps[-1].postings.append(posting)
            else:
                claimed.steps.append(Step(event.hour, step.month, "due", "what it costs is due", [posting]))
        missed = self.trace.events[index + 1 : index + 2]
        for name, sentence, moves in self._noticed(step.moves, told=bool(missed) and missed[0].kind == "missed"):
            group = Group(Identity(name, -1, self._next(name)), "", event.hour)
            group.steps.append(Step(event.hour, step.month, name, sentence, [], moves))
            self.groups[(name, -1, group.identity.k)] = group
            if name.endswith(":units"):
                self.claims[f"{name.removesuffix(':units')} severance"] = group
        self._shocks(event, step)
        self.months.append(Step(event.hour, step.month, "month", "", quiet, step.moves))

    def _noticed(self, moves: list[Move], *, told: bool) -> Iterator[tuple[str, str, list[Move]]]:
        """Give (name, sentence, moves) for what people decide or notice at a month end without an event.

        `told` says that service levels missed tell of a fall of trust already.
        """
        relationships, costs = self.words.blocks.get("relationships", {}), self.words.blocks.get("costs", {})
        for move in moves:
            head, _, rest = move.slot.partition(":")
            fewer = move.after < move.before
            if rest == "units" and head in costs:
                way = "leaves" if fewer else "comes back"
                yield move.slot, f"{self.words.block('costs', head)}: a unit {way}, {move.after:g} remain", [move]
            elif head not in relationships:
                continue
            elif rest == "purse":
                way = "cuts its effort for a year: running cash is over plan" if fewer else "lifts the cut: running cash is in plan"
                yield move.slot, f"the sponsor {way}", [move]
            elif rest == "margin-effort":
                way = "cuts its effort: its margin is thin" if fewer else "lifts its cut: its margin is sound again"
                yield move.slot, f"{self.words.relationship(head)['provider']} {way}", [move]
            elif move.before - move.after >= TRUST_FALLS and rest in ("trust", "goodwill"):
                explained = rest == "trust" and (told or head in self.shocked)
                if not explained:
                    yield f"{move.slot} falls", "a bad month", [move]

    def _shocks(self, event: Event, step: Step) -> None:
        """Tell the fall of trust after what gave the shock."""
        for relationship, group in list(self.shocked.items()):
            fallen = [m for m in step.moves if m.slot in (f"{relationship}:trust", f"{relationship}:engagement")]
            if any(move.slot.endswith(":trust") for move in fallen):
                group.steps.append(Step(event.hour, step.month, "trust", "trust follows, and effort begins to", [], fallen))
                self.followed.add((relationship, event.hour))
                del self.shocked[relationship]
