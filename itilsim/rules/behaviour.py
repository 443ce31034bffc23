"""Behaviour: how what people believe and do moves from month to month."""

from __future__ import annotations

import math
from collections.abc import Sequence

from itilsim.rules.registry import rule


@rule
def moved(now: float, target: float, up: float, down: float, drift: float, low: float, high: float) -> float:
    """Move a stock towards a target by a share of the way (another share downwards), add a drift, and keep it within limits."""
    rate = down
    if target > now:
        rate = up
    return min(high, max(low, now + rate * (target - now) + drift))


@rule
def trust_after(trust: float, gain: float, ratio: float, good: float, shock: float) -> float:
    """Give trust in [0, 1] after a month that was good in a share `good` of what was watched.

    Good months close a share `gain` of what is missing, bad ones take `ratio` times that share of what is there (Slovic 1993: lost
    one to five times as fast as gained); `shock` is what an event has taken besides.
    """
    after = trust + gain * good * (1.0 - trust) - ratio * gain * (1.0 - good) * trust - shock
    return min(1.0, max(0.0, after))


@rule
def served_share(headroom: float, first: int, last: int, levels: Sequence[float], shares: Sequence[float]) -> float:
    """Give the share of use that a capacity serves, by a mean over the hours of the week weighted with their use.

    `headroom` is capacity over mean load; an hour class has a level of load (1 is the mean) and its share of all use.
    """
    total = 0.0
    for hour in range(first, last):
        total += shares[hour] * min(1.0, headroom / levels[hour])
    return total


@rule
def steps_left(most: float, needed: float) -> float:
    """Give how many whole units (an archive, a clerk) remain needed, for a need in units of `most`."""
    return 1.0 * math.ceil(most * needed - 1e-9)


@rule
def annuity(rate: float, months: float) -> float:
    """Give the present value of 1 a month over so many months at a yearly effective rate, each at its middle."""
    if months <= 0.0:
        return 0.0
    if rate <= 0.0:
        return months
    month = math.pow(1.0 + rate, 1.0 / 12.0)
    return math.sqrt(month) * (1.0 - math.pow(month, -months)) / (month - 1.0)


def first_month_share(ramp: float) -> tuple[float, float]:
    """Give (average of the first month, share of the way closed each month) of an exponential approach over `ramp` months.

    The averages over months of 1 - exp(-t / ramp) are themselves a geometric approach with the same factor.
    """
    if ramp <= 0.0:
        return 1.0, 1.0
    closed = -math.expm1(-1.0 / ramp)
    return 1.0 - ramp * closed, closed
