"""Effects: the verbs, carried out one after the other for one occurrence."""

from __future__ import annotations

from typing import Any

from numba.extending import register_jitable

from itilsim.engine.compiled.agenda import push_due, take_back
from itilsim.engine.compiled.layout import EVERYTHING, MOST_CHANGES
from itilsim.engine.compiled.teams import drawn, drop_queues, enqueue, grant
from itilsim.plan.rows import (
    ADD,
    CLOSE,
    COUNT,
    ENDED,
    ENQUEUE,
    FIRE,
    LIVE,
    OPEN,
    PHASE,
    POST,
    SETTLE,
)
from itilsim.rules.chance import uniform
from itilsim.rules.clock import on_grid
from itilsim.rules.losses import settle
from itilsim.rules.month import post
from itilsim.rules.state import flush, units


@register_jitable
def touch(r: Any, s: Any) -> None:
    """Bring the meters up to now before the state changes, and note that it does."""
    if s.since < s.now:
        flush(r.flows[: r.n_flows], r.sums, s.x, s.since, s.now, s.meters)
        s.since = s.now
    s.dirty = 1


@register_jitable
def mark(s: Any, change: int) -> None:
    """Note a slot that an event changes, or the level `-change - 1`: what follows from it is computed again at the event's end."""
    for i in range(s.changed_n):
        if s.changed[i] == change:
            return
    if 0 <= s.changed_n < MOST_CHANGES:
        s.changed[s.changed_n] = change
        s.changed_n += 1
    else:
        s.changed_n = EVERYTHING


@register_jitable
def grant_all(r: Any, s: Any) -> None:
    """Grant people in all teams, after a stock has changed."""
    for team in range(r.n_teams):
        grant(r, s, team)


@register_jitable
def suffer(
    r: Any,
    s: Any,
    amounts: Any,
    at: int,
    target: int,
    scale: float,
    k: int,
    layer: int,
    attempt: int,
) -> None:
    """Settle one loss and post what is borne and what is repaid."""
    row = r.losses[target]
    severity = drawn(r, s, row.severity_q, k, layer, attempt)
    assets = s.p[row.cap_p]
    if row.assets_x >= 0:
        assets = s.x[row.assets_x]
    liability = 0.0
    if row.liability_x >= 0:
        liability = s.x[row.liability_x]
    cover = 0.0
    if row.cover_x >= 0:
        cover = s.x[row.cover_x]
    loss, indemnity, payout = settle(
        severity * s.x[row.scale_x] * scale,
        s.p[row.cap_p],
        s.p[row.deductible_p],
        s.p[row.share_p],
        liability,
        assets,
        s.p[row.cover_deductible_p],
        cover,
    )
    post(amounts, r.mirrors, at, row.account, -loss)
    if row.assets_x >= 0:
        s.x[row.assets_x] -= loss - indemnity - payout
        mark(s, row.assets_x)
    if row.indemnity_account >= 0 and indemnity > 0.0:
        post(amounts, r.mirrors, at, row.indemnity_account, indemnity)
        s.x[row.liability_x] -= indemnity
        mark(s, row.liability_x)
    if row.cover_account >= 0 and payout > 0.0:
        post(amounts, r.mirrors, at, row.cover_account, payout)
        s.x[row.cover_x] -= payout
        mark(s, row.cover_x)


@register_jitable
def change_phase(r: Any, s: Any, relationship: int, phase: float, reason: float, horizon: float) -> None:
    """Move a relationship on to a later phase, fire what belongs to it, and drop its queues where it ends."""
    row = r.relationships[relationship]
    if phase <= s.x[row.phase_x]:
        return
    touch(r, s)
    mark(s, row.phase_x)
    mark(s, row.live_x)
    mark(s, row.active_x)
    s.x[row.phase_x] = phase
    s.x[row.live_x] = 0.0
    s.x[row.active_x] = 0.0
    if phase < ENDED:
        s.x[row.active_x] = 1.0
        if phase >= LIVE:
            s.x[row.live_x] = 1.0
    if phase == LIVE:
        push_due(s, s.now, row.live_bundle, -1, relationship, 0, 0, s.now, 0)
    elif phase == ENDED:
        s.ended[relationship] = min(s.now, horizon)
        s.reason[relationship] = reason
        drop_queues(r, s, relationship)
        push_due(s, s.now, row.end_bundle, -1, relationship, 0, 0, s.now, 0)


@register_jitable
def open_level(r: Any, s: Any, target: int, size: int, stream: int, layer: int, k: int, born: float) -> None:
    """Open a degradation or gap; with patience, people wait for a while and a due effect ends that."""
    touch(r, s)
    mark(s, -target - 1)
    s.opened[target] += size
    patience = s.p[r.levels[target].patience_p]
    if patience > 0.0:
        s.waiting[target] += size
        until = on_grid(s.now + patience, r.grid)
        push_due(s, until, r.n_bundles + target, stream, layer, k, 0, born, size)


@register_jitable
def close_level(r: Any, s: Any, target: int, size: int, stream: int, layer: int, k: int) -> None:
    """Close a degradation or gap, and the waiting for it where people still wait."""
    touch(r, s)
    mark(s, -target - 1)
    s.opened[target] -= size
    if s.p[r.levels[target].patience_p] > 0.0:
        waiting = take_back(s, r.n_bundles + target, stream, layer, k)
        while waiting >= 0:
            s.waiting[target] -= waiting
            waiting = take_back(s, r.n_bundles + target, stream, layer, k)


@register_jitable
def perform(
    r: Any,
    s: Any,
    amounts: Any,
    first: int,
    last: int,
    stream: int,
    layer: int,
    k: int,
    attempt: int,
    born: float,
) -> None:
    """Carry out effects `first..last` for one occurrence; after the horizon only what posts money."""
    at = s.month * r.accounts
    after = s.month >= r.months
    for i in range(first, last):
        e = r.effects[i]
        if after and e.verb != POST and e.verb != SETTLE and e.verb != FIRE:
            continue
        if e.chance_x >= 0:
            u = uniform(s.key0[e.chance_q], s.key1[e.chance_q], s.replication, k, layer, attempt)
            if u >= s.x[e.chance_x]:
                continue
        if e.verb == ENQUEUE:
            enqueue(r, s, e.target, stream, layer, k, attempt + int(s.p[e.amount_p]) - 1, born)
            continue
        if e.verb == FIRE:
            delay = 0.0
            if e.delay_q >= 0:
                delay = drawn(r, s, e.delay_q, k, layer, attempt)
            until = on_grid(s.now + delay, r.grid)
            push_due(s, until, e.target, stream, layer, k, attempt, born, 0)
            continue
        amount = s.p[e.amount_p] * s.x[e.scale_x]
        if e.quantity >= 0:
            which = attempt
            if e.verb == OPEN or e.verb == CLOSE:
                which = 0
            amount *= drawn(r, s, e.quantity, k, layer, which)
        if e.verb == POST:
            post(amounts, r.mirrors, at, e.target, amount)
        elif e.verb == SETTLE:
            suffer(r, s, amounts, at, e.target, amount, k, layer, attempt)
        elif e.verb == OPEN:
            open_level(r, s, e.target, units(amount), stream, layer, k, born)
        elif e.verb == CLOSE:
            close_level(r, s, e.target, units(amount), stream, layer, k)
        elif e.verb == ADD:
            touch(r, s)
            mark(s, e.target)
            s.x[e.target] = min(s.p[e.high_p], max(s.p[e.low_p], s.x[e.target] + amount))
            grant_all(r, s)
        elif e.verb == COUNT:
            s.meters[e.target] += amount
        elif e.verb == PHASE:
            change_phase(r, s, e.target, amount, s.p[e.low_p], r.months * 730.0)
