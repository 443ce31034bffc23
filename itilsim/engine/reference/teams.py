"""Teams at work: queues by priority in opening hours, and a process for each piece of work, package by package."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import simpy

from itilsim.engine.reference.clock import Clock, Process
from itilsim.engine.reference.draws import Draws
from itilsim.engine.reference.state import Occurrence, State
from itilsim.plan import rows
from itilsim.plan.plan import Plan
from itilsim.rules.clock import is_open, next_open, on_grid, open_hours, work_until


class OpenTeam(simpy.PriorityResource):
    """A priority resource with people that may change and hours in which it takes up work.

    `crews` gives how many jobs can be in hand at once, `is_open` whether work may begin now, and `wake` is called where work waits
    for a closed team.
    """

    def __init__(
        self, clock: Clock, *, crews: Callable[[], float], is_open: Callable[[], bool], wake: Callable[[], None]
    ) -> None:
        super().__init__(clock, capacity=1)
        self.crews, self.is_open, self.wake = crews, is_open, wake

    def _do_put(self, event: Any) -> bool:  # type: ignore[override]
        if not self.is_open():
            self.wake()
            return False
        if len(self.users) >= math.floor(self.crews() + 1e-9):
            return False
        self.users.append(event)
        event.usage_since = self._env.now
        event.succeed()
        return True

    def grant(self) -> None:
        """Take up waiting work as far as people are free."""
        self._trigger_put(None)

    def drop(self) -> None:
        """Drop all waiting work."""
        self.put_queue.clear()


class Parked(NamedTuple):
    """A job that waits for the next review because its speed is nought."""

    team: int
    priority: int
    gate: simpy.Event


class Teams(State, ABC):
    """A state with teams that take up work, do it, and carry out what follows from it."""

    def __init__(self, plan: Plan, draws: Draws, theta: Sequence[float]) -> None:
        super().__init__(plan, draws, theta)
        self.alarms = [False] * len(self.r.teams)
        self.parked: list[Parked] = []
        self.teams = [self._team(i) for i in range(len(self.r.teams))]

    @abstractmethod
    def perform(self, first: int, last: int, seen: Occurrence) -> None:
        """Carry out effects `first..last` for one occurrence."""

    # ---- work

    def enqueue(self, work: int, seen: Occurrence) -> None:
        """Hand work to a team, unless its relationship is over."""
        row = self.r.works[work]
        if not self.has_ended(row.team):
            request = self.teams[row.team].request(priority=row.priority)
            self.clock.process(self.serve(work, request, seen))
            if row.patience_q >= 0:
                until = on_grid(self.clock.now + self.draw(row.patience_q, seen, seen.attempt), self.z.grid)
                if until < math.inf:
                    self.clock.process(self.give_up(work, request, until, seen))

    def give_up(self, index: int, request: Any, until: float, seen: Occurrence) -> Process:
        """Take work off its queue at a time, if its first package has not begun, and carry out what happens instead."""
        work = self.r.works[index]
        yield self.clock.at(until, rows.DUE, len(self.r.bundles) + len(self.r.levels) + index)
        waiting = self.teams[work.team].put_queue
        if self.month < self.z.months and request in waiting:
            waiting.remove(request)
            self.meters[work.left_m] += 1.0
            self.noticed("gives up", index, seen)
            self.perform(work.left_first, work.left_last, seen)
            self.settle_event()

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
                turn = None if self.has_ended(work.team) else team.request(priority=work.priority)
                team.release(request)
                self.settle_event()
                if turn is None:
                    return
                request = turn
                continue
            self.finish(work, index, seen)
            team.release(request)
            self.settle_event()
            return

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

    def count_backlogs(self) -> None:
        """Show how many pieces of work wait for each team, in its queue or parked, where something reads it."""
        for index, (row, team) in enumerate(zip(self.r.teams, self.teams, strict=True)):
            if row.backlog_x >= 0:
                self.x[row.backlog_x] = float(len(team.put_queue) + sum(job.team == index for job in self.parked))

    def unpark(self) -> None:
        """Put parked jobs back into their queues, in the order in which they were parked."""
        parked, self.parked = self.parked, []
        for job in parked:
            if self.has_ended(job.team):
                job.gate.succeed(None)
            else:
                job.gate.succeed(self.teams[job.team].request(priority=job.priority))

    # ---- people and hours

    def has_ended(self, team: int) -> bool:
        """Say whether a team's relationship is over, so that it takes no more work."""
        of = self.r.teams[team].relationship
        return bool(of >= 0 and self.x[self.r.relationships[of].phase_x] >= rows.ENDED)

    def grant_all(self) -> None:
        """Grant people in all teams, after a stock has changed."""
        for team in self.teams:
            team.grant()

    def drop_queues(self, relationship: int) -> None:
        """Drop the queued work of a relationship's teams; work in hand finishes."""
        for row, team in zip(self.r.teams, self.teams, strict=True):
            if row.relationship == relationship:
                team.drop()

    def _team(self, index: int) -> OpenTeam:
        row = self.r.teams[index]
        return OpenTeam(
            self.clock,
            crews=lambda: self.x[row.people_x] / self.p[row.crew_p],
            is_open=lambda: is_open(row.calendar, self.r.sums, self.clock.now),
            wake=lambda: self._wake(index),
        )

    def _wake(self, team: int) -> None:
        if self.alarms[team]:
            return
        self.alarms[team] = True
        opens = next_open(self.r.teams[team].calendar, self.r.sums, self.clock.now)
        if opens < math.inf:
            self.clock.process(self.open_at(team, opens))

    def open_at(self, team: int, opens: float) -> Process:
        """Open a team for whose hours work waits."""
        yield self.clock.at(opens, rows.TEAM_OPENS, team)
        self.alarms[team] = False
        if self.month < self.z.months:
            self.teams[team].grant()
