"""Candidates of streams: where a world puts them in time and height, whatever the state does."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from itilsim.engine.reference.state import Occurrence, State
from itilsim.plan import rows
from itilsim.rules.acceptance import height, layer_low, layer_width
from itilsim.rules.clock import MONTH, day_mass, time_in_day


class Candidate(NamedTuple):
    """The k-th candidate of a layer of a stream: the hour at which it comes, and the height that a rate must exceed to take it."""

    time: float
    height: float
    k: int


class OperationalTime:
    """The running sum of a clock's operational time by day; days are added as they are asked for."""

    def __init__(self, state: State, clock: rows.Clock) -> None:
        self.state, self.clock = state, clock
        self.sums = [0.0]

    def time_of(self, at: float, day: int) -> tuple[float, int]:
        """Give the time (and its day) at which an operational time is reached, infinite beyond the days that a plan has."""
        while True:
            if day + 1 >= len(self.sums):
                if day >= self.state.z.days:
                    return math.inf, day
                self._fill_day()
            if at < self.sums[day + 1]:
                break
            day += 1
        share = (at - self.sums[day]) / (self.sums[day + 1] - self.sums[day])
        return time_in_day(self.clock.calendar, self.state.r.sums, day, share), day

    def _fill_day(self) -> None:
        day = len(self.sums) - 1
        factor = 1.0
        if self.clock.factor_q >= 0:
            factor = self.state.draw(self.clock.factor_q, Occurrence(-1, 0, day, 0, 0.0), 0)
        self.sums.append(self.sums[-1] + factor * day_mass(self.clock.calendar, self.state.r.sums, day))


def is_reached(state: State, layer: rows.Layer) -> bool:
    """Say whether a layer begins under its stream's bound in this world, so that its candidates can be taken at all."""
    stream = state.r.streams[layer.stream]
    return bool(layer_low(layer.layer) * state.p[stream.unit_p] < state.p[stream.bound_p])


def candidates(state: State, layer: rows.Layer, clock: OperationalTime | None) -> Iterator[Candidate]:
    """Give the candidates of a layer, one after the other without end; `clock` is its stream's, None where the stream has none."""
    stream = state.r.streams[layer.stream]
    if stream.period_p >= 0:
        return _periodic(state, stream)
    return _drawn(state, stream, layer.layer, clock)


def _periodic(state: State, stream: rows.Stream) -> Iterator[Candidate]:
    k = 0
    while True:
        yield Candidate(state.p[stream.offset_p] + k * state.p[stream.period_p], 0.0, k)
        k += 1


def _drawn(state: State, stream: rows.Stream, layer: int, clock: OperationalTime | None) -> Iterator[Candidate]:
    """Candidates above this world's bound can never be taken and are passed over."""
    unit, bound = state.p[stream.unit_p], state.p[stream.bound_p]
    hours = MONTH / (unit * layer_width(layer))
    at, day, k = 0.0, 0, 0
    while True:
        high = math.inf
        while high >= bound:
            gap, mark = state.draws.pair(stream.quantity, k, layer)
            at -= math.log(gap) * hours
            high = height(layer, mark) * unit
            k += 1
            if at > state.z.days * 48.0:
                break
        time = at
        if clock is not None:
            time, day = clock.time_of(at, day)
        yield Candidate(time, high, k - 1)
