"""SimPy with absolute times and ranks: what is due next, and in which order at one instant."""

from __future__ import annotations

from collections.abc import Generator
from heapq import heappush
from typing import Any

import simpy

Process = Generator[simpy.Event, Any, None]
"""What a SimPy process is: a generator of the events that it waits for."""

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
