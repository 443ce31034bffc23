"""How a draw is made: Philox4x32-10 gives the bits, the inverse of a distribution gives the value.

Generator: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011. All arithmetic is on integers below
2**63 that are masked to 32 bits, so that Python's unbounded integers and wrapping machine integers give the same bits.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from itilsim.rules.registry import rule, small_rule

MASK = 0xFFFFFFFF
PER_OCTAVE = 16
OCTAVES = 53
SIDE = PER_OCTAVE * OCTAVES * 4
"""Coefficients of one side of a quantile table: 4 for each of 16 knots in each of 53 octaves."""

CONSTANT, SPREAD, LOGNORMAL, EXPONENTIAL = 0, 1, 2, 3
"""Families of quantity: a; a + b*table; a*exp(b*table) up to c; exponential of mean a up to c."""


@rule
def philox(c0: int, c1: int, c2: int, c3: int, k0: int, k1: int) -> tuple[int, int, int, int]:
    """Give four words of 32 bits for a counter of four words and a key of two (ten rounds)."""
    for _ in range(10):
        p0 = 0xD2511F53 * c0
        p1 = 0xCD9E8D57 * c2
        c0 = ((p1 >> 32) & MASK) ^ c1 ^ k0
        c1 = p1 & MASK
        c2 = ((p0 >> 32) & MASK) ^ c3 ^ k1
        c3 = p0 & MASK
        k0 = (k0 + 0x9E3779B9) & MASK
        k1 = (k1 + 0xBB67AE85) & MASK
    return c0, c1, c2, c3


@small_rule
def unit(high: int, low: int) -> float:
    """Turn 52 of 64 random bits into a number strictly between 0 and 1, symmetric about one half."""
    return (high * 1048576.0 + (low >> 12) + 0.5) * 2.220446049250313e-16


@small_rule
def uniform(k0: int, k1: int, replication: int, k: int, layer: int, attempt: int) -> float:
    """Draw the number in (0, 1) of one quantity (its key) at one occurrence of one world."""
    w0, w1, _, _ = philox(replication, k, layer, attempt, k0, k1)
    return unit(w0, w1)


@small_rule
def uniform_pair(k0: int, k1: int, replication: int, k: int, layer: int, attempt: int) -> tuple[float, float]:
    """Draw two independent numbers in (0, 1) at one address: the first equals `uniform` there."""
    w0, w1, w2, w3 = philox(replication, k, layer, attempt, k0, k1)
    return unit(w0, w1), unit(w2, w3)


@small_rule
def quantile(table: int, coefficients: Sequence[float], u: float) -> float:
    """Read a standard quantile from a table: cubics on knots that are spaced by exponent in both tails."""
    at = table * 2 * SIDE
    tail = u
    if u > 0.5:
        at += SIDE
        tail = 1.0 - u
    mantissa, exponent = math.frexp(tail)
    place = (mantissa - 0.5) * (2.0 * PER_OCTAVE)
    knot = int(place)
    y = place - knot
    at += 4 * ((exponent + OCTAVES - 1) * PER_OCTAVE + knot)
    return coefficients[at] + y * (coefficients[at + 1] + y * (coefficients[at + 2] + y * coefficients[at + 3]))


@rule
def value(
    family: int, a: float, b: float, c: float, table: int, coefficients: Sequence[float], u: float
) -> float:
    """Give the value of a quantity of one family for a number in (0, 1), increasing in that number."""
    if family == CONSTANT:
        return a
    if family == EXPONENTIAL:
        return min(-a * math.log1p(-u), c)
    z = quantile(table, coefficients, u)
    if family == LOGNORMAL:
        return min(a * math.exp(b * z), c)
    return a + b * z
