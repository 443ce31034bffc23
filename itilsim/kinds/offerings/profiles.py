"""How a load falls on the hours of a week: what the classes of hours are, in which two loads meet on one resource."""

from __future__ import annotations

from typing import Literal, NamedTuple

from itilsim.kinds.capacities.expandable import DAY

Profile = Literal["office", "evening", "even"]
DAYS_A_WEEK, WORKING_DAYS = 7, 5
EVENING = (0.35, 0.2, 0.1, 0.1, 0.1, 0.15, 0.25, 0.35, 0.4, 0.45, 0.5, 0.5, 0.55, 0.5, 0.5, 0.5, 0.55, 0.65, 0.8, 0.9, 1.0, 1.0, 0.9, 0.6)
"""Load of the hours of a day on a network of homes against the busiest: a trough at night, a peak at nine. Judgement."""


class HourClass(NamedTuple):
    """Hours alike: own and others' load against their busiest hour, the share of own use that falls in them, whether access is granted."""

    own: float
    others: float
    share: float
    granted: bool


def week_of(profile: Profile) -> list[float]:
    """Give the load of each hour of a week against the busiest."""
    if profile == "even":
        return [1.0] * (24 * DAYS_A_WEEK)
    if profile == "evening":
        return list(EVENING) * DAYS_A_WEEK
    busiest = max(DAY)
    day = [0.0] * 9 + [hour / busiest for hour in DAY] + [0.0] * 6
    return day * WORKING_DAYS + [0.0] * (24 * (DAYS_A_WEEK - WORKING_DAYS))


def hour_classes(own: Profile, others: Profile, granted: tuple[float, ...]) -> list[HourClass]:
    """Give the classes of hours in which there is own use, in rising order; `granted` has a weight above nought for each agreed hour."""
    mine, theirs = week_of(own), week_of(others)
    total = sum(mine)
    held: dict[tuple[float, float, bool], float] = {}
    for hour, load in enumerate(mine):
        if load > 0.0:
            key = load, theirs[hour], not granted or granted[hour] > 0.0
            held[key] = held.get(key, 0.0) + load / total
    return [HourClass(a, b, share, open_) for (a, b, open_), share in sorted(held.items())]
