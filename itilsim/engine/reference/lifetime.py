"""One lifetime as SimPy processes: streams of candidates, teams at work, due effects, month ends.

A reader who knows SimPy finds a generator for each thing that takes time (`arrivals`, `serve`, `later`, `months`) and a plain method
for each verb. What an event changes is written in the rules that both engines share.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import simpy

from itilsim.engine.reference.clock import Clock, OpenTeam
from itilsim.engine.reference.draws import Draws
from itilsim.plan import rows
from itilsim.plan.plan import Plan
from itilsim.rules.acceptance import accept, height, layer_low, layer_width
from itilsim.rules.chance import CONSTANT, value
from itilsim.rules.clock import (
    MONTH,
    day_mass,
    is_open,
    next_open,
    on_grid,
    open_hours,
    time_in_day,
    work_until,
)
from itilsim.rules.losses import settle
from itilsim.rules.month import (
    fires,
    is_due,
    keep_promises,
    move_stock,
    post,
    post_charges,
    set_stock,
    watched_mean,
)
from itilsim.rules.state import close_meters, flush, refresh, set_parameters, units

Process = Generator[simpy.Event, Any, None]


class Occurrence(NamedTuple):
    """The identity of what happens: stream (-1: none), layer and candidate, attempt, and the hour at which it began."""

    stream: int
    layer: int
    k: int
    attempt: int
    born: float


@dataclass(eq=False)
class Waiting:
    """People who wait for one degradation to be mended, as its size in units of 2**-20."""

    size: int


class OverBound(Exception):
    """A stream's rate went over the bound that lowering derived: an internal error."""


class Parked(NamedTuple):
    """A job that waits for the next review because its speed is nought."""

    team: int
    priority: int
    gate: simpy.Event


class Lifetime:
    """One world of a plan, lived from hour 0 to the end of the run-off."""

    def __init__(self, plan: Plan, draws: Draws, theta: Sequence[float]) -> None:
        self.plan, self.draws = plan, draws
        r, z = self.r, self.z = plan.rows, plan.sizes
        self.clock = Clock()
        self.p = [0.0] * len(r.base)
        set_parameters(r.base, r.terms, theta, self.p)
        self.x = [self.p[i] for i in r.initial_p]
        self.opened, self.waiting = [0] * len(r.levels), [0] * len(r.levels)
        self.meters, self.totals = [0.0] * z.meters, [0.0] * z.meters
        self.amounts = [0.0] * ((z.months + z.runoff) * z.accounts)
        self.measures = [0.0] * (z.months * len(r.records))
        self.ended = [[-1.0, -1.0, 0.0] for _ in r.relationships]
        self.month, self.month_start, self.since = 0, 0.0, 0.0
        self.dirty = False
        self.days: list[list[float]] = [[0.0] for _ in r.clocks]
        self.alarms = [False] * len(r.teams)
        self.parked: list[Parked] = []
        self.patience: dict[tuple[int, int, int, int], list[Waiting]] = {}
        self.teams = [self._team(i) for i in range(len(r.teams))]

    def _team(self, index: int) -> OpenTeam:
        row = self.r.teams[index]
        return OpenTeam(
            self.clock,
            crews=lambda: self.x[row.people_x] / self.p[row.crew_p],
            is_open=lambda: is_open(row.calendar, self.r.sums, self.clock.now),
            wake=lambda: self._wake(index),
        )

    def live(self) -> None:
        """Live the whole lifetime."""
        self._refresh()
        for index in range(len(self.r.layers)):
            stream = self.r.streams[self.r.layers[index].stream]
            if layer_low(self.r.layers[index].layer) * self.p[stream.unit_p] < self.p[stream.bound_p]:
                self.clock.process(self.arrivals(index))
        self.clock.process(self.months())
        bundle = self.r.bundles[self.z.start_bundle]
        self.perform(bundle.first, bundle.last, Occurrence(-1, 0, 0, 0, 0.0))
        self._settle()
        self.clock.run()
        for row, ended in zip(self.r.relationships, self.ended, strict=True):
            ended[2] = self.x[row.phase_x]

    # ---- processes

    def arrivals(self, index: int) -> Process:
        """Take or leave the candidates of one layer of a stream, one after the other."""
        layer = self.r.layers[index]
        stream = self.r.streams[layer.stream]
        at, day, k = 0.0, 0, 0
        while True:
            time, mark, at, day, k = self._candidate(stream, layer.layer, k, at, day)
            time = on_grid(time, self.z.grid)
            if time >= self.z.months * MONTH:
                return
            yield self.clock.at(time, rows.CANDIDATE, index)
            rate = self.x[stream.rate_x]
            if rate > self.p[stream.bound_p] * 1.000000001 and stream.period_p < 0:
                raise OverBound(f"stream {self.plan.names['streams'][layer.stream]}: the rate {rate:g} went over its bound")
            if accept(mark, rate):
                self.meters[stream.counter_m] += 1.0
                seen = Occurrence(layer.stream, layer.layer, k, 0, self.clock.now)
                self.noticed("stream", layer.stream, seen)
                self.perform(stream.first, stream.last, seen)
                self._settle()
            k += 1

    def serve(self, index: int, request: Any, seen: Occurrence) -> Process:
        """Do one piece of work, package by package, each after a turn of its own in the team's queue."""
        work = self.r.works[index]
        row, team = self.r.teams[work.team], self.teams[work.team]
        left = -1.0
        while True:
            yield request
            if left < 0.0:
                left = self.draw(work.content_q, seen, seen.attempt) * self.x[work.content_x]
            speed = self.x[work.speed_x]
            if speed <= 0.0:
                gate = self.clock.event()
                self.parked.append(Parked(work.team, work.priority, gate))
                team.release(request)
                request = yield gate
                if request is None:
                    return
                continue
            package = min(left, self.p[work.package_p]) if self.p[work.package_p] > 0.0 else left
            done = work_until(row.calendar, self.r.sums, self.r.opens, self.clock.now, package / (speed * self.p[row.crew_p]))
            self.noticed("begins", index, seen)
            yield self.clock.at(on_grid(done, self.z.grid), rows.PACKAGE_DONE, index)
            if self.month >= self.z.months:
                return
            self.meters[work.hours_m] += package
            left -= package
            if left > 1e-9:
                turn = None if self._is_over(work.team) else team.request(priority=work.priority)
                team.release(request)
                self._settle()
                if turn is None:
                    return
                request = turn
                continue
            self.finish(work, index, seen)
            team.release(request)
            self._settle()
            return

    def later(self, bundle: int, time: float, seen: Occurrence) -> Process:
        """Carry out a bundle at its time."""
        if time > (self.z.months + self.z.runoff) * MONTH:
            return
        yield self.clock.at(time, rows.DUE, bundle)
        row = self.r.bundles[bundle]
        self.noticed("due", bundle, seen)
        self.perform(row.first, row.last, seen)
        self._settle()

    def months(self) -> Process:
        """End each month, run-off months too."""
        while self.month < self.z.months + self.z.runoff:
            yield self.clock.at((self.month + 1) * MONTH, rows.MONTH_END, 0)
            if self.month < self.z.months:
                self.end_month()
            self.month += 1
            self.month_start = self.clock.now
            self._settle()

    # ---- verbs

    def perform(self, first: int, last: int, seen: Occurrence) -> None:
        """Carry out effects `first..last` for one occurrence; after the horizon only what posts money."""
        for e in self.r.effects[first:last]:
            if self.month >= self.z.months and e.verb not in (rows.POST, rows.SETTLE, rows.FIRE):
                continue
            if e.chance_x >= 0:
                u = self.draws.number(e.chance_q, seen.k, seen.layer, seen.attempt)
                if u >= self.x[e.chance_x]:
                    continue
            if e.verb == rows.ENQUEUE:
                self.enqueue(e.target, seen._replace(attempt=seen.attempt + int(self.p[e.amount_p]) - 1))
            elif e.verb == rows.FIRE:
                delay = self.draw(e.delay_q, seen, seen.attempt) if e.delay_q >= 0 else 0.0
                self.fire(e.target, on_grid(self.clock.now + delay, self.z.grid), seen)
            else:
                self._act(e, seen)

    def _act(self, e: rows.Effect, seen: Occurrence) -> None:
        amount = self.p[e.amount_p] * self.x[e.scale_x]
        if e.quantity >= 0:
            attempt = 0 if e.verb in (rows.OPEN, rows.CLOSE) else seen.attempt
            amount *= self.draw(e.quantity, seen, attempt)
        if e.verb == rows.POST:
            self.post(e.target, amount)
        elif e.verb == rows.SETTLE:
            self.suffer(e.target, amount, seen)
        elif e.verb == rows.OPEN:
            self.open_level(e.target, units(amount), seen)
        elif e.verb == rows.CLOSE:
            self.close_level(e.target, units(amount), seen)
        elif e.verb == rows.ADD:
            self._touch()
            self.x[e.target] = min(self.p[e.high_p], max(self.p[e.low_p], self.x[e.target] + amount))
            for team in self.teams:
                team.look()
        elif e.verb == rows.COUNT:
            self.meters[e.target] += amount
        elif e.verb == rows.PHASE:
            self.change_phase(e.target, amount, self.p[e.low_p])

    def enqueue(self, work: int, seen: Occurrence) -> None:
        """Hand work to a team, unless its relationship is over."""
        row = self.r.works[work]
        if not self._is_over(row.team):
            request = self.teams[row.team].request(priority=row.priority)
            self.clock.process(self.serve(work, request, seen))

    def fire(self, bundle: int, time: float, seen: Occurrence) -> None:
        """Have a bundle carried out at a time."""
        self.clock.process(self.later(bundle, time, seen))

    def post(self, account: int, amount: float) -> None:
        """Post an amount to this month."""
        post(self.amounts, self.r.mirrors, self.month * self.z.accounts, account, amount)

    def suffer(self, target: int, scale: float, seen: Occurrence) -> None:
        """Settle one loss and post what is borne and what is repaid."""
        row = self.r.losses[target]
        severity = self.draw(row.severity_q, seen, seen.attempt)
        assets = self.x[row.assets_x] if row.assets_x >= 0 else self.p[row.cap_p]
        liability = self.x[row.liability_x] if row.liability_x >= 0 else 0.0
        loss, indemnity = settle(
            severity * self.x[row.scale_x] * scale,
            self.p[row.cap_p],
            self.p[row.deductible_p],
            self.p[row.share_p],
            liability,
            assets,
        )
        self.noticed("loss", target, seen)
        self.post(row.account, -loss)
        if row.assets_x >= 0:
            self.x[row.assets_x] -= loss - indemnity
        if row.indemnity_account >= 0 and indemnity > 0.0:
            self.post(row.indemnity_account, indemnity)
            self.x[row.liability_x] -= indemnity

    def open_level(self, target: int, size: int, seen: Occurrence) -> None:
        """Open a degradation or gap; with patience, people wait for a while and then do without."""
        self._touch()
        self.opened[target] += size
        patience = self.p[self.r.levels[target].patience_p]
        if patience > 0.0:
            self.waiting[target] += size
            waits = Waiting(size)
            self.patience.setdefault((target, seen.stream, seen.layer, seen.k), []).append(waits)
            until = on_grid(self.clock.now + patience, self.z.grid)
            self.clock.process(self.wait_for(target, until, seen, waits))

    def wait_for(self, target: int, until: float, seen: Occurrence, waits: Waiting) -> Process:
        """End people's patience with a degradation, where it is still open."""
        yield self.clock.at(until, rows.DUE, len(self.r.bundles) + target)
        still = self.patience.get((target, seen.stream, seen.layer, seen.k), [])
        if any(each is waits for each in still):
            still[:] = [each for each in still if each is not waits]
            self._touch()
            self.waiting[target] -= waits.size
            self._settle()

    def close_level(self, target: int, size: int, seen: Occurrence) -> None:
        """Close a degradation or gap, and the waiting for it where people still wait."""
        self._touch()
        self.opened[target] -= size
        for waits in self.patience.pop((target, seen.stream, seen.layer, seen.k), []):
            self.waiting[target] -= waits.size

    def change_phase(self, relationship: int, phase: float, reason: float) -> None:
        """Move a relationship on to a later phase, fire what belongs to it, and drop its queues where it ends."""
        row = self.r.relationships[relationship]
        if phase <= self.x[row.phase_x]:
            return
        self._touch()
        self.x[row.phase_x] = phase
        self.x[row.active_x] = 1.0 if phase < rows.ENDED else 0.0
        self.x[row.live_x] = 1.0 if rows.LIVE <= phase < rows.ENDED else 0.0
        seen = Occurrence(-1, relationship, 0, 0, self.clock.now)
        self.noticed("phase", relationship, seen)
        if phase == rows.LIVE:
            self.fire(row.live_bundle, self.clock.now, seen)
        elif phase == rows.ENDED:
            self.ended[relationship][:2] = [min(self.clock.now, self.z.months * MONTH), reason]
            for index, team in enumerate(self.teams):
                if self.r.teams[index].relationship == relationship:
                    team.drop()
            self.fire(row.end_bundle, self.clock.now, seen)

    def finish(self, work: rows.Work, index: int, seen: Occurrence) -> None:
        """End a piece of work: accepted or not, in time or not, and what follows."""
        if work.fail_x >= 0:
            u = self.draws.number(work.fail_q, seen.k, seen.layer, seen.attempt)
            if u < self.x[work.fail_x]:
                self.noticed("not accepted", index, seen)
                self.perform(work.fail_first, work.fail_last, seen)
                return
        sums, calendar = self.r.sums, work.elapsed_calendar
        elapsed = open_hours(calendar, sums, self.clock.now) - open_hours(calendar, sums, seen.born)
        self.meters[work.done_m] += 1.0
        self.meters[work.elapsed_m] += elapsed
        if elapsed <= self.p[work.target_p]:
            self.meters[work.within_m] += 1.0
        self.noticed("done", index, seen)
        self.perform(work.first, work.last, seen)

    # ---- month end

    def end_month(self) -> None:
        """Post the month's charges, hold the reviews, let behaviour move, and begin the next month."""
        r, z, p, x = self.r, self.z, self.p, self.x
        self._touch()
        close_meters(r.flows, r.sums, self.month_start, self.clock.now, self.meters, x)
        self._refresh()
        at = self.month * z.accounts
        post_charges(r.charges, p, x, self.meters, self.amounts, r.mirrors, at, self.month == z.months - 1)
        for index, decision in enumerate(r.decisions):
            if decision.kind == rows.RATIO:
                self.decide(decision, index)
        keep_promises(r.promises, p, x, self.meters, self.amounts, r.mirrors, at)
        self._refresh()
        for i, record in enumerate(r.records):
            source = self.meters if record.meter == 1 else x
            self.measures[self.month * len(r.records) + i] = source[record.place]
        self.noticed("month", self.month, Occurrence(-1, 0, self.month, 0, self.clock.now))
        for index, decision in enumerate(r.decisions):
            if decision.kind != rows.RATIO:
                self.decide(decision, index)
        self._refresh()
        for i, amount in enumerate(self.meters):
            self.totals[i] += amount
            self.meters[i] = 0.0
        self.dirty = False
        self._unpark()
        for team in self.teams:
            team.look()

    def decide(self, d: rows.Decision, index: int) -> None:
        """Carry out one decision at a month end, where it is due."""
        month = self.x[d.clock_x] if d.clock_x >= 0 else self.month + 1.0
        if not is_due(d.every, d.offset, month):
            return
        if d.kind in (rows.MOVE, rows.TRUST, rows.STEP):
            move_stock(d, self.p, self.x)
        elif d.kind in (rows.WHEN, rows.LEAVE):
            if fires(d, self.p, self.x, self.z.months - self.month - 1.0):
                bundle = self.r.bundles[d.bundle]
                seen = Occurrence(-1, 0, int(month), 0, self.clock.now)
                self.noticed("decision", index, seen)
                self.perform(bundle.first, bundle.last, seen)
        else:
            drawn = mean = 0.0
            if d.kind == rows.INDEX:
                drawn = self.draw(d.quantity, Occurrence(-1, 0, int(month) // d.every, 0, 0.0), 0)
            elif d.kind == rows.WATCH:
                window = int(self.p[d.p2])
                mean = watched_mean(
                    self.r.watches, d.first, d.last, self.p, self.amounts, self.z.accounts, self.month, window
                )
            r = self.r
            set_stock(d, self.p, self.x, self.meters, r.hour_levels, r.hour_shares, month - 1.0, drawn, mean)

    # ---- the state

    def draw(self, quantity: int, seen: Occurrence, attempt: int) -> float:
        """Draw a quantity at one occurrence."""
        q = self.r.quantities[quantity]
        if q.family == CONSTANT:
            return float(self.p[q.a_p])
        u = self.draws.number(quantity, seen.k, seen.layer, attempt)
        return value(q.family, self.p[q.a_p], self.p[q.b_p], self.p[q.c_p], q.table, self.r.coefficients, u)

    def noticed(self, what: str, index: int, seen: Occurrence) -> None:
        """Be told of what happens; a trace overrides this."""

    def _candidate(self, stream: rows.Stream, layer: int, k: int, at: float, day: int) -> tuple[float, float, float, int, int]:
        """Give the next candidate's time and height, and where its layer stands then (operational time, day, number).

        Candidates above this world's bound can never be taken and are passed over here.
        """
        if stream.period_p >= 0:
            return self.p[stream.offset_p] + k * self.p[stream.period_p], 0.0, at, day, k
        unit, bound = self.p[stream.unit_p], self.p[stream.bound_p]
        hours = MONTH / (unit * layer_width(layer))
        high = math.inf
        while high >= bound:
            gap, mark = self.draws.pair(stream.quantity, k, layer)
            at -= math.log(gap) * hours
            high = height(layer, mark) * unit
            k += 1
            if at > self.z.days * 48.0:
                break
        time, day = self._time_of(stream.clock, at, day)
        return time, high, at, day, k - 1

    def _time_of(self, index: int, at: float, day: int) -> tuple[float, int]:
        """Give the time (and its day) at which an operational time is reached, infinite beyond the days that a plan has."""
        if index < 0:
            return at, day
        sums, clock = self.days[index], self.r.clocks[index]
        while True:
            if day + 1 >= len(sums):
                if day >= self.z.days:
                    return math.inf, day
                self._fill_day(index)
            if at < sums[day + 1]:
                break
            day += 1
        share = (at - sums[day]) / (sums[day + 1] - sums[day])
        return time_in_day(clock.calendar, self.r.sums, day, share), day

    def _fill_day(self, index: int) -> None:
        row, sums = self.r.clocks[index], self.days[index]
        day = len(sums) - 1
        factor = 1.0
        if row.factor_q >= 0:
            factor = self.draw(row.factor_q, Occurrence(-1, 0, day, 0, 0.0), 0)
        sums.append(sums[-1] + factor * day_mass(row.calendar, self.r.sums, day))

    def _is_over(self, team: int) -> bool:
        of = self.r.teams[team].relationship
        return bool(of >= 0 and self.x[self.r.relationships[of].phase_x] >= rows.ENDED)

    def _wake(self, team: int) -> None:
        if self.alarms[team]:
            return
        self.alarms[team] = True
        opens = next_open(self.r.teams[team].calendar, self.r.sums, self.clock.now)
        if opens < math.inf:
            self.clock.process(self._alarm(team, opens))

    def _alarm(self, team: int, opens: float) -> Process:
        yield self.clock.at(opens, rows.TEAM_OPENS, team)
        self.alarms[team] = False
        if self.month < self.z.months:
            self.teams[team].look()

    def _unpark(self) -> None:
        parked, self.parked = self.parked, []
        for job in parked:
            if self._is_over(job.team):
                job.gate.succeed(None)
            else:
                job.gate.succeed(self.teams[job.team].request(priority=job.priority))

    def _touch(self) -> None:
        if self.since < self.clock.now:
            flush(self.r.flows, self.r.sums, self.x, self.since, self.clock.now, self.meters)
            self.since = self.clock.now
        self.dirty = True

    def _refresh(self) -> None:
        refresh(self.r.levels, self.opened, self.waiting, self.r.products, self.r.modifiers, self.p, self.x, True)

    def _settle(self) -> None:
        if self.dirty:
            self._refresh()
            self.dirty = False
