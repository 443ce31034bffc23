"""The qualitative laws of the field as predicates over the sweeps in `scenarios/studies`, and how the mechanism of each is switched off.

A law is held against each *box point*: one setting of all varied inputs but the axis that the law speaks of. `holds` gets the points of
the sweep that share the setting, in the order of the axis.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from itilsim.study.sweep.stored import Point, Sweep

STUDIES = Path(__file__).resolve().parents[2] / "scenarios" / "studies"


@dataclass(frozen=True)
class Law:
    """A law: its study, the input that it speaks of, what it claims, and what takes its mechanism away."""

    study: str
    axis: str
    holds: Callable[[Sequence[Point]], bool]
    off: tuple[tuple[str, str], ...]
    """What stands in the study and what stands there instead where its mechanism is switched off."""

    def text(self, *, off: bool = False) -> str:
        """Give the study's text, with the mechanism or without."""
        text = (STUDIES / self.study).read_text()
        text = text.replace('case = "../', f'case = "{STUDIES.parent}/')
        for present, instead in self.off if off else ():
            assert text.count(present) == 1, f"{self.study}: {present!r} stands there {text.count(present)} times"
            text = text.replace(present, instead)
        return text


def share_that_holds(law: Law, sweep: Sweep) -> float:
    """Give the share of box points at which a law holds."""
    groups: dict[Any, list[Point]] = defaultdict(list)
    for point in sweep:
        groups[tuple(value for key, value in point.inputs.items() if key != law.axis)].append(point)
    held = [law.holds(sorted(group, key=lambda p: float(p.inputs[law.axis]))) for group in groups.values()]
    return sum(held) / len(held)


def mean(point: Point, alternative: str) -> float:
    """Give the mean net value to the decision maker."""
    return float(point.net_value(alternative).mean())


def column(point: Point, table: str, name: str, **where: str | int) -> Any:
    """Give a column of a table of one point, for the rows in which other columns have these values."""
    import pyarrow.dataset as ds

    wanted = ds.field("point") == point.number
    for key, value in where.items():
        wanted = wanted & (ds.field(key) == value)
    return point.sweep.dataset(table).to_table(columns=[name], filter=wanted)[name].to_numpy()


def in_year(point: Point, alternative: str, measure: str, year: int) -> float:
    """Give the mean of a month record over a year (counted from 0) and all worlds."""
    values = column(point, "months", measure, alternative=alternative)
    months = column(point, "months", "month", alternative=alternative)
    return float(np.nanmean(values[(months - months.min()) // 12 == year]))


# ---- what each law claims


def best_is_inside(points: Sequence[Point]) -> bool:
    """The best number of hours is neither the least nor the most."""
    worth = [mean(point, "vendor-governed") for point in points]
    return 0 < int(np.argmax(worth)) < len(worth) - 1


def low_pay_low_effort(points: Sequence[Point]) -> bool:
    """The vendor at the low fee commits itself less in the third year, by a fiftieth at least, or leaves more often."""
    effort = [in_year(point, "outsourced", "supply:commitment", 2) for point in points]
    left = [float((column(point, "lifetimes", "ending.supply", alternative="outsourced") == "provider left").mean()) for point in points]
    return effort[0] < effort[-1] - 0.02 or left[0] > left[-1] + 0.02


def the_mean_signs_first(points: Sequence[Point]) -> bool:
    """At some price signing beats nothing, but waiting beats signing; whoever may wait signs at no price at which the other does not."""
    worth = [(mean(point, "outsourced"), mean(point, "defer")) for point in points]
    on_the_mean = [now > 0.0 for now, _ in worth]
    with_a_gate = [now > max(0.0, later) for now, later in worth]
    return sum(with_a_gate) < sum(on_the_mean)


def credits_mend_nothing(points: Sequence[Point]) -> bool:
    """With credits the application is up no more than without, to a thousandth, in the second and third year."""
    up = [in_year(point, "fixed-price", "app:up", year) for point in points for year in (1, 2)]
    return up[2] + up[3] < up[0] + up[1] + 0.002


def each_step_costs(points: Sequence[Point]) -> bool:
    """Each step of the axis is worth less to the company than the one before."""
    worth = [mean(point, "time-and-material") for point in points]
    return all(later < earlier for earlier, later in pairwise(worth))


def the_mean_moves_alone(points: Sequence[Point]) -> bool:
    """Of lifetimes with a leak, the mean loss grows by over a quarter at each doubling of the cap, the median by under a fiftieth."""
    losses = []
    for point in points:
        loss = np.abs(column(point, "rare", "loss", alternative="vendor-run", risk="data-leak"))
        happened = column(point, "rare", "occurrences", alternative="vendor-run", risk="data-leak") > 0
        losses.append(loss[happened])
    pairs = pairwise(losses)
    moved = [(after.mean() / before.mean(), np.median(after) / np.median(before)) for before, after in pairs]
    return all(by_mean > 1.25 and by_median < 1.02 for by_mean, by_median in moved)


GRID = 'design = "grid"'
LAWS = {
    "interior optimum of monitoring": Law(
        "monitoring-optimum.toml", "governance.leaks.hours", best_is_inside,
        off=(("values = [10, 20, 40]", "values = [100000, 200000]"),),
    ),
    "an under-priced provider cuts effort or leaves": Law(
        "underpriced-provider.toml", "outsourced:prices.service.amount", low_pay_low_effort,
        off=((GRID, f'{GRID}\nfrozen = ["effort", "decisions"]'),),
    ),
    "a decision on the mean signs earlier than one that may wait": Law(
        "waiting-at-a-gate.toml", "prices.service.amount", the_mean_signs_first,
        off=(
            ("triangular(-50 %, -20 %, 10 %) / year", "0 % / year"),
            ("triangular(-80 %, -35 %, 10 %) / year", "5 % / year"),
        ),
    ),
    "credits alone do not restore a bad service": Law(
        "credits-alone.toml", "promises.availability.credits.0", credits_mend_nothing,
        off=(("[set]", '[set]\n"relationships.supply.expected_month" = "1 M CNY / month"'),),
    ),
    "hidden cost grows with client-specific knowledge": Law(
        "client-knowledge.toml", "staff.builders.specific", each_step_costs,
        off=((GRID, f'{GRID}\n[set]\n"staff.builders.knowledge" = "100 %"\n"staff.builders.handed_over" = "100 %"'),),
    ),
    "the doubled cap moves the mean and not the median": Law(
        "cap-of-a-heavy-tail.toml", "risks.data-leak.loss_cap", the_mean_moves_alone, off=(("sigma 3.07)\"", "sigma 0.5)\""),),
    ),
}  # fmt: skip
"""The laws of the field that the shipped cases show, by name."""
