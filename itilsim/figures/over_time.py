"""Figure 5: cumulative value over time, a panel an alternative: the median, bands of 50 % and 90 % of futures, eight single futures."""

from __future__ import annotations

from math import isfinite
from typing import Any

import numpy as np

from itilsim.figures.clipped import Side, off_chart
from itilsim.figures.style import GRID, INK, MUTED, colour, dash, finish, grid, money_axis, panel_title, shade
from itilsim.figures.wording import Amount, Catalogue, Chance, Mid, Months, NumberTable, Percent, Phrase, Plural, Strong
from itilsim.tables.over_time import LEVELS, OverTime, Path, read_over_time
from itilsim.tables.result import Floats
from itilsim.tables.spread import Estimate, Share, quantile

number = 5
title = "figure.over-time.title"
files = ("paths",)
table = read_over_time

PANEL = 260
TITLE = 34


def draw(table: OverTime, catalogue: Catalogue) -> Any:
    """Draws bands, single futures and the median of each alternative over the years, all panels on one scale."""
    from plotly.graph_objects import Figure

    figure = Figure()
    count = len(table.rows)
    columns = 2 if count > 1 else 1
    lines = -(-count // columns)
    wide, narrow = grid(count, columns, (0.05, TITLE / PANEL / lines)), grid(count, 1, (0, TITLE / PANEL / count))
    axis = money_axis(table.low, table.high, catalogue, most=6)
    layout: dict[str, Any] = {"annotations": []}
    changes: dict[str, Any] = {}
    for place, row in enumerate(table.rows):
        end = "" if place == 0 else str(place + 1)
        layout[f"xaxis{end}"] = _years(table, f"y{end}") | {"domain": wide[place][0]}
        layout[f"yaxis{end}"] = axis | {"domain": _cut(wide[place][1], lines), "anchor": f"x{end}", "automargin": True}
        layout[f"yaxis{end}"]["showticklabels"] = place % columns == 0
        changes |= {
            f"xaxis{end}.domain": narrow[place][0],
            f"yaxis{end}.domain": _cut(narrow[place][1], count),
            f"yaxis{end}.showticklabels": True,
        }
        layout["annotations"].append(panel_title(place, row.alternative.title))
        for trace in _traces(table, row, place, catalogue):
            figure.add_trace(trace | {"xaxis": f"x{end}", "yaxis": f"y{end}"})
    layout["annotations"].append(_axis_name(catalogue, count - 1))
    figure.update_layout(**layout)
    return finish(figure, height=PANEL * lines + 24, narrow={"height": PANEL * count + 24, "layout": changes}, margin={"b": 24})


def _cut(domain: tuple[float, float], lines: int) -> tuple[float, float]:
    """Leaves room for the tick labels under each panel."""
    return domain[0] + 26 / PANEL / lines, domain[1]


def _years(table: OverTime, anchor: str) -> dict[str, Any]:
    years = int(table.months[-1] // 12)
    return {
        "range": [0, float(table.months[-1]) / 12],
        "tickvals": list(range(years + 1)),
        "gridcolor": GRID,
        "zeroline": False,
        "fixedrange": True,
        "anchor": anchor,
    }


def _axis_name(catalogue: Catalogue, place: int) -> dict[str, Any]:
    end = "" if place == 0 else str(place + 1)
    return {
        "xref": f"x{end} domain",
        "yref": f"y{end} domain",
        "x": 1,
        "y": 0,
        "xanchor": "right",
        "yanchor": "top",
        "yshift": -22,
        "showarrow": False,
        "text": catalogue.word(Phrase("figure.over-time.axis", {})),
        "font": {"size": 12, "color": MUTED},
    }


def _from_start(values: Floats) -> list[float]:
    """Puts the nought of the first day before the months' values."""
    return [0.0, *np.round(values, 0).tolist()]


def _traces(table: OverTime, row: Path, place: int, catalogue: Catalogue) -> list[dict[str, Any]]:
    years = [0.0, *np.round(table.months / 12, 4).tolist()]
    common: dict[str, Any] = {"type": "scatter", "mode": "lines", "hoverinfo": "skip"}
    traces: list[dict[str, Any]] = [
        common
        | {
            "x": years + years[::-1],
            "y": _from_start(row.bands[low]) + _from_start(row.bands[high])[::-1],
            "fill": "toself",
            "fillcolor": shade(place, opacity),
            "line": {"width": 0, "color": shade(place, opacity)},
        }
        for low, high, opacity in ((0, 4, 0.16), (1, 3, 0.28))
    ]
    traces += [
        common | {"x": years, "y": _from_start(path), "line": {"width": 0.9, "color": MUTED}, "opacity": 0.75} for path in row.singles
    ]
    hover = [
        catalogue.say(
            "figure.over-time.hover",
            time=Months(12 * year),
            median=_signed(row.band(2, month)),
            low=_signed(row.band(0, month)),
            high=_signed(row.band(4, month)),
        )
        for month, year in enumerate(years[1:])
    ]
    median = {"x": years, "y": _from_start(row.bands[2]), "line": {"width": 3, "color": colour(place), "dash": dash(place)}}
    traces.append(common | median | {"text": ["", *hover], "hoverinfo": "text"})
    return [*traces, *_payback(row)]


def _signed(estimate: Estimate) -> Amount:
    return Amount(estimate.value, estimate.error, signed=True)


def _payback(row: Path) -> list[dict[str, Any]]:
    """Marks on the nought line when half of the futures have paid back."""
    if row.payback is None or not isfinite(row.payback.median_month):
        return []
    marker = {"symbol": "diamond", "size": 11, "color": INK}
    return [{"type": "scatter", "mode": "markers", "x": [row.payback.median_month / 12], "y": [0], "marker": marker, "hoverinfo": "skip"}]


def sentences(table: OverTime, catalogue: Catalogue) -> list[str]:
    """Says of each alternative when half of the futures have paid back and how many never do, with how far below those end."""
    said = []
    for row in table.rows:
        short = row.ends[row.ends < 0]
        fields: dict[str, object] = {"alternative": Strong(row.alternative.title)}
        if row.payback is None:
            said.append(catalogue.say("figure.over-time.end", **fields, median=_signed(row.band(2, -1))))
            continue
        never = Share(row.payback.paid.of - row.payback.paid.count, row.payback.paid.of)
        fields |= {"time": Months(row.payback.median_month), "never": Chance(never)}
        fields["futures"] = Plural(never.of, "future")
        key = "half" if never.count else "half-all"
        if not isfinite(row.payback.median_month):
            key = "under-half" if row.payback.paid.count else "never"
        texts = [catalogue.say(f"figure.over-time.{key}", **fields)]
        if never.count and short.size:
            texts.append(catalogue.say("figure.over-time.short", loss=Amount.of(quantile(-short, 0.5))))
        said.append(catalogue.together(texts))
    return said


def notes(table: OverTime, catalogue: Catalogue) -> list[str]:
    """Says how to read the bands, how many futures are drawn from, and how many end off the axis."""
    said = [
        catalogue.say(
            "figure.over-time.note",
            futures=Plural(table.futures, "future"),
            singles=Plural(len(table.singles), "single"),
            baseline=Mid(table.baseline.title),
        )
    ]
    ends: list[tuple[str, Side, int, float]] = []
    for row in table.rows:
        below, above = row.off(table.low, table.high)
        ends.append((row.alternative.title, "bottom", below, row.ends.min()))
        ends.append((row.alternative.title, "top", above, row.ends.max()))
    return said + off_chart(ends, table.futures, catalogue)


def numbers(table: OverTime, catalogue: Catalogue) -> NumberTable:
    """Returns the bands at the end of each year, and the share of futures that has paid back by the horizon."""
    keys = ("after", "p05", "p25", "p50", "p75", "p95", "paid-back")
    heads = (catalogue.say("strip.alternative"), *(catalogue.say(f"numbers.{key}") for key in keys))
    rows = []
    ends = list(range(12, len(table.months) + 1, 12))
    for row in table.rows:
        for month in ends:
            paid = Percent(row.payback.paid) if row.payback is not None and month == ends[-1] else ""
            cells = [Amount.cell(row.band(level, month - 1)) for level in range(len(LEVELS))]
            rows.append((row.alternative.title, Months(month), *cells, paid))
    return NumberTable(heads, tuple(rows))
