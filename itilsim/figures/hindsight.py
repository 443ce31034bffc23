"""Figure 10: hindsight regret of each choice, and its mean beside the mean of its worst 1 in 20 futures; opened on demand.

Yearly cash, peak funding and payback, which a planner needs before hindsight, stand in the part `cash` after figure 5.
"""

from __future__ import annotations

from math import ceil, floor, log10
from typing import Any

from itilsim.figures.lines import lines
from itilsim.figures.placing import placed
from itilsim.figures.style import INK, MUTED, PAPER, colour, finish, money_axis, named, symbol
from itilsim.figures.wording import Amount, Catalogue, Mid, NumberTable, Phrase, Strong
from itilsim.tables.hindsight import Choice, Hindsight, read_hindsight

number = 10
title = "figure.hindsight.title"
files = ("values",)
table = read_hindsight

ROW = 32
SCATTER = 330
GAP, HEAD, FOOT = 76, 26, 54
WIDE, SLIM = 960, 330
"""Widths, in pixels, for which names are placed."""
NAME = 40
"""Letters of a line of an alternative's name beside its row."""


def draw(table: Hindsight, catalogue: Catalogue) -> Any:
    """Draws regret as rows with a mark at the mean and a line to the 1-in-20 value, and under them mean against worst futures."""
    from plotly.graph_objects import Figure

    figure = Figure()
    count = len(table.rows)
    rows = ROW * count
    height = HEAD + rows + GAP + SCATTER + FOOT
    inner = rows + GAP + SCATTER
    layout: dict[str, Any] = {"annotations": _heads(catalogue, 0.9) + _names(table, catalogue, WIDE, few=False)}
    changes: dict[str, Any] = {"annotations": _heads(catalogue, 0.84) + _names(table, catalogue, SLIM, few=True)}
    most = max(row.regret_high.value for row in table.rows)
    top = 1.06 * max(most, *(row.regret.value for row in table.rows), 0.0) or 1.0
    axis, few = (money_axis(0.0, top, catalogue, most=ticks) for ticks in (6, 3))
    layout["xaxis"] = axis | {"domain": [0.27, 0.8], "anchor": "y"}
    layout["yaxis"] = {"visible": False, "fixedrange": True, "range": [count - 0.4, -0.6], "domain": [1 - rows / inner, 1], "anchor": "x"}
    layout |= _scatter_axes(table, catalogue, SCATTER / inner)
    slim = {f"xaxis.{key}": few[key] for key in ("tickvals", "ticktext")} | {"xaxis.domain": [0.36, 0.66], "xaxis.tickangle": 0}
    changes |= slim
    for place, row in enumerate(table.rows):
        layout["annotations"] += _row(row, place, catalogue, NAME, 0.9)
        changes["annotations"] += _row(row, place, catalogue, 17, 0.84)
        figure.add_trace(_reach(row, place, table, catalogue))
        figure.add_trace(_mark(row, place, table, catalogue) | {"x": [round(row.regret.value, 2)], "y": [place]})
    for trace in _scatter(table, catalogue):
        figure.add_trace(trace | {"xaxis": "x2", "yaxis": "y2"})
    figure.update_layout(**layout)
    return finish(figure, height=height, narrow={"height": height, "layout": changes}, margin={"t": HEAD, "b": FOOT})


def _tone(table: Hindsight, place: int) -> str:
    return INK if place == len(table.rows) - 1 else colour(place)


def _mark(row: Choice, place: int, table: Hindsight, catalogue: Catalogue) -> dict[str, Any]:
    """Returns the mark of a choice: its symbol, open where another choice surely beats it; the baseline has a cross of lines."""
    tone = _tone(table, place)
    is_baseline = place == len(table.rows) - 1
    return {
        "type": "scatter",
        "mode": "markers",
        "marker": {
            "size": 12,
            "symbol": "x-thin" if is_baseline else symbol(place),
            "color": PAPER if row.beaten else tone,
            "line": {"color": tone, "width": 2.4 if is_baseline else 1.8},
        },
        "text": [
            catalogue.say(
                "figure.hindsight.hover",
                alternative=row.alternative.title,
                regret=Amount(row.regret.value, row.regret.error),
                high=Amount(row.regret_high.value, row.regret_high.error),
                mean=Amount(row.mean.value, row.mean.error, signed=True),
                worst=Amount(row.worst.value, row.worst.error, signed=True),
            )
        ],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _reach(row: Choice, place: int, table: Hindsight, catalogue: Catalogue) -> dict[str, Any]:
    ends = [round(row.regret.value, 2), round(row.regret_high.value, 2)]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": ends,
        "y": [place, place],
        "line": {"color": _tone(table, place), "width": 3},
        "marker": {"size": [0, 13], "symbol": "line-ns", "line": {"color": _tone(table, place), "width": 3}},
        "opacity": 0.55,
        "hoverinfo": "skip",
    }


def _heads(catalogue: Catalogue, column: float) -> list[dict[str, Any]]:
    common = {"showarrow": False, "xref": "paper", "yref": "y", "y": -0.6, "yanchor": "bottom", "font": {"size": 11, "color": MUTED}}
    return [
        common | {"x": x, "xanchor": anchor, "text": catalogue.say(f"figure.hindsight.head-{key}")}
        for x, anchor, key in ((0, "left", "regret"), (column, "right", "mean"), (1, "right", "high"))
    ]


def _row(row: Choice, place: int, catalogue: Catalogue, width: int, column: float) -> list[dict[str, Any]]:
    """Writes a choice's name to the left of its row, its mean and its 1-in-20 regret to the right."""
    common = {
        "showarrow": False,
        "xref": "paper",
        "yref": "y",
        "y": place,
        "yanchor": "middle",
        "font": {"size": 12 if width == NAME else 11, "color": INK},
    }
    amounts = (catalogue.word(Amount.cell(each)) for each in (row.regret, row.regret_high))
    name = "<br>".join(lines(row.alternative.title, width))
    return [
        common | {"x": 0, "xanchor": "left", "align": "left", "text": name},
        *(common | {"x": x, "xanchor": "right", "text": text} for x, text in zip((column, 1), amounts, strict=True)),
    ]


def _scatter_axes(table: Hindsight, catalogue: Catalogue, share: float) -> dict[str, Any]:
    across, up = _spans(table)
    text = catalogue.say("figure.hindsight.axis-mean", currency=table.currency, baseline=Mid(table.baseline.title))
    x, y = (money_axis(*span, catalogue, most=5) for span in (across, up))
    inside = {"anchor": "x2", "domain": [0, share], "ticklabelposition": "inside top", "tickfont": {"color": MUTED}}
    return {"xaxis2": named(x, text) | {"anchor": "y2"}, "yaxis2": y | inside}


def _spans(table: Hindsight) -> tuple[tuple[float, float], tuple[float, float]]:
    """Returns axes over all means and all worst futures, nought among them, with room for names and ticks at the edges."""
    spans = []
    for values in ([row.mean.value for row in table.rows], [row.worst.value for row in table.rows]):
        low, high = min(0.0, *values), max(0.0, *values)
        width = (high - low) or 1.0
        spans.append((low - 0.16 * width, high + 0.14 * width))
    return spans[0], spans[1]


def _scatter(table: Hindsight, catalogue: Catalogue) -> list[dict[str, Any]]:
    """Draws mean against worst futures with the marks of the rows above."""
    return [
        _mark(row, place, table, catalogue) | {"x": [round(row.mean.value, 2)], "y": [round(row.worst.value, 2)]}
        for place, row in enumerate(table.rows)
    ]


def _names(table: Hindsight, catalogue: Catalogue, width: int, *, few: bool) -> list[dict[str, Any]]:
    """Names the marks of the scatter; with `few` those alone that nothing beats, since a phone has no room for more."""
    rows = [row for row in table.rows if not (few and row.beaten)]
    spans = _spans(table)
    marks = [_pixels((row.mean.value, row.worst.value), spans, width) for row in rows]
    common = {"xref": "x2", "yref": "y2", "showarrow": False, "font": {"size": 11, "color": INK}}
    head = {"xref": "paper", "yref": "y2 domain", "x": 0, "y": 1, "xanchor": "left", "yanchor": "bottom", "yshift": 4}
    titles = [row.alternative.title for row in rows]
    where = placed(marks, titles, (width, SCATTER), _pixels((0.0, 0.0), spans, width))
    return [
        *(
            common | {"x": round(row.mean.value, 2), "y": round(row.worst.value, 2), "text": title} | side
            for row, title, side in zip(rows, titles, where, strict=True)
        ),
        common | head | {"text": catalogue.say("figure.hindsight.axis-worst"), "font": {"size": 12, "color": MUTED}},
    ]


def _pixels(at: tuple[float, float], spans: tuple[tuple[float, float], tuple[float, float]], width: int) -> tuple[float, float]:
    x, y = (size * (v - span[0]) / (span[1] - span[0]) for v, span, size in zip(at, spans, (width, SCATTER), strict=True))
    return x, y


def sentences(table: Hindsight, catalogue: Catalogue) -> list[str]:
    """Says who takes what by hindsight regret, and which choices are beaten neither on average nor in the worst futures."""
    safest = table.safest
    least = max(row.regret_high.value for row in safest)
    names = catalogue.listed([catalogue.word(Strong(row.alternative.title)) for row in safest])
    fields = {"alternatives": names, "bound": ceiling(least, max(row.regret_high.error for row in safest)), "futures": table.futures}
    if len(safest) == len(table.rows):
        said = [catalogue.say("figure.hindsight.all-level", **fields)]
    elif least <= 0.0:
        said = [catalogue.say("figure.hindsight.without", **fields)]
    else:
        said = [catalogue.say("figure.hindsight.bears" if len(safest) == 1 else "figure.hindsight.bears-many", **fields)]
    rest = [row for row in table.rows if not row.beaten]
    if len(rest) == len(table.rows):
        return [*said, catalogue.say("figure.hindsight.none-beaten")]
    listed = catalogue.listed([catalogue.word(Strong(row.alternative.title)) for row in rest])
    return [*said, catalogue.say("figure.hindsight.beaten", alternatives=listed)]


def ceiling(value: float, error: float) -> Amount:
    """Returns the amount that a bound is worded with: rounded up, no finer than its error, so that the value is within it."""
    if value <= 0.0:
        return Amount(0.0, exact=True)
    step = 10.0 ** (floor(log10(value)) - 1)
    if error > 0.0:
        step = max(step, 10.0 ** floor(log10(error)))
    return Amount(ceil(value / step - 1e-9) * step, exact=True)


def notes(table: Hindsight, catalogue: Catalogue) -> list[str]:
    """Says what regret is and how to read the marks."""
    return [catalogue.say("figure.hindsight.note", currency=table.currency, baseline=Mid(table.baseline.title), futures=table.futures)]


def numbers(table: Hindsight, catalogue: Catalogue) -> NumberTable:
    """Returns regret, mean and the mean of the worst futures of every choice, each with its error."""
    keys = ("regret", "error", "regret-high", "error", "mean", "error", "worst", "error", "beaten")
    heads = (catalogue.say("strip.alternative"), *(catalogue.say(f"figure.hindsight.number-{key}") for key in keys))
    rows = []
    for row in table.rows:
        cells: list[object] = []
        for each, signed in ((row.regret, False), (row.regret_high, False), (row.mean, True), (row.worst, True)):
            cells += [Amount.cell(each, signed=signed), Amount(each.error, bare=True)]
        rows.append((row.alternative.title, *cells, Phrase("figure.hindsight.is-beaten" if row.beaten else "figure.hindsight.is-not", {})))
    return NumberTable(heads, tuple(rows))
