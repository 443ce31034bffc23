"""The kernel: one flat loop over the next event, for one world after the other."""

from __future__ import annotations

import math
from typing import Any

from numba.extending import register_jitable

from itilsim.engine.compiled.agenda import free_due, push
from itilsim.engine.compiled.effects import grant_all, mark, perform, touch
from itilsim.engine.compiled.layout import DAYS, EVERYTHING, OVER_BOUND, ROW_BITS
from itilsim.engine.compiled.teams import (
    begin_granted,
    count_backlogs,
    drawn,
    free_job,
    gives_up,
    grant,
    has_ended,
    queue,
    unpark,
)
from itilsim.plan.rows import (
    CANDIDATE,
    DUE,
    INDEX,
    LEAVE,
    MONTH_END,
    MOVE,
    PACKAGE_DONE,
    PRIORITIES,
    RATIO,
    STEP,
    TEAM_OPENS,
    TRUST,
    WATCH,
    WHEN,
)
from itilsim.rules.acceptance import accept, height, layer_low, layer_width
from itilsim.rules.chance import uniform, uniform_pair
from itilsim.rules.clock import day_mass, on_grid, open_hours, time_in_day
from itilsim.rules.month import (
    fires,
    is_due,
    keep_promises,
    move_stock,
    post_charges,
    set_stock,
    watched_mean,
)
from itilsim.rules.state import close_meters, refresh, renew, set_parameters, show

MONTH_HOURS = 730.0


@register_jitable
def reset(r: Any, s: Any, theta: Any) -> None:
    """Make the state of hour 0."""
    set_parameters(r.base[: r.n_base], r.terms[: r.n_terms], theta, s.p)
    for i in range(r.n_initial_p):
        s.x[i] = s.p[r.initial_p[i]]
    for i in range(r.n_levels):
        s.opened[i] = 0
        s.waiting[i] = 0
    for i in range(r.meters):
        s.meters[i] = 0.0
        s.totals[i] = 0.0
    for i in range(r.n_clocks):
        s.day_filled[i] = 0
        s.day_sum[i * DAYS] = 0.0
    for i in range(r.n_teams):
        s.busy[i] = 0
        s.alarm[i] = 0
        s.queued[i] = 0
    for i in range(r.n_teams * PRIORITIES):
        s.head[i] = -1
    for i in range(r.n_relationships):
        s.ended[i] = -1.0
        s.reason[i] = -1.0
    s.month = 0
    s.error = 0
    s.dirty = 0
    s.changed_n = 0
    s.events = 0
    s.agenda_n = 0
    s.free_job = -1
    s.jobs_used = 0
    s.free_pending = -1
    s.pending_used = 0
    s.granted_n = 0
    s.parked_n = 0
    s.now = 0.0
    s.since = 0.0
    s.month_start = 0.0


@register_jitable
def compute(r: Any, s: Any) -> None:
    """Compute every slot again that follows from levels and stocks."""
    refresh(r.levels[: r.n_levels], s.opened, s.waiting, r.products[: r.n_products], r.modifiers, s.p, s.x)


@register_jitable
def compute_changed(r: Any, s: Any) -> None:
    """Compute the slots again that follow from what an event has changed.

    A product behind which several of the changed slots stand comes out right in the pass for the last of them, since all that it is
    made of has come out right before it.
    """
    if s.changed_n == EVERYTHING:
        compute(r, s)
    for i in range(s.changed_n):
        if s.changed[i] < 0:
            place = -s.changed[i] - 1
            level = r.levels[place]
            value, felt = s.x[level.value_x], s.x[level.felt_x]
            show(level, s.opened[place], s.waiting[place], s.x)
            s.changed[i] = level.value_x
            if value == s.x[level.value_x] and felt == s.x[level.felt_x]:
                s.changed[i] = 0  # The slot of the number one, which nothing follows from.
    for i in range(s.changed_n):
        slot = s.changed[i]
        renew(r.followers, r.followers_at[slot], r.followers_at[slot + 1], r.products, r.modifiers, s.p, s.x)
    s.changed_n = 0


@register_jitable
def fill_day(r: Any, s: Any, clock: int) -> None:
    """Add one more day to a clock's running sum of operational time."""
    row = r.clocks[clock]
    day = s.day_filled[clock]
    at = clock * DAYS + day
    factor = 1.0
    if row.factor_q >= 0:
        factor = drawn(r, s, row.factor_q, day, 0, 0)
    s.day_sum[at + 1] = s.day_sum[at] + factor * day_mass(row.calendar, r.sums, day)
    s.day_filled[clock] = day + 1


@register_jitable(forceinline=True)
def next_candidate(r: Any, s: Any, index: int) -> Any:
    """Advance a layer to its next candidate and give the time, infinite where it lies beyond the horizon.

    Candidates above this world's bound can never be taken and are passed over here.
    """
    layer = r.layers[index]
    stream = r.streams[layer.stream]
    place = s.layers[index]
    if stream.period_p >= 0:
        place.mark = 0.0
        return s.p[stream.offset_p] + place.k * s.p[stream.period_p]
    unit = s.p[stream.unit_p]
    bound = s.p[stream.bound_p]
    hours = MONTH_HOURS / (unit * layer_width(layer.layer))
    at = place.at
    k = place.k
    mark = math.inf
    end = r.days * 48.0
    while mark >= bound:
        gap, share = uniform_pair(s.key0[stream.quantity], s.key1[stream.quantity], s.replication, k, layer.layer, 0)
        at -= math.log(gap) * hours
        mark = height(layer.layer, share) * unit
        k += 1
        if at > end:
            break
    place.at = at
    place.k = k - 1
    place.mark = mark
    return time_of(r, s, stream.clock, index)


@register_jitable(forceinline=True)
def time_of(r: Any, s: Any, clock: int, index: int) -> Any:
    """Give the time at which a layer's operational time is reached, infinite beyond the days that a plan has."""
    place = s.layers[index]
    if clock < 0:
        return place.at
    first = clock * DAYS
    day = place.day
    while True:
        if day >= s.day_filled[clock]:
            if day >= r.days:
                return math.inf
            fill_day(r, s, clock)
        if place.at < s.day_sum[first + day + 1]:
            break
        day += 1
    place.day = day
    share = (place.at - s.day_sum[first + day]) / (s.day_sum[first + day + 1] - s.day_sum[first + day])
    return time_in_day(r.clocks[clock].calendar, r.sums, day, share)


@register_jitable
def push_candidate(r: Any, s: Any, index: int) -> None:
    """Put a layer's next candidate on the agenda, where it comes before the horizon."""
    time = on_grid(next_candidate(r, s, index), r.grid)
    if time < r.months * MONTH_HOURS:
        push(s, time, CANDIDATE, index, index)


@register_jitable
def start(r: Any, s: Any, amounts: Any) -> None:
    """Fire what happens at hour 0 and put the first of everything on the agenda."""
    compute(r, s)
    for index in range(r.n_layers):
        s.layers[index].at = 0.0
        s.layers[index].k = 0
        s.layers[index].day = 0
        layer = r.layers[index]
        stream = r.streams[layer.stream]
        if layer_low(layer.layer) * s.p[stream.unit_p] < s.p[stream.bound_p]:
            push_candidate(r, s, index)
    push(s, MONTH_HOURS, MONTH_END, 0, 0)
    bundle = r.bundles[r.start_bundle]
    perform(r, s, amounts, bundle.first, bundle.last, -1, 0, 0, 0, 0.0)
    settle_event(r, s)


@register_jitable
def settle_event(r: Any, s: Any) -> None:
    """End an event: compute products again if the state changed, then begin the work that was granted."""
    if s.dirty != 0:
        compute_changed(r, s)
        s.dirty = 0
    if s.granted_n > 0:
        begin_granted(r, s)


@register_jitable
def on_candidate(r: Any, s: Any, amounts: Any, index: int) -> None:
    """Take a candidate or leave it, then look for its layer's next."""
    layer = r.layers[index]
    stream = r.streams[layer.stream]
    rate = s.x[stream.rate_x]
    if rate > s.p[stream.bound_p] * 1.000000001 and stream.period_p < 0:
        s.error = OVER_BOUND
    k = s.layers[index].k
    if accept(s.layers[index].mark, rate):
        s.meters[stream.counter_m] += 1.0
        perform(
            r, s, amounts,
            stream.first, stream.last, layer.stream, layer.layer, k, 0, s.now,
        )  # fmt: skip
    s.layers[index].k = k + 1
    push_candidate(r, s, index)


@register_jitable
def on_package(r: Any, s: Any, amounts: Any, place: int) -> None:
    """End a package: queue the job's next one, or end the job; then the next job gets the freed people."""
    job = s.jobs[place]
    work = r.works[job.work]
    s.meters[work.hours_m] += job.package
    left = job.left - job.package
    if left > 1e-9:
        job.left = left
        if has_ended(r, s, work.team):
            free_job(s, place)
        else:
            queue(r, s, place)
    else:
        finish(r, s, amounts, place)
    s.busy[work.team] -= 1
    grant(r, s, work.team)


@register_jitable
def finish(r: Any, s: Any, amounts: Any, place: int) -> None:
    """End a piece of work: accepted or not, in time or not, and what follows."""
    job = s.jobs[place]
    work = r.works[job.work]
    stream, layer, k, attempt, born = job.stream, job.layer, job.k, job.attempt, job.born
    free_job(s, place)
    if work.fail_x >= 0:
        u = uniform(s.key0[work.fail_q], s.key1[work.fail_q], s.replication, k, layer, attempt)
        if u < s.x[work.fail_x]:
            perform(r, s, amounts, work.fail_first, work.fail_last, stream, layer, k, attempt, born)
            return
    until = open_hours(work.elapsed_calendar, r.sums, s.now)
    elapsed = until - open_hours(work.elapsed_calendar, r.sums, born)
    s.meters[work.done_m] += 1.0
    s.meters[work.elapsed_m] += elapsed
    if elapsed <= s.p[work.target_p]:
        s.meters[work.within_m] += 1.0
    if work.last > work.first:
        perform(r, s, amounts, work.first, work.last, stream, layer, k, attempt, born)


@register_jitable
def on_due(r: Any, s: Any, amounts: Any, row: int, place: int) -> None:
    """Carry out a due effect: a bundle, or the end of people's patience with a degradation or with work that waits."""
    due = s.pending[place]
    stream, layer, k, attempt, born = due.stream, due.layer, due.k, due.attempt, due.born
    free_due(s, place)
    work = row - r.n_bundles - r.n_levels
    if work >= 0:
        if s.month < r.months and gives_up(r, s, work, stream, layer, k, attempt):
            s.meters[r.works[work].left_m] += 1.0
            perform(r, s, amounts, r.works[work].left_first, r.works[work].left_last, stream, layer, k, attempt, born)
        return
    if row >= r.n_bundles:
        touch(r, s)
        mark(s, r.n_bundles - row - 1)
        s.waiting[row - r.n_bundles] -= due.amount
        return
    bundle = r.bundles[row]
    perform(r, s, amounts, bundle.first, bundle.last, stream, layer, k, attempt, born)


@register_jitable
def decide(r: Any, s: Any, amounts: Any, index: int) -> None:
    """Carry out one decision at a month end, where it is due."""
    d = r.decisions[index]
    month = s.month + 1.0
    if d.clock_x >= 0:
        month = s.x[d.clock_x]
    if not is_due(d.every, d.offset, month):
        return
    renew(r.renewed, d.renew_first, d.renew_last, r.products, r.modifiers, s.p, s.x)
    if d.kind == MOVE or d.kind == TRUST or d.kind == STEP:
        move_stock(d, s.p, s.x)
    elif d.kind == WHEN or d.kind == LEAVE:
        if fires(d, s.p, s.x, r.months - s.month - 1.0):
            bundle = r.bundles[d.bundle]
            perform(
                r, s, amounts,
                bundle.first, bundle.last, -1, 0, int(month) * d.again, 0, s.now,
            )  # fmt: skip
    else:
        draw = 0.0
        mean = 0.0
        if d.kind == INDEX:
            draw = drawn(r, s, d.quantity, int(month) // d.every, 0, 0)
        elif d.kind == WATCH:
            mean = watched_mean(
                r.watches, d.first, d.last, s.p, amounts, r.accounts, s.month, int(s.p[d.p2])
            )
        set_stock(d, s.p, s.x, s.meters, r.hour_levels, r.hour_shares, month - 1.0, draw, mean)


@register_jitable
def on_month_end(
    r: Any, s: Any, amounts: Any, measures: Any
) -> None:
    """Post the month's charges, hold the reviews, let behaviour move, and begin the next month."""
    month = s.month
    if month < r.months:
        touch(r, s)
        count_backlogs(r, s)
        close_meters(r.flows[: r.n_flows], r.sums, s.month_start, s.now, s.meters, s.x)
        compute(r, s)
        at = month * r.accounts
        post_charges(r.charges[: r.n_charges], s.p, s.x, s.meters, amounts, r.mirrors, at, month == r.months - 1)
        for i in range(r.n_decisions):
            if r.decisions[i].kind == RATIO:
                decide(r, s, amounts, i)
        keep_promises(r.promises[: r.n_promises], s.p, s.x, s.meters, amounts, r.mirrors, at)
        compute(r, s)
        for i in range(r.n_records):
            record = r.records[i]
            if record.meter == 1:
                measures[month * r.n_records + i] = s.meters[record.place]
            else:
                measures[month * r.n_records + i] = s.x[record.place]
        for i in range(r.n_decisions):
            if r.decisions[i].kind != RATIO:
                decide(r, s, amounts, i)
        compute(r, s)
        for i in range(r.meters):
            s.totals[i] += s.meters[i]
            s.meters[i] = 0.0
        s.dirty = 0
        s.changed_n = 0
        unpark(r, s)
        grant_all(r, s)
    s.month = month + 1
    s.month_start = s.now
    if s.month < r.months + r.runoff:
        until = (s.month + 1) * MONTH_HOURS
        push(s, until, MONTH_END, 0, 0)


@register_jitable
def lifetime(
    r: Any, s: Any, theta: Any, amounts: Any, measures: Any
) -> int:
    """Live one lifetime and give the error code (0: none)."""
    reset(r, s, theta)
    start(r, s, amounts)
    end = (r.months + r.runoff) * MONTH_HOURS
    while s.agenda_n > 0 and s.error == 0:
        n = s.agenda_n - 1
        s.agenda_n = n
        time, key, ref = s.agenda[n].time, s.agenda[n].key, s.agenda[n].ref
        if time > end:
            break
        rank = key >> ROW_BITS
        if s.month >= r.months and rank != DUE and rank != MONTH_END:
            continue
        s.now = time
        s.events += 1
        if rank == CANDIDATE:
            on_candidate(r, s, amounts, ref)
        elif rank == PACKAGE_DONE:
            on_package(r, s, amounts, ref)
        elif rank == TEAM_OPENS:
            s.alarm[ref] = 0
            grant(r, s, ref)
        elif rank == DUE:
            on_due(r, s, amounts, key & 0xFFFFFFFF, ref)
        else:
            on_month_end(r, s, amounts, measures)
        if s.dirty != 0 or s.granted_n > 0:
            settle_event(r, s)
    return int(s.error)

