"""What figure 9 claims of the one future that is shown first: where it ends, what sets it apart, and how its twin does."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from math import ceil

import numpy as np

from tests.pages.claims.forms import Context, form, same
from tests.pages.claims.said_makeup import gaps_by_source
from tests.pages.claims.stored import Figure, Floats, Stored, average
from tests.pages.claims.words import amount, whole


@cache
def _gaps(stored: Stored, alternative: str) -> dict[str, Floats]:
    return gaps_by_source(stored, alternative)


def kept(stored: Stored) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """Return the futures whose months are stored."""
    return np.unique(stored.rows("paths")["replication"]).astype(np.int64)


def exactly(text: str, value: float) -> Iterator[str]:
    """Check the amount of one future, which has no error."""
    yield from amount(text, Figure(value, 0.0), signed=True)


@form(
    "one-future",
    "A click on any dot above opens its future here. At the 1-in-20 bad value of what is worth most on "
    "average: Under {alternative:choice}, "
    "future {future:count} ends at {value:amount} against {baseline:choice}; the average is {mean:amount}.",
)
def future_ends(context: Context) -> Iterator[str]:
    """The stored future nearest to the 1-in-20 bad value of the leader, where it ends, and the mean."""
    stored, name = context.stored, context.choice("alternative")
    net, number = stored.net[name], whole(context["future"])
    if name != stored.leader or context.choice("baseline") != stored.baseline:
        yield f"the leader is {stored.leader}"
    distance = np.abs(net - np.quantile(net, 0.05))
    if number not in kept(stored) or distance[number] > distance[kept(stored)].min() * (1 + 1e-9):
        yield f"nearest to the 1-in-20 bad value is {kept(stored)[np.argmin(distance[kept(stored)])]}"
    yield from exactly(context["value"], float(net[number]))
    yield from amount(context["mean"], average(net), signed=True)


def _future(context: Context) -> tuple[str, int]:
    first = next(each for each in context.before if each.form == "future_ends")
    return first.choice("alternative"), whole(first["future"])


def _named(context: Context, alternative: str) -> str:
    gaps = _gaps(context.stored, alternative)
    others = [context.stored.baseline, *context.stored.names]
    known = {source: [context.stored.source(name, source) for name in (alternative, *others)] for source in gaps}
    return next(source for source, shown in known.items() if any(same(context["source"], title) for title in shown))


def _apart(context: Context) -> Iterator[str]:
    name, at = _future(context)
    gaps = _gaps(context.stored, name)
    away = {source: float(gap[at] - gap.mean()) for source, gap in gaps.items()}
    own, toward = _named(context, name), np.sign(sum(away.values()))
    if toward * away[own] < max(toward * each for each in away.values()) * (1 - 1e-9):
        yield f"farthest from the average are {sorted(away.items(), key=lambda each: -toward * each[1])[:2]}"
    yield from exactly(context["here"], float(gaps[own][at]))
    yield from amount(context["mean"], average(gaps[own]), signed=True)
    without = float(context.stored.net[name][at]) - away[own]
    if ("without" in context.fields) != (without * context.stored.net[name][at] < 0):
        yield f"without it the future ends at {without:g}"
    if "without" in context.fields:
        yield from exactly(context["without"], without)


@form("one-future", "What sets it apart most is {source:text}: {here:amount} here, {mean:amount} on average{when:when}.")
def future_apart(context: Context) -> Iterator[str]:
    """The source farthest from its average in the direction of the whole."""
    yield from _apart(context)


@form(
    "one-future",
    "What sets it apart most is {source:text}: {here:amount} here, {mean:amount} on average{when:when}. "
    "With the average amount instead, the "
    "future would end at {without:amount}.",
)
def future_turned(context: Context) -> Iterator[str]:
    """The same where it turns the sign."""
    yield from _apart(context)


def _twin(context: Context, sign: int) -> Iterator[str]:
    stored = context.stored
    name, at = _future(context)
    twin = context.choice("twin")
    ranked = sorted((each for each in stored.names if each != name), key=lambda each: -float(np.mean(stored.net[each])))
    if twin != ranked[0]:
        yield f"the twin is {ranked[0]}"
    yield from exactly(context["there"], float(stored.net[twin][at]))
    gap = float(stored.net[name][at] - stored.net[twin][at])
    if np.sign(gap) != sign:
        yield f"the twin is {-gap:g} better"
    if not sign:
        return
    yield from amount(context["gap"], Figure(abs(gap), 0.0))
    here, there = _gaps(stored, name), _gaps(stored, twin)
    zero = np.zeros(stored.futures)
    parts = {source: float(here.get(source, zero)[at] - there.get(source, zero)[at]) for source in {*here, *there}}
    own = next(s for s in parts if any(same(context["source"], stored.source(n, s)) for n in (name, twin, *stored.names, stored.baseline)))
    if sign * parts[own] < max(sign * each for each in parts.values()) * (1 - 1e-9):
        yield f"most differ {sorted(parts.items(), key=lambda each: -sign * each[1])[:2]}"
    yield from exactly(context["part"], parts[own])


@form(
    "one-future",
    "In the same future {twin:choice} ends at {there:amount}, {gap:amount} better; what differs most "
    "between the two is {source:text} ({part:amount} here).",
)
def twin_better(context: Context) -> Iterator[str]:
    """The twin ends better."""
    yield from _twin(context, -1)


@form(
    "one-future",
    "In the same future {twin:choice} ends at {there:amount}, {gap:amount} worse; what differs most "
    "between the two is {source:text} ({part:amount} here).",
)
def twin_worse(context: Context) -> Iterator[str]:
    """The twin ends worse."""
    yield from _twin(context, 1)


@form("one-future", "In the same future {twin:choice} ends at the same value, {there:amount}.")
def twin_same(context: Context) -> Iterator[str]:
    """The twin ends the same."""
    yield from _twin(context, 0)


@form("one-future", "The contract ({relationship:text}) was not renewed and ended in month {month:count}.")
def future_not_renewed(context: Context) -> Iterator[str]:
    """How it ended."""
    yield from _ended(context, "not renewed")


@form("one-future", "The contract ({relationship:text}) was ended early, in month {month:count}.")
def future_ended_early(context: Context) -> Iterator[str]:
    """How it ended."""
    yield from _ended(context, "ended early")


@form("one-future", "The provider left in month {month:count} ({relationship:text}).")
def future_left(context: Context) -> Iterator[str]:
    """How it ended."""
    yield from _ended(context, "provider left")


@form("one-future", "It never went live: it was given up in month {month:count} ({relationship:text}).")
def future_never_live(context: Context) -> Iterator[str]:
    """How it ended."""
    yield from _ended(context, "never went live")


def _ended(context: Context, how: str) -> Iterator[str]:
    name, at = _future(context)
    rows = context.stored.rows("lifetimes")
    (place,) = np.flatnonzero((rows["alternative"] == name) & (rows["replication"] == at))
    lived = {key.removeprefix("ending."): str(rows[key][place]) for key in rows if key.startswith("ending.")}
    ends = {each: (ending, ceil(rows[f"months_lived.{each}"][place])) for each, ending in lived.items() if ending}
    if (how, whole(context["month"])) not in ends.values():
        yield f"it ended as {ends}"


@form(
    "one-future",
    "Each dot opens the one of the first {stored:futures} whose value is nearest to what the dot stands "
    "for, so the amount at the end of the line may differ a little from the dot's.",
    "note",
)
def future_opened(context: Context) -> Iterator[str]:
    """How many futures have their months stored."""
    if whole(context["stored"].split()[0]) != kept(context.stored).size:
        yield f"stored are {kept(context.stored).size}"


@form("one-future", "They are stored for {told:futures}.", "note")
def future_told(context: Context) -> Iterator[str]:
    """Of how many futures stories are stored."""
    rows = context.stored.rows("stories")
    told = {(name, world) for name, world in zip(rows["alternative"], rows["replication"], strict=True)}
    if whole(context["told"].split()[0]) != len(told):
        yield f"they are stored for {len(told)}"
