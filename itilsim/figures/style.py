"""How all drawn figures look: colours, symbols and dashes of the alternatives, axes that carry worded amounts, phone layouts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil, floor, log10
from typing import Any

from itilsim.figures.wording import Amount, Catalogue

INK, MUTED, GRID, PAPER = "#1c2430", "#5a6472", "#e3e6ea", "#ffffff"
"""Neutral colours on a light page; the page swaps them on a dark one."""
SERIES = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#7A7A7A", "#5B3A9B", "#8C510A", "#44AA99")
"""Okabe and Ito's colours (2008) in the order in which alternatives take them, a grey, and three more that differ in lightness."""
DARK = {
    INK: "#e8ebef", MUTED: "#a3adba", GRID: "#2f3742", PAPER: "#14181d", "#0072B2": "#56B4E9", "#5B3A9B": "#A48BE0", "#8C510A": "#D2A56D",
}  # fmt: skip
"""What each colour becomes on a dark page."""
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "pentagon", "star", "triangle-down", "cross", "hexagon")
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot", "12px 3px 3px 3px 3px 3px", "2px 6px", "16px 6px")
FONT = (
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Noto Sans', 'PingFang SC', 'Microsoft YaHei', "
    "'Noto Sans CJK SC', sans-serif"
)


def colour(place: int) -> str:
    """Returns the colour of the alternative at a place in the case's order."""
    return SERIES[place % len(SERIES)]


def shade(place: int, opacity: float) -> str:
    """Returns an alternative's colour, let through by so much."""
    red, green, blue = (int(colour(place)[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:g})"


def symbol(place: int) -> str:
    """Returns the symbol of the alternative at a place in the case's order."""
    return SYMBOLS[place % len(SYMBOLS)]


def dash(place: int) -> str:
    """Returns the dash of the alternative at a place in the case's order."""
    return DASHES[place % len(DASHES)]


def ticks(low: float, high: float, most: int) -> list[float]:
    """Returns round numbers for the ticks of an axis, at most so many and nought among them when it is on the axis."""
    rough = (high - low) / most
    power = 10.0 ** floor(log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough * 0.999)
    return [round(k) * step for k in range(ceil(low / step), floor(high / step) + 1)]


def money_axis(low: float, high: float, catalogue: Catalogue, *, most: int = 7) -> dict[str, Any]:
    """Returns the settings of an axis of amounts: cut at `low` and `high`, ticks worded as in the sentences, a marked line at nought.

    A tick at the very start is left out, since the label of the crossing axis stands there.
    """
    values = [value for value in ticks(low, high, most) if value - low > 0.04 * (high - low)]
    return {
        "range": [low, high],
        "tickvals": values,
        "ticktext": [catalogue.word(Amount(v, bare=True, exact=True)) for v in values],
        "gridcolor": GRID,
        "zeroline": True,
        "zerolinecolor": MUTED,
        "zerolinewidth": 1.5,
        "ticklabelstandoff": 4,
        "fixedrange": True,
    }


def named(axis: dict[str, Any], text: str) -> dict[str, Any]:
    """Returns an axis with its name in small print under it."""
    return axis | {"title": {"text": text, "font": {"size": 12, "color": MUTED}, "standoff": 8}}


def blank_axis() -> dict[str, Any]:
    """Returns the settings of an axis that only carries places."""
    return {"visible": False, "fixedrange": True}


def finish(figure: Any, *, height: int, narrow: dict[str, Any], margin: dict[str, int] | None = None) -> Any:
    """Gives a plotly figure the common look.

    `narrow` holds what changes on a phone: {"height": px, "layout": {dotted key: value}, "traces": {dotted key: value}}; it travels in
    `layout.meta` and is applied by the page.
    """
    figure.update_layout(
        template={"layout": {}},
        height=height,
        margin={"l": 8, "r": 12, "t": 8, "b": 36} | (margin or {}),
        font={"family": FONT, "size": 13, "color": INK},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        showlegend=False,
        dragmode=False,
        hoverlabel={"bgcolor": PAPER, "bordercolor": MUTED, "font": {"color": INK, "family": FONT}},
        meta={"narrow": {"height": height, "layout": {}, "traces": {}} | narrow},
    )
    return figure


def panel_title(row: int, text: str) -> dict[str, Any]:
    """Returns an annotation that stands above the panel with the `row`th pair of axes, counted from nought."""
    axis = "" if row == 0 else str(row + 1)
    return {
        "xref": f"x{axis} domain",
        "yref": f"y{axis} domain",
        "x": 0,
        "y": 1,
        "xanchor": "left",
        "yanchor": "bottom",
        "yshift": 4,
        "text": text,
        "showarrow": False,
        "align": "left",
        "font": {"size": 13, "color": INK},
    }


def stacked(count: int, gap: float) -> list[tuple[float, float]]:
    """Returns the vertical domains of so many panels, the first on top, `gap` the share of the height left above each."""
    size = 1.0 / count
    return [(1 - (i + 1) * size, 1 - i * size - gap) for i in range(count)]


def piled(heights: Sequence[float], gap: float) -> list[tuple[float, float]]:
    """Returns the vertical domains of panels of unlike heights, the first on top; `gap` is left above each, all in the same unit."""
    total = sum(heights) + gap * len(heights)
    ends = [1 - (sum(heights[:i]) + gap * i) / total for i in range(len(heights) + 1)]
    return [(max(0.0, low), high - gap / total) for high, low in pairwise(ends)]


def grid(count: int, columns: int, gap: tuple[float, float]) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Returns the (x, y) domains of so many panels in so many columns, filled row by row; gaps beside and above each."""
    lines = ceil(count / columns)
    heights = stacked(lines, gap[1])
    width = (1 - gap[0] * (columns - 1)) / columns
    starts = [i * (width + gap[0]) for i in range(columns)]
    return [((starts[i % columns], starts[i % columns] + width), heights[i // columns]) for i in range(count)]
