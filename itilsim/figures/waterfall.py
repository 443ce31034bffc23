"""Figure 4: a waterfall of the six components that net value is made of, with the range of 8 futures in 10 on each."""

from __future__ import annotations

from typing import Any

from itilsim.figures.style import GRID, INK, MUTED, colour, finish, grid, money_axis, panel_title
from itilsim.figures.wording import Amount, Catalogue, Mid, NumberTable, Phrase, Strong
from itilsim.tables.components import Components, Make, Part, read_components

number = 4
title = "figure.waterfall.title"
files = ("values",)
table = read_components

ROW = 27
TITLE = 34


def draw(table: Components, catalogue: Catalogue) -> Any:
    """Draws a panel an alternative: solid bars add to net value, hatched bars take from it, thin lines reach from p10 to p90."""
    from plotly.graph_objects import Figure

    figure = Figure()
    count = len(table.rows)
    columns = 2 if count > 1 else 1
    panel = TITLE + ROW * 7 + 30
    wide, narrow = grid(count, columns, (0.03, TITLE / panel / -(-count // columns))), grid(count, 1, (0, TITLE / panel / count))
    low, high = _span(table, 0.26)
    axis, few = (money_axis(low, high, catalogue, most=most) for most in (5, 3))
    layout: dict[str, Any] = {"annotations": [], "barmode": "overlay", "bargap": 0.35}
    changes: dict[str, Any] = {}
    for place, make in enumerate(table.rows):
        end = "" if place == 0 else str(place + 1)
        layout[f"xaxis{end}"] = axis | {"domain": wide[place][0], "anchor": f"y{end}"}
        layout[f"yaxis{end}"] = _parts_axis(catalogue, f"x{end}") | {"domain": _cut(wide[place][1], panel, -(-count // columns))}
        layout[f"yaxis{end}"]["showticklabels"] = place % columns == 0
        changes |= {
            f"xaxis{end}.domain": narrow[place][0],
            f"xaxis{end}.range": _span(table, 0.5),
            f"yaxis{end}.domain": _cut(narrow[place][1], panel, count),
            f"yaxis{end}.showticklabels": True,
            f"xaxis{end}.tickvals": few["tickvals"],
            f"xaxis{end}.ticktext": few["ticktext"],
        }
        layout["annotations"] += [panel_title(place, make.alternative.title), *_values(make, end, catalogue)]
        for trace in _traces(make, place, catalogue):
            figure.add_trace(trace | {"xaxis": f"x{end}", "yaxis": f"y{end}"})
    figure.update_layout(**layout)
    lines = -(-count // columns)
    return finish(figure, height=panel * lines + 8, narrow={"height": panel * count + 8, "layout": changes}, margin={"b": 8})


def _cut(domain: tuple[float, float], panel: int, lines: int) -> tuple[float, float]:
    """Leaves room for the tick labels under each panel."""
    return domain[0] + 28 / panel / lines, domain[1]


def _parts_axis(catalogue: Catalogue, anchor: str) -> dict[str, Any]:
    names = ("outcomes_supported", "outcomes_affected", "costs_removed", "costs_imposed", "risks_removed", "risks_imposed", "net_value")
    return {
        "tickvals": list(range(7)),
        "ticktext": [catalogue.say(f"component.{name}") for name in names],
        "range": [6.6, -0.6],
        "fixedrange": True,
        "zeroline": False,
        "gridcolor": GRID,
        "showgrid": False,
        "anchor": anchor,
        "automargin": True,
    }


def _steps(make: Make) -> list[tuple[Part, float]]:
    """Pairs each component with where it starts: where the components before it have led to."""
    steps, reached = [], 0.0
    for part in make.parts:
        steps.append((part, reached))
        reached += part.sign * part.mean.value
    return [*steps, (make.net, 0.0)]


def _span(table: Components, room: float) -> tuple[float, float]:
    """Returns the axis that holds every bar and line, with a share of room on the right for the amounts."""
    ends = [0.0]
    for make in table.rows:
        for part, base in _steps(make):
            ends += [base + part.sign * value for value in (part.mean.value, part.low.value, part.high.value)]
    low, high = min(ends), max(ends)
    width = (high - low) or 1.0
    return low - 0.04 * width, high + room * width


def _traces(make: Make, place: int, catalogue: Catalogue) -> list[dict[str, Any]]:
    """Returns the dotted joints, the bars that add, those that take, net value, and the lines from p10 to p90, from back to front."""
    steps = list(enumerate(_steps(make)))
    line = {"type": "scatter", "mode": "lines", "hoverinfo": "skip"}
    joints: dict[str, Any] = {"x": [], "y": [], "line": {"color": MUTED, "width": 1, "dash": "dot"}}
    whiskers: dict[str, Any] = {"x": [], "y": [], "line": {"color": INK, "width": 1.6}}
    for i, (part, base) in steps:
        whiskers["x"] += [round(base + part.sign * part.low.value, 2), round(base + part.sign * part.high.value, 2), None]
        whiskers["y"] += [i, i, None]
        if part is not make.net:
            joints["x"] += [round(base + part.sign * part.mean.value, 2)] * 2 + [None]
            joints["y"] += [i - 0.3, i + 1.3, None]
    kinds = (
        (colour(place), "", [step for step in steps if step[1][0].sign > 0 and step[1][0] is not make.net]),
        (colour(place), "/", [step for step in steps if step[1][0].sign < 0]),
        (INK, "", steps[-1:]),
    )
    return [line | joints, *(_bars(tone, shape, chosen, catalogue) for tone, shape, chosen in kinds), line | whiskers]


def _bars(tone: str, shape: str, steps: list[tuple[int, tuple[Part, float]]], catalogue: Catalogue) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "width": 0.66,
        "y": [i for i, _ in steps],
        "x": [round(part.sign * part.mean.value, 2) for _, (part, _) in steps],
        "base": [round(base, 2) for _, (_, base) in steps],
        "marker": {"color": tone, "pattern": {"shape": shape, "solidity": 0.35, "size": 6}, "line": {"width": 1, "color": tone}},
        "text": [
            catalogue.say(
                "figure.waterfall.hover",
                component=Phrase(f"component.{part.component}", {}),
                mean=Amount(part.mean.value, part.mean.error),
                low=Amount(part.low.value, part.low.error),
                high=Amount(part.high.value, part.high.error),
            )
            for _, (part, _) in steps
        ],
        "textposition": "none",
        "hoverinfo": "text",
    }


def _values(make: Make, end: str, catalogue: Catalogue) -> list[dict[str, Any]]:
    """Writes the mean of each component at the right edge of its panel."""
    return [
        {
            "xref": f"x{end} domain",
            "yref": f"y{end}",
            "x": 1,
            "y": i,
            "xanchor": "right",
            "showarrow": False,
            "text": catalogue.word(Amount(part.sign * part.mean.value, part.mean.error, signed=True, bare=True)),
            "font": {"size": 12, "color": INK if part is make.net else MUTED},
        }
        for i, (part, _) in enumerate(_steps(make))
    ]


def sentences(table: Components, catalogue: Catalogue) -> list[str]:
    """Says for each alternative what brings the most and what takes the largest bite, with the sources behind it where stored."""
    said = []
    for make in table.rows:
        gain = max((part for part in make.parts if part.sign > 0), key=lambda part: part.mean.value)
        bite = max((part for part in make.parts if part.sign < 0), key=lambda part: part.mean.value)
        title = Strong(make.alternative.title)
        parts = [_largest(kind, part, catalogue) for kind, part in (("gain", gain), ("bite", bite)) if part.mean.value]
        if not parts:
            said.append(catalogue.say("figure.waterfall.nothing", alternative=title, baseline=Mid(table.baseline.title)))
            continue
        parts += _sources(make, catalogue)
        said.append(catalogue.say("figure.waterfall.part", alternative=title, parts=catalogue.template("list.clauses").join(parts)))
    return said


def _largest(kind: str, part: Part, catalogue: Catalogue) -> str:
    """Words the largest component of a sign; where another may be as large, it is said."""
    fields = {"component": Phrase(f"brief.{part.component}", {}), "mean": Amount.of(part.mean)}
    return catalogue.word(Phrase(f"figure.waterfall.{kind}{'' if part.most else '-level'}", fields))


def _sources(make: Make, catalogue: Catalogue) -> list[str]:
    """Names the source that adds the most and the one that takes the most, where sources are stored."""
    sides = [[source for source in make.sources if sign * source.mean.value > 0] for sign in (1, -1)]
    named = [side[0] for side in sides if side]
    if not named:
        return []
    parts = [
        Phrase("figure.waterfall.source", {"source": Mid(each.title), "mean": Amount(each.mean.value, each.mean.error, signed=True)})
        for each in named
    ]
    key = ("source-one" if len(named) == 1 else "sources") + ("" if all(each.most for each in named) else "-level")
    listed = catalogue.listed([catalogue.word(part) for part in parts])
    return [catalogue.word(Phrase(f"figure.waterfall.{key}", {"parts": listed}))]


def notes(table: Components, catalogue: Catalogue) -> list[str]:
    """Says how to read the bars and lines."""
    return [catalogue.say("figure.waterfall.note", currency=table.currency, baseline=Mid(table.baseline.title))]


def numbers(table: Components, catalogue: Catalogue) -> NumberTable:
    """Returns mean, p10 and p90 of every component and of net value."""
    keys = ("component", "mean", "error", "p10", "p90")
    heads = (catalogue.say("strip.alternative"), *(catalogue.say(f"numbers.{key}") for key in keys))
    rows = tuple(
        (
            make.alternative.title,
            Phrase(f"component.{part.component}", {}),
            Amount(part.sign * part.mean.value, part.mean.error, bare=True),
            Amount(part.mean.error, bare=True),
            Amount(part.sign * part.low.value, part.low.error, bare=True),
            Amount(part.sign * part.high.value, part.high.error, bare=True),
        )
        for make in table.rows
        for part in (*make.parts, make.net)
    )
    return NumberTable(heads, rows)
