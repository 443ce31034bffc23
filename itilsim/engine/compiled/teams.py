"""Teams: queues by priority, first come first served, people granted at once and work begun when an event is over."""

from __future__ import annotations

import math
from typing import Any

from numba.extending import register_jitable

from itilsim.engine.compiled.agenda import push, push_due
from itilsim.engine.compiled.layout import FULL_JOBS, JOBS
from itilsim.plan.rows import ENDED, PACKAGE_DONE, PRIORITIES, TEAM_OPENS
from itilsim.rules.chance import CONSTANT, uniform, value
from itilsim.rules.clock import is_open, next_open, on_grid, work_until


@register_jitable(forceinline=True)
def new_job(s: Any, work: int, stream: int, layer: int, k: int, attempt: int, born: float) -> int:
    """Take a job's place; -1 where there is none left."""
    place = s.free_job
    if place >= 0:
        s.free_job = s.jobs[place].next
    elif s.jobs_used < JOBS:
        place = s.jobs_used
        s.jobs_used += 1
    else:
        s.error = FULL_JOBS
        return -1
    job = s.jobs[place]
    job.work = work
    job.stream = stream
    job.layer = layer
    job.k = k
    job.attempt = attempt
    job.born = born
    job.left = -1.0
    return int(place)


@register_jitable(forceinline=True)
def free_job(s: Any, place: int) -> None:
    """Give a job's place back."""
    s.jobs[place].next = s.free_job
    s.free_job = place


@register_jitable(forceinline=True)
def has_ended(r: Any, s: Any, team: int) -> Any:
    """Say whether a team's relationship is over, so that it takes no more work."""
    of = r.teams[team].relationship
    return of >= 0 and s.x[r.relationships[of].phase_x] >= ENDED


@register_jitable
def queue(r: Any, s: Any, job: int) -> None:
    """Put a job at the end of its priority's queue and grant people where some are free."""
    work = r.works[s.jobs[job].work]
    line = work.team * PRIORITIES + work.priority
    s.jobs[job].next = -1
    if s.head[line] < 0:
        s.head[line] = job
    else:
        s.jobs[s.tail[line]].next = job
    s.tail[line] = job
    s.queued[work.team] += 1
    grant(r, s, work.team)


@register_jitable
def enqueue(r: Any, s: Any, work: int, stream: int, layer: int, k: int, attempt: int, born: float) -> None:
    """Hand work to a team, unless its relationship is over."""
    if has_ended(r, s, r.works[work].team):
        return
    job = new_job(s, work, stream, layer, k, attempt, born)
    if job < 0:
        return
    queue(r, s, job)
    patience = r.works[work].patience_q
    if patience >= 0:
        until = on_grid(s.now + drawn(r, s, patience, k, layer, attempt), r.grid)
        if until < math.inf:
            push_due(s, until, r.n_bundles + r.n_levels + work, stream, layer, k, attempt, born, 0)


@register_jitable
def gives_up(r: Any, s: Any, work: int, stream: int, layer: int, k: int, attempt: int) -> bool:
    """Take work off its queue, if its first package has not begun yet; say whether it was there."""
    row = r.works[work]
    line = row.team * PRIORITIES + row.priority
    before = -1
    place = s.head[line]
    while place >= 0:
        job = s.jobs[place]
        same = job.work == work and job.stream == stream and job.layer == layer and job.k == k and job.attempt == attempt
        if same and job.left < 0.0:
            if before < 0:
                s.head[line] = job.next
            else:
                s.jobs[before].next = job.next
            if s.tail[line] == place:
                s.tail[line] = before
            s.queued[row.team] -= 1
            free_job(s, place)
            return True
        before = place
        place = job.next
    return False


@register_jitable
def grant(r: Any, s: Any, team: int) -> None:
    """Grant free people to waiting jobs while the team is open; else see to it that the team wakes when it opens."""
    if s.queued[team] == 0:
        return
    row = r.teams[team]
    if not is_open(row.calendar, r.sums, s.now):
        if s.alarm[team] == 0:
            s.alarm[team] = 1
            opens = next_open(row.calendar, r.sums, s.now)
            if opens < math.inf:
                push(s, opens, TEAM_OPENS, team, team)
        return
    free = int(math.floor(s.x[row.people_x] / s.p[row.crew_p] + 1e-9)) - s.busy[team]
    line = team * PRIORITIES
    while free > 0 and s.queued[team] > 0:
        if s.head[line] < 0:
            line += 1
            continue
        job = s.head[line]
        s.head[line] = s.jobs[job].next
        s.queued[team] -= 1
        s.busy[team] += 1
        free -= 1
        s.granted[s.granted_n] = job
        s.granted_n += 1


@register_jitable
def drawn(r: Any, s: Any, q: int, k: int, layer: int, attempt: int) -> Any:
    """Draw a quantity at one occurrence."""
    row = r.quantities[q]
    if row.family == CONSTANT:
        return s.p[row.a_p]
    u = uniform(s.key0[q], s.key1[q], s.replication, k, layer, attempt)
    return value(row.family, s.p[row.a_p], s.p[row.b_p], s.p[row.c_p], row.table, r.coefficients, u)


@register_jitable
def begin_granted(r: Any, s: Any) -> None:
    """Begin the next package of all jobs that were granted people during this event, in the order in which they were granted.

    A package is begun at the speed of this moment; at speed nought the job is parked, which may grant its people to another.
    """
    i = 0
    while i < s.granted_n:
        place = s.granted[i]
        i += 1
        job = s.jobs[place]
        work = r.works[job.work]
        if job.left < 0.0:
            job.left = drawn(r, s, work.content_q, job.k, job.layer, job.attempt) * s.x[work.content_x]
        speed = s.x[work.speed_x]
        if speed <= 0.0:
            s.busy[work.team] -= 1
            s.parked[s.parked_n] = place
            s.parked_n += 1
            grant(r, s, work.team)
            continue
        row = r.teams[work.team]
        package = job.left
        if s.p[work.package_p] > 0.0:
            package = min(package, s.p[work.package_p])
        job.package = package
        done = work_until(row.calendar, r.sums, r.opens, s.now, package / (speed * s.p[row.crew_p]))
        push(s, on_grid(done, r.grid), PACKAGE_DONE, job.work, place)
    s.granted_n = 0


@register_jitable
def drop_queues(r: Any, s: Any, relationship: int) -> None:
    """Drop the queued work of a relationship's teams; work in hand finishes."""
    for team in range(r.n_teams):
        if r.teams[team].relationship != relationship:
            continue
        for line in range(team * PRIORITIES, (team + 1) * PRIORITIES):
            while s.head[line] >= 0:
                job = s.head[line]
                s.head[line] = s.jobs[job].next
                free_job(s, job)
        s.queued[team] = 0


@register_jitable
def count_backlogs(r: Any, s: Any) -> None:
    """Show how many pieces of work wait for each team, in its queues or parked, where something reads it."""
    for team in range(r.n_teams):
        slot = r.teams[team].backlog_x
        if slot >= 0:
            waiting = s.queued[team]
            for i in range(s.parked_n):
                if r.works[s.jobs[s.parked[i]].work].team == team:
                    waiting += 1
            s.x[slot] = float(waiting)


@register_jitable
def unpark(r: Any, s: Any) -> None:
    """Put parked jobs back into their queues, in the order in which they were parked."""
    n = s.parked_n
    s.parked_n = 0
    for i in range(n):
        job = s.parked[i]
        if has_ended(r, s, r.works[s.jobs[job].work].team):
            free_job(s, job)
        else:
            queue(r, s, job)
