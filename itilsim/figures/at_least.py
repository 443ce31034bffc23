"""Figure 3: the chance of being worth at least so much more than the baseline, with a target to drag.

Every target's sentence is worded here and travels in `layout.meta.targets`; the page's behaviour at-least.js only chooses among them.
"""

from __future__ import annotations

from html import escape
from typing import Any

import numpy as np

from itilsim.figures.clipped import Side, off_chart
from itilsim.figures.curves import legend, look, names, row
from itilsim.figures.style import GRID, INK, MUTED, PAPER, finish, money_axis, named, ticks
from itilsim.figures.wording import Amount, Catalogue, Mid, NumberTable, Percent, Phrase, Strong
from itilsim.tables.at_least import AtLeast, Reach, read_at_least
from itilsim.tables.spread import Share

number = 3
title = "figure.at-least.title"
files = ("values",)
table = read_at_least

TARGETS = 100
"""Round amounts that a target can be set to, at the most; there are half as many at the least."""
ROWS = 24
"""Amounts of the table of numbers, at the most."""
LISTED = 3
"""Alternatives that a sentence lists one by one."""
HEIGHT = 420


def targets(table: AtLeast, most: int = TARGETS) -> list[float]:
    """Returns the round amounts on the axis."""
    return [float(amount) for amount in ticks(table.low, table.high, most)]


def first(table: AtLeast) -> int:
    """Returns the place of the target that is shown first: nearest to the leader's middle future, but not nought, which is figure 1's."""
    amounts = np.array(targets(table))
    distance = np.abs(amounts - table.strip.leader.typical.value)
    distance[amounts == 0.0] = np.inf
    return int(np.argmin(distance))


def draw(table: AtLeast, catalogue: Catalogue) -> Any:
    """Draws a falling curve of steps for each alternative, one for the baseline, and the target as an upright line."""
    from plotly.graph_objects import Figure

    figure = Figure()
    for place in range(len(table.alternatives)):
        amounts, counts = table.steps(place)
        figure.add_trace(_curve(place, table, amounts.tolist(), (counts / table.futures).tolist()))
    baseline = [table.low, 0.0, table.high], [1.0, 1.0, 0.0]
    figure.add_trace(_curve(len(table.alternatives), table, *baseline))
    target = targets(table)[first(table)]
    axis, few = (money_axis(table.low, table.high, catalogue, most=most) for most in (8, 4))
    against = catalogue.say("axis.against", currency=table.strip.values.currency, baseline=Mid(table.strip.values.baseline.title))
    figure.update_layout(
        xaxis=named(axis, against) | {"showgrid": False},
        yaxis=_shares(catalogue),
        legend=legend(),
        shapes=[_line(target)],
        annotations=[_handle(target, catalogue), _head(catalogue)],
    )
    slim = {f"xaxis.{key}": few[key] for key in ("tickvals", "ticktext")} | {"showlegend": False, "legend.font.size": 11}
    narrow = {"height": 330, "layout": slim, "traces": {"marker.size": 6}}
    figure = finish(figure, height=HEIGHT, narrow=narrow, margin={"t": 48, "b": 56})
    figure.update_layout(showlegend=True)
    figure.layout.meta = figure.layout.meta | {"targets": [_travelling(table, amount, catalogue) for amount in targets(table)]}
    return figure


def _curve(place: int, table: AtLeast, amounts: list[float], shares: list[float]) -> dict[str, Any]:
    """Returns a curve that stands at each share up to and with its amount."""
    drawn = look(place, table.strip)
    x, y = np.round(amounts, 2).tolist(), np.round(shares, 5).tolist()
    return drawn | {"x": x, "y": y, "line": drawn["line"] | {"shape": "vh"}}


def _shares(catalogue: Catalogue) -> dict[str, Any]:
    values = (0.0, 0.25, 0.5, 0.75, 1.0)
    return {
        "range": [-0.012, 1.012],
        "tickvals": list(values),
        "ticktext": [catalogue.say("percent.about", value=round(100 * value)) for value in values],
        "gridcolor": GRID,
        "zeroline": False,
        "fixedrange": True,
        "automargin": True,
    }


def _line(target: float) -> dict[str, Any]:
    where = {"x0": target, "x1": target, "y0": 0, "y1": 1, "yref": "paper"}
    return {"type": "line", "line": {"color": INK, "width": 2, "dash": "6px 3px"}, "layer": "above"} | where


def _handle(target: float, catalogue: Catalogue) -> dict[str, Any]:
    """Returns the amount on top of the line, by which it looks like something to take hold of."""
    return {
        "x": target, "y": 1, "yref": "paper", "yanchor": "bottom", "xanchor": "center", "showarrow": False,
        "text": _amount(target, catalogue), "font": {"size": 13, "color": INK}, "bgcolor": PAPER, "bordercolor": INK, "borderpad": 4,
    }  # fmt: skip


def _head(catalogue: Catalogue) -> dict[str, Any]:
    return {
        "x": 0, "y": 1, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom", "yshift": 30, "showarrow": False,
        "text": catalogue.say("figure.at-least.axis"), "font": {"size": 12, "color": MUTED},
    }  # fmt: skip


def _amount(target: float, catalogue: Catalogue) -> str:
    return f"↔ {catalogue.word(Amount(target, signed=True, exact=True))}"


def _travelling(table: AtLeast, target: float, catalogue: Catalogue) -> dict[str, Any]:
    """Returns what the page shows at a target: amount, its words, the sentence, and each alternative's chance."""
    reach = table.at(target)
    return {
        "amount": target,
        "handle": _amount(target, catalogue),
        "spoken": spoken(target, table, catalogue),
        "said": sentence(reach, table, catalogue),
        "cells": _cells(reach, table, catalogue),
    }


def _cells(reach: Reach, table: AtLeast, catalogue: Catalogue) -> list[str]:
    return [catalogue.word(Percent(share)) for share in (*reach.shares, _baseline(reach.target, table))]


def _baseline(target: float, table: AtLeast) -> Share:
    """Counts in how many futures the baseline itself reaches a target: in all or in none."""
    return Share(float(table.futures if target <= 0.0 else 0), table.futures)


def _side(target: float) -> str:
    return "same" if target == 0.0 else "more" if target > 0.0 else "less"


def _fields(target: float, table: AtLeast) -> dict[str, object]:
    return {"amount": Amount(abs(target), exact=True), "baseline": Mid(table.strip.values.baseline.title), "futures": table.futures}


def spoken(target: float, table: AtLeast, catalogue: Catalogue) -> str:
    """Words a target as a screen reader says it."""
    return catalogue.word(Phrase(f"figure.at-least.spoken-{_side(target)}", _fields(target, table)))


def controls(table: AtLeast, catalogue: Catalogue) -> str:
    """Returns the target as a labelled range of places in the list of targets, and under it each alternative's chance."""
    place, amounts = first(table), targets(table)
    said = escape(spoken(amounts[place], table, catalogue))
    name = f"target-{catalogue.code}"
    slider = (
        f'<div class="slide"><label for="{name}">{escape(catalogue.say("figure.at-least.label"))}</label>'
        f'<input type="range" id="{name}" min="0" max="{len(amounts) - 1}" step="1" value="{place}" aria-valuetext="{said}">'
        f'<output for="{name}">{said}</output></div>'
    )
    cells = _cells(table.at(amounts[place]), table, catalogue)
    return f'<div class="target">{slider}{row(table.strip, cells, catalogue.say("figure.at-least.row"), catalogue)}</div>'


def sentences(table: AtLeast, catalogue: Catalogue) -> list[str]:
    """Says who is the safest bet for the first target; the page says another one when the target is moved."""
    return [sentence(table.at(targets(table)[first(table)]), table, catalogue)]


def sentence(reach: Reach, table: AtLeast, catalogue: Catalogue) -> str:
    """Says which alternative reaches a target in the most futures, which cannot be told from it, or that none or all do."""
    key, own = _verdict(reach, names(table.strip), catalogue)
    plain = _fields(reach.target, table)
    itself = Phrase("figure.at-least.itself", plain) if reach.target <= 0.0 else ""
    target = Phrase(f"figure.at-least.target-{_side(reach.target)}", plain)
    return catalogue.say(f"figure.at-least.{key}", target=target, itself=itself, **plain, **own)


def _verdict(reach: Reach, titles: list[str], catalogue: Catalogue) -> tuple[str, dict[str, object]]:
    """Chooses how a target's sentence is worded; returns its key and the fields that are its own."""
    shares = reach.shares
    sure = [place for place, share in enumerate(shares) if share.count == share.of]
    if not reach.best.count:
        return "none", {}
    if len(sure) == len(shares):
        return ("all", {}) if len(sure) > 1 else ("all-one", {"alternative": Strong(titles[0])})
    if sure:
        return "sure", {"alternatives": catalogue.listed([catalogue.word(Strong(titles[place])) for place in sure])}
    if len(reach.safest) == 1:
        return "best" if len(shares) > 1 else "only", {"best": Strong(titles[reach.safest[0]]), "percent": Percent(reach.best)}
    if len(reach.safest) > LISTED:
        ends: dict[str, object] = {"low": Percent(shares[reach.safest[-1]]), "high": Percent(reach.best)}
        return "level-all" if len(reach.safest) == len(shares) else "level-many", ends | {"count": len(reach.safest)}
    parts = [Phrase("figure.at-least.part", {"alternative": Strong(titles[p]), "percent": Percent(shares[p])}) for p in reach.safest]
    return "level", {"alternatives": catalogue.listed([catalogue.word(part) for part in parts])}


def notes(table: AtLeast, catalogue: Catalogue) -> list[str]:
    """Says how to read the curves and how many futures are off the axis."""
    said = [catalogue.say("figure.at-least.note", futures=table.futures, baseline=Mid(table.strip.values.baseline.title))]
    ends: list[tuple[str, Side, int, float]] = []
    for alternative, values in zip(table.alternatives, table.ordered, strict=True):
        ends.append((alternative.title, "left", int((values < table.low).sum()), values[0]))
        ends.append((alternative.title, "right", int((values > table.high).sum()), values[-1]))
    return said + off_chart(ends, table.futures, catalogue)


def numbers(table: AtLeast, catalogue: Catalogue) -> NumberTable:
    """Returns each alternative's chance, and the baseline's, at round amounts."""
    heads = (catalogue.say("figure.at-least.number-target"), *names(table.strip))
    rows = []
    for target in targets(table, ROWS):
        shares = (*table.at(target).shares, _baseline(target, table))
        rows.append((Amount(target, signed=True, bare=True, exact=True), *(Percent(share) for share in shares)))
    return NumberTable(heads, tuple(rows))
