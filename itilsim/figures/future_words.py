"""What is said of a single future: where it ends, what sets it apart, how its twin does, and its story event by event."""

from __future__ import annotations

from typing import Any

import numpy as np

from itilsim.figures.wording import Amount, Catalogue, Mid, Phrase, Strong
from itilsim.ledger.futures import DOTS
from itilsim.tables.lifetimes import Ended
from itilsim.tables.one_future import Event, Futures
from itilsim.tables.result import readable

MOST, ALIKE = 0.6, 0.1
"""How much of what sets a future apart one event must have brought to be named, and how near to a loss a month's fall must come."""
SHOWS = 0.005
"""The smallest move of a level that shows."""


def said(table: Futures, alternative: int, dot: int, catalogue: Catalogue) -> str:
    """Says of the future that a dot opens where it ends, what sets it apart most from the average one, and how its twin does."""
    at = int(table.dots[alternative, dot])
    row = table.strip.rows[alternative]
    value = float(table.values[alternative, at])
    sentences = [
        catalogue.say(
            "figure.one-future.ends",
            future=int(table.numbers[at]),
            alternative=Strong(row.alternative.title),
            value=_signed(value),
            baseline=Mid(table.strip.values.baseline.title),
            average=Amount(row.mean.value, row.mean.error, signed=True),
        ),
        _apart(table, alternative, at, catalogue),
        *(_ended(each, catalogue) for each in table.endings.get((row.alternative.name, int(table.numbers[at])), ())),
        _twin(table, alternative, at, catalogue),
    ]
    return catalogue.template("figure.one-future.between").join(sentence for sentence in sentences if sentence)


def _signed(value: float) -> Amount:
    return Amount(value, signed=True)


def _apart(table: Futures, alternative: int, at: int, catalogue: Catalogue) -> str:
    """Names the source that does most of the way from the average future to this one, and whether it turns the sign."""
    here = table.amounts[alternative, :, at]
    away = here - table.averages[alternative]
    whole = float(away.sum())
    if not whole:
        return ""
    source = int(np.argmax(away * np.sign(whole)))
    value = float(here.sum())
    without = value - float(away[source])
    month = _month(table, alternative, at, source)
    fields: dict[str, object] = {
        "source": Mid(table.titles[alternative][source]),
        "here": _signed(float(here[source])),
        "average": _signed(float(table.averages[alternative, source])),
        "without": _signed(without),
        "when": "" if month is None else Phrase("figure.one-future.when", {"month": month}),
    }
    turns = "-turned" if value * without < 0 else ""
    return catalogue.say(f"figure.one-future.apart{turns}", **fields)


def _month(table: Futures, alternative: int, at: int, source: int) -> int | None:
    """Gives the month, counted from 1, in which one event brought most of what a source is here; none where that is not known.

    A told story knows its events' sources. Of another future, a risk's loss is recognised by a month in which the running value falls by
    as much.
    """
    here = float(table.amounts[alternative, source, at])
    told = table.stories.get((table.strip.rows[alternative].alternative.name, int(table.numbers[at])))
    if told is not None:
        months = [event.month for event in told if event.source == table.sources[source] and here and event.value / here >= MOST]
        return months[0] if len(months) == 1 else None
    steps = np.diff(table.paths[alternative, at], prepend=0.0)
    apart = np.abs(steps - np.median(steps) - here)
    month = int(apart.argmin())
    return month + 1 if table.risky[source] and here < 0 and apart[month] <= ALIKE * abs(here) else None


def _ended(ended: Ended, catalogue: Catalogue) -> str:
    return catalogue.say(
        f"figure.one-future.ended.{ended.how.replace(' ', '-')}", relationship=readable(ended.relationship), month=ended.month
    )


def _twin(table: Futures, alternative: int, at: int, catalogue: Catalogue) -> str:
    """Says how the alternative set beside it does in the same future, and which source makes most of the difference."""
    twin = table.twin(alternative)
    if twin < 0:
        return ""
    gaps = table.amounts[alternative, :, at] - table.amounts[twin, :, at]
    gap = float(gaps.sum())
    fields: dict[str, object] = {
        "twin": Strong(table.strip.rows[twin].alternative.title),
        "there": _signed(float(table.values[twin, at])),
    }
    if not gap:
        return catalogue.say("figure.one-future.twin-same", **fields)
    source = int(np.argmax(gaps * np.sign(gap)))
    fields |= {"source": Mid(table.titles[alternative][source]), "gap": Amount(abs(gap)), "part": _signed(float(gaps[source]))}
    return catalogue.say(f"figure.one-future.twin-{'less' if gap < 0 else 'more'}", **fields)


def choice(table: Futures, alternative: int, dot: int, catalogue: Catalogue) -> str:
    """Names a dot in a list of them."""
    return catalogue.say(
        "figure.one-future.choice", place=dot + 1, dots=DOTS, amount=_signed(float(table.quantiles[alternative, dot])),
        future=int(table.numbers[table.dots[alternative, dot]]),
    )  # fmt: skip


def story(events: tuple[Event, ...], catalogue: Catalogue) -> list[dict[str, Any]]:
    """Words the events of a stored story: the month, what happened and what followed, and the money and the level that it moved."""
    return [
        {"month": event.month, "text": f"{event.sentence} {event.then}".strip(), "moved": _moved(event, catalogue)} for event in events
    ]


def _moved(event: Event, catalogue: Catalogue) -> str:
    parts = [catalogue.word(_signed(event.value))] if round(event.value) else []
    if event.level and abs(event.after - event.before) >= SHOWS:
        levels = {"before": f"{100 * event.before:.0f}", "after": f"{100 * event.after:.0f}"}
        parts.append(catalogue.word(Phrase("figure.one-future.moved", {"level": event.level, **levels})))
    return catalogue.template("list.clauses").join(parts)
