"""How the decision maker's value against today builds up month by month, and when it has paid back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from itilsim.tables.result import Alternative, Floats, Result, ResultFault
from itilsim.tables.spread import Estimate, Share, quantiles, share

SINGLES = 8
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True)
class Payback:
    """When an alternative has paid back for good: share of futures that do within the horizon, median month or NaN under half."""

    paid: Share
    median_month: float


@dataclass(frozen=True)
class Path:
    """Cumulative present value of one alternative against the baseline.

    `bands` has the shape (5, months): quantiles 5, 25, 50, 75, 95 %, with their standard errors in `errors`. `singles` has the shape
    (8, months): the first futures, the same for every alternative. `payback` is None where it is not stored.
    """

    alternative: Alternative
    bands: Floats
    errors: Floats
    singles: Floats
    ends: Floats
    """Where each stored future ends, shape (futures,)."""
    payback: Payback | None

    def band(self, level: int, month: int) -> Estimate:
        """Gives a quantile by its place among the levels, at the end of a month counted from nought."""
        return Estimate(float(self.bands[level, month]), float(self.errors[level, month]))

    def off(self, low: float, high: float) -> tuple[int, int]:
        """Counts the stored futures that end below and above an axis."""
        return int((self.ends < low).sum()), int((self.ends > high).sum())


@dataclass(frozen=True)
class OverTime:
    """Cumulative value of every alternative; `months` are counted from 1, `low` and `high` cut the axis, `futures` have stored paths."""

    currency: str
    baseline: Alternative
    months: Floats
    singles: tuple[int, ...]
    futures: int
    low: float
    high: float
    rows: tuple[Path, ...]


def read_over_time(result: Result) -> OverTime:
    """Reads the cumulative paths of the first futures and the paybacks of all."""
    worlds = result.worlds("paths", ["value"], step="month")
    alternatives = [a for a in result.alternatives if a.name in worlds]
    if not alternatives:
        raise ResultFault(f"{result.folder / 'paths.parquet'}: has no path of any alternative; run the comparison again")
    paybacks = read_paybacks(result, "payback_month") if result.has("funding") else {}
    rows = []
    for alternative in alternatives:
        values = worlds[alternative.name]["value"]
        found = [quantiles(month, LEVELS) for month in values.T]
        bands, errors = (np.array([[getattr(q, part) for q in month] for month in found]).T for part in ("value", "error"))
        rows.append(Path(alternative, bands, errors, values[:SINGLES], values[:, -1], paybacks.get(alternative.name)))
    first = worlds[alternatives[0].name]
    low, high = _axis(rows)
    months = np.arange(1, rows[0].bands.shape[1] + 1, dtype=np.float64)
    singles = tuple(int(k) for k in first.replications[:SINGLES])
    return OverTime(result.currency, result.baseline, months, singles, len(first), low, high, tuple(rows))


def read_paybacks(result: Result, column: str) -> dict[str, Payback]:
    """Reads when each alternative has paid back; `column` is "payback_month" (with hours) or "payback_cash_month"."""
    found = {}
    for name, worlds in result.worlds("funding", [column]).items():
        months = worlds[column]
        never = np.isnan(months)
        middle = float(np.median(np.where(never, np.inf, months))) if months.size else float("inf")
        found[name] = Payback(share(~never), middle if np.isfinite(middle) else float("nan"))
    return found


def _axis(rows: list[Path]) -> tuple[float, float]:
    """Cuts the axis at the outermost 90 % band, widened by a fifth so that single futures near it are seen."""
    low = min(0.0, min(float(row.bands[0].min()) for row in rows))
    high = max(0.0, max(float(row.bands[-1].max()) for row in rows))
    pad = 0.2 * (high - low) or 1.0
    return low - pad, high + pad
