"""The engine against what mathematics knows: queues, availability of a month, compound losses, present values.

`ORACLES` is the registry: each entry is one statistical test, and all of them share one family-wise level. Each names the planted error
that it would notice; the same test must then fail with a margin, so that a test which notices nothing cannot hide here.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import pytest
from scipy import linalg, stats

from itilsim.ledger.discount import month_factors
from tests.engine.oracle_plans import ERROR, Alternating, Array, Fee, Losses, Model, Planted, Queue, measured

ALPHA = 0.001
"""Chance that any of the tests of this file fails although the engine is right."""
MARGIN = 3.0
"""How many standard errors beyond the limit a planted error must lie: it is then missed once in 700 times."""
SEED = 20260

Statistic = Callable[[dict[str, Array]], Array]


@dataclass(frozen=True)
class Oracle:
    """One statistical test: the mean over worlds of a statistic, and what it has to be."""

    name: str
    model: Model
    worlds: int
    statistic: Statistic = field(repr=False)
    exact: float
    plant: Planted
    """What the companion test makes wrong, by the factor `by`."""
    by: float = ERROR


def erlang_c(load: float, servers: int) -> float:
    """Give the probability of waiting in M/M/c for a load in Erlang, by the recursion of Erlang B."""
    blocked = 1.0
    for n in range(1, servers + 1):
        blocked = load * blocked / (n + load * blocked)
    return blocked / (1.0 - load / servers * (1.0 - blocked))


def within(load: float, servers: int, target: float) -> float:
    """Give the probability in M/M/c, service rate 1, that waiting plus work take no longer than a target.

    Waiting is nought or, with probability C, exponential with rate servers - load.
    """
    c, rate = erlang_c(load, servers), servers - load
    both = (rate * math.exp(-target) - math.exp(-rate * target)) / (rate - 1.0)
    return 1.0 - (1.0 - c) * math.exp(-target) - c * both


def number_pk(load: float, cv: float) -> float:
    """Give the mean number in M/G/1 with mean work 1 (Pollaczek and Khinchine)."""
    return load + load * load * (1.0 + cv * cv) / (2.0 * (1.0 - load))


def number_of_first_months(load: float, months: int, *, states: int = 400) -> list[float]:
    """Give the mean number in M/M/1, work 1 h, over each of the first months when it starts empty, by the chain's own generator."""
    q = np.zeros((states + 1, states + 1))
    for n in range(states):
        up, down = (load if n < states - 1 else 0.0), (1.0 if n else 0.0)
        q[n, n] = -up - down
        if n < states - 1:
            q[n, n + 1] = up
        if n:
            q[n, n - 1] = down
        q[n, states] = n
    step = linalg.expm(q * 730.0)
    at, means = np.eye(states + 1)[0], []
    for _ in range(months):
        at = at @ step
        means.append(float(at[states]) / 730.0)
        at[states] = 0.0
        at /= at.sum()  # rows of the exponential sum to one up to 1e-10 only, by how much hangs on the machine's linear algebra
    return means


def share_alive(hazard: float, months: int, parts: int = 1) -> Array:
    """Give the expected share of each part of a month that a relationship with a hazard a month lives."""
    edges = np.exp(-hazard * np.arange(months * parts + 1) / parts)
    return np.asarray((edges[:-1] - edges[1:]) / (hazard / parts), dtype=np.float64)


def middles(rate: float, months: int, parts: int = 1) -> Array:
    """Give the discount factors of the middles of parts of a month at a rate effective a year."""
    return np.asarray((1.0 + rate) ** (-(np.arange(months * parts) + 0.5) / (12.0 * parts)), dtype=np.float64)


def after(measure: str, warm: int) -> Statistic:
    """The mean of a measure over the months after the warm-up."""
    return lambda found: found[measure][:, warm:].mean(axis=1)


def in_month(measure: str, month: int) -> Statistic:
    """A measure in one month, counted from 0."""
    return lambda found: found[measure][:, month]


def loss(found: dict[str, Array]) -> Array:
    """The loss of the only month."""
    return -found["buyer"][:, 0]


def at_most(quantile: float) -> Statistic:
    """Whether the loss is at most what is said to be a quantile."""
    return lambda found: (loss(found) <= quantile).astype(float)


def beyond(quantile: float) -> Statistic:
    """The loss beyond a quantile: TVaR is the quantile plus its mean over the tail's probability."""
    return lambda found: np.maximum(loss(found) - quantile, 0.0)


def present(rate: float) -> Statistic:
    """The present value of what the buyer pays, by the package's own factors."""
    return lambda found: -(found["buyer"] * month_factors(rate, found["buyer"].shape[1])).sum(axis=1)


CONTINUOUS = math.expm1(0.08)
"""The effective rate that is 8 % continuously."""
ONE, EMPTY, RANKED = Queue((0.9,), 40), Queue((0.9,), 1), Queue((0.2, 0.6), 20)
TEN, BUSY = Queue((0.25,), 13, people=5, work=10.0), Queue((10.0,), 13, people=14, target=1.0)
FEW, RARE, TERM = Losses(3.0, 10.0, 1.5), Losses(0.2, 1e6, 2.0), Losses(0.8 / 12.0, 250e3, 2.0, 60)
FAILING, PAID, LIVED = Alternating(), Fee(1e5, 0.1 / 12.0, 60), Fee(1e5, 0.1, 5)
MEAN_OF_TERM = 0.8 / 12.0 * 250e3 * float(middles(CONTINUOUS, 60).sum())
VARIANCE_OF_TERM = 0.8 / 12.0 * 5.0 * 250e3**2 * float((middles(CONTINUOUS, 60) ** 2).sum())


def queues() -> tuple[Oracle, ...]:
    """Warm-ups are at least 13 relaxation times, 1 / (1 - sqrt(load))**2 hours for M/M/1 and 2 (work's variance + 1) / 0.1**2 at 0.9."""
    rate: Planted = "rate"
    work: Planted = "content"
    wide = Queue((0.9,), 56, cv=2.0)
    return (
        Oracle("M/M/1: mean number", ONE, 60, after("0", 8), 0.9 * 10.0, work),
        Oracle("M/M/1: mean number waiting", ONE, 60, after("waiting", 8), 0.9 * 9.0, work),
        Oracle("M/M/1: mean number in the first month from empty", EMPTY, 2000, after("0", 0), number_of_first_months(0.9, 1)[0], rate),
        Oracle("M/G/1, cv 0.25", Queue((0.9,), 40, cv=0.25), 60, after("waiting", 8), 0.9 * 4.78125, work),
        Oracle("M/G/1, cv 0.5", Queue((0.9,), 40, cv=0.5), 60, after("waiting", 8), 0.9 * 5.625, work),
        Oracle("M/G/1, cv 2", wide, 100, after("waiting", 16), 0.9 * 22.5, work),
        Oracle("priority M/M/1: the first class", RANKED, 200, after("0", 2), 0.2 * 2.0, work),
        Oracle("priority M/M/1: the second class", RANKED, 200, after("1", 2), 0.6 * 6.0, work),
        Oracle("M/M/5: share of time in which a request would wait", TEN, 800, after("all-busy", 1), 0.1303713, rate),
        Oracle("M/M/5: mean number waiting", TEN, 800, after("waiting", 1), 0.25 * 0.5214852, rate),
        Oracle("Erlang C: share of time in which a call would wait", BUSY, 50, after("all-busy", 1), 0.17413193359504983, rate),
        Oracle("Erlang C: mean number waiting", BUSY, 50, after("waiting", 1), 10.0 * 7.835937 / 180.0, rate),
        Oracle("Erlang C: done within the target", BUSY, 50, too_late(within(10.0, 14, 1.0)), 0.0, rate),
    )


def too_late(share: float) -> Statistic:
    """Requests done in time less their expected share of all that were done, over the months after the first: nought on average."""
    return lambda found: (found["within"] - share * found["done"])[:, 1:].mean(axis=1)


def months_of_availability() -> tuple[Oracle, ...]:
    """A month that starts up; the promises count what the closed form integrates."""
    worlds = 700_000
    return (
        Oracle("hours down in a month", FAILING, worlds, lambda found: 730.0 * (1.0 - found["up"][:, 0]), 2.89249, "content"),
        Oracle("months under 99.5 %", FAILING, worlds, after("missed-99.5", 0), 0.274374, "rate"),
        Oracle("months under 99.9 %", FAILING, worlds, after("missed-99.9", 0), 0.457150, "rate"),
    )


def losses() -> tuple[Oracle, ...]:
    """Compound Poisson sums; tails of one in a thousand and fourth moments show larger errors only."""
    worse: Planted = "severity"
    million = 1_000_000
    return (
        Oracle("few losses: mean", FEW, million, loss, 30.0, worse),
        Oracle("few losses: variance", FEW, million, lambda found: (loss(found) - 30.0) ** 2, 975.0, worse, 1.03),
        Oracle("few losses: quantile .5", FEW, million, at_most(21.555), 0.5, worse),
        Oracle("few losses: quantile .9", FEW, million, at_most(65.922), 0.9, worse),
        Oracle("few losses: quantile .95", FEW, million, at_most(86.773), 0.95, worse),
        Oracle("few losses: quantile .99", FEW, million, at_most(144.148), 0.99, worse, 1.03),
        Oracle("few losses: quantile .999", FEW, million, at_most(263.422), 0.999, worse, 1.1),
        Oracle("few losses: TVaR .95", FEW, million, beyond(86.773), 0.05 * (124.564 - 86.773), worse),
        Oracle("few losses: TVaR .99", FEW, million, beyond(144.148), 0.01 * (195.238 - 144.148), worse, 1.05),
        Oracle("rare losses: mean", RARE, million, loss, 2e5, worse, 1.05),
        Oracle("rare losses: none", RARE, million, at_most(0.0), math.exp(-0.2), "rate"),
        Oracle("rare losses: quantile .95", RARE, million, at_most(1.074e6), 0.95, worse, 1.05),
        Oracle("rare losses: quantile .99", RARE, million, at_most(3.746e6), 0.99, worse, 1.05),
        Oracle("losses of a term: present value", TERM, 200_000, present(CONTINUOUS), MEAN_OF_TERM, worse),
        Oracle(
            "losses of a term: variance of the present value", TERM, 200_000,
            lambda found: (present(CONTINUOUS)(found) - MEAN_OF_TERM) ** 2, VARIANCE_OF_TERM, worse, 1.3,
        ),
    )  # fmt: skip


def fees() -> tuple[Oracle, ...]:
    """A fee that ends with its relationship; the lifetime is tested in months, where a world costs a twelfth."""
    fee = 1e5 * float((share_alive(0.1 / 12.0, 60) * middles(CONTINUOUS, 60)).sum())
    return (
        Oracle("fee until the relationship ends: present value", PAID, 30_000, present(CONTINUOUS), fee, "fee"),
        Oracle("lifetime of a relationship", LIVED, 600_000, lambda found: found["live"].sum(axis=1), 3.934693, "rate"),
    )


ORACLES = queues() + months_of_availability() + losses() + fees()
"""Every statistical test of this file, those on one model beside each other."""


@lru_cache(maxsize=1)
def lived(model: Model, worlds: int, planted: Planted, by: float) -> dict[str, Array]:
    """Run a model's worlds once for the tests beside each other."""
    return measured(model, SEED, worlds, planted, by)


def errors_off(oracle: Oracle, planted: Planted = "") -> float:
    """Give by how many standard errors the mean of the statistic is off."""
    sample = oracle.statistic(lived(oracle.model, oracle.worlds, planted, oracle.by if planted else 1.0))
    assert sample.shape == (oracle.worlds,)
    return float((sample.mean() - oracle.exact) / (sample.std(ddof=1) / math.sqrt(oracle.worlds)))


def limit(oracle: Oracle) -> float:
    """Give the limit of one test: Student's quantile for its share of the family-wise level, two-sided."""
    return float(stats.t.isf(ALPHA / len(ORACLES) / 2.0, oracle.worlds - 1))


@pytest.mark.parametrize("oracle", ORACLES, ids=lambda o: o.name)
def test_the_engine_gives_the_closed_form(oracle: Oracle) -> None:
    assert abs(errors_off(oracle)) < limit(oracle)


@pytest.mark.parametrize("oracle", ORACLES, ids=lambda o: f"{o.name}, {o.plant} {o.by - 1:.0%} too high")
def test_a_planted_error_is_noticed(oracle: Oracle) -> None:
    """The same test, with one number of the plan too high, fails by a margin (the smaller the planted error, the better the test)."""
    assert abs(errors_off(oracle, oracle.plant)) > limit(oracle) + MARGIN


def test_closed_forms_restated_here_meet_the_published_numbers() -> None:
    """Deterministic: each formula of this file at the table's arguments, and in the limit of finer months or later ones."""
    assert erlang_c(10.0, 14) == pytest.approx(0.17413193359504983, rel=1e-14)
    assert erlang_c(2.5, 5) == pytest.approx(0.1303713, abs=5e-8)
    for cv, waiting in ((0.25, 4.78125), (0.5, 5.625), (1.0, 9.0), (2.0, 22.5)):
        assert number_pk(0.9, cv) == pytest.approx(0.9 * (waiting + 1.0), rel=1e-14)
    first = number_of_first_months(0.9, 20)
    assert first[0] < 8.0 and np.all(np.diff(first) > -1e-12) and first[-1] == pytest.approx(9.0, abs=1e-6)
    assert 200e3 * float(middles(CONTINUOUS, 60, 200).sum()) / 2400.0 == pytest.approx(824_199.88, rel=1e-7)
    finest = float((share_alive(0.1 / 12.0, 60, 200) * middles(CONTINUOUS, 60, 200)).sum()) / 2400.0
    assert 1.2e6 * finest == pytest.approx(3_956_202.27, rel=1e-7)
    assert float(share_alive(0.1, 5).sum()) == pytest.approx(3.934693, abs=5e-7)


def test_a_count_times_one_severity_would_be_noticed() -> None:
    """The common mistake gives a standard deviation of 54.8 instead of 31.2: far outside the limit of the test of the variance."""
    oracle = next(o for o in ORACLES if o.name == "few losses: variance")
    sample = oracle.statistic(lived(oracle.model, oracle.worlds, "", 1.0))
    allowed = limit(oracle) * sample.std(ddof=1) / math.sqrt(oracle.worlds)
    mistaken = (3.0 + 9.0) * (100.0 + 225.0) - 30.0**2
    assert math.sqrt(mistaken) == pytest.approx(54.8, abs=0.1)
    assert mistaken - oracle.exact > 50.0 * allowed
