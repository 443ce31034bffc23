"""Quantile tables: the inverse of a standard distribution, laid out for `itilsim.rules.chance.quantile`.

Each side of a table (lower and upper tail) has a cubic on each of 16 equal steps of the mantissa in each of 53 octaves of the tail
probability, so that the relative error stays small at one in 10**12 too. A table has 6,784 numbers (54 kB).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from itilsim.rules.chance import OCTAVES, PER_OCTAVE, SIDE

Array = NDArray[np.float64]
SIZE = 2 * SIDE


def tabulate(lower: Callable[[Array], Array], upper: Callable[[Array], Array]) -> Array:
    """Make the coefficients of a table, shape (6784,), of a quantile function given for either tail's probability.

    `lower(t)` is the quantile at probability t and `upper(t)` that at 1 - t, both for 0 < t <= 1/2. Each cubic passes through four
    exact values (Chebyshev nodes would be a little closer in the middle; end points make neighbours meet).
    """
    steps = np.arange(PER_OCTAVE)[None, :]
    exponents = np.arange(-OCTAVES + 1, 1)[:, None]
    nodes = np.array([0.0, 0.25, 0.75, 1.0])
    mantissas = 0.5 + (steps[..., None] + nodes) / (2 * PER_OCTAVE)
    tails = np.ldexp(mantissas, exponents[..., None])
    solve = np.linalg.inv(np.vander(nodes, 4, increasing=True))
    sides = []
    for side in (lower, upper):
        values = side(np.minimum(tails, 0.5))
        sides.append(np.einsum("ij,...j->...i", solve, values).ravel())
    return np.concatenate(sides)


def standard_normal() -> Array:
    """Tabulate the standard normal distribution."""
    from scipy.special import ndtri

    return tabulate(lambda t: np.asarray(ndtri(t)), lambda t: -np.asarray(ndtri(t)))


def standard_beta(alpha: float, beta: float) -> Array:
    """Tabulate the beta distribution on (0, 1); PERT and uniform quantities are stretched from it."""
    from scipy.special import betaincinv

    return tabulate(
        lambda t: np.asarray(betaincinv(alpha, beta, t)), lambda t: 1.0 - np.asarray(betaincinv(beta, alpha, t))
    )


def standard_gamma(shape: float) -> Array:
    """Tabulate the gamma distribution of scale one."""
    from scipy.special import gammainccinv, gammaincinv

    return tabulate(lambda t: np.asarray(gammaincinv(shape, t)), lambda t: np.asarray(gammainccinv(shape, t)))


def standard_triangular(mode: float) -> Array:
    """Tabulate the triangular distribution on (0, 1) with its mode at `mode`; its corner falls between knots, error below 1e-4."""

    def at(p: Array) -> Array:
        left = np.sqrt(p * mode)
        right = 1.0 - np.sqrt((1.0 - p) * (1.0 - mode))
        return np.where(p <= mode, left, right)

    return tabulate(at, lambda t: at(1.0 - t))


@cache
def make_table(shape: tuple[str, ...]) -> Array:
    """Make the table for a shape such as ("normal",), ("beta", "2.0", "3.0"), ("gamma", "69.4")."""
    family, parameters = shape[0], [float(p) for p in shape[1:]]
    if family == "normal":
        return standard_normal()
    if family == "beta":
        return standard_beta(parameters[0], parameters[1])
    if family == "gamma":
        return standard_gamma(parameters[0])
    return standard_triangular(parameters[0])
