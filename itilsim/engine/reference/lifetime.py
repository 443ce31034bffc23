"""One lifetime as SimPy processes: streams of candidates, teams at work, due effects, month ends.

A reader who knows SimPy finds a generator for each thing that takes time: `arrivals` here, `serve` and `open_at` in `teams`, `later` and
`wait_for` in `effects`, `months` in `month_end`; and a plain method for each verb. Each of these modules adds one thing to the class of
the one before it, from the bare `State` up to the `Lifetime`. What an event changes is written in the rules that both engines share.
"""

from __future__ import annotations

from itilsim.engine.reference.candidates import OperationalTime, candidates, is_reached
from itilsim.engine.reference.clock import Process
from itilsim.engine.reference.month_end import Months
from itilsim.engine.reference.state import Occurrence
from itilsim.plan import rows
from itilsim.rules.acceptance import accept
from itilsim.rules.clock import MONTH, on_grid


class OverBound(Exception):
    """A stream's rate went over the bound that lowering derived: an internal error."""


class Lifetime(Months):
    """One world of a plan, lived from hour 0 to the end of the run-off."""

    def live(self) -> None:
        """Live the whole lifetime."""
        self.compute()
        clocks = [OperationalTime(self, row) for row in self.r.clocks]
        for index, layer in enumerate(self.r.layers):
            if is_reached(self, layer):
                at = self.r.streams[layer.stream].clock
                self.clock.process(self.arrivals(index, clocks[at] if at >= 0 else None))
        self.clock.process(self.months())
        bundle = self.r.bundles[self.z.start_bundle]
        self.perform(bundle.first, bundle.last, Occurrence(-1, 0, 0, 0, 0.0))
        self.settle_event()
        self.clock.run()
        for row, ended in zip(self.r.relationships, self.ended, strict=True):
            ended[2] = self.x[row.phase_x]

    def arrivals(self, index: int, clock: OperationalTime | None) -> Process:
        """Take or leave the candidates of one layer of a stream, one after the other."""
        layer = self.r.layers[index]
        stream = self.r.streams[layer.stream]
        for candidate in candidates(self, layer, clock):
            time = on_grid(candidate.time, self.z.grid)
            if time >= self.z.months * MONTH:
                return
            yield self.clock.at(time, rows.CANDIDATE, index)
            rate = self.x[stream.rate_x]
            if rate > self.p[stream.bound_p] * 1.000000001 and stream.period_p < 0:
                raise OverBound(f"stream {self.plan.names['streams'][layer.stream]}: the rate {rate:g} went over its bound")
            if accept(candidate.height, rate):
                self.meters[stream.counter_m] += 1.0
                seen = Occurrence(layer.stream, layer.layer, candidate.k, 0, self.clock.now)
                self.noticed("stream", layer.stream, seen)
                self.perform(stream.first, stream.last, seen)
                self.settle_event()
