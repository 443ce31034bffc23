"""The figures of the page: sentences first, then the place of the drawing, its notes, and its numbers as a table."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from typing import Any

from itilsim.figures.figure import Figure
from itilsim.figures.wording import Catalogue
from itilsim.pages.markup import anchor, details, file_name, number_table, paragraphs, section
from itilsim.tables.result import Result


@dataclass(frozen=True)
class Drawn:
    """A figure ready for the page: its name and title, its HTML, and its data as a JSON script, "" where nothing is drawn later."""

    name: str
    title: str
    html: str
    data: str


def drawn(figure: Figure, result: Result, catalogue: Catalogue, *, folded: bool = False) -> Drawn | None:
    """Draws a figure from a result, or gives None where the result lacks its files or there is nothing to draw.

    `folded` shows its sentences and opens on demand.
    """
    if not all(result.has(name) for name in figure.files):
        return None
    table = figure.table(result)
    title = catalogue.say(figure.title)
    name = figure.title.split(".")[1]
    drawing = figure.draw(table, catalogue)
    if drawing == "":
        return None
    said = figure.sentences(table, catalogue)
    if isinstance(drawing, str):
        place, data = f'<div class="drawing">{drawing}</div>', ""
    else:
        spec = drawing.to_plotly_json()
        at = anchor(name, catalogue)
        place, data = _place(at, title, spec), script(f"data-{at}", spec)
    notes = paragraphs(figure.notes(table, catalogue), "note") + (_picture(title, catalogue) if data else "")
    numbers = details(catalogue.say("page.numbers"), number_table(figure.numbers(table, catalogue), catalogue, title))
    controls = figure.controls(table, catalogue) if figure.controls else ""
    body = f'<figure data-figure="{figure.number}">{controls}{place}<figcaption>{notes}</figcaption></figure>{numbers}'
    if folded:
        body = details(catalogue.say("page.open", title=title), body, kind="folded")
    html = section(name, catalogue, title, paragraphs(said, "lead"), body)
    return Drawn(name, title, html, data)


def _place(name: str, title: str, spec: dict[str, Any]) -> str:
    layout = spec["layout"]
    label = f'role="group" aria-label="{escape(title)}"'
    heights = f"--wide:{layout['height']}px;--narrow:{layout['meta']['narrow']['height']}px"
    return f'<div class="drawing plot" id="plot-{name}" data-from="data-{name}" style="{heights}" {label}></div>'


def _picture(title: str, catalogue: Catalogue) -> str:
    """Returns the button that keeps a drawing as a picture; it has no sense without scripts, which the style of the page knows."""
    label = catalogue.say("page.picture-of", title=title)
    return (
        f'<p class="download"><button type="button" class="picture" data-name="{escape(file_name(title))}" aria-label="{escape(label)}">'
        f"{escape(catalogue.say('page.picture'))}</button></p>"
    )


def script(name: str, data: object) -> str:
    """Returns data as a JSON script that cannot end early."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False).replace("</", "<\\/").replace("<!--", "<\\u0021--")
    return f'<script type="application/json" id="{name}">{text}</script>'
