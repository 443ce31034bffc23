"""Figure 2: what the leading alternative is worth more than each other one in the same future."""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np

from itilsim.figures.clipped import Side, off_chart
from itilsim.figures.style import blank_axis, colour, finish, money_axis, named, stacked
from itilsim.figures.wording import Amount, Catalogue, Chance, Mid, NumberTable, Percent, Strong
from itilsim.tables.net_value import Comparison
from itilsim.tables.same_future import SameFuture, read_same_future
from itilsim.tables.spread import quantiles
from itilsim.text.wording import broken

number = 2
title = "figure.same-future.title"
files = ("values",)
table = read_same_future

TITLE = 46
BODY = 96


def draw(table: SameFuture, catalogue: Catalogue) -> Any:
    """Draws a panel a pair: bars right of nought are futures in which the leader is worth more, hatched bars left of it less."""
    from plotly.graph_objects import Figure

    figure = Figure()
    count = len(table.pairs)
    low, high = float(table.edges[0]), float(table.edges[-1])
    axis, few = (money_axis(low, high, catalogue, most=most) for most in (7, 4))
    domains = stacked(count, TITLE / (TITLE + BODY) / count)
    layout: dict[str, Any] = {"annotations": [], "bargap": 0.06, "barmode": "overlay"}
    changes: dict[str, Any] = {"annotations": []}
    for place, pair in enumerate(table.pairs):
        end = "" if place == 0 else str(place + 1)
        layout[f"xaxis{end}"] = axis | {"anchor": f"y{end}", "showticklabels": place == count - 1}
        layout[f"yaxis{end}"] = blank_axis() | {"domain": domains[place], "anchor": f"x{end}", "rangemode": "tozero"}
        changes |= {f"xaxis{end}.tickvals": few["tickvals"], f"xaxis{end}.ticktext": few["ticktext"]}
        layout["annotations"] += _sides(pair, end, 60, catalogue)
        changes["annotations"] += _sides(pair, end, 23, catalogue)
        for ahead in (True, False):
            figure.add_bar(**_bars(table, place, ahead, catalogue), xaxis=f"x{end}", yaxis=f"y{end}")
    last = f"xaxis{count if count > 1 else ''}"
    leader = Mid(table.strip.leader.alternative.title)
    layout[last] = named(layout[last], catalogue.say("axis.pair", currency=table.strip.values.currency, leader=leader))
    figure.update_layout(**layout)
    height = (TITLE + BODY) * count + 60
    return finish(figure, height=height, narrow={"height": height, "layout": changes}, margin={"b": 56})


def _bars(table: SameFuture, place: int, ahead: bool, catalogue: Catalogue) -> dict[str, Any]:
    """Returns the bars of one pair on the side of nought where the leader is ahead, or on the other."""
    pair = table.pairs[place]
    starts, ends = table.edges[:-1], table.edges[1:]
    side = (starts + ends > 0) == ahead
    tone = _tone(table, pair.a.name if ahead else pair.b.name)
    chosen = list(zip(starts[side], ends[side], table.counts[place][side], strict=True))
    return {
        "x": np.round((starts + ends)[side] / 2, 2).tolist(),
        "y": table.counts[place][side].tolist(),
        "width": round(0.94 * float(ends[0] - starts[0]), 2),
        "marker": {"color": tone, "pattern": {"shape": "" if ahead else "/", "solidity": 0.35, "size": 6}, "line": {"width": 0}},
        "text": [
            catalogue.say(
                "figure.same-future.hover",
                low=Amount(float(low), signed=True),
                high=Amount(float(high), signed=True),
                count=int(count),
                futures=pair.difference.size,
            )
            for low, high, count in chosen
        ],
        "textposition": "none",
        "hoverinfo": "text",
    }


def _tone(table: SameFuture, name: str) -> str:
    places = [alternative.name for alternative in table.strip.values.alternatives]
    return colour(places.index(name)) if name in places else colour(5)


def _sides(pair: Comparison, end: str, width: int, catalogue: Catalogue) -> list[dict[str, Any]]:
    """Writes over each side of a panel who is worth more there and how often."""
    common = {"xref": f"x{end} domain", "yref": f"y{end} domain", "y": 1, "yanchor": "bottom", "yshift": 3, "showarrow": False}
    said = []
    for side, x, who, share in (("left", 0, pair.b, pair.worse), ("right", 1, pair.a, pair.better)):
        text = catalogue.say(f"figure.same-future.{side}", alternative=who.title, percent=Percent(share))
        said.append(common | {"x": x, "xanchor": side, "align": side, "text": "<br>".join(broken(text, width)), "font": {"size": 12}})
    return said


def sentences(table: SameFuture, catalogue: Catalogue) -> list[str]:
    """Says of each pair how often the leader is worth more and by how much, and by how much it is behind when it is not."""
    return [pair_sentence(pair, catalogue) for pair in table.pairs]


def pair_sentence(pair: Comparison, catalogue: Catalogue) -> str:
    """Words one comparison in the same futures; what cannot be told apart, and where mean and chance disagree, is said."""
    fields: dict[str, object] = {
        "a": Strong(pair.a.title),
        "b": Strong(pair.b.title),
        "chance": Chance(pair.better),
        "gain": Amount.of(pair.when_better),
        "loss": Amount.of(pair.when_worse),
        "mean": Amount.size(pair.mean),
        "futures": pair.difference.size,
    }
    if not pair.better.count and not pair.worse.count:
        return catalogue.say("pair.same", **fields)
    if not pair.worse.count:
        return catalogue.say("pair.always", **fields)
    if not pair.better.count:
        return catalogue.say("pair.never", **fields)
    more, less = pair.better.count, pair.worse.count
    usually = 0 if abs(more - less) <= 2 * sqrt(more + less) else 1 if more > less else -1
    if pair.level:
        verdict = "level"
    elif pair.mean.value > 0:
        verdict = "ahead" if usually >= 0 else "ahead-rarely"
    else:
        verdict = "behind" if usually <= 0 else "behind-usually"
    return catalogue.together([catalogue.say("pair.chance", **fields), catalogue.say(f"pair.{verdict}", **fields)])


def notes(table: SameFuture, catalogue: Catalogue) -> list[str]:
    """Says that both stand in the same future, and how many futures are off the axis."""
    said = [catalogue.say("figure.same-future.note", leader=Strong(table.strip.leader.alternative.title))]
    ends: list[tuple[str, Side, int, float]] = []
    for pair, low, high in zip(table.pairs, table.off_low, table.off_high, strict=True):
        ends.append((pair.b.title, "left", low, pair.difference.min()))
        ends.append((pair.b.title, "right", high, pair.difference.max()))
    return said + off_chart(ends, table.strip.values.futures, catalogue)


def numbers(table: SameFuture, catalogue: Catalogue) -> NumberTable:
    """Returns every pair's difference: mean with its error, percentiles, chances, and sizes when better and when worse."""
    keys = ("mean", "error", "p10", "p50", "p90", "better", "worse", "when-better", "when-worse")
    heads = (catalogue.say("numbers.pair"), *(catalogue.say(f"numbers.{key}") for key in keys))
    rows = []
    for pair in table.strip.against:
        middle = [Amount.cell(q) for q in quantiles(pair.difference, (0.1, 0.5, 0.9))]
        rows.append(
            (
                catalogue.say("numbers.less", a=pair.a.title, b=pair.b.title),
                Amount.cell(pair.mean),
                Amount(pair.mean.error, bare=True),
                *middle,
                Percent(pair.better),
                Percent(pair.worse),
                Amount.cell(pair.when_better),
                Amount.cell(pair.when_worse),
            )
        )
    return NumberTable(heads, tuple(rows))
