"""SimPy with absolute times and ranks, and a team that takes up work only in its opening hours."""

from __future__ import annotations

import math
from collections.abc import Callable
from heapq import heappush
from typing import Any

import simpy

ROW_BITS = 32
ZERO_DELAY_RANKS = 2


class Clock(simpy.Environment):
    """An environment whose model events carry an absolute time, a rank and a row.

    SimPy's own zero-delay steps have priority 0 and 1; every model event has a higher one, so that all that follows from an event at
    one instant is over before the next event of that instant.
    """

    def at(self, time: float, rank: int, row: int) -> simpy.Event:
        """Give an event that happens at a time, behind those of the same time, rank and row."""
        event = simpy.Event(self)
        event._ok, event._value = True, None
        priority: Any = ((rank + ZERO_DELAY_RANKS) << ROW_BITS) + row
        heappush(self._queue, (time, priority, next(self._eid), event))
        return event


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

    def look(self) -> None:
        """Take up waiting work as far as people are free."""
        self._trigger_put(None)

    def drop(self) -> None:
        """Drop all waiting work."""
        self.put_queue.clear()
