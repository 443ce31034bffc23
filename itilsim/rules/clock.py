"""Time: hours from Monday 00:00, weekly calendars, operational time of streams, and the grid that tests round times to.

A calendar is 168 weights, one an hour of the week, with their running sum (169 numbers) in one flat table for all calendars; -1 stands
for "always". A team's calendar has weights 0 and 1, so that its running sum is whole at each hour.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from itilsim.rules.registry import rule, small_rule

WEEK = 168.0
A_WEEK = 1.0 / WEEK
ALWAYS = -1
MONTH = 730.0


@small_rule
def on_grid(time: float, grid: float) -> float:
    """Round a time up to the plan's grid; a grid of nought leaves it alone."""
    if grid > 0.0 and time < math.inf:
        return math.ceil(time / grid) * grid
    return time


@small_rule
def hour_of_week(time: float) -> float:
    """Give the hours since the last Monday 00:00, in [0, 168).

    A product with 1/168 may take the week beside the right one; what is left over tells (a division would cost three times as much).
    """
    hour = time - WEEK * math.floor(time * A_WEEK)
    if hour >= WEEK:
        hour -= WEEK
    elif hour < 0.0:
        hour += WEEK
    return hour


@small_rule
def is_open(calendar: int, sums: Sequence[float], time: float) -> bool:
    """Say whether a calendar is open at a time; an hour's start belongs to it, its end does not."""
    if calendar < 0:
        return True
    at = calendar * 169 + int(hour_of_week(time))
    return sums[at + 1] > sums[at]


@small_rule
def open_hours(calendar: int, sums: Sequence[float], time: float) -> float:
    """Give the weighted open hours from hour 0 to a time."""
    if calendar < 0:
        return time
    week = 1.0 * math.floor(time * A_WEEK)
    hour = time - WEEK * week
    if hour >= WEEK:
        hour -= WEEK
        week += 1.0
    elif hour < 0.0:
        hour += WEEK
        week -= 1.0
    whole = int(hour)
    at = calendar * 169
    return (
        week * sums[at + 168]
        + sums[at + whole]
        + (hour - whole) * (sums[at + whole + 1] - sums[at + whole])
    )


@rule
def next_open(calendar: int, sums: Sequence[float], time: float) -> float:
    """Give the first whole hour after a time at which a calendar is open; the caller knows that it is closed now."""
    start = time - hour_of_week(time)
    whole = int(hour_of_week(time))
    at = calendar * 169
    for step in range(1, 169):
        hour = whole + step
        place = at + hour % 168
        if sums[place + 1] > sums[place]:
            return start + hour
    return math.inf


@rule
def work_until(calendar: int, sums: Sequence[float], opens: Sequence[int], time: float, hours: float) -> float:
    """Give the time at which so many open hours have passed since a time at which the calendar is open.

    Work that is in hand rests while its team is closed: a package begun a minute before closing would else be finished overnight
    for nothing, and a day's work would be done twice a day. `opens` names a team's k-th open hour of the week.
    """
    if calendar < 0:
        return time + hours
    at = calendar * 169
    per_week = sums[at + 168]
    target = open_hours(calendar, sums, time) + hours
    week = 1.0 * math.floor(target / per_week)
    rest = target - week * per_week
    if rest <= 0.0:
        week -= 1.0
        rest = per_week
    whole = int(math.ceil(rest)) - 1
    return max(time, week * WEEK + opens[at + whole] + (rest - whole))


@rule
def day_mass(calendar: int, sums: Sequence[float], day: int) -> float:
    """Give the operational time that a calendar holds on a day, before the day's own factor."""
    if calendar < 0:
        return 24.0
    at = calendar * 169 + 24 * (day % 7)
    return sums[at + 24] - sums[at]


@rule
def time_in_day(calendar: int, sums: Sequence[float], day: int, share: float) -> float:
    """Give the time at which a day's share in [0, 1) of operational time has passed."""
    if calendar < 0:
        return 24.0 * day + 24.0 * share
    at = calendar * 169 + 24 * (day % 7)
    first = sums[at]
    target = first + share * (sums[at + 24] - first)
    hour = 0
    for later in range(1, 24):
        if sums[at + later] <= target:
            hour += 1
    width = sums[at + hour + 1] - sums[at + hour]
    part = 0.0
    if width > 0.0:
        part = min(1.0, (target - sums[at + hour]) / width)
    return 24.0 * day + hour + part
