"""What figure 6 claims: what the risks take, together and alone, and whether that is beyond the appetite that the case states."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from tests.pages.claims.forms import Context, any_of, form, listed, same, titles
from tests.pages.claims.said_rest import risks
from tests.pages.claims.stored import Figure, Floats, Share, Stored, average, counted, level
from tests.pages.claims.words import PERCENT, SLACK, amount, chance, percent, sized, whole


def together(stored: Stored, name: str) -> Floats:
    """Return what all risks take from the decision maker under one choice, future by future."""
    rows = [found[name][1] for found in risks(stored).values() if name in found]
    return np.sum(rows, axis=0) if rows else np.zeros(stored.futures)


def beyond(context: Context) -> dict[str, Share]:
    """Return in how many futures the losses of each choice exceed the amount of the appetite."""
    stored = context.stored
    limit = float(stored.manifest["appetite"]["amount"])
    return {name: counted(together(stored, name) > limit) for name in stored.net}


def verdict(context: Context, share: Share) -> int:
    """1: surely more often than accepted, -1: surely less often, 0: too close to call."""
    gap = share.value - float(context.stored.manifest["appetite"]["chance"])
    return 0 if abs(gap) <= 2 * share.error else int(np.sign(gap))


def _often(text: str, true: Share) -> Iterator[str]:
    """Check a share of the futures within a sentence."""
    shown = re.fullmatch(rf"in (?P<percent>{PERCENT}) of futures", text)
    yield from percent(shown["percent"], true) if shown else chance(text, true)


def _stated(context: Context) -> Iterator[str]:
    """Check that amount, chance and source of the appetite are the case's."""
    stated = context.stored.manifest["appetite"]
    if "amount" in context.fields and abs(sized(context["amount"])[0] - stated["amount"]) > 5e-4 * stated["amount"]:
        yield f"the appetite is {stated}"
    if "accepted" in context.fields and abs(float(re.findall(r"[\d.]+", context["accepted"])[0]) / 100 - stated["chance"]) > 5e-4:
        yield f"the appetite is {stated}"
    if "source" in context.fields and context["source"].rstrip(".") != stated["source"].rstrip("."):
        yield f"the appetite is {stated}"


@form(
    "exceedance",
    "In 19 futures of 20 the risks together take no more than {loss:amount} under {leader:choice}, no more than {now:amount} under "
    "{baseline:choice}.",
)
def risks_often(context: Context) -> Iterator[str]:
    """What 1 future in 20 at the most exceeds under the leader and today."""
    stored = context.stored
    if (context.choice("leader"), context.choice("baseline")) != (stored.leader, stored.baseline):
        yield f"the leader is {stored.leader}"
    for text, name in ((context["loss"], stored.leader), (context["now"], stored.baseline)):
        yield from amount(text, level(together(stored, name), 0.95))


@form(
    "exceedance",
    "Under {leader:choice} the risks together take more than {amount:amount} {often:text}; the appetite says {accepted:text}.",
)
def appetite_leader(context: Context) -> Iterator[str]:
    """How often the leader goes beyond the appetite."""
    yield from _stated(context)
    if context.choice("leader") != context.stored.leader:
        yield f"the leader is {context.stored.leader}"
    yield from _often(context["often"], beyond(context)[context.stored.leader])


def _listed(context: Context, side: int) -> Iterator[str]:
    """Check that those are named, each with its share, who are surely beyond (1) or too close to call (0)."""
    shares = beyond(context)
    parts = listed(context["parts"], rf"(?P<title>{any_of(titles(context.stored))}) \((?P<share>{PERCENT})\)")
    named = [context.named(part["title"]) for part in parts]
    if named != [name for name, share in shares.items() if verdict(context, share) == side]:
        yield f"against the appetite stand { {name: verdict(context, share) for name, share in shares.items()} }"
    for name, part in zip(named, parts, strict=True):
        yield from percent(part["share"], shares[name])


def _all(context: Context, sides: set[int]) -> Iterator[str]:
    found = {verdict(context, share) for share in beyond(context).values()}
    if not found <= sides:
        yield f"against the appetite stand {found}"


@form("exceedance", "Beyond the appetite: {parts:text}.")
def appetite_beyond(context: Context) -> Iterator[str]:
    """Who surely goes beyond it."""
    yield from _listed(context, 1)


@form("exceedance", "Every choice is beyond the appetite.")
def appetite_beyond_all(context: Context) -> Iterator[str]:
    """All go beyond it."""
    yield from _all(context, {1})


@form("exceedance", "Nothing is surely beyond the appetite.")
def appetite_beyond_none(context: Context) -> Iterator[str]:
    """None surely goes beyond it."""
    yield from _all(context, {0, -1})


@form("exceedance", "Too close to call by {futures:count} futures: {parts:text}.")
def appetite_close(context: Context) -> Iterator[str]:
    """Who can be told to be neither within it nor beyond."""
    yield from _listed(context, 0)
    if whole(context["futures"]) != context.stored.futures:
        yield f"there are {context.stored.futures} futures"


@form("exceedance", "Whether any choice is beyond it is too close to call by {futures:count} futures.")
def appetite_close_all(context: Context) -> Iterator[str]:
    """Of none it can be told."""
    yield from _all(context, {0})


@form(
    "exceedance",
    "The appetite: over {amount:amount} in no more than {accepted:text} of futures. Source: {source:text}. The shaded corner is beyond it.",
    "note",
)
def appetite_note(context: Context) -> Iterator[str]:
    """What the case states."""
    yield from _stated(context)


def _alone(context: Context) -> Floats:
    """Return the losses of the risk that a sentence speaks of, under the choice that it names."""
    stored, found = context.stored, risks(context.stored)
    own = next(risk for risk in found if any(same(context["risk"], stored.source(each, risk)) for each in found[risk]))
    return found[own][context.choice("alternative")][1]


def _most(context: Context) -> Iterator[str]:
    stored, found = context.stored, risks(context.stored)
    own = next(risk for risk in found if any(same(context["risk"], stored.source(each, risk)) for each in found[risk]))
    means = {name: average(row[1]).value for name, row in found[own].items()}
    if means[context.choice("alternative")] < max(means.values()) * (1 - 1e-9):
        yield f"on average it takes {means}"
    yield from _often(context["often"], counted(_alone(context) > 0))


AS_MUCH = "{risk:text} takes as much under {alternative:choice} as under any other choice: something {often:text}, "


@form("exceedance", AS_MUCH + "and in 1 future of 100 more than {loss:amount}.")
def risk_alone(context: Context) -> Iterator[str]:
    """Where one risk takes most, how often anything, and what 1 future in 100 exceeds."""
    yield from _most(context)
    losses = _alone(context)
    yield from amount(context["loss"], level(losses, 0.99))
    over = counted(losses > (0.0 if context["loss"].startswith(("~", "less")) else sized(context["loss"])[0] / SLACK))
    if over.value < 0.01 - 2 * over.error:
        yield f"more is taken in {over} only"


@form("exceedance", AS_MUCH + "at the most {loss:amount}.")
def risk_alone_rare(context: Context) -> Iterator[str]:
    """The same of a risk that takes something in fewer than 1 future of 100."""
    yield from _most(context)
    yield from amount(context["loss"], Figure(float(_alone(context).max()), 0.0))


@form("exceedance", "Alone it takes more than {amount:amount} {often:text}; the appetite for all risks together says {accepted:text}.")
def risk_alone_appetite(context: Context) -> Iterator[str]:
    """How often one risk alone goes beyond the appetite of all together."""
    yield from _stated(context)
    losses = _alone(context.before[-1])
    yield from _often(context["often"], counted(losses > float(context.stored.manifest["appetite"]["amount"])))
