"""What the notes under the drawings claim: how many futures a drawing leaves out, and what its marks stand for.

A sentence of a note that holds neither a figure nor the title of an alternative explains and claims nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tests.pages.claims.forms import Context, form, listed, titles
from tests.pages.claims.said_makeup import path_ends
from tests.pages.claims.stored import Figure, Floats, Stored
from tests.pages.claims.words import amount, amount_pattern, whole


def _drawn_from(stored: Stored) -> int:
    return len(np.unique(stored.rows("paths")["replication"]))


def explains(context: Context) -> Iterator[str]:
    """The names and counts of an explanation are the study's."""
    stored = context.stored
    for field in ("baseline", "again"):
        if field in context.fields and context.choice(field) != stored.baseline:
            yield f"the baseline is {stored.baseline}"
    if "leader" in context.fields and context.choice("leader") != stored.leader:
        yield f"the leader is {stored.leader}"
    for field, count in (("futures", stored.futures), ("few", min(200, stored.futures)), ("singles", min(8, stored.futures))):
        if field in context.fields and whole(context[field].split()[0].replace("one", "1")) != count:
            yield f"{field} are {count}"


for sections, template in (
    ("dotplot", "Each dot is one of 50 equally likely futures."),
    ("dotplot", "A filled dot is worth more than {baseline:choice}, an open dot less; an arrow at the edge lies beyond the chart."),
    (
        "same-future",
        "Plain bars right of nought are futures in which {leader:choice} is worth more, hatched bars left of "
        "it those in which it is worth less.",
    ),
    ("at-least", "Each curve falls from left to right: how many of the {futures:count} futures are worth at least the amount under it."),
    ("at-least", "The curve of {baseline:choice} is all of them up to nought and none beyond."),
    (
        "exceedance",
        "Each curve falls from left to right: in how many of the {futures:count} futures more than the amount under it is lost, on "
        "logarithmic scales.",
    ),
    (
        "exceedance",
        "Where fewer than 10 futures carry a curve it is thin and dotted: there it says little more than that such losses happen.",
    ),
    (
        "convergence",
        "The line is the mean of {leader:choice} less {second:choice} over the first futures, in the order "
        "of their numbers; the band is two "
        "standard errors to either side.",
    ),
    ("one-future", "Amounts are present values against {baseline:choice}; the last month holds what is discovered after the horizon."),
    (
        "one-future",
        "Events are those that moved most money or a level most, with what they brought under the chosen alternative itself, before "
        "{baseline:choice} is taken off.",
    ),
    ("waterfall", "Bars are means; the thin line on each reaches over 8 futures in 10 of that part alone."),
    ("waterfall", "Everything is measured against {baseline:choice}, source by source: the six parts are not typed in."),
    (
        "over-time",
        "Cumulative present value with hours, against {baseline:choice}; the last month holds what is discovered after the horizon.",
    ),
    ("cash", "Peak funding is the largest nominal sum by which cash falls behind {baseline:choice} at any time."),
    ("cash", "Paid back means ahead of {baseline:choice} for good, to the end of the horizon."),
    (
        "cash",
        "Nominal {currency:text} that leave the decision maker in a year, not differences: {baseline:choice} "
        "is listed beside the alternatives.",
    ),
    (
        "cash",
        "High is exceeded in 1 of 10 futures; the highs of years do not add up to the high of all years; "
        "what is discovered late falls after "
        "the last year.",
    ),
    ("gains", "The mark is the middle future, the line around it holds 8 futures in 10, the thin upright line is {baseline:choice}."),
    ("gains", "Better off counts the futures in which that value is above {baseline:choice}."),
    ("two-sides", "Each point is one future, {few:count} evenly out of {futures:count}; percentages count all of them."),
    (
        "two-sides",
        "Across: net value to {buyer:text}, the buyer; up: net value to its main provider, a contribution over the best other use of its "
        "people; both in {currency:text} against {baseline:choice}.",
    ),
    (
        "people",
        "Net value of each contracting party against {baseline:choice}, ± its Monte Carlo error; how often "
        "it is above nought; and how often all "
        "of them gain in the same future, no third party being hurt beyond what it tolerates.",
    ),
    (
        "rankings",
        "Mean net value with hours against {baseline:choice} ± its Monte Carlo error; its place and the typical value beneath.",
    ),
    (
        "hindsight",
        "Regret is what the best choice of the same future would have been worth more, {baseline:choice} "
        "being one of the choices: hindsight, "
        "which nobody can buy.",
    ),
    ("hindsight", "Above: the mark is the mean regret, the line reaches to the regret that 1 future in 20 exceeds."),
    (
        "hindsight",
        "Below: further right is worth more on average, further up in the worst 1 in 20 futures (their mean, "
        "CVaR 5 %); an open mark is surely "
        "worth less than another choice in both.",
    ),
    ("hindsight", "Amounts in {currency:text}, from {futures:count} futures."),
    (
        "decision-strip",
        "Typical is the middle future: half are better, half worse. The bar reaches from the 1-in-10 bad to "
        "the 1-in-10 good value, the thin "
        "line is {baseline:choice}. Best of all counts how often nothing else is worth more; hindsight "
        "regret is what knowing the future would "
        "have added, which nobody can buy.",
    ),
):
    form(sections, template, "note")(explains)


@form(
    "over-time",
    "The thick line is the middle of {drawn:futures}, the dark band holds half of them, the light band 9 "
    "in 10; thin lines are {singles:text} "
    "single futures, the same in every panel; a diamond marks when half have paid back.",
    "note",
)
def paths_drawn(context: Context) -> Iterator[str]:
    """How many futures are drawn from, and how many are drawn."""
    if whole(context["drawn"].split()[0]) != _drawn_from(context.stored):
        yield f"paths are stored of {_drawn_from(context.stored)}"
    yield from explains(context)


def _rows(context: Context) -> dict[str, Floats]:
    """Return what is drawn of each alternative on the axis of a section."""
    stored = context.stored
    if context.said.section == "same-future":
        others = [name for name in stored.names if name != stored.leader] or [stored.baseline]
        return {name: stored.net[stored.leader] - stored.net[name] for name in others}
    if context.said.section == "over-time":
        return {name: path_ends(stored, name) for name in stored.names}
    return stored.net


@form("dotplot same-future over-time at-least", "Off this chart, out of {futures:count} futures: {parts:text}.", "note")
def off_chart(context: Context) -> Iterator[str]:
    """How many futures lie beyond the drawn axis, and how far the last of them."""
    layout, rows = context.page.drawn[context.said.section]["layout"], _rows(context)
    values = next(iter(rows.values()))
    low, high = layout["yaxis" if context.said.section == "over-time" else "xaxis"]["range"]
    if whole(context["futures"]) != len(values):
        yield f"there are {len(values)}"
    found = {}
    for clause in context["parts"].split("; "):
        title = max((title for title in titles(context.stored) if clause.startswith(f"{title} ")), key=len)
        money = amount_pattern(context.stored.currency)
        pattern = rf"(?P<count>[\d,]+) (?P<side>to the left|to the right|below|above) \(as far as (?P<end>{money})\)"
        for part in listed(clause.removeprefix(f"{title} "), pattern):
            found[context.named(title), part["side"] in ("to the right", "above")] = whole(part["count"]), part["end"]
    for name, values in rows.items():
        for is_high, off in ((False, values < low), (True, values > high)):
            count, end = found.pop((name, is_high), (0, ""))
            if count != int(off.sum()):
                yield f"{name}: {int(off.sum())} of its futures lie {'above' if is_high else 'below'} the axis, not {count}"
            if end:
                yield from amount(end, Figure(float(values.max() if is_high else values.min()), 0.0), signed=True)
    yield from (f"{key} is no alternative of the chart" for key in found)


@form("*", "{plain:plain}", "note")
def claims_nothing(context: Context) -> Iterator[str]:
    """An explanation."""
    yield from ()
