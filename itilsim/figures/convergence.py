"""Figure 11: how the difference of the two best settles as futures are added."""

from __future__ import annotations

from math import log10
from typing import Any

import numpy as np

from itilsim.figures.style import GRID, INK, colour, finish, money_axis, named, shade
from itilsim.figures.wording import Amount, Catalogue, Mid, NumberTable, Plural, Strong
from itilsim.tables.convergence import DOUBT, Convergence, read_convergence
from itilsim.tables.result import Floats

number = 11
title = "figure.convergence.title"
files = ("values",)
table = read_convergence

STEADY = 30
"""Futures from which the axis follows the band; before, a wild start may leave it."""


def draw(table: Convergence, catalogue: Catalogue) -> Any:
    """Draws the running mean over a logarithmic axis of futures, its band of two standard errors, and where doubt ended."""
    from plotly.graph_objects import Figure

    counts = table.counts.tolist()
    low, high = table.means - DOUBT * table.errors, table.means + DOUBT * table.errors
    place = [each.name for each in table.strip.values.alternatives].index(table.pair.a.name)
    figure = Figure()
    common: dict[str, Any] = {"mode": "lines", "hoverinfo": "skip"}
    band = np.round(np.concatenate([low, high[::-1]]), 2).tolist()
    tone = shade(place, 0.22)
    figure.add_scatter(x=counts + counts[::-1], y=band, fill="toself", fillcolor=tone, line={"width": 0, "color": tone}, **common)
    hover = [
        catalogue.say("figure.convergence.hover", futures=Plural(count, "future"), mean=Amount(mean, error, signed=True))
        for count, mean, error in zip(counts, table.means.tolist(), table.errors.tolist(), strict=True)
    ]
    line = common | {"line": {"width": 2.5, "color": colour(place)}, "text": hover, "hoverinfo": "text"}
    figure.add_scatter(x=counts, y=np.round(table.means, 2).tolist(), **line)
    bottom, top = _range(table, low, high)
    wide, narrow = (money_axis(bottom, top, catalogue, most=most) for most in (6, 5))
    figure.update_layout(xaxis=_futures(table, catalogue), yaxis=wide | {"automargin": True})
    if counts[0] < table.doubt < table.futures:
        figure.add_vline(x=table.doubt, line={"color": INK, "width": 1, "dash": "dot"})
    changes = {"yaxis.tickvals": narrow["tickvals"], "yaxis.ticktext": narrow["ticktext"]}
    return finish(figure, height=340, narrow={"height": 300, "layout": changes}, margin={"b": 56})


def _range(table: Convergence, low: Floats, high: Floats) -> tuple[float, float]:
    """Returns where the axis of amounts is cut: nought and the band are on it, a wild start is not waited for."""
    steady = table.counts >= min(STEADY, table.futures)
    bottom, top = min(0.0, float(low[steady].min())), max(0.0, float(high[steady].max()))
    pad = 0.06 * (top - bottom) or 1.0
    return bottom - pad, top + pad


def _futures(table: Convergence, catalogue: Catalogue) -> dict[str, Any]:
    tens = [step for step in table.steps if log10(step).is_integer()] or list(table.steps)
    axis = {
        "type": "log",
        "range": [log10(table.counts[0]) - 0.02, log10(table.counts[-1]) + 0.02],
        "tickvals": tens,
        "ticktext": [catalogue.word(step) for step in tens],
        "gridcolor": GRID,
        "zeroline": False,
        "fixedrange": True,
    }
    return named(axis, catalogue.say("figure.convergence.axis"))


def sentences(table: Convergence, catalogue: Catalogue) -> list[str]:
    """Says how far the leader is ahead of the next, give or take what, and with how many futures first place was last in doubt."""
    leader = table.strip.leader.alternative
    fields: dict[str, object] = {
        "leader": Strong(leader.title),
        "second": Strong(table.pair.b.title),
        "futures": Plural(table.futures, "future"),
        "mean": Amount.size(table.pair.mean),
        "error": Amount(table.pair.mean.error),
        "doubt": Plural(rounded_up(table.doubt), "future"),
    }
    if not table.pair.better.count and not table.pair.worse.count:
        return [catalogue.say("figure.convergence.same", **fields)]
    verdict = "level" if table.pair.level else "ahead" if table.pair.mean.value > 0 else "behind"
    ahead = catalogue.say(f"figure.convergence.{verdict}", **fields)
    fields["leader"] = Strong(table.first.title)
    key = "open" if not table.settled else "settled" if table.doubt >= table.counts[0] else "early"
    return [ahead, catalogue.say(f"figure.convergence.{key}", **fields)]


def rounded_up(count: int) -> int:
    """Returns a number of futures with two figures, not below itself: another seed would move the others."""
    step = 10 ** max(0, len(str(count)) - 2)
    return int(-(-count // step) * step)


def notes(table: Convergence, catalogue: Catalogue) -> list[str]:
    """Says what the band is and what the order of the futures means."""
    fields = {"leader": Mid(table.strip.leader.alternative.title), "second": Mid(table.pair.b.title)}
    return [catalogue.say("figure.convergence.note", **fields)]


def numbers(table: Convergence, catalogue: Catalogue) -> NumberTable:
    """Returns the running mean at round numbers of futures, with its error and the band."""
    keys = ("futures", "mean", "error", "low", "high")
    heads = tuple(catalogue.say(f"figure.convergence.head-{key}") for key in keys)
    rows = []
    for step in table.steps:
        now = table.at(step)
        ends = (Amount(now.value + side * DOUBT * now.error, now.error, signed=True, bare=True) for side in (-1, 1))
        rows.append((step, Amount.cell(now, signed=True), Amount(now.error, bare=True), *ends))
    return NumberTable(heads, tuple(rows), frozenset({0}))
