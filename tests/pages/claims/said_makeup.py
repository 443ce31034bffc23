"""What figures 4 and 5 and the part on cash claim: what value is made of, when it has paid back, and what is cash."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import hypot

import numpy as np

from tests.pages.claims.forms import Context, any_of, form, listed, same
from tests.pages.claims.stored import SIGNS, Figure, Floats, Stored, average, counted, level, surely_more
from tests.pages.claims.words import SLACK, amount, amount_pattern, chance, size, time

BRIEF = {name.replace("_", " "): name for name in SIGNS}


def components(stored: Stored, alternative: str) -> dict[str, Floats]:
    """Return the decision maker's six components of an alternative, future by future."""
    return {name: stored.split("values", name, party=stored.decides)[alternative] for name in SIGNS}


def gaps_by_source(stored: Stored, alternative: str) -> dict[str, Floats]:
    """Return what each source adds under an alternative more than under the baseline, future by future."""
    rows = stored.rows("sources", party=stored.decides)
    worlds, places = np.unique(rows["replication"], return_inverse=True)
    found = {}
    own = {name: rows["alternative"] == name for name in (alternative, stored.baseline)}
    for source in sorted(set(rows["source"][own[alternative] | own[stored.baseline]])):
        gap = np.zeros(len(worlds))
        for name, sign in ((alternative, 1), (stored.baseline, -1)):
            chosen = own[name] & (rows["source"] == source)
            np.add.at(gap, places[chosen], sign * rows["value"][chosen])
        found[str(source)] = gap
    return found


def _in_order(context: Context, sections_forms: tuple[str, ...]) -> Iterator[str]:
    """A sentence an alternative, in the order of the case."""
    at = sum(name in sections_forms for name in context.earlier)
    names = context.stored.names
    if at >= len(names) or not same(context["alternative"], context.stored.title(names[at])):
        yield f"the next alternative is {names[at] if at < len(names) else 'none'}"


@form("waterfall", "{alternative:choice}: nothing differs from {baseline:choice}.")
def made_of_nothing(context: Context) -> Iterator[str]:
    """Nothing differs."""
    yield from _in_order(context, ("made_of", "made_of_nothing"))
    if any(values.any() for values in components(context.stored, context.choice("alternative")).values()):
        yield "something does"


@form("waterfall", "{alternative:choice}: {parts:text}.")
def made_of(context: Context) -> Iterator[str]:
    """The largest parts, and the largest sources behind them."""
    stored, money = context.stored, amount_pattern(context.stored.currency)
    yield from _in_order(context, ("made_of", "made_of_nothing"))
    name = context.choice("alternative")
    parts = components(stored, name)
    clauses = context["parts"].split("; ")
    signs: list[int] = []
    for clause in clauses:
        if "largest single source" in clause:
            yield from _sources(context, name, clause)
            continue
        yield from _extreme(clause, parts, money, signs)
    expected = [sign for sign in (1, -1) if any(parts[key].any() for key, each in SIGNS.items() if each == sign)]
    if signs != expected:
        yield f"gains and bites are {signs}, not {expected}"


VERBS = {
    "bring the most": (1, True),
    "take the largest bite": (-1, True),
    "bring as much as anything else": (1, False),
    "take as large a bite as anything else": (-1, False),
}
"""What is said of the largest component: its sign, and whether it is surely the largest."""


def _extreme(clause: str, parts: dict[str, Floats], money: str, signs: list[int]) -> Iterator[str]:
    found = re.fullmatch(rf"(?P<component>{'|'.join(BRIEF)}) (?P<verb>{'|'.join(VERBS)}), (?P<mean>{money})", clause)
    if found is None:
        raise ValueError(clause)
    own, (sign, is_sure) = BRIEF[found["component"]], VERBS[found["verb"]]
    signs.append(sign)
    if SIGNS[own] != sign:
        yield f"{own} is on the other side"
    yield from size(found["mean"], average(parts[own]))
    yield from _largest(own, {name: values for name, values in parts.items() if SIGNS[name] == sign}, is_sure)


def _largest(own: str, parts: dict[str, Floats], is_sure: bool) -> Iterator[str]:
    """One is surely the largest, or the largest though another may be as large."""
    others = {name: values for name, values in parts.items() if name != own}
    near = {name: average(values) for name, values in others.items() if not surely_more(parts[own], values)}
    if is_sure and near:
        yield f"{near} are as large as {own}: {average(parts[own])}"
    if not is_sure and (not near or any(other.value > average(parts[own]).value * (1 + 1e-9) for other in near.values())):
        yield f"{own} is surely the largest, or something is larger: {near}"


HEADS = {
    "the largest single sources are ": (2, True),
    "the largest single source is ": (1, True),
    "among the largest single sources are ": (2, False),
    "among the largest single sources is ": (1, False),
}


def _sources(context: Context, alternative: str, clause: str) -> Iterator[str]:
    """The source that adds the most and the one that takes the most, and whether that is sure of both."""
    stored = context.stored
    gaps = gaps_by_source(stored, alternative)
    known = {stored.source(alternative, source): source for source in gaps}
    head = next(head for head in HEADS if clause.startswith(head))
    parts = listed(clause.removeprefix(head), rf"(?P<title>{any_of(known)}) \((?P<mean>{amount_pattern(stored.currency)})\)")
    expected = [sign for sign in (1, -1) if any(sign * gap.mean() > 0 for gap in gaps.values())]
    if not len(parts) == len(expected) == HEADS[head][0]:
        yield f"{len(expected)} sources are to be named"
    unsure: list[str] = []
    for part, sign in zip(parts, expected, strict=False):
        own = next(source for title, source in known.items() if same(title, part["title"]))
        yield from amount(part["mean"], average(gaps[own]), signed=True)
        sided = {source: sign * gap for source, gap in gaps.items()}
        if average(sided[own]).value < max(average(gap).value for gap in sided.values()) * (1 - 1e-9):
            yield f"{own} is not the largest"
        unsure += _largest(own, sided, True)
    if bool(unsure) == HEADS[head][1]:
        yield f"sure or not: {unsure}"


PAID = ("half", "half_all", "under_half", "never_back", "ends")


def months_back(stored: Stored, alternative: str, column: str = "payback_month") -> Floats:
    """Return when each future has paid back, infinite where it never does."""
    months = stored.split("funding", column)[alternative]
    return np.where(np.isnan(months), np.inf, months)


def middle_month(months: Floats) -> Figure:
    """Return the month after which half have paid back, with its error; infinite where fewer than half do."""
    if not np.isfinite(np.median(months)):
        return Figure(float("inf"), 0.0)
    finite = np.where(np.isfinite(months), months, np.nanmax(np.where(np.isfinite(months), months, np.nan)) + 12.0)
    return Figure(float(np.median(months)), level(finite, 0.5).error)


def _never(context: Context, *, reached: bool) -> Iterator[str]:
    yield from _in_order(context, PAID)
    months = months_back(context.stored, context.choice("alternative"))
    middle = middle_month(months)
    if np.isfinite(middle.value) != reached:
        yield f"half have paid back after {middle.value} months"
    if "time" in context.fields:
        yield from time(context["time"], middle.value, middle.error)
    if "never" in context.fields:
        yield from chance(context["never"], counted(np.isinf(months)))
    elif np.isinf(months).any():
        yield "some never do"


@form("over-time", "{alternative:choice} has paid back for good after {time:time} in half of the futures; it never does {never:chance}.")
def half(context: Context) -> Iterator[str]:
    """Half have paid back, some never do."""
    yield from _never(context, reached=True)


@form(
    "over-time",
    "{alternative:choice} has paid back for good after {time:time} in half of the futures, and in all of them within the horizon.",
)
def half_all(context: Context) -> Iterator[str]:
    """All have paid back."""
    yield from _never(context, reached=True)


@form("over-time", "{alternative:choice} pays back within the horizon in fewer than half of the futures: it does not {never:chance}.")
def under_half(context: Context) -> Iterator[str]:
    """Fewer than half pay back."""
    yield from _never(context, reached=False)


@form("over-time", "{alternative:choice} does not pay back within the horizon in any of the {futures:futures}.")
def never_back(context: Context) -> Iterator[str]:
    """None pays back."""
    yield from _in_order(context, PAID)
    if np.isfinite(months_back(context.stored, context.choice("alternative"))).any():
        yield "some do"


@form("over-time", "Where it ends short, it typically does so by {loss:amount}.")
def short(context: Context) -> Iterator[str]:
    """The middle of what is missing at the end of the stored futures that end below nought."""
    if context.earlier[-1:] not in (["half"], ["under_half"], ["never_back"]):
        yield "does not follow the sentence that says what 'it' is"
    ends = path_ends(context.stored, context.before[-1].choice("alternative"))
    yield from size(context["loss"], level(-ends[ends < 0], 0.5))


def path_ends(stored: Stored, alternative: str) -> Floats:
    """Return the last value of each stored path."""
    rows = stored.rows("paths")
    chosen = (rows["alternative"] == alternative) & (rows["month"] == rows["month"].max())
    return np.asarray(rows["value"][chosen], dtype=np.float64)


@form("over-time", "{alternative:choice} ends at {median:amount} in the middle future.")
def ends(context: Context) -> Iterator[str]:
    """Where the middle future ends, where paybacks are not stored."""
    yield from _in_order(context, PAID)
    yield from amount(context["median"], level(path_ends(context.stored, context.choice("alternative")), 0.5), signed=True)
    if context.stored.has("funding"):
        yield "when it has paid back is stored and not said"


@form("cash", "On average {alternative:choice} is worth {hours:amount} against {baseline:choice} with hours, and {cash:amount} in cash.")
def beside(context: Context) -> Iterator[str]:
    """The leader with hours and in cash."""
    stored, name = context.stored, context.choice("alternative")
    if name != stored.leader or context.choice("baseline") != stored.baseline:
        yield f"the leader is {stored.leader}"
    yield from amount(context["hours"], average(stored.net[name]), signed=True)
    yield from amount(context["cash"], average(stored.cash[name]), signed=True)


def _rests(context: Context, named: list[str]) -> Iterator[str]:
    stored = context.stored
    zero = np.zeros(stored.futures)
    rests = [name for name in stored.names if surely_more(stored.net[name], zero) and surely_more(zero, stored.cash[name])]
    if named != rests:
        yield f"the case of {rests} rests on hours"


@form("cash", "In cash alone {alternative:choice} is worth less than {baseline:choice}: its case rests on hours.")
def rests_one(context: Context) -> Iterator[str]:
    """Worth more with hours, less in cash."""
    yield from _rests(context, context.choices("alternative"))


@form("cash", "In cash alone {alternatives:choices} are worth less than {baseline:choice}: their case rests on hours.")
def rests_many(context: Context) -> Iterator[str]:
    """The same of several."""
    yield from _rests(context, context.choices("alternatives"))


TYPICALLY = "{year:count} of {alternative:choice}: typically {one_off:amount} one-off and {running:amount} running."


def _budget_year(context: Context, *, is_sure: bool) -> Iterator[str]:
    """The year and alternative in which most is spent, by the middle futures of one-off and running; near may be others by the error."""
    stored = context.stored
    typical = {}
    years = -(-int(stored.manifest["horizon_months"]) // 12)
    for name in stored.names:
        own = {column: stored.split("budget", column)[name].reshape(stored.futures, -1) for column in ("one_off", "running")}
        for year in range(min(years, own["one_off"].shape[1])):
            typical[name, year + 1] = tuple(level(-own[column][:, year], 0.5) for column in ("one_off", "running"))
    said = context.choice("alternative"), int(context["year"])
    yield from amount(context["one_off"], typical[said][0])
    yield from amount(context["running"], typical[said][1])
    sums = {key: Figure(sum(part.value for part in parts), hypot(*(part.error for part in parts))) for key, parts in typical.items()}
    gaps = {key: (sums[said].value - each.value, 2 * hypot(each.error, sums[said].error)) for key, each in sums.items() if key != said}
    if any(gap < -1e-9 * abs(sums[said].value) for gap, _ in gaps.values()):
        yield "another is larger"
    near = [key for key, (gap, error) in gaps.items() if gap <= error]
    nearly = [key for key, (gap, error) in gaps.items() if gap <= error * (1 / SLACK if is_sure else SLACK)]
    if bool(near) == is_sure and bool(nearly) == is_sure:
        yield f"as large are {near}"


@form("cash", "The largest single budget year is year " + TYPICALLY)
def largest_year(context: Context) -> Iterator[str]:
    """Surely the largest."""
    yield from _budget_year(context, is_sure=True)


@form("cash", "No budget year is surely larger than year " + TYPICALLY)
def largest_year_level(context: Context) -> Iterator[str]:
    """Others may be as large."""
    yield from _budget_year(context, is_sure=False)
