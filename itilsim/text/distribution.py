"""Amounts and distributions as a planner states them: frozen numbers in canonical units, with means and quantiles."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

Family = Literal["constant", "uniform", "pert", "lognormal", "exponential", "gamma", "triangular"]

_NORMAL = NormalDist()


@dataclass(frozen=True)
class Distribution:
    """A quantity that is not known, or that varies, with its parameters in canonical units.

    The order of `parameters`:

    ===========  ===================  =====================================================================
    constant     value
    uniform      low, high
    triangular   low, likely, high
    pert         low, likely, high    beta(1 + 4 (likely-low)/(high-low), 1 + 4 (high-likely)/(high-low)),
                                      stretched from low to high (Malcolm et al., Operations Research 7, 1959)
    lognormal    median, sigma        sigma is the standard deviation of the logarithm, without a unit
    exponential  mean
    gamma        mean, cv             shape 1/cv**2, scale mean * cv**2; cv has no unit
    ===========  ===================  =====================================================================

    `text` is what was written, `echo` says it back in English so that the writer can check what was
    understood.
    """

    family: Family
    parameters: tuple[float, ...]
    text: str
    echo: str

    def mean(self) -> float:
        """Give the expected value, in canonical units, exact but for rounding."""
        p = self.parameters
        match self.family:
            case "uniform":
                return (p[0] + p[1]) / 2
            case "triangular":
                return (p[0] + p[1] + p[2]) / 3
            case "pert":
                return (p[0] + 4 * p[1] + p[2]) / 6
            case "lognormal":
                return p[0] * math.exp(p[1] * p[1] / 2)
            case "constant" | "exponential" | "gamma":
                return p[0]

    def support(self) -> tuple[float, float]:
        """Give the lowest and the highest possible value, in canonical units; `inf` where there is no highest."""
        match self.family:
            case "constant":
                return self.parameters[0], self.parameters[0]
            case "lognormal" | "exponential" | "gamma":
                return 0.0, math.inf
            case "uniform" | "triangular" | "pert":
                return self.parameters[0], self.parameters[-1]

    def quantile(self, p: float) -> float:
        """Give the value, in canonical units, below which a share p of the cases lie; needs 0 < p < 1."""
        if not 0 < p < 1:
            raise ValueError(f"A quantile needs a share between 0 and 1, not {p!r}.")
        a = self.parameters
        match self.family:
            case "constant":
                return a[0]
            case "uniform":
                return a[0] + p * (a[1] - a[0])
            case "exponential":
                return -a[0] * math.log1p(-p)
            case "triangular":
                return _triangular_quantile(p, low=a[0], likely=a[1], high=a[2])
            case "lognormal":
                from scipy.special import ndtri

                return a[0] * math.exp(a[1] * float(ndtri(p)))
            case "gamma":
                from scipy.special import gammaincinv

                square = a[1] * a[1]
                return a[0] * square * float(gammaincinv(1 / square, p))
            case "pert":
                from scipy.special import betaincinv

                alpha, beta = pert_shape(low=a[0], likely=a[1], high=a[2])
                return a[0] + (a[2] - a[0]) * float(betaincinv(alpha, beta, p))


@dataclass(frozen=True)
class Amount:
    """One number in canonical units and what was written for it."""

    value: float
    text: str

    def mean(self) -> float:
        """Give the value itself, so that amounts and distributions can be asked alike."""
        return self.value

    def support(self) -> tuple[float, float]:
        """Give the value as lowest and highest."""
        return self.value, self.value

    def quantile(self, p: float) -> float:
        """Give the value itself for every share 0 < p < 1."""
        return self.as_distribution().quantile(p)

    def as_distribution(self) -> Distribution:
        """Give the same quantity as a constant distribution."""
        return Distribution("constant", (self.value,), self.text, f"always {self.text}")


Parsed = Amount | Distribution


def pert_shape(*, low: float, likely: float, high: float) -> tuple[float, float]:
    """Give the two parameters of the beta distribution that a PERT stretches, with the usual weight 4; needs low < high."""
    width = high - low
    return 1 + 4 * (likely - low) / width, 1 + 4 * (high - likely) / width


def lognormal_through(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Fit a lognormal to quantiles, given as (share, value > 0), and give (median, sigma).

    Two points are met exactly; more are fitted by least squares of the logarithms on the normal quantiles.
    Sigma comes out at or below nought where the values do not increase.
    """
    z = [_NORMAL.inv_cdf(share) for share, _ in points]
    logs = [math.log(value) for _, value in points]
    z_mean, log_mean = math.fsum(z) / len(z), math.fsum(logs) / len(logs)
    spread = math.fsum((each - z_mean) ** 2 for each in z)
    sigma = math.fsum((each - z_mean) * (log - log_mean) for each, log in zip(z, logs, strict=True)) / spread
    return math.exp(log_mean - sigma * z_mean), sigma


def normal_quantile(share: float) -> float:
    """Give the standard normal quantile of a share 0 < share < 1 (Wichura, algorithm AS 241)."""
    return _NORMAL.inv_cdf(share)


def _triangular_quantile(p: float, *, low: float, likely: float, high: float) -> float:
    width = high - low
    if p * width <= likely - low:
        return low + math.sqrt(p * width * (likely - low))
    return high - math.sqrt((1 - p) * width * (high - likely))
