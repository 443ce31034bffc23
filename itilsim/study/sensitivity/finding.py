"""What was found about one input, as plain rows: one for each change of first place, or a single one where there is none."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from itilsim.study.sensitivity.first_place import SURE, Change, Estimate, Point, Search
from itilsim.study.sensitivity.ranges import Input
from itilsim.study.statistics import Floats, mean_of, standard_error_of

LEADER, SECOND = 0, 1
"""Places of the two best alternatives with nothing held: they stand first."""


def rows_of(
    given: Input, names: tuple[str, ...], reading: tuple[str, ...], *, as_stated: Floats, live: Callable[[float], Floats]
) -> list[dict[str, Any]]:
    """Vary one input over its range and give its rows.

    `names` are the alternatives, the best first, `as_stated` what each is worth with nothing held, shape (alternatives, worlds), and
    `live` what each is worth with the input held at a value, in canonical units. Where a change of first place has to be read first,
    the one nearest to the likely value stands first. Numbers of the input are in its unit, amounts in the case's currency.
    """
    search = Search(live, [Point(value, live(value)) for value in given.values])
    changes = sorted(search.changes(), key=lambda change: abs(change.at - given.likely))
    low, high = search.points[0], search.points[-1]
    whole = {
        **_about(given, reading, as_stated.shape[1]),
        **_difference(names, Point(given.likely, as_stated), low, high),
        **_nearest(given, names, search.points),
        "first_low": names[low.first],
        "first_high": names[high.first],
        "changes": len(changes),
    }
    return [{**whole, **_change(given, names, number, change)} for number, change in enumerate(changes or [None], start=1)]


def _about(given: Input, reading: tuple[str, ...], worlds: int) -> dict[str, Any]:
    return {
        "key": given.key,
        "label": given.label,
        "unit": given.unit,
        "low": given.low * given.factor,
        "likely": given.likely * given.factor,
        "high": given.high * given.factor,
        "range": given.span,
        "is_unknown": given.is_unknown,
        "reads": "+".join(reading),
        "replications": worlds,
    }


def _difference(names: tuple[str, ...], stated: Point, low: Point, high: Point) -> dict[str, Any]:
    at_low, at_high = (point.worth[LEADER] - point.worth[SECOND] for point in (low, high))
    found = {
        "difference": stated.lead(LEADER, SECOND),
        "difference_low": Estimate(mean_of(at_low), standard_error_of(at_low)),
        "difference_high": Estimate(mean_of(at_high), standard_error_of(at_high)),
        "swing": Estimate(mean_of(at_high - at_low), standard_error_of(at_high - at_low)),
    }
    columns = {name: each.value for name, each in found.items()} | {f"{name}_error": each.error for name, each in found.items()}
    return {"a": names[LEADER], "b": names[SECOND], **columns}


def _nearest(given: Input, names: tuple[str, ...], points: list[Point]) -> dict[str, Any]:
    """Say where, over the values tried, the leader is nearest to losing first place, or furthest behind, and how surely it leads."""
    leads = [(point, point.nearest(LEADER)) for point in points]
    point, other = min(leads, key=lambda each: each[0].lead(LEADER, each[1]).value)
    lead = point.lead(LEADER, other)
    others = range(1, len(names))
    return {
        "closest": lead.value,
        "closest_error": lead.error,
        "closest_at": point.value * given.factor,
        "closest_to": names[other],
        "is_sure": all(
            (own := each.lead(LEADER, c)).value > SURE * own.error for each in points for c in others
        ),
    }


def _change(given: Input, names: tuple[str, ...], number: int, change: Change | None) -> dict[str, Any]:
    if change is None:
        return {
            "change": 0, "changes_at": math.nan, "changes_at_error": math.nan, "changes_from": "", "changes_to": "", "change_is_sure": False
        }  # fmt: skip
    return {
        "change": number,
        "changes_at": change.at * given.factor,
        "changes_at_error": change.error * abs(given.factor),
        "changes_from": names[change.before],
        "changes_to": names[change.after],
        "change_is_sure": change.is_sure,
    }
