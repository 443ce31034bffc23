"""Figure 9: one future, opened from a dot: its running value beside its twins', trust and service levels, sources, and its story.

The drawing shows one future; the page's behaviour `one-future.js` shows any other from the words in its `layout.meta`
and from the numbers, which travel beside it.
"""

from __future__ import annotations

import json
from html import escape
from math import ceil
from typing import Any

import numpy as np

from itilsim.figures.future_words import choice, said, story
from itilsim.figures.packed import Steps, differences, percents, sparse
from itilsim.figures.style import GRID, INK, MUTED, PAPER, colour, dash, finish, grid, named, panel_title
from itilsim.figures.wording import Amount, Catalogue, Mid, NumberTable, Plural
from itilsim.ledger.futures import DOTS
from itilsim.tables.levels import QUARTER, Level
from itilsim.tables.one_future import Futures, read_futures
from itilsim.tables.result import readable

number = 9
title = "figure.one-future.title"
files = ("paths", "sources")
table = read_futures

RUNNING, PANEL, TITLE = 300, 92, 24
WIDE, NARROW = 3, 2
"""Columns of the panels of levels."""
CHOICES = ("alternative", "dot", "twin")
WORDS = (
    "source", "here", "average", "rest", "total", "counted", "month", "untold", "story", "same", "sources",
)  # fmt: skip
"""What the page's behaviour says itself."""


def draw(table: Futures, catalogue: Catalogue) -> Any:
    """Draws the running value of one future under every alternative, its events on the line, and its levels in small panels."""
    from plotly.graph_objects import Figure

    steps = steps_of(table, catalogue)
    own, dot = table.shown
    at = int(table.dots[own, dot])
    panels = max((len(levels) for levels in table.levels.values()), default=0)
    figure = Figure()
    for place in range(len(table.paths)):
        figure.add_scatter(**_line(table, place, at, steps, is_own=place == own))
    figure.add_scatter(mode="markers+text", x=[], y=[], text=[], hovertext=[], hoverinfo="text", cliponaxis=False, **_event_marks())
    for panel in range(panels):
        axes = {"xaxis": f"x{panel + 2}", "yaxis": f"y{panel + 2}"}
        figure.add_scatter(mode="lines", x=[], y=[], hovertemplate="%{y:.0f} %<extra></extra>", line={"width": 2, "color": INK}, **axes)
    wide, layout = _layout(table, panels, WIDE, catalogue)
    narrow, changes = _layout(table, panels, NARROW, catalogue)
    value = catalogue.say("figure.one-future.running", unit=steps.name)
    layout["annotations"] = [panel_title(0, value), *(panel_title(panel + 1, "") for panel in range(panels))]
    figure.update_layout(**layout)
    kept = ("domain", "showticklabels")
    dotted = {f"{axis}.{key}": settings[key] for axis, settings in changes.items() for key in kept if key in settings}
    finish(figure, height=wide, narrow={"height": narrow, "layout": dotted}, margin={"b": 44, "t": 30, "l": 58})
    return figure.update_layout(meta={**figure.layout.meta, "futures": worded(table, steps, catalogue)})


def steps_of(table: Futures, catalogue: Catalogue) -> Steps:
    """Chooses what the amounts of single futures are counted in: four figures of the largest dot."""
    return Steps.of(float(np.abs(table.quantiles).max()), catalogue)


def _line(table: Futures, place: int, at: int, steps: Steps, *, is_own: bool) -> dict[str, Any]:
    counted = steps.counted(table.paths[place, at])
    return {
        "mode": "lines",
        "x": [round(month / 12, 4) for month in range(counted.size + 1)],
        "y": [0.0, *steps.read(counted)],
        "name": table.strip.rows[place].alternative.title,
        "line": {"width": 3.5 if is_own else 1.4, "color": colour(place), "dash": dash(place)},
        "hovertemplate": f"%{{fullData.name}}: %{{y:,.{steps.decimals}f}} {steps.name}<extra></extra>",
    }


def _event_marks() -> dict[str, Any]:
    return {
        "marker": {"size": 17, "color": PAPER, "line": {"color": INK, "width": 1.4}},
        "textfont": {"size": 10, "color": INK},
        "textposition": "middle center",
    }


def _layout(table: Futures, panels: int, columns: int, catalogue: Catalogue) -> tuple[int, dict[str, Any]]:
    """Gives the height and the axes: the running value above, panels of levels in so many columns below."""
    lines = ceil(panels / columns)
    height = RUNNING + lines * PANEL + 60
    lower = lines * PANEL / (RUNNING + lines * PANEL)
    years = table.paths.shape[2] / 12
    quiet = {"range": [0, years], "gridcolor": GRID, "zeroline": False, "fixedrange": True, "tickvals": list(range(int(years) + 1))}
    value = {"gridcolor": GRID, "zeroline": True, "zerolinecolor": MUTED, "zerolinewidth": 1.5, "fixedrange": True, "tickformat": ","}
    axes: dict[str, Any] = {
        "xaxis": named(quiet | {"domain": [0, 1], "anchor": "y"}, catalogue.say("figure.one-future.axis")),
        "yaxis": value | {"domain": [lower + 0.1 * bool(panels), 1], "anchor": "x", "nticks": 6},
    }
    if panels:
        for panel, (x, y) in enumerate(grid(panels, columns, (0.07, TITLE / PANEL / lines))):
            axes[f"xaxis{panel + 2}"] = quiet | {"domain": x, "anchor": f"y{panel + 2}", "showticklabels": panel >= panels - columns}
            axes[f"yaxis{panel + 2}"] = {
                "range": [0, 104], "domain": [y[0] * lower + 0.02, y[1] * lower], "anchor": f"x{panel + 2}", "fixedrange": True,
                "gridcolor": GRID, "tickvals": [0, 50, 100], "ticktext": ["0", "", "100\u00a0%"], "zeroline": False,
                "showticklabels": panel % columns == 0,
            }  # fmt: skip
    return height, axes


def worded(table: Futures, steps: Steps, catalogue: Catalogue) -> dict[str, Any]:
    """Gives what the page says of every future that a dot opens, in the words of a language."""
    names = [row.alternative.name for row in table.strip.rows[:-1]]
    levels = [table.levels.get(name, ()) for name in names]
    return {
        "amount": steps.spelled(catalogue),
        "words": {key: catalogue.template(f"figure.one-future.{key}") for key in WORDS},
        "shown": [*table.shown],
        "alternatives": [
            {
                "title": row.alternative.title,
                "twin": table.twin(place),
                "command": table.command.replace("{alternative}", row.alternative.name),
                "sources": list(table.titles[place]),
                "events": [[each.title, catalogue.number(each.average, 2)] for each in table.counts.get(row.alternative.name, ())],
                "levels": [_level_title(level, levels[place], catalogue) for level in levels[place]],
                "dots": [_dot(table, place, dot, catalogue) for dot in range(DOTS)],
            }
            for place, row in enumerate(table.strip.rows[:-1])
        ],
    }


def packed(table: Futures, steps: Steps) -> dict[str, Any]:
    """Packs the numbers of every future that a dot opens, which no language changes.

    Amounts are whole steps, courses go by differences, and what is mostly nought by place.
    """
    futures = range(table.numbers.size)
    names = [row.alternative.name for row in table.strip.rows[:-1]]
    return {
        "numbers": table.numbers.tolist(),
        "dots": table.dots.tolist(),
        "quarter": QUARTER,
        "averages": [sparse(steps.shared(own)) for own in table.averages],
        "paths": [[differences(steps.counted(own[at])) for at in futures] for own in table.paths],
        "sources": [[sparse(steps.shared(own[:, at])) for at in futures] for own in table.amounts],
        "counts": [[sparse(np.array([each.counts[at] for each in table.counts.get(name, ())])) for at in futures] for name in names],
        "levels": [
            [[percents(level.course[at]) for level in table.levels.get(name, ())] for at in own]
            for name, own in zip(names, table.dots, strict=True)
        ],
    }


def _level_title(level: Level, among: tuple[Level, ...], catalogue: Catalogue) -> str:
    kind = catalogue.say(f"figure.one-future.level.{level.kind}")
    return kind if sum(each.kind == level.kind for each in among) == 1 else f"{kind} · {readable(level.of)}"


def _dot(table: Futures, alternative: int, dot: int, catalogue: Catalogue) -> dict[str, Any]:
    at = int(table.dots[alternative, dot])
    name = table.strip.rows[alternative].alternative.name
    events = table.stories.get((name, int(table.numbers[at])))
    return {
        "choice": choice(table, alternative, dot, catalogue),
        "said": said(table, alternative, dot, catalogue),
        "story": None if events is None else story(events, catalogue),
    }


def shared_numbers(table: Futures, catalogue: Catalogue) -> str:
    """Gives the numbers of all futures as a JSON script, for a page that has no English text beside another."""
    numbers = json.dumps(packed(table, steps_of(table, catalogue)), separators=(",", ":"))
    return f'<script type="application/json" id="futures">{numbers}</script>'


def controls(table: Futures, catalogue: Catalogue) -> str:
    """Gives the lists to choose from, and the places beside the drawing that the page fills when the figure is opened.

    The numbers are the same in every language and a page has every language, so they travel once, with the English text.
    """
    chosen = "".join(
        f'<label>{escape(catalogue.say(f"figure.one-future.choose-{name}"))} <select data-choose="{name}"></select></label>'
        for name in CHOICES
        if name != "twin" or len(table.paths) > 1
    )
    script = shared_numbers(table, catalogue) if catalogue.code == "en" else ""
    return (
        f'{script}<div class="future-choice">{chosen}</div><p class="future-said" aria-live="polite"></p>'
        '<div class="future-beside"></div><div class="future-story"></div>'
    )


def sentences(table: Futures, catalogue: Catalogue) -> list[str]:
    """Says what the leader's future at its 1-in-20 bad value is like, and that a dot opens any other."""
    between = catalogue.template("figure.one-future.between")
    return [between.join((catalogue.say("figure.one-future.lead"), said(table, *table.shown, catalogue)))]


def notes(table: Futures, catalogue: Catalogue) -> list[str]:
    """Says which future a dot opens, what the amounts of events are, and of how many futures the story is stored."""
    fields = {"stored": Plural(table.stored, "future"), "baseline": Mid(table.strip.values.baseline.title), "dots": DOTS}
    told = catalogue.say("figure.one-future.note-story", told=Plural(len(table.stories), "future"), **fields) if table.stories else ""
    return [note for note in (catalogue.say("figure.one-future.note", **fields), told) if note]


def numbers(table: Futures, catalogue: Catalogue) -> NumberTable:
    """Returns each dot with the future that it opens: the quantile that it stands for, and the future's own value."""
    keys = ("dot", "future", "quantile", "value")
    heads = (catalogue.say("strip.alternative"), *(catalogue.say(f"figure.one-future.head-{key}") for key in keys))
    rows = []
    for place, row in enumerate(table.strip.rows[:-1]):
        for dot in range(DOTS):
            at = int(table.dots[place, dot])
            amounts = (Amount(float(table.quantiles[place, dot]), bare=True), Amount(float(table.values[place, at]), bare=True))
            rows.append((row.alternative.title, dot + 1, str(table.numbers[at]), *amounts))
    return NumberTable(heads, tuple(rows))
