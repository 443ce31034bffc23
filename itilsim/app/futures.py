"""One future, asked for by a dot: its story, played again in the reference engine as the levers stand, and how its twin differs."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from itilsim.app.desk import Opened
from itilsim.app.state import Refused, State
from itilsim.explain import Story, Twins
from itilsim.explain.stories import Row, rows_of
from itilsim.figures.wording import Amount, Catalogue, Mid, NumberTable, Strong
from itilsim.live.workbench import story
from itilsim.pages.markup import emphasised, number_table, paragraphs
from itilsim.tables.result import Alternative, Result, capitalised

MOST = 12
"""Lines of the difference that are shown."""


def future(opened: Opened, state: State, data: Mapping[str, Any], result: Result, catalogue: Catalogue) -> str:
    """Gives the story of the future that `data` asks for as HTML; raises Refused where there is no such future."""
    own, twin = _alternative(data.get("alternative"), result), _alternative(data.get("twin"), result)
    replication = data.get("replication")
    if own is None or not isinstance(replication, int) or not 0 <= replication < opened.wanted:
        raise Refused("there is no such future")
    asked = opened.ask(state)
    told = story(asked, own.name, replication, twin.name if twin is not None and twin is not own else None)
    here = told.here if isinstance(told, Twins) else told
    assert isinstance(here, Story)
    events = _events(rows_of(own.name, replication, here), result, catalogue)
    parts = [f"<h3>{escape(catalogue.say('app.story', future=replication))}</h3>", events]
    if isinstance(told, Twins) and twin is not None:
        parts.append(_difference(told, own, twin, result, catalogue))
    return "".join(parts)


def _alternative(place: object, result: Result) -> Alternative | None:
    known = result.alternatives
    return known[place] if isinstance(place, int) and 0 <= place < len(known) else None


def _events(rows: list[Row], result: Result, catalogue: Catalogue) -> str:
    lines = []
    for row in rows:
        month = escape(catalogue.say("figure.one-future.month", month=int(row["month"])))
        text = " ".join(result.said(str(row[part])) for part in ("sentence", "then") if row[part])
        value = float(row["present_value"])
        worth = f' <span class="moved">{escape(catalogue.word(Amount(value, signed=True, exact=True)))}</span>' if value else ""
        lines.append(f"<li><b>{month}</b><span>{escape(text)}</span>{worth}</li>")
    return f'<ol class="happened">{"".join(lines)}</ol>'


def _difference(twins: Twins, own: Alternative, twin: Alternative, result: Result, catalogue: Catalogue) -> str:
    """Gives what the twin differs by, event by event, the largest first; what is left is added up in a last line."""
    parts = sorted((part for part in twins.by_event if part.cents), key=lambda part: -abs(part.cents))
    rows: list[tuple[object, ...]] = [
        (capitalised(result.said(part.title)), _cell(part.here), _cell(part.there), _cell(part.cents / 100)) for part in parts[:MOST]
    ]
    if len(parts) > MOST:
        rest = parts[MOST:]
        sums = (sum(part.here for part in rest), sum(part.there for part in rest), sum(part.cents for part in rest) / 100)
        rows.append((catalogue.say("figure.one-future.rest"), *(_cell(each) for each in sums)))
    rows.append((catalogue.say("figure.one-future.total"), _cell(twins.here.total), _cell(twins.there.total), _cell(twins.cents / 100)))
    title = catalogue.say("app.twin", twin=Mid(twin.title))
    heads = (catalogue.say("app.twin-what"), own.title, twin.title, catalogue.say("app.twin-difference"))
    key = "more" if twins.cents > 0 else "less"
    gap = Amount(abs(twins.cents) / 100, exact=True)
    said = catalogue.say(f"app.twin-{key}", own=Strong(own.title), twin=Strong(twin.title), amount=gap)
    table = number_table(NumberTable(heads, tuple(rows)), catalogue, title, kind="cards")
    return f"<h3>{escape(title)}</h3><p>{emphasised(said)}</p>{table}{paragraphs([catalogue.say('app.twin-note')], 'note')}"


def _cell(value: float) -> Amount:
    return Amount(value, signed=True, bare=True, exact=True)
