"""The month end: charges, reviews, decisions, and how behaviour moves into the next month."""

from __future__ import annotations

from itilsim.engine.reference.clock import Process
from itilsim.engine.reference.effects import Effects
from itilsim.engine.reference.state import Occurrence
from itilsim.plan import rows
from itilsim.rules.clock import MONTH
from itilsim.rules.month import fires, is_due, keep_promises, move_stock, post_charges, set_stock, watched_mean
from itilsim.rules.state import close_meters, renew


class Months(Effects):
    """Teams and effects under a calendar of months, each of which ends with charges and reviews."""

    def months(self) -> Process:
        """End each month, run-off months too."""
        while self.month < self.z.months + self.z.runoff:
            yield self.clock.at((self.month + 1) * MONTH, rows.MONTH_END, 0)
            if self.month < self.z.months:
                self.end_month()
            self.month += 1
            self.month_start = self.clock.now
            self.settle_event()

    def end_month(self) -> None:
        """Post the month's charges, hold the reviews, let behaviour move, and begin the next month."""
        r, z, p, x = self.r, self.z, self.p, self.x
        self.touch()
        self.count_backlogs()
        close_meters(r.flows, r.sums, self.month_start, self.clock.now, self.meters, x)
        self.compute()
        at = self.month * z.accounts
        post_charges(r.charges, p, x, self.meters, self.amounts, r.mirrors, at, self.month == z.months - 1)
        for index, decision in enumerate(r.decisions):
            if decision.kind == rows.RATIO:
                self.decide(decision, index)
        keep_promises(r.promises, p, x, self.meters, self.amounts, r.mirrors, at)
        self.compute()
        for i, record in enumerate(r.records):
            source = self.meters if record.meter == 1 else x
            self.measures[self.month * len(r.records) + i] = source[record.place]
        self.noticed("month", self.month, Occurrence(-1, 0, self.month, 0, self.clock.now))
        for index, decision in enumerate(r.decisions):
            if decision.kind != rows.RATIO:
                self.decide(decision, index)
        self.compute()
        for i, amount in enumerate(self.meters):
            self.totals[i] += amount
            self.meters[i] = 0.0
        self.dirty = False
        self.unpark()
        self.grant_all()

    def decide(self, d: rows.Decision, index: int) -> None:
        """Carry out one decision at a month end, where it is due."""
        month = self.x[d.clock_x] if d.clock_x >= 0 else self.month + 1.0
        if not is_due(d.every, d.offset, month):
            return
        renew(self.r.renewed, d.renew_first, d.renew_last, self.r.products, self.r.modifiers, self.p, self.x)
        if d.kind in (rows.MOVE, rows.TRUST, rows.STEP):
            move_stock(d, self.p, self.x)
        elif d.kind in (rows.WHEN, rows.LEAVE):
            if fires(d, self.p, self.x, self.z.months - self.month - 1.0):
                bundle = self.r.bundles[d.bundle]
                seen = Occurrence(-1, 0, int(month) * d.again, 0, self.clock.now)
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
