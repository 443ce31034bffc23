"""What figures 3 and 11 claim: the chance of at least so much, and how the comparison settles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from tests.pages.claims.forms import Context, any_of, form, listed, titles
from tests.pages.claims.stored import Figure, Stored, average, counted
from tests.pages.claims.words import PERCENT, amount, percent, place, size, sized, whole


def reached(context: Context) -> tuple[float, dict[str, NDArray[np.bool_]]]:
    """Return the target that a sentence speaks of, and in which futures each alternative reaches it."""
    found = re.fullmatch(r"at (?P<side>least|most) (?P<amount>.+?) (?P<more>more|less) than .+|at least as much as .+", context["target"])
    if found is None:
        raise ValueError(context["target"])
    target = (1 if found["side"] == "least" else -1) * sized(found["amount"])[0] if found["amount"] else 0.0
    known = [float(each["amount"]) for each in context.page.drawn["at-least"]["layout"]["meta"]["targets"]]
    exact = min(known, key=lambda each: abs(each - target))
    if abs(exact - target) > 1e-6 * abs(exact) + 1e-6 or (found["side"] == "most") != (exact < 0):
        raise ValueError(f"{target} is no target")
    return exact, {name: context.stored.net[name] >= exact for name in context.stored.names}


def apart(first: NDArray[np.bool_], second: NDArray[np.bool_]) -> float:
    """Return by how many standard errors the first holds more often than the second, told from the futures in which they differ."""
    only, other = int((first & ~second).sum()), int((second & ~first).sum())
    return (only - other) / sqrt(only + other) if only != other else 0.0


def _itself(context: Context, target: float) -> Iterator[str]:
    said = context["itself"] if "itself" in context.fields else ""
    if bool(said) != (target <= 0.0) or (said and not any(said == f"; {t} itself is sure" for t in spelled(context))):
        yield f"{said!r} for a target of {target:g}"


def spelled(context: Context) -> list[str]:
    """Return how the baseline may be spelled inside a sentence."""
    title = context.stored.title(context.stored.baseline)
    return [title, title[:1].lower() + title[1:]]


@form("at-least", "To be worth {target:target}, {best:choice} is the safest bet ({share:text} of the futures){itself:itself}.")
def safest(context: Context) -> Iterator[str]:
    """One alternative surely reaches the target most often."""
    target, holds = reached(context)
    best = context.choice("best")
    yield from _itself(context, target)
    yield from percent(context["share"], counted(holds[best]))
    for name, others in holds.items():
        if name != best and apart(holds[best], others) <= 2:
            yield f"{name} reaches it in {others.sum()}, {best} in {holds[best].sum()}"
    if len(holds) == 1:
        yield "there is no other to be safer than"


@form("at-least", "{best:choice} is worth {target:target} in {share:text} of the futures{itself:itself}.")
def safest_only(context: Context) -> Iterator[str]:
    """There is one alternative."""
    target, holds = reached(context)
    yield from _itself(context, target)
    yield from percent(context["share"], counted(holds[context.choice("best")]))
    if len(holds) != 1 or holds[context.choice("best")].all():
        yield f"there are {list(holds)}"


def _cannot_be_told(context: Context, holds: dict[str, NDArray[np.bool_]], named: list[str]) -> Iterator[str]:
    best = max(holds, key=lambda name: int(holds[name].sum()))
    if holds[best].sum() not in [holds[name].sum() for name in named]:
        yield f"{best} is not named"
    for name, others in holds.items():
        only = int((holds[best] ^ others).sum())
        errors = apart(holds[best], others) * sqrt(only / (only + 2)) if only else 0.0
        if name in named and errors > 2 + 1e-9:
            yield f"{name} can be told from {best}"
        if name not in named and errors <= 2 - 1e-9 and holds[best].sum() != others.sum():
            yield f"{name} cannot be told from {best} either"
    if whole(context["futures"]) != context.stored.futures:
        yield f"there are {context.stored.futures} futures"


@form("at-least", "To be worth {target:target}, {alternatives:text} cannot be told apart by {futures:count} futures{itself:itself}.")
def safest_level(context: Context) -> Iterator[str]:
    """Some cannot be told apart; each is named with its chance."""
    target, holds = reached(context)
    yield from _itself(context, target)
    parts = listed(context["alternatives"], rf"(?P<title>{any_of(titles(context.stored))}) \((?P<share>{PERCENT})\)")
    named = [context.named(part["title"]) for part in parts]
    for name, part in zip(named, parts, strict=True):
        yield from percent(part["share"], counted(holds[name]))
    yield from _cannot_be_told(context, holds, named)


def _ends(context: Context, holds: dict[str, NDArray[np.bool_]]) -> Iterator[str]:
    ordered = sorted(holds.values(), key=lambda each: int(each.sum()))
    low = ordered[0] if "count" not in context.fields else ordered[-whole(context["count"])]
    yield from percent(context["low"], counted(low))
    yield from percent(context["high"], counted(ordered[-1]))
    if whole(context["futures"]) != context.stored.futures:
        yield f"there are {context.stored.futures} futures"


@form(
    "at-least",
    "To be worth {target:target}, no alternative can be told from another by {futures:count} futures "
    "({low:text} to {high:text}){itself:itself}.",
)
def safest_all_level(context: Context) -> Iterator[str]:
    """None can be told from another."""
    target, holds = reached(context)
    yield from _itself(context, target)
    yield from _ends(context, holds)
    yield from _cannot_be_told(context, holds, list(holds))


@form(
    "at-least",
    "To be worth {target:target}, {count:count} alternatives cannot be told apart by {futures:count} "
    "futures ({low:text} to {high:text}){itself:itself}.",
)
def safest_many_level(context: Context) -> Iterator[str]:
    """Several cannot be told apart, too many to be named."""
    target, holds = reached(context)
    yield from _itself(context, target)
    yield from _ends(context, holds)


@form("at-least", "Worth {target:target} in every one of the {futures:count} futures: {alternatives:choices}.")
def reach_sure(context: Context) -> Iterator[str]:
    """These always reach it, others do not."""
    _, holds = reached(context)
    sure = [name for name, each in holds.items() if each.all()]
    if context.choices("alternatives") != sure or len(sure) == len(holds) or whole(context["futures"]) != context.stored.futures:
        yield f"sure are {sure}"


@form("at-least", "Every alternative is worth {target:target} in every one of the {futures:count} futures.")
def reach_all(context: Context) -> Iterator[str]:
    """All always reach it."""
    if not all(each.all() for each in reached(context)[1].values()) or whole(context["futures"]) != context.stored.futures:
        yield "not all do"


@form("at-least", "{one:choice} is worth {target:target} in every one of the {futures:count} futures.")
def reach_all_one(context: Context) -> Iterator[str]:
    """The only one always reaches it."""
    _, holds = reached(context)
    if len(holds) != 1 or not holds[context.choice("one")].all() or whole(context["futures"]) != context.stored.futures:
        yield f"there are {list(holds)}"


@form("at-least", "No alternative is worth {target:target} in any of the {futures:count} futures.")
def reach_none(context: Context) -> Iterator[str]:
    """None ever reaches it."""
    if any(each.any() for each in reached(context)[1].values()) or whole(context["futures"]) != context.stored.futures:
        yield "some do"


def _second(stored: Stored) -> str:
    ranked = sorted((name for name in stored.names if name != stored.leader), key=lambda name: -float(np.mean(stored.net[name])))
    return [*ranked, stored.baseline][0]


def first_place(stored: Stored) -> str:
    """Return what is worth most on average, today included."""
    return stored.leader if np.mean(stored.net[stored.leader]) >= 0 else stored.baseline


def in_doubt(stored: Stored) -> int:
    """Return the largest number of first futures by which what is worth most is not ahead of everything else by two standard errors."""
    last, first = 1, first_place(stored)
    for name, values in stored.net.items():
        if name == first:
            continue
        gap = stored.net[first] - values
        count = np.arange(1, gap.size + 1)
        mean = np.cumsum(gap) / count
        squares = np.cumsum((gap - gap.mean()) ** 2) - count * (mean - gap.mean()) ** 2
        error = np.sqrt(np.maximum(squares, 0.0) / np.maximum(count - 1, 1) / count)
        error[0] = abs(mean[0])
        doubtful = np.flatnonzero(mean <= 2 * error)
        last = max(last, int(doubtful[-1]) + 1 if doubtful.size else 1)
    return last


def _place(context: Context) -> Iterator[str]:
    if context.choice("leader") != first_place(context.stored):
        yield f"worth most is {first_place(context.stored)}"


def _pair(context: Context, side: int) -> Iterator[str]:
    """Check who is compared, whether the first is ahead (1), level (0) or behind (-1), by how much, and the error with two figures."""
    stored = context.stored
    if context.choice("leader") != stored.leader or context.choice("second") != _second(stored):
        yield f"first and second are {stored.leader} and {_second(stored)}"
    if whole(context["futures"].split()[0]) != stored.futures:
        yield f"there are {stored.futures} futures"
    gap = average(stored.net[stored.leader] - stored.net[_second(stored)])
    if (0 if abs(gap.value) <= 2 * gap.error else np.sign(gap.value)) != side:
        yield f"the difference is {gap}"
    if "mean" in context.fields:
        yield from size(context["mean"], gap)
        yield from amount(context["error"], Figure(gap.error, 0.0))


ERROR = "with a standard error of {error:amount}."


@form("convergence", "Over {futures:futures} {leader:choice} is ahead of {second:choice} by {mean:amount} on average, " + ERROR)
def settles_ahead(context: Context) -> Iterator[str]:
    """Surely ahead."""
    yield from _pair(context, 1)


@form("convergence", "Over {futures:futures} {leader:choice} is behind {second:choice} by {mean:amount} on average, " + ERROR)
def settles_behind(context: Context) -> Iterator[str]:
    """Surely behind: there is no other alternative, and today is worth more."""
    yield from _pair(context, -1)


@form(
    "convergence",
    "Over {futures:futures} {leader:choice} and {second:choice} cannot be told apart on average: they differ by {mean:amount}, " + ERROR,
)
def settles_level(context: Context) -> Iterator[str]:
    """They cannot be told apart."""
    yield from _pair(context, 0)


@form(
    "convergence",
    "{leader:choice} and {second:choice} are worth the same in every one of the {futures:futures}: there is nothing to settle.",
)
def settles_same(context: Context) -> Iterator[str]:
    """They never differ."""
    yield from _pair(context, 0)
    if (context.stored.net[context.stored.leader] - context.stored.net[_second(context.stored)]).any():
        yield "they differ"


STAYS = "{leader:choice} stays ahead of everything else by more than two standard errors."


@form("convergence", "First place was last in doubt at about {doubt:futures}; from there on " + STAYS)
def settles_settled(context: Context) -> Iterator[str]:
    """Where doubt ended, rounded up to two figures."""
    yield from _place(context)
    true, printed = in_doubt(context.stored), whole(context["doubt"].split()[0])
    if true >= context.stored.futures or not true <= printed <= true + max(1.0, place(true) / 10):
        yield f"it was last in doubt at {true}"


@form("convergence", "First place was out of doubt from the first few futures on: " + STAYS)
def settles_early(context: Context) -> Iterator[str]:
    """It was hardly ever in doubt."""
    yield from _place(context)
    if in_doubt(context.stored) >= min(10, context.stored.futures):
        yield f"it was last in doubt at {in_doubt(context.stored)}"


@form(
    "convergence",
    "First place is still in doubt: something else is within two standard errors of {leader:choice}. More futures may settle it.",
)
def settles_open(context: Context) -> Iterator[str]:
    """It still is in doubt."""
    yield from _place(context)
    if in_doubt(context.stored) < context.stored.futures:
        yield f"it was last in doubt at {in_doubt(context.stored)}"


@form(
    "intervals",
    "Each percentile of net value from {futures:futures}, with the interval that holds the true one in "
    "at least 95 of 100 studies like this.",
)
def intervals(context: Context) -> Iterator[str]:
    """How many futures it is from."""
    if whole(context["futures"].split()[0]) != context.stored.futures:
        yield f"there are {context.stored.futures} futures"
