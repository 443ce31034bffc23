"""A figure as a slide: its drawing on white under its title and its first sentence, at the proportion of a slide."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from itilsim.figures.figure import Figure
from itilsim.figures.style import FONT, GRID, INK, MUTED, PAPER
from itilsim.figures.wording import Catalogue, NumberTable, Plural
from itilsim.tables.provenance import read_provenance
from itilsim.tables.result import Result

WIDTH, HEIGHT = 1024, 576
SCALE = 1.5625
"""From the slide's own units to 1600 by 900 dots."""
SIDE, TOP, FOOT = 32, 28, 40
TITLE, SENTENCE, SMALL = 22, 15, 11
LEADING = 1.3
ROW = 30
WIDE, CLOSING = "\u2e80-\uffef", "，。；：、！？）》”’％"
NARROW, CAPITALS = "iIjl.,:;'|!()[]tfr ·", "ABCDEFGHJKLMNOPQRSTUVWXYZmwMW%−+"


def slide(figure: Figure, result: Result, catalogue: Catalogue) -> dict[str, Any] | None:
    """Returns a figure of a result as data and layout for plotly, or None where the result lacks its files or has nothing to draw.

    A drawing that is taller than a slide keeps its height; a figure made of words becomes a drawn table.
    """
    if not all(result.has(name) for name in figure.files):
        return None
    table = figure.table(result)
    drawing = figure.draw(table, catalogue)
    if drawing == "":
        return None
    if isinstance(drawing, str):
        spec = _drawn_table(figure.numbers(table, catalogue), catalogue)
    else:
        spec = drawing.to_plotly_json()
    head = _head(catalogue.say(figure.title), next(iter(figure.sentences(table, catalogue)), ""))
    return _framed(spec, head, _foot(result, catalogue))


def _framed(spec: dict[str, Any], head: tuple[dict[str, Any], float], foot: str) -> dict[str, Any]:
    """Puts a title above a drawing and the source under it, and gives both their room."""
    layout = {key: value for key, value in spec["layout"].items() if key != "meta"}
    title, tall = head
    own = layout.get("margin", {})
    above, under = TOP + tall + 14, FOOT + own.get("b", 0)
    margin = {"l": SIDE + own.get("l", 0), "r": SIDE + own.get("r", 0), "t": above + own.get("t", 0), "b": under}
    note = {
        "xref": "paper", "yref": "paper", "x": 1, "y": 0, "xanchor": "right", "yanchor": "top", "yshift": -under + 24,
        "showarrow": False, "text": foot, "font": {"size": SMALL, "color": MUTED},
    }  # fmt: skip
    layout |= {
        "width": WIDTH,
        "height": max(HEIGHT, layout.get("height", 0) + above + FOOT),
        "margin": margin,
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "font": {"family": FONT, "size": 13, "color": INK},
        "annotations": [*layout.get("annotations", ()), note],
        "title": title
        | {"xref": "container", "yref": "container", "x": SIDE / WIDTH, "y": 1, "xanchor": "left", "yanchor": "top", "pad": {"t": TOP}},
    }
    return {"data": spec["data"], "layout": layout}


def _head(title: str, sentence: str) -> tuple[dict[str, Any], float]:
    """Returns the title over the sentence, both wrapped, as the title of a drawing, and its height."""
    titles, said = wrapped(title, (WIDTH - 2 * SIDE) / TITLE), wrapped(sentence, (WIDTH - 2 * SIDE) / SENTENCE)
    text: dict[str, Any] = {"text": "<br>".join(f"<b>{line}</b>" for line in titles), "font": {"size": TITLE, "color": INK}}
    text["subtitle"] = {"text": "<br>".join(said), "font": {"size": SENTENCE, "color": INK}}
    return text, LEADING * (TITLE * len(titles) + SENTENCE * (len(said) + 0.5))


def _foot(result: Result, catalogue: Catalogue) -> str:
    table = read_provenance(result)
    fields = {"title": table.title, "futures": Plural(table.futures, "future"), "seed": str(table.seed)}
    return escape(catalogue.say("slide.foot", **fields), quote=False)


def _drawn_table(table: NumberTable, catalogue: Catalogue) -> dict[str, Any]:
    """Returns the numbers of a figure as a table that plotly draws, its first column wider than the others."""
    words = [[escape(catalogue.word(cell), quote=False).replace("\n", "<br>") for cell in row] for row in table.rows]
    heads = [escape(catalogue.word(head), quote=False) for head in table.heads]
    sides = ["left", *("right" for _ in heads[1:])]
    look: dict[str, Any] = {"align": sides, "height": ROW, "line": {"color": GRID, "width": 1}, "fill": {"color": PAPER}}
    first = max(_length(text) for text in (heads[0], *(row[0] for row in words)))
    trace = {
        "type": "table",
        "columnwidth": [min(4.0, max(1.4, first / 7)), *(1 for _ in heads[1:])],
        "header": look | {"values": heads, "font": {"size": 12, "color": MUTED}, "height": 2 * ROW},
        "cells": look | {"values": [list(column) for column in zip(*words, strict=True)], "font": {"size": 13, "color": INK}},
    }
    return {"data": [trace], "layout": {"height": ROW * (len(words) + 2) + 12, "margin": {"l": 0, "r": 0, "t": 8, "b": 0}}}


def _length(text: str) -> float:
    return sum(_width(sign) for sign in text)


def wrapped(text: str, width: float) -> list[str]:
    """Breaks a sentence into lines of at most so many widths of its type, and turns what stands between double stars into bold text.

    Latin text breaks between words, Chinese between any two signs but never before a punctuation mark.
    """
    lines, used, is_bold = [""], 0.0, False
    for unit in _units(text):
        size = sum(_width(sign) for sign in unit.replace("**", "").rstrip(" "))
        if used and used + size > width:
            lines[-1] = lines[-1].rstrip(" ") + ("</b>" if is_bold else "")
            lines.append("<b>" if is_bold else "")
            used = 0.0
        for place, piece in enumerate(unit.split("**")):
            if place:
                lines[-1] += "</b>" if is_bold else "<b>"
                is_bold = not is_bold
            lines[-1] += escape(piece, quote=False)
        used += size + (_width(" ") if unit.endswith(" ") else 0.0)
    return [line.rstrip(" ") for line in lines if line]


def _units(text: str) -> list[str]:
    """Splits a text where a line may end: after spaces, and on either side of a Chinese sign with the punctuation that follows it."""
    return re.findall(rf"(?:\*\*)?[{WIDE}](?:\*\*|[{CLOSING}])*|(?:\*\*|[^ {WIDE}])+(?:\*\*|[{CLOSING}])* *| +", text)


def _width(sign: str) -> float:
    """Returns the width of a sign in widths of its type, as the widest of the usual faces have it."""
    return 1.0 if re.match(f"[{WIDE}]", sign) else 0.36 if sign in NARROW else 0.78 if sign in CAPITALS else 0.62
