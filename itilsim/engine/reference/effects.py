"""Effects: the verbs, carried out one after the other for one occurrence, and the processes that carry some out later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from itilsim.engine.reference.clock import Process
from itilsim.engine.reference.draws import Draws
from itilsim.engine.reference.state import Occurrence
from itilsim.engine.reference.teams import Teams
from itilsim.plan import rows
from itilsim.plan.plan import Plan
from itilsim.rules.clock import MONTH, on_grid
from itilsim.rules.losses import settle
from itilsim.rules.state import units


@dataclass(eq=False)
class Waiting:
    """People who wait for one degradation to be mended, as its size in units of 2**-20."""

    size: int


class Effects(Teams):
    """Teams, and every verb that an event can carry out."""

    def __init__(self, plan: Plan, draws: Draws, theta: Sequence[float]) -> None:
        super().__init__(plan, draws, theta)
        self.patience: dict[tuple[int, int, int, int], list[Waiting]] = {}

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
            self.touch()
            self.x[e.target] = min(self.p[e.high_p], max(self.p[e.low_p], self.x[e.target] + amount))
            self.grant_all()
        elif e.verb == rows.COUNT:
            self.meters[e.target] += amount
        elif e.verb == rows.PHASE:
            self.change_phase(e.target, amount, self.p[e.low_p])

    # ---- later

    def fire(self, bundle: int, time: float, seen: Occurrence) -> None:
        """Have a bundle carried out at a time."""
        self.clock.process(self.later(bundle, time, seen))

    def later(self, bundle: int, time: float, seen: Occurrence) -> Process:
        """Carry out a bundle at its time."""
        if time > (self.z.months + self.z.runoff) * MONTH:
            return
        yield self.clock.at(time, rows.DUE, bundle)
        row = self.r.bundles[bundle]
        self.noticed("due", bundle, seen)
        self.perform(row.first, row.last, seen)
        self.settle_event()

    # ---- losses

    def suffer(self, target: int, scale: float, seen: Occurrence) -> None:
        """Settle one loss and post what is borne and what is repaid."""
        row = self.r.losses[target]
        severity = self.draw(row.severity_q, seen, seen.attempt)
        assets = self.x[row.assets_x] if row.assets_x >= 0 else self.p[row.cap_p]
        liability = self.x[row.liability_x] if row.liability_x >= 0 else 0.0
        cover = self.x[row.cover_x] if row.cover_x >= 0 else 0.0
        loss, indemnity, payout = settle(
            severity * self.x[row.scale_x] * scale,
            self.p[row.cap_p],
            self.p[row.deductible_p],
            self.p[row.share_p],
            liability,
            assets,
            self.p[row.cover_deductible_p],
            cover,
        )
        self.noticed("loss", target, seen)
        self.post(row.account, -loss)
        if row.assets_x >= 0:
            self.x[row.assets_x] -= loss - indemnity - payout
        if row.indemnity_account >= 0 and indemnity > 0.0:
            self.post(row.indemnity_account, indemnity)
            self.x[row.liability_x] -= indemnity
        if row.cover_account >= 0 and payout > 0.0:
            self.post(row.cover_account, payout)
            self.x[row.cover_x] -= payout

    # ---- degradations and gaps

    def open_level(self, target: int, size: int, seen: Occurrence) -> None:
        """Open a degradation or gap; with patience, people wait for a while and then do without."""
        self.touch()
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
            self.touch()
            self.waiting[target] -= waits.size
            self.settle_event()

    def close_level(self, target: int, size: int, seen: Occurrence) -> None:
        """Close a degradation or gap, and the waiting for it where people still wait."""
        self.touch()
        self.opened[target] -= size
        for waits in self.patience.pop((target, seen.stream, seen.layer, seen.k), []):
            self.waiting[target] -= waits.size

    # ---- relationships

    def change_phase(self, relationship: int, phase: float, reason: float) -> None:
        """Move a relationship on to a later phase, fire what belongs to it, and drop its queues where it ends."""
        row = self.r.relationships[relationship]
        if phase <= self.x[row.phase_x]:
            return
        self.touch()
        self.x[row.phase_x] = phase
        self.x[row.active_x] = 1.0 if phase < rows.ENDED else 0.0
        self.x[row.live_x] = 1.0 if rows.LIVE <= phase < rows.ENDED else 0.0
        seen = Occurrence(-1, relationship, 0, 0, self.clock.now)
        self.noticed("phase", relationship, seen)
        if phase == rows.LIVE:
            self.fire(row.live_bundle, self.clock.now, seen)
        elif phase == rows.ENDED:
            self.ended[relationship][:2] = [min(self.clock.now, self.z.months * MONTH), reason]
            self.drop_queues(relationship)
            self.fire(row.end_bundle, self.clock.now, seen)
