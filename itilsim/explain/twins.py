"""Twins: the same world under two alternatives, what happened in both, and where the money parts, to the cent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from itilsim.explain.happenings import Identity
from itilsim.explain.pieces import Happening
from itilsim.explain.statement import LineKey, in_cents, line_title
from itilsim.explain.story import Story
from itilsim.explain.vocabulary import as_sentence, moment

Where = Literal["both", "only here", "only there"]


@dataclass(frozen=True)
class Pair:
    """One happening and its twin; `cents` is what it brings the decision maker here less there, in present value."""

    identity: Identity
    title: str
    """When it began and what it is."""
    where: Where
    here: Happening | None
    there: Happening | None
    cents: int


@dataclass(frozen=True)
class Counted:
    """How often a stream of events struck in both twins (the same candidates), only here, only there."""

    stream: str
    title: str
    both: int
    only_here: int
    only_there: int


@dataclass(frozen=True)
class Part:
    """One line of a difference: present values in currency here and there, and their difference in cents."""

    title: str
    here: float
    there: float
    cents: int


@dataclass(frozen=True)
class SourceDifference:
    """A source's difference, the sum of its lines."""

    source: str
    title: str
    cents: int
    lines: tuple[Part, ...]


@dataclass(frozen=True)
class Twins:
    """Two stories of one world. Both tables sum to `cents`, the difference of the two present values (here less there)."""

    here: Story
    there: Story
    counted: tuple[Counted, ...]
    pairs: tuple[Pair, ...]
    by_event: tuple[Part, ...]
    """What happened in either twin and moved money, what is summed up by stream, and what came month after month by source."""
    by_source: tuple[SourceDifference, ...]
    cents: int


def compare_twins(here: Story, there: Story) -> Twins:
    """Compare two stories of the same world; raises `UnevenStory` unless the lines of both tables sum to the difference to the cent."""
    total = here.total - there.total
    cents = round(total * 100.0)
    what = f"world {here.replication}, {here.alternative.name} against {there.alternative.name}"
    pairs, parts = _events(here, there, total, f"{what}, by event")
    sources = _sources(here, there, total, f"{what}, by source")
    return Twins(here, there, _counted(here, there), pairs, parts, sources, cents)


def _counted(here: Story, there: Story) -> tuple[Counted, ...]:
    found = []
    nobody: frozenset[tuple[int, int]] = frozenset()
    for stream in sorted(here.occurrences.keys() | there.occurrences.keys()):
        a, b = here.occurrences.get(stream, nobody), there.occurrences.get(stream, nobody)
        if a or b:
            found.append(Counted(stream, _stream_title(stream, here, there), len(a & b), len(a - b), len(b - a)))
    return tuple(found)


def _stream_title(stream: str, here: Story, there: Story) -> str:
    """Name a stream as the alternative does in which it lies."""
    return (here if stream in here.occurrences else there).words.stream(stream)


def _events(here: Story, there: Story, total: float, what: str) -> tuple[tuple[Pair, ...], tuple[Part, ...]]:
    """Match happenings by identity and divide the difference among them, the streams summed up, and the months."""
    a, b = ({h.identity: h for h in story.happenings} for story in (here, there))
    identities = sorted(a.keys() | b.keys(), key=lambda i: ((a.get(i) or b[i]).steps[0].hour, i))
    values: dict[tuple[str, object], tuple[str, float, float]] = {}
    for identity in identities:
        first = (a.get(identity) or b[identity]).steps[0]
        title = f"{moment(first.hour, first.month, here.alternative.case.horizon)}: {as_sentence(first.sentence)}"
        values["event", identity] = (title, _value(a.get(identity)), _value(b.get(identity)))
    for stream in sorted(here.quiet_values.keys() | there.quiet_values.keys()):
        summed = here.quiet_values.get(stream, 0.0), there.quiet_values.get(stream, 0.0)
        values["stream", stream] = (f"{_stream_title(stream, here, there)}, all together", *summed)
    for source in sorted(here.months_values.keys() | there.months_values.keys()):
        words = (here if source in here.months_values else there).words
        charged = here.months_values.get(source, 0.0), there.months_values.get(source, 0.0)
        values["months", source] = (f"month after month: {words.source(source)}", *charged)
    cents = in_cents({key: x - y for key, (_, x, y) in values.items()}, total, what=what)
    pairs = tuple(
        Pair(i, values["event", i][0], _where(i in a, i in b), a.get(i), b.get(i), cents["event", i]) for i in identities
    )
    parts = tuple(Part(title, x, y, cents[key]) for key, (title, x, y) in values.items() if x or y)
    return pairs, parts


def _value(happening: Happening | None) -> float:
    return 0.0 if happening is None else happening.present_value


def _where(here: bool, there: bool) -> Where:
    return "both" if here and there else ("only here" if here else "only there")


def _sources(here: Story, there: Story, total: float, what: str) -> tuple[SourceDifference, ...]:
    a, b = ({line.key: line for line in story.lines} for story in (here, there))
    keys: list[LineKey] = sorted(a.keys() | b.keys())
    values = {k: (a[k].present_value if k in a else 0.0, b[k].present_value if k in b else 0.0) for k in keys}
    cents = in_cents({key: x - y for key, (x, y) in values.items()}, total, what=what)
    found = []
    for source in sorted({key.source for key in keys}):
        own = [key for key in keys if key.source == source]
        parts = tuple(Part(line_title(key, (a.get(key) or b[key]).counterparty), *values[key], cents[key]) for key in own)
        title = (a.get(own[0]) or b[own[0]]).title
        found.append(SourceDifference(source, title, sum(part.cents for part in parts), parts))
    return tuple(sorted(found, key=lambda s: (-abs(s.cents), s.source)))
