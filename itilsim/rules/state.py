"""The state between events: parameters of this world, modifiers, products, levels and the meters that integrate them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from itilsim.plan.rows import AT_LEAST, INVERSE, LINEAR, UNIT
from itilsim.rules.clock import open_hours
from itilsim.rules.registry import rule, small_rule


@rule
def set_parameters(base: Sequence[float], terms: Any, theta: Sequence[float], parameters: Any) -> None:
    """Fill the parameters of one world from their base values and the inputs unknown to the planner."""
    for i in range(len(base)):
        parameters[i] = base[i]
    for j in range(len(terms)):
        term = terms[j]
        amount = term.coefficient * theta[term.first]
        if term.second >= 0:
            amount *= theta[term.second]
        if term.third >= 0:
            amount *= theta[term.third]
        if term.fourth >= 0:
            amount *= theta[term.fourth]
        parameters[term.parameter] += amount


@small_rule
def modified(form: int, a: float, b: float, low: float, high: float, x: float) -> float:
    """Give the factor of a modifier for a value of its slot."""
    factor = 0.0
    if form == LINEAR:
        factor = a + b * x
    elif form == AT_LEAST:
        if x >= a:
            factor = b
    elif form == INVERSE:
        factor = high
        if x > 0.0:
            factor = a / x
    elif x > 0.0:
        factor = math.pow(x, b)
    return min(high, max(low, factor))


@small_rule
def work_out(product: Any, modifiers: Any, parameters: Any, x: Any) -> None:
    """Compute one product: its base by all of its modifiers, and what is added to it."""
    amount = parameters[product.base_p]
    for j in range(product.first, product.last):
        m = modifiers[j]
        amount *= modified(
            m.form, parameters[m.a_p], parameters[m.b_p], parameters[m.low_p], parameters[m.high_p], x[m.slot_x]
        )
    if product.plus_x >= 0:
        amount += x[product.plus_x]
    x[product.slot_x] = amount


@small_rule
def show(level: Any, opened: int, waiting: int, x: Any) -> None:
    """Show a level: its value, what is felt of it, and the waiting for it."""
    x[level.value_x] = max(0.0, 1.0 - opened / UNIT)
    x[level.felt_x] = max(0.0, 1.0 - (opened - waiting) / UNIT)
    x[level.waiting_x] = x[level.felt_x] - x[level.value_x]


@rule
def refresh(
    levels: Any,
    opened: Sequence[int],
    waiting: Sequence[int],
    products: Any,
    modifiers: Any,
    parameters: Any,
    x: Any,
) -> None:
    """Compute again every slot that follows from levels and stocks."""
    for i in range(len(levels)):
        show(levels[i], opened[i], waiting[i], x)
    for i in range(len(products)):
        work_out(products[i], modifiers, parameters, x)


@rule
def renew(renewed: Any, first: int, last: int, products: Any, modifiers: Any, parameters: Any, x: Any) -> None:
    """Compute again some products, those that stand from `first` to `last` among the `renewed`, each after those behind it."""
    for i in range(first, last):
        work_out(products[renewed[i]], modifiers, parameters, x)


@rule
def flush(flows: Any, sums: Sequence[float], x: Sequence[float], since: float, now: float, meters: Any) -> None:
    """Add what has flowed since the last change to the meters."""
    calendar = -2
    hours = 0.0
    for i in range(len(flows)):
        flow = flows[i]
        if flow.calendar != calendar:
            calendar = flow.calendar
            hours = open_hours(calendar, sums, now) - open_hours(calendar, sums, since)
        meters[flow.meter_m] += x[flow.slot_x] * hours


@rule
def close_meters(flows: Any, sums: Sequence[float], start: float, now: float, meters: Any, x: Any) -> None:
    """Turn the month's integrals into means over its open hours, and show them to what reads them at month end."""
    for i in range(len(flows)):
        flow = flows[i]
        hours = open_hours(flow.calendar, sums, now) - open_hours(flow.calendar, sums, start)
        if hours > 0.0:
            meters[flow.meter_m] = meters[flow.meter_m] / hours
        x[flow.mean_x] = meters[flow.meter_m]


@small_rule
def units(amount: float) -> int:
    """Give an open degradation or gap as a whole number of 2**-20."""
    return int(math.floor(amount * UNIT + 0.5))
