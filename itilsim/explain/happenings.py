"""Happenings: the events of a trace gathered by what they are about, each step with what it cost and moved."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from itilsim.engine.reference.trace import Event, Move, Posting, Trace
from itilsim.explain.vocabulary import Named, Vocabulary, span
from itilsim.kinds.story import PASSES_ON, Summed
from itilsim.rules.clock import open_hours

MOST_TOLD: dict[Summed, float] = {"never": float("inf"), "very often": 24.0, "often": 4.0, "always": 0.0}
"""How many a year in this world are told one by one, as the kind says; what strikes more often is summed up."""


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
    summed: Summed
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
        self.shocks = {notice.shock: slot for slot, notice in words.notices.items() if notice.shock}
        """The stocks that give a shock, with those that follow."""
        self.shocked: dict[str, Group] = {}
        """Stocks whose shock has been given and that have not followed yet, with what gave it."""
        self.missed: dict[int, dict[str, int]] = {}
        """For each month, the service levels missed and how many of their steps."""
        self.followed: set[tuple[str, float]] = set()
        """(stock, hour) at which it has followed a shock."""
        self.phased = {named.owner for event, named in words.steps.items() if event.startswith("phase ")}
        """Blocks that go through phases: what happens to them at one moment belongs together."""
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
        struck: dict[str, int] = {}
        for group in self.groups.values():
            struck[group.identity.name] = struck.get(group.identity.name, 0) + 1
        told: list[Group] = []
        quiet: dict[str, list[Group]] = {}
        for group in filter(_begun, self.groups.values()):
            name = group.identity.name
            if struck[name] / years > MOST_TOLD[group.summed]:
                quiet.setdefault(name, []).append(group)
            else:
                told.append(group)
        return Gathered(sorted(told, key=lambda g: g.steps[0].hour), quiet, self.months)

    def _event(self, index: int, event: Event) -> None:
        named = self._named(index, event)
        if named.step.summed == "always" and not event.stream:
            self.months.append(self._step(index, event, ""))
            return
        group = self._group(event, named)
        step = self._step(index, event, self._sentence(index, event, named, group.born))
        if step.sentence or step.postings or not group.steps:
            group.steps.append(step)
        for move in step.moves:
            if move.slot in self.shocks and move.after > move.before:
                self.shocked[self.shocks[move.slot]] = group

    def _named(self, index: int, event: Event) -> Named:
        """Find what is said of an event; of a phase by what is entered, and nothing where work begins."""
        if event.kind == "begins":
            return Named(PASSES_ON, self.words.named("done", event.name).owner)
        if event.kind != "phase":
            return self.words.named(event.kind, event.name)
        entered = next(move.after for move in self.moves[index] if move.slot == f"{event.name}:phase")
        return self.words.named("phase", f"{event.name} {entered:g}")

    def _sentence(self, index: int, event: Event, named: Named, born: float) -> str:
        """Say what an event is, how long after its occurrence began, and how many office hours that were where they are counted."""
        step = named.step
        said = step.sentence if step.alone is None or self._has_followers(index, event) else step.alone
        hours = self._open_hours(event, born)
        within = "" if hours is None else f", {span(hours)} of it in office hours"
        return said.replace("{elapsed}", span(event.hour - born)).replace("{open}", within)

    def _has_followers(self, index: int, event: Event) -> bool:
        """Say whether money, a move of what people talk about or another event of the same occurrence follows at once."""
        if self.postings.get(index) or any(move.slot in self.words.slots for move in self.moves.get(index, [])):
            return True
        follows = self.trace.events[index + 1 : index + 2]
        return bool(follows) and follows[0].hour == event.hour and follows[0][3:6] == event[3:6]

    def _open_hours(self, event: Event, born: float) -> float | None:
        """Give the office hours since an occurrence began, where the work that ends is counted in them."""
        if event.kind != "done":
            return None
        r = self.trace.plan.rows
        calendar = r.works[self.trace.plan.names["works"].index(event.name)].elapsed_calendar
        return None if calendar < 0 else open_hours(calendar, r.sums, event.hour) - open_hours(calendar, r.sums, born)

    def _group(self, event: Event, named: Named) -> Group:
        """Find or begin the happening of an event.

        What one block makes of an occurrence of another one's stream that is always summed up is a happening of its own: an accident on
        one of many trips.
        """
        name = f"{event.kind} {event.name}"
        if event.stream:
            stream = self.words.named("stream", event.stream)
            key = (event.stream, event.layer, event.k)
            if stream.step.summed != "always" or named.owner in (stream.owner, event.name):
                return self.groups.setdefault(key, Group(Identity(*key), stream.step.summed, event.hour))
            key = (f"{named.owner} in {event.stream}", event.layer, event.k)
            return self.groups.setdefault(key, Group(Identity(name, event.layer, event.k), "never", event.hour))
        key = (named.owner, -1, event.k)
        if event.kind == "start":
            key = ("start", -1, 0)
        elif named.owner in self.phased and event.kind in ("phase", "due", "decision"):
            key = (f"{named.owner} at {event.hour!r}", -1, 0)
        if key not in self.groups:
            self.groups[key] = Group(Identity(name, -1, self._next(name)), "never", event.hour)
        return self.groups[key]

    def _next(self, name: str) -> int:
        self.counted[name] = self.counted.get(name, -1) + 1
        return self.counted[name]

    def _step(self, index: int, event: Event, sentence: str) -> Step:
        kind = f"{event.kind} {event.name}"
        return Step(event.hour, self.trace.months[index], kind, sentence, self.postings.get(index, []), self.moves.get(index, []))

    # ---- month ends

    def _missed(self, index: int, event: Event) -> None:
        """Tell the service levels missed in a month as one, with the credits and what they show of trust."""
        said = self.words.named("missed", event.name).step
        key = ("service levels", -1, event.k)
        levels = self.missed.setdefault(event.k, {})
        levels[said.sentence] = levels.get(said.sentence, 0) + 1
        if key not in self.groups:
            group = self.groups[key] = Group(Identity(*key), "never", event.hour)
            group.steps.append(Step(event.hour, self.months[-1].month, "missed", ""))
        step = self.groups[key].steps[0]
        known = {move.slot for move in step.moves}
        step.moves += [
            move for move in self.months[-1].moves
            if move.slot in said.shows and move.slot not in known and (move.slot, event.hour) not in self.followed
        ]  # fmt: skip
        titles = (title if number == 1 else f"{title} ({number} steps)" for title, number in levels.items())
        step.sentence = f"service levels missed in the month: {', '.join(titles)}"
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
        for name, sentence, move in self._noticed(step.moves, self._shown(index)):
            group = Group(Identity(name, -1, self._next(name)), "never", event.hour)
            group.steps.append(Step(event.hour, step.month, name, sentence, [], [move]))
            self.groups[(name, -1, group.identity.k)] = group
            if source := self.words.notices[move.slot].source:
                self.claims[source] = group
        self._follow(event, step)
        self.months.append(Step(event.hour, step.month, "month", "", quiet, step.moves))

    def _shown(self, index: int) -> set[str]:
        """Give the stocks of which the service levels missed in a month tell already."""
        shown: set[str] = set()
        for event in self.trace.events[index + 1 :]:
            if event.kind != "missed":
                break
            shown |= set(self.words.named("missed", event.name).step.shows)
        return shown

    def _noticed(self, moves: list[Move], shown: Collection[str]) -> Iterator[tuple[str, str, Move]]:
        """Give (name, sentence, move) for what people decide or notice at a month end without an event."""
        after = {move.slot: move.after for move in moves}
        for move in moves:
            notice = self.words.notices.get(move.slot)
            if notice is None or abs(move.after - move.before) < notice.least or move.slot in shown:
                continue
            falls = move.after < move.before
            sentence = notice.falls if falls else notice.rises
            explained = falls and move.slot in self.shocked
            if sentence and not explained and (not notice.clock or notice.is_due(after.get(notice.clock, -1.0))):
                said = sentence.replace("{after}", f"{move.after:g}").replace("{percent}", f"{move.after * 100.0:.3g} %")
                yield f"{move.slot} {'falls' if falls else 'rises'}", said, move

    def _follow(self, event: Event, step: Step) -> None:
        """Tell what follows a shock as a step of what gave it."""
        for slot, group in list(self.shocked.items()):
            notice = self.words.notices[slot]
            moved = [move for move in step.moves if move.slot in (slot, *notice.along)]
            if any(move.slot == slot for move in moved):
                group.steps.append(Step(event.hour, step.month, slot.rpartition(":")[2], notice.then, [], moved))
                self.followed.add((slot, event.hour))
                del self.shocked[slot]


def _begun(group: Group) -> bool:
    """Let a happening begin with the first step that says or costs something, and say whether there is one."""
    while group.steps and not (group.steps[0].sentence or group.steps[0].postings):
        del group.steps[0]
    return bool(group.steps)
