"""Month end: charges, service levels and their credits, and what moves or is decided."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from itilsim.plan.rows import (
    INDEX,
    LEAVE,
    MOVE,
    RATIO,
    SCHEDULE,
    SERVED,
    STEP,
    TRUST,
    WATCH,
    WHEN,
)
from itilsim.rules.behaviour import (
    annuity,
    moved,
    served_share,
    steps_left,
    trust_after,
)
from itilsim.rules.registry import rule, small_rule


@small_rule
def post(amounts: Any, mirrors: Sequence[int], at: int, account: int, amount: float) -> None:
    """Post an amount to an account of the month that starts at `at`, and its negative to the mirror account of a transfer."""
    amounts[at + account] += amount
    mirror = mirrors[account]
    if mirror >= 0:
        amounts[at + mirror] -= amount


@rule
def post_charges(
    charges: Any,
    parameters: Sequence[float],
    x: Sequence[float],
    meters: Sequence[float],
    amounts: Any,
    mirrors: Sequence[int],
    at: int,
    last_month: bool,
) -> None:
    """Post the charges of a month."""
    for i in range(len(charges)):
        charge = charges[i]
        if charge.horizon == 1 and not last_month:
            continue
        amount = parameters[charge.amount_p] * x[charge.scale_x]
        if charge.basis_m >= 0:
            amount *= meters[charge.basis_m]
        if amount != 0.0:
            post(amounts, mirrors, at, charge.account, charge.sign * amount)


@rule
def keep_promises(
    promises: Any, parameters: Sequence[float], x: Any, meters: Any, amounts: Any, mirrors: Sequence[int], at: int
) -> None:
    """Hold the month against the agreed service levels: note what was broken, give credits up to the at-risk share of the fee."""
    left = 0.0
    fee = 0.0
    for i in range(len(promises)):
        promise = promises[i]
        if promise.starts_group == 1:
            x[promise.broken_x] = 0.0
            fee = -amounts[at + promise.fee_account]
            left = parameters[promise.at_risk_p]
        if x[promise.live_x] <= 0.0 or x[promise.value_x] >= parameters[promise.target_p]:
            continue
        x[promise.broken_x] += parameters[promise.weight_p]
        meters[promise.counter_m] += 1.0
        share = min(left, parameters[promise.credit_p])
        left -= share
        credit = fee * share
        if credit != 0.0:
            post(amounts, mirrors, at, promise.fee_account, credit)


@small_rule
def is_due(every: int, offset: int, month: float) -> bool:
    """Say whether a decision is due at the end of a month (1, 2, ...)."""
    if every <= 0 or month < offset:
        return False
    since = month - offset
    return since == every * math.floor(since / every)


@rule
def watched_mean(
    watches: Any,
    first: int,
    last: int,
    parameters: Sequence[float],
    amounts: Sequence[float],
    accounts: int,
    month: int,
    window: int,
) -> float:
    """Give the mean a month, over the last `window` months (fewer at the start), of weighted amounts on accounts."""
    months = min(window, month + 1)
    total = 0.0
    for m in range(month + 1 - months, month + 1):
        for i in range(first, last):
            watch = watches[i]
            total += parameters[watch.weight_p] * amounts[m * accounts + watch.account]
    return total / months


@rule
def move_stock(d: Any, parameters: Sequence[float], x: Any) -> None:
    """Carry out MOVE, TRUST and STEP, which need nothing but the state."""
    if d.kind == MOVE:
        x[d.stock_x] = moved(
            x[d.stock_x],
            x[d.slot_a],
            parameters[d.p0],
            parameters[d.p1],
            parameters[d.p2],
            parameters[d.p3],
            parameters[d.p4],
        )
    elif d.kind == TRUST:
        x[d.stock_x] = trust_after(x[d.stock_x], parameters[d.p0], parameters[d.p1], x[d.slot_a], x[d.slot_b])
        x[d.slot_b] = 0.0
    elif d.kind == STEP:
        needed = steps_left(parameters[d.p0], x[d.slot_a])
        if needed == x[d.stock_x]:
            x[d.slot_b] = 0.0
        elif needed < x[d.stock_x]:
            x[d.slot_b] = max(0.0, x[d.slot_b]) + 1.0
            if x[d.slot_b] > parameters[d.p1]:
                x[d.stock_x] -= 1.0
        else:
            x[d.slot_b] = min(0.0, x[d.slot_b]) - 1.0
            if -x[d.slot_b] > parameters[d.p1]:
                x[d.stock_x] += 1.0


@rule
def fires(d: Any, parameters: Sequence[float], x: Any, months_left: float) -> bool:
    """Say whether WHEN or LEAVE fires its bundle now, and set its flag if so."""
    if x[d.stock_x] != 0.0:
        return False
    taken = False
    if d.kind == WHEN:
        taken = x[d.slot_a] >= parameters[d.p0] and x[d.slot_b] >= parameters[d.p1]
    elif d.kind == LEAVE and x[d.slot_c] <= parameters[d.p1]:
        to_come = x[d.slot_a] * annuity(parameters[d.p2], months_left)
        taken = to_come + x[d.slot_b] + parameters[d.p0] < 0.0
    if taken:
        x[d.stock_x] = 1.0
    return taken


@rule
def set_stock(
    d: Any,
    parameters: Sequence[float],
    x: Any,
    meters: Sequence[float],
    levels: Sequence[float],
    shares: Sequence[float],
    month: float,
    drawn: float,
    mean: float,
) -> None:
    """Carry out SERVED, INDEX, SCHEDULE, WATCH and RATIO; `drawn` and `mean` are the draw and the watched mean where they need one."""
    if d.kind == SERVED:
        x[d.stock_x] = served_share(x[d.slot_a], d.first, d.last, levels, shares)
    elif d.kind == INDEX:
        x[d.stock_x] *= 1.0 + min(parameters[d.p0], drawn)
    elif d.kind == SCHEDULE:
        x[d.stock_x] = parameters[min(d.last - 1, d.first + int(month / 12.0))]
    elif d.kind == WATCH:
        x[d.stock_x] = (parameters[d.p0] + mean) / parameters[d.p1]
    elif d.kind == RATIO:
        x[d.stock_x] = parameters[d.p0]
        if meters[d.slot_b] > 0.0:
            x[d.stock_x] = meters[d.slot_a] / meters[d.slot_b]
