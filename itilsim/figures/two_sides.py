"""Figure 7, second half: both sides of the contract in the same future, a panel for each alternative that has a second party.

Right of the upright line the buyer is worth more than today, above the level line its main provider; each point is one future.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from itilsim.figures.lines import lines
from itilsim.figures.style import INK, MUTED, colour, finish, grid, money_axis, named, panel_title, shade, symbol
from itilsim.figures.wording import Amount, Catalogue, Chance, Mid, NumberTable, Percent, Phrase, Strong
from itilsim.tables.spread import Share
from itilsim.tables.two_sides import Sides, TwoSides, read_two_sides

number = 7
title = "figure.two-sides.title"
files = ("values",)
table = read_two_sides

POINTS = 200
"""Futures drawn of each alternative, evenly from all."""
PANEL, NARROW = 290, 240
TITLE, TWICE = 34, 48
"""Pixels above a panel for its title, and on a phone, where it may take two lines."""
FOOT = 44
QUARTERS = (("both", 1, 1), ("provider", 0, 1), ("buyer", 1, 0), ("neither", 0, 0))
"""The quarters of a panel with the corner that each lies in."""


def draw(table: TwoSides, catalogue: Catalogue) -> Any:
    """Draws the panels on one scale; nothing where no alternative has a second party."""
    from plotly.graph_objects import Figure

    if not table.rows:
        return ""
    figure = Figure()
    count = len(table.rows)
    columns, slim = (2 if count == 4 else min(count, 3)), min(count, 2)
    wide, narrow = _domains(count, columns, PANEL, TITLE, 0.04), _domains(count, slim, NARROW, TWICE, 0.15)
    x_axis, y_axis = _axes(table, catalogue, 5, 5)
    x_few, y_few = _axes(table, catalogue, 3, 4)
    layout: dict[str, Any] = {"annotations": [], "shapes": []}
    changes: dict[str, Any] = {"annotations": []}
    for at, (place, row) in enumerate(zip(table.places, table.rows, strict=True)):
        end = "" if at == 0 else str(at + 1)
        layout[f"xaxis{end}"] = x_axis | {"domain": wide[at][0], "anchor": f"y{end}"}
        layout[f"yaxis{end}"] = y_axis | {"domain": wide[at][1], "anchor": f"x{end}", "showticklabels": at % columns == 0}
        changes |= {f"xaxis{end}.{key}": x_few[key] for key in ("tickvals", "ticktext")}
        changes |= {f"yaxis{end}.{key}": y_few[key] for key in ("tickvals", "ticktext")}
        changes |= {f"xaxis{end}.domain": narrow[at][0], f"yaxis{end}.domain": narrow[at][1]}
        changes[f"yaxis{end}.showticklabels"] = at % slim == 0
        if at // columns == (count - 1) // columns:
            layout[f"xaxis{end}"] = named(layout[f"xaxis{end}"], catalogue.say("figure.two-sides.axis-buyer", buyer=Mid(table.buyer)))
        if at % columns == 0:
            layout[f"yaxis{end}"] = named(layout[f"yaxis{end}"], catalogue.say("figure.two-sides.axis-provider"))
        changes |= {f"xaxis{end}.title": {}, f"yaxis{end}.title": {}, f"xaxis{end}.tickfont.size": 11, f"yaxis{end}.tickfont.size": 11}
        layout["annotations"] += [panel_title(at, row.alternative.title), *_corners(row, end, catalogue, 12)]
        changes["annotations"] += [
            _small(panel_title(at, "<br>".join(lines(row.alternative.title, 22)))),
            *_corners(row, end, catalogue, 10),
        ]
        layout["shapes"].append(_win(table, end, place))
        figure.add_scatter(**_points(table, row, place), xaxis=f"x{end}", yaxis=f"y{end}")
    figure.update_layout(**layout)
    heights = (PANEL * -(-count // columns) + FOOT, NARROW * -(-count // slim) + FOOT)
    return finish(figure, height=heights[0], narrow={"height": heights[1], "layout": changes}, margin={"b": FOOT})


def _domains(count: int, columns: int, panel: int, title: int, beside: float) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Returns the panels' domains with room for a title above each, tick labels under it, and `beside` of the width between two."""
    lines = -(-count // columns)
    gap = beside if columns > 1 else 0.0
    return [(x, (y[0] + FOOT / 2 / panel / lines, y[1])) for x, y in grid(count, columns, (gap, title / panel / lines))]


def _axes(table: TwoSides, catalogue: Catalogue, across: int, up: int) -> tuple[dict[str, Any], dict[str, Any]]:
    x = money_axis(*table.across, catalogue, most=across)
    y = money_axis(*table.up, catalogue, most=up)
    bold = {"zerolinecolor": INK, "zerolinewidth": 1.2}
    return x | bold, y | bold | {"automargin": True}


def _win(table: TwoSides, end: str, place: int) -> dict[str, Any]:
    """Shades the quarter in which both gain."""
    return {
        "type": "rect",
        "layer": "below",
        "xref": f"x{end}",
        "yref": f"y{end}",
        "x0": 0,
        "y0": 0,
        "x1": round(table.across[1], 2),
        "y1": round(table.up[1], 2),
        "line": {"width": 0},
        "fillcolor": shade(place, 0.1),
    }


def _small(annotation: dict[str, Any]) -> dict[str, Any]:
    return annotation | {"font": annotation["font"] | {"size": 11}}


def _corners(row: Sides, end: str, catalogue: Catalogue, size: int) -> list[dict[str, Any]]:
    """Writes into each corner of a panel how many futures lie in its quarter."""
    found = shares(row)
    common = {"xref": f"x{end} domain", "yref": f"y{end} domain", "showarrow": False, "bgcolor": "rgba(0,0,0,0)"}
    return [
        common
        | {
            "x": x,
            "y": y,
            "xanchor": "right" if x else "left",
            "yanchor": "top" if y else "bottom",
            "align": "right" if x else "left",
            "text": f"{catalogue.say(f'figure.two-sides.{name}')}<br>{catalogue.word(Percent(found[name]))}",
            "font": {"size": size, "color": INK if name == "both" else MUTED},
        }
        for name, x, y in QUARTERS
    ]


def shares(row: Sides) -> dict[str, Share]:
    """Returns how often both gain, either alone, and neither, by the quarter's name."""
    return {"both": row.both, "provider": row.provider_only, "buyer": row.buyer_only, "neither": row.neither}


def _points(table: TwoSides, row: Sides, place: int) -> dict[str, Any]:
    """Draws evenly chosen futures; what lies beyond an axis is told in a note."""
    some = sample(row.buyer.size)
    shown = some[_inside(table, row)[some]]
    return {
        "x": np.round(row.buyer[shown], 0).tolist(),
        "y": np.round(row.provider[shown], 0).tolist(),
        "mode": "markers",
        "marker": {"size": 5, "symbol": symbol(place), "color": colour(place), "opacity": 0.7, "line": {"width": 0}},
        "hoverinfo": "skip",
    }


def sample(futures: int) -> NDArray[np.int64]:
    """Returns the places of at most `POINTS` futures, evenly from all."""
    return np.unique(np.linspace(0, futures - 1, min(futures, POINTS)).round().astype(np.int64))


def sentences(table: TwoSides, catalogue: Catalogue) -> list[str]:
    """Says how often both sides gain with each alternative, the most often first, and who gains alone with the buyer's best."""
    if not table.rows:
        return []
    groups: dict[str, list[str]] = {}
    for row in sorted(table.rows, key=lambda row: -row.both.count):
        groups.setdefault(catalogue.word(Chance(row.both)), []).append(catalogue.word(Strong(row.alternative.title)))
    parts = [
        catalogue.word(Phrase("figure.two-sides.part", {"chance": chance, "alternatives": catalogue.listed(names)}))
        for chance, names in groups.items()
    ]
    said = [catalogue.say("figure.two-sides.both-gain", buyer=Mid(table.buyer), parts=catalogue.template("list.clauses").join(parts))]
    first = max(table.rows, key=lambda row: row.buyer.mean())
    fields = {"alternative": Strong(first.alternative.title), "buyer": Mid(table.buyer), "provider": Mid(first.title)}
    chances = {"theirs": Chance(first.provider_only), "ours": Chance(first.buyer_only)}
    return [*said, catalogue.say("figure.two-sides.alone-gain", **fields, **chances)]


def notes(table: TwoSides, catalogue: Catalogue) -> list[str]:
    """Says how to read the panels, which alternatives have no second party, and how many futures lie off the chart."""
    if not table.rows:
        return []
    fields = {"currency": table.currency, "baseline": Mid(table.baseline.title), "buyer": Mid(table.buyer)}
    futures = table.rows[0].buyer.size
    said = [catalogue.say("figure.two-sides.note", points=sample(futures).size, futures=futures, **fields)]
    if table.alone:
        names = catalogue.listed([catalogue.word(Strong(alternative.title)) for alternative in table.alone])
        said.append(catalogue.say("figure.two-sides.without" if len(table.alone) == 1 else "figure.two-sides.without-many", parts=names))
    off = [(row.alternative.title, int((~_inside(table, row)).sum())) for row in table.rows]
    parts = [catalogue.word(Phrase("figure.two-sides.off-part", {"title": title, "count": count})) for title, count in off if count]
    joined = catalogue.template("list.clauses").join(parts)
    return said + ([catalogue.say("figure.two-sides.off", parts=joined, futures=futures)] if parts else [])


def _inside(table: TwoSides, row: Sides) -> NDArray[np.bool_]:
    (left, right), (low, high) = table.across, table.up
    return np.asarray((row.buyer >= left) & (row.buyer <= right) & (row.provider >= low) & (row.provider <= high))


def numbers(table: TwoSides, catalogue: Catalogue) -> NumberTable:
    """Returns both means with their errors, and the share of futures in each quarter."""
    keys = ("provider-name", "mean-buyer", "error", "mean-provider", "error", "both", "buyer", "provider", "neither")
    own = ("error",)
    heads = tuple(catalogue.say(f"numbers.{key}" if key in own else f"figure.two-sides.{key}") for key in keys)
    rows = []
    for row in table.rows:
        buyer, provider = row.means
        amounts = (
            Amount.cell(buyer, signed=True),
            Amount(buyer.error, bare=True),
            Amount.cell(provider, signed=True),
            Amount(provider.error, bare=True),
        )
        found = shares(row)
        rows.append(
            (row.alternative.title, row.title, *amounts, *(Percent(found[key]) for key in ("both", "buyer", "provider", "neither")))
        )
    return NumberTable((catalogue.say("strip.alternative"), *heads), tuple(rows))
