"""Figure 6: how often the losses by risks over a lifetime exceed an amount, on logarithmic axes, with the appetite where one is stated.

All risks together are shown first; the page's behaviour exceedance.js shows one alone, with what travels in `layout.meta.choices`.
"""

from __future__ import annotations

from html import escape
from math import ceil, floor, log10
from typing import Any

from itilsim.figures.curves import legend, look, names, row
from itilsim.figures.style import GRID, INK, MUTED, finish, named
from itilsim.figures.wording import Amount, Catalogue, Mid, NumberTable, Percent, Phrase, Strong
from itilsim.tables.exceedance import CARRIED, Appetite, Axis, Exceedance, Losses, read_exceedance
from itilsim.tables.spread import Share

number = 6
title = "figure.exceedance.title"
files = ("values", "rare")
table = read_exceedance

HEIGHT = 420
CLEAR = "rgba(0,0,0,0)"
OFTEN, SELDOM = 0.05, 0.01
"""Shares of futures for which the loss that they exceed is said."""


def draw(table: Exceedance, catalogue: Catalogue) -> Any:
    """Draws a falling curve of steps for each alternative and the baseline, thin and dotted where hardly a future carries it."""
    from plotly.graph_objects import Figure

    if not table.choices:
        return ""
    figure = Figure()
    choices = []
    for losses in table.choices:
        traces = [trace for place in range(len(losses.rows)) for trace in _curve(place, losses, table)]
        choices.append(_choice(losses, len(figure.data), len(traces), table, catalogue))
        for trace in traces:
            figure.add_trace(trace if losses is table.choices[0] else trace | {"visible": False})
    axis = {"type": "log", "gridcolor": GRID, "zeroline": False, "fixedrange": True, "ticklabelstandoff": 4}
    name = catalogue.say("figure.exceedance.axis-loss", currency=table.strip.values.currency)
    marks = [_text(catalogue.say("figure.exceedance.axis-chance"), x=0, y=1, xref="paper", yref="paper", yshift=10)]
    slim: dict[str, Any] = {f"xaxis.{key}": value for key, value in choices[0]["slim"].items()}
    slim |= {"showlegend": False, "meta.is_narrow": True}
    shapes = []
    if table.futures > CARRIED:
        few = CARRIED / table.futures
        shapes.append({"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": few, "y1": few, "line": {"color": MUTED, "width": 1}})
        text = catalogue.say("figure.exceedance.few", few=CARRIED)
        marks.append(_text(text, x=0, y=round(log10(few), 4), xref="paper", yanchor="top", xshift=6))
    if table.appetite is not None:
        figure.add_trace(_corner(table.appetite))
        text = catalogue.say("figure.exceedance.appetite-mark", **_stated(table.appetite, catalogue))
        slim[f"annotations.{len(marks)}.text"] = catalogue.say("figure.exceedance.appetite-short")
        where = {"x": 1, "y": 1, "xref": "paper", "yref": "paper", "yshift": 10, "xanchor": "right"}
        marks.append(_text(text, **where) | {"font": {"size": 12, "color": INK}})
    figure.update_layout(xaxis=named(axis | choices[0]["wide"], name), yaxis=_chances(table.futures, catalogue))
    figure.update_layout(legend=legend() | {"bgcolor": CLEAR}, annotations=marks, shapes=shapes)
    narrow = {"height": 350, "layout": slim, "traces": {"marker.size": 6}}
    figure = finish(figure, height=HEIGHT, narrow=narrow, margin={"t": 40, "b": 56})
    figure.update_layout(showlegend=True)
    figure.layout.meta = figure.layout.meta | {"choices": choices, "is_narrow": False}
    return figure


def _text(text: str, **where: Any) -> dict[str, Any]:
    common = {"showarrow": False, "xanchor": "left", "yanchor": "bottom", "font": {"size": 12, "color": MUTED}}
    return common | {"text": text} | where


def _curve(place: int, losses: Losses, table: Exceedance) -> list[dict[str, Any]]:
    """Returns a curve that stands at each chance from its amount on, in the part that futures carry and the rest; none without losses."""
    amounts, counts = losses.steps(place, losses.axis(table.appetite))
    if not counts[0]:
        return []
    own = look(place, table.strip)
    own["line"] = own["line"] | {"shape": "hv"}
    split = int((counts >= CARRIED).sum())
    parts = []
    if split:
        parts.append(own | _points([*amounts[:split], *amounts[split : split + 1]], [*counts[:split], counts[split - 1]], losses.futures))
    if split < len(amounts):
        start = slice(split, split + 1), slice(split - 1, split) if split else slice(0)
        x, y = [*(amounts[start[0]] if split else ()), *amounts[split:]], [*counts[start[1]], *counts[split:]]
        dotted = {"mode": "lines", "line": own["line"] | {"width": 1.2, "dash": "1px 3px"}, "showlegend": not parts}
        parts.append(own | dotted | _points(x, y, losses.futures))
    return parts


def _points(amounts: list[float], counts: list[float], futures: int) -> dict[str, list[float]]:
    """Returns a step's places; where no future is left it falls to the foot of the chart."""
    shares = [round(max(float(count), 0.5) / futures, 7) for count in counts]
    return {"x": [float(f"{amount:.4g}") for amount in amounts], "y": shares}


def _corner(appetite: Appetite) -> dict[str, Any]:
    """Returns what is beyond the appetite, larger and likelier, shaded: a falling curve comes into it only where it is exceeded."""
    far = 1e9 * appetite.amount
    return {
        "type": "scatter", "mode": "lines", "hoverinfo": "skip", "showlegend": False, "fill": "toself",
        "x": [far, appetite.amount, appetite.amount, far], "y": [1.0, 1.0, appetite.chance, appetite.chance],
        "fillcolor": "rgba(120,130,145,0.16)", "line": {"color": INK, "width": 1.2, "dash": "6px 3px"},
    }  # fmt: skip


def _chances(futures: int, catalogue: Catalogue) -> dict[str, Any]:
    """Returns a logarithmic axis from every future down to half of one."""
    decades = ceil(log10(futures))
    values = [10.0**-k * factor for k in range(decades + 1) for factor in ((1.0,) if decades > 2 else (1.0, 0.5, 0.2))]
    values = [value for value in values if value >= 0.9 / futures]
    return {
        "type": "log",
        "range": [round(log10(0.5 / futures), 4), 0.02],
        "tickvals": values,
        "ticktext": [catalogue.say(f"figure.exceedance.{'one-in' if value < 1 else 'every'}", n=round(1 / value)) for value in values],
        "gridcolor": GRID,
        "zeroline": False,
        "fixedrange": True,
        "automargin": True,
    }


def _choice(losses: Losses, first: int, count: int, table: Exceedance, catalogue: Catalogue) -> dict[str, Any]:
    """Returns what the page shows when these losses are chosen: which traces, the axis wide and narrow, the sentence, and the row."""
    axis = losses.axis(table.appetite)
    label, cells = _row(losses, table, catalogue)
    return {
        "first": first,
        "count": count,
        "wide": _amounts(axis, catalogue, most=8),
        "slim": _amounts(axis, catalogue, most=4),
        "said": sentence(losses, table, catalogue),
        "label": label,
        "cells": cells,
    }


def _amounts(axis: Axis, catalogue: Catalogue, *, most: int) -> dict[str, Any]:
    """Returns range and ticks of a logarithmic axis of amounts."""
    low, high = (log10(end) for end in axis)
    ways = [[10.0**k * f for k in range(floor(low), ceil(high) + 1) for f in factors] for factors in ((1, 2, 5), (1, 3), (1,), (10,))]
    inside = [[v for v in values if axis[0] * 0.999 <= v <= axis[1] * 1.001] for values in ways]
    values = next((each for each in inside if len(each) <= most), inside[-1][::2])
    texts = [catalogue.word(Amount(value, bare=True, exact=True)) for value in values]
    return {"range": [round(low, 4), round(high, 4)], "tickvals": values, "ticktext": texts}


def _row(losses: Losses, table: Exceedance, catalogue: Catalogue) -> tuple[str, list[str]]:
    """Returns what the row of names says: the chance of more than the appetite's amount, or else the loss that 1 future in 100 exceeds."""
    places = range(len(losses.rows))
    if table.appetite is None:
        return catalogue.say("figure.exceedance.row-loss"), [_exceeded(losses, place, SELDOM, catalogue) for place in places]
    label = catalogue.say("figure.exceedance.row-chance", **_stated(table.appetite, catalogue))
    return label, [catalogue.word(Percent(losses.over(place, table.appetite.amount))) for place in places]


def _exceeded(losses: Losses, place: int, chance: float, catalogue: Catalogue) -> str:
    return catalogue.word(Amount.cell(losses.exceeded(place, chance)))


def _stated(appetite: Appetite, catalogue: Catalogue) -> dict[str, object]:
    chance = catalogue.say("percent.about", value=100 * appetite.chance)
    return {"amount": Amount(appetite.amount, exact=True), "accepted": chance}


def controls(table: Exceedance, catalogue: Catalogue) -> str:
    """Returns a labelled choice of one risk alone, and under it a number for each alternative."""
    label, cells = _row(table.choices[0], table, catalogue)
    together = row(table.strip, cells, label, catalogue)
    if len(table.choices) == 1:
        return together
    titles = [losses.risk or catalogue.say("figure.exceedance.together") for losses in table.choices]
    options = "".join(f'<option value="{place}">{escape(text)}</option>' for place, text in enumerate(titles))
    name = f"losses-{catalogue.code}"
    said = escape(catalogue.say("figure.exceedance.label"))
    return f'<div class="choose"><label for="{name}">{said}</label><select id="{name}">{options}</select></div>{together}'


def sentences(table: Exceedance, catalogue: Catalogue) -> list[str]:
    """Says what all risks together take; the page says it of one risk when that is chosen."""
    return [sentence(table.choices[0], table, catalogue)]


def sentence(losses: Losses, table: Exceedance, catalogue: Catalogue) -> str:
    """Says how often losses exceed the appetite where one is stated, and what they exceed in 1 of 20 futures; a risk alone at its worst."""
    if losses.risk:
        return _alone(losses, table, catalogue)
    said = _against_appetite(losses, table.appetite, table, catalogue) if table.appetite is not None else []
    pair = {"leader": Strong(names(table.strip)[table.leader]), "baseline": Mid(table.strip.values.baseline.title)}
    fields = {"loss": _loss(losses, table.leader, OFTEN), "loss_now": _loss(losses, -1, OFTEN)}
    return catalogue.together([*said, catalogue.say("figure.exceedance.often", **pair, **fields)])


def _loss(losses: Losses, place: int, chance: float) -> Amount:
    estimate = losses.exceeded(place, chance)
    return Amount(estimate.value, estimate.error)


def _against_appetite(losses: Losses, appetite: Appetite, table: Exceedance, catalogue: Catalogue) -> list[str]:
    """Says it of the leader, then which alternatives surely go beyond the appetite and which are too close to call."""
    titles = names(table.strip)
    shares = [losses.over(place, appetite.amount) for place in range(len(titles))]
    fields = _stated(appetite, catalogue) | {"futures": table.futures}
    leader = {"leader": Strong(titles[table.leader]), "percent": _often(shares[table.leader], catalogue)}
    said = [catalogue.say("figure.exceedance.leader", **leader, **fields)]
    verdicts = [verdict_of(share, appetite) for share in shares]
    for key, verdict in (("beyond", 1), ("close", 0)):
        found = [place for place, own in enumerate(verdicts) if own == verdict]
        if len(found) == len(titles):
            said.append(catalogue.say(f"figure.exceedance.{key}-all", **fields))
        elif found:
            parts = [{"alternative": Strong(titles[place]), "percent": Percent(shares[place])} for place in found]
            listed = catalogue.listed([catalogue.word(Phrase("figure.exceedance.part", each)) for each in parts])
            said.append(catalogue.say(f"figure.exceedance.{key}", alternatives=listed, **fields))
        elif verdict == 1 and any(verdicts):
            said.append(catalogue.say("figure.exceedance.beyond-none", **fields))
    return said


def verdict_of(share: Share, appetite: Appetite) -> int:
    """Returns 1 where surely more futures than accepted go beyond the appetite, -1 where surely fewer, 0 where it is too close to call."""
    gap = share.value - appetite.chance
    return 0 if abs(gap) <= 2 * share.error else 1 if gap > 0 else -1


def _often(share: Share, catalogue: Catalogue) -> Phrase:
    """Words a share of the futures within a sentence; all and none need words of their own."""
    key = "never" if not share.count else "always" if share.count == share.of else "share"
    return Phrase(f"figure.exceedance.{key}", {"percent": Percent(share), "futures": share.of})


def _alone(losses: Losses, table: Exceedance, catalogue: Catalogue) -> str:
    """Says of one risk where it takes most, how often it takes anything there, and what in the worst futures."""
    place = losses.worst
    seldom = losses.exceeded(place, SELDOM)
    fields: dict[str, object] = {
        "risk": Strong(losses.risk),
        "alternative": Strong(names(table.strip)[place]),
        "percent": _often(losses.over(place, 0.0), catalogue),
        "loss": Amount(seldom.value, seldom.error) if seldom.value > 0.0 else Amount(float(losses.rows[place, -1])),
    }
    said = [catalogue.say("figure.exceedance.alone" if seldom.value > 0.0 else "figure.exceedance.alone-rare", **fields)]
    if table.appetite is not None:
        fields = {"percent": _often(losses.over(place, table.appetite.amount), catalogue)} | _stated(table.appetite, catalogue)
        said.append(catalogue.say("figure.exceedance.alone-appetite", **fields))
    return catalogue.together(said)


def notes(table: Exceedance, catalogue: Catalogue) -> list[str]:
    """Says how to read the curves, where few futures carry them, and where the appetite comes from."""
    said = [catalogue.say("figure.exceedance.note", futures=table.futures, few=CARRIED)]
    if table.appetite is not None:
        fields = _stated(table.appetite, catalogue) | {"source": table.appetite.source}
        said.append(catalogue.say("figure.exceedance.note-appetite", **fields))
    return said


def numbers(table: Exceedance, catalogue: Catalogue) -> NumberTable:
    """Returns for all risks and each alone, under every alternative: how often anything is lost, and what is lost in the worst futures."""
    keys = ["risk", "happens", "mean", "tenth", "twentieth", "hundredth", "largest"]
    heads = [catalogue.say(f"figure.exceedance.number-{key}") for key in keys]
    heads.insert(1, catalogue.say("strip.alternative"))
    if table.appetite is not None:
        heads.append(catalogue.say("figure.exceedance.row-chance", **_stated(table.appetite, catalogue)))
    rows = []
    for losses in table.choices:
        for place, name in enumerate(names(table.strip)):
            cells: list[object] = [losses.risk or catalogue.say("figure.exceedance.together"), name, Percent(losses.over(place, 0.0))]
            cells.append(Amount.cell(losses.average(place)))
            cells += [Amount.cell(losses.exceeded(place, chance)) for chance in (0.1, OFTEN, SELDOM)]
            cells.append(Amount(float(losses.rows[place, -1]), bare=True))
            if table.appetite is not None:
                cells.append(Percent(losses.over(place, table.appetite.amount)))
            rows.append(tuple(cells))
    return NumberTable(tuple(heads), tuple(rows))
