"""Figure 1: quantile dotplots, fifty equally likely futures of each alternative over one axis with a line at nought."""

from __future__ import annotations

from math import ceil
from typing import Any

import numpy as np

from itilsim.figures.clipped import Side, off_chart
from itilsim.figures.style import PAPER, blank_axis, colour, finish, money_axis, named, panel_title, piled, symbol
from itilsim.figures.wording import Amount, Catalogue, Mid, NumberTable, Phrase, Strong
from itilsim.ledger.futures import DOTS
from itilsim.tables.net_value import Dots, Standing, read_dots
from itilsim.tables.result import Floats
from itilsim.tables.spread import quantiles

number = 1
title = "figure.dotplot.title"
files = ("values",)
table = read_dots

COLUMNS = 60
TITLE = 30
DOT, SMALL_DOT = 13.5, 7.0
"""Height of a dot, wide and narrow; a panel is as high as its own highest stack, so that alternatives stay close together."""
FEWEST = 3
"""Dots for which a panel has room at the least."""


def draw(table: Dots, catalogue: Catalogue) -> Any:
    """Draws a panel an alternative: filled dots are worth more than the baseline, open dots less, arrows lie beyond the axis."""
    from plotly.graph_objects import Figure

    alternatives = table.strip.values.alternatives
    stacks = [stack(row, table.low, table.high) for row in table.quantiles]
    tops = [max(FEWEST, float(heights.max())) + 0.6 for _, heights in stacks]
    tall, small = ([top * dot for top in tops] for dot in (DOT, SMALL_DOT))
    figure = Figure()
    domains, narrow = piled(tall, TITLE), piled(small, TITLE)
    changes: dict[str, Any] = {}
    axis = money_axis(table.low, table.high, catalogue)
    few = money_axis(table.low, table.high, catalogue, most=4)
    layout: dict[str, Any] = {"annotations": []}
    for place, (alternative, (x, heights)) in enumerate(zip(alternatives, stacks, strict=True)):
        end = "" if place == 0 else str(place + 1)
        layout[f"xaxis{end}"] = axis | {"anchor": f"y{end}", "showticklabels": place == len(stacks) - 1}
        layout[f"yaxis{end}"] = blank_axis() | {"domain": domains[place], "range": [0, tops[place]], "anchor": f"x{end}"}
        changes |= {f"yaxis{end}.domain": narrow[place], f"xaxis{end}.tickvals": few["tickvals"], f"xaxis{end}.ticktext": few["ticktext"]}
        layout["annotations"].append(panel_title(place, alternative.title))
        figure.add_scatter(**_dots(table, place, x, heights, catalogue), xaxis=f"x{end}", yaxis=f"y{end}")
    last = f"xaxis{len(stacks) if len(stacks) > 1 else ''}"
    baseline = Mid(table.strip.values.baseline.title)
    layout[last] = named(layout[last], catalogue.say("axis.against", currency=table.strip.values.currency, baseline=baseline))
    figure.update_layout(**layout)
    height, low = (round(sum(each) + TITLE * len(stacks)) + 60 for each in (tall, small))
    slim = {"height": low, "layout": changes, "traces": {"marker.size": 5, "marker.line.width": 1}}
    finish(figure, margin={"b": 56}, height=height, narrow=slim)
    opens = {"opens": catalogue.say("figure.dotplot.opens")} if table.opens.size else {}
    return figure.update_layout(meta={**figure.layout.meta, **opens})


def stack(quantiles: Floats, low: float, high: float) -> tuple[Floats, Floats]:
    """Stacks dots in columns of one width; returns each dot's column centre and its height from one upwards."""
    width = (high - low) / COLUMNS
    columns = np.clip(np.floor((quantiles - low) / width), 0, COLUMNS - 1)
    heights = np.array([(columns[: i + 1] == column).sum() for i, column in enumerate(columns)], dtype=np.float64)
    return low + (columns + 0.5) * width, heights - 0.4


def _dots(table: Dots, place: int, x: Floats, heights: Floats, catalogue: Catalogue) -> dict[str, Any]:
    values = table.quantiles[place]
    tone = colour(place)
    shapes = ["triangle-left" if v < table.low else "triangle-right" if v > table.high else symbol(place) for v in values]
    return {
        "x": np.round(x, 2).tolist(),
        "y": heights.tolist(),
        "name": table.strip.values.alternatives[place].title,
        "customdata": table.opens[place].tolist(),
        "mode": "markers",
        "marker": {
            "size": 11,
            "symbol": shapes,
            "color": [tone if v >= 0 else PAPER for v in values],
            "line": {"color": tone, "width": 1.8},
        },
        "text": [
            catalogue.say("figure.dotplot.hover", place=i + 1, dots=DOTS, amount=Amount(float(v), signed=True))
            for i, v in enumerate(values)
        ],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def sentences(table: Dots, catalogue: Catalogue) -> list[str]:
    """Says for each alternative in how many of the fifty futures it is worth less than the baseline, and by how much it then is."""
    rows = table.strip.rows[:-1]
    baseline = Mid(table.strip.values.baseline.title)
    below = [int((dots < 0).sum()) for dots in table.quantiles]
    if not any(row.below.count for row in rows):
        return [catalogue.say("figure.dotplot.never", baseline=baseline, futures=table.strip.values.futures)]
    parts = [catalogue.word(_below(row, count)) for row, count in zip(rows, below, strict=True)]
    return [catalogue.say("figure.dotplot.below", baseline=baseline, parts=catalogue.listed(parts), dots=DOTS)]


def _below(row: Standing, count: int) -> Phrase:
    """Counts the dots of an alternative below nought; of fewer than fifty futures none may be drawn there though one future is."""
    most = ceil(DOTS * row.below.value)
    key = "part" if count else "part-never" if not most else "part-rare" if most == 1 else "part-few"
    fields = {"alternative": Strong(row.alternative.title), "count": count, "most": most, "loss": Amount.of(row.when_below)}
    return Phrase(f"figure.dotplot.{key}", fields)


def notes(table: Dots, catalogue: Catalogue) -> list[str]:
    """Says how to read the dots and how many futures are off the axis."""
    said = [catalogue.say("figure.dotplot.note", baseline=Mid(table.strip.values.baseline.title), dots=DOTS)]
    if table.opens.size:
        said.append(catalogue.say("figure.dotplot.note-opens"))
    ends: list[tuple[str, Side, int, float]] = []
    values = table.strip.values
    for alternative, row in zip(values.alternatives, values.values, strict=True):
        ends.append((alternative.title, "left", int((row < table.low).sum()), row.min()))
        ends.append((alternative.title, "right", int((row > table.high).sum()), row.max()))
    return said + off_chart(ends, values.futures, catalogue)


def numbers(table: Dots, catalogue: Catalogue) -> NumberTable:
    """Returns percentiles of every alternative and how often it is worth less than the baseline."""
    levels = (0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99)
    heads = (catalogue.say("strip.alternative"), *(catalogue.say("numbers.percentile", level=round(100 * p)) for p in levels))
    values = table.strip.values
    rows = tuple(
        (alternative.title, *(Amount.cell(q) for q in quantiles(row, levels)))
        for alternative, row in zip(values.alternatives, values.values, strict=True)
    )
    return NumberTable(heads, rows)
