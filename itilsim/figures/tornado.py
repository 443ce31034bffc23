"""Figure 8: a tornado on the difference, a bar an input from the difference at its low to that at its high, the longest on top."""

from __future__ import annotations

from typing import Any

from itilsim.figures import first_place
from itilsim.figures.lines import lines
from itilsim.figures.style import INK, MUTED, PAPER, colour, finish, money_axis, named
from itilsim.figures.wording import Amount, Catalogue, Mid, NumberTable, Phrase, Plural
from itilsim.tables.result import Alternative, Result, capitalised
from itilsim.tables.sensitivity import Change, Sensitive, Sensitivity, read_sensitivity

number = 8
title = "figure.tornado.title"
files = ("sensitivity",)

MOST = 14
"""Inputs drawn; those that surely change first place are drawn besides."""
ROW, HIGH, NARROW = 42, 54, 88
"""Pixels of a row, of one whose name takes two lines, and of one on a phone."""
LABEL, SLIM = 40, 50
"""Letters of a line of text beside a bar, and above it on a phone."""


def table(result: Result) -> Sensitivity | None:
    """Reads the stored sensitivity, or nothing where what is stored belongs to other inputs or other software."""
    return read_sensitivity(result)


def draw(table: Sensitivity | None, catalogue: Catalogue) -> Any:
    """Draws the bars on one axis: right of nought the leader is worth more, left of it, hatched, the second."""
    from plotly.graph_objects import Figure

    rows = _drawn(table) if table else ()
    if not table or not rows:
        return ""
    figure = Figure()
    low, high = _span(table, rows)
    axis, few = (money_axis(low, high, catalogue, most=most) for most in (6, 4))
    pair = {"currency": table.currency, "leader": Mid(table.leader.title), "second": Mid(table.second.title)}
    bold = {"zerolinecolor": INK, "domain": [0.36, 0.74]}
    layout: dict[str, Any] = {"barmode": "overlay", "annotations": [], "shapes": [_stated(table)]}
    layout["xaxis"] = named(axis | bold, catalogue.say("figure.tornado.axis", **pair))
    layout["yaxis"] = {"visible": False, "fixedrange": True, "range": [len(rows) - 0.4, -0.9]}
    changes: dict[str, Any] = {"xaxis.domain": [0.0, 1.0], "xaxis.tickvals": few["tickvals"], "xaxis.ticktext": few["ticktext"]}
    changes["annotations"] = []
    changes["xaxis.title.text"] = "<br>".join(lines(layout["xaxis"]["title"]["text"], SLIM))
    for place, row in enumerate(rows):
        layout["annotations"] += _beside(row, place, table, catalogue)
        changes["annotations"] += _above(row, place, table, catalogue)
    for top in (layout, changes):
        top["annotations"].append(_stated_label(table, catalogue))
    for trace in (*_bars(table, rows, catalogue), *_ends(rows, catalogue), *_changes(table, rows, catalogue)):
        figure.add_trace(trace)
    figure.update_layout(**layout)
    tall = HIGH if any(len(_named(each, LABEL, catalogue)) > 2 for each in rows) else ROW
    heights = tall * len(rows) + 92, NARROW * len(rows) + 110
    narrow = {"height": heights[1], "layout": changes, "traces": {"width": 0.16}}
    return finish(figure, height=heights[0], narrow=narrow, margin={"b": 56, "t": 22})


def _drawn(table: Sensitivity) -> tuple[Sensitive, ...]:
    """Chooses the largest swings and whatever surely changes first place; what moves nothing is left out."""
    return tuple(row for place, row in enumerate(table.rows) if row.turns or (place < MOST and row.swing.value))


def _span(table: Sensitivity, rows: tuple[Sensitive, ...]) -> tuple[float, float]:
    """Returns an axis over all bars with room at both sides for what is written at their ends."""
    ends = [each.value for row in rows for each in (row.at_low, row.at_high)] + [0.0, table.stated.value]
    pad = 0.16 * ((max(ends) - min(ends)) or 1.0)
    return min(ends) - pad, max(ends) + pad


def _tone(table: Sensitivity, alternative: Alternative) -> str:
    places = [each.name for each in table.alternatives]
    return colour(places.index(alternative.name)) if alternative.name in places else MUTED


def _bars(table: Sensitivity, rows: tuple[Sensitive, ...], catalogue: Catalogue) -> list[dict[str, Any]]:
    """Draws each bar in two parts that meet at nought; a swing within its error is pale."""
    traces = []
    for ahead, shape in ((True, ""), (False, "/")):
        tone = _tone(table, table.leader if ahead else table.second)
        parts = []
        for row in rows:
            low, high = sorted((row.at_low.value, row.at_high.value))
            parts.append((max(low, 0.0), max(high, 0.0)) if ahead else (min(low, 0.0), min(high, 0.0)))
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "width": 0.42,
                "y": list(range(len(rows))),
                "base": [round(low, 2) for low, _ in parts],
                "x": [round(high - low, 2) for low, high in parts],
                "marker": {
                    "color": tone,
                    "opacity": [0.85 if row.moves else 0.35 for row in rows],
                    "pattern": {"shape": shape, "solidity": 0.35, "size": 6},
                    "line": {"width": 1, "color": tone},
                },
                "text": [_hover(row, catalogue) for row in rows],
                "textposition": "none",
                "hoverinfo": "text",
            }
        )
    return traces


def _hover(row: Sensitive, catalogue: Catalogue) -> str:
    return catalogue.say(
        "figure.tornado.hover", label=row.label, low=first_place.difference(row.at_low), high=first_place.difference(row.at_high)
    )


def _ends(rows: tuple[Sensitive, ...], catalogue: Catalogue) -> list[dict[str, Any]]:
    """Marks the low with an open and the high with a filled circle, each with the input's value."""
    traces = []
    for at_low in (True, False):
        values = [(row.at_low if at_low else row.at_high).value for row in rows]
        others = [(row.at_high if at_low else row.at_low).value for row in rows]
        left = [own < other or (own == other and at_low) for own, other in zip(values, others, strict=True)]
        traces.append(
            {
                "type": "scatter",
                "mode": "markers+text",
                "x": [round(value, 2) for value in values],
                "y": list(range(len(rows))),
                "marker": {"size": 9, "symbol": "circle", "color": PAPER if at_low else INK, "line": {"color": INK, "width": 1.4}},
                "text": [f" {catalogue.number(row.low if at_low else row.high, 4)} " for row in rows],
                "textposition": ["middle left" if each else "middle right" for each in left],
                "textfont": {"size": 11, "color": INK},
                "hoverinfo": "skip",
                "cliponaxis": False,
            }
        )
    return traces


def _changes(table: Sensitivity, rows: tuple[Sensitive, ...], catalogue: Catalogue) -> list[dict[str, Any]]:
    """Marks where first place surely changes; between leader and second that is at nought."""
    found = [(place, row, change) for place, row in enumerate(rows) for change in row.changes if change.sure]
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [round(_where(table, row, change), 2) for _, row, change in found],
            "y": [place for place, _, _ in found],
            "marker": {"size": 12, "symbol": "diamond", "color": "#E69F00", "line": {"color": INK, "width": 1.2}},
            "text": [_turn(change, row, table, catalogue) for _, row, change in found],
            "hoverinfo": "text",
        }
    ]


def _where(table: Sensitivity, row: Sensitive, change: Change) -> float:
    """Returns where a change stands on its bar: nought where it is between the two, else in proportion to the range."""
    if {change.before, change.after} == {table.leader, table.second}:
        return 0.0
    share = (change.at.value - row.low) / ((row.high - row.low) or 1.0)
    return row.at_low.value + share * (row.at_high.value - row.at_low.value)


def _turn(change: Change, row: Sensitive, table: Sensitivity, catalogue: Catalogue) -> str:
    side, other = first_place.other_side(change, table)
    value, _ = first_place.at(change.at, catalogue)
    fields = {"value": f"{value} {row.unit}".strip(), "alternative": Mid(other.title)}
    return catalogue.say(f"figure.tornado.turn-{side}", **fields)


def _named(row: Sensitive, width: int, catalogue: Catalogue) -> list[str]:
    span = {"low": catalogue.number(row.low, 4), "high": f"{catalogue.number(row.high, 4)} {row.unit}".strip()}
    return [*lines(capitalised(row.label), width), catalogue.word(Phrase("figure.tornado.span", span))]


def _remark(row: Sensitive, table: Sensitivity, catalogue: Catalogue) -> str:
    """Says what the input does to first place."""
    sure = [_turn(change, row, table, catalogue) for change in row.changes if change.sure]
    if sure:
        return catalogue.template("list.clauses").join(sure)
    return catalogue.say("figure.tornado.close" if row.close else "figure.tornado.never")


def _beside(row: Sensitive, place: int, table: Sensitivity, catalogue: Catalogue) -> list[dict[str, Any]]:
    """Writes the input to the left of its bar and what it does to first place to the right."""
    common = {"yref": "y", "y": place, "showarrow": False, "align": "left", "xanchor": "left", "yanchor": "middle", "xref": "paper"}
    label, remark = "<br>".join(_named(row, LABEL, catalogue)), "<br>".join(lines(_remark(row, table, catalogue), 26))
    tone = INK if row.turns else MUTED
    return [
        common | {"x": 0, "text": label, "font": {"size": 12, "color": INK}},
        common | {"x": 0.755, "text": remark, "font": {"size": 12, "color": tone}},
    ]


def _above(row: Sensitive, place: int, table: Sensitivity, catalogue: Catalogue) -> list[dict[str, Any]]:
    """Writes both above and under the bar, for a phone."""
    common = {"yref": "y", "y": place, "showarrow": False, "align": "left", "xanchor": "left", "xref": "paper", "x": 0}
    label, remark = "<br>".join(_named(row, SLIM, catalogue)), "<br>".join(lines(_remark(row, table, catalogue), SLIM))
    return [
        common | {"text": label, "yanchor": "bottom", "yshift": 8, "font": {"size": 11, "color": INK}},
        common | {"text": remark, "yanchor": "top", "yshift": -8, "font": {"size": 11, "color": INK if row.turns else MUTED}},
    ]


def _stated(table: Sensitivity) -> dict[str, Any]:
    x = round(table.stated.value, 2)
    line = {"color": MUTED, "width": 1, "dash": "dot"}
    return {"type": "line", "layer": "below", "xref": "x", "yref": "paper", "x0": x, "x1": x, "y0": 0, "y1": 1, "line": line}


def _stated_label(table: Sensitivity, catalogue: Catalogue) -> dict[str, Any]:
    amount = Amount(table.stated.value, table.stated.error, signed=True, bare=True)
    return {
        "xref": "x",
        "yref": "paper",
        "x": round(table.stated.value, 2),
        "y": 1,
        "yanchor": "bottom",
        "showarrow": False,
        "text": catalogue.say("figure.tornado.stated", amount=amount),
        "font": {"size": 11, "color": MUTED},
    }


def sentences(table: Sensitivity, catalogue: Catalogue) -> list[str]:
    """Says which input matters most, which can change first place by itself, and how many never do."""
    return first_place.sentences(table, catalogue)


def notes(table: Sensitivity, catalogue: Catalogue) -> list[str]:
    """Says how to read the bars, how the numbers came about, and what was varied but is not drawn."""
    said = [catalogue.say("figure.tornado.note"), first_place.note(table, catalogue)]
    drawn = _drawn(table)
    rest = [row for row in table.rows if row not in drawn]
    still = sum(not row.swing.value for row in rest)
    if len(rest) > still:
        largest = max(rest, key=lambda row: abs(row.swing.value))
        key = "rest-one" if len(rest) - still == 1 else "rest"
        said.append(catalogue.say(f"figure.tornado.{key}", count=Plural(len(rest) - still, "input"), swing=Amount.size(largest.swing)))
    if still:
        said.append(catalogue.say("figure.tornado.still", count=Plural(still, "input")))
    return said


def numbers(table: Sensitivity, catalogue: Catalogue) -> NumberTable:
    """Returns every input that was varied: its range, the difference at either end, the swing, and where first place changes."""
    heads = tuple(
        catalogue.say(f"figure.tornado.head-{key}") for key in ("input", "low", "high", "unit", "at-low", "at-high", "swing", "first")
    )
    rows = tuple(
        (
            capitalised(row.label),
            catalogue.number(row.low, 4),
            catalogue.number(row.high, 4),
            row.unit,
            *(first_place.difference(each) for each in (row.at_low, row.at_high, row.swing)),
            first_place.first_place(row, table, catalogue),
        )
        for row in table.rows
    )
    return NumberTable(heads, rows, frozenset({1, 2, 4, 5, 6}))
