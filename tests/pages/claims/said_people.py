"""What figure 7 claims: who gains as each of them sees it, and whether both sides do in the same future."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from tests.pages.claims.forms import Context, any_of, form, listed, same, titles
from tests.pages.claims.stored import SIGNS, Floats, Share, Stored, counted
from tests.pages.claims.words import CHANCE, chance, whole


def stakeholders(stored: Stored) -> dict[str, str]:
    """Return each stakeholder's title with its name."""
    return {stored.called("stakeholders", entry["name"]): str(entry["name"]) for entry in stored.manifest.get("stakeholders", ())}


def felt(stored: Stored, who: str) -> dict[str, Floats]:
    """Return what a stakeholder perceives under each alternative that touches it in any future."""
    found = stored.split("perceived", "value", stakeholder=who)
    return {name: values for name, values in found.items() if values.any() and name in stored.names}


def most(holds: NDArray[np.bool_]) -> bool:
    """Say whether something surely holds in more than half of the futures."""
    each = counted(holds)
    return each.value - 0.5 > 2 * each.error


GROUPS = {
    "more often better off than not": "better",
    "more often worse off than not": "worse",
    "neither clearly more often than not": "even",
    "mostly as now": "same",
}


def _is(verdict: str, values: Floats, clear: float = 0.0) -> bool:
    """Say whether a verdict holds; "even" where none surely holds in at least 55 of 100 futures."""
    holds = {"better": values > 0, "worse": values < 0, "same": values == 0}
    if verdict == "even":
        return not any(_is(each, values, 0.55) for each in holds)
    return most(holds[verdict]) and counted(holds[verdict]).value >= clear


@form("gains", "With {leader:choice}, {parts:text}.")
def gains_leader(context: Context) -> Iterator[str]:
    """Every stakeholder that the leader touches stands in the group that holds in surely more than half of its futures."""
    stored, known = context.stored, stakeholders(context.stored)
    if context.choice("leader") != stored.leader:
        yield f"the leader is {stored.leader}"
    named: list[str] = []
    for clause in re.split("; ", context["parts"]):
        head, _, rest = clause.partition(": ")
        verdict = GROUPS[head]
        for part in listed(rest, rf"(?P<who>{any_of(known)})(?:,? (?:better off )?(?P<chance>{CHANCE}))?"):
            who = next(name for title, name in known.items() if same(title, part["who"]))
            named.append(who)
            values = felt(stored, who)[stored.leader]
            shares = counted(values > 0), counted(values < 0)
            if not _is(verdict, values):
                yield f"{who} is not {verdict}: better in {shares[0]}, worse in {shares[1]}"
            if verdict != "same":
                yield from chance(part["chance"] or "", shares[verdict == "worse"])
    touched = [name for name in known.values() if stored.leader in felt(stored, name)]
    if sorted(named) != sorted(touched):
        yield f"touched are {touched}"


@form("gains", "{leader:choice} makes no difference to any stakeholder in any future.")
def gains_nobody(context: Context) -> Iterator[str]:
    """It touches nobody."""
    stored = context.stored
    if context.choice("leader") != stored.leader or any(stored.leader in felt(stored, who) for who in stakeholders(stored).values()):
        yield "it touches somebody"


@form("gains", "Whichever alternative is chosen, {parts:text}.")
def gains_whichever(context: Context) -> Iterator[str]:
    """Who is better, or worse, off in surely more than half of the futures under each alternative."""
    stored, known = context.stored, stakeholders(context.stored)
    found: dict[str, list[str]] = {}
    for clause in context["parts"].split("; "):
        head, _, rest = clause.partition(": ")
        found[GROUPS[head]] = [known[next(t for t in known if same(t, part[0]))] for part in listed(rest, any_of(known))]
    for verdict in ("better", "worse"):
        right = [who for who in known.values() if _everywhere(stored, who, verdict)]
        named = found.get(verdict, [])
        if any(who not in named for who in right) or not all(_everywhere(stored, who, verdict, 0.0) for who in named):
            yield f"{verdict} off with each are {right}"


def _everywhere(stored: Stored, who: str, verdict: str, clear: float = 0.55) -> bool:
    values = felt(stored, who)
    return len(values) == len(stored.names) and all(_is(verdict, each, clear) for each in values.values())


@form("gains", "Not touched in any future by: {alternatives:choices}.", "untouched")
def gains_untouched(context: Context) -> Iterator[str]:
    """Some stakeholder is touched by all alternatives but these."""
    stored = context.stored
    missing = [[name for name in stored.names if name not in felt(stored, who)] for who in stakeholders(stored).values()]
    if context.choices("alternatives") not in missing:
        yield f"not touched are {missing}"


@form("gains", "No alternative makes a difference to: {who:text}.", "note")
def gains_left(context: Context) -> Iterator[str]:
    """Who is touched by nothing."""
    stored, known = context.stored, stakeholders(context.stored)
    named = [known[next(t for t in known if same(t, part[0]))] for part in listed(context["who"], any_of(known))]
    left = [who for who in known.values() if not felt(stored, who)]
    if named != left:
        yield f"untouched are {left}"


@form("gains", "{text:text}", "sees")
def gains_sees(context: Context) -> Iterator[str]:
    """What a stakeholder perceives stands as in the case."""
    if context["text"] not in [entry.get("perceives") for entry in context.stored.manifest["stakeholders"]]:
        yield "nobody perceives this"


def contracting(stored: Stored, alternative: str) -> list[str]:
    """Return the legal persons between which money passes under an alternative."""
    entry = next(entry for entry in stored.manifest["alternatives"] if entry["name"] == alternative)
    return list(entry.get("contracting") or [each["name"] for each in stored.manifest.get("parties", ()) if not each.get("part_of")])


def sides(stored: Stored) -> dict[str, tuple[str, Floats, Floats]]:
    """Return for each alternative with a second party that party of the largest turnover, and both net values."""
    found = {}
    for name in stored.names:
        turnover: dict[str, float] = {}
        for party in contracting(stored, name):
            if party != stored.decides and name in (sums := stored.split("values", "net_value", party=party)) and sums[name].size:
                turnover[party] = sum(float(stored.split("values", part, party=party)[name].sum()) for part in SIGNS)
        if any(turnover.values()):
            party = max(turnover, key=turnover.__getitem__)
            found[name] = party, stored.net[name], stored.split("values", "net_value", party=party)[name]
    return found


def _party(context: Context, name: str, party: str) -> Iterator[str]:
    if not same(context[name], context.stored.called("parties", party)):
        yield f"{context[name]!r} is not {party}"


@form("two-sides", "Both {buyer:text} and its provider gain in the same future: {parts:text}.")
def both_gain(context: Context) -> Iterator[str]:
    """Every alternative with a second party, the most often first, with the chance that both gain."""
    stored, found = context.stored, sides(context.stored)
    yield from _party(context, "buyer", stored.decides)
    choice = any_of(titles(stored))
    named: list[str] = []
    pattern = rf"(?P<chance>{CHANCE}) with (?P<choices>{choice}(?:, {choice})*(?: and {choice})?)"
    if "; " in context["parts"]:
        parts = [re.fullmatch(pattern, clause) for clause in context["parts"].split("; ")]
    else:
        parts = list(listed(context["parts"], pattern))
    for part in parts:
        if part is None:
            raise ValueError(context["parts"])
        for title in listed(part["choices"], choice):
            name = context.named(title[0])
            named.append(name)
            yield from chance(part["chance"], _both(found[name]))
    counts = [_both(found[name]).count for name in named]
    if sorted(named) != sorted(found) or counts != sorted(counts, reverse=True):
        yield f"with a second party are {list(found)}; both gain in {counts}"


def _both(side: tuple[str, Floats, Floats]) -> Share:
    return counted((side[1] > 0) & (side[2] > 0))


@form(
    "two-sides",
    "With {alternative:choice}, the best of these on average for {buyer:text}, {provider:text} gains while {again:text} does not "
    "{theirs:chance}; the other way round {ours:chance}.",
)
def alone_gain(context: Context) -> Iterator[str]:
    """Who gains alone with the alternative that is best for the buyer; no other is as good by the error."""
    stored, found = context.stored, sides(context.stored)
    name = context.choice("alternative")
    party, buyer, provider = found[name]
    yield from _party(context, "buyer", stored.decides)
    yield from _party(context, "again", stored.decides)
    yield from _party(context, "provider", party)
    if name != max(found, key=lambda each: float(np.mean(stored.net[each]))):
        yield "another is better on average"
    yield from chance(context["theirs"], counted((provider > 0) & ~(buyer > 0)))
    yield from chance(context["ours"], counted((buyer > 0) & ~(provider > 0)))


@form("two-sides", "{alternatives:choices} {verb:text} no second party.", "note")
def without_second(context: Context) -> Iterator[str]:
    """Which alternatives are left out."""
    alone = [name for name in context.stored.names if name not in sides(context.stored)]
    if context.choices("alternatives") != alone or context["verb"] != ("has" if len(alone) == 1 else "have"):
        yield f"without a second party are {alone}"


@form("two-sides", "Off these charts, out of {futures:count} futures each: {parts:text}.", "note")
def off_both(context: Context) -> Iterator[str]:
    """How many futures lie beyond the drawn axes of either side."""
    layout = context.page.drawn["two-sides"]["layout"]
    if whole(context["futures"]) != context.stored.futures:
        yield f"there are {context.stored.futures}"
    named = {
        context.named(part["t"]): whole(part["n"])
        for part in listed(context["parts"], rf"(?P<t>{any_of(titles(context.stored))}) (?P<n>[\d,]+)")
    }
    (left, right), (low, high) = (layout[axis]["range"] for axis in ("xaxis", "yaxis"))
    for name, (_, buyer, provider) in sides(context.stored).items():
        off = int(((buyer < left) | (buyer > right) | (provider < low) | (provider > high)).sum())
        if abs(off - named.get(name, 0)) > 0:
            yield f"{name}: {off} lie off"
