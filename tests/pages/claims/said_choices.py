"""What figures 0, 1 and 2 claim: which choice is best how often, how often each is worth less, and the difference in the same future."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, sqrt

import numpy as np

from tests.pages.claims.forms import Context, any_of, form, listed, same, titles
from tests.pages.claims.stored import Floats, Share, average, counted, level
from tests.pages.claims.words import amount_pattern, chance, size, whole


def most_often(context: Context) -> list[str]:
    """Return all choices, the one that is best most often first."""
    best = context.stored.best
    return sorted(best, key=lambda name: -best[name].count)


def told_apart(first: Share, second: Share) -> bool:
    """Say whether two counts of the same futures differ by more than two standard errors of their difference."""
    return first.count - second.count > 2 * sqrt(first.count + second.count)


def _forgoes(context: Context) -> Iterator[str]:
    yield from size(context["regret"], average(context.stored.regret[context.choice("alternative")]))


@form(
    "decision-strip",
    "{alternative:choice} is the best choice more often than any other, {chance:chance}; whoever takes "
    "it always forgoes {regret:amount} on "
    "average against picking the best in hindsight.",
)
def best(context: Context) -> Iterator[str]:
    """One choice is surely best most often."""
    order, shares = most_often(context), context.stored.best
    if context.choice("alternative") != order[0] or not told_apart(shares[order[0]], shares[order[1]]):
        yield f"best: {[(name, shares[name].count) for name in order[:2]]}"
    yield from chance(context["chance"], shares[order[0]])
    yield from _forgoes(context)


@form(
    "decision-strip",
    "{alternative:choice} and {second:choice} are best about equally often; whoever always takes {again:choice} forgoes {regret:amount} on "
    "average against picking the best in hindsight.",
)
def best_even(context: Context) -> Iterator[str]:
    """Two choices are best most often, and cannot be told apart."""
    order, shares = most_often(context), context.stored.best
    pair = [context.choice("alternative"), context.choice("second")]
    if sorted(shares[name].count for name in pair) != sorted(shares[name].count for name in order[:2]):
        yield f"best: {[(name, shares[name].count) for name in order[:3]]}"
    if told_apart(shares[order[0]], shares[order[1]]):
        yield "they can be told apart"
    if context.choice("again") != pair[0]:
        yield "the regret is that of another"
    yield from _forgoes(context)


def _disagree(context: Context) -> tuple[Floats, Iterator[str]]:
    """Return what the leader is worth more than the one most often best, and what is wrong with their names."""
    often, leader = context.choice("often"), context.choice("leader")
    faults = [
        f"{name} is not the one" for name, right in ((often, most_often(context)[0]), (leader, context.stored.leader)) if name != right
    ]
    return context.stored.net[leader] - context.stored.net[often], iter(faults)


@form(
    "decision-strip",
    "Mean and chance disagree: {often:choice} is best most often, yet {leader:choice} is worth more on average, by {gap:amount}.",
)
def disagree(context: Context) -> Iterator[str]:
    """The leader is surely worth more than the choice that is best most often."""
    gap, faults = _disagree(context)
    yield from faults
    yield from size(context["gap"], average(gap))
    if average(gap).value <= 2 * average(gap).error:
        yield f"they cannot be told apart: {average(gap)}"


@form(
    "decision-strip",
    "Mean and chance disagree: {often:choice} is best most often, yet on average it cannot be told apart from {leader:choice}.",
)
def disagree_level(context: Context) -> Iterator[str]:
    """They cannot be told apart on average."""
    gap, faults = _disagree(context)
    yield from faults
    if abs(average(gap).value) > 2 * average(gap).error:
        yield f"they can be told apart: {average(gap)}"


@form("decision-strip", "{leader:choice}, the nearest on average, is {gap:amount} behind {often:choice}.")
def disagree_below(context: Context) -> Iterator[str]:
    """The choice that is best most often is the baseline, and surely worth more."""
    gap, faults = _disagree(context)
    yield from faults
    yield from size(context["gap"], average(gap))
    if average(gap).value >= -2 * average(gap).error:
        yield f"it is not surely behind: {average(gap)}"


@form(
    "decision-strip",
    "The typical future favours {typical:choice}, the average {leader:choice}: rare futures far from the middle make the difference.",
)
def typical(context: Context) -> Iterator[str]:
    """The middle future and the mean each surely favour another choice."""
    stored = context.stored
    first, leader = context.choice("typical"), context.choice("leader")
    middle = {name: level(net, 0.5) for name, net in stored.net.items()}
    if first != max(middle, key=lambda name: middle[name].value) or leader != stored.leader:
        yield f"in the middle {middle}, on average {stored.leader}"
    if middle[first].value - middle[leader].value <= 2 * max(middle[first].error, middle[leader].error) / 1.5:
        yield f"the middles cannot be told apart: {middle[first]}, {middle[leader]}"
    gap = average(stored.net[leader] - stored.net[first])
    if gap.value <= 2 * gap.error:
        yield f"the means cannot be told apart: {gap}"


@form("dotplot", "Futures out of 50 that are worth less than {baseline:choice}: {parts:text}.")
def dots_below(context: Context) -> Iterator[str]:
    """Each alternative in order, with its dots below nought, and what it then is worth less."""
    stored = context.stored
    money = amount_pattern(stored.currency)
    pattern = rf"(?P<title>{any_of(titles(stored))}) (?P<count>fewer than 1|up to \d+|\d+|none)(?: \(then by (?P<loss>{money})\))?"
    parts = listed(context["parts"], pattern)
    if [context.named(part["title"]) for part in parts] != stored.names:
        yield "not every alternative is named, in order"
    for name, part in zip(stored.names, parts, strict=False):
        net = stored.net[name]
        dots = np.quantile(net, (np.arange(50) + 0.5) / 50)
        under = counted(net < 0)
        drawn, most = int((dots < 0).sum()), 50 * under.value
        right = f"{drawn}" if drawn else "none" if not under.count else "fewer than 1" if most <= 1 else f"up to {ceil(most)}"
        if part["count"] != right:
            yield f"{name}: {drawn} dots are below, of {under}"
        if part["loss"]:
            yield from size(part["loss"], average(-net[net < 0]))
        elif under.count:
            yield f"{name}: how much it then is worth less is not said"


@form("dotplot", "In all {futures:count} futures every alternative is worth at least as much as {baseline:choice}.")
def dots_never(context: Context) -> Iterator[str]:
    """None is ever worth less."""
    if any((context.stored.net[name] < 0).any() for name in context.stored.names) or whole(context["futures"]) != context.stored.futures:
        yield "some are worth less"


def _pair(context: Context) -> Floats:
    """Return the difference of a pair in the same futures, and remember it for the sentence that follows."""
    return context.stored.net[context.choice("a")] - context.stored.net[context.choice("b")]


def _of_leader(context: Context) -> Iterator[str]:
    """The pairs of figure 2 go through the alternatives from the one next to the leader on; the answer's is the first of them."""
    stored = context.stored
    if context.choice("a") != stored.leader:
        yield f"the leader is {stored.leader}"
    if context.said.section == "answer":
        return
    ranked = sorted((name for name in stored.names if name != stored.leader), key=lambda name: -float(np.mean(stored.net[name])))
    at = sum(name in PAIRS for name in context.earlier)
    expected = [*ranked, stored.baseline][at]
    if not same(stored.title(context.choice("b")), stored.title(expected)):
        yield f"the next alternative is {expected}"


@form(
    "answer same-future",
    "{a:choice} is worth more than {b:choice} {chance:chance}, then by {gain:amount}; when it is worth less, by {loss:amount}.",
    "*",
)
def pair_chance(context: Context) -> Iterator[str]:
    """How often it is worth more, by how much, and by how much less when it is not."""
    gap = _pair(context)
    yield from _of_leader(context)
    yield from chance(context["chance"], counted(gap > 0))
    yield from size(context["gain"], average(gap[gap > 0]))
    yield from size(context["loss"], average(-gap[gap < 0]))


@form("answer same-future", "{a:choice} and {b:choice} are worth the same in every one of the {futures:count} futures.", "*")
def pair_same(context: Context) -> Iterator[str]:
    """They never differ."""
    yield from _of_leader(context)
    if _pair(context).any() or whole(context["futures"]) != context.stored.futures:
        yield "they differ"


@form(
    "answer same-future",
    "{a:choice} is never worth less than {b:choice} in the {futures:count} futures; on average it is {mean:amount} ahead.",
    "*",
)
def pair_always(context: Context) -> Iterator[str]:
    """It is never worth less."""
    yield from _of_leader(context)
    yield from size(context["mean"], average(_pair(context)))
    if (_pair(context) < 0).any() or whole(context["futures"]) != context.stored.futures:
        yield "it is worth less in some futures"


@form(
    "answer same-future",
    "{a:choice} is never worth more than {b:choice} in the {futures:count} futures; on average it is {mean:amount} behind.",
    "*",
)
def pair_never(context: Context) -> Iterator[str]:
    """It is never worth more."""
    yield from _of_leader(context)
    yield from size(context["mean"], average(_pair(context)))
    if (_pair(context) > 0).any() or whole(context["futures"]) != context.stored.futures:
        yield "it is worth more in some futures"


def _verdict(context: Context) -> Floats:
    """Return the difference of the pair that the sentence before spoke of."""
    if context.earlier[-1:] != ["pair_chance"]:
        raise ValueError("does not follow the sentence that says what 'it' is")
    return _pair(context.before[-1])


def _surely(context: Context, sign: int) -> Iterator[str]:
    """The mean is what is said, and surely on that side of nought."""
    mean = average(_verdict(context))
    if sign * mean.value <= 2 * mean.error:
        yield f"the mean is {mean}"
    yield from size(context["mean"], mean)


def _usually(context: Context, sign: int) -> Iterator[str]:
    """It is surely more often on that side of nought than on the other."""
    gap = sign * _verdict(context)
    if not told_apart(counted(gap > 0), counted(gap < 0)):
        yield f"'usually' for {int((gap > 0).sum())} of {gap.size}, against {int((gap < 0).sum())}"


def _usual(context: Context, sign: int) -> Iterator[str]:
    """Nothing is said of a disagreement: it is not surely more often on the other side of nought."""
    gap = sign * _verdict(context)
    if told_apart(counted(gap < 0), counted(gap > 0)):
        yield "mean and chance disagree, and it is not said"


@form("answer same-future", "On average it is {mean:amount} ahead.", "*")
def ahead(context: Context) -> Iterator[str]:
    """Surely ahead on average."""
    yield from _surely(context, 1)
    yield from _usual(context, 1)


@form("answer same-future", "On average it is {mean:amount} behind.", "*")
def behind(context: Context) -> Iterator[str]:
    """Surely behind on average."""
    yield from _surely(context, -1)
    yield from _usual(context, -1)


@form("answer same-future", "Mean and chance disagree: it is usually behind, yet on average {mean:amount} ahead.", "*")
def ahead_rarely(context: Context) -> Iterator[str]:
    """Ahead on average, but usually behind."""
    yield from _surely(context, 1)
    yield from _usually(context, -1)


@form("answer same-future", "Mean and chance disagree: it is usually ahead, yet on average {mean:amount} behind.", "*")
def behind_usually(context: Context) -> Iterator[str]:
    """Behind on average, but usually ahead."""
    yield from _surely(context, -1)
    yield from _usually(context, 1)


@form("answer same-future", "On average the two cannot be told apart by {futures:count} futures.", "*")
def pair_level(context: Context) -> Iterator[str]:
    """The means cannot be told apart."""
    gap = _verdict(context)
    if abs(average(gap).value) > 2 * average(gap).error or whole(context["futures"]) != gap.size:
        yield f"the mean is {average(gap)} by {gap.size} futures"


PAIRS = ("pair_chance", "pair_same", "pair_always", "pair_never")
