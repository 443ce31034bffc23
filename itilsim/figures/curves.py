"""How the curves of alternatives are told from one another: colour, symbol and dash, a legend, and a row of names with a number each.

Where there are many alternatives the leader, the next best and the baseline are drawn in full and the others lighter; a button of the row
brings out its own curve (behaviours/curves.js).
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from itilsim.figures.decision_strip import swatch
from itilsim.figures.style import INK, PAPER, colour, dash, symbol
from itilsim.figures.wording import Catalogue
from itilsim.tables.net_value import Strip

FULL = 5
"""Alternatives that are all drawn in full; of more, only the leader and the next best are."""
LIGHT = 0.6
BASELINE = '<svg class="swatch baseline" viewBox="0 0 16 16" aria-hidden="true"><path d="M0 8h16"/></svg>'


def names(strip: Strip) -> list[str]:
    """Returns the titles of the alternatives in the case's order and that of the baseline after them."""
    return [*(alternative.title for alternative in strip.values.alternatives), strip.values.baseline.title]


def look(place: int, strip: Strip) -> dict[str, Any]:
    """Returns how the curve at a place is drawn; the place after the last alternative is the baseline's, a plain line in ink."""
    alternatives = strip.values.alternatives
    is_baseline = place == len(alternatives)
    main = (strip.leader.alternative.name, strip.against[0].b.name)
    is_full = is_baseline or len(alternatives) <= FULL or alternatives[place].name in main
    tone = INK if is_baseline else colour(place)
    return {
        "type": "scatter",
        "name": names(strip)[place],
        "legendgroup": str(place),
        "mode": "lines" if is_baseline else "lines+markers",
        "line": {"color": tone, "width": 2.4 if is_full else 1.4, "dash": "solid" if is_baseline else dash(place)},
        "marker": {"symbol": symbol(place), "size": 8, "color": tone, "maxdisplayed": 9, "line": {"color": PAPER, "width": 1}},
        "opacity": 1.0 if is_full else LIGHT,
        "hoverinfo": "skip",
    }


def legend() -> dict[str, Any]:
    """Returns a legend in the upper right, where a falling curve leaves room; on the page the row of names stands for it."""
    return {
        "x": 1, "y": 1, "xanchor": "right", "yanchor": "top", "itemclick": False, "itemdoubleclick": False,
        "bgcolor": PAPER, "font": {"size": 12, "color": INK}, "tracegroupgap": 0, "itemwidth": 40,
    }  # fmt: skip


def row(strip: Strip, cells: Sequence[str], label: str, catalogue: Catalogue) -> str:
    """Returns the row of names as HTML: a button an alternative with its mark and a number, which a behaviour changes."""
    items = []
    for place, (name, cell) in enumerate(zip(names(strip), cells, strict=True)):
        mark = BASELINE if place == len(cells) - 1 else swatch(place)
        items.append(
            f'<li><button type="button" aria-pressed="false" data-curve="{place}">{mark}<span>{escape(name)}</span>'
            f'<b data-cell="{place}">{escape(cell)}</b></button></li>'
        )
    said = escape(catalogue.say("curves.bring-out"))
    return f'<p class="curves-label" data-label>{escape(label)}</p><ul class="curves" title="{said}">{"".join(items)}</ul>'
